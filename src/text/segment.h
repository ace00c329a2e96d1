/*
 * segment - which syllables of a line make a word ("chính_sách"). A dictionary of words gives hints, a linear
 * model over hashed features weighs them, and the best labelling of a whole line is found (two states: begins
 * a word, continues one). The same line and model give the same words on every machine.
 *
 * A segmenter is a view of a model file's bytes (built in, or mapped by the caller), which must outlive it.
 */
#ifndef TEXT_SEGMENT_H
#define TEXT_SEGMENT_H

#include "base/base.h"

struct segmenter {
	const uint32_t *dict;   /* open addressing: fingerprints of words and of their beginnings */
	unsigned dict_bits;
	const int16_t *weights; /* by feature hash */
	unsigned weight_bits;
	uint32_t crc;           /* names the model in logs and records */
};

/* ERR_INPUT when the bytes are no model, of another version, or damaged. 16-byte aligned bytes. */
MUST_USE enum err segmenter_open(struct str bytes, struct segmenter *ret, struct fault *f);
MUST_USE enum err segmenter_builtin(struct segmenter *ret, struct fault *f); /* the model inside the program */

/* Adds the line to `out`: words parted by one space, syllables of a word joined by '_', punctuation apart.
 * `pretokenised`: tokens are what stands between spaces; none is split, dropped or changed. Otherwise the
 * line is cut into tokens first (numbers, addresses and abbreviations stay whole); give it clean text. */
void segment_line(const struct segmenter *s, struct str line, struct text *out, bool pretokenised);

struct str model_segment(void); /* the bytes of models/vi-segment.model as built in */

#endif
