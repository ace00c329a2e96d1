/*
 * diff - what changed between two versions of a text, word by word. Pure: texts in, pieces out.
 */
#ifndef ROOMS_MONITORING_DIFF_H
#define ROOMS_MONITORING_DIFF_H

#include "base/base.h"

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };
struct diff_piece { enum diff_kind kind; struct str s; }; /* a slice of the old text (GONE) or of the new one */
struct diff { struct diff_piece *v; size_t n; };

/* The SAME and GONE pieces put together are the old text, but for white space; SAME and NEW are the new one. The longest
 * common run of words is kept; where a changed stretch is longer than 2000 by 2000 words, it is given whole. */
void diff_words(struct arena *mem, struct str old, struct str fresh, struct diff *ret);

#endif
