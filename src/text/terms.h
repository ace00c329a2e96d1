/*
 * terms - a text cut into the pieces that fingerprints, stories and keywords count: runs of letters and
 * digits, which in Vietnamese are syllables. What stands between two pieces is remembered as a gap when it
 * is more than spaces, for a word does not reach across a comma. No segmenter is needed on this layer:
 * adjacent pairs stand for the many words of two syllables.
 */
#ifndef TEXT_TERMS_H
#define TEXT_TERMS_H

#include "base/base.h"

struct term {
	struct str s;
	bool gap;    /* more than spaces stands before it */
	bool number; /* begins with a digit */
};

/* Takes the next piece off the front of *rest; false at the end. Never fails on broken UTF-8. */
bool term_next(struct str *rest, struct term *ret);
/* One of the hundred or so commonest words of Vietnamese or English, which alone says nothing. */
bool term_is_common(struct str lower);

#endif
