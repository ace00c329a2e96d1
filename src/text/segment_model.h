/*
 * segment_model - what the segmenter and its trainer (tools/train/segment.c) share: the file's shape, the tokens
 * of a line, and the features of a place. Nobody else includes this.
 *
 * File: struct segment_header, then the dictionary (2^dict_bits uint32), then the weights (2^weight_bits int16),
 * little-endian; crc is CRC-32 of all that follows the header.
 */
#ifndef TEXT_SEGMENT_MODEL_H
#define TEXT_SEGMENT_MODEL_H

#include "text/segment.h"

enum {
	SEGMENT_VERSION = 1,
	SEGMENT_TOKENS = 1024, /* a longer line is labelled in pieces, cut at punctuation where possible */
	SEGMENT_PAD = 4,
	SEGMENT_OWN = 26,      /* features of a place alone */
	SEGMENT_LINKED = 7,    /* those that count when the token before continues a word */
	SEGMENT_WORD_MAX = 6,  /* syllables of the longest dictionary word looked for */
	SEGMENT_SCALE = 64,    /* weights are stored times this */
};

struct segment_header {
	char magic[8]; /* "VISEGM\n\0" */
	uint32_t version, dict_bits, weight_bits, crc;
	char pad[40];  /* to 64 bytes, zero */
};

enum shape { SHAPE_LOW, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_NUMBER, SHAPE_PUNCT, SHAPE_OTHER };

struct segment_token {
	struct str s;
	uint64_t hash; /* the same for all cases and tone placements of a syllable */
	uint8_t shape;
	uint8_t words; /* bit k: a dictionary word of k + 2 syllables starts here */
	uint8_t cover; /* length of the longest dictionary word that joins this token to the one before; 0: none */
	bool longest;  /* the longest match from the left joins it to the one before */
};

/* Tokens with SEGMENT_PAD empty ones on both sides: token i is t[i + SEGMENT_PAD]. */
struct segment_window {
	struct segment_token t[SEGMENT_TOKENS + 2 * SEGMENT_PAD];
	size_t n;
};

struct segment_features {
	uint32_t own[SEGMENT_OWN], linked[SEGMENT_LINKED]; /* 32-bit hashes: the top bits index the weights */
};

void segment_token_read(struct segment_token *t, struct str s);                /* hash and shape */
bool segment_token_next(struct str *rest, bool pretokenised, struct str *ret); /* the next token of a line */
void segment_window_match(const struct segmenter *s, struct segment_window *w); /* words, cover, longest */
void segment_features(const struct segment_window *w, size_t i, struct segment_features *ret);
/* joins[i]: token i continues the word of token i - 1. At least one token; joins holds w->n places. */
void segment_label(const struct segmenter *s, const struct segment_window *w, bool *joins);
uint64_t segment_join(uint64_t a, uint64_t b);   /* the hash of a longer run of syllables */
uint32_t segment_print(uint64_t hash);           /* what the dictionary holds of it; bit 0 is left clear */
const uint32_t *segment_slot(const uint32_t *dict, unsigned bits, uint64_t hash); /* its place, or the empty one for it */

#endif
