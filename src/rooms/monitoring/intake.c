/*
 * intake - one writer. The engines in memory (copies, stories) run ahead of the database within a batch; when
 * the batch fails they are thrown away and rebuilt from what is kept, so they never know more than the rows.
 */
#include "rooms/monitoring/intake_inner.h"

#include "net/url.h"
#include "rooms/monitoring/article.h"
#include "rooms/monitoring/story.h"
#include "store/find.h"
#include "text/viet.h"

enum { TITLE_MOST = 500, LEAD_MOST = 4000, BODY_MOST = 400000 };

SQL(article_known,
    "SELECT a.id, a.title, a.lead, t.body, t.forgotten FROM article a JOIN article_text t ON t.article = a.id WHERE a.url_key = $1");
SQL(article_insert,
    "INSERT INTO article (id, outlet, source, url, url_key, title, lead, sections, lang, published_at, day, fetched_at, scope, scope_p,"
    " tone, tone_p, stance, stance_p, model, story, copy_of, copy_kind, similarity)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)");
SQL(article_text_insert, "INSERT INTO article_text (article, body, truncated, evidence, vector) VALUES ($1, $2, $3, $4, $5)");
SQL(label_insert,
    "INSERT INTO article_label (kind, code, published_at, article, p) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
SQL(version_insert,
    "INSERT INTO article_version (article, version, until_at, title, lead, body)"
    " SELECT a.id, a.versions, $2, a.title, a.lead, t.body FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = $1");
SQL(article_change, "UPDATE article SET title = $2, lead = $3, versions = versions + 1 WHERE id = $1");
SQL(article_text_change, "UPDATE article_text SET body = $2, truncated = $3, evidence = $4 WHERE article = $1");
SQL(article_labels_gone, "DELETE FROM article_label WHERE article = $1");
SQL(article_label_again,
    "UPDATE article SET scope = $2, scope_p = $3, tone = $4, tone_p = $5, stance = $6, stance_p = $7, model = $8 WHERE id = $1");

/* ---- prepared, outside any transaction ---------------------------------------------------------------- */

static struct str cleaned(struct arena *mem, struct str s, size_t most)
{
	return utf8_cut(str_trim(viet_nfc(mem, str_some(s))), most);
}

struct str intake_title(struct arena *mem, struct str title)
{
	return cleaned(mem, title, TITLE_MOST);
}

static const char *not_taken(struct arena *mem, const struct intake_item *it, int64_t now)
{
	if (url_is_social(url_host(mem, it->url)))
		return "an address on a social platform: personal accounts are not read";
	if (!it->title.n)
		return "no title";
	if (it->published_at < 946684800)
		return "published before 2000, or not dated";
	if (it->published_at > now + DAY)
		return "published in the future";
	return NULL;
}

/* An address that no reader could follow (javascript:, a mere word) is none. An item without one is known by its
 * outlet, title and day. */
static struct str key_of(struct arena *mem, struct intake_item *it)
{
	struct str key;
	if (url_canonical(mem, it->url, &key))
		return key;
	it->url = S("");
	return str_fmt(mem, "text:%lld:%lld:%016llx", (long long)it->outlet, (long long)day_of(it->published_at),
	               (unsigned long long)hash_str(viet_key(mem, it->title)));
}

/* What is indexed below the title. */
struct str intake_words(struct arena *mem, struct str lead, struct str body)
{
	return search_tokens(mem, body.n > lead.n ? str_fmt(mem, "%.*s\n%.*s", FMT(lead), FMT(body)) : lead);
}

void intake_prepare(const struct labeller *l, struct arena *mem, const struct intake_item *item, int64_t now, struct prepared *ret)
{
	struct prepared p = { .item = *item };
	p.item.title = intake_title(mem, item->title);
	p.item.lead = cleaned(mem, item->lead, LEAD_MOST);
	p.item.body = cleaned(mem, item->body, BODY_MOST);
	p.item.lang = item->lang.n ? item->lang : S("vi");
	const char *why = not_taken(mem, &p.item, now);
	if (why) {
		p.error = str_z(why);
		*ret = p;
		return;
	}
	struct labels *labels = NEW(mem, struct labels);
	label_article(l, mem, &(struct label_input){ p.item.title, p.item.lead, p.item.body }, labels);
	p.labels = labels;
	p.url_key = key_of(mem, &p.item);
	p.title_tokens = search_tokens(mem, p.item.title);
	p.words_tokens = intake_words(mem, p.item.lead, p.item.body);
	p.print = near_print_of(mem, p.item.title, p.item.body.n > p.item.lead.n ? p.item.body : p.item.lead);
	*ret = p;
}

/* ---- added, by the one writer --------------------------------------------------------------------------- */

/* Where the engines put the article. */
struct placed { struct near_answer near; bool copy; int64_t story; struct str vector; };

static enum err insert_row(struct cx *cx, int64_t id, const struct prepared *p, const struct placed *at)
{
	const struct intake_item *it = &p->item;
	const struct labels *l = p->labels;
	return db_run(cx, &article_insert,
	              ARGS(id, it->outlet, it->source ? arg_int(it->source) : ARG_NONE, it->url.p ? it->url : S(""), p->url_key, it->title,
	                   it->lead, it->sections.n ? arg_str(it->sections) : ARG_NONE, it->lang, it->published_at,
	                   day_of(it->published_at), cx->now, scope_name(l->scope), l->scope_p, tone_kept(l), l->tone_p, stance_kept(l),
	                   l->stance_p, l->model, at->story, at->copy ? arg_int(at->near.first) : ARG_NONE,
	                   at->copy ? arg_z(near_kind_name(at->near.kind)) : ARG_NONE, at->near.similarity));
}

static enum err insert_label(struct cx *cx, struct intake *in, const struct article_key *a, const char *kind, struct arg code_p[2])
{
	TRY(db_run(cx, &label_insert, ARGS(kind, code_p[0], a->facts.published_at, a->id, code_p[1])));
	rollup_label(&in->counts, &a->facts, kind, code_p[0].s, 1);
	return OK;
}

static enum err insert_labels(struct cx *cx, struct intake *in, const struct article_key *a, const struct labels *l)
{
	rollup_base(&in->counts, &a->facts, 1);
	for (size_t i = 0; i < l->ntopics; i++)
		TRY(insert_label(cx, in, a, "topic", (struct arg[]){ arg_z(l->topics[i].topic), arg_real(l->topics[i].p) }));
	for (size_t i = 0; i < l->nplaces; i++)
		TRY(insert_label(cx, in, a, "place", (struct arg[]){ arg_str(l->places[i].code), arg_real(1) }));
	for (size_t i = 0; i < l->nbodies; i++)
		TRY(insert_label(cx, in, a, "body", (struct arg[]){ arg_str(l->bodies[i].id), arg_real(1) }));
	return OK;
}

static enum err place_in_story(struct cx *cx, struct intake *in, int64_t id, const struct prepared *p, struct placed *ret)
{
	const struct intake_item *it = &p->item;
	struct placed at = { .near = near_add(in->near, id, it->published_at, &p->print) };
	at.copy = at.near.kind >= NEAR_EXTENDED && at.near.first != id;
	struct cluster_item ci = { .id = id, .title = it->title, .summary = it->lead, .text = it->body, .published = it->published_at,
		                   .copy_of = at.copy ? at.near.first : 0 };
	struct cluster_answer answer;
	TRY(cluster_add(in->cluster, cx->mem, &ci, &answer, &cx->fault));
	if (answer.is_new)
		TRY(story_found(cx, answer.story, it->title, it->published_at));
	touch(in, answer.story);
	in->totals.copies += at.copy;
	at.story = answer.story;
	at.vector = answer.vector;
	*ret = at;
	return OK;
}

static enum err add_new(struct cx *cx, struct intake *in, const struct prepared *p)
{
	const struct intake_item *it = &p->item;
	struct article_key a = { .id = id_new(),
		                 .facts = { it->published_at, it->outlet, it->outlet_kind, str_z(tone_kept(p->labels)),
		                            str_z(stance_kept(p->labels)), str_z(scope_name(p->labels->scope)), false } };
	struct placed at;
	TRY(place_in_story(cx, in, a.id, p, &at));
	TRY(insert_row(cx, a.id, p, &at));
	TRY(db_run(cx, &article_text_insert,
	           ARGS(a.id, it->body, it->truncated, evidence_json(cx->mem, p->labels), arg_bytes(at.vector))));
	TRY(insert_labels(cx, in, &a, p->labels));
	TRY(find_add(cx, a.id, p->title_tokens, p->words_tokens));
	vocab_add_tokens(&in->words, p->title_tokens);
	vocab_add_tokens(&in->words, p->words_tokens);
	in->newest = MAX(in->newest, it->published_at);
	in->last_id = in->newest_id = a.id;
	in->unsaved++;
	return OK;
}

struct former { int64_t id; struct str title, lead, body; bool forgotten; };

static enum err uncount(struct cx *cx, struct intake *in, const struct article *a)
{
	static const char *const kinds[] = { "topic", "place", "body" };
	struct rollup_facts f = { a->published_at, a->outlet, a->outlet_kind, a->tone, a->stance, a->scope, false };
	struct article_label_list labels;
	TRY(article_labels(cx, a->id, &labels));
	rollup_base(&in->counts, &f, -1);
	for (size_t i = 0; i < labels.n; i++)
		for (size_t k = 0; k < COUNT(kinds); k++)
			if (str_eq(labels.v[i].kind, str_z(kinds[k])))
				rollup_label(&in->counts, &f, kinds[k], labels.v[i].code, -1);
	return OK;
}

/* What a person has confirmed stays; what the machine guessed from the former text is guessed anew. */
static enum err label_again(struct cx *cx, struct intake *in, int64_t id, const struct labels *l)
{
	struct article was;
	TRY(article_load(cx, id, &was));
	if (was.confirmed_at)
		return OK;
	struct article_key a = { .id = id, .facts = { was.published_at, was.outlet, was.outlet_kind, str_z(tone_kept(l)), str_z(stance_kept(l)),
		                                      str_z(scope_name(l->scope)), false } };
	TRY(uncount(cx, in, &was));
	TRY(db_run(cx, &article_labels_gone, ARGS(id)));
	TRY(db_run(cx, &article_label_again,
	           ARGS(id, scope_name(l->scope), l->scope_p, tone_kept(l), l->tone_p, stance_kept(l), l->stance_p, l->model)));
	if (was.story)
		touch(in, was.story);
	return insert_labels(cx, in, &a, l);
}

/* The outlet changed what it had published: the former text stays as a version, the index and the labels follow. */
static enum err change(struct cx *cx, struct intake *in, const struct former *was, const struct prepared *p)
{
	const struct intake_item *it = &p->item;
	struct str body = it->body.n ? it->body : was->body;
	TRY(db_run(cx, &version_insert, ARGS(was->id, cx->now)));
	TRY(find_remove(cx, was->id, search_tokens(cx->mem, was->title), intake_words(cx->mem, was->lead, was->body)));
	TRY(db_run(cx, &article_change, ARGS(was->id, it->title, it->lead)));
	TRY(db_run(cx, &article_text_change, ARGS(was->id, body, it->truncated, evidence_json(cx->mem, p->labels))));
	/* Of a text that was not sent again the labels saw nothing: those of the whole stay. */
	if (it->body.n || !was->body.n)
		TRY(label_again(cx, in, was->id, p->labels));
	return find_add(cx, was->id, p->title_tokens, intake_words(cx->mem, it->lead, body));
}

static enum err find_former(struct cx *cx, struct str key, struct former *ret)
{
	struct rows r = db_query(cx, &article_known, ARGS(key));
	*ret = (struct former){ 0 };
	if (db_next(&r))
		*ret = (struct former){ col_int(&r, 0), col_str(&r, cx->mem, 1), col_str(&r, cx->mem, 2), col_str(&r, cx->mem, 3),
			                col_int(&r, 4) != 0 };
	return db_end(cx, &r);
}

static enum err add_one(struct cx *cx, struct intake *in, const struct prepared *p, enum intake_state *ret)
{
	struct former was;
	TRY(find_former(cx, p->url_key, &was));
	in->totals.read++;
	if (!was.id) {
		in->totals.fresh++;
		*ret = INTAKE_NEW;
		return add_new(cx, in, p);
	}
	/* A text that is past its time does not come back because it is offered again (PR-11). */
	bool same = str_eq(was.title, p->item.title) && str_eq(was.lead, p->item.lead) &&
	            (!p->item.body.n || was.forgotten || str_eq(was.body, p->item.body));
	*ret = same ? INTAKE_KNOWN : INTAKE_CHANGED;
	in->totals.known += same;
	in->totals.changed += !same;
	return same ? OK : change(cx, in, &was, p);
}

static enum err run_batch(struct cx *cx, struct intake *in, const struct prepared *items, size_t n, enum intake_state *ret_states)
{
	TRY(intake_catch_up(cx, in));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(cx->mem);
		TRY(add_one(cx, in, &items[i], &ret_states[i]));
		TRY(intake_follow_engine(cx, in));
		arena_rewind(cx->mem, mark);
	}
	TRY(intake_count_stories(cx, in));
	TRY(rollup_flush(cx, &in->counts));
	arena_reset(&in->batch_mem);
	in->counts = rollup_new(&in->batch_mem);
	in->touched = (struct touched){ .seen = map_new(&in->batch_mem) };
	return in->unsaved >= INTAKE_SAVE_EVERY ? intake_save(cx, in) : OK;
}

/* Commits what went well. Otherwise the engines, which ran ahead, are read anew from the rows. */
static enum err end_batch(struct cx *cx, struct intake *in, enum err e)
{
	e = db_finish(cx, e);
	if (!e)
		return OK;
	struct fault why = cx->fault;
	if (intake_rebuild(cx, in) != OK) {
		in->newest_id = -1; /* and once more before the next batch */
		return cx->fault.err;
	}
	cx->fault = why;
	return e;
}

enum err intake_batch(struct cx *cx, struct intake *in, const struct prepared *items, size_t n, enum intake_state *ret_states)
{
	struct intake_totals before = in->totals;
	TRY(db_begin(cx));
	enum err e = end_batch(cx, in, run_batch(cx, in, items, n, ret_states));
	if (e)
		in->totals = before;
	return e;
}

static enum err settle(struct cx *cx, struct intake *in)
{
	TRY(intake_catch_up(cx, in));
	cluster_again(in->cluster);
	TRY(intake_follow_engine(cx, in));
	TRY(intake_count_stories(cx, in));
	return intake_save(cx, in);
}

enum err intake_settle(struct cx *cx, struct intake *in)
{
	TRY(db_begin(cx));
	return end_batch(cx, in, settle(cx, in));
}

struct intake_totals intake_totals(const struct intake *in)
{
	return in->totals;
}
