/*
 * label_score - scores of each answer from the weights of the cues.
 */
#include "text/label_inner.h"

#include <math.h>

static void softmax(double *v, size_t n)
{
	double top = v[0], sum = 0;
	for (size_t i = 1; i < n; i++)
		top = MAX(top, v[i]);
	for (size_t i = 0; i < n; i++)
		sum += v[i] = exp(v[i] - top);
	for (size_t i = 0; i < n; i++)
		v[i] /= sum;
}

void label_score(const struct labeller *l, const struct label_ready *r, struct label_scores *ret)
{
	const double *e = r->sum;
	struct label_scores s = {
		.scope = { 0.6 + 0.5 * e[CUE_PUBLIC] + 0.3 * (e[CUE_FAVOURABLE] + e[CUE_UNFAVOURABLE]), 0.7 + 0.5 * e[CUE_VIETNAM], -0.3 + 0.8 * e[CUE_FOREIGN] },
		.tone = { 0.6 * e[CUE_GOOD], 0.8, 0.6 * e[CUE_BAD] },
		.stance = { 0.6 * e[CUE_FAVOURABLE], 1.8, 0.6 * e[CUE_UNFAVOURABLE] },
	};
	for (int k = 0; k < LABEL_TOPICS_ALL; k++)
		s.topic[k] = 0.8 * e[CUE_TOPIC + k];
	softmax(s.scope, 3);
	softmax(s.tone, 3);
	softmax(s.stance, 3);
	softmax(s.topic, LABEL_TOPICS_ALL);
	*ret = s;
}
