/*
 * labels_vectors - what words mean by the company they keep: the strongest directions of the table of headlines with
 * leads by words and pairs of words, weighted by rarity (latent semantic analysis, Deerwester et al. 1990), found by
 * turning a random start again and again through the table (subspace iteration, Halko et al. 2011). Fixed seed and
 * order: the same items give the same vectors.
 */
#include "labels_train.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 6, RAREST = 12, UNITS_MOST = 2 * LABEL_LEAD };

struct unit_count { uint64_t unit; int64_t docs; };

struct corpus {
	struct arena *mem;
	uint64_t *units;    /* of all items, one after another */
	uint32_t *ids;      /* the same as numbers of the vocabulary; UINT32_MAX: none */
	size_t nunits, units_cap, *ends, ndocs, ends_cap;
	float *idf;
	size_t words;
};

static int by_unit(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static int by_docs(const void *a, const void *b)
{
	const struct unit_count *x = a, *y = b;
	return x->docs != y->docs ? (x->docs < y->docs) - (x->docs > y->docs) : (x->unit > y->unit) - (x->unit < y->unit);
}

static void doc_add(struct corpus *c, const struct label_text *t, size_t lead)
{
	uint64_t unit[UNITS_MOST];
	size_t n = label_units(t, lead, unit, UNITS_MOST), kept = 0;
	qsort(unit, n, sizeof *unit, by_unit);
	for (size_t i = 0; i < n; i++)
		if (!i || unit[i] != unit[i - 1])
			unit[kept++] = unit[i];
	for (size_t i = 0; i < kept; i++) {
		GROW(c->mem, c->units, c->nunits, c->units_cap);
		c->units[c->nunits++] = unit[i];
	}
	GROW(c->mem, c->ends, c->ndocs, c->ends_cap);
	c->ends[c->ndocs++] = c->nunits;
}

static void stream_read(struct corpus *c, char *file)
{
	struct items in = { .lines = lines_open(c->mem, &file, 1) };
	struct arena scratch = { 0 };
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		if (error)
			continue;
		struct str field[FIELDS] = { viet_nfc(&scratch, item.title), viet_nfc(&scratch, item.summary), S("") };
		struct label_text t = label_text_of(&scratch, field);
		doc_add(c, &t, MIN(t.n, (size_t)LABEL_LEAD));
	}
	arena_done(&scratch);
	lines_close(in.lines);
}

/* The commonest words that are not in every fourth item get a number; the slots lead to it. */
static void vocabulary(struct corpus *c, struct label_slot *slots)
{
	struct map docs = map_new(c->mem);
	for (size_t i = 0; i < c->nunits; i++)
		++*map_at_int(&docs, c->units[i]);
	struct unit_count *all = NEW_ARRAY(c->mem, struct unit_count, docs.n);
	size_t n = 0;
	for (size_t i = 0; i < docs.cap; i++)
		if (docs.slots[i].hash && docs.slots[i].value >= RAREST && docs.slots[i].value < (int64_t)c->ndocs / 4)
			n++;
	n = 0;
	for (size_t i = 0; i < c->nunits; i++) {
		int64_t *seen = map_at_int(&docs, c->units[i]);
		if (*seen >= RAREST && *seen < (int64_t)c->ndocs / 4)
			all[n++] = (struct unit_count){ c->units[i], *seen };
		*seen = 0;
	}
	qsort(all, n, sizeof *all, by_docs);
	c->words = MIN(n, (size_t)LABEL_VECTORS);
	c->idf = NEW_ARRAY(c->mem, float, c->words);
	for (size_t i = 0, w = 0; i < n && w < c->words; i++) {
		struct label_slot *s = &slots[label_slot_find(slots, all[i].unit)];
		if (s->print) /* the fingerprint is another word's already */
			continue;
		*s = (struct label_slot){ label_slot_print(all[i].unit), (uint32_t)w };
		c->idf[w++] = logf((float)c->ndocs / (float)all[i].docs);
	}
	c->ids = NEW_ARRAY(c->mem, uint32_t, c->nunits);
	for (size_t i = 0; i < c->nunits; i++) {
		const struct label_slot *s = &slots[label_slot_find(slots, c->units[i])];
		c->ids[i] = s->print ? s->vector : UINT32_MAX;
	}
}

/* v becomes (table' table) v. */
static void turn(const struct corpus *c, float (*v)[LABEL_DIM], float (*next)[LABEL_DIM])
{
	memset(next, 0, c->words * sizeof *next);
	for (size_t d = 0, i = 0; d < c->ndocs; d++) {
		float y[LABEL_DIM] = { 0 }, length = 0;
		size_t from = i;
		for (; i < c->ends[d]; i++) {
			if (c->ids[i] == UINT32_MAX)
				continue;
			float x = c->idf[c->ids[i]];
			length += x * x;
			for (int k = 0; k < LABEL_DIM; k++)
				y[k] += x * v[c->ids[i]][k];
		}
		for (size_t j = from; j < i && length > 0; j++) {
			if (c->ids[j] == UINT32_MAX)
				continue;
			float x = c->idf[c->ids[j]] / length;
			for (int k = 0; k < LABEL_DIM; k++)
				next[c->ids[j]][k] += x * y[k];
		}
	}
}

/* Columns of length 1 and square to each other; ret_length: what they were (Gram and Schmidt, twice for safety). */
static void square_up(float (*v)[LABEL_DIM], size_t n, double ret_length[LABEL_DIM])
{
	for (int k = 0; k < LABEL_DIM; k++) {
		for (int j = 0; j < k; j++) {
			double dot = 0;
			for (size_t i = 0; i < n; i++)
				dot += (double)v[i][k] * v[i][j];
			for (size_t i = 0; i < n; i++)
				v[i][k] -= (float)(dot * v[i][j]);
		}
		double length = 0;
		for (size_t i = 0; i < n; i++)
			length += (double)v[i][k] * v[i][k];
		ret_length[k] = sqrt(length);
		for (size_t i = 0; i < n; i++)
			v[i][k] /= (float)MAX(ret_length[k], 1e-12);
	}
}

size_t train_vectors(struct arena *mem, char *stream, struct label_slot *slots, int8_t (*ret)[LABEL_DIM])
{
	struct corpus c = { .mem = mem };
	stream_read(&c, stream);
	vocabulary(&c, slots);
	fprintf(stderr, "%zu items, %zu words with a vector\n", c.ndocs, c.words);
	float (*v)[LABEL_DIM] = arena_array(mem, c.words, sizeof *v), (*next)[LABEL_DIM] = arena_array(mem, c.words, sizeof *next);
	struct rng r = { 20250701 };
	for (size_t i = 0; i < c.words; i++)
		for (int k = 0; k < LABEL_DIM; k++)
			v[i][k] = (float)(rng_unit(&r) - 0.5);
	double length[LABEL_DIM];
	for (int round = 0; round < ROUNDS; round++) {
		turn(&c, v, next);
		memcpy(v, next, c.words * sizeof *v);
		square_up(v, c.words, length);
	}
	double square = 0;
	for (size_t i = 0; i < c.words; i++)
		for (int k = 0; k < LABEL_DIM; k++) {
			v[i][k] *= c.idf[i] / (float)sqrt(length[k]); /* directions weigh alike: their lengths are squared deviations */
			square += (double)v[i][k] * v[i][k];
		}
	double scale = 127 / (5 * sqrt(square / (double)(c.words * LABEL_DIM)));
	for (size_t i = 0; i < c.words; i++)
		for (int k = 0; k < LABEL_DIM; k++)
			ret[i][k] = (int8_t)MAX(-127, MIN(127, lround(v[i][k] * scale)));
	return c.words;
}
