/*
 * keyword - the words and names a text is about: runs of one to four syllables that it uses far more often
 * than the press around it does, by Dunning's log-likelihood (1993). A run inside a longer one that is as
 * frequent is not told twice.
 */
#ifndef TEXT_KEYWORD_H
#define TEXT_KEYWORD_H

#include "base/base.h"

/* How often runs were used before: counts in a fixed sketch of 4 MB, so a stream of any length may be added. */
struct keyword_ground;
struct keyword_ground *keyword_ground_new(struct arena *mem);
void keyword_ground_add(struct keyword_ground *g, struct arena *scratch, struct str text);

struct keyword {
	struct str term;  /* as the text writes it: in lower case when it does so anywhere */
	double score;     /* log-likelihood; over 10.8 is beyond chance once in a thousand */
	unsigned count;
};

/* The `most` best, best first; fewer when there are not as many. */
size_t keyword_pick(struct arena *mem, const struct keyword_ground *g, struct str text, size_t most, struct keyword *ret);

#endif
