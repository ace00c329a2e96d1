/*
 * filter_effect - what changed after a day, on the command line.
 */
#include "app/commands.h"
#include "app/filter_stats.h"
#include "stats/csv.h"
#include "stats/effect.h"

#include <jansson.h>
#include <math.h>

struct table {
	struct arena *mem;
	double *column[EFFECT_CONTROLS + 1];
	size_t columns, n, cap;
	int64_t first, last;
};

static enum err table_row(struct table *t, const struct csv_row *row, struct fault *fault)
{
	double *v;
	int64_t day;
	size_t n;
	if (!day_parse(str_trim(row->field[0]), &day))
		return FAULT(fault, ERR_INPUT, "csv.day", "“%.*s” is no day", (int)MIN(row->field[0].n, 40), row->field[0].p);
	TRY(csv_numbers(t->mem, row, 1, &v, &n, fault));
	if (!n || n > COUNT(t->column) || (t->columns && n != t->columns))
		return FAULT(fault, ERR_INPUT, "csv.fields", "%zu numbers; %zu are wanted", n, t->columns ? t->columns : 1);
	if (t->n && day != t->last + 1)
		return FAULT(fault, ERR_INPUT, "csv.gap", "this day does not follow the one above: a missing day is not a zero");
	if (t->n == t->cap) {
		size_t cap = 0;
		for (size_t k = 0; k < n; k++) {
			cap = t->cap;
			t->column[k] = arena_grow(t->mem, t->column[k], t->n, &cap, sizeof **t->column);
		}
		t->cap = cap;
	}
	for (size_t k = 0; k < n; k++)
		t->column[k][t->n] = v[k];
	t->columns = n;
	t->first = t->n ? t->first : day;
	t->last = day;
	t->n++;
	return OK;
}

static bool table_read(const struct call *c, struct lines *l, struct table *t)
{
	struct str line;
	struct csv_row row;
	for (bool first = true; lines_next(l, &line); first = false) {
		struct fault fault = { 0 };
		if (!str_trim(line).n)
			continue;
		enum err e = csv_read(t->mem, arena_str(t->mem, line), &row, &fault);
		int64_t day;
		if (!e && first && !day_parse(str_trim(row.field[0]), &day))
			continue; /* the header */
		if (e || table_row(t, &row, &fault)) {
			filter_bad_line(c, l, S(""), &fault);
			return false;
		}
	}
	return !lines_failed(l);
}

static void put(json_t *o, const char *key, double v)
{
	json_object_set_new(o, key, isfinite(v) ? json_real(v) : json_null());
}

static void effect_print(const struct effect *r)
{
	json_t *o = json_object();
	put(o, "effect", r->effect);
	put(o, "lo", r->lo);
	put(o, "hi", r->hi);
	put(o, "share", r->share);
	put(o, "p", r->p);
	json_object_set_new(o, "days", json_integer((json_int_t)r->days));
	put(o, "share_lo", r->share_lo);
	put(o, "share_hi", r->share_hi);
	put(o, "expected", r->expected);
	put(o, "actual", r->actual);
	json_object_set_new(o, "placebos", json_integer((json_int_t)r->placebos));
	json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(10));
	putchar('\n');
	json_decref(o);
}

static int effect_command(struct call *c)
{
	const char *given = call_flag(c, "at");
	struct table t = { .mem = c->mem };
	struct calendar calendar;
	struct effect r;
	struct fault fault = { 0 };
	int64_t at;
	if (!given || !day_parse(str_z(given), &at))
		return call_wrong(c, "--at needs a day such as 2026-11-23: the first day that the act could have changed");
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	if (!table_read(c, l, &t))
		return 1;
	if (!t.n)
		return call_wrong(c, "the input is empty: day,value with a header are wanted");
	filter_calendar(c->mem, &calendar);
	struct series s = { .v = t.column[0], .n = t.n, .unit = UNIT_DAY, .start = t.first, .calendar = &calendar };
	if (at < t.first || at > t.last)
		return call_wrong(c, "--at %s lies outside the days given", given);
	if (effect_run(c->mem, &s, (size_t)(at - t.first), (const double *const *)t.column + 1, t.columns - 1, &r, &fault)) {
		fprintf(stderr, "nhipcau effect: %s\n", fault.detail);
		return 1;
	}
	effect_print(&r);
	return 0;
}

static const struct flag effect_flags[] = {
	{ "at", "DAY", "first day that the act could have changed" },
	{ NULL },
};

const struct command command_effect = {
	"effect", "--at DAY [FILE]",
	"Reads CSV day,value[,control…] (every day, in order) and writes what changed from DAY on against the forecast "
	"without it: sum, 95 % interval, share, p by placebo days, number of days.",
	"nhipcau effect --at 2026-10-05 articles.csv", effect_flags, effect_command,
};
