/*
 * segment - features, dictionary matches and the best labelling of a line.
 *
 * Averaged structured perceptron (Collins 2002) over hashed features, two states, Viterbi. The dictionary gives
 * most of the accuracy (92 without, 98 with it); features name runs of syllables around a gap, which words of
 * the dictionary begin and end there, and the shapes of tokens. Each feature has one 16-bit weight: the score of
 * "continues" over "begins".
 */
#include "text/segment.h"

#include "text/segment_model.h"

#include <zlib.h>

enum { PIECE = 768 }; /* from here on the next punctuation ends the piece that is labelled at once */

uint64_t segment_join(uint64_t a, uint64_t b)
{
	a = (a ^ 0x9FB21C651E98DF25u) * 0x9E3779B97F4A7C15u;
	return (a ^ a >> 32) + b;
}

/* ---- the dictionary: bit 0 of an entry says it is a word, not only the beginning of one -------------------- */

uint32_t segment_print(uint64_t hash)
{
	uint32_t f = (uint32_t)((hash * 0xC2B2AE3D27D4EB4Fu) >> 32) & ~1u;
	return f ? f : 2;
}

const uint32_t *segment_slot(const uint32_t *dict, unsigned bits, uint64_t hash)
{
	uint32_t f = segment_print(hash);
	size_t mask = ((size_t)1 << bits) - 1, i = (size_t)(hash * 0x165667B19E3779F9u >> (64 - bits));
	while (dict[i] && (dict[i] & ~1u) != f)
		i = (i + 1) & mask;
	return &dict[i];
}

static uint8_t words_from(const struct segmenter *s, const struct segment_window *w, size_t i)
{
	const struct segment_token *t = &w->t[i + SEGMENT_PAD];
	uint64_t h = t->hash;
	uint8_t found = 0;
	for (size_t n = 2; n <= SEGMENT_WORD_MAX && i + n <= w->n; n++) {
		h = segment_join(h, t[n - 1].hash);
		uint32_t entry = *segment_slot(s->dict, s->dict_bits, h);
		if (!entry)
			break;
		found |= (uint8_t)((entry & 1) << (n - 2));
	}
	return found;
}

static unsigned longest_of(uint8_t words)
{
	return words ? 33u - (unsigned)__builtin_clz(words) : 0;
}

void segment_window_match(const struct segmenter *s, struct segment_window *w)
{
	size_t reach = 0;
	for (size_t i = 0; i < w->n; i++)
		w->t[i + SEGMENT_PAD].words = words_from(s, w, i);
	for (size_t i = 0; i < w->n; i++) {
		struct segment_token *t = &w->t[i + SEGMENT_PAD];
		unsigned n = longest_of(t->words);
		t->longest = i < reach;
		if (i >= reach)
			reach = i + MAX(n, 1u);
		for (unsigned k = 1; k < n; k++)
			t[k].cover = (uint8_t)MAX(t[k].cover, n);
	}
}

/* ---- features -------------------------------------------------------------------------------------------- */

static inline uint32_t feature(unsigned kind, uint64_t x)
{
	x = (x + kind * 0x9E3779B97F4A7C15u) * 0xD1342543DE82EF95u;
	return (uint32_t)((x ^ x >> 31) * 0x2545F4914F6CDD1Du >> 32);
}

void segment_features(const struct segment_window *w, size_t i, struct segment_features *ret)
{
	const struct segment_token *t = &w->t[i + SEGMENT_PAD];
	uint64_t o = t[-3].hash, p = t[-2].hash, a = t[-1].hash, b = t[0].hash, n = t[1].hash;
	uint64_t ab = segment_join(a, b), pa = segment_join(p, a), bn = segment_join(b, n);
	uint64_t pab = segment_join(pa, b), abn = segment_join(ab, n);
	uint32_t two = (t[-1].words & 1u) | (t[-2].words & 1u) << 1 | (t[0].words & 1u) << 2;
	uint32_t three = (t[-2].words >> 1 & 1u) | (t[-1].words >> 1 & 1u) << 1 | (t[-3].words >> 1 & 1u) << 2 | (t[0].words >> 1 & 1u) << 3;
	uint32_t four = (t[-3].words >> 2 & 1u) | (t[-2].words >> 2 & 1u) << 1 | (t[-1].words >> 2 & 1u) << 2;
	uint32_t cover = t->cover | (uint32_t)t->longest << 3, next = t[1].cover | (uint32_t)t[1].longest << 3;
	uint32_t last = t[-1].cover | (uint32_t)t[-1].longest << 3;
	uint32_t shapes = t[-1].shape | (uint32_t)t->shape << 3, around = shapes | (uint32_t)t[-2].shape << 6 | (uint32_t)t[1].shape << 9;
	const uint64_t own[SEGMENT_OWN] = { a, b, ab, pab, abn, pa, bn, p, n, segment_join(p, b), segment_join(a, n),
		segment_join(pab, n), segment_join(o, pab), shapes, around, (uint64_t)around << 32 | two, two | three << 3 | four << 7,
		(uint64_t)two << 8 | cover, cover | next << 4 | last << 8, ab + (two | cover << 3), b + ((uint64_t)(two | cover << 3) << 1),
		a + ((uint64_t)(two | cover << 3) << 1), (uint64_t)shapes << 32 | cover << 3 | two, pab + (three | cover << 4),
		abn + (three | cover << 4 | next << 8), 1 };
	const uint64_t linked[SEGMENT_LINKED] = { 1, ab, b, a, two | three << 3 | four << 7 | cover << 10, shapes, pab };
	for (unsigned k = 0; k < SEGMENT_OWN; k++)
		ret->own[k] = feature(k, own[k]);
	for (unsigned k = 0; k < SEGMENT_LINKED; k++)
		ret->linked[k] = feature(64 + k, linked[k]);
}

/* ---- the best labelling ------------------------------------------------------------------------------------ */

void segment_label(const struct segmenter *s, const struct segment_window *w, bool *joins)
{
	int64_t begin = 0, cont = INT32_MIN; /* best scores that end in each state */
	uint8_t from[SEGMENT_TOKENS]; /* bit 0: state before "begins", bit 1: state before "continues" */
	unsigned shift = 32 - s->weight_bits;
	struct segment_features f;
	joins[0] = false;
	for (size_t i = 1; i < w->n; i++) {
		int32_t own = 0, linked = 0;
		segment_features(w, i, &f);
		for (size_t k = 0; k < SEGMENT_OWN; k++)
			own += s->weights[f.own[k] >> shift];
		for (size_t k = 0; k < SEGMENT_LINKED; k++)
			linked += s->weights[f.linked[k] >> shift];
		int64_t via_begin = begin + own, via_cont = cont + own + linked;
		from[i] = (uint8_t)((cont > begin) | (via_cont > via_begin) << 1);
		begin = MAX(begin, cont);
		cont = MAX(via_begin, via_cont);
	}
	bool state = cont > begin;
	for (size_t i = w->n - 1; i > 0; i--) {
		joins[i] = state;
		state = from[i] >> state & 1;
	}
}

static void window_write(const struct segmenter *s, struct segment_window *w, struct text *out, bool first)
{
	bool joins[SEGMENT_TOKENS];
	segment_window_match(s, w);
	memset(&w->t[w->n + SEGMENT_PAD], 0, SEGMENT_PAD * sizeof w->t[0]);
	segment_label(s, w, joins);
	for (size_t i = 0; i < w->n; i++) {
		if (!first || i)
			text_c(out, joins[i] ? '_' : ' ');
		text_add(out, w->t[i + SEGMENT_PAD].s);
	}
}

void segment_line(const struct segmenter *s, struct str line, struct text *out, bool pretokenised)
{
	struct segment_window w;
	struct str token;
	bool first = true;
	w.n = 0;
	memset(w.t, 0, SEGMENT_PAD * sizeof w.t[0]);
	text_need(out, line.n + line.n / 4);
	while (segment_token_next(&line, pretokenised, &token)) {
		struct segment_token *t = &w.t[w.n++ + SEGMENT_PAD];
		segment_token_read(t, token);
		if (w.n < SEGMENT_TOKENS && (w.n < PIECE || t->shape != SHAPE_PUNCT))
			continue;
		window_write(s, &w, out, first);
		first = false;
		w.n = 0;
	}
	if (w.n)
		window_write(s, &w, out, first);
}

/* ---- the file ------------------------------------------------------------------------------------------------ */

/* A search ends at an empty place, so there must be some. */
static bool has_room(const uint32_t *dict, unsigned bits)
{
	size_t size = (size_t)1 << bits, empty = 0;
	for (size_t i = 0; i < size; i++)
		empty += !dict[i];
	return empty >= size / 4;
}

enum err segmenter_open(struct str bytes, struct segmenter *ret, struct fault *f)
{
	struct segment_header h;
	if (bytes.n < sizeof h || memcmp(bytes.p, "VISEGM\n", 8))
		return FAULT(f, ERR_INPUT, "model.not_a_model", "no segmentation model in %zu bytes", bytes.n);
	memcpy(&h, bytes.p, sizeof h);
	if (h.version != SEGMENT_VERSION)
		return FAULT(f, ERR_INPUT, "model.version", "segmentation model of version %u, this program reads %d", h.version, SEGMENT_VERSION);
	if (h.dict_bits < 4 || h.dict_bits > 24 || h.weight_bits < 4 || h.weight_bits > 24 ||
		bytes.n != sizeof h + ((size_t)4 << h.dict_bits) + ((size_t)2 << h.weight_bits))
		return FAULT(f, ERR_INPUT, "model.damaged", "segmentation model: sections do not fit %zu bytes", bytes.n);
	uint32_t crc = (uint32_t)crc32_z(0, (const Bytef *)bytes.p + sizeof h, bytes.n - sizeof h);
	if (crc != h.crc)
		return FAULT(f, ERR_INPUT, "model.damaged", "segmentation model: checksum %08x, expected %08x", crc, h.crc);
	BUG_IF((uintptr_t)bytes.p % 4);
	const char *dict = bytes.p + sizeof h;
	if (!has_room((const uint32_t *)(const void *)dict, h.dict_bits))
		return FAULT(f, ERR_INPUT, "model.damaged", "segmentation model: the dictionary has no room left");
	*ret = (struct segmenter){ (const uint32_t *)(const void *)dict, h.dict_bits,
		(const int16_t *)(const void *)(dict + ((size_t)4 << h.dict_bits)), h.weight_bits, crc };
	return OK;
}

enum err segmenter_builtin(struct segmenter *ret, struct fault *f)
{
	return segmenter_open(model_segment(), ret, f);
}
