/*
 * near - fingerprints of articles, and which article is a copy of which.
 *
 * A print is made from 64-bit hashes of syllable triples ("shingles") of the folded text, so spacing,
 * quotes, composition, case and lost diacritics do not matter. The 64 smallest hashes (bottom-k sketch,
 * Cohen and Kaplan 2007) say how much is shared, exactly so up to 64 shingles; the 20 smallest say where to
 * look; and where in the text each stands tells a text changed all over from one that cites a part.
 * A print is a plain value of fixed size; the store keeps it as bytes.
 */
#ifndef TEXT_NEAR_H
#define TEXT_NEAR_H

#include "base/base.h"

enum { NEAR_LOW = 64, NEAR_PRINT_BYTES = 6 + NEAR_LOW * 5 };

struct near_print {
	uint32_t low[NEAR_LOW]; /* ascending, without repeats */
	uint8_t at[NEAR_LOW];   /* where it first stands, in 256ths of title and text */
	uint32_t shingles;      /* distinct ones; 0: no text, never a copy of anything */
	uint16_t nlow;          /* min(shingles, NEAR_LOW) */
};

/* What a new article is to an earlier one. Copies are all but OTHER and CITES. */
enum near_kind {
	NEAR_OTHER,    /* nothing worth saying */
	NEAR_CITES,    /* a part of one stands in the other; two articles all the same */
	NEAR_EXTENDED, /* the earlier text whole, and more */
	NEAR_EDITED,   /* mostly the same, changed all over, or the earlier one cut shorter */
	NEAR_SAME,
};

struct near_answer {
	enum near_kind kind;
	int64_t first;      /* the first article of the family, when a copy; else the article itself */
	int64_t of;         /* the earlier article that was compared; 0 with NEAR_OTHER */
	double similarity;  /* Jaccard of the shingles of the two, 0 … 1; 1 with NEAR_OTHER never happens */
	double contained;   /* the larger share of either that stands in the other */
};

struct near_print near_print_of(struct arena *scratch, struct str title, struct str text);
void near_print_write(const struct near_print *p, unsigned char ret[NEAR_PRINT_BYTES]);
/* Checks every promise of the shape above; anything else is ERR_INPUT. */
MUST_USE enum err near_print_read(struct str bytes, struct near_print *ret, struct fault *fault);
/* How two prints stand: `later` against `earlier`; first and of are left 0. */
struct near_answer near_compare(const struct near_print *later, const struct near_print *earlier);
const char *near_kind_name(enum near_kind kind); /* "other", "cites", "extended", "edited", "same" */

/* An index over the last `days` days and at most `room` articles (up to a power of two): 432 bytes an
 * article held, and 32 bytes of tables for each place of room from the start. Articles come about in order of time. */
struct near_index;
struct near_index *near_new(struct arena *mem, size_t room, int days);
void near_done(struct near_index *ix);          /* gives back what it took outside the arena */
/* Says what the article is, and keeps it. The same calls in the same order give the same answers, so an
 * index is rebuilt after a start by adding the prints of the last `days` days again. */
struct near_answer near_add(struct near_index *ix, int64_t id, int64_t published, const struct near_print *p);
size_t near_held(const struct near_index *ix);  /* articles */
size_t near_bytes(const struct near_index *ix);

#endif
