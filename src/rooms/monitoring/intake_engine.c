/*
 * intake_engine - between the engines in memory and the rows: starting again, persons' decisions into the
 * engine, the engine's moves into the rows.
 */
#include "rooms/monitoring/intake_inner.h"

#include "rooms/monitoring/story.h"

#include <stdlib.h>

SQL(newest_article, "SELECT max(published_at) FROM article");
SQL(near_articles,
    "SELECT a.id, a.published_at, a.title, a.lead, t.body FROM article a JOIN article_text t ON t.article = a.id"
    " WHERE a.published_at >= $1 ORDER BY a.id");
#define KEPT "a.id, a.published_at, a.title, a.lead, t.body, a.copy_of, a.story, t.vector, s.held"
SQL(held_articles,
    "SELECT " KEPT " FROM story s JOIN article a ON a.story = s.id JOIN article_text t ON t.article = a.id WHERE s.held = 1"
    " UNION ALL SELECT " KEPT " FROM article a JOIN story s ON s.id = a.story JOIN article_text t ON t.article = a.id"
    " WHERE a.id > $1 AND s.held = 0 ORDER BY 1");
SQL(unsaved_articles,
    "SELECT a.title, a.lead, t.body FROM article a JOIN article_text t ON t.article = a.id WHERE a.id > $1 ORDER BY a.id");
SQL(state_read, "SELECT upto, bytes FROM engine_state WHERE name = 'cluster'");
SQL(state_write,
    "INSERT INTO engine_state (name, upto, bytes) VALUES ('cluster', $1, $2)"
    " ON CONFLICT (name) DO UPDATE SET upto = excluded.upto, bytes = excluded.bytes");

/* Among three answers, one that is likelier than all others together. */
static const double LEAST_P = 0.5;

const char *tone_kept(const struct labels *l)
{
	return l->tone_p >= LEAST_P ? tone_name(l->tone) : "unknown";
}

const char *stance_kept(const struct labels *l)
{
	return l->has_stance && l->stance_p >= LEAST_P ? stance_name(l->stance) : "unknown";
}

static void json_escaped(struct text *t, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == '\\')
			text_fmt(t, "\\%c", s.p[i]);
		else if ((unsigned char)s.p[i] < 0x20)
			text_fmt(t, "\\u%04x", s.p[i]);
		else
			text_c(t, s.p[i]);
}

struct str evidence_json(struct arena *mem, const struct labels *l)
{
	struct text t = text_new(mem);
	text_c(&t, '[');
	for (size_t i = 0; i < l->ncues; i++) {
		const struct label_cue *c = &l->cues[i];
		text_fmt(&t, "%s{\"answer\":\"%.*s\",\"field\":\"%s\",\"start\":%d,\"end\":%d,\"for\":\"", i ? "," : "", FMT(c->answer), c->field,
		         c->start, c->end);
		json_escaped(&t, c->speaks_for);
		text_z(&t, "\"}");
	}
	text_c(&t, ']');
	return text_str(&t);
}

/* ---- starting again --------------------------------------------------------------------------------------- */

static enum err read_counts(struct cx *cx, struct intake *in, int64_t *ret_upto)
{
	struct rows r = db_query(cx, &state_read, NO_ARGS);
	struct str bytes = { 0 };
	int64_t upto = 0;
	if (db_next(&r)) {
		upto = col_int(&r, 0);
		bytes = col_bytes(&r, cx->mem, 1);
	}
	TRY(db_end(cx, &r));
	if (bytes.n)
		TRY(cluster_counts_read(in->cluster, bytes, &cx->fault));
	*ret_upto = upto;
	return OK;
}

static enum err restore_stories(struct cx *cx, struct intake *in, int64_t upto)
{
	struct rows r = db_query(cx, &held_articles, ARGS(upto));
	while (db_next(&r)) {
		struct arena_mark mark = arena_mark(cx->mem);
		struct cluster_kept kept = { .item = { .id = col_int(&r, 0), .published = col_int(&r, 1), .title = col_str(&r, cx->mem, 2),
			.summary = col_str(&r, cx->mem, 3), .text = col_str(&r, cx->mem, 4), .copy_of = col_int(&r, 5) },
			.story = col_int(&r, 6), .vector = col_bytes(&r, cx->mem, 7), .counted = col_int(&r, 0) <= upto };
		enum err e = OK;
		if (col_int(&r, 8))
			e = cluster_restore(in->cluster, &kept, &cx->fault);
		else
			cluster_count(in->cluster, &kept.item);
		if (e) {
			rows_stop(&r);
			return e;
		}
		arena_rewind(cx->mem, mark);
	}
	return db_end(cx, &r);
}

static enum err restore_near(struct cx *cx, struct intake *in)
{
	TRY(db_number(cx, &newest_article, NO_ARGS, 0, &in->newest));
	struct rows r = db_query(cx, &near_articles, ARGS(in->newest - NEAR_DAYS * DAY));
	while (db_next(&r)) {
		struct arena_mark mark = arena_mark(cx->mem);
		struct str lead = col_str(&r, cx->mem, 3), body = col_str(&r, cx->mem, 4);
		struct near_print p = near_print_of(cx->mem, col_str(&r, cx->mem, 2), body.n > lead.n ? body : lead);
		near_add(in->near, col_int(&r, 0), col_int(&r, 1), &p);
		arena_rewind(cx->mem, mark);
	}
	return db_end(cx, &r);
}

static enum err restore_words(struct cx *cx, struct intake *in, int64_t upto)
{
	struct rows r = db_query(cx, &unsaved_articles, ARGS(upto));
	in->unsaved = 0;
	while (db_next(&r)) {
		struct arena_mark mark = arena_mark(cx->mem);
		vocab_add_tokens(&in->words, search_tokens(cx->mem, col_str(&r, cx->mem, 0)));
		vocab_add_tokens(&in->words, intake_words(cx->mem, col_str(&r, cx->mem, 1), col_str(&r, cx->mem, 2)));
		in->unsaved++;
		arena_rewind(cx->mem, mark);
	}
	return db_end(cx, &r);
}

static void drop_engines(struct intake *in)
{
	if (in->near)
		near_done(in->near);
	if (in->cluster)
		cluster_done(in->cluster);
	in->near = NULL;
	in->cluster = NULL;
	arena_done(&in->engine_mem);
	arena_done(&in->batch_mem);
	arena_done(&in->words_mem);
}

/* ---- what persons decided, into the engine ------------------------------------------------------------------ */

/* An article that was in a story when a person merged or split it stays where it is. */
SQL(fixed_articles,
    "SELECT DISTINCT a.id, a.story FROM story_decision d JOIN story s ON s.id = d.story OR s.id = d.other JOIN article a ON a.story = s.id"
    " WHERE d.kind IN ('merge', 'split') AND s.held = 1 AND a.id < d.id ORDER BY a.id");
SQL(pinned_stories, "SELECT id FROM story WHERE pinned = 1 AND held = 1 ORDER BY id");
SQL(newest_decision, "SELECT max(id) FROM story_decision");
SQL(newest_article_id, "SELECT max(id) FROM article");

/* What the engine does not hold takes no new articles: nothing to bind. */
static enum err bound(struct rows *r, enum err e)
{
	if (e == OK || e == ERR_NOT_FOUND)
		return OK;
	rows_stop(r);
	return e;
}

/* The rows followed when the person decided, and the engine was read from the rows: it only has to know what is fixed. */
static enum err bind_persons(struct cx *cx, struct intake *in)
{
	struct rows r = db_query(cx, &fixed_articles, NO_ARGS);
	while (db_next(&r))
		TRY(bound(&r, cluster_must(in->cluster, col_int(&r, 0), col_int(&r, 1), &cx->fault)));
	TRY(db_end(cx, &r));
	r = db_query(cx, &pinned_stories, NO_ARGS);
	while (db_next(&r))
		TRY(bound(&r, cluster_pin(in->cluster, col_int(&r, 0), &cx->fault)));
	return db_end(cx, &r);
}

static enum err where_rows_stand(struct cx *cx, int64_t *ret_decision, int64_t *ret_article)
{
	TRY(db_number(cx, &newest_decision, NO_ARGS, 0, ret_decision));
	return db_number(cx, &newest_article_id, NO_ARGS, 0, ret_article);
}

enum err intake_rebuild(struct cx *cx, struct intake *in)
{
	int64_t upto;
	drop_engines(in);
	in->near = near_new(&in->engine_mem, NEAR_ROOM, NEAR_DAYS);
	in->cluster = cluster_new(&in->engine_mem, (struct cluster_settings){ .room = STORY_ROOM, .slots_log2 = 18 });
	in->counts = rollup_new(&in->batch_mem);
	in->touched = (struct touched){ .seen = map_new(&in->batch_mem) };
	in->words = vocab_new(&in->words_mem);
	TRY(where_rows_stand(cx, &in->decided, &in->newest_id));
	TRY(read_counts(cx, in, &upto));
	in->last_id = MAX(upto, in->newest_id);
	TRY(restore_stories(cx, in, upto));
	TRY(restore_near(cx, in));
	TRY(restore_words(cx, in, upto));
	return bind_persons(cx, in);
}

/* A person decided, or another process added articles: the rows know more than the engines. */
enum err intake_catch_up(struct cx *cx, struct intake *in)
{
	int64_t decision, article;
	TRY(where_rows_stand(cx, &decision, &article));
	return decision == in->decided && article == in->newest_id ? OK : intake_rebuild(cx, in);
}

enum err intake_open(struct cx *cx, struct intake **ret)
{
	struct intake *in;
	TRY(db_writes_much(cx->db, &cx->fault));
	in = calloc(1, sizeof *in);
	BUG_IF(!in);
	enum err e = intake_rebuild(cx, in);
	if (e) {
		intake_close(in);
		return e;
	}
	*ret = in;
	return OK;
}

void intake_close(struct intake *in)
{
	if (!in)
		return;
	drop_engines(in);
	free(in);
}

enum err intake_save(struct cx *cx, struct intake *in)
{
	TRY(vocab_save(cx, &in->words));
	arena_reset(&in->words_mem);
	in->words = vocab_new(&in->words_mem);
	in->unsaved = 0;
	if (!in->last_id)
		return OK;
	return db_run(cx, &state_write, ARGS(in->last_id, arg_bytes(cluster_counts_write(in->cluster, cx->mem))));
}

/* ---- what the engine moved, into the rows ---------------------------------------------------------------------- */

SQL(story_merged_row, "UPDATE story SET merged_into = $2, held = 0, n = 0 WHERE id = $1");
SQL(story_articles_move, "UPDATE article SET story = $2 WHERE story = $1");
SQL(story_title_of, "SELECT title, published_at FROM article WHERE id = $1");

static enum err split_row(struct cx *cx, int64_t story)
{
	struct str title = S("");
	int64_t at = cx->now;
	struct rows r = db_query(cx, &story_title_of, ARGS(story));
	if (db_next(&r)) {
		title = col_str(&r, cx->mem, 0);
		at = col_int(&r, 1);
	}
	TRY(db_end(cx, &r));
	return story_found(cx, story, title, at);
}

void touch(struct intake *in, int64_t story)
{
	struct touched *t = &in->touched;
	int64_t *seen = map_at_int(&t->seen, (uint64_t)story);
	if (*seen)
		return;
	*seen = 1;
	GROW(&in->batch_mem, t->ids, t->n_ids, t->cap);
	t->ids[t->n_ids++] = story;
}

static enum err follow_event(struct cx *cx, struct intake *in, const struct cluster_event *e)
{
	if (e->kind == CLUSTER_FORGOTTEN)
		return story_forget(cx, e->from);
	touch(in, e->to);
	switch (e->kind) {
	case CLUSTER_SPLIT: return split_row(cx, e->to);
	case CLUSTER_MERGED:
		TRY(db_run(cx, &story_articles_move, ARGS(e->from, e->to)));
		return db_run(cx, &story_merged_row, ARGS(e->from, e->to));
	default:
		touch(in, e->from);
		return story_take(cx, e->article, e->to);
	}
}

enum err intake_follow_engine(struct cx *cx, struct intake *in)
{
	struct cluster_event event;
	while (cluster_event_next(in->cluster, &event))
		TRY(follow_event(cx, in, &event));
	return OK;
}

enum err intake_count_stories(struct cx *cx, struct intake *in)
{
	for (size_t i = 0; i < in->touched.n_ids; i++) {
		struct arena_mark mark = arena_mark(cx->mem);
		TRY(story_refresh(cx, in->touched.ids[i]));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}
