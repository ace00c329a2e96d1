/*
 * label - an article to its labels: the words are read once; names, cues and scores are all taken from them.
 */
#include "text/label_model.h"

#include "text/viet.h"

const char *const label_topics[12] = { "economy_budget", "land_environment", "agriculture_rural", "construction_transport", "health",
	"education", "culture_sport_tourism", "labour_welfare", "justice_order", "science_digital", "home_affairs", "other" };

static const char *const field_names[FIELDS] = { "title", "summary", "text" };
static const char *const scopes[] = { "vietnamese_public", "other_vietnam", "foreign" };
static const char *const tones[] = { "good", "neutral", "bad", "unknown" };
static const char *const stances[] = { "favourable", "neither", "unfavourable", "unknown" };

const char *scope_name(enum scope s)
{
	return scopes[s];
}

const char *tone_name(enum tone t)
{
	return tones[t];
}

const char *stance_name(enum stance s)
{
	return stances[s];
}

enum err labeller_new(struct arena *mem, const struct gazetteer *extra, struct labeller **ret, struct fault *f)
{
	struct gazetteer *own = NULL;
	if (!extra)
		TRY(gazetteer_builtin(mem, &own, f));
	struct label_model *model = NEW(mem, struct label_model);
	TRY(label_model_open(model_labels(), model, f));
	struct labeller *l = NEW(mem, struct labeller);
	*l = (struct labeller){ extra ? extra : own, cue_book_new(mem), model };
	*ret = l;
	return OK;
}

const struct gazetteer *labeller_places(const struct labeller *l)
{
	return l->places;
}

/* ---- made ready ------------------------------------------------------------------------------------------------ */

static size_t lead_of(const struct label_text *t)
{
	bool has_summary = t->field_end[FIELD_SUMMARY] > t->field_end[FIELD_TITLE];
	size_t end = has_summary ? t->field_end[FIELD_SUMMARY] : MIN(t->n, t->field_end[FIELD_TITLE] + 60);
	return MIN(end, (size_t)LABEL_LEAD);
}

void label_prepare(const struct labeller *l, struct arena *mem, const struct label_input *in, struct label_ready *ret)
{
	struct str field[FIELDS] = { viet_nfc(mem, in->title), viet_nfc(mem, in->summary), viet_nfc(mem, in->text) };
	struct label_ready r = { .text = label_text_of(mem, field) };
	r.lead = lead_of(&r.text);
	r.mentions = gazetteer_find(l->places, mem, &r.text);
	r.cues = cue_find(l->cues, mem, &r.text, &r.mentions, r.lead);
	for (size_t i = 0; i < r.cues.n; i++) {
		const struct cue_hit *h = &r.cues.v[i];
		double twice = r.text.t[h->start].field == FIELD_TITLE ? 1.5 : 1;
		r.sum[h->answer] += twice * cue_rows[h->row].weight / 10;
	}
	for (size_t i = 0; i < r.mentions.n; i++)
		if (r.mentions.v[i].kind == MENTION_FOREIGN && r.mentions.v[i].start < r.lead)
			r.sum[CUE_FOREIGN] += r.text.t[r.mentions.v[i].start].field == FIELD_TITLE ? 2 : 1;
	*ret = r;
}

/* ---- names told ------------------------------------------------------------------------------------------------- */

static void tell_place(const struct gazetteer *g, uint32_t unit, struct labels *ret)
{
	const struct unit *u = &g->units[unit];
	for (size_t i = 0; i < ret->nplaces; i++)
		if (str_eq(ret->places[i].code, u->code))
			return;
	if (ret->nplaces < LABEL_MOST)
		ret->places[ret->nplaces++] = (struct label_place){ u->code, u->name, u->as_of };
}

static void tell_body(const struct gazetteer *g, uint32_t body, struct labels *ret)
{
	const struct body *b = &g->bodies[body];
	for (size_t i = 0; i < ret->nbodies; i++)
		if (str_eq(ret->bodies[i].id, b->id))
			return;
	if (ret->nbodies < LABEL_MOST)
		ret->bodies[ret->nbodies++] = (struct label_body){ b->id, b->name };
}

static void tell_names(const struct gazetteer *g, const struct mentions *m, struct labels *ret)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].kind == MENTION_PLACE)
			tell_place(g, m->v[i].of, ret);
		else if (m->v[i].kind == MENTION_BODY)
			tell_body(g, m->v[i].of, ret);
}

/* ---- cues told --------------------------------------------------------------------------------------------------- */

static struct label_cue cue_of(const struct label_ready *r, size_t start, size_t end, uint8_t answer)
{
	static const char *const speaks[CUE_TOPIC] = { "good", "bad", "favourable", "unfavourable", "vietnamese_public", "other_vietnam", "foreign" };
	const char *question = answer >= CUE_TOPIC ? "topic" : answer >= CUE_PUBLIC ? "scope" : answer >= CUE_FAVOURABLE ? "stance" : "tone";
	const struct label_token *t = r->text.t;
	return (struct label_cue){ str_z(question), field_names[t[start].field], t[start].start, t[end - 1].end,
		str_z(answer >= CUE_TOPIC ? label_topics[answer - CUE_TOPIC] : speaks[answer]) };
}

static bool topic_told(const struct labels *l, uint8_t answer)
{
	for (size_t i = 0; i < l->ntopics; i++)
		if (!strcmp(l->topics[i].topic, label_topics[answer - CUE_TOPIC]))
			return true;
	return false;
}

/* What speaks for tone and stance comes first, then the scope, then the topics given. */
static unsigned turn_of(const struct labels *l, uint8_t answer)
{
	if (answer >= CUE_TOPIC)
		return topic_told(l, answer) ? 2 : 9;
	if (answer == CUE_FAVOURABLE || answer == CUE_UNFAVOURABLE)
		return l->has_stance ? 0 : 9;
	return answer >= CUE_PUBLIC ? 1 : 0;
}

static void tell_cues(const struct label_ready *r, struct labels *ret)
{
	for (unsigned turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < r->cues.n && ret->ncues < LABEL_MOST; i++)
			if (turn_of(ret, r->cues.v[i].answer) == turn)
				ret->cues[ret->ncues++] = cue_of(r, r->cues.v[i].start, r->cues.v[i].end, r->cues.v[i].answer);
		for (size_t i = 0; turn == 1 && i < r->mentions.n && ret->ncues < LABEL_MOST; i++)
			if (r->mentions.v[i].kind == MENTION_FOREIGN && r->mentions.v[i].start < r->lead)
				ret->cues[ret->ncues++] = cue_of(r, r->mentions.v[i].start, r->mentions.v[i].end, CUE_FOREIGN);
	}
}

/* ---- answers ------------------------------------------------------------------------------------------------------- */

static unsigned likeliest(const double *p, unsigned n)
{
	unsigned best = 0;
	for (unsigned i = 1; i < n; i++)
		if (p[i] > p[best])
			best = i;
	return best;
}

static void tell_topics(const double *given, struct labels *ret)
{
	double p[LABEL_TOPICS_ALL];
	memcpy(p, given, sizeof p);
	while (ret->ntopics < LABEL_TOPICS) {
		unsigned best = likeliest(p, LABEL_TOPICS_ALL);
		if (ret->ntopics && p[best] < 0.2)
			break;
		ret->topics[ret->ntopics++] = (struct label_topic){ label_topics[best], p[best] };
		p[best] = -1;
	}
}

void label_article(const struct labeller *l, struct arena *mem, const struct label_input *in, struct labels *ret)
{
	struct arena_mark mark = arena_mark(mem);
	struct label_ready r;
	struct label_scores s;
	label_prepare(l, mem, in, &r);
	label_score(l, mem, &r, &s);
	struct labels out = { .model = l->model->head->name, .stance = STANCE_UNKNOWN };
	out.scope = (enum scope)likeliest(s.scope, 3);
	out.scope_p = s.scope[out.scope];
	out.tone = (enum tone)likeliest(s.tone, 3);
	out.tone_p = s.tone[out.tone];
	out.tone_sure = out.tone_p >= (double)l->model->head->sure[ASK_TONE];
	out.has_stance = out.scope == SCOPE_PUBLIC;
	if (out.has_stance) {
		out.stance = (enum stance)likeliest(s.stance, 3);
		out.stance_p = s.stance[out.stance];
		out.stance_sure = out.stance_p >= (double)l->model->head->sure[ASK_STANCE];
	}
	tell_topics(s.topic, &out);
	tell_names(l->places, &r.mentions, &out);
	tell_cues(&r, &out);
	arena_rewind(mem, mark);
	*ret = out;
}
