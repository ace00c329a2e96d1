/*
 * filter_stats - forecast on the command line: series in, one a row, forecasts out.
 *
 * The calendar of Việt Nam applies when --start says which day the first value is of: fixed holidays of the
 * Labour Code 2019, article 112, and the days about Tết by the lunar new year's date.
 */
#include "app/commands.h"
#include "app/filter_jsonl.h"
#include "app/filter_stats.h"
#include "stats/csv.h"
#include "stats/forecast.h"
#include "text/viet.h"

#include <math.h>

static const struct date TET[] = {
	{ 2014, 1, 31 }, { 2015, 2, 19 }, { 2016, 2, 8 }, { 2017, 1, 28 }, { 2018, 2, 16 }, { 2019, 2, 5 }, { 2020, 1, 25 },
	{ 2021, 2, 12 }, { 2022, 2, 1 }, { 2023, 1, 22 }, { 2024, 2, 10 }, { 2025, 1, 29 }, { 2026, 2, 17 }, { 2027, 2, 6 },
	{ 2028, 1, 26 }, { 2029, 2, 13 }, { 2030, 2, 2 }, { 2031, 1, 23 }, { 2032, 2, 11 }, { 2033, 1, 31 },
	{ 2034, 2, 19 }, { 2035, 2, 8 },
};

enum { HOLIDAY = 1, TET_DAYS = 2, TET_AROUND = 3, DAYS_A_YEAR = 18 };

static int by_day(const void *a, const void *b)
{
	int64_t x = ((const struct calendar_day *)a)->day, y = ((const struct calendar_day *)b)->day;
	return (x > y) - (x < y);
}

void filter_calendar(struct arena *mem, struct calendar *ret)
{
	static const int fixed[][2] = { { 1, 1 }, { 4, 30 }, { 5, 1 }, { 9, 2 } };
	struct calendar_day *d = NEW_ARRAY(mem, struct calendar_day, COUNT(TET) * DAYS_A_YEAR);
	size_t n = 0;
	for (size_t i = 0; i < COUNT(TET); i++) {
		int64_t tet = day_from(TET[i]);
		for (size_t k = 0; k < COUNT(fixed); k++)
			d[n++] = (struct calendar_day){ day_from((struct date){ TET[i].year, fixed[k][0], fixed[k][1] }), HOLIDAY };
		for (int k = -5; k <= 7; k++)
			d[n++] = (struct calendar_day){ tet + k, k >= -1 && k <= 4 ? TET_DAYS : TET_AROUND };
	}
	qsort(d, n, sizeof *d, by_day);
	*ret = (struct calendar){ .days = d, .n = n, .prior = { 0, -0.3, -0.8, -0.2 } };
}

bool filter_unit(const struct call *c, enum unit otherwise, enum unit *ret)
{
	const char *given = call_flag(c, "unit");
	*ret = otherwise;
	if (!given)
		return true;
	static const char *const name[] = { "hour", "day", "week" };
	for (size_t i = 0; i < COUNT(name); i++)
		if (!strcmp(given, name[i])) {
			*ret = (enum unit)i;
			return true;
		}
	call_wrong(c, "--unit %s: hour, day or week is wanted", given);
	return false;
}

static struct str mended(struct arena *mem, struct str s)
{
	struct text out = text_new(mem);
	for (uint32_t cp; utf8_next(&s, &cp);)
		text_code(&out, cp);
	return text_str(&out);
}

void filter_bad_line(const struct call *c, const struct lines *l, struct str id, const struct fault *f)
{
	struct arena_mark mark = arena_mark(c->mem);
	struct text out = text_new(c->mem);
	struct str why = mended(c->mem, str_z(f->detail));
	fprintf(stderr, "nhipcau %s: %s: line %lld: %.*s\n", c->of->name, lines_name(l), (long long)lines_number(l), FMT(why));
	text_c(&out, '{');
	if (id.n)
		jsonl_field(&out, "id", mended(c->mem, id));
	else
		jsonl_number(&out, "id", (double)lines_number(l));
	jsonl_field(&out, "error", why);
	jsonl_line(&out);
	arena_rewind(c->mem, mark);
}

static bool forecast_method(const struct call *c, struct forecast_opts *ret)
{
	const char *m = call_flag(c, "method");
	*ret = (struct forecast_opts){ FORECAST_AUTO };
	if (!m || !strcmp(m, "auto"))
		return true;
	if (!strcmp(m, "naive2"))
		ret->method = FORECAST_NAIVE2;
	else if (!strcmp(m, "snaive"))
		ret->method = FORECAST_SNAIVE;
	else {
		call_wrong(c, "--method %s: auto, naive2 or snaive is wanted", m);
		return false;
	}
	return true;
}

static void print_id(struct str id)
{
	bool quote = str_chr(id, ',') >= 0 || str_chr(id, '"') >= 0;
	if (quote)
		putchar('"');
	for (size_t i = 0; i < id.n; i++) {
		if (id.p[i] == '"')
			putchar('"');
		putchar(id.p[i]);
	}
	if (quote)
		putchar('"');
}

static void forecast_print(struct str id, const struct forecast *f)
{
	for (size_t s = 0; s < f->steps; s++) {
		print_id(id);
		printf(",%zu,%.10g,%.10g,%.10g,%.10g,%.10g,%s\n", s + 1, f->mean[s], f->lo95[s], f->hi95[s], f->lo80[s], f->hi80[s], f->method);
	}
}

struct forecast_call {
	struct forecast_opts opts;
	struct series like;
	size_t horizon;
};

static bool forecast_line(struct arena *mem, struct str line, const struct forecast_call *fc, struct str *ret_id, struct fault *fault)
{
	struct csv_row row = { 0 };
	struct forecast f;
	struct series s = fc->like;
	double *v;
	*ret_id = S("");
	if (csv_read(mem, line, &row, fault))
		return false;
	*ret_id = row.field[0];
	if (csv_numbers(mem, &row, 1, &v, &s.n, fault))
		return false;
	s.v = v;
	if (forecast_run(mem, &s, fc->horizon, fc->opts, &f, fault))
		return false;
	forecast_print(row.field[0], &f);
	return true;
}

static bool forecast_start(const struct call *c, struct series *s)
{
	const char *start = call_flag(c, "start");
	int64_t day;
	s->start = SERIES_NO_START;
	if (!start)
		return true;
	if (!day_parse(str_z(start), &day)) {
		call_wrong(c, "--start %s: a day such as 2026-11-23 or 23/11/2026 is wanted", start);
		return false;
	}
	s->start = s->unit == UNIT_HOUR ? day * 24 : s->unit == UNIT_DAY ? day : day / 7;
	return true;
}

static int forecast_command(struct call *c)
{
	struct forecast_call fc = { 0 };
	struct calendar calendar;
	bool timed = call_flag(c, "unit") || call_flag(c, "start");
	if (!call_flag(c, "horizon"))
		return call_wrong(c, "--horizon is needed: how many steps ahead");
	fc.horizon = (size_t)call_int(c, "horizon", 1, FORECAST_FARTHEST, 1);
	if (!filter_unit(c, UNIT_DAY, &fc.like.unit) || !forecast_method(c, &fc.opts) || !forecast_start(c, &fc.like))
		return 2;
	fc.like.season = (size_t)call_int(c, "season", 1, SERIES_LONGEST, timed ? 0 : 1);
	filter_calendar(c->mem, &calendar);
	fc.like.calendar = &calendar;
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	struct arena mem = { 0 };
	struct str line;
	int bad = 0;
	if (!lines_next(l, &line))
		return lines_failed(l) ? 1 : call_wrong(c, "the input is empty: a header line and one series a row are wanted");
	puts("id,step,mean,lo,hi,lo80,hi80,method");
	while (lines_next(l, &line)) {
		struct fault fault = { 0 };
		struct str id;
		if (str_trim(line).n && !forecast_line(&mem, line, &fc, &id, &fault)) {
			filter_bad_line(c, l, id, &fault);
			bad = 1;
		}
		arena_reset(&mem);
	}
	arena_done(&mem);
	return lines_failed(l) ? 1 : bad;
}

static const struct flag forecast_flags[] = {
	{ "horizon", "H", "steps ahead, 1 to 1000" },
	{ "season", "N", "values in a season; without it by --unit (24, 7, 1), else none" },
	{ "method", "NAME", "auto (default), naive2 or snaive" },
	{ "start", "DAY", "the day of the first value; holidays and Tết then apply" },
	{ "unit", "UNIT", "hour, day or week" },
	{ NULL },
};

const struct command command_forecast = {
	"forecast", "--horizon H [--season N] [--method auto|naive2|snaive] [--start DAY --unit hour|day|week] [FILE…]",
	"Reads CSV, a header and one series a row (id,v1,v2,…), and writes the steps ahead with 80 % and 95 % bounds. "
	"Where the forecast did not beat the naive one in the past, the naive one is written with method “none”.",
	"nhipcau forecast --horizon 14 --unit day --start 2026-03-01 counts.csv", forecast_flags, forecast_command,
};
