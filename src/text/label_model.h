/*
 * label_model - the trained side of the labels: features of an article, and the model's file. Shared by label_score.c
 * and the trainer (tools/train/labels.c).
 *
 * An article is seen three ways: hashed words and runs of words, the cues found and the shape of the text, and a
 * vector: the sum over its words of what they mean by the company they keep (latent semantic analysis of a year of
 * headlines and leads, Deerwester et al. 1990). A linear model weighs all three for each answer.
 * File: struct label_head, then slots, vectors, weights of scope, tone and stance, weights of topics;
 * little-endian; crc is CRC-32 of all that follows it.
 */
#ifndef TEXT_LABEL_MODEL_H
#define TEXT_LABEL_MODEL_H

#include "text/label_inner.h"

enum {
	LABEL_VERSION = 1,
	LABEL_BITS = 16,          /* rows of the hashed weights of scope, tone, stance */
	LABEL_TOPIC_BITS = 15,
	LABEL_OUT = 9,            /* three places each */
	LABEL_SLOT_BITS = 15,     /* words that have a vector are found here by fingerprint */
	LABEL_VECTORS = 22000,    /* most words that have one */
	LABEL_DIM = 64,
	LABEL_DENSE = 2 * LABEL_DIM, /* of the title, and of title and lead */
	LABEL_FEATURES = 3000,
	LABEL_SCALE = 1024,       /* hashed weights are stored times this */
};

struct label_head {
	char magic[8]; /* "VILABEL\0" */
	uint32_t version, crc, nvectors, pad;
	float temperature[LABEL_QUESTIONS];
	float sure[LABEL_QUESTIONS];
	float dense[LABEL_OUT][LABEL_DENSE];
	float topic_dense[LABEL_TOPICS_ALL][LABEL_DENSE];
	char name[32];
};

struct label_slot { uint32_t print; uint32_t vector; }; /* print 0: empty */

struct label_model {
	const struct label_head *head;
	const struct label_slot *slots;
	const int8_t (*vectors)[LABEL_DIM];
	const int16_t (*weights)[LABEL_OUT];
	const int16_t (*topics)[LABEL_TOPICS_ALL];
};

struct label_features {
	uint32_t v[LABEL_FEATURES]; /* 32-bit hashes; the top bits are the row */
	size_t n, nwords;           /* the first nwords are of words, the others of cues and shape */
	float dense[LABEL_DENSE];   /* each half of length 1, or 0 */
};

/* ERR_INPUT when the bytes are no model, of another version, or damaged. 16-byte aligned bytes. */
MUST_USE enum err label_model_open(struct str bytes, struct label_model *ret, struct fault *f);
struct str model_labels(void); /* the bytes of models/vi-labels.model as built in */

void label_features(const struct label_model *m, const struct label_ready *r, struct label_features *ret);
/* Of the topics: words and pairs of words, not those marked in `skip` (by token; may be NULL). dense is as above. */
void label_topic_features(const struct label_ready *r, const bool *skip, struct label_features *ret);
void label_dense(const struct label_model *m, const struct label_ready *r, float ret[LABEL_DENSE]);

/* The vector units of the words [from, to): hashes of single words and of pairs. Returns how many, at most `most`. */
size_t label_units(const struct label_text *t, size_t to, uint64_t *ret, size_t most);
uint32_t label_slot_print(uint64_t unit);
size_t label_slot_find(const struct label_slot *slots, uint64_t unit); /* its place, or the empty one for it */

float label_word_value(const struct label_features *f); /* what a feature of each kind counts */
enum { LABEL_CUE_VALUE_PERCENT = 25 };

#endif
