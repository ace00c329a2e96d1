/*
 * label_score - the linear model asked: weights summed over the features, made probabilities by a softmax at the
 * temperature fitted on items held out (Guo et al. 2017).
 */
#include "text/label_model.h"

#include <math.h>

static void softmax(float *v, size_t n, float temperature, double *ret)
{
	double top = (double)v[0], sum = 0;
	for (size_t i = 1; i < n; i++)
		top = MAX(top, (double)v[i]);
	for (size_t i = 0; i < n; i++)
		sum += ret[i] = exp(((double)v[i] - top) / (double)temperature);
	for (size_t i = 0; i < n; i++)
		ret[i] /= sum;
}

static void add_dense(const float (*rows)[LABEL_DENSE], size_t nrows, const float *dense, float *z)
{
	for (size_t k = 0; k < nrows; k++)
		for (size_t j = 0; j < LABEL_DENSE; j++)
			z[k] += rows[k][j] * dense[j];
}

/* rows of `out` weights; words count less the more there are, each cue the same */
static void add_hashed(const int16_t *rows, unsigned bits, size_t out, const struct label_features *f, float *z)
{
	float sum[LABEL_TOPICS_ALL] = { 0 }, words = label_word_value(f) / LABEL_SCALE, cues = LABEL_CUE_VALUE_PERCENT / 100.0f / LABEL_SCALE;
	for (size_t i = 0; i < f->n; i++) {
		const int16_t *w = &rows[(size_t)(f->v[i] >> (32 - bits)) * out];
		float value = i < f->nwords ? words : cues;
		for (size_t k = 0; k < out; k++)
			sum[k] += (float)w[k] * value;
	}
	for (size_t k = 0; k < out; k++)
		z[k] += sum[k];
}

void label_score(const struct labeller *l, struct arena *mem, const struct label_ready *r, struct label_scores *ret)
{
	const struct label_model *m = l->model;
	const struct label_head *h = m->head;
	struct label_features *f = arena_raw(mem, sizeof *f);
	float z[LABEL_OUT] = { 0 }, topic[LABEL_TOPICS_ALL] = { 0 };
	label_features(m, r, f);
	add_dense(h->dense, LABEL_OUT, f->dense, z);
	add_hashed(&m->weights[0][0], LABEL_BITS, LABEL_OUT, f, z);
	softmax(z, 3, h->temperature[ASK_SCOPE], ret->scope);
	softmax(z + 3, 3, h->temperature[ASK_TONE], ret->tone);
	softmax(z + 6, 3, h->temperature[ASK_STANCE], ret->stance);
	label_topic_features(r, NULL, f);
	add_dense(h->topic_dense, LABEL_TOPICS_ALL, f->dense, topic);
	add_hashed(&m->topics[0][0], LABEL_TOPIC_BITS, LABEL_TOPICS_ALL, f, topic);
	softmax(topic, LABEL_TOPICS_ALL, h->temperature[ASK_TOPIC], ret->topic);
}
