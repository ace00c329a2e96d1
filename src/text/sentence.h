/*
 * sentence - where Vietnamese sentences end. A sentence is an exact sub-slice of the text, without the white
 * space around it; a line end is the end of a paragraph and so of a sentence. Nothing but white space is lost.
 */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "base/base.h"

/* Takes the next sentence off the front of *rest; false when only white space is left. */
bool sentence_next(struct str *rest, struct str *ret);

#endif
