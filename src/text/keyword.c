/*
 * keyword - runs of syllables counted and set against what came before. Runs do not cross punctuation and
 * neither begin nor end with one of the commonest words.
 */
#include "text/keyword.h"
#include "text/terms.h"
#include "text/viet.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST = 4, GROUND_LOG2 = 19 };

struct keyword_ground {
	uint32_t *cell[2];
	uint64_t runs[LONGEST]; /* of each length */
};

struct run {
	struct str term;    /* as first written, or in lower case */
	struct str key;
	unsigned count, length;
	bool lower, inside;
	double score;
};

struct runs {
	struct arena *mem;
	struct run *v;
	size_t n, cap;
	struct map at;      /* key to 1 + index */
	unsigned total[LONGEST];
};

struct keyword_ground *keyword_ground_new(struct arena *mem)
{
	struct keyword_ground *g = NEW(mem, struct keyword_ground);
	for (int r = 0; r < 2; r++)
		g->cell[r] = NEW_ARRAY(mem, uint32_t, (size_t)1 << GROUND_LOG2);
	return g;
}

static uint32_t *ground_cell(const struct keyword_ground *g, int row, struct str key)
{
	return &g->cell[row][hash64(key.p, key.n, (uint64_t)row + 11) >> (64 - GROUND_LOG2)];
}

static void run_add(struct runs *all, struct str key, struct str written, unsigned length)
{
	int64_t *at = map_at(&all->at, key);
	if (!*at) {
		GROW(all->mem, all->v, all->n, all->cap);
		all->v[all->n] = (struct run){ .term = written, .key = key, .length = length };
		*at = (int64_t)++all->n;
	}
	struct run *r = &all->v[*at - 1];
	r->count++;
	all->total[length - 1]++;
	if (!r->lower && str_eq(written, key)) {
		r->lower = true;
		r->term = written;
	}
}

struct piece { struct term key, written; };

static struct str span(const struct piece *first, const struct piece *last, bool written)
{
	struct str a = written ? first->written.s : first->key.s, b = written ? last->written.s : last->key.s;
	return (struct str){ a.p, (size_t)(b.p + b.n - a.p) };
}

/* All runs that end at the piece just taken; `have` pieces stand before it without a gap, the latest last. */
static void runs_ending(struct runs *all, const struct piece *p, unsigned have)
{
	const struct piece *end = &p[have - 1];
	if (term_is_common(end->key.s))
		return;
	for (unsigned n = 1; n <= have; n++) {
		const struct piece *first = &p[have - n];
		if (term_is_common(first->key.s) || (n == 1 && (first->key.number || first->key.s.n < 2)))
			continue;
		run_add(all, span(first, end, false), span(first, end, true), n);
	}
}

static struct runs runs_of(struct arena *mem, struct str text)
{
	struct runs all = { .mem = mem, .at = map_new(mem) };
	struct str written = viet_nfc(mem, text), key = viet_key(mem, written);
	struct piece p[LONGEST];
	unsigned have = 0;
	for (struct piece now; term_next(&key, &now.key) && term_next(&written, &now.written);) {
		if (now.key.gap)
			have = 0;
		if (have == LONGEST)
			memmove(p, p + 1, --have * sizeof *p);
		p[have++] = now;
		runs_ending(&all, p, have);
	}
	return all;
}

void keyword_ground_add(struct keyword_ground *g, struct arena *scratch, struct str text)
{
	struct arena_mark mark = arena_mark(scratch);
	struct runs all = runs_of(scratch, text);
	for (size_t i = 0; i < all.n; i++) {
		uint32_t *a = ground_cell(g, 0, all.v[i].key), *b = ground_cell(g, 1, all.v[i].key);
		uint32_t now = MIN(*a, *b) + all.v[i].count;
		*a = MAX(*a, now);
		*b = MAX(*b, now);
	}
	for (int n = 0; n < LONGEST; n++)
		g->runs[n] += all.total[n];
	arena_rewind(scratch, mark);
}

static double part(double seen, double expected)
{
	return seen > 0 ? seen * log(seen / expected) : 0;
}

/* Dunning's G2 of `a` among `na` here against `b` among `nb` there; 0 when it is not more frequent here. */
static double likelihood(double a, double na, double b, double nb)
{
	double share = (a + b) / (na + nb);
	if (a / na <= b / nb)
		return 0;
	return 2 * (part(a, na * share) + part(b, nb * share) + part(na - a, na * (1 - share)) + part(nb - b, nb * (1 - share)));
}

/* With little seen before, every run counts as met half a time among two thousand. */
static void runs_score(struct runs *all, const struct keyword_ground *g)
{
	for (size_t i = 0; i < all->n; i++) {
		struct run *r = &all->v[i];
		double before = MIN(*ground_cell(g, 0, r->key), *ground_cell(g, 1, r->key));
		double n = MAX(all->total[r->length - 1], 1u);
		r->score = r->count / n < 1 ? likelihood(r->count, n, before + 0.5, (double)g->runs[r->length - 1] + 2000) : 0;
	}
}

static int best_first(const void *a, const void *b)
{
	const struct run *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return str_cmp(x->key, y->key);
}

/* A run all but always met inside a longer one is that one's part; one longer run of many is not worth it. */
static void runs_nest(struct runs *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct run *whole = &all->v[i];
		if (whole->length < 2 || (whole->count < 2 && whole->length > 2))
			continue;
		struct str rest = whole->key, words[LONGEST];
		struct term t;
		unsigned n = 0;
		while (n < LONGEST && term_next(&rest, &t))
			words[n++] = t.s;
		for (unsigned from = 0; from < n; from++)
			for (unsigned to = from; to < n; to++) {
				struct str key = { words[from].p, (size_t)(words[to].p + words[to].n - words[from].p) };
				const int64_t *at = to - from + 1 < n ? map_get(&all->at, key) : NULL;
				if (at && whole->count * 4 >= all->v[*at - 1].count * 3)
					all->v[*at - 1].inside = true;
			}
	}
}

size_t keyword_pick(struct arena *mem, const struct keyword_ground *g, struct str text, size_t most, struct keyword *ret)
{
	struct runs all = runs_of(mem, text);
	runs_score(&all, g);
	runs_nest(&all);
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, best_first);
	size_t n = 0;
	for (size_t i = 0; i < all.n && n < most; i++) {
		const struct run *r = &all.v[i];
		bool once_and_long = r->count < 2 && r->length > 2;
		if (!r->inside && !once_and_long && r->score > 0)
			ret[n++] = (struct keyword){ r->term, r->score, r->count };
	}
	return n;
}
