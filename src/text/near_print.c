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
static const double SAME = 0.90, COPY = 0.40, WHOLE = 0.80, CITED = 0.15;
/* A headline and a lead have few shingles; one agency phrase must not make two of them one. */
static const double COPY_SHORT = 0.60;
enum { SHORT = 40 };

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

struct shingles {
	uint64_t *v;
	size_t n, cap;
	struct arena *mem;
};

static void shingle_add(struct shingles *all, uint64_t h)
{
	GROW(all->mem, all->v, all->n, all->cap);
	all->v[all->n++] = h;
}

/* Triples do not reach from the title into the text, so that a headline repeated in a body costs little. */
static void shingles_of(struct shingles *all, struct str s)
{
	struct str rest = viet_fold(all->mem, s);
	struct term t;
	uint64_t last[SPAN] = { 0 };
	size_t n = 0;
	for (; term_next(&rest, &t); n++) {
		last[0] = last[1];
		last[1] = last[2];
		last[2] = hash_str(t.s);
		if (n + 1 >= SPAN)
			shingle_add(all, hash_mix(last[0] ^ hash_mix(last[1] ^ hash_mix(last[2]))));
	}
	if (n && n < SPAN)
		shingle_add(all, hash_mix(last[1] ^ hash_mix(last[2] + n)));
}

static size_t sort_distinct(uint64_t *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (!i || v[i] != v[i - 1])
			v[kept++] = v[i];
	return kept;
}

/* An empty bin takes the value of a full one, chosen by a hash of its own number and the try. */
static void bins_fill(struct near_print *p, const bool full[NEAR_BINS])
{
	uint16_t own[NEAR_BINS];
	memcpy(own, p->bin, sizeof own);
	for (unsigned b = 0; b < NEAR_BINS; b++) {
		unsigned at = b;
		for (unsigned round = 1; !full[at]; round++)
			at = (unsigned)(hash_mix((uint64_t)b << 32 | round) % NEAR_BINS);
		p->bin[b] = own[at];
	}
}

static void bins_of(struct near_print *p, const uint64_t *v, size_t n)
{
	uint64_t least[NEAR_BINS];
	bool full[NEAR_BINS] = { false };
	for (size_t i = 0; i < n; i++) {
		uint64_t h = hash_mix(v[i] + 0x9e3779b97f4a7c15u);
		unsigned b = h >> 57;
		uint64_t value = h << 7;
		if (!full[b] || value < least[b])
			least[b] = value;
		full[b] = true;
	}
	for (unsigned b = 0; b < NEAR_BINS; b++)
		p->bin[b] = full[b] ? (uint16_t)(hash_mix(least[b]) >> 48) : 0;
	bins_fill(p, full);
}

struct near_print near_print_of(struct arena *scratch, struct str title, struct str text)
{
	struct near_print p = { 0 };
	struct arena_mark mark = arena_mark(scratch);
	struct shingles all = { .mem = scratch };
	shingles_of(&all, title);
	shingles_of(&all, text);
	size_t n = all.n ? sort_distinct(all.v, all.n) : 0;
	p.shingles = (uint32_t)n;
	for (size_t i = 0; i < n && p.nlow < NEAR_LOW; i++) {
		uint32_t top = (uint32_t)(all.v[i] >> 32);
		if (!p.nlow || p.low[p.nlow - 1] != top)
			p.low[p.nlow++] = top;
		else
			p.shingles--; /* two hashes alike in 32 bits count as one, so that small counts stay exact */
	}
	if (n)
		bins_of(&p, all.v, n);
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
	for (int i = 0; i < NEAR_BINS; i++)
		at = put16(at, p->bin[i]);
	for (int i = 0; i < NEAR_LOW; i++)
		at = put32(at, p->low[i]);
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
	for (int i = 0; i < NEAR_BINS; i++, at += 2)
		p.bin[i] = get16(at);
	for (int i = 0; i < NEAR_LOW; i++, at += 4) {
		p.low[i] = get32(at);
		if (i < p.nlow ? i && p.low[i] <= p.low[i - 1] : p.low[i] != 0)
			return FAULT(fault, ERR_INPUT, "near.print", "value %d is out of order", i);
	}
	*ret = p;
	return OK;
}

/* The share of the union that stands in both, among hashes small enough to be in either sketch whole. */
static double jaccard(const struct near_print *a, const struct near_print *b)
{
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
		i += x <= y;
		j += y <= x;
		both += x == y;
		any++;
	}
	return any ? (double)both / any : 0;
}

struct near_answer near_compare(const struct near_print *later, const struct near_print *earlier)
{
	struct near_answer r = { NEAR_OTHER };
	if (!later->shingles || !earlier->shingles)
		return r;
	double na = later->shingles, nb = earlier->shingles, few = MIN(na, nb);
	r.similarity = jaccard(later, earlier);
	double shared = r.similarity * (na + nb) / (1 + r.similarity);
	r.contained = MIN(1.0, shared / few);
	if (r.similarity >= SAME)
		r.kind = NEAR_SAME;
	else if (r.similarity >= (few < SHORT ? COPY_SHORT : COPY))
		r.kind = nb * 1.25 < na && shared >= WHOLE * nb ? NEAR_EXTENDED : NEAR_EDITED;
	else if (few >= SHORT && r.contained >= WHOLE)
		r.kind = na > nb ? NEAR_EXTENDED : NEAR_EDITED;
	else if (shared >= FEWEST_CITED && r.contained >= CITED)
		r.kind = NEAR_CITES;
	return r;
}

const char *near_kind_name(enum near_kind kind)
{
	static const char *const name[] = { "other", "cites", "extended", "edited", "same" };
	return name[kind];
}
