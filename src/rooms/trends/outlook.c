/*
 * outlook - a forecast is made from the counts of whole days only. Today, in an archive that ended long ago, is
 * the day after its last: a past province can be looked at as it was.
 */
#include "rooms/trends/outlook.h"

#include "store/db.h"

#include <math.h>

enum { LEARN_DAYS = 400, LEAST_DAYS = 28, KEPT_CODES = 40 };

SQL(forecast_kept,
    "SELECT made_on + step - 1, mean, lo80, hi80, lo95, hi95 FROM forecast WHERE series = $1 AND code = $2 AND step = 1"
    " AND made_on >= $3 AND made_on <= $4");
SQL(forecast_keep,
    "INSERT INTO forecast (series, code, made_on, step, mean, lo80, hi80, lo95, hi95, naive, method)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING");

enum err outlook_today(struct cx *cx, int64_t *ret)
{
	int64_t first, last;
	TRY(rollup_span(cx, BY_DAY, &first, &last));
	*ret = MIN(day_of(cx->now), last + 1);
	return OK;
}

static double *column(struct cx *cx, size_t n)
{
	double *v = NEW_ARRAY(cx->mem, double, n);
	for (size_t i = 0; i < n; i++)
		v[i] = NAN;
	return v;
}

static enum err read_kept(struct cx *cx, struct str kind, struct str code, struct outlook *o)
{
	size_t n = (size_t)(o->today - o->first);
	double **columns[] = { &o->was_mean, &o->was_lo80, &o->was_hi80, &o->was_lo95, &o->was_hi95 };
	for (size_t c = 0; c < COUNT(columns); c++)
		*columns[c] = column(cx, n);
	struct rows r = db_query(cx, &forecast_kept, ARGS(kind, code, o->first, o->today - 1));
	while (db_next(&r))
		for (size_t c = 0; c < COUNT(columns); c++)
			(*columns[c])[col_int(&r, 0) - o->first] = col_real(&r, (int)c + 1);
	return db_end(cx, &r);
}

/* The newest LEARN_DAYS days before `today`; *ret_n 0 where the archive is younger than LEAST_DAYS. */
static enum err learn(struct cx *cx, struct str kind, struct str code, int64_t today, double **ret, size_t *ret_n)
{
	int64_t first, last;
	struct counts *c;
	TRY(rollup_span(cx, BY_DAY, &first, &last));
	first = MAX(first, today - LEARN_DAYS);
	*ret_n = 0;
	if (today - first < LEAST_DAYS)
		return OK;
	TRY(rollup_series(cx, BY_DAY, kind, code, first, today - 1, &c));
	size_t n = (size_t)(today - first);
	*ret = NEW_ARRAY(cx->mem, double, n);
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = (double)c[i].n;
	*ret_n = n;
	return OK;
}

static enum err forecast_from(struct cx *cx, struct str kind, struct str code, int64_t today, bool *ret_enough, struct forecast *ret)
{
	double *v;
	size_t n;
	TRY(learn(cx, kind, code, today, &v, &n));
	*ret_enough = n > 0;
	if (!n)
		return OK;
	struct series s = { .v = v, .n = n, .unit = UNIT_DAY, .start = today - (int64_t)n };
	return forecast_run(cx->mem, &s, OUTLOOK_DAYS, (struct forecast_opts){ 0 }, ret, &cx->fault);
}

enum err outlook_of(struct cx *cx, struct str kind, struct str code, int back, struct outlook *ret)
{
	struct outlook o = { 0 };
	TRY(outlook_today(cx, &o.today));
	o.first = o.today - back;
	TRY(rollup_series(cx, BY_DAY, kind, code, o.first, o.today - 1, &o.past));
	TRY(read_kept(cx, kind, code, &o));
	TRY(forecast_from(cx, kind, code, o.today, &o.enough, &o.ahead));
	*ret = o;
	return OK;
}

static enum err keep_one(struct cx *cx, struct str kind, struct str code, int64_t today)
{
	struct forecast f;
	bool enough;
	TRY(forecast_from(cx, kind, code, today, &enough, &f));
	for (size_t i = 0; enough && i < f.steps; i++)
		TRY(db_run(cx, &forecast_keep,
		           ARGS(kind, code, today, (int64_t)i + 1, f.mean[i], f.lo80[i], f.hi80[i], f.lo95[i], f.hi95[i], f.naive[i], f.method)));
	return OK;
}

static enum err keep_kind(struct cx *cx, struct str kind, int64_t today)
{
	struct counted_list codes;
	TRY(rollup_by_code(cx, BY_DAY, kind, today - 30, today - 1, KEPT_CODES, &codes));
	for (size_t i = 0; i < codes.n; i++)
		TRY(keep_one(cx, kind, codes.v[i].code, today));
	return OK;
}

static enum err keep_day(struct cx *cx, int64_t today)
{
	TRY(keep_one(cx, S("all"), S(""), today));
	TRY(keep_kind(cx, S("topic"), today));
	TRY(keep_kind(cx, S("place"), today));
	return keep_kind(cx, S("body"), today);
}

SQL(forecast_last, "SELECT max(made_on) FROM forecast WHERE series = 'all' AND code = ''");

/* Days that were missed are made up for, each from what was known by then. */
enum err outlook_keep(struct cx *cx)
{
	int64_t today, last;
	enum err e = outlook_today(cx, &today);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e; /* nothing was counted yet: nothing to foresee */
	TRY(db_number(cx, &forecast_last, NO_ARGS, 0, &last));
	for (int64_t day = MAX(last + 1, today - 30); day <= today; day++) {
		struct arena_mark mark = arena_mark(cx->mem);
		TRY(keep_day(cx, day));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}
