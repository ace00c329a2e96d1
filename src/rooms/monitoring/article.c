/*
 * article - reading articles, and what a person says of their labels. Lists are paged by (published_at, id),
 * so a page costs the same at the end of the archive as at its start.
 */
#include "rooms/monitoring/article.h"

#include "people/may.h"
#include "rooms/monitoring/rollup.h"
#include "rooms/monitoring/story.h"
#include "store/audit.h"

#include <inttypes.h>

#define FROM_ARTICLE " FROM article a JOIN outlet o ON o.id = a.outlet "
#define FILTERS \
	" AND a.published_at >= $3 AND ($4 = '' OR a.tone = $4) AND ($5 = '' OR a.stance = $5) AND (CAST($6 AS BIGINT) = 0 OR a.outlet = $6)" \
	" AND ($7 = '' OR a.scope = $7) AND ($8 = 0 OR a.confirmed_at IS NULL) "
#define NEWEST " ORDER BY a.published_at DESC, a.id DESC LIMIT $9"

SQL(article_by_id, "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE a.id = $1");
SQL(article_newest_list, "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE (a.published_at, a.id) < ($1, $2)" FILTERS NEWEST);
SQL(article_tone_list,
    "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE a.tone = $4 AND (a.published_at, a.id) < ($1, $2)" FILTERS NEWEST);
SQL(article_stance_list,
    "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE a.stance = $5 AND (a.published_at, a.id) < ($1, $2)" FILTERS NEWEST);
SQL(article_outlet_list,
    "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE a.outlet = $6 AND (a.published_at, a.id) < ($1, $2)" FILTERS NEWEST);
SQL(article_label_list_sql,
    "SELECT " ARTICLE_COLUMNS " FROM article_label l CROSS JOIN article a CROSS JOIN outlet o"
    " WHERE a.id = l.article AND o.id = a.outlet AND l.kind = $10 AND l.code = $11 AND (l.published_at, l.article) < ($1, $2)" FILTERS
    " ORDER BY l.published_at DESC, l.article DESC LIMIT $9");
SQL(article_story_list, "SELECT " ARTICLE_COLUMNS FROM_ARTICLE "WHERE a.story = $1 ORDER BY a.published_at, a.id LIMIT $2");
SQL(article_text_of, "SELECT body, evidence FROM article_text WHERE article = $1");
SQL(article_labels_of, "SELECT kind, code, p, by_person FROM article_label WHERE article = $1 ORDER BY kind, p DESC, code");
SQL(article_versions_of,
    "SELECT version, until_at, title, lead, body FROM article_version WHERE article = $1 ORDER BY version DESC");
SQL(article_corrections_of,
    "SELECT at, who, question, old, new, model FROM label_correction WHERE article = $1 ORDER BY id");

struct article article_read(const struct rows *r, struct arena *mem)
{
	return (struct article){ .id = col_int(r, 0), .outlet = col_int(r, 1), .source = col_int(r, 2), .url = col_str(r, mem, 3),
		.title = col_str(r, mem, 4), .lead = col_str(r, mem, 5), .sections = col_str(r, mem, 6), .lang = col_str(r, mem, 7),
		.published_at = col_int(r, 8), .fetched_at = col_int(r, 9), .copy_of = col_int(r, 10), .copy_kind = col_str(r, mem, 11),
		.similarity = col_real(r, 12), .story = col_int(r, 13), .scope = col_str(r, mem, 14), .scope_p = col_real(r, 15),
		.tone = col_str(r, mem, 16), .tone_p = col_real(r, 17), .stance = col_str(r, mem, 18), .stance_p = col_real(r, 19),
		.model = col_str(r, mem, 20), .confirmed_by = col_int(r, 21), .confirmed_at = col_int(r, 22),
		.versions = col_int(r, 23), .outlet_name = col_str(r, mem, 24), .outlet_kind = col_str(r, mem, 25) };
}

enum err article_load(struct cx *cx, int64_t id, struct article *ret)
{
	struct rows r = db_query(cx, &article_by_id, ARGS(id));
	TRY(db_first(cx, &r, "monitoring.no_article", id));
	*ret = article_read(&r, cx->mem);
	return db_end(cx, &r);
}

static enum err gather(struct cx *cx, struct rows r, struct article_list *ret)
{
	struct article_list list = { 0 };
	DB_LIST(cx, r, list, article_read(&r, cx->mem));
	*ret = list;
	return OK;
}

enum err article_list(struct cx *cx, const struct article_filter *f, struct article_list *ret)
{
	int64_t at = f->before_at ? f->before_at : INT64_MAX, id = f->before_at ? f->before_id : INT64_MAX;
	int most = f->most ? f->most : 50;
#define COMMON at, id, f->from_at, str_some(f->tone), str_some(f->stance), f->outlet, str_some(f->scope), f->unconfirmed, most
	if (f->label_kind.n)
		return gather(cx, db_query(cx, &article_label_list_sql, ARGS(COMMON, f->label_kind, str_some(f->label_code))), ret);
	if (f->outlet)
		return gather(cx, db_query(cx, &article_outlet_list, ARGS(COMMON)), ret);
	const struct sql *by = f->stance.n ? &article_stance_list : f->tone.n ? &article_tone_list : &article_newest_list;
	return gather(cx, db_query(cx, by, ARGS(COMMON)), ret);
#undef COMMON
}

enum err article_of_story(struct cx *cx, int64_t story, int most, struct article_list *ret)
{
	return gather(cx, db_query(cx, &article_story_list, ARGS(story, most)), ret);
}

enum err article_text(struct cx *cx, int64_t id, struct str *ret_body, struct str *ret_evidence)
{
	struct str body = S(""), evidence = S("[]");
	struct rows r = db_query(cx, &article_text_of, ARGS(id));
	if (db_next(&r)) {
		body = col_str(&r, cx->mem, 0);
		evidence = col_str(&r, cx->mem, 1);
	}
	TRY(db_end(cx, &r));
	*ret_body = body;
	*ret_evidence = evidence;
	return OK;
}

enum err article_labels(struct cx *cx, int64_t id, struct article_label_list *ret)
{
	struct article_label_list list = { 0 };
	struct rows r = db_query(cx, &article_labels_of, ARGS(id));
	DB_LIST(cx, r, list, (struct article_label){ col_str(&r, cx->mem, 0), col_str(&r, cx->mem, 1), col_real(&r, 2),
		col_int(&r, 3) != 0 });
	*ret = list;
	return OK;
}

enum err article_versions(struct cx *cx, int64_t id, struct article_version_list *ret)
{
	struct article_version_list list = { 0 };
	struct rows r = db_query(cx, &article_versions_of, ARGS(id));
	DB_LIST(cx, r, list, (struct article_version){ col_int(&r, 0), col_int(&r, 1), col_str(&r, cx->mem, 2),
		col_str(&r, cx->mem, 3), col_str(&r, cx->mem, 4) });
	*ret = list;
	return OK;
}

enum err article_corrections(struct cx *cx, int64_t id, struct correction_list *ret)
{
	struct correction_list list = { 0 };
	struct rows r = db_query(cx, &article_corrections_of, ARGS(id));
	DB_LIST(cx, r, list, (struct correction){ col_int(&r, 0), col_int(&r, 1), col_str(&r, cx->mem, 2), col_str(&r, cx->mem, 3),
		col_str(&r, cx->mem, 4), col_str(&r, cx->mem, 5) });
	*ret = list;
	return OK;
}

/* ---- a person answers ------------------------------------------------------------------------------ */

SQL(article_set,
    "UPDATE article SET scope = $2, scope_p = $3, tone = $4, tone_p = $5, stance = $6, stance_p = $7, confirmed_by = $8,"
    " confirmed_at = $9 WHERE id = $1");
SQL(article_label_add,
    "INSERT INTO article_label (kind, code, published_at, article, p, by_person) VALUES ('topic', $1, $2, $3, 1, 1)"
    " ON CONFLICT (kind, code, published_at, article) DO UPDATE SET p = 1, by_person = 1");
SQL(article_label_drop, "DELETE FROM article_label WHERE kind = 'topic' AND code = $1 AND published_at = $2 AND article = $3");
SQL(correction_add,
    "INSERT INTO label_correction (id, article, at, who, question, old, new, model, text_hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

static bool is_one_of(struct str s, const char *words)
{
	struct str rest = str_z(words), one;
	while (str_split(&rest, ' ', &one))
		if (str_eq(one, s))
			return true;
	return false;
}

/* The answer into the article; *ret_old is what stood there. False: no such answer. */
static bool answer_put(struct article *a, struct str question, struct str answer, struct str *ret_old)
{
	*ret_old = S("");
	if (str_eq(question, S("confirm")))
		return true;
	if (str_eq(question, S("topic")))
		return answer.n > 0 && answer.n < 64;
	struct str *field;
	double *p;
	const char *words;
	if (str_eq(question, S("tone")))
		field = &a->tone, p = &a->tone_p, words = "good neutral bad unknown";
	else if (str_eq(question, S("stance")))
		field = &a->stance, p = &a->stance_p, words = "favourable neither unfavourable unknown";
	else if (str_eq(question, S("scope")))
		field = &a->scope, p = &a->scope_p, words = "vietnamese_public other_vietnam foreign";
	else
		return false;
	*ret_old = *field;
	*field = answer;
	*p = 1;
	return is_one_of(answer, words);
}

static struct rollup_facts facts_of(const struct article *a)
{
	return (struct rollup_facts){ a->published_at, a->outlet, a->outlet_kind, a->tone, a->stance, a->scope, a->confirmed_at != 0 };
}

static enum err recount(struct cx *cx, const struct article *a, int sign)
{
	struct rollup counts = rollup_new(cx->mem);
	struct article_label_list labels;
	struct rollup_facts f = facts_of(a);
	TRY(article_labels(cx, a->id, &labels));
	rollup_base(&counts, &f, sign);
	for (size_t i = 0; i < labels.n; i++) {
		static const char *const kinds[] = { "topic", "place", "body" };
		for (size_t k = 0; k < COUNT(kinds); k++)
			if (str_eq(labels.v[i].kind, str_z(kinds[k])))
				rollup_label(&counts, &f, kinds[k], labels.v[i].code, sign);
	}
	return rollup_flush(cx, &counts);
}

static enum err topic_change(struct cx *cx, const struct article *a, struct str answer)
{
	bool drop = answer.p[0] == '-';
	struct str code = str_sub(answer, drop, answer.n);
	return db_run(cx, drop ? &article_label_drop : &article_label_add, ARGS(code, a->published_at, a->id));
}

static enum err correct(struct cx *cx, int64_t id, struct str question, struct str answer)
{
	struct article before, after;
	struct str old;
	TRY(article_load(cx, id, &before));
	after = before;
	if (!answer_put(&after, question, answer, &old))
		return FAIL(cx, ERR_INPUT, "monitoring.no_answer", "%.*s is no answer to %.*s", FMT(answer), FMT(question));
	after.confirmed_by = cx->who.id;
	after.confirmed_at = cx->now;
	TRY(recount(cx, &before, -1));
	if (str_eq(question, S("topic")))
		TRY(topic_change(cx, &before, answer));
	TRY(db_run(cx, &article_set,
	           ARGS(id, after.scope, after.scope_p, after.tone, after.tone_p, after.stance, after.stance_p, cx->who.id, cx->now)));
	TRY(recount(cx, &after, 1));
	struct str text_hash = str_fmt(cx->mem, "%016" PRIx64, hash64(before.lead.p, before.lead.n, hash_str(before.title)));
	TRY(db_run(cx, &correction_add,
	           ARGS(id_new(), id, cx->now, cx->who.id, question, old, str_some(answer), before.model, text_hash)));
	if (before.story)
		TRY(story_refresh(cx, before.story));
	return audit_add(cx, "label", "article", id, question);
}

enum err article_correct(struct cx *cx, int64_t id, struct str question, struct str answer)
{
	TRY(may(cx, ACT_ARTICLE_LABEL, 0));
	TRY(db_begin(cx));
	return db_finish(cx, correct(cx, id, question, answer));
}
