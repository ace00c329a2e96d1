/*
 * viet - what is true of Vietnamese letters: clean text, lower case, folding, keys that make two
 * spellings one, and the order of the dictionary.
 *
 * Input may be any bytes. Output is always valid UTF-8, in normal form C, with no zero-width character
 * and no soft hyphen; a no-break space is a space. The result lies in the arena or is the given slice.
 * Nothing here keeps state; nothing fails.
 */
#ifndef TEXT_VIET_H
#define TEXT_VIET_H

#include "base/base.h"

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

enum { UTF8_BAD = 0xFFFD };

/* Takes one code point off the front; what is not UTF-8 gives UTF8_BAD, once for each longest broken
 * piece (as browsers count). False when nothing is left. */
bool utf8_next(struct str *rest, uint32_t *ret_cp);
size_t utf8_count(struct str s);                    /* code points, broken pieces counted as one each */
size_t utf8_bad(struct str s);                      /* how many broken pieces; 0: valid */
struct str utf8_cut(struct str s, size_t max_bytes); /* the longest front of at most that many bytes that ends at a character */
size_t utf8_put(char *to, uint32_t cp);             /* writes 1 to 4 bytes; a surrogate or too large gives U+FFFD */

/* ---- forms of a text --------------------------------------------------------------------------- */

struct str viet_nfc(struct arena *a, struct str s);   /* clean text as written; the same slice when already clean */
struct str viet_lower(struct arena *a, struct str s); /* clean, lower case */
struct str viet_fold(struct arena *a, struct str s);  /* clean, lower case, no marks, đ as d: "Đà Nẵng" gives "da nang" */
/* Clean, lower case, each syllable's tone where the old style puts it: "hoà" and "hòa" are one, "quý"
 * stays. What is no Vietnamese syllable ("café") is left as it is. For comparing, not for showing. */
struct str viet_key(struct arena *a, struct str s);
/* Compare with str_cmp or memcmp (COLLATE "C", BINARY): letters a ă â b c d đ …, then tones level,
 * huyền, hỏi, ngã, sắc, nặng, then case. Always valid UTF-8 without control characters. */
struct str viet_sort_key(struct arena *a, struct str s);

/* ---- letters ------------------------------------------------------------------------------------ */

enum viet_tone { TONE_LEVEL, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG };

/* What is known of one letter of Latin or Vietnamese; lower 0: not such a letter. */
struct letter {
	uint16_t lower;  /* the lower-case code point, tone kept */
	uint8_t fold;    /* ASCII, lower case */
	uint8_t rank;    /* 1 to 33 in a ă â b c d đ e ê f …; shared by all tones */
	uint8_t tone;    /* enum viet_tone */
	uint8_t vowel;   /* 1 to 12 in a ă â e ê i o ô ơ u ư y; 0: consonant */
	bool upper;
};
const struct letter *viet_letter(uint32_t cp);      /* never NULL */
uint32_t viet_vowel(unsigned vowel, enum viet_tone tone); /* the lower-case code point; vowel 1 to 12 */

#endif
