/*
 * label_feature - an article as features. Names are put in classes for the runs of words: what matters is that a body
 * "bị" something, not which body.
 */
#include "text/label_model.h"

#include <math.h>

enum { CLASS_BODY = 101, CLASS_PLACE = 103, CLASS_FOREIGN = 105, CLASS_NUMBER = 107, FAR = 600 };

static void add(struct label_features *f, unsigned kind, uint64_t x)
{
	if (f->n < LABEL_FEATURES)
		f->v[f->n++] = (uint32_t)(hash_mix(x + kind * 0x9E3779B97F4A7C15u) >> 32);
}

static uint64_t join(uint64_t a, uint64_t b)
{
	a = (a ^ 0x9FB21C651E98DF25u) * 0x9E3779B97F4A7C15u;
	return (a ^ a >> 32) + b;
}

/* ---- words, names as classes ---------------------------------------------------------------------------------- */

struct step { uint64_t hash; uint8_t field; bool breaks; };

static size_t steps_of(const struct label_ready *r, struct step *ret)
{
	static const uint64_t classes[] = { [MENTION_PLACE] = CLASS_PLACE, [MENTION_BODY] = CLASS_BODY, [MENTION_FOREIGN] = CLASS_FOREIGN };
	const struct label_token *t = r->text.t;
	size_t n = 0, m = 0;
	for (size_t i = 0; i < r->lead;) {
		while (m < r->mentions.n && r->mentions.v[m].start < i)
			m++;
		bool named = m < r->mentions.n && r->mentions.v[m].start == i;
		ret[n++] = (struct step){ named ? classes[r->mentions.v[m].kind] : t[i].number ? CLASS_NUMBER : t[i].hash, t[i].field, t[i].gap == GAP_BREAK };
		i = named ? MAX(r->mentions.v[m].end, i + 1) : i + 1;
	}
	return n;
}

static void add_words(struct label_features *f, const struct label_ready *r)
{
	struct step s[LABEL_LEAD];
	size_t n = steps_of(r, s);
	for (size_t i = 0; i < n; i++) {
		unsigned lead = s[i].field != FIELD_TITLE;
		add(f, 1, s[i].hash);
		add(f, 2 + lead, s[i].hash);
		if (!i || s[i].field != s[i - 1].field || s[i].breaks)
			continue;
		uint64_t two = join(s[i - 1].hash, s[i].hash);
		add(f, 4, two);
		add(f, 5 + lead, two);
		if (i > 1 && s[i - 1].field == s[i - 2].field && !s[i - 1].breaks) {
			add(f, 7, join(s[i - 2].hash, two));
			add(f, 8, join(s[i - 2].hash, s[i].hash));
		}
	}
}

/* ---- cues and shape ---------------------------------------------------------------------------------------------- */

static unsigned step_of(double x)
{
	return x <= -3 ? 0 : x <= -1.5 ? 1 : x < 0 ? 2 : x == 0 ? 3 : x < 1.5 ? 4 : x < 3 ? 5 : x < 5 ? 6 : 7;
}

static void add_cues(struct label_features *f, const struct label_ready *r)
{
	unsigned count[2][CUE_ANSWERS] = { { 0 } };
	for (size_t i = 0; i < r->cues.n; i++) {
		const struct cue_hit *h = &r->cues.v[i];
		unsigned lead = r->text.t[h->start].field != FIELD_TITLE;
		count[lead][h->answer]++;
		if (h->answer < CUE_TOPIC)
			add(f, 20 + lead + 2 * h->negated, h->row);
	}
	for (unsigned a = 0; a < CUE_ANSWERS; a++)
		for (unsigned lead = 0; lead < 2; lead++)
			for (unsigned k = 0; k < MIN(count[lead][a], 3u); k++)
				add(f, 30 + lead, a * 8 + k);
	unsigned tone = step_of(r->sum[CUE_GOOD] - r->sum[CUE_BAD]), stance = step_of(r->sum[CUE_FAVOURABLE] - r->sum[CUE_UNFAVOURABLE]);
	add(f, 32, tone);
	add(f, 33, stance);
	add(f, 34, tone * 8 + stance);
	add(f, 35, step_of(r->sum[CUE_PUBLIC] - r->sum[CUE_FOREIGN]) * 8 + step_of(r->sum[CUE_PUBLIC] - r->sum[CUE_VIETNAM]));
}

static void add_shape(struct label_features *f, const struct label_ready *r)
{
	unsigned named[2][3] = { { 0 } };
	const struct label_token *t = r->text.t;
	for (size_t i = 0; i < r->mentions.n && r->mentions.v[i].start < r->lead; i++) {
		const struct mention *m = &r->mentions.v[i];
		unsigned lead = t[m->start].field != FIELD_TITLE;
		named[lead][m->kind]++;
		if (m->kind == MENTION_BODY)
			add(f, 40 + lead, m->of);
		if (!m->start || m->start == r->text.field_end[FIELD_TITLE])
			add(f, 42 + lead, m->kind);
	}
	for (unsigned lead = 0; lead < 2; lead++)
		for (unsigned k = 0; k < 3; k++)
			add(f, 44 + lead, k * 8 + MIN(named[lead][k], 3u));
	add(f, 46, (named[0][0] + named[1][0] > 0) | (named[0][1] + named[1][1] > 0) << 1 | (named[0][2] + named[1][2] > 0) << 2);
	bool asked = false, quoted = false;
	for (size_t i = 0; i < r->text.field_end[FIELD_TITLE] && i < r->lead; i++) {
		asked = asked || t[i].asked;
		quoted = quoted || (i && t[i].gap == GAP_QUOTE);
	}
	add(f, 47, asked);
	add(f, 48, quoted);
	add(f, 49, MIN(r->text.field_end[FIELD_TITLE] / 4, (size_t)6));
	add(f, 50, 0);
}

/* ---- the vector ----------------------------------------------------------------------------------------------------- */

size_t label_units(const struct label_text *t, size_t to, uint64_t *ret, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; i < to && n + 2 <= most; i++) {
		ret[n++] = t->t[i].number ? CLASS_NUMBER : t->t[i].hash;
		if (i && t->t[i].field == t->t[i - 1].field && t->t[i].gap <= GAP_SPACE && !t->t[i].number)
			ret[n++] = join(t->t[i - 1].hash, t->t[i].hash);
	}
	return n;
}

uint32_t label_slot_print(uint64_t unit)
{
	return (uint32_t)(unit * 0xC2B2AE3D27D4EB4Fu >> 32) | 1;
}

size_t label_slot_find(const struct label_slot *slots, uint64_t unit)
{
	size_t mask = ((size_t)1 << LABEL_SLOT_BITS) - 1, i = (size_t)(unit * 0x165667B19E3779F9u >> (64 - LABEL_SLOT_BITS));
	while (slots[i].print && slots[i].print != label_slot_print(unit))
		i = (i + 1) & mask;
	return i;
}

static void vector_of(const struct label_model *m, const struct label_text *t, size_t to, float *ret)
{
	uint64_t unit[2 * LABEL_LEAD];
	int32_t sum[LABEL_DIM] = { 0 };
	size_t n = label_units(t, to, unit, 2 * LABEL_LEAD);
	for (size_t i = 0; i < n; i++) {
		const struct label_slot *s = &m->slots[label_slot_find(m->slots, unit[i])];
		if (!s->print)
			continue;
		for (int k = 0; k < LABEL_DIM; k++)
			sum[k] += m->vectors[s->vector][k];
	}
	double length = 0;
	for (int k = 0; k < LABEL_DIM; k++)
		length += (double)sum[k] * sum[k];
	for (int k = 0; k < LABEL_DIM; k++)
		ret[k] = length > 0 ? (float)(sum[k] / sqrt(length)) : 0;
}

void label_dense(const struct label_model *m, const struct label_ready *r, float ret[LABEL_DENSE])
{
	vector_of(m, &r->text, MIN(r->text.field_end[FIELD_TITLE], r->lead), ret);
	vector_of(m, &r->text, r->lead, ret + LABEL_DIM);
}

/* ---- all ---------------------------------------------------------------------------------------------------------------- */

float label_word_value(const struct label_features *f)
{
	return 1 / sqrtf((float)MAX(f->nwords, (size_t)1));
}

void label_features(const struct label_model *m, const struct label_ready *r, struct label_features *ret)
{
	ret->n = 0;
	add_words(ret, r);
	ret->nwords = ret->n;
	add_cues(ret, r);
	add_shape(ret, r);
	label_dense(m, r, ret->dense);
}

void label_topic_features(const struct label_ready *r, const bool *skip, struct label_features *ret)
{
	const struct label_token *t = r->text.t;
	ret->n = 0;
	for (size_t i = 0; i < r->text.n && i < FAR; i++) {
		unsigned times = t[i].field == FIELD_TITLE ? 2 : 1;
		bool pair = i && t[i].field == t[i - 1].field && t[i].gap <= GAP_SPACE && !(skip && (skip[i] || skip[i - 1]));
		for (unsigned k = 0; k < times; k++) {
			if (!skip || !skip[i])
				add(ret, 60, t[i].hash);
			if (pair)
				add(ret, 61, join(t[i - 1].hash, t[i].hash));
		}
	}
	ret->nwords = ret->n;
}
