/*
 * summary - central sentences, no two alike.
 */
#include "text/summary.h"
#include "text/sentence.h"
#include "text/terms.h"
#include "text/viet.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>

enum { OF_EACH = 40, OF_ALL = 400, FEWEST_WORDS = 6, MOST_WORDS = 70, STEPS = 30, WORDS = 64 };

static const double STAY = 0.15, LIKE = 0.10, LEAD = 0.5, TITLE = 0.5, SAME = 0.55, REPEAT = 0.7;

struct line {
	size_t article, place;   /* order within the article */
	struct str s;
	uint32_t word[WORDS];    /* numbers of its words and pairs */
	uint8_t times[WORDS];
	unsigned n, words;
	double norm, rank, weight;
	bool taken;
};

struct page {
	struct arena *mem;
	struct line *v;
	size_t n;
	struct map number;       /* word to 1 + its number */
	unsigned *in;            /* how many sentences have it */
	size_t nwords, in_cap;
	float *like;
};

static void line_word(struct page *p, struct line *l, struct str word)
{
	int64_t *at = map_at(&p->number, word);
	if (!*at) {
		GROW(p->mem, p->in, p->nwords, p->in_cap);
		p->in[p->nwords] = 0;
		*at = (int64_t)++p->nwords;
	}
	uint32_t w = (uint32_t)*at - 1;
	for (unsigned i = 0; i < l->n; i++)
		if (l->word[i] == w) {
			l->times[i] += l->times[i] < 255;
			return;
		}
	if (l->n == WORDS)
		return;
	l->word[l->n] = w;
	l->times[l->n++] = 1;
	p->in[w]++;
}

static void line_read(struct page *p, struct line *l)
{
	struct str key = viet_key(p->mem, l->s);
	struct term t, was = { 0 };
	for (bool was_common = true; term_next(&key, &t); was = t) {
		bool plain = term_is_common(t.s);
		if (!plain)
			line_word(p, l, t.s);
		if (!plain && !was_common && !t.gap)
			line_word(p, l, (struct str){ was.s.p, (size_t)(t.s.p + t.s.n - was.s.p) });
		was_common = plain;
		l->words++;
	}
}

static void page_read(struct page *p, const struct summary_article *articles, size_t n)
{
	p->v = NEW_ARRAY(p->mem, struct line, OF_ALL);
	for (size_t a = 0; a < n && p->n < OF_ALL; a++) {
		struct str rest = articles[a].text, s;
		for (size_t place = 0; place < OF_EACH && p->n < OF_ALL && sentence_next(&rest, &s); place++) {
			p->v[p->n] = (struct line){ .article = a, .place = place, .s = s };
			line_read(p, &p->v[p->n++]);
		}
	}
}

static double word_weight(const struct page *p, uint32_t w)
{
	return log(1 + (double)p->n / p->in[w]);
}

static double line_cos(const struct page *p, const struct line *a, const struct line *b, double *by_word)
{
	double dot = 0;
	for (unsigned i = 0; i < b->n; i++)
		dot += by_word[b->word[i]] * b->times[i] * word_weight(p, b->word[i]);
	return a->norm > 0 && b->norm > 0 ? dot / (a->norm * b->norm) : 0;
}

static void page_compare(struct page *p)
{
	p->like = NEW_ARRAY(p->mem, float, p->n * p->n);
	double *by_word = NEW_ARRAY(p->mem, double, p->nwords + 1);
	for (size_t i = 0; i < p->n; i++) {
		struct line *l = &p->v[i];
		for (unsigned k = 0; k < l->n; k++)
			l->norm += pow(l->times[k] * word_weight(p, l->word[k]), 2);
		l->norm = sqrt(l->norm);
	}
	for (size_t i = 0; i < p->n; i++) {
		struct line *l = &p->v[i];
		for (unsigned k = 0; k < l->n; k++)
			by_word[l->word[k]] = l->times[k] * word_weight(p, l->word[k]);
		for (size_t j = 0; j < p->n; j++)
			p->like[i * p->n + j] = (float)line_cos(p, l, &p->v[j], by_word);
		for (unsigned k = 0; k < l->n; k++)
			by_word[l->word[k]] = 0;
	}
}

/* The walk: from a sentence to those like it, now and then to any. */
static void page_walk(struct page *p)
{
	double *next = NEW_ARRAY(p->mem, double, p->n), *out = NEW_ARRAY(p->mem, double, p->n);
	for (size_t i = 0; i < p->n; i++) {
		p->v[i].rank = 1.0 / (double)p->n;
		for (size_t j = 0; j < p->n; j++)
			out[i] += p->like[i * p->n + j] > LIKE ? p->like[i * p->n + j] : 0;
	}
	for (int step = 0; step < STEPS; step++) {
		for (size_t j = 0; j < p->n; j++)
			next[j] = STAY / (double)p->n;
		for (size_t i = 0; i < p->n; i++)
			for (size_t j = 0; j < p->n && out[i] > 0; j++)
				if (p->like[i * p->n + j] > LIKE)
					next[j] += (1 - STAY) * p->v[i].rank * p->like[i * p->n + j] / out[i];
		for (size_t j = 0; j < p->n; j++)
			p->v[j].rank = next[j];
	}
}

/* The share of the title's words that stand in the sentence. */
static double title_share(struct page *p, const struct line *l, struct str title)
{
	struct str key = viet_key(p->mem, title);
	struct term t;
	unsigned all = 0, here = 0;
	while (term_next(&key, &t)) {
		const int64_t *at = term_is_common(t.s) ? NULL : map_get(&p->number, t.s);
		all += !term_is_common(t.s);
		for (unsigned i = 0; at && i < l->n; i++)
			here += l->word[i] == (uint32_t)*at - 1;
	}
	return all ? (double)here / all : 0;
}

static void page_weigh(struct page *p, const struct summary_article *articles)
{
	double most = 0;
	for (size_t i = 0; i < p->n; i++)
		most = MAX(most, p->v[i].rank);
	for (size_t i = 0; i < p->n; i++) {
		struct line *l = &p->v[i];
		double lead = LEAD / (1 + (double)l->place), fits = l->words < FEWEST_WORDS || l->words > MOST_WORDS ? 0.3 : 1;
		l->weight = fits * (l->rank / most + lead + TITLE * title_share(p, l, articles[l->article].title));
	}
}

static double repeats(const struct page *p, size_t i)
{
	double most = 0;
	for (size_t j = 0; j < p->n; j++)
		if (p->v[j].taken)
			most = MAX(most, p->like[i * p->n + j]);
	return most;
}

/* The index of the next best, or n: one that says what was said is left out even when room remains. */
static size_t next_best(const struct page *p)
{
	size_t best = p->n;
	double best_value = 0;
	for (size_t i = 0; i < p->n; i++) {
		double again = repeats(p, i), value = p->v[i].weight * (1 - REPEAT * again);
		if (!p->v[i].taken && again < SAME && value > best_value) {
			best = i;
			best_value = value;
		}
	}
	return best;
}

size_t summary_pick(struct arena *mem, const struct summary_article *articles, size_t n, size_t most, struct summary_sentence *ret)
{
	struct page p = { .mem = mem, .number = map_new(mem) };
	page_read(&p, articles, n);
	if (!p.n)
		return 0;
	page_compare(&p);
	page_walk(&p);
	page_weigh(&p, articles);
	double top = 0;
	size_t picked = 0;
	for (size_t i; picked < most && (i = next_best(&p)) < p.n; picked++) {
		p.v[i].taken = true;
		top = MAX(top, p.v[i].weight);
	}
	size_t out = 0;
	for (size_t i = 0; i < p.n; i++)
		if (p.v[i].taken)
			ret[out++] = (struct summary_sentence){ p.v[i].article, p.v[i].s, p.v[i].weight / top };
	return out;
}
