/*
 * alarm - the watch is run anew over all counts each time: a few hundred series of days cost milliseconds,
 * and nothing but the counts can make it say something else. A day on which fewer than four in five outlets
 * were alive is left out, not taken for silence (domain 1.6).
 */
#include "rooms/trends/alarm.h"

#include "base/json.h"
#include "people/may.h"
#include "rooms/monitoring/rollup.h"
#include "stats/anomaly.h"
#include "store/audit.h"
#include "work/settings.h"

static const double LEAST_ALIVE = 0.8;

#define ALARM_COLUMNS \
	"id, bucket, from_bucket, count, alive, known, raised_at, triaged_by, triaged_at, kind, series, code, measure, unit, drivers," \
	" triage, note, expected, q"
SQL(alarm_by_id, "SELECT " ALARM_COLUMNS " FROM alarm WHERE id = $1");
SQL(alarm_newest_list,
    "SELECT " ALARM_COLUMNS " FROM alarm WHERE (bucket, id) < ($1, $2) AND bucket >= $3 AND ($4 = '' OR triage = $4)"
    " AND ($5 = '' OR series = $5) AND ($6 = '' OR code = $6) ORDER BY bucket DESC, id DESC LIMIT $7");
SQL(alarm_insert,
    "INSERT INTO alarm (id, kind, series, code, measure, unit, bucket, from_bucket, count, expected, q, alive, known, drivers, raised_at,"
    " triage) VALUES ($1, $2, $3, $4, $5, 'day', $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open') ON CONFLICT DO NOTHING");
SQL(alarm_is_known, "SELECT count(*) FROM alarm WHERE unit = 'day' AND measure = $1 AND series = $2 AND code = $3 AND bucket = $4");
SQL(alarm_set_triage, "UPDATE alarm SET triage = $2, triaged_by = $3, triaged_at = $4, note = $5 WHERE id = $1");
SQL(alarm_counts, "SELECT triage, count(*) FROM alarm GROUP BY triage");
SQL(watch_rows,
    "SELECT bucket, kind, code, CAST(sum(n) AS BIGINT), CAST(sum(bad) AS BIGINT) FROM rollup_day"
    " WHERE kind IN ('all', 'topic', 'place') AND bucket < $1 GROUP BY bucket, kind, code ORDER BY bucket, kind, code");
SQL(driver_stories,
    "SELECT a.story, count(*), min(s.title) FROM article a JOIN story s ON s.id = a.story WHERE a.published_at >= $1"
    " AND a.published_at < $2 AND ($3 = 0 OR a.tone = 'bad') GROUP BY a.story ORDER BY 2 DESC, 1 LIMIT 3");
SQL(driver_stories_label,
    "SELECT a.story, count(*), min(s.title) FROM article_label l CROSS JOIN article a CROSS JOIN story s"
    " WHERE a.id = l.article AND s.id = a.story AND l.kind = $4 AND l.code = $5 AND l.published_at >= $1 AND l.published_at < $2"
    " AND ($3 = 0 OR a.tone = 'bad') GROUP BY a.story ORDER BY 2 DESC, 1 LIMIT 3");
SQL(driver_outlets,
    "SELECT o.name, count(*) FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.published_at >= $1 AND a.published_at < $2"
    " AND ($3 = 0 OR a.tone = 'bad') GROUP BY o.name ORDER BY 2 DESC, 1 LIMIT 3");
SQL(driver_outlets_label,
    "SELECT o.name, count(*) FROM article_label l CROSS JOIN article a CROSS JOIN outlet o"
    " WHERE a.id = l.article AND o.id = a.outlet AND l.kind = $4 AND l.code = $5 AND l.published_at >= $1 AND l.published_at < $2"
    " AND ($3 = 0 OR a.tone = 'bad') GROUP BY o.name ORDER BY 2 DESC, 1 LIMIT 3");

static struct alarm alarm_read(const struct rows *r, struct arena *mem)
{
	return (struct alarm){ .id = col_int(r, 0), .bucket = col_int(r, 1), .from_bucket = col_int(r, 2), .count = col_int(r, 3),
		.alive = col_int(r, 4), .known = col_int(r, 5), .raised_at = col_int(r, 6), .triaged_by = col_int(r, 7),
		.triaged_at = col_int(r, 8), .kind = col_str(r, mem, 9), .series = col_str(r, mem, 10), .code = col_str(r, mem, 11),
		.measure = col_str(r, mem, 12), .unit = col_str(r, mem, 13), .drivers = col_str(r, mem, 14), .triage = col_str(r, mem, 15),
		.note = col_str(r, mem, 16), .expected = col_real(r, 17), .q = col_real(r, 18) };
}

enum err alarm_load(struct cx *cx, int64_t id, struct alarm *ret)
{
	struct rows r = db_query(cx, &alarm_by_id, ARGS(id));
	TRY(db_first(cx, &r, "trends.no_alarm", id));
	*ret = alarm_read(&r, cx->mem);
	return db_end(cx, &r);
}

enum err alarm_list(struct cx *cx, const struct alarm_filter *f, struct alarm_list *ret)
{
	struct alarm_list list = { 0 };
	int64_t bucket = f->before_bucket ? f->before_bucket : INT64_MAX, id = f->before_bucket ? f->before_id : INT64_MAX;
	struct rows r = db_query(cx, &alarm_newest_list,
	                         ARGS(bucket, id, f->since_bucket, str_some(f->triage), str_some(f->series), str_some(f->code), f->most ? f->most : 50));
	DB_LIST(cx, r, list, alarm_read(&r, cx->mem));
	*ret = list;
	return OK;
}

enum err alarm_triage(struct cx *cx, int64_t id, struct str answer, struct str note)
{
	struct alarm a;
	TRY(may(cx, ACT_ALARM_TRIAGE, 0));
	if (!str_eq(answer, S("true")) && !str_eq(answer, S("false")) && !str_eq(answer, S("duplicate")) && !str_eq(answer, S("open")))
		return FAIL(cx, ERR_INPUT, "trends.no_triage", "%.*s is no answer to an alarm", FMT(answer));
	TRY(alarm_load(cx, id, &a));
	TRY(db_run(cx, &alarm_set_triage, ARGS(id, answer, cx->who.id, cx->now, note.n ? arg_str(str_sub(note, 0, 1000)) : ARG_NONE)));
	return audit_add(cx, "triage", "alarm", id, answer);
}

enum err alarm_record(struct cx *cx, struct alarm_record *ret)
{
	struct alarm_record a = { 0 };
	struct rows r = db_query(cx, &alarm_counts, NO_ARGS);
	while (db_next(&r)) {
		struct str word = col_str(&r, cx->mem, 0);
		int64_t n = col_int(&r, 1);
		a.open += str_eq(word, S("open")) ? n : 0;
		a.right += str_eq(word, S("true")) ? n : 0;
		a.wrong += str_eq(word, S("false")) ? n : 0;
		a.duplicate += str_eq(word, S("duplicate")) ? n : 0;
	}
	TRY(db_end(cx, &r));
	*ret = a;
	return OK;
}

void alarm_span(const struct alarm *a, int64_t *ret_from, int64_t *ret_to)
{
	*ret_from = day_start(a->from_bucket);
	*ret_to = day_start(a->bucket + 1);
}

/* ---- what drives it --------------------------------------------------------------------------------------- */

static enum err add_stories(struct cx *cx, struct rows r, json_t *to)
{
	while (db_next(&r)) {
		struct str title = col_str(&r, cx->mem, 2);
		json_array_append_new(to, json_pack("{s:s, s:I, s:s%}", "id", str_fmt(cx->mem, "%lld", (long long)col_int(&r, 0)).p, "n",
		                                    (json_int_t)col_int(&r, 1), "title", title.p, title.n));
	}
	return db_end(cx, &r);
}

static enum err add_outlets(struct cx *cx, struct rows r, json_t *to)
{
	while (db_next(&r)) {
		struct str name = col_str(&r, cx->mem, 0);
		json_array_append_new(to, json_pack("{s:s%, s:I}", "name", name.p, name.n, "n", (json_int_t)col_int(&r, 1)));
	}
	return db_end(cx, &r);
}

static enum err drivers_json(struct cx *cx, const struct alarm *a, struct str *ret)
{
	int64_t from, to;
	bool bad = str_eq(a->measure, S("bad")), all = str_eq(a->series, S("all"));
	json_t *stories = json_array(), *outlets = json_array();
	alarm_span(a, &from, &to);
	enum err e = add_stories(cx, all ? db_query(cx, &driver_stories, ARGS(from, to, bad))
	                                 : db_query(cx, &driver_stories_label, ARGS(from, to, bad, a->series, a->code)), stories);
	if (!e)
		e = add_outlets(cx, all ? db_query(cx, &driver_outlets, ARGS(from, to, bad))
		                        : db_query(cx, &driver_outlets_label, ARGS(from, to, bad, a->series, a->code)), outlets);
	json_t *both = json_pack("{s:o, s:o}", "stories", stories, "outlets", outlets);
	*ret = json_printed(cx->mem, both);
	return e;
}

void alarm_drivers(struct cx *cx, const struct alarm *a, struct drivers *ret)
{
	size_t i;
	json_t *one, *all = json_loadb(a->drivers.p, a->drivers.n, 0, NULL);
	*ret = (struct drivers){ 0 };
	json_array_foreach(json_object_get(all, "stories"), i, one) {
		int64_t id = 0;
		if (ret->nstories < COUNT(ret->stories) && str_int(json_member(cx->mem, one, "id"), &id))
			ret->stories[ret->nstories++] = (struct driver_story){ id, json_integer_value(json_object_get(one, "n")), json_member(cx->mem, one, "title") };
	}
	json_array_foreach(json_object_get(all, "outlets"), i, one)
		if (ret->noutlets < COUNT(ret->outlets))
			ret->outlets[ret->noutlets++] =
				(struct driver_outlet){ json_member(cx->mem, one, "name"), json_integer_value(json_object_get(one, "n")) };
	json_decref(all);
}

/* ---- the watch ---------------------------------------------------------------------------------------------- */

struct watched { struct str kind, code; };

struct desk {
	struct watch *watch;
	struct map index;                /* "kind code" to its place in series */
	struct watched *series;
	size_t nseries, cap;
	int64_t alive, known;            /* of the day at hand */
	struct { int64_t n, bad; } *today;
	size_t today_cap;
	int64_t raised;
	struct arena mem;                /* the watch's own, which grows as series appear */
	int64_t least_articles, least_outlets; /* settings: a burst of fewer is not raised */
};

static size_t series_at(struct cx *cx, struct desk *d, struct str kind, struct str code)
{
	int64_t *at = map_at(&d->index, str_fmt(cx->mem, "%.*s %.*s", FMT(kind), FMT(code)));
	if (!*at) {
		GROW(cx->mem, d->series, d->nseries, d->cap);
		d->series[d->nseries++] = (struct watched){ arena_str(cx->mem, kind), arena_str(cx->mem, code) };
		*at = (int64_t)d->nseries;
	}
	return (size_t)*at - 1;
}

static bool worth_saying(const struct desk *d, const struct watch_alarm *w)
{
	return w->kind != WATCH_BURST || w->count >= (double)d->least_articles;
}

static enum err raise_alarm(struct cx *cx, struct desk *d, const struct watched *s, const char *measure, const struct watch_alarm *w)
{
	static const char *const kinds[] = { [WATCH_BURST] = "burst", [WATCH_OUTAGE] = "outage", [WATCH_SHIFT] = "shift" };
	struct alarm a = { .series = s->kind, .code = s->code, .measure = str_z(measure), .bucket = w->to, .from_bucket = w->from };
	int64_t there;
	TRY(db_number(cx, &alarm_is_known, ARGS(measure, s->kind, s->code, w->to), 0, &there));
	if (there)
		return OK;
	TRY(drivers_json(cx, &a, &a.drivers));
	struct drivers who;
	alarm_drivers(cx, &a, &who);
	if (w->kind == WATCH_BURST && (int64_t)who.noutlets < d->least_outlets)
		return OK;
	d->raised++;
	return db_run(cx, &alarm_insert,
	              ARGS(id_new(), kinds[w->kind], s->kind, s->code, measure, w->to, w->from, (int64_t)w->count, w->expected, w->q, d->alive,
	                   d->known, a.drivers, cx->now));
}

static enum err push(struct cx *cx, struct desk *d, size_t i, int64_t day)
{
	const struct watched *s = &d->series[i];
	const struct { const char *measure; int64_t count; } both[] = { { "n", d->today[i].n }, { "bad", d->today[i].bad } };
	/* Every series watched makes the evidence asked of each stronger: bad news is watched where it is frequent. */
	bool frequent = str_eq(s->kind, S("all")) || str_eq(s->kind, S("topic"));
	for (size_t m = 0; m < (frequent ? COUNT(both) : 1); m++) {
		struct watch_alarm w;
		struct arena_mark mark = arena_mark(cx->mem);
		struct str key = str_fmt(cx->mem, "%s %.*s %.*s", both[m].measure, FMT(s->kind), FMT(s->code));
		size_t series = watch_series(d->watch, key);
		arena_rewind(cx->mem, mark);
		if (watch_push(d->watch, series, day, (double)both[m].count, &w) && worth_saying(d, &w))
			TRY(raise_alarm(cx, d, s, both[m].measure, &w));
	}
	return OK;
}

static enum err end_of_day(struct cx *cx, struct desk *d, int64_t day)
{
	TRY(rollup_alive(cx, day, &d->alive, &d->known));
	bool blind = (double)d->alive < LEAST_ALIVE * (double)d->known;
	for (size_t i = 0; i < d->nseries && !blind; i++)
		TRY(push(cx, d, i, day));
	if (d->nseries)
		memset(d->today, 0, d->nseries * sizeof *d->today);
	return OK;
}

struct watch_row { int64_t day, n, bad; struct str kind, code; };

static enum err read_rows(struct cx *cx, int64_t until, struct watch_row **ret, size_t *ret_n)
{
	struct watch_row *v = NULL;
	size_t n = 0, cap = 0;
	struct rows r = db_query(cx, &watch_rows, ARGS(until));
	while (db_next(&r)) {
		GROW(cx->mem, v, n, cap);
		v[n++] = (struct watch_row){ col_int(&r, 0), col_int(&r, 3), col_int(&r, 4), col_str(&r, cx->mem, 1), col_str(&r, cx->mem, 2) };
	}
	TRY(db_end(cx, &r));
	*ret = v;
	*ret_n = n;
	return OK;
}

static void count_row(struct cx *cx, struct desk *d, const struct watch_row *row)
{
	size_t i = series_at(cx, d, row->kind, row->code);
	if (i >= d->today_cap) {
		size_t wider = MAX(d->today_cap * 2, (size_t)256);
		void *v = arena_array(cx->mem, wider, sizeof *d->today);
		if (d->today_cap)
			memcpy(v, d->today, d->today_cap * sizeof *d->today);
		d->today = v;
		d->today_cap = wider;
	}
	d->today[i].n = row->n;
	d->today[i].bad = row->bad;
}

enum err alarm_watch(struct cx *cx, int64_t *ret_raised)
{
	struct watch_row *rows;
	size_t n;
	TRY(read_rows(cx, day_of(cx->now), &rows, &n));
	struct desk d = { .index = map_new(cx->mem) };
	TRY(setting_int(cx, "alarm_least_articles", &d.least_articles));
	TRY(setting_int(cx, "alarm_least_outlets", &d.least_outlets));
	enum err e = OK;
	d.watch = watch_new(&d.mem, (struct watch_opts){ .unit = UNIT_DAY, .fdr = 0.05 });
	for (size_t i = 0; i < n && !e; i++) {
		count_row(cx, &d, &rows[i]);
		int64_t next = i + 1 < n ? rows[i + 1].day : day_of(cx->now);
		/* A day without any row is a day nobody was alive: end_of_day sees that and passes it over. */
		if (next != rows[i].day)
			e = end_of_day(cx, &d, rows[i].day);
	}
	arena_done(&d.mem);
	*ret_raised = d.raised;
	return e;
}
