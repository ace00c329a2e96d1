/*
 * vocab - which marked forms a bare syllable may stand for, and which of them was meant here.
 *
 * A chain of bare tokens is read as a first-order model: how often a form is seen, and how often two
 * forms are neighbours; forward-backward gives each form its share (Rabiner 1989), a beam gives phrases.
 * Unseen pairs back off to the single count with PRIOR seen occurrences' worth of doubt.
 */
#include "text/search.h"
#include "text/viet.h"

#include <stdlib.h>

enum { CANDIDATES = 24, CHAIN_MAX = 64 };
#define PRIOR 20.0
#define SHARE_MIN 0.004
#define NOBODY_WRITES 0.002 /* below this part of all its forms, an unmarked one is a slip */

struct vocab vocab_new(struct arena *mem)
{
	return (struct vocab){ .mem = mem, .by_token = map_new(mem), .by_fold = map_new(mem), .pairs = map_new(mem) };
}

static uint32_t word_at(struct vocab *v, struct str token)
{
	const int64_t *known = map_get(&v->by_token, token);
	if (known)
		return (uint32_t)*known;
	GROW(v->mem, v->words, v->n, v->cap);
	token = arena_str(v->mem, token);
	uint32_t id = (uint32_t)++v->n;
	int64_t *first = map_at(&v->by_fold, viet_fold(v->mem, token));
	v->words[id - 1] = (struct vocab_word){ .token = token, .next = (uint32_t)*first };
	*first = id;
	*map_at(&v->by_token, token) = id;
	return id;
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

void vocab_add(struct vocab *v, struct str token, int64_t count)
{
	if (!token.n)
		return;
	uint32_t id = word_at(v, token);
	v->words[id - 1].count += count;
	v->total += count;
}

void vocab_add_pair(struct vocab *v, struct str a, struct str b, int64_t count)
{
	if (a.n && b.n) {
		uint32_t left = word_at(v, a), right = word_at(v, b);
		int64_t *at = map_at_int(&v->pairs, pair_key(left, right));
		if (!*at) {
			GROW(v->mem, v->pair, v->npairs, v->pairs_cap);
			v->pair[v->npairs] = (struct vocab_pair){ left - 1, right - 1, 0 };
			*at = (int64_t)++v->npairs;
		}
		v->pair[*at - 1].count += count;
	}
}

void vocab_add_tokens(struct vocab *v, struct str tokens)
{
	struct str token, last = { 0 };
	while (str_split(&tokens, ' ', &token)) {
		vocab_add(v, token, 1);
		vocab_add_pair(v, last, token, 1);
		last = token;
	}
}

int64_t vocab_count(const struct vocab *v, struct str token)
{
	const int64_t *id = map_get(&v->by_token, token);
	return id ? v->words[*id - 1].count : 0;
}

/* ---- a chain of tokens and the forms each may stand for ------------------------------------------------- */

struct place {
	struct str typed;
	size_t term;               /* of the query */
	uint32_t id[CANDIDATES];   /* words; 0: the typed token itself, which nobody has written yet */
	double in[CANDIDATES], out[CANDIDATES]; /* forward and backward, scaled */
	size_t n;
};

struct chain {
	const struct vocab *v;
	struct place *p;
	size_t n;
};

static int64_t count_of(const struct vocab *v, uint32_t id)
{
	return id ? v->words[id - 1].count : 0;
}

/* Keeps the CANDIDATES most frequent. */
static void candidate_add(const struct vocab *v, struct place *p, uint32_t id)
{
	size_t at = p->n;
	if (at == CANDIDATES && count_of(v, p->id[--at]) >= count_of(v, id))
		return;
	while (at > 0 && count_of(v, p->id[at - 1]) < count_of(v, id)) {
		p->id[at] = p->id[at - 1];
		at--;
	}
	p->id[at] = id;
	p->n = MIN(p->n + 1, (size_t)CANDIDATES);
}

static void place_fill(const struct vocab *v, struct place *p, bool widen)
{
	const int64_t *id = widen ? map_get(&v->by_fold, p->typed) : map_get(&v->by_token, p->typed);
	if (!id)
		p->id[p->n++] = 0;
	for (uint32_t w = id ? (uint32_t)*id : 0; w; w = widen ? v->words[w - 1].next : 0)
		candidate_add(v, p, w);
}

static double chance(const struct vocab *v, uint32_t id)
{
	return ((double)count_of(v, id) + 0.5) / ((double)v->total + 1000);
}

static double chance_after(const struct vocab *v, uint32_t a, uint32_t b)
{
	const int64_t *both = map_get_int(&v->pairs, pair_key(a, b));
	return ((both ? (double)v->pair[*both - 1].count : 0) + PRIOR * chance(v, b)) / ((double)count_of(v, a) + PRIOR);
}

static void scale(double *x, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i];
	for (size_t i = 0; i < n && sum > 0; i++)
		x[i] /= sum;
}

static void forward(struct chain *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct place *p = &c->p[i], *before = p - 1;
		for (size_t k = 0; k < p->n; k++) {
			p->in[k] = i ? 0 : chance(c->v, p->id[k]);
			for (size_t j = 0; i && j < before->n; j++)
				p->in[k] += before->in[j] * chance_after(c->v, before->id[j], p->id[k]);
		}
		scale(p->in, p->n);
	}
}

static void backward(struct chain *c)
{
	for (size_t i = c->n; i-- > 0;) {
		struct place *p = &c->p[i], *after = p + 1;
		for (size_t k = 0; k < p->n; k++) {
			p->out[k] = i + 1 < c->n ? 0 : 1;
			for (size_t j = 0; i + 1 < c->n && j < after->n; j++)
				p->out[k] += after->out[j] * chance_after(c->v, p->id[k], after->id[j]);
		}
		scale(p->out, p->n);
	}
}

static struct str form_of(const struct vocab *v, const struct place *p, size_t k)
{
	return p->id[k] ? v->words[p->id[k] - 1].token : p->typed;
}

/* ---- forms of a term: a beam over its places, which for one token is just its shares ----------------------- */

static int by_weight(const void *a, const void *b)
{
	const struct search_form *x = a, *y = b;
	return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1) : str_cmp(x->tokens, y->tokens);
}

static size_t beam_step(const struct chain *c, struct arena *a, size_t at, struct search_form *beam, size_t n)
{
	struct search_form next[SEARCH_FORMS * CANDIDATES];
	size_t m = 0;
	const struct place *p = &c->p[at];
	double share[CANDIDATES];
	for (size_t k = 0; k < p->n; k++)
		share[k] = p->in[k] * p->out[k];
	scale(share, p->n);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < p->n; k++) {
			struct str token = form_of(c->v, p, k);
			bool first = !beam[i].tokens.n;
			if (share[k] < SHARE_MIN && !str_eq(token, p->typed))
				continue;
			next[m++] = (struct search_form){
				first ? token : str_fmt(a, "%.*s %.*s", FMT(beam[i].tokens), FMT(token)), beam[i].weight * share[k] };
		}
	}
	qsort(next, m, sizeof *next, by_weight);
	m = MIN(m, (size_t)SEARCH_FORMS);
	memcpy(beam, next, m * sizeof *next);
	return m;
}

static void term_forms(const struct chain *c, struct arena *a, struct search_term *t, size_t from, size_t to)
{
	struct search_form beam[SEARCH_FORMS * CANDIDATES] = { { .weight = 1 } };
	size_t n = 1;
	for (size_t i = from; i < to; i++)
		n = beam_step(c, a, i, beam, n);
	bool typed = false;
	for (size_t i = 0; i < n; i++)
		typed = typed || str_eq(beam[i].tokens, t->tokens);
	if (!typed)
		beam[n++] = (struct search_form){ t->tokens, 0 };
	t->forms = NEW_ARRAY(a, struct search_form, n);
	memcpy(t->forms, beam, n * sizeof *beam);
	t->nforms = n;
}

/* All forms of a bare token together; how much of it is the bare form itself. */
static bool is_slip(const struct vocab *v, struct str token)
{
	double all = 0;
	const int64_t *id = map_get(&v->by_fold, token);
	for (uint32_t w = id ? (uint32_t)*id : 0; w; w = v->words[w - 1].next)
		all += (double)count_of(v, w);
	return all > 0 && (double)vocab_count(v, token) < all * NOBODY_WRITES;
}

static bool term_widens(const struct vocab *v, const struct search_query *q, const struct search_term *t)
{
	struct str tokens = t->tokens, token;
	if (!t->bare || q->bare)
		return t->bare;
	while (str_split(&tokens, ' ', &token))
		if (is_slip(v, token))
			return true;
	return false;
}

void vocab_expand(const struct vocab *v, struct arena *a, struct search_query *q)
{
	struct chain c = { v, NEW_ARRAY(a, struct place, CHAIN_MAX), 0 };
	size_t from[SEARCH_TERMS + 1];
	bool widen[SEARCH_TERMS];
	for (size_t t = 0; t < q->n; t++) {
		struct str tokens = q->terms[t].tokens, token;
		widen[t] = term_widens(v, q, &q->terms[t]);
		from[t] = c.n;
		while (c.n < CHAIN_MAX && str_split(&tokens, ' ', &token)) {
			c.p[c.n] = (struct place){ .typed = token, .term = t };
			place_fill(v, &c.p[c.n++], widen[t]);
		}
		widen[t] = widen[t] && !tokens.n && c.n > from[t];
		from[t + 1] = c.n;
	}
	forward(&c);
	backward(&c);
	for (size_t t = 0; t < q->n; t++)
		if (widen[t])
			term_forms(&c, a, &q->terms[t], from[t], from[t + 1]);
}
