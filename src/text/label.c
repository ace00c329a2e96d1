/*
 * label - the answers of the model, with the names found and the words that speak for each answer. See label.h;
 * the rules of scope, tone and stance are those of the labelling guideline.
 */
#include "text/label_inner.h"

#include "text/label_data.h"

static const char *const scope_names[] = { "vietnamese_public", "other_vietnam", "foreign" };
static const char *const tone_names[] = { "good", "neutral", "bad", "unknown" };
static const char *const stance_names[] = { "favourable", "neither", "unfavourable", "unknown" };
static const char *const field_names[] = { "title", "summary", "text" };

const char *scope_name(enum scope s) { return scope_names[s]; }
const char *tone_name(enum tone t) { return tone_names[t]; }
const char *stance_name(enum stance s) { return stance_names[s]; }

enum err labeller_new(struct arena *mem, const struct gazetteer *extra, struct labeller **ret, struct fault *f)
{
	TRY(labeller_rules(mem, extra, ret, f));
	return classify_read(label_model_bytes(), &(*ret)->model, f);
}

const struct gazetteer *labeller_places(const struct labeller *l)
{
	return l->places;
}

static int best_of(const float *p, int head)
{
	int best = classify_from[head];
	for (int i = best; i < classify_from[head + 1]; i++)
		best = p[i] > p[best] ? i : best;
	return best;
}

static void names_keep(const struct reading *r, struct labels *ret)
{
	for (size_t i = 0; i < r->nnames; i++) {
		const struct gazetteer_hit *h = &r->names[i];
		if (h->body && ret->nbodies < LABEL_MOST)
			ret->bodies[ret->nbodies++] = (struct label_body){ h->row->code, h->row->name };
		else if (!h->body && ret->nplaces < LABEL_MOST)
			ret->places[ret->nplaces++] = (struct label_place){ h->row->code, h->name, h->as_of };
	}
}

static void topics_keep(const float *p, struct labels *ret)
{
	for (int i = classify_from[3]; i < classify_from[4]; i++) {
		size_t at = ret->ntopics;
		if (p[i] < 0.25f && i != best_of(p, 3))
			continue;
		ret->ntopics += ret->ntopics < LABEL_TOPICS;
		at = MIN(at, (size_t)LABEL_TOPICS - 1);
		for (; at && ret->topics[at - 1].p < p[i]; at--)
			ret->topics[at] = ret->topics[at - 1];
		ret->topics[at] = (struct label_topic){ label_topics[i - classify_from[3]], p[i] };
	}
}

/* Only what speaks for an answer that was given is shown. */
static void cues_keep(const struct labeller *l, const struct reading *r, const int best[CLASSIFY_HEADS], struct labels *ret)
{
	for (size_t i = 0; i < r->ncues && ret->ncues < LABEL_MOST; i++) {
		const struct cue_hit *h = &r->cues[i];
		const struct cue_row *cue = &l->cues[h->cue];
		bool given = cue->column == best[0] || cue->column == best[1] || cue->column == best[3] ||
		             (ret->has_stance && cue->column == best[2]);
		if (given)
			ret->cues[ret->ncues++] = (struct label_cue){ cue->value, field_names[h->field], h->start, h->end, cue->speaks_for };
	}
}

void label_article(const struct labeller *l, struct arena *mem, const struct label_input *in, struct labels *ret)
{
	struct reading *r = NEW(mem, struct reading);
	float p[CLASSIFY_WIDE];
	int best[CLASSIFY_HEADS];
	label_read(l, mem, in, r);
	classify_scores(&l->model, &r->features, p);
	for (int h = 0; h < CLASSIFY_HEADS; h++)
		best[h] = best_of(p, h);
	const float *sure = l->model.head.sure;
	*ret = (struct labels){ .scope = (enum scope)best[0], .tone = (enum tone)(best[1] - 3), .scope_p = p[best[0]], .tone_p = p[best[1]],
		.has_stance = best[0] == 0, .tone_sure = p[best[1]] >= sure[1], .stance = STANCE_UNKNOWN, .model = l->model.head.name };
	if (ret->has_stance) {
		ret->stance = (enum stance)(best[2] - 6);
		ret->stance_p = p[best[2]];
		ret->stance_sure = p[best[2]] >= sure[2];
	}
	topics_keep(p, ret);
	names_keep(r, ret);
	cues_keep(l, r, best, ret);
}
