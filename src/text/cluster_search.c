/*
 * cluster_search - which live stories an article resembles, and how sure that is. First a sweep through
 * the index, rarest words first and at most so many looks, then exact likeness for the dozen best.
 *
 * The weights of the logistic model were fitted on the development halves of three public sets of events
 * (docs/reading.md); they are for likeness of tf-idf vectors and mean nothing elsewhere.
 */
#include "text/cluster_inner.h"

#include <math.h>

enum { LOOKS = 1500 };

/* Under this likeness to its centre a story is no match whatever its exemplars say. */
static const double FAR = 0.05;

struct look { const uint32_t *stories; uint32_t n, f, add; };

/* Few enough to sort by putting each where it belongs. */
static size_t looks_of(const struct cluster *c, const struct vec *v, struct look ret[CLUSTER_TERMS])
{
	size_t n = 0;
	for (unsigned k = 0; k < v->n; k++)
		held_posting_soon(c, v->f[k]);
	for (unsigned k = 0; k < v->n; k++) {
		const struct posting *p = held_posting(c, v->f[k]);
		if (!p)
			continue;
		size_t i = n++;
		for (; i && ret[i - 1].n > p->n; i--) /* words come ascending: that breaks ties */
			ret[i] = ret[i - 1];
		ret[i] = (struct look){ held_stories(p), p->n, v->f[k], (uint32_t)v->w[k] * v->w[k] };
	}
	return n;
}

static void score_room(struct cluster *c)
{
	if (c->score_bytes < c->nstory * sizeof *c->score) {
		cluster_heap_give(&c->heap, c->score, c->score_bytes);
		c->score = cluster_heap_get(&c->heap, (c->nstory + c->nstory / 2) * sizeof *c->score, &c->score_bytes);
		memset(c->score, 0, c->score_bytes);
	}
	if (c->touched_bytes < (c->nstory + 1) * sizeof *c->touched) {
		cluster_heap_give(&c->heap, c->touched, c->touched_bytes);
		c->touched = cluster_heap_get(&c->heap, (c->nstory + c->nstory / 2 + 1) * sizeof *c->touched, &c->touched_bytes);
	}
}

static void sweep(struct cluster *c, const struct vec *v)
{
	struct look look[CLUSTER_TERMS];
	size_t n = looks_of(c, v, look), looks = 0, touched = 0;
	score_room(c);
	for (size_t k = 0; k < n && looks < LOOKS; k++) {
		looks += look[k].n;
		for (uint32_t i = 0; i < look[k].n; i++) {
			uint32_t *score = &c->score[look[k].stories[i]];
			c->touched[touched] = look[k].stories[i];
			touched += !*score;
			*score += look[k].add;
		}
	}
	c->ntouched = touched;
}

struct rough { float score; uint32_t story; };

/* Equal ones by the older id, never by where they happen to lie. */
static bool is_better(const struct cluster *c, struct rough x, struct rough y)
{
	return x.score != y.score ? x.score > y.score : story_at(c, x.story)->id < story_at(c, y.story)->id;
}

static size_t best_rough(struct cluster *c, struct rough best[CANDIDATES])
{
	size_t n = 0;
	for (uint32_t t = 0; t < c->ntouched; t++) {
		uint32_t story = c->touched[t];
		float score = (float)c->score[story]; /* whole and below 2^24 */
		c->score[story] = 0;
		if (n == CANDIDATES && score < best[n - 1].score)
			continue; /* dividing would only make it less */
		struct rough r = { score / (float)sqrt(sqrt((double)story_at(c, story)->words)), story };
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

static double centre_dot(const struct cluster *c, const struct story *s, const struct probe *q)
{
	uint32_t sum[CLUSTER_TERMS];
	double dot = 0;
	held_sums(c, s, q, sum);
	for (unsigned i = 0; i < q->v->n; i++)
		dot += (double)q->v->w[i] * sum[i];
	return dot;
}

/* Exemplars are the first article, which says what the story is, and the last seven, which say where it is
 * now. As long as they are all, their dot products are the centre's. */
static double exemplars(const struct cluster *c, const struct story *s, const struct probe *q, struct near_story *n)
{
	const struct list *m = &s->members;
	double top[3] = { 0 }, dots = 0;
	uint32_t from = m->n > EXEMPLARS ? m->n - EXEMPLARS : 0, seen = 0;
	for (uint32_t i = from; i < m->n; i++, seen++) {
		const struct vec *v = &art_at(c, m->v[i == from ? 0 : i])->v;
		double dot = cluster_probe_dot(q, v), x = dot > 0 ? dot / sqrt((double)v->norm2 * q->v->norm2) : 0;
		dots += dot;
		for (int k = 0; k < 3; k++)
			if (x > top[k]) {
				double y = top[k];
				top[k] = x;
				x = y;
			}
	}
	n->best = top[0];
	n->mean3 = seen ? (top[0] + top[1] + top[2]) / MIN(seen, 3u) : 0;
	return dots;
}

static void measure(const struct cluster *c, const struct probe *q, struct near_story *n)
{
	const struct story *s = story_at(c, n->story);
	double dot = exemplars(c, s, q, n);
	if (s->members.n > EXEMPLARS)
		dot = centre_dot(c, s, q);
	n->centre = s->norm2 > 0 && dot > 0 ? dot / sqrt(s->norm2 * q->v->norm2) : 0;
	n->similarity = 0.36 * n->centre + 0.08 * n->best + 0.56 * n->mean3;
}

static bool is_nearer(const struct cluster *c, const struct near_story *x, const struct near_story *y)
{
	if (x->copy != y->copy)
		return x->copy;
	return x->similarity != y->similarity ? x->similarity > y->similarity : story_at(c, x->story)->id < story_at(c, y->story)->id;
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
	uint32_t first = place_get(&c->by_article, (uint64_t)a->copy_of), copied = first != NONE ? art_at(c, first)->story : NONE;
	struct probe q;
	cluster_probe(&q, &a->v);
	bool has = copied == NONE; /* an article under way has no story yet */
	for (size_t i = 0; i < n; i++)
		has |= rough[i].story == copied;
	if (!has)
		rough[n++].story = copied;
	for (size_t i = 0; i < n; i++) {
		struct near_story s = { .story = rough[i].story, .copy = rough[i].story == copied };
		measure(c, &q, &s);
		if (s.centre < FAR && !s.copy)
			continue;
		kept = near_insert(c, ret, kept, s);
	}
	return kept;
}

double cluster_odds(const struct cluster *c, const struct article *a, const struct near_story *n, double margin)
{
	const struct story *s = story_at(c, n->story);
	int64_t gap = a->published > s->last_at ? a->published - s->last_at : s->first_at - a->published;
	double crowd = 0.6 * log(MAX(s->members.n / 12.0, 1)); /* what has grown large is a topic more often than a story */
	double days = gap > 0 ? (double)gap / 86400.0 : 0;
	return -4.3 + 24 * n->similarity + 2.4 * MIN(margin, 0.3) - 0.22 * log1p(days) - crowd + (n->copy ? 4 : 0);
}
