/*
 * digest - putting together: the stories of the 24 hours before seven in the morning that concern a public body,
 * largest first. What a person arranged is never touched again by the machine; making a digest that is there
 * already gives it back as it is.
 */
#include "rooms/trends/digest.h"

#include "base/json.h"
#include "people/may.h"
#include "rooms/monitoring/rollup.h"
#include "store/audit.h"
#include "text/summary.h"
#include "text/viet.h"

enum { TOP_STORIES = 8, MORE_STORIES = 6, CORRECTIONS = 5, QUOTES = 2, STORY_ARTICLES = 12, SEVEN = 7 * HOUR };

#define DIGEST_COLUMNS "id, day, made_at, approved_by, approved_at, state, intro, articles, stories, outlets_alive, outlets_known"
SQL(digest_by_day, "SELECT " DIGEST_COLUMNS " FROM digest WHERE day = $1");
SQL(digest_insert,
    "INSERT INTO digest (id, day, state, intro, articles, stories, outlets_alive, outlets_known, made_at)"
    " VALUES ($1, $2, 'draft', '', $3, $4, $5, $6, $7)");
SQL(digest_item_insert,
    "INSERT INTO digest_item (id, digest, section, place, story, article, title, proposal, quotes, note)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') ON CONFLICT DO NOTHING");
SQL(digest_items_of,
    "SELECT " ARTICLE_COLUMNS ", i.id, i.story, i.section, i.place, i.title, i.proposal, i.note, i.quotes, s.n, s.outlets, s.topic"
    " FROM digest_item i JOIN article a ON a.id = i.article JOIN outlet o ON o.id = a.outlet JOIN story s ON s.id = i.story"
    " WHERE i.digest = $1 ORDER BY i.section, i.place, i.id");
SQL(digest_story_articles,
    "SELECT " ARTICLE_COLUMNS " FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.story = $1 AND a.published_at >= $2"
    " AND a.published_at < $3 ORDER BY a.published_at, a.id LIMIT $4");
SQL(digest_item_count, "SELECT count(*) FROM digest_item WHERE digest = $1 AND section = $2");
SQL(digest_item_place, "UPDATE digest_item SET section = $3, place = $4 WHERE id = $1 AND digest = $2");
SQL(digest_item_shift, "UPDATE digest_item SET place = place + 1 WHERE digest = $1 AND section = $2 AND place >= $3");
SQL(digest_item_words, "UPDATE digest_item SET proposal = $3, note = $4 WHERE id = $1 AND digest = $2");
SQL(digest_item_drop, "DELETE FROM digest_item WHERE id = $1 AND digest = $2");
SQL(digest_set_intro, "UPDATE digest SET intro = $2 WHERE id = $1");
SQL(digest_set_approved, "UPDATE digest SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1");
SQL(digest_articles_n, "SELECT count(*) FROM article WHERE published_at >= $1 AND published_at < $2");

static void window_of(int64_t day, int64_t *ret_from, int64_t *ret_to)
{
	*ret_to = day_start(day) + SEVEN;
	*ret_from = *ret_to - DAY;
}

enum err digest_load(struct cx *cx, int64_t day, struct digest *ret)
{
	TRY(may(cx, ACT_DIGEST_READ, 0));
	struct rows r = db_query(cx, &digest_by_day, ARGS(day));
	TRY(db_first(cx, &r, "trends.no_digest", day));
	*ret = (struct digest){ .id = col_int(&r, 0), .day = col_int(&r, 1), .made_at = col_int(&r, 2), .approved_by = col_int(&r, 3),
		.approved_at = col_int(&r, 4), .state = col_str(&r, cx->mem, 5), .intro = col_str(&r, cx->mem, 6),
		.articles = col_int(&r, 7), .stories = col_int(&r, 8), .outlets_alive = col_int(&r, 9), .outlets_known = col_int(&r, 10) };
	return db_end(cx, &r);
}

/* ---- putting together ---------------------------------------------------------------------------------------- */

static struct str quotes_json(struct cx *cx, const struct article_list *articles, const struct summary_sentence *s, size_t n)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct article *a = &articles->v[s[i].article];
		json_array_append_new(all, json_pack("{s:s%, s:s%, s:s%, s:s}", "text", s[i].s.p, s[i].s.n, "outlet", a->outlet_name.p,
		                                     a->outlet_name.n, "url", a->url.p, a->url.n, "article",
		                                     str_fmt(cx->mem, "%lld", (long long)a->id).p));
	}
	return json_printed(cx->mem, all);
}

static enum err quotes_of(struct cx *cx, const struct article_list *articles, struct str *ret)
{
	struct summary_article *texts = NEW_ARRAY(cx->mem, struct summary_article, articles->n);
	struct summary_sentence picked[QUOTES];
	for (size_t i = 0; i < articles->n; i++) {
		const struct article *a = &articles->v[i];
		struct str body, evidence;
		TRY(article_text(cx, a->id, &body, &evidence));
		/* The lead and the body each are quoted as they stand: a sentence never runs over the border. */
		texts[i] = (struct summary_article){ a->title, body.n > a->lead.n ? body : a->lead };
	}
	size_t n = summary_pick(cx->mem, texts, articles->n, QUOTES, picked);
	*ret = quotes_json(cx, articles, picked, n);
	return OK;
}

static const struct article *leading(const struct article_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->v[i].copy_of)
			return &l->v[i];
	return &l->v[0];
}

static const char *proposal_for(const struct story *s)
{
	if (s->unfavourable * 2 >= s->n)
		return "answer";
	if (s->unfavourable > 0)
		return "check";
	return s->bad * 2 > s->n ? "explain" : "follow";
}

/* What the story brought within the 24 hours; a story that an editor adds from an earlier day speaks as it did then. */
static enum err articles_of(struct cx *cx, int64_t story, int64_t day, struct article_list *ret)
{
	struct article_list list = { .v = NEW_ARRAY(cx->mem, struct article, STORY_ARTICLES) };
	int64_t from, to;
	window_of(day, &from, &to);
	struct rows r = db_query(cx, &digest_story_articles, ARGS(story, from, to, (int)STORY_ARTICLES));
	while (db_next(&r))
		list.v[list.n++] = article_read(&r, cx->mem);
	TRY(db_end(cx, &r));
	*ret = list;
	return list.n ? OK : article_of_story(cx, story, STORY_ARTICLES, ret);
}

static enum err put_item(struct cx *cx, const struct digest *d, int section, const struct story *s)
{
	struct article_list articles;
	struct str quotes;
	int64_t place, digest = d->id;
	TRY(articles_of(cx, s->id, d->day, &articles));
	if (!articles.n)
		return OK;
	TRY(quotes_of(cx, &articles, &quotes));
	TRY(db_number(cx, &digest_item_count, ARGS(digest, section), 0, &place));
	return db_run(cx, &digest_item_insert,
	              ARGS(id_new(), digest, section, place + 1, s->id, leading(&articles)->id, s->title, proposal_for(s), quotes));
}

static bool is_correction(struct cx *cx, const struct story *s)
{
	struct str key = viet_key(cx->mem, s->title);
	return str_find(key, viet_key(cx->mem, S("cải chính"))) >= 0 || str_find(key, viet_key(cx->mem, S("đính chính"))) >= 0;
}

static int section_for(struct cx *cx, const struct story *s, size_t rank)
{
	if (is_correction(cx, s))
		return 5;
	if (rank < TOP_STORIES)
		return 1;
	return s->unfavourable || s->bad * 2 > s->n ? 2 : 3;
}

static enum err put_stories(struct cx *cx, const struct digest *d, const struct story_list *list)
{
	static const int most[] = { 0, TOP_STORIES, MORE_STORIES, MORE_STORIES, 0, CORRECTIONS };
	int held[6] = { 0 };
	for (size_t i = 0; i < list->n; i++) {
		struct arena_mark mark = arena_mark(cx->mem);
		int section = section_for(cx, &list->v[i], (size_t)held[1]);
		if (held[section]++ < most[section])
			TRY(put_item(cx, d, section, &list->v[i]));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}

static enum err make_in(struct cx *cx, int64_t day)
{
	int64_t from, to, id = id_new(), articles, alive, known;
	struct story_list stories;
	window_of(day, &from, &to);
	TRY(story_list(cx, &(struct story_filter){ .since = from, .until = to, .least = 1, .most = 60, .public_only = true }, &stories));
	TRY(db_number(cx, &digest_articles_n, ARGS(from, to), 0, &articles));
	TRY(rollup_alive(cx, day - 1, &alive, &known));
	TRY(db_run(cx, &digest_insert, ARGS(id, day, articles, (int64_t)stories.n, alive, known, cx->now)));
	TRY(put_stories(cx, &(struct digest){ .id = id, .day = day }, &stories));
	return audit_add(cx, "make", "digest", id, S(""));
}

enum err digest_make(struct cx *cx, int64_t day, struct digest *ret)
{
	enum err e = digest_load(cx, day, ret);
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(may(cx, ACT_DIGEST_EDIT, 0));
	TRY(db_begin(cx));
	TRY(db_finish(cx, make_in(cx, day)));
	return digest_load(cx, day, ret);
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void read_quotes(struct cx *cx, struct str json, struct digest_item *it)
{
	size_t i;
	json_t *one, *all = json_loadb(json.p, json.n, 0, NULL);
	json_array_foreach(all, i, one) {
		if (it->nquotes == COUNT(it->quotes))
			break;
		struct digest_quote *q = &it->quotes[it->nquotes++];
		*q = (struct digest_quote){ .text = json_member(cx->mem, one, "text"), .outlet = json_member(cx->mem, one, "outlet"),
			.url = json_member(cx->mem, one, "url") };
		if (!str_int(json_member(cx->mem, one, "article"), &q->article))
			q->article = 0;
	}
	json_decref(all);
}

enum err digest_items(struct cx *cx, const struct digest *d, struct digest_item_list *ret)
{
	enum { OWN = 26 };
	struct digest_item_list list = { 0 };
	size_t cap = 0;
	struct rows r = db_query(cx, &digest_items_of, ARGS(d->id));
	while (db_next(&r)) {
		GROW(cx->mem, list.v, list.n, cap);
		struct digest_item *it = &list.v[list.n++];
		*it = (struct digest_item){ .first = article_read(&r, cx->mem), .id = col_int(&r, OWN), .story = col_int(&r, OWN + 1),
			.section = col_int(&r, OWN + 2), .place = col_int(&r, OWN + 3), .title = col_str(&r, cx->mem, OWN + 4),
			.proposal = col_str(&r, cx->mem, OWN + 5), .note = col_str(&r, cx->mem, OWN + 6), .n = col_int(&r, OWN + 8),
			.outlets = col_int(&r, OWN + 9), .topic = col_str(&r, cx->mem, OWN + 10) };
		it->article = it->first.id;
		it->confirmed = it->first.confirmed_at != 0;
		read_quotes(cx, col_str(&r, cx->mem, OWN + 7), it);
	}
	TRY(db_end(cx, &r));
	*ret = list;
	return OK;
}

/* ---- arranging ---------------------------------------------------------------------------------------------------- */

/* Every deed of the editor: allowed, the digest is there and still a draft; within a transaction. */
static enum err open_draft(struct cx *cx, int64_t day, struct digest *ret)
{
	TRY(may(cx, ACT_DIGEST_EDIT, 0));
	TRY(digest_load(cx, day, ret));
	if (!str_eq(ret->state, S("draft")))
		return FAIL(cx, ERR_CONFLICT, "trends.digest_approved", "the digest of day %lld is approved", (long long)day);
	return db_begin(cx);
}

static enum err item_touched(struct cx *cx, const struct digest *d, int64_t item, const char *deed)
{
	if (!db_changes(cx->db))
		return FAIL(cx, ERR_NOT_FOUND, "trends.no_digest_item", "no such item in the digest");
	return audit_add(cx, deed, "digest_item", item, str_fmt(cx->mem, "%lld", (long long)d->day));
}

static enum err move_in(struct cx *cx, const struct digest *d, int64_t item, int section, int place)
{
	TRY(db_run(cx, &digest_item_shift, ARGS(d->id, section, place)));
	TRY(db_run(cx, &digest_item_place, ARGS(item, d->id, section, place)));
	return item_touched(cx, d, item, "move");
}

enum err digest_move(struct cx *cx, int64_t day, int64_t item, int section, int place)
{
	struct digest d;
	if (section < 1 || section > 5 || section == 4 || place < 1 || place > 1000)
		return FAIL(cx, ERR_INPUT, "trends.digest_place", "section 1, 2, 3 or 5, place from 1 on");
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, move_in(cx, &d, item, section, place));
}

static enum err note_in(struct cx *cx, const struct digest *d, int64_t item, struct str proposal, struct str note)
{
	TRY(db_run(cx, &digest_item_words, ARGS(item, d->id, proposal, note)));
	return item_touched(cx, d, item, "note");
}

enum err digest_note(struct cx *cx, int64_t day, int64_t item, struct str proposal, struct str note)
{
	struct digest d;
	bool known = str_eq(proposal, S("answer")) || str_eq(proposal, S("explain")) || str_eq(proposal, S("check")) ||
	             str_eq(proposal, S("follow"));
	if (!known || note.n > 2000)
		return FAIL(cx, ERR_INPUT, "trends.digest_note", "a proposal is answer, explain, check or follow; a note has at most 2000 bytes");
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, note_in(cx, &d, item, proposal, str_some(note)));
}

static enum err drop_in(struct cx *cx, const struct digest *d, int64_t item)
{
	TRY(db_run(cx, &digest_item_drop, ARGS(item, d->id)));
	return item_touched(cx, d, item, "drop");
}

enum err digest_drop(struct cx *cx, int64_t day, int64_t item)
{
	struct digest d;
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, drop_in(cx, &d, item));
}

static enum err add_in(struct cx *cx, const struct digest *d, int section, const struct story *s)
{
	TRY(put_item(cx, d, section, s));
	return audit_add(cx, "add", "digest_item", s->id, str_fmt(cx->mem, "%lld", (long long)d->day));
}

enum err digest_add(struct cx *cx, int64_t day, int section, int64_t story)
{
	struct digest d;
	struct story s;
	if (section < 1 || section > 5 || section == 4)
		return FAIL(cx, ERR_INPUT, "trends.digest_place", "section 1, 2, 3 or 5");
	TRY(story_load(cx, story, &s));
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, add_in(cx, &d, section, &s));
}

enum err digest_intro(struct cx *cx, int64_t day, struct str intro)
{
	struct digest d;
	if (intro.n > 4000)
		return FAIL(cx, ERR_INPUT, "trends.digest_intro", "the introduction has at most 4000 bytes");
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, db_run(cx, &digest_set_intro, ARGS(d.id, str_some(intro))));
}

static enum err approve_in(struct cx *cx, const struct digest *d)
{
	TRY(db_run(cx, &digest_set_approved, ARGS(d->id, cx->who.id, cx->now)));
	return audit_add(cx, "approve", "digest", d->id, S(""));
}

enum err digest_approve(struct cx *cx, int64_t day)
{
	struct digest d;
	TRY(may(cx, ACT_DIGEST_APPROVE, 0));
	TRY(open_draft(cx, day, &d));
	return db_finish(cx, approve_in(cx, &d));
}
