/*
 * filter_watch - alarms on the command line: watch (many series of counts) and anomalies (one series of numbers).
 */
#include "app/commands.h"
#include "app/filter_stats.h"
#include "stats/anomaly.h"
#include "stats/csv.h"

#include <jansson.h>
#include <math.h>

struct watch_call {
	const struct call *c;
	struct watch *w;
	enum unit unit;
	bool csv, dated;
	struct arena mem; /* of one line */
	int bad;
	struct lines *l;
};

static struct str bucket_name(struct watch_call *k, int64_t bucket)
{
	if (!k->dated)
		return str_fmt(&k->mem, "%lld", (long long)bucket);
	if (k->unit == UNIT_DAY)
		return day_iso(&k->mem, bucket);
	return time_iso_vn(&k->mem, bucket * HOUR - VIETNAM);
}

static struct str number_vi(struct arena *mem, double v)
{
	struct str s = str_fmt(mem, v >= 100 || v == floor(v) ? "%.0f" : "%.1f", v);
	char *p = arena_z(mem, s);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '.')
			p[i] = ',';
	return str_z(p);
}

static struct str reason_of(struct watch_call *k, const struct watch_alarm *a)
{
	struct arena *m = &k->mem;
	const char *unit = k->unit == UNIT_DAY ? "ngày" : "giờ";
	struct str count = number_vi(m, a->count), expected = number_vi(m, a->expected);
	long long buckets = (long long)(a->to - a->from + 1);
	if (a->kind == WATCH_SHIFT)
		return str_fmt(m, "Mức mới: trong %lld %s có %.*s, trong khi mức cũ là %.*s.", buckets, unit, FMT(count), FMT(expected));
	struct str times = number_vi(m, a->expected > 0 ? a->count / a->expected : 0);
	if (a->kind == WATCH_BURST)
		return str_fmt(m, "Trong %lld %s có %.*s, thường là %.*s: gấp %.*s lần.", buckets, unit, FMT(count), FMT(expected), FMT(times));
	return str_fmt(m, "Trong %lld %s chỉ có %.*s, thường là %.*s.", buckets, unit, FMT(count), FMT(expected));
}

static void alarm_print(struct watch_call *k, const struct watch_alarm *a)
{
	static const char *const kind[] = { "burst", "outage", "shift" };
	struct str key = watch_key(k->w, a->series), time = bucket_name(k, a->to), why = reason_of(k, a);
	if (k->csv) {
		if (a->kind != WATCH_SHIFT)
			printf("%.*s,%.*s\n", FMT(key), FMT(time));
		return;
	}
	json_t *o = json_object();
	json_object_set_new(o, "series", json_stringn(key.p, key.n));
	json_object_set_new(o, "time", k->dated ? json_stringn(time.p, time.n) : json_integer(a->to));
	json_object_set_new(o, "count", json_real(a->count));
	json_object_set_new(o, "expected", json_real(round(a->expected * 100) / 100));
	json_object_set_new(o, "kind", json_string(kind[a->kind]));
	json_object_set_new(o, "q", json_real(a->q));
	json_object_set_new(o, "reason", json_stringn(why.p, why.n));
	json_object_set_new(o, "window", json_integer(a->to - a->from + 1));
	json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
}

static void line_wrong(struct watch_call *k, const struct fault *f)
{
	filter_bad_line(k->c, k->l, S(""), f);
	k->bad = 1;
}

/* Long form: the bucket is a number, a day, or an instant. */
static bool bucket_read(struct watch_call *k, struct str s, int64_t *ret)
{
	int64_t at;
	s = str_trim(s);
	if (str_int(s, &at) && at > -(INT64_C(1) << 40) && at < INT64_C(1) << 40) {
		*ret = at;
		return true;
	}
	if (k->unit == UNIT_DAY && day_parse(s, ret)) {
		k->dated = true;
		return true;
	}
	if (!time_parse_iso(s, &at))
		return false;
	k->dated = true;
	*ret = k->unit == UNIT_DAY ? day_of(at) : hour_of(at + VIETNAM);
	return true;
}

static enum err watch_line(struct watch_call *k, struct str line, struct fault *fault)
{
	struct csv_row row;
	struct watch_alarm a;
	int64_t bucket;
	double count;
	TRY(csv_read(&k->mem, line, &row, fault));
	if (row.n != 3)
		return FAULT(fault, ERR_INPUT, "csv.fields", "%zu fields; series,time,count are wanted", row.n);
	if (!bucket_read(k, row.field[1], &bucket))
		return FAULT(fault, ERR_INPUT, "csv.time", "“%.*s” is no time", (int)MIN(row.field[1].n, 40), row.field[1].p);
	if (!csv_number(row.field[2], &count) || count < 0)
		return FAULT(fault, ERR_INPUT, "csv.count", "“%.*s” is no count", (int)MIN(row.field[2].n, 40), row.field[2].p);
	size_t series = watch_series(k->w, row.field[0]);
	if (!watch_takes(k->w, series, bucket))
		return FAULT(fault, ERR_INPUT, "csv.order", "not later than the time before of the same series");
	if (watch_push(k->w, series, bucket, count, &a))
		alarm_print(k, &a);
	return OK;
}

/* The first line, when what stands for a count is no number: a file without a header loses no row. */
static bool is_header(struct arena *mem, struct str line)
{
	struct csv_row row;
	struct fault fault;
	double count;
	return csv_read(mem, line, &row, &fault) == OK && row.n == 3 && !csv_number(row.field[2], &count);
}

static void watch_long(struct watch_call *k)
{
	struct str line;
	for (bool first = true; lines_next(k->l, &line); first = false) {
		struct fault fault = { 0 };
		if (first && is_header(&k->mem, line))
			continue;
		if (str_trim(line).n && watch_line(k, line, &fault))
			line_wrong(k, &fault);
		arena_reset(&k->mem);
	}
}

struct wide {
	double *v;
	size_t n;
};

/* One series a row: all rows are read, then told in order of time, since the budget is one over all. */
static void watch_wide(struct watch_call *k)
{
	struct wide *rows = NULL;
	size_t n = 0, cap = 0, longest = 0;
	struct str line;
	struct arena *mem = k->c->mem;
	while (lines_next(k->l, &line)) {
		struct fault fault = { 0 };
		struct csv_row row;
		struct wide r = { 0 };
		struct arena_mark mark = arena_mark(mem);
		if (csv_read(&k->mem, line, &row, &fault) || csv_numbers(mem, &row, 0, &r.v, &r.n, &fault)) {
			arena_rewind(mem, mark);
			line_wrong(k, &fault);
			r = (struct wide){ 0 };
		}
		GROW(mem, rows, n, cap);
		rows[n++] = r;
		longest = MAX(longest, r.n);
		watch_series(k->w, str_fmt(&k->mem, "%zu", n - 1));
		arena_reset(&k->mem);
	}
	struct watch_alarm a;
	for (size_t t = 0; t < longest; t++)
		for (size_t i = 0; i < n; i++) {
			if (t < rows[i].n && watch_push(k->w, i, (int64_t)t, rows[i].v[t], &a))
				alarm_print(k, &a);
			arena_reset(&k->mem);
		}
}

static int watch_command(struct call *c)
{
	struct watch_call k = { .c = c, .csv = call_flag(c, "csv") != NULL };
	struct watch_opts opts = { 0 };
	const char *fdr = call_flag(c, "fdr");
	if (!filter_unit(c, UNIT_HOUR, &k.unit))
		return 2;
	if (k.unit == UNIT_WEEK)
		return call_wrong(c, "--unit week: hour or day is wanted");
	if (fdr && (!str_real(str_z(fdr), &opts.fdr) || !(opts.fdr > 0 && opts.fdr < 1)))
		return call_wrong(c, "--fdr %s: a share between 0 and 1 is wanted", fdr);
	opts.unit = k.unit;
	k.w = watch_new(c->mem, opts);
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	k.l = l;
	if (call_flag(c, "wide"))
		watch_wide(&k);
	else
		watch_long(&k);
	arena_done(&k.mem);
	return lines_failed(l) ? 1 : k.bad;
}

static const struct flag watch_flags[] = {
	{ "unit", "UNIT", "hour (default) or day" },
	{ "fdr", "SHARE", "of alarms that may be false, over all series (default 0.05)" },
	{ "wide", NULL, "one series a row, counts separated by commas, no header; numbered from 0" },
	{ "csv", NULL, "write series,index lines instead of JSON" },
	{ NULL },
};

const struct command command_watch = {
	"watch", "[--unit hour|day] [--fdr SHARE] [--wide] [--csv] [FILE…]",
	"Reads counts of many series (series,time,count in order of time) and writes the alarms: one JSON object a line, "
	"one alarm a run, with the false share of all alarms held below --fdr.",
	"nhipcau watch --unit day counts.csv", watch_flags, watch_command,
};

/* ---- anomalies -------------------------------------------------------------------------------------- */

struct pair {
	int64_t at;
	double value;
	struct str stamp;
};

static enum err anomaly_line(struct arena *mem, struct str line, struct pair *ret, struct fault *fault)
{
	struct csv_row row;
	TRY(csv_read(mem, line, &row, fault));
	if (row.n < 2)
		return FAULT(fault, ERR_INPUT, "csv.fields", "%zu field; timestamp,value are wanted", row.n);
	if (!csv_number(row.field[1], &ret->value))
		return FAULT(fault, ERR_INPUT, "csv.number", "“%.*s” is no number", (int)MIN(row.field[1].n, 40), row.field[1].p);
	ret->stamp = row.field[0];
	if (!time_parse_iso(str_trim(row.field[0]), &ret->at))
		ret->at = INT64_MIN;
	return OK;
}

/* Seasons from the step between the first two times: an hour, a day, a week, where they are whole steps. */
static struct score *score_auto(struct arena *mem, int64_t a, int64_t b)
{
	size_t season[2], n = 0;
	if (a != INT64_MIN && b != INT64_MIN && b > a) {
		int64_t step = b - a;
		if (step < DAY && DAY % step == 0 && DAY / step <= SCORE_SEASON_LONGEST)
			season[n++] = (size_t)(DAY / step);
		if (step <= DAY && 7 * DAY % step == 0 && 7 * DAY / step <= SCORE_SEASON_LONGEST)
			season[n++] = (size_t)(7 * DAY / step);
	}
	return score_new(mem, season, n);
}

static struct score *score_given(const struct call *c, bool *ret_wrong)
{
	const char *given = call_flag(c, "season");
	size_t season[SCORE_SEASONS], n = 0;
	struct str rest, piece;
	int64_t v;
	*ret_wrong = false;
	if (!given || !strcmp(given, "auto"))
		return NULL;
	rest = str_z(given);
	while (str_split(&rest, ',', &piece)) {
		if (!str_int(piece, &v) || v < 2 || v > SCORE_SEASON_LONGEST || n == SCORE_SEASONS) {
			call_wrong(c, "--season %s: auto, or up to %d numbers from 2 to %d", given, SCORE_SEASONS, SCORE_SEASON_LONGEST);
			*ret_wrong = true;
			return NULL;
		}
		season[n++] = (size_t)v;
	}
	return score_new(c->mem, season, n);
}

static void score_print(struct score *s, const struct pair *p)
{
	struct score_row r = score_push(s, p->value);
	printf("%.*s,%.10g,%.6g,%.6g,%.6g,%.6f\n", FMT(p->stamp), p->value, r.expected, r.lo, r.hi, r.score);
}

struct judging {
	struct score *score;  /* NULL until the step is known */
	struct pair first;    /* waits for the second row, which tells the step */
	bool waits;
};

/* What has no second row is judged by no season; a first row's answer is the same with any. */
static void first_print(struct arena *mem, struct judging *j)
{
	if (j->waits)
		score_print(score_auto(mem, j->first.at, INT64_MIN), &j->first);
	j->waits = false;
}

static void judge_row(struct arena *mem, struct judging *j, const struct pair *p, bool is_first)
{
	if (!j->score && is_first) {
		j->first = *p;
		j->first.stamp = arena_str(mem, p->stamp);
		j->waits = true;
		return;
	}
	if (!j->score) {
		j->score = score_auto(mem, j->first.at, p->at);
		if (j->waits)
			score_print(j->score, &j->first);
		else
			score_push(j->score, j->first.value);
		j->waits = false;
	}
	score_print(j->score, p);
}

static int anomalies_command(struct call *c)
{
	bool wrong;
	struct judging j = { .score = score_given(c, &wrong) };
	if (wrong)
		return 2;
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	struct str line;
	struct arena mem = { 0 };
	struct pair p;
	int bad = 0;
	size_t n = 0;
	if (!lines_next(l, &line))
		return lines_failed(l) ? 1 : call_wrong(c, "the input is empty: a header line and timestamp,value are wanted");
	puts("timestamp,value,expected,lo,hi,anomaly_score");
	while (lines_next(l, &line)) {
		struct fault fault = { 0 };
		if (!str_trim(line).n)
			continue;
		if (anomaly_line(&mem, line, &p, &fault)) {
			first_print(c->mem, &j);
			filter_bad_line(c, l, S(""), &fault);
			bad = 1;
		} else {
			judge_row(c->mem, &j, &p, !n++);
		}
		arena_reset(&mem);
	}
	first_print(c->mem, &j);
	arena_done(&mem);
	return lines_failed(l) ? 1 : bad;
}

static const struct flag anomalies_flags[] = {
	{ "season", "N", "auto (default: day and week, by the times), or values in a season; several with commas" },
	{ NULL },
};

const struct command command_anomalies = {
	"anomalies", "[--season auto|N[,N…]] [FILE]",
	"Reads CSV timestamp,value with a header and writes expected value, bounds and a score from 0 to 1 for each row. "
	"A row is judged by the rows up to it only.",
	"nhipcau anomalies visits.csv", anomalies_flags, anomalies_command,
};
