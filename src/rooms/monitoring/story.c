/*
 * story - the rows of stories always agree with their articles: whoever moves or changes an article counts
 * the story again in the same transaction.
 */
#include "rooms/monitoring/story.h"

#include "people/may.h"
#include "rooms/monitoring/article.h"
#include "store/audit.h"

/* CROSS JOIN gives SQLite the order of the tables: without statistics it would begin with the label's kind. */
#define STORY_COLUMNS \
	"s.id, s.first_at, s.last_at, s.n, s.outlets, s.good, s.neutral, s.bad, s.unfavourable, s.public, s.named_by," \
	" s.merged_into, s.title, s.topic, s.pinned"

SQL(story_by_id, "SELECT " STORY_COLUMNS ", 0 FROM story s WHERE s.id = $1");
SQL(story_window,
    "SELECT " STORY_COLUMNS ", w.recent FROM (SELECT story, count(*) AS recent FROM article WHERE published_at >= $1"
    " AND published_at < $2 AND story IS NOT NULL GROUP BY story HAVING count(*) >= $3) w JOIN story s ON s.id = w.story"
    " WHERE s.merged_into IS NULL AND ($4 = 0 OR s.public > 0) ORDER BY w.recent DESC, s.last_at DESC, s.id DESC LIMIT $5");
SQL(story_window_label,
    "SELECT " STORY_COLUMNS ", w.recent FROM (SELECT a.story, count(*) AS recent FROM article_label l"
    " CROSS JOIN article a WHERE a.id = l.article AND l.kind = $6 AND l.code = $7 AND l.published_at >= $1 AND l.published_at < $2"
    " AND a.story IS NOT NULL GROUP BY a.story HAVING count(*) >= $3) w JOIN story s ON s.id = w.story"
    " WHERE s.merged_into IS NULL AND ($4 = 0 OR s.public > 0) ORDER BY w.recent DESC, s.last_at DESC, s.id DESC LIMIT $5");
SQL(story_outlets_of,
    "SELECT o.id, count(*), min(a.published_at), sum(CASE WHEN a.tone = 'good' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN a.tone = 'neutral' THEN 1 ELSE 0 END), sum(CASE WHEN a.tone = 'bad' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN a.copy_of IS NULL THEN 0 ELSE 1 END), o.name, o.kind"
    " FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.story = $1 GROUP BY o.id, o.name, o.kind ORDER BY 3, 1");
SQL(story_times, "SELECT published_at, CASE WHEN tone = 'bad' THEN 1 ELSE 0 END FROM article WHERE story = $1 AND published_at >= $3"
    " AND published_at <= $2 ORDER BY published_at");
SQL(story_count,
    "SELECT count(*), count(DISTINCT outlet), sum(CASE WHEN tone = 'good' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN tone = 'neutral' THEN 1 ELSE 0 END), sum(CASE WHEN tone = 'bad' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN stance = 'unfavourable' THEN 1 ELSE 0 END), sum(CASE WHEN scope = 'vietnamese_public' THEN 1 ELSE 0 END),"
    " min(published_at), max(published_at) FROM article WHERE story = $1");
SQL(story_topic_of,
    "SELECT l.code FROM article a CROSS JOIN article_label l WHERE a.story = $1 AND l.article = a.id AND l.kind = 'topic'"
    " GROUP BY l.code ORDER BY sum(l.p) DESC, l.code LIMIT 1");
SQL(story_set_counts,
    "UPDATE story SET n = $2, outlets = $3, good = $4, neutral = $5, bad = $6, unfavourable = $7, public = $8, first_at = $9,"
    " last_at = $10, topic = $11 WHERE id = $1");
SQL(story_set_empty,
    "UPDATE story SET n = 0, outlets = 0, good = 0, neutral = 0, bad = 0, unfavourable = 0, public = 0 WHERE id = $1");
SQL(story_insert,
    "INSERT INTO story (id, title, first_at, last_at, n, outlets, good, neutral, bad, unfavourable, public)"
    " VALUES ($1, $2, $3, $3, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (id) DO UPDATE SET held = 1, merged_into = NULL");
SQL(story_put, "UPDATE article SET story = $2 WHERE id = $1");
SQL(story_put_all, "UPDATE article SET story = $2 WHERE story = $1");
SQL(story_gone, "UPDATE story SET merged_into = $2, held = 0, n = 0 WHERE id = $1");
/* The articles of one that the machine has in mind bring it back there. */
SQL(story_hold_too, "UPDATE story SET held = 1 WHERE id = $2 AND EXISTS (SELECT 1 FROM story f WHERE f.id = $1 AND f.held = 1)");
SQL(story_unheld, "UPDATE story SET held = 0 WHERE id = $1");
SQL(story_name, "UPDATE story SET title = $2, named_by = $3 WHERE id = $1");
SQL(story_set_pin, "UPDATE story SET pinned = $2 WHERE id = $1");
SQL(story_decide,
    "INSERT INTO story_decision (id, at, who, kind, story, article, other, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
SQL(story_decided,
    "SELECT id, at, who, story, article, other, kind, words FROM story_decision WHERE id > $1"
    " AND (CAST($2 AS BIGINT) = 0 OR story = $2 OR other = $2) ORDER BY id");
SQL(story_holds, "SELECT count(*) FROM article WHERE id = $1 AND story = $2");

static struct story story_read(const struct rows *r, struct arena *mem)
{
	return (struct story){ .id = col_int(r, 0), .first_at = col_int(r, 1), .last_at = col_int(r, 2), .n = col_int(r, 3),
		.outlets = col_int(r, 4), .good = col_int(r, 5), .neutral = col_int(r, 6), .bad = col_int(r, 7),
		.unfavourable = col_int(r, 8), .public = col_int(r, 9), .named_by = col_int(r, 10), .merged_into = col_int(r, 11),
		.title = col_str(r, mem, 12), .topic = col_str(r, mem, 13), .pinned = col_int(r, 14) != 0, .recent = col_int(r, 15) };
}

static enum err load_one(struct cx *cx, int64_t id, struct story *ret)
{
	struct rows r = db_query(cx, &story_by_id, ARGS(id));
	TRY(db_first(cx, &r, "monitoring.no_story", id));
	*ret = story_read(&r, cx->mem);
	return db_end(cx, &r);
}

enum err story_load(struct cx *cx, int64_t id, struct story *ret)
{
	struct story s;
	TRY(load_one(cx, id, &s));
	/* A chain of merges is short; the bound only guards against a loop that should not exist. */
	for (int hops = 0; s.merged_into && hops < 100; hops++)
		TRY(load_one(cx, s.merged_into, &s));
	*ret = s;
	return OK;
}

enum err story_list(struct cx *cx, const struct story_filter *f, struct story_list *ret)
{
	struct story_list list = { 0 };
	int64_t until = f->until ? f->until : INT64_MAX;
	int least = f->least ? f->least : 2, most = f->most ? f->most : 50;
	struct rows r = f->label_kind.n
		? db_query(cx, &story_window_label, ARGS(f->since, until, least, f->public_only, most, f->label_kind, f->label_code))
		: db_query(cx, &story_window, ARGS(f->since, until, least, f->public_only, most));
	DB_LIST(cx, r, list, story_read(&r, cx->mem));
	*ret = list;
	return OK;
}

enum err story_outlets(struct cx *cx, int64_t id, struct story_outlet_list *ret)
{
	struct story_outlet_list list = { 0 };
	struct rows r = db_query(cx, &story_outlets_of, ARGS(id));
	DB_LIST(cx, r, list, (struct story_outlet){ .outlet = col_int(&r, 0), .n = col_int(&r, 1), .first_at = col_int(&r, 2),
		.good = col_int(&r, 3), .neutral = col_int(&r, 4), .bad = col_int(&r, 5), .copies = col_int(&r, 6),
		.name = col_str(&r, cx->mem, 7), .kind = col_str(&r, cx->mem, 8), .origin = !list.n });
	*ret = list;
	return OK;
}

enum err story_hours(struct cx *cx, int64_t id, int64_t until, int most, int64_t *ret_from, int64_t **ret_all, int64_t **ret_bad)
{
	int64_t from = hour_of(until) - most + 1;
	int64_t *all = NEW_ARRAY(cx->mem, int64_t, (size_t)most), *bad = NEW_ARRAY(cx->mem, int64_t, (size_t)most);
	struct rows r = db_query(cx, &story_times, ARGS(id, until, from * HOUR));
	while (db_next(&r)) {
		int64_t h = hour_of(col_int(&r, 0)) - from;
		if (h < 0 || h >= most)
			continue;
		all[h]++;
		bad[h] += col_int(&r, 1);
	}
	TRY(db_end(cx, &r));
	*ret_from = from;
	*ret_all = all;
	*ret_bad = bad;
	return OK;
}

enum err story_decisions(struct cx *cx, int64_t after_id, int64_t story, struct story_decision_list *ret)
{
	struct story_decision_list list = { 0 };
	struct rows r = db_query(cx, &story_decided, ARGS(after_id, story));
	DB_LIST(cx, r, list, (struct story_decision){ col_int(&r, 0), col_int(&r, 1), col_int(&r, 2), col_int(&r, 3), col_int(&r, 4),
		col_int(&r, 5), col_str(&r, cx->mem, 6), col_str(&r, cx->mem, 7) });
	*ret = list;
	return OK;
}

static enum err topic_of(struct cx *cx, int64_t id, struct str *ret)
{
	struct rows r = db_query(cx, &story_topic_of, ARGS(id));
	*ret = (struct str){ 0 };
	if (db_next(&r))
		*ret = col_str(&r, cx->mem, 0);
	return db_end(cx, &r);
}

enum err story_refresh(struct cx *cx, int64_t id)
{
	int64_t v[9] = { 0 };
	struct str topic;
	struct rows r = db_query(cx, &story_count, ARGS(id));
	if (db_next(&r))
		for (int i = 0; i < 9; i++)
			v[i] = col_int(&r, i);
	TRY(db_end(cx, &r));
	if (!v[0])
		return db_run(cx, &story_set_empty, ARGS(id));
	TRY(topic_of(cx, id, &topic));
	return db_run(cx, &story_set_counts, ARGS(id, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], topic));
}

enum err story_found(struct cx *cx, int64_t id, struct str title, int64_t at)
{
	return db_run(cx, &story_insert, ARGS(id, title, at));
}

enum err story_take(struct cx *cx, int64_t article, int64_t story)
{
	return db_run(cx, &story_put, ARGS(article, story));
}

enum err story_forget(struct cx *cx, int64_t id)
{
	return db_run(cx, &story_unheld, ARGS(id));
}

/* ---- a person decides ------------------------------------------------------------------------------ */

static enum err decided(struct cx *cx, const char *kind, int64_t story, int64_t article, int64_t other, struct str words)
{
	TRY(db_run(cx, &story_decide,
	           ARGS(id_new(), cx->now, cx->who.id, kind, story, article ? arg_int(article) : ARG_NONE,
	                other ? arg_int(other) : ARG_NONE, words.n ? arg_str(words) : ARG_NONE)));
	return audit_add(cx, kind, "story", story, words);
}

static enum err rename_in(struct cx *cx, int64_t id, struct str title)
{
	TRY(db_run(cx, &story_name, ARGS(id, title, cx->who.id)));
	return decided(cx, "rename", id, 0, 0, title);
}

/* Every deed: allowed, the story is there, then all in one transaction. */
static enum err open_deed(struct cx *cx, int64_t id, struct story *ret)
{
	TRY(may(cx, ACT_STORY_EDIT, 0));
	TRY(story_load(cx, id, ret));
	return db_begin(cx);
}

enum err story_rename(struct cx *cx, int64_t id, struct str title)
{
	struct story s;
	title = str_trim(title);
	if (!title.n || title.n > 300)
		return FAIL(cx, ERR_INPUT, "monitoring.story_title", "a story's title has 1 to 300 bytes");
	TRY(open_deed(cx, id, &s));
	return db_finish(cx, rename_in(cx, s.id, title));
}

static enum err pin_in(struct cx *cx, int64_t id, bool pinned)
{
	TRY(db_run(cx, &story_set_pin, ARGS(id, pinned)));
	return decided(cx, pinned ? "pin" : "unpin", id, 0, 0, S(""));
}

enum err story_pin(struct cx *cx, int64_t id, bool pinned)
{
	struct story s;
	TRY(open_deed(cx, id, &s));
	return db_finish(cx, pin_in(cx, s.id, pinned));
}

static enum err merge_in(struct cx *cx, int64_t from, int64_t into)
{
	TRY(db_run(cx, &story_put_all, ARGS(from, into)));
	TRY(db_run(cx, &story_hold_too, ARGS(from, into)));
	TRY(db_run(cx, &story_gone, ARGS(from, into)));
	TRY(story_refresh(cx, into));
	return decided(cx, "merge", into, 0, from, S(""));
}

enum err story_merge(struct cx *cx, int64_t from, int64_t into)
{
	struct story a, b;
	TRY(story_load(cx, from, &a));
	TRY(open_deed(cx, into, &b));
	enum err e = a.id == b.id ? FAIL(cx, ERR_INPUT, "monitoring.story_same", "a story cannot be merged into itself")
	                          : merge_in(cx, a.id, b.id);
	return db_finish(cx, e);
}

/* The new story takes the id of its first article, which may not be the one that founded the old story. */
static int64_t *founder_last(struct cx *cx, int64_t story, const int64_t *articles, size_t n)
{
	int64_t *v = NEW_ARRAY(cx->mem, int64_t, n);
	memcpy(v, articles, n * sizeof *v);
	if (v[0] == story) {
		v[0] = v[n - 1];
		v[n - 1] = story;
	}
	return v;
}

static enum err split_in(struct cx *cx, const struct story *s, const int64_t *articles, size_t n, int64_t *ret_new)
{
	struct text ids = text_new(cx->mem);
	struct article first;
	for (size_t i = 0; i < n; i++) {
		int64_t held;
		TRY(db_number(cx, &story_holds, ARGS(articles[i], s->id), 0, &held));
		if (!held)
			return FAIL(cx, ERR_INPUT, "monitoring.story_not_in", "article %lld is not in the story", (long long)articles[i]);
	}
	TRY(article_load(cx, articles[0], &first));
	TRY(story_found(cx, first.id, first.title, first.published_at));
	for (size_t i = 0; i < n; i++) {
		TRY(story_take(cx, articles[i], first.id));
		text_fmt(&ids, "%s%lld", i ? " " : "", (long long)articles[i]);
	}
	TRY(story_refresh(cx, first.id));
	TRY(story_refresh(cx, s->id));
	TRY(decided(cx, "split", s->id, first.id, first.id, text_str(&ids)));
	*ret_new = first.id;
	return OK;
}

enum err story_split(struct cx *cx, int64_t id, const int64_t *articles, size_t n, int64_t *ret_new)
{
	struct story s;
	TRY(open_deed(cx, id, &s));
	enum err e;
	if (!n || (int64_t)n >= s.n)
		e = FAIL(cx, ERR_INPUT, "monitoring.story_split", "choose some of the articles, not none and not all");
	else if (n == 1 && articles[0] == s.id)
		e = FAIL(cx, ERR_INPUT, "monitoring.story_split_founder", "the founding article stays: choose the others instead");
	else
		e = split_in(cx, &s, founder_last(cx, s.id, articles, n), n, ret_new);
	return db_finish(cx, e);
}
