/*
 * article_pages - /tin/:id: what was published, what the machine says of it and why, and what persons said since.
 */
#include "rooms/monitoring/article_pages.h"

#include "people/may.h"

enum { COPIES_LOOKED_AT = 400 };

enum chip_kind evidence_kind(const struct evidence *e)
{
	enum chip_kind kind = CHIP_NEU;
	for (size_t i = 0; i < e->n && kind == CHIP_NEU; i++)
		kind = tone_chip(e->cues[i].code);
	return kind;
}

static struct str cue_say(struct cx *cx, const struct evidence_cue *c)
{
	return say_code(cx, str_fmt(cx->mem, "%.*s.", FMT(c->question)).p, c->code);
}

const char *evidence_class(const struct evidence *e)
{
	enum chip_kind kind = evidence_kind(e);
	return kind == CHIP_NEG ? "neg" : kind == CHIP_POS ? "pos" : "neu";
}

static bool cue_leans(const struct evidence_cue *c)
{
	return str_eq(c->question, S("tone")) || str_eq(c->question, S("stance"));
}

bool evidence_leans(const struct evidence *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (cue_leans(&e->cues[i]))
			return true;
	return false;
}

/* What speaks only for a topic or a scope says which question it answers; its answer stands below the sentence. */
void part_verdict(struct html *out, struct cx *cx, const struct evidence *e)
{
	enum chip_kind kind = evidence_kind(e);
	for (size_t i = 0; i < e->n; i++)
		if (cue_leans(&e->cues[i]) && tone_chip(e->cues[i].code) == kind) {
			part_chip(out, kind, cue_say(cx, &e->cues[i]));
			return;
		}
	bool scope = str_eq(e->cues[0].question, S("scope"));
	part_chip(out, CHIP_LINE, str_z(scope ? say(cx, "monitoring.scope") : say(cx, "monitoring.topic")));
}

void part_evidence(struct html *out, struct cx *cx, const struct evidence *e)
{
	struct cue cues[EVIDENCE_CUES];
	for (size_t i = 0; i < e->n; i++)
		cues[i] = (struct cue){ e->cues[i].from, e->cues[i].to, tone_chip(e->cues[i].code) };
	text_z(&out->t, "<p class=\"sentence\">");
	part_cues(out, e->sentence, cues, e->n);
	text_z(&out->t, "</p><p class=\"more\">");
	put_z(out, say(cx, "monitoring.signs"));
	for (size_t i = 0; i < e->n; i++) {
		put_z(out, i ? "; " : " ");
		put_str(out, str_sub(e->sentence, e->cues[i].from, e->cues[i].to));
		put_z(out, " → ");
		put_str(out, cue_say(cx, &e->cues[i]));
	}
	text_z(&out->t, "</p>");
}

struct str answer_say(struct cx *cx, struct str question, struct str answer)
{
	struct str prefix = str_fmt(cx->mem, "%.*s.", FMT(question));
	if (answer.n && answer.p[0] == '-')
		return SAY(cx, "monitoring.taken_away", say_code(cx, prefix.p, str_sub(answer, 1, answer.n)));
	return say_code(cx, prefix.p, answer);
}

void part_diff(struct html *out, struct cx *cx, const struct diff *d)
{
	static const char *const open[] = { [DIFF_SAME] = "", [DIFF_GONE] = "<del>", [DIFF_NEW] = "<ins>" };
	static const char *const close[] = { [DIFF_SAME] = "", [DIFF_GONE] = "</del> ", [DIFF_NEW] = "</ins> " };
	for (size_t i = 0; i < d->n; i++) {
		text_z(&out->t, open[d->v[i].kind]);
		put_str(out, d->v[i].s);
		text_z(&out->t, close[d->v[i].kind]);
	}
}

void part_paragraphs(struct html *out, struct str text)
{
	struct str line;
	while (str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		text_z(&out->t, "<p>");
		put_str(out, line);
		text_z(&out->t, "</p>\n");
	}
}

static enum err load_versions(struct cx *cx, struct article_page *v)
{
	struct article_version_list former;
	TRY(article_versions(cx, v->row.a.id, &former));
	v->versions = NEW_ARRAY(cx->mem, struct version_view, former.n);
	v->nversions = former.n;
	struct str title = v->row.a.title, body = v->body;
	for (size_t i = 0; i < former.n; i++) {
		struct version_view *w = &v->versions[i];
		w->v = former.v[i];
		diff_words(cx->mem, w->v.title, title, &w->title);
		diff_words(cx->mem, w->v.body, body, &w->body);
		title = w->v.title;
		body = w->v.body;
	}
	return OK;
}

/* Copies lie in the same story as what they copy. */
static enum err load_copies(struct cx *cx, struct article_page *v)
{
	struct article_list all = { 0 };
	const struct article *a = &v->row.a;
	int64_t origin = a->copy_of ? a->copy_of : a->id;
	if (a->copy_of)
		TRY(article_load(cx, a->copy_of, &v->original));
	if (a->story)
		TRY(article_of_story(cx, a->story, COPIES_LOOKED_AT, &all));
	v->copies.v = NEW_ARRAY(cx->mem, struct article, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id != a->id && all.v[i].copy_of == origin)
			v->copies.v[v->copies.n++] = all.v[i];
	return OK;
}

static void load_topics(struct cx *cx, struct article_page *v)
{
	struct choice_list all = topic_choices(cx), list = { NEW_ARRAY(cx->mem, struct choice, all.n), 0 };
	for (size_t i = 0; i < all.n; i++) {
		bool has = false;
		for (size_t k = 0; k < v->row.labels.n; k++)
			has |= str_eq(v->row.labels.v[k].kind, S("topic")) && str_eq(v->row.labels.v[k].code, all.v[i].value);
		if (!has)
			list.v[list.n++] = all.v[i];
	}
	list.first = "web.choose";
	v->topics = list;
}

static enum err load(struct cx *cx, int64_t id, struct article_page *v)
{
	struct article a;
	struct article_views one;
	struct str json;
	TRY(article_load(cx, id, &a));
	TRY(article_views(cx, &(struct article_list){ &a, 1 }, &one));
	v->row = one.v[0];
	TRY(article_text(cx, id, &v->body, &json));
	evidence_read(cx->mem, &(struct evidence_text){ a.title, a.lead, v->body, json }, &v->evidence);
	TRY(article_corrections(cx, id, &v->corrections));
	TRY(load_versions(cx, v));
	TRY(load_copies(cx, v));
	load_topics(cx, v);
	return OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct article_page v = { .ask = ask, .may_label = may_ask(cx, ACT_ARTICLE_LABEL) };
	struct html out = html_new(cx->mem);
	TRY(load(cx, ask_id(ask, "id"), &v));
	const struct crumb crumbs[] = { { str_z(say(cx, "monitoring.stream")), "/tin" }, { v.row.a.outlet_name, NULL } };
	page_article(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = v.row.a.title, .at = "/tin", .crumbs = crumbs, .ncrumbs = 2 }, &out);
}

/* The field "ve" says which page the button stood on; reply_redirect lets it lead nowhere else than this site. */
static enum err label(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t id = ask_id(ask, "id");
	struct str back = ask_field(ask, "ve");
	TRY(article_correct(cx, id, ask_field(ask, "question"), ask_field(ask, "answer")));
	return reply_redirect(reply, back.n ? back : str_fmt(cx->mem, "/tin/%lld", (long long)id));
}

static const struct route_param label_params[] = {
	{ "question", "field", "string", "scope, tone, stance, topic or confirm" },
	{ "answer", "field", "string", "A code of that question; for topic: a topic, with - before it to take it away" },
	{ 0 },
};

const struct route article_rows[2] = {
	{ "GET", "/tin/:id", ACT_ARTICLE_READ, show, "One article: text, labels with evidence, corrections, versions, copies", PAGE },
	{ "POST", "/tin/:id/nhan", ACT_ARTICLE_LABEL, label, "A person confirms or corrects a label", PAGE, label_params },
};
