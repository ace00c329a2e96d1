/*
 * labels_learn - multinomial logistic regression by stochastic gradients with a step of its own for each weight
 * (AdaGrad, Duchi et al. 2011). Fixed seed and order.
 */
#include "labels_train.h"

#include <math.h>

/* Found on the folds: steps of hashed and of dense weights, and how hard they are pulled to nothing. */
static const float RATE = 0.1f, DENSE_RATE = 0.2f, PULL = 1e-4f;

struct learner learner_new(struct arena *mem, unsigned bits, const struct head *heads, size_t nheads)
{
	struct learner l = { .bits = bits, .heads = heads, .nheads = nheads };
	l.out = (unsigned)(heads[nheads - 1].from + heads[nheads - 1].count);
	l.w = arena_array(mem, ((size_t)1 << bits) * l.out, sizeof(float));
	l.g = arena_array(mem, ((size_t)1 << bits) * l.out, sizeof(float));
	l.d = arena_array(mem, (size_t)l.out * LABEL_DENSE, sizeof(float));
	l.dg = arena_array(mem, (size_t)l.out * LABEL_DENSE, sizeof(float));
	return l;
}

void learner_reset(struct learner *l)
{
	memset(l->w, 0, (sizeof(float) * l->out) << l->bits);
	memset(l->g, 0, (sizeof(float) * l->out) << l->bits);
	memset(l->d, 0, sizeof(float) * l->out * LABEL_DENSE);
	memset(l->dg, 0, sizeof(float) * l->out * LABEL_DENSE);
}

static float value_of(const struct sample *s, uint32_t i)
{
	return i < s->nwords ? 1 / sqrtf((float)s->nwords) : LABEL_CUE_VALUE_PERCENT / 100.0f;
}

void learner_score(const struct learner *l, const struct sample *s, double *ret_z)
{
	for (unsigned k = 0; k < l->out; k++) {
		double z = 0;
		for (int j = 0; j < LABEL_DENSE; j++)
			z += (double)l->d[k * LABEL_DENSE + (unsigned)j] * s->dense[j];
		ret_z[k] = z;
	}
	for (uint32_t i = 0; i < s->n; i++) {
		const float *w = &l->w[(size_t)(s->v[i] >> (32 - l->bits)) * l->out];
		for (unsigned k = 0; k < l->out; k++)
			ret_z[k] += (double)w[k] * value_of(s, i);
	}
}

static void step(float *w, float *g, float gradient, float rate, float decay)
{
	gradient += decay * *w;
	*g += gradient * gradient;
	*w -= rate * gradient / (1e-3f + sqrtf(*g));
}

static void learn_head(struct learner *l, const struct sample *s, const struct head *h, const double *z)
{
	double p[LABEL_TOPICS_ALL], top = z[h->from], sum = 0;
	for (int k = 0; k < h->count; k++)
		top = MAX(top, z[h->from + k]);
	for (int k = 0; k < h->count; k++)
		sum += p[k] = exp(z[h->from + k] - top);
	for (int k = 0; k < h->count; k++) {
		unsigned o = (unsigned)(h->from + k);
		float error = (float)(p[k] / sum - (s->answer[h->question] == k)) * s->weight[h->question];
		for (uint32_t i = 0; i < s->n; i++) {
			size_t at = (size_t)(s->v[i] >> (32 - l->bits)) * l->out + o;
			step(&l->w[at], &l->g[at], error * value_of(s, i), RATE, PULL);
		}
		for (unsigned j = 0; j < LABEL_DENSE; j++)
			step(&l->d[o * LABEL_DENSE + j], &l->dg[o * LABEL_DENSE + j], error * s->dense[j], DENSE_RATE, PULL);
	}
}

void learner_train(struct learner *l, const struct sample *s, const bool *use, size_t n, int epochs)
{
	struct arena mem = { 0 };
	struct rng r = { 7 };
	double z[32];
	uint32_t *order = NEW_ARRAY(&mem, uint32_t, n + 1);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (use[i])
			order[m++] = (uint32_t)i;
	for (int epoch = 0; epoch < epochs; epoch++) {
		for (size_t i = m; i > 1; i--) {
			size_t k = rng_next(&r) % i;
			uint32_t keep = order[i - 1];
			order[i - 1] = order[k];
			order[k] = keep;
		}
		for (size_t i = 0; i < m; i++) {
			const struct sample *one = &s[order[i]];
			learner_score(l, one, z);
			for (size_t h = 0; h < l->nheads; h++)
				if (one->answer[l->heads[h].question] >= 0)
					learn_head(l, one, &l->heads[h], z);
		}
	}
	arena_done(&mem);
}
