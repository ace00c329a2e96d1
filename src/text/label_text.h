/*
 * label_text - an article as the labeller sees it: words of letters and digits with a hash that is the same for
 * all cases, tone placements and for final i and y; punctuation is only what stands before a word. Positions are
 * code points of the clean field. Title, summary and text follow one another in one array.
 */
#ifndef TEXT_LABEL_TEXT_H
#define TEXT_LABEL_TEXT_H

#include "base/base.h"

enum { LABEL_TOKENS = 3000 }; /* what is longer is read up to here */

/* What stands before a word, from the tightest to the widest. */
enum label_gap { GAP_TIGHT, GAP_SPACE, GAP_DASH, GAP_COMMA, GAP_QUOTE, GAP_BREAK };

enum label_field { FIELD_TITLE, FIELD_SUMMARY, FIELD_TEXT, FIELDS };

struct label_token {
	uint64_t hash;
	struct str s;
	int32_t start, end;   /* code points of the field */
	uint8_t field, gap;
	bool capital;         /* the first letter is one */
	bool shouted;         /* all letters are capitals */
	bool number;          /* digits only */
	bool asked;           /* a question mark follows */
};

struct label_text {
	struct label_token *t;
	size_t n;
	size_t field_end[FIELDS]; /* tokens up to the end of each field */
};

/* Fields must be clean (viet_nfc). Tokens lie in `mem`. */
struct label_text label_text_of(struct arena *mem, const struct str field[FIELDS]);

#endif
