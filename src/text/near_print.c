/*
 * near_print - making, writing and comparing fingerprints. Hash values are the same on every machine and
 * in every run, for prints outlive both; the written form is little-endian with no padding.
 */
#include "text/near.h"
#include "text/terms.h"
#include "text/viet.h"

#include <stdlib.h>

enum { SPAN = 3, FEWEST_CITED = 12 };

/* Shares below which two articles are told apart. An estimate from 64 values strays by 0.05 or so. */
static const double SAME = 0.90, COPY = 0.43, WHOLE = 0.80, CITED = 0.15;
/* A headline and a lead have few shingles; one agency phrase must not make two of them one. */
static const double COPY_SHORT = 0.60;
enum { SHORT = 40 };

/* Under COPY, but alike from end to end, or one from end to end in much of the other: every word in five
 * changed leaves half of the shingles, and what is cited stands together. */
static const double SPREAD = 0.24, WITHIN = 0.22, WITHIN_SHARE = 0.42;
enum { LONG = 100, PARTS = 8, MOST_PARTS = 7, HALF_PARTS = 5 };

struct shingle { uint64_t h; uint32_t at; };

static int by_value(const void *a, const void *b)
{
	const struct shingle *x = a, *y = b;
	return (x->h > y->h) - (x->h < y->h);
}

struct shingles {
	struct shingle *v;      /* distinct, each at its first place */
	uint32_t *slot;         /* 1 + index, open addressing */
	size_t n, cap, slots, terms;
	struct arena *mem;
};

static uint32_t *shingle_slot(const struct shingles *all, uint64_t h)
{
	size_t i = h & (all->slots - 1);
	while (all->slot[i] && all->v[all->slot[i] - 1].h != h)
		i = (i + 1) & (all->slots - 1);
	return &all->slot[i];
}

static void slots_widen(struct shingles *all)
{
	all->slots = all->slots ? all->slots * 4 : 1024;
	all->slot = NEW_ARRAY(all->mem, uint32_t, all->slots);
	for (size_t i = 0; i < all->n; i++)
		*shingle_slot(all, all->v[i].h) = (uint32_t)i + 1;
}

static void shingle_add(struct shingles *all, uint64_t h)
{
	if (all->n * 2 >= all->slots)
		slots_widen(all);
	uint32_t *slot = shingle_slot(all, h);
	if (*slot)
		return;
	GROW(all->mem, all->v, all->n, all->cap);
	all->v[all->n++] = (struct shingle){ h, (uint32_t)all->terms };
	*slot = (uint32_t)all->n;
}

/* Triples do not reach from the title into the text, so that a headline repeated in a body costs little. */
static void shingles_of(struct shingles *all, struct str s)
{
	struct str rest = viet_fold(all->mem, s);
	struct term t;
	uint64_t last[SPAN] = { 0 };
	size_t n = 0;
	for (; term_next(&rest, &t); n++, all->terms++) {
		last[0] = last[1];
		last[1] = last[2];
		last[2] = hash_str(t.s);
		if (n + 1 >= SPAN)
			shingle_add(all, hash_mix(last[0] ^ hash_mix(last[1] ^ hash_mix(last[2]))));
	}
	if (n && n < SPAN)
		shingle_add(all, hash_mix(last[1] ^ hash_mix(last[2] + n)));
}

/* Brings the smallest to the front in order, NEAR_LOW of them and some more; hashes are spread evenly, so
 * a bound twice as high as expected holds enough, or one that is doubled again. */
static size_t smallest_first(struct shingle *v, size_t n)
{
	size_t kept = 0, want = MIN(n, (size_t)NEAR_LOW + 8); /* more: some may be alike in 32 bits */
	for (uint64_t share = n; kept < want; share /= 2) {
		uint64_t bound = share > 4 * NEAR_LOW ? UINT64_MAX / share * 2 * NEAR_LOW : UINT64_MAX;
		kept = 0;
		for (size_t i = 0; i < n; i++)
			if (v[i].h <= bound) {
				struct shingle x = v[kept];
				v[kept++] = v[i];
				v[i] = x;
			}
	}
	qsort(v, kept, sizeof *v, by_value);
	return kept;
}

struct near_print near_print_of(struct arena *scratch, struct str title, struct str text)
{
	struct near_print p = { 0 };
	struct arena_mark mark = arena_mark(scratch);
	struct shingles all = { .mem = scratch };
	shingles_of(&all, title);
	shingles_of(&all, text);
	size_t n = all.n ? smallest_first(all.v, all.n) : 0;
	p.shingles = (uint32_t)all.n;
	for (size_t i = 0; i < n && p.nlow < NEAR_LOW; i++) {
		uint32_t top = (uint32_t)(all.v[i].h >> 32);
		if (p.nlow && p.low[p.nlow - 1] == top) {
			p.shingles--; /* two hashes alike in 32 bits count as one, so that small counts stay exact */
			continue;
		}
		p.at[p.nlow] = (uint8_t)((uint64_t)all.v[i].at * 256 / (all.terms + 1));
		p.low[p.nlow++] = top;
	}
	arena_rewind(scratch, mark);
	return p;
}

static unsigned char *put16(unsigned char *at, uint16_t v)
{
	at[0] = (unsigned char)v;
	at[1] = (unsigned char)(v >> 8);
	return at + 2;
}

static unsigned char *put32(unsigned char *at, uint32_t v)
{
	return put16(put16(at, (uint16_t)v), (uint16_t)(v >> 16));
}

static uint16_t get16(const unsigned char *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

void near_print_write(const struct near_print *p, unsigned char ret[NEAR_PRINT_BYTES])
{
	unsigned char *at = put16(put32(ret, p->shingles), p->nlow);
	for (int i = 0; i < NEAR_LOW; i++)
		at = put32(at, p->low[i]);
	memcpy(at, p->at, NEAR_LOW);
}

enum err near_print_read(struct str bytes, struct near_print *ret, struct fault *fault)
{
	const unsigned char *at = (const unsigned char *)bytes.p;
	if (bytes.n != NEAR_PRINT_BYTES)
		return FAULT(fault, ERR_INPUT, "near.print", "a print has %d bytes, not %zu", NEAR_PRINT_BYTES, bytes.n);
	struct near_print p = { .shingles = get32(at), .nlow = get16(at + 4) };
	at += 6;
	if (p.nlow > NEAR_LOW || p.nlow > p.shingles || (p.shingles && !p.nlow))
		return FAULT(fault, ERR_INPUT, "near.print", "%u shingles cannot give %u values", p.shingles, p.nlow);
	for (int i = 0; i < NEAR_LOW; i++, at += 4) {
		p.low[i] = get32(at);
		if (i < p.nlow ? i && p.low[i] <= p.low[i - 1] : p.low[i] != 0)
			return FAULT(fault, ERR_INPUT, "near.print", "value %d is out of order", i);
	}
	memcpy(p.at, at, NEAR_LOW);
	*ret = p;
	return OK;
}

struct overlap {
	double share;           /* Jaccard */
	unsigned parts[2];      /* one bit for each eighth of the one and the other text that holds something shared */
};

/* The share of the union that stands in both, among hashes small enough to be in either sketch whole. */
static struct overlap overlap_of(const struct near_print *a, const struct near_print *b)
{
	struct overlap r = { 0 };
	uint32_t last = UINT32_MAX;
	if (a->shingles > a->nlow)
		last = MIN(last, a->low[a->nlow - 1]);
	if (b->shingles > b->nlow)
		last = MIN(last, b->low[b->nlow - 1]);
	unsigned i = 0, j = 0, both = 0, any = 0;
	while (i < a->nlow || j < b->nlow) {
		uint64_t x = i < a->nlow ? a->low[i] : UINT64_MAX, y = j < b->nlow ? b->low[j] : UINT64_MAX;
		if (MIN(x, y) > last)
			break;
		if (x == y) {
			r.parts[0] |= 1u << (a->at[i] * PARTS / 256);
			r.parts[1] |= 1u << (b->at[j] * PARTS / 256);
			both++;
		}
		i += x <= y;
		j += y <= x;
		any++;
	}
	r.share = any ? (double)both / any : 0;
	return r;
}

static bool is_spread(const struct overlap *o, double contained)
{
	int a = __builtin_popcount(o->parts[0]), b = __builtin_popcount(o->parts[1]);
	if (o->share >= SPREAD && MIN(a, b) >= MOST_PARTS)
		return true;
	return o->share >= WITHIN && contained >= WITHIN_SHARE && MAX(a, b) == PARTS && MIN(a, b) >= HALF_PARTS;
}

struct near_answer near_compare(const struct near_print *later, const struct near_print *earlier)
{
	struct near_answer r = { NEAR_OTHER };
	if (!later->shingles || !earlier->shingles)
		return r;
	struct overlap o = overlap_of(later, earlier);
	double na = later->shingles, nb = earlier->shingles, few = MIN(na, nb);
	r.similarity = o.share;
	double shared = r.similarity * (na + nb) / (1 + r.similarity);
	r.contained = MIN(1.0, shared / few);
	if (r.similarity >= SAME)
		r.kind = NEAR_SAME;
	else if (r.similarity >= (few < SHORT ? COPY_SHORT : COPY))
		r.kind = nb * 1.25 < na && shared >= WHOLE * nb ? NEAR_EXTENDED : NEAR_EDITED;
	else if (few >= SHORT && r.contained >= WHOLE)
		r.kind = na > nb ? NEAR_EXTENDED : NEAR_EDITED;
	else if (few >= LONG && is_spread(&o, r.contained))
		r.kind = NEAR_EDITED;
	else if (shared >= FEWEST_CITED && r.contained >= CITED)
		r.kind = NEAR_CITES;
	return r;
}

const char *near_kind_name(enum near_kind kind)
{
	static const char *const name[] = { "other", "cites", "extended", "edited", "same" };
	return name[kind];
}
