/*
 * cluster_vector - an article as a vector: its words and adjacent pairs, weighed by how rare they are in
 * the press of late. Vectors are frozen when made; the store keeps their bytes (one for the number of
 * terms, then four and one a term, little-endian).
 */
#include "text/cluster_inner.h"
#include "text/terms.h"
#include "text/viet.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST_WORDS = 400, TITLE_TIMES = 3, ROOM = 4096 };

static const double FADE_DAYS = 90, PAIR = 0.9, NUMBER = 0.75, NAME = 1.6, UNSEEN = 290;

/* ---- words and pairs, counted ------------------------------------------------------------------ */

struct bag {
	struct feature *v;
	uint16_t slot[ROOM]; /* 1 + index */
	size_t n, words;
};

static float kind_weight(struct str word, bool number, bool name)
{
	return (float)(number ? NUMBER : name ? NAME : 1.0);
}

static void bag_add(struct bag *b, struct str word, struct str next, float count)
{
	uint64_t h = hash64(word.p, word.n, 1);
	if (next.n)
		h = hash_mix(h ^ hash64(next.p, next.n, 2));
	uint32_t f = (uint32_t)(h >> 32) ? (uint32_t)(h >> 32) : 1;
	size_t i = f & (ROOM - 1); /* by what it is known by later, so that no vector has a word twice */
	while (b->slot[i] && b->v[b->slot[i] - 1].f != f)
		i = (i + 1) & (ROOM - 1);
	if (!b->slot[i]) {
		b->v[b->n] = (struct feature){ f, 0, word, next };
		b->slot[i] = (uint16_t)++b->n;
	}
	b->v[b->slot[i] - 1].weight += count;
}

static bool is_upper_start(struct str s)
{
	uint32_t cp;
	return utf8_next(&s, &cp) && viet_letter(cp)->upper;
}

/* The same text twice, as written and as compared: cut at the same places, so names can be told. */
static void bag_text(struct bag *b, struct arena *mem, struct str s, float times)
{
	struct str shown = viet_nfc(mem, s), lower = viet_key(mem, shown);
	struct term was = { 0 }, t, as_written;
	bool was_common = true, was_name = false, first = true;
	while (b->words < FIRST_WORDS && term_next(&lower, &t)) {
		bool name = term_next(&shown, &as_written) && is_upper_start(as_written.s) && !first && !t.gap;
		bool plain = term_is_common(t.s);
		if (!plain)
			bag_add(b, t.s, S(""), times * kind_weight(t.s, t.number, name));
		if (was.s.n && !t.gap && !(plain && was_common))
			bag_add(b, was.s, t.s, times * (float)(PAIR * (plain || was_common ? 0.5 : 1.0)) * kind_weight(t.s, false, name && was_name));
		was = t;
		was_common = plain;
		was_name = name;
		first = false;
		b->words++;
	}
}

struct features cluster_features_of(struct arena *mem, const struct cluster_item *item)
{
	struct bag *b = NEW(mem, struct bag);
	b->v = NEW_ARRAY(mem, struct feature, 2 * FIRST_WORDS + 2);
	bag_text(b, mem, item->title, TITLE_TIMES);
	bag_text(b, mem, item->summary, 1);
	bag_text(b, mem, item->text, 1);
	return (struct features){ b->v, b->n };
}

/* ---- how common a term is ------------------------------------------------------------------------ */

void term_counts_init(struct counts *k, struct arena *mem, unsigned log2)
{
	k->log2 = log2;
	for (int r = 0; r < 2; r++)
		k->cell[r] = NEW_ARRAY(mem, float, (size_t)1 << log2);
}

static float *counts_cell(const struct counts *k, int row, uint32_t f)
{
	uint64_t h = hash_mix(f + ((uint64_t)row << 40));
	return &k->cell[row][h >> (64 - k->log2)];
}

static double counts_get(const struct counts *k, uint32_t f)
{
	return MIN(*counts_cell(k, 0, f), *counts_cell(k, 1, f));
}

/* One document today is worth more than one long ago; the money is changed before it grows too large. */
static double money_at(const struct counts *k, int64_t at)
{
	double days = (double)(at - k->zero) / 86400.0;
	return exp(MIN(MAX(days, -2000.0), 2000.0) / FADE_DAYS);
}

static void money_change(struct counts *k, int64_t at)
{
	double by = 1.0 / money_at(k, at);
	for (int r = 0; r < 2; r++)
		for (size_t i = 0; i < (size_t)1 << k->log2; i++)
			k->cell[r][i] = (float)(k->cell[r][i] * by);
	k->total *= by;
	k->zero = at;
}

void term_counts_add(struct counts *k, const struct features *all, int64_t at)
{
	if (k->total <= 0)
		k->zero = at;
	if (at - k->zero > (int64_t)FADE_DAYS * 86400 * 8)
		money_change(k, at);
	float one = (float)money_at(k, at);
	for (size_t i = 0; i < all->n; i++) {
		float now = (float)counts_get(k, all->v[i].f) + one;
		for (int r = 0; r < 2; r++) {
			float *cell = counts_cell(k, r, all->v[i].f);
			*cell = MAX(*cell, now);
		}
	}
	k->total += one;
}

/* A small stream starts as if UNSEEN documents without any of its terms had been seen. */
void cluster_features_weigh(const struct counts *k, struct features *all, int64_t at)
{
	double one = k->total > 0 ? money_at(k, at) : 1, documents = k->total / one + UNSEEN;
	for (size_t i = 0; i < all->n; i++) {
		struct feature *f = &all->v[i];
		double in = counts_get(k, f->f) / one;
		f->weight = (float)((1 + log((double)f->weight + 0.2)) * log(documents / (in + 0.5)));
		if (!(f->weight > 0))
			f->weight = 0;
	}
}

/* ---- vectors --------------------------------------------------------------------------------------- */

static int heavier_first(const void *a, const void *b)
{
	const struct feature *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->f > y->f) - (x->f < y->f);
}

static void vec_sort(struct vec_room *v, unsigned n)
{
	for (unsigned i = 1; i < n; i++) {
		uint32_t f = v->f[i];
		uint8_t w = v->w[i];
		unsigned j = i;
		for (; j && v->f[j - 1] > f; j--) {
			v->f[j] = v->f[j - 1];
			v->w[j] = v->w[j - 1];
		}
		v->f[j] = f;
		v->w[j] = w;
	}
}

static void vec_measure(struct vec *v)
{
	v->norm2 = 0;
	for (unsigned i = 0; i < v->n; i++)
		v->norm2 += (uint32_t)v->w[i] * v->w[i];
}

struct vec cluster_vec_of(struct features *all, struct vec_room *room)
{
	struct vec v = { room->f, room->w, 0, 0 };
	qsort(all->v, all->n, sizeof *all->v, heavier_first);
	double sum = 0;
	size_t n = MIN(all->n, (size_t)CLUSTER_TERMS);
	for (size_t i = 0; i < n; i++)
		sum += (double)all->v[i].weight * all->v[i].weight;
	double scale = sum > 0 ? 255 / sqrt(sum) : 0;
	for (size_t i = 0; i < n; i++) {
		double w = floor(all->v[i].weight * scale + 0.5);
		if (w < 1)
			break;
		room->f[v.n] = all->v[i].f;
		room->w[v.n++] = (uint8_t)MIN(w, 255.0);
	}
	vec_sort(room, v.n);
	vec_measure(&v);
	return v;
}

struct str cluster_vec_write(const struct vec *v, struct arena *mem)
{
	unsigned char *p = arena_raw(mem, 1 + (size_t)v->n * 5), *at = p;
	*at++ = v->n;
	for (unsigned i = 0; i < v->n; i++, at += 5) {
		for (int b = 0; b < 4; b++)
			at[b] = (unsigned char)(v->f[i] >> 8 * b);
		at[4] = v->w[i];
	}
	return (struct str){ (const char *)p, (size_t)(at - p) };
}

bool cluster_vec_read(struct str bytes, struct vec_room *room, struct vec *ret)
{
	struct vec v = { room->f, room->w, 0, 0 };
	const unsigned char *p = (const unsigned char *)bytes.p;
	if (!bytes.n || p[0] > CLUSTER_TERMS || bytes.n != 1 + (size_t)p[0] * 5)
		return false;
	v.n = *p++;
	for (unsigned i = 0; i < v.n; i++, p += 5) {
		room->f[i] = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		room->w[i] = p[4];
		if (!v.w[i] || !v.f[i] || (i && v.f[i] <= v.f[i - 1]))
			return false;
	}
	vec_measure(&v);
	*ret = v;
	return true;
}

bool cluster_vector_sound(struct str bytes)
{
	struct vec_room room;
	struct vec v;
	return cluster_vec_read(bytes, &room, &v);
}

/* ---- one vector against many ------------------------------------------------------------------------ */

void cluster_probe(struct probe *q, const struct vec *v)
{
	q->v = v;
	memset(q->slot, 0, sizeof q->slot);
	for (unsigned k = 0; k < v->n; k++) {
		unsigned i = v->f[k] % COUNT(q->slot);
		while (q->slot[i])
			i = (i + 1) % COUNT(q->slot);
		q->slot[i] = (uint8_t)(k + 1);
	}
}

unsigned cluster_probe_find(const struct probe *q, uint32_t f)
{
	unsigned i = f % COUNT(q->slot);
	for (; q->slot[i]; i = (i + 1) % COUNT(q->slot))
		if (q->v->f[q->slot[i] - 1] == f)
			return q->slot[i] - 1u;
	return CLUSTER_TERMS;
}

uint32_t cluster_probe_dot(const struct probe *q, const struct vec *v)
{
	uint32_t sum = 0;
	for (unsigned i = 0; i < v->n; i++) {
		if (!q->slot[v->f[i] % COUNT(q->slot)])
			continue;
		unsigned k = cluster_probe_find(q, v->f[i]);
		if (k < CLUSTER_TERMS)
			sum += (uint32_t)q->v->w[k] * v->w[i];
	}
	return sum;
}
