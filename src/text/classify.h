/*
 * classify - four answers (scope, tone, stance, topic) of one hashed linear model.
 *
 * Features are one- and two-token words of title and lead and the cues found, hashed into 2^16 rows of 24
 * int8 weights. Each answer is a softmax over its classes, its temperature fitted on parts held out.
 * File: struct classify_head, then the rows; CRC-32 of everything after the crc field. Little-endian.
 */
#ifndef TEXT_CLASSIFY_H
#define TEXT_CLASSIFY_H

#include "text/phrase.h"

enum { CLASSIFY_ROWS = 1 << 16, CLASSIFY_WIDE = 24, CLASSIFY_FEATURES = 2048, CLASSIFY_HEADS = 4 };
extern const int classify_from[CLASSIFY_HEADS + 1]; /* columns of each head: scope, tone, stance, topic */

struct classify_head {
	char magic[8];
	uint32_t crc, version;
	float scale[CLASSIFY_WIDE], bias[CLASSIFY_WIDE];
	float temperature[CLASSIFY_HEADS], sure[CLASSIFY_HEADS];
	char name[32];
};

struct features { uint32_t v[CLASSIFY_FEATURES]; size_t n; };

void features_text(struct features *f, const struct tokens *t, bool title, size_t most);
void features_mark(struct features *f, unsigned group, int id); /* a cue, or that a place is named … */

struct classifier { struct classify_head head; const int8_t *rows; };
MUST_USE enum err classify_read(struct str bytes, struct classifier *ret, struct fault *f); /* ERR_INPUT: damaged */
void classify_scores(const struct classifier *c, const struct features *f, float ret_p[CLASSIFY_WIDE]); /* probabilities */
void classify_softmax(float *v, int from, int to, float temperature);

#endif
