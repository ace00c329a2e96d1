/*
 * cluster_search - which live stories an article resembles, and how sure that is. First a sweep through
 * the index, rarest words first and at most so many looks, then exact likeness for the dozen best.
 *
 * The weights of the logistic model were fitted on the development halves of three public sets of events
 * (docs/reading.md); they are for likeness of tf-idf vectors and mean nothing elsewhere.
 */
#include "text/cluster_inner.h"

#include <math.h>
#include <stdlib.h>

enum { LOOKS = 4000 };

/* Under this likeness to its centre a story is no match whatever its exemplars say. */
static const double FAR = 0.05;

struct look { const struct list *stories; uint32_t f; uint8_t w; };

static int rarest_first(const void *a, const void *b)
{
	const struct look *x = a, *y = b;
	if (x->stories->n != y->stories->n)
		return x->stories->n < y->stories->n ? -1 : 1;
	return (x->f > y->f) - (x->f < y->f);
}

static size_t looks_of(const struct cluster *c, const struct vec *v, struct look ret[CLUSTER_TERMS])
{
	size_t n = 0;
	for (unsigned k = 0; k < v->n && c->posting_cap; k++) {
		size_t i = hash_mix(v->f[k]) & (c->posting_cap - 1);
		while (c->posting[i].f && c->posting[i].f != v->f[k])
			i = (i + 1) & (c->posting_cap - 1);
		if (c->posting[i].stories.n)
			ret[n++] = (struct look){ &c->posting[i].stories, v->f[k], v->w[k] };
	}
	qsort(ret, n, sizeof *ret, rarest_first);
	return n;
}

static void score_room(struct cluster *c)
{
	if (c->score_bytes >= c->nstory * sizeof *c->score)
		return;
	cluster_heap_give(&c->heap, c->score, c->score_bytes);
	c->score = cluster_heap_get(&c->heap, c->nstory * sizeof *c->score, &c->score_bytes);
	memset(c->score, 0, c->score_bytes);
}

static void sweep(struct cluster *c, const struct vec *v)
{
	struct look look[CLUSTER_TERMS];
	size_t n = looks_of(c, v, look), looks = 0;
	score_room(c);
	c->touched.n = 0;
	for (size_t k = 0; k < n && looks < LOOKS; k++) {
		const struct list *l = look[k].stories;
		float add = (float)look[k].w * look[k].w;
		looks += l->n;
		for (uint32_t i = 0; i < l->n; i++) {
			if (c->score[l->v[i]] <= 0)
				places_add(&c->heap, &c->touched, l->v[i]);
			c->score[l->v[i]] += add;
		}
	}
}

struct rough { float score; uint32_t story; };

/* Equal ones by the older id, never by where they happen to lie. */
static bool is_better(const struct cluster *c, struct rough x, struct rough y)
{
	return x.score != y.score ? x.score > y.score : c->story[x.story].id < c->story[y.story].id;
}

static size_t best_rough(struct cluster *c, struct rough best[CANDIDATES])
{
	size_t n = 0;
	for (uint32_t t = 0; t < c->touched.n; t++) {
		uint32_t story = c->touched.v[t];
		float score = c->score[story];
		c->score[story] = 0;
		if (n == CANDIDATES && score < best[n - 1].score)
			continue; /* dividing would only make it less */
		struct rough r = { score / (float)sqrt(sqrt((double)c->story[story].words)), story };
		if (n == CANDIDATES && !is_better(c, r, best[n - 1]))
			continue;
		size_t i = n < CANDIDATES ? n++ : n - 1;
		for (; i && is_better(c, r, best[i - 1]); i--)
			best[i] = best[i - 1];
		best[i] = r;
	}
	return n;
}

/* ---- exact likeness -------------------------------------------------------------------------------- */

static double centre_cos(const struct story *s, const struct vec *v)
{
	double dot = 0;
	for (unsigned i = 0; i < v->n; i++)
		dot += (double)v->w[i] * held_sum(s, v->f[i]);
	return s->norm2 > 0 && v->norm2 ? dot / sqrt(s->norm2 * v->norm2) : 0;
}

/* Exemplars are the first article, which says what the story is, and the last seven, which say where it is now. */
static void exemplars(const struct cluster *c, const struct article *a, struct near_story *n)
{
	const struct list *m = &c->story[n->story].members;
	double top[3] = { 0 };
	uint32_t from = m->n > EXEMPLARS ? m->n - EXEMPLARS : 0, seen = 0;
	for (uint32_t i = from; i < m->n; i++, seen++) {
		double x = cluster_vec_cos(&a->v, &c->article[m->v[i == from ? 0 : i]].v);
		for (int k = 0; k < 3; k++)
			if (x > top[k]) {
				double y = top[k];
				top[k] = x;
				x = y;
			}
	}
	n->best = top[0];
	n->mean3 = seen ? (top[0] + top[1] + top[2]) / MIN(seen, 3u) : 0;
	n->similarity = 0.36 * n->centre + 0.08 * n->best + 0.56 * n->mean3;
}

static bool is_nearer(const struct cluster *c, const struct near_story *x, const struct near_story *y)
{
	if (x->copy != y->copy)
		return x->copy;
	return x->similarity != y->similarity ? x->similarity > y->similarity : c->story[x->story].id < c->story[y->story].id;
}

static size_t near_insert(const struct cluster *c, struct near_story ret[CANDIDATES], size_t n, struct near_story s)
{
	if (n == CANDIDATES && !is_nearer(c, &s, &ret[n - 1]))
		return n;
	size_t i = n < CANDIDATES ? n++ : n - 1;
	for (; i && is_nearer(c, &s, &ret[i - 1]); i--)
		ret[i] = ret[i - 1];
	ret[i] = s;
	return n;
}

size_t cluster_search(struct cluster *c, const struct article *a, struct near_story ret[CANDIDATES])
{
	struct rough rough[CANDIDATES + 1];
	sweep(c, &a->v);
	size_t n = best_rough(c, rough), kept = 0;
	uint32_t copied = a->copy_of != NONE ? c->article[a->copy_of].story : NONE;
	bool has = copied == NONE;
	for (size_t i = 0; i < n; i++)
		has |= rough[i].story == copied;
	if (!has)
		rough[n++].story = copied;
	for (size_t i = 0; i < n; i++) {
		struct near_story s = { .story = rough[i].story, .copy = rough[i].story == copied };
		s.centre = centre_cos(&c->story[s.story], &a->v);
		if (s.centre < FAR && !s.copy)
			continue;
		exemplars(c, a, &s);
		kept = near_insert(c, ret, kept, s);
	}
	return kept;
}

double cluster_odds(const struct cluster *c, const struct article *a, const struct near_story *n, double margin)
{
	const struct story *s = &c->story[n->story];
	int64_t gap = a->published > s->last_at ? a->published - s->last_at : s->first_at - a->published;
	double crowd = 0.6 * log(MAX(s->members.n / 12.0, 1)); /* what has grown large is a topic more often than a story */
	double days = gap > 0 ? (double)gap / 86400.0 : 0;
	return -4.3 + 24 * n->similarity + 2.4 * MIN(margin, 0.3) - 0.22 * log1p(days) - crowd + (n->copy ? 4 : 0);
}
