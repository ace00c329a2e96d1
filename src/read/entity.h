/*
 * entity - character references: the five of XML, the 253 of HTML 4 (as libxml2 tables them), and
 * numbers. No document can define one: that is how entity bombs and XXE end before they begin.
 */
#ifndef READ_ENTITY_H
#define READ_ENTITY_H

#include "base/base.h"

/* `s` begins with "&". Adds what it stands for and returns the bytes it took; 0 when it is no reference
 * (nothing added). *bad becomes true for numbers that name no
 * character (U+FFFD is added) and for names that XML does not know by itself. */
size_t entity_add(struct text *out, struct str s, bool *bad);
/* The whole text with its references undone; `s` itself when it has none. *bad: see above, and names unknown. */
struct str entity_decode(struct arena *mem, struct str s, bool *bad);

#endif
