/*
 * cluster_link - average link within one neighbourhood, by Lance and Williams' update. What is new, what
 * resembles it, and the articles of small stories are looked at one by one; the rest of each story comes as
 * one pack, for it was looked at when its own last article came. A pack's likeness is the mean over its
 * articles, exact but for the time between, which is taken from its mean. Those in one story already are a
 * little closer than they look, so that ids rest; those a person put somewhere never part or meet.
 */
#include "text/cluster_inner.h"

#include <math.h>

static const double LINK = 0.133, TOGETHER = 0.01, COPY_LINK = 0.8, GAP_COST = 0.025, CROWD = 0.03, LOOSE = 0.08;
static const float NEVER = -1e6f;
enum { SMALL = 48 };

struct unit {
	uint32_t story, first;  /* the first article in the bunch stands for it */
	uint32_t size;          /* articles; 0 once another group took it up */
	bool fixed, barred;     /* one of them is */
	double at;              /* mean time, in days */
};

struct chart {
	struct bunch *b;
	struct unit *unit;
	uint32_t *of;           /* article to unit */
	uint32_t *group;        /* unit to the unit that stands for its group */
	float *link;            /* n x n means of likeness between groups */
	uint32_t *best;
	size_t n;
};

/* ---- one by one, or in a pack ------------------------------------------------------------------------- */

static bool *loose_of(const struct bunch *b)
{
	bool *loose = NEW_ARRAY(b->mem, bool, b->n);
	uint64_t fresh = art_at(b->c, b->c->fresh.v[0])->serial;
	for (size_t i = 0; i < b->n; i++) {
		const struct article *a = bunch_art(b, i);
		loose[i] |= a->barred || story_at(b->c, a->story)->members.n <= SMALL;
		if (a->serial < fresh)
			continue;
		loose[i] = true;
		struct probe q;
		cluster_probe(&q, &a->v);
		for (size_t j = 0; j < b->n; j++) {
			const struct vec *v = &bunch_art(b, j)->v;
			if (!loose[j])
				loose[j] = cluster_probe_dot(&q, v) > LOOSE * sqrt((double)v->norm2 * a->v.norm2);
		}
	}
	for (size_t i = 0; i < b->n; i++)
		loose[i] &= !bunch_fixed(b, i);
	return loose;
}

static uint32_t unit_for(struct chart *t, const bool *loose, size_t i)
{
	uint32_t story = bunch_art(t->b, i)->story;
	for (uint32_t u = 0; u < t->n && !loose[i]; u++)
		if (t->unit[u].story == story && !loose[t->unit[u].first])
			return u;
	t->unit[t->n] = (struct unit){ .story = story, .first = (uint32_t)i };
	return (uint32_t)t->n++;
}

static void chart_units(struct chart *t)
{
	struct bunch *b = t->b;
	bool *loose = loose_of(b);
	t->unit = NEW_ARRAY(b->mem, struct unit, b->n);
	t->of = NEW_ARRAY(b->mem, uint32_t, b->n);
	for (size_t i = 0; i < b->n; i++) {
		const struct article *a = bunch_art(b, i);
		uint32_t at = t->of[i] = unit_for(t, loose, i);
		struct unit *u = &t->unit[at];
		u->at += ((double)a->published / 86400.0 - u->at) / ++u->size;
		u->fixed |= bunch_fixed(b, i);
		u->barred |= a->barred;
	}
}

/* ---- likeness ------------------------------------------------------------------------------------------- */

struct word { uint32_t f, last; }; /* last: 1 + the latest entry */
struct entry { uint32_t unit, before; float w; };

/* What every two units that have the word gain by it. */
static void chart_word(struct chart *t, const struct entry *entry, uint32_t last)
{
	for (uint32_t e = last; e; e = entry[e].before)
		for (uint32_t x = entry[e].before; x; x = entry[x].before)
			t->link[MIN(entry[e].unit, entry[x].unit) * t->n + MAX(entry[e].unit, entry[x].unit)] += entry[e].w * entry[x].w;
}

/* All dot products of vectors of length one at once, word by word: most words have one entry, and cost nothing. */
static void chart_dots(struct chart *t)
{
	const struct bunch *b = t->b;
	size_t cap = 256, n = 0, nshared = 0;
	while (cap < b->n * CLUSTER_TERMS * 3 / 2)
		cap *= 2;
	struct word *word = NEW_ARRAY(b->mem, struct word, cap);
	struct entry *entry = arena_raw(b->mem, (b->n * CLUSTER_TERMS + 1) * sizeof *entry);
	const struct word **shared = arena_raw(b->mem, (b->n * CLUSTER_TERMS + 1) * sizeof *shared);
	for (size_t i = 0; i < b->n; i++) {
		const struct vec *v = &bunch_art(b, i)->v;
		float one = v->norm2 ? 1 / sqrtf((float)v->norm2) : 0;
		for (unsigned k = 0; k < v->n; k++) {
			struct word *d = &word[v->f[k] & (cap - 1)];
			while (d->f && d->f != v->f[k])
				d = d + 1 == word + cap ? word : d + 1;
			d->f = v->f[k];
			uint32_t e = d->last;
			while (e && entry[e].unit != t->of[i])
				e = entry[e].before;
			if (!e) {
				e = (uint32_t)++n;
				entry[e] = (struct entry){ t->of[i], d->last, 0 };
				if (d->last && !entry[d->last].before)
					shared[nshared++] = d;
				d->last = e;
			}
			entry[e].w += (float)v->w[k] * one;
		}
	}
	for (size_t k = 0; k < nshared; k++)
		chart_word(t, entry, shared[k]->last);
}

static bool unit_banned(const struct chart *t, uint32_t u, uint32_t story)
{
	for (size_t i = 0; i < t->b->n && t->unit[u].barred; i++)
		if (t->of[i] == u && held_banned(t->b->c, t->b->article[i], story_at(t->b->c, story)->id))
			return true;
	return false;
}

static float pair_link(const struct chart *t, uint32_t a, uint32_t b, float dot)
{
	const struct unit *x = &t->unit[a], *y = &t->unit[b];
	bool one_story = x->story == y->story;
	if (!one_story && ((x->fixed && y->fixed) || unit_banned(t, a, y->story) || unit_banned(t, b, x->story)))
		return NEVER;
	double link = dot > 0 ? dot / ((double)x->size * y->size) / (1 + GAP_COST * log1p(fabs(x->at - y->at))) : 0;
	return (float)(link + (one_story ? TOGETHER : 0));
}

/* A copy counts as much as one pair can. */
static void chart_copies(struct chart *t)
{
	const struct bunch *b = t->b;
	for (size_t i = 0; i < b->n; i++) {
		int64_t first = bunch_art(b, i)->copy_of;
		for (size_t j = 0; j < b->n && first; j++) {
			uint32_t x = t->of[i], y = t->of[j];
			if (bunch_art(b, j)->id != first || x == y)
				continue;
			float *link = &t->link[x * t->n + y], pairs = (float)t->unit[x].size * (float)t->unit[y].size;
			if (*link > NEVER / 2 && *link < COPY_LINK)
				*link += ((float)COPY_LINK - *link) / pairs;
			t->link[y * t->n + x] = *link;
		}
	}
}

static void chart_links(struct chart *t)
{
	size_t n = t->n;
	t->link = NEW_ARRAY(t->b->mem, float, n * n);
	chart_dots(t);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = i + 1; j < n; j++)
			t->link[j * n + i] = t->link[i * n + j] = pair_link(t, i, j, t->link[i * n + j]);
	chart_copies(t);
}

/* ---- linking ---------------------------------------------------------------------------------------------- */

static void find_best(struct chart *t, uint32_t i)
{
	uint32_t best = NONE;
	const float *link = &t->link[i * t->n];
	for (uint32_t j = 0; j < t->n; j++)
		if (j != i && t->unit[j].size && (best == NONE || link[j] > link[best]))
			best = j;
	t->best[i] = best;
}

static void absorb(struct chart *t, uint32_t i, uint32_t j)
{
	float si = (float)t->unit[i].size, sj = (float)t->unit[j].size;
	for (uint32_t k = 0; k < t->n; k++) {
		if (t->group[k] == j)
			t->group[k] = i;
		if (k != i && k != j)
			t->link[k * t->n + i] = t->link[i * t->n + k] = (si * t->link[i * t->n + k] + sj * t->link[j * t->n + k]) / (si + sj);
	}
	t->unit[i].size += t->unit[j].size;
	t->unit[j].size = 0;
}

/* What has grown large is a topic more often than a story: it must be closer to grow on. */
static double bar(const struct chart *t, uint32_t i)
{
	double size = t->unit[i].size + t->unit[t->best[i]].size;
	return LINK + CROWD * log(MAX(size / 16, 1));
}

static float best_link(const struct chart *t, uint32_t i)
{
	return t->link[i * t->n + t->best[i]];
}

static void chart_join(struct chart *t)
{
	for (uint32_t i = 0; i < t->n; i++)
		find_best(t, i);
	for (;;) {
		uint32_t i = NONE;
		for (uint32_t k = 0; k < t->n; k++)
			if (t->unit[k].size && t->best[k] != NONE && (i == NONE || best_link(t, k) > best_link(t, i)))
				i = k;
		if (i == NONE || best_link(t, i) < bar(t, i))
			return;
		uint32_t j = t->best[i];
		absorb(t, i, j);
		find_best(t, i);
		for (uint32_t k = 0; k < t->n; k++)
			if (t->unit[k].size && k != i && (t->best[k] == i || t->best[k] == j))
				find_best(t, k);
	}
}

void cluster_link(struct bunch *b)
{
	struct chart t = { .b = b };
	chart_units(&t);
	t.group = NEW_ARRAY(b->mem, uint32_t, t.n);
	t.best = NEW_ARRAY(b->mem, uint32_t, t.n);
	for (uint32_t u = 0; u < t.n; u++)
		t.group[u] = u;
	chart_links(&t);
	chart_join(&t);
	b->group = NEW_ARRAY(b->mem, uint32_t, b->n);
	for (size_t i = 0; i < b->n; i++)
		b->group[i] = t.unit[t.group[t.of[i]]].first;
}
