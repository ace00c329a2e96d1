/*
 * phrase - a text as tokens with places in code points, and a trie of phrases found in it in one pass.
 *
 * Tokens are runs of letters and digits of the key form (viet_key); "TP.HCM" is tp, hcm. Phrases are cut the same
 * way, so that spelling of marks, dots and dashes does not matter. The trie is filled once and only read after.
 */
#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

#include "base/base.h"

struct token {
	uint64_t hash;       /* of the key form; never 0 */
	int32_t start, end;  /* code points of the NFC text */
	uint32_t from, to;   /* bytes of the NFC text */
	bool upper;          /* begins with a capital or a digit */
	bool caps;           /* all letters are capitals */
	bool broken;         /* a sentence mark, comma, quote or bracket stands before it */
};

struct tokens {
	struct str nfc;
	struct token *v;
	size_t n;
};

enum { TOKENS_MOST = 4096 }; /* what follows in a field is not looked at */

struct tokens tokens_of(struct arena *a, struct str text); /* text may be any bytes */

struct phrase {
	int32_t id;     /* of the owner's table */
	int32_t next;   /* another phrase of the same words, or -1 */
	uint16_t kind;
};

struct phrases {
	struct arena *mem;
	struct phrase_edge *edges; /* open addressing by (state, token) */
	size_t nedges, edge_cap;
	int32_t *first;            /* by state: its phrases, or -1 */
	size_t nstates, state_cap;
	struct phrase *v;
	size_t n, cap;
};

struct phrases phrases_new(struct arena *mem);
void phrases_add(struct phrases *p, struct str words, unsigned kind, int id); /* nothing when it has no token */
int32_t phrases_step(const struct phrases *p, int32_t state, uint64_t token);  /* -1: no such phrase; begins at 0 */

#endif
