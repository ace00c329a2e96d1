/* labels_train - what the parts of the trainer of the labels share. */
#ifndef TRAIN_LABELS_TRAIN_H
#define TRAIN_LABELS_TRAIN_H

#include "app/items.h"
#include "base/map.h"
#include "text/label_model.h"
#include "text/viet.h"

/* Fills the slots and the vectors from a file of items; returns how many vectors. */
size_t train_vectors(struct arena *mem, char *stream, struct label_slot *slots, int8_t (*ret)[LABEL_DIM]);

/* One item as the learner sees it. */
struct sample {
	uint32_t *v;
	uint32_t n, nwords;
	float dense[LABEL_DENSE], weight[LABEL_QUESTIONS];
	int answer[LABEL_QUESTIONS]; /* -1: not asked */
	int day, fold;
};

/* A linear model being learnt: rows of `out` weights, hashed and dense. Softmax over [from, from + count) of the places
 * of each question; questions and their places are told by `heads`. */
struct head { int question, from, count; };
struct learner {
	unsigned bits, out;
	const struct head *heads;
	size_t nheads;
	float *w, *g;         /* 2^bits rows, and the squares seen */
	float *d, *dg;        /* dense: out rows of LABEL_DENSE */
};
struct learner learner_new(struct arena *mem, unsigned bits, const struct head *heads, size_t nheads);
void learner_reset(struct learner *l);
/* `use` says which samples; the order is shuffled by a fixed seed. */
void learner_train(struct learner *l, const struct sample *s, const bool *use, size_t n, int epochs);
void learner_score(const struct learner *l, const struct sample *s, double *ret_z);

/* Learns topics from items that leave no doubt; the vectors of `m` must be there. */
struct learner train_topics(struct arena *mem, const struct labeller *l, const struct label_model *m, char *stream);

#endif
