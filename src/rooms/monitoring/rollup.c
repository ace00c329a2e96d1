/*
 * rollup - counts are gathered in memory over a batch and added in one statement a row. bucket is a day or
 * an hour; the two tables are alike and are read by twin statements.
 */
#include "rooms/monitoring/rollup.h"

#include "store/db.h"

struct rollup_row {
	const char *kind;
	struct str code, outlet_kind;
	enum rollup_unit unit;
	int64_t bucket;
	struct counts c;
};

#define UPSERT(table) \
	"INSERT INTO " table " (kind, code, bucket, outlet_kind, n, good, neutral, bad, favourable, unfavourable, public, confirmed)" \
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)" \
	" ON CONFLICT (kind, code, bucket, outlet_kind) DO UPDATE SET n = " table ".n + excluded.n," \
	" good = " table ".good + excluded.good, neutral = " table ".neutral + excluded.neutral, bad = " table ".bad + excluded.bad," \
	" favourable = " table ".favourable + excluded.favourable, unfavourable = " table ".unfavourable + excluded.unfavourable," \
	" public = " table ".public + excluded.public, confirmed = " table ".confirmed + excluded.confirmed"

#define SUMS \
	"CAST(sum(n) AS BIGINT), CAST(sum(good) AS BIGINT), CAST(sum(neutral) AS BIGINT), CAST(sum(bad) AS BIGINT)," \
	" CAST(sum(favourable) AS BIGINT), CAST(sum(unfavourable) AS BIGINT), CAST(sum(public) AS BIGINT), CAST(sum(confirmed) AS BIGINT)"

SQL(rollup_day_add, UPSERT("rollup_day"));
SQL(rollup_hour_add, UPSERT("rollup_hour"));
#define SERIES(table) \
	"SELECT bucket, " SUMS " FROM " table " WHERE kind = $1 AND code = $2 AND bucket BETWEEN $3 AND $4 GROUP BY bucket ORDER BY bucket"
SQL(rollup_day_series, SERIES("rollup_day"));
SQL(rollup_hour_series, SERIES("rollup_hour"));
#define BY_CODE(table) \
	"SELECT code, " SUMS " FROM " table " WHERE kind = $1 AND bucket BETWEEN $2 AND $3 GROUP BY code" \
	" ORDER BY sum(n) DESC, code LIMIT $4"
SQL(rollup_day_codes, BY_CODE("rollup_day"));
SQL(rollup_hour_codes, BY_CODE("rollup_hour"));
/* Two questions, each answered at one end of the index; asked as one, SQLite would read it all. */
#define SPAN(table) \
	"SELECT (SELECT min(bucket) FROM " table " WHERE kind = 'all'), (SELECT max(bucket) FROM " table " WHERE kind = 'all')"
SQL(rollup_day_span, SPAN("rollup_day"));
SQL(rollup_hour_span, SPAN("rollup_hour"));
SQL(rollup_outlets_about,
    "SELECT code, CAST(sum(n) AS BIGINT), max(bucket) FROM rollup_day WHERE kind = 'outlet' AND bucket BETWEEN $1 AND $2 AND n > 0"
    " GROUP BY code");

struct rollup rollup_new(struct arena *mem)
{
	return (struct rollup){ .mem = mem, .places = map_new(mem) };
}

static struct counts *place(struct rollup *r, const struct rollup_row *key)
{
	char head[32];
	memcpy(head, &key->bucket, 8);
	size_t n = 8;
	head[n++] = (char)key->unit;
	head[n++] = key->kind[0];
	head[n++] = key->kind[1];
	head[n++] = key->outlet_kind.n ? key->outlet_kind.p[0] : 0;
	head[n++] = key->outlet_kind.n > 1 ? key->outlet_kind.p[1] : 0;
	uint64_t h = hash64(key->code.p, key->code.n, hash64(head, n, 0));
	int64_t *at = map_at_int(&r->places, h);
	if (!*at) {
		GROW(r->mem, r->rows, r->n, r->cap);
		r->rows[r->n] = *key;
		r->rows[r->n].code = arena_str(r->mem, key->code);
		r->rows[r->n].outlet_kind = arena_str(r->mem, key->outlet_kind);
		*at = (int64_t)++r->n;
	}
	return &r->rows[*at - 1].c;
}

static void count(struct counts *c, const struct rollup_facts *f, int sign, bool with_tone)
{
	c->n += sign;
	if (!with_tone)
		return;
	c->good += sign * str_eq(f->tone, S("good"));
	c->neutral += sign * str_eq(f->tone, S("neutral"));
	c->bad += sign * str_eq(f->tone, S("bad"));
	c->favourable += sign * str_eq(f->stance, S("favourable"));
	c->unfavourable += sign * str_eq(f->stance, S("unfavourable"));
	c->public += sign * str_eq(f->scope, S("vietnamese_public"));
	c->confirmed += sign * f->confirmed;
}

void rollup_label(struct rollup *r, const struct rollup_facts *f, const char *kind, struct str code, int sign)
{
	bool with_tone = strcmp(kind, "outlet") != 0;
	struct rollup_row key = { .kind = kind, .code = code, .outlet_kind = f->outlet_kind };
	key.unit = BY_DAY;
	key.bucket = day_of(f->published_at);
	count(place(r, &key), f, sign, with_tone);
	key.unit = BY_HOUR;
	key.bucket = hour_of(f->published_at);
	count(place(r, &key), f, sign, with_tone);
}

void rollup_base(struct rollup *r, const struct rollup_facts *f, int sign)
{
	char code[24];
	int n = snprintf(code, sizeof code, "%lld", (long long)f->outlet);
	rollup_label(r, f, "all", S(""), sign);
	rollup_label(r, f, "outlet", (struct str){ code, (size_t)n }, sign);
}

enum err rollup_flush(struct cx *cx, struct rollup *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rollup_row *w = &r->rows[i];
		const struct counts *c = &w->c;
		TRY(db_run(cx, w->unit == BY_DAY ? &rollup_day_add : &rollup_hour_add,
		           ARGS(w->kind, w->code, w->bucket, w->outlet_kind, c->n, c->good, c->neutral, c->bad, c->favourable,
		                c->unfavourable, c->public, c->confirmed)));
	}
	*r = rollup_new(r->mem);
	return OK;
}

static struct counts counts_read(const struct rows *r, int at)
{
	return (struct counts){ col_int(r, at), col_int(r, at + 1), col_int(r, at + 2), col_int(r, at + 3),
		                col_int(r, at + 4), col_int(r, at + 5), col_int(r, at + 6), col_int(r, at + 7) };
}

enum err rollup_series(struct cx *cx, enum rollup_unit unit, struct str kind, struct str code, int64_t from, int64_t to,
                       struct counts **ret)
{
	BUG_IF(to < from);
	struct counts *v = NEW_ARRAY(cx->mem, struct counts, (size_t)(to - from + 1));
	struct rows r = db_query(cx, unit == BY_DAY ? &rollup_day_series : &rollup_hour_series, ARGS(kind, code, from, to));
	while (db_next(&r))
		v[col_int(&r, 0) - from] = counts_read(&r, 1);
	TRY(db_end(cx, &r));
	*ret = v;
	return OK;
}

enum err rollup_by_code(struct cx *cx, enum rollup_unit unit, struct str kind, int64_t from, int64_t to, int most,
                        struct counted_list *ret)
{
	struct counted_list list = { 0 };
	struct rows r = db_query(cx, unit == BY_DAY ? &rollup_day_codes : &rollup_hour_codes, ARGS(kind, from, to, most));
	DB_LIST(cx, r, list, (struct counted){ col_str(&r, cx->mem, 0), counts_read(&r, 1) });
	*ret = list;
	return OK;
}

enum err rollup_sum(struct cx *cx, enum rollup_unit unit, struct str kind, struct str code, int64_t from, int64_t to,
                    struct counts *ret)
{
	struct counts *v, sum = { 0 };
	TRY(rollup_series(cx, unit, kind, code, from, to, &v));
	for (int64_t i = 0; i <= to - from; i++) {
		sum.n += v[i].n;
		sum.good += v[i].good;
		sum.neutral += v[i].neutral;
		sum.bad += v[i].bad;
		sum.favourable += v[i].favourable;
		sum.unfavourable += v[i].unfavourable;
		sum.public += v[i].public;
		sum.confirmed += v[i].confirmed;
	}
	*ret = sum;
	return OK;
}

enum err rollup_span(struct cx *cx, enum rollup_unit unit, int64_t *ret_first, int64_t *ret_last)
{
	bool empty = true;
	int64_t first = 0, last = 0;
	struct rows r = db_query(cx, unit == BY_DAY ? &rollup_day_span : &rollup_hour_span, NO_ARGS);
	if (db_next(&r) && !col_null(&r, 0)) {
		empty = false;
		first = col_int(&r, 0);
		last = col_int(&r, 1);
	}
	TRY(db_end(cx, &r));
	if (empty)
		return FAIL(cx, ERR_NOT_FOUND, "monitoring.empty", "nothing was counted yet");
	*ret_first = first;
	*ret_last = last;
	return OK;
}

/* Silent for longer than three of its mean gaps: if items came by chance at a steady rate, that happens once in
 * twenty times (e to the minus three). */
enum err rollup_alive(struct cx *cx, int64_t day, int64_t *ret_alive, int64_t *ret_known)
{
	enum { ABOUT = 15, GAPS = 3 };
	int64_t alive = 0, known = 0;
	struct rows r = db_query(cx, &rollup_outlets_about, ARGS(day - ABOUT + 1, day));
	while (db_next(&r)) {
		known++;
		alive += day - col_int(&r, 2) <= GAPS * ABOUT / col_int(&r, 1);
	}
	TRY(db_end(cx, &r));
	*ret_alive = alive;
	*ret_known = known;
	return OK;
}
