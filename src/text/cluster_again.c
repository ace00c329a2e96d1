/*
 * cluster_again - clustering the neighbourhood of what is new once more, this time seeing it whole. The
 * stories of new articles and those they resemble form components of bounded size; inside one, average link
 * with Lance and Williams' update decides who belongs together. Groups keep the id of the story they overlap
 * most. Pairs that are in one story already are a little closer than they look, so that ids rest.
 */
#include "text/cluster_inner.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>

enum { STORY_MOST = 48, COMPONENT_MOST = 192, CHAINS = 16384 };

static const double EDGE = 0.06, LINK = 0.133, TOGETHER = 0.01, COPY_LINK = 0.8, GAP_COST = 0.025, CROWD = 0.03;
static const float NEVER = -1e6f;

/* ---- components ------------------------------------------------------------------------------------- */

struct node { uint32_t story, up, articles; };
struct edge { double similarity; uint32_t a, b; int64_t id_a, id_b; };

struct web {
	struct cluster *c;
	struct arena *mem;
	struct map of_story;  /* 1 + node */
	struct node *node;
	struct edge *edge;
	size_t n, cap, nedge, edge_cap;
};

static uint32_t node_of(struct web *w, uint32_t story)
{
	int64_t *at = map_at_int(&w->of_story, story);
	if (!*at) {
		GROW(w->mem, w->node, w->n, w->cap);
		uint32_t most = MIN(story_at(w->c, story)->members.n, (uint32_t)STORY_MOST);
		w->node[w->n] = (struct node){ story, (uint32_t)w->n, most };
		*at = (int64_t)++w->n;
	}
	return (uint32_t)*at - 1;
}

static uint32_t top_of(struct web *w, uint32_t i)
{
	while (w->node[i].up != i)
		i = w->node[i].up = w->node[w->node[i].up].up;
	return i;
}

static int closest_first(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	if (x->id_a != y->id_a)
		return x->id_a < y->id_a ? -1 : 1;
	return (x->id_b > y->id_b) - (x->id_b < y->id_b);
}

static void web_edges(struct web *w, uint32_t article)
{
	struct near_story near[CANDIDATES + 1];
	const struct article *a = art_at(w->c, article);
	size_t n = cluster_search(w->c, a, near);
	uint32_t own = node_of(w, a->story);
	for (size_t i = 0; i < n; i++) {
		if (near[i].story == a->story || (near[i].similarity < EDGE && !near[i].copy))
			continue;
		uint32_t other = node_of(w, near[i].story);
		GROW(w->mem, w->edge, w->nedge, w->edge_cap);
		w->edge[w->nedge++] = (struct edge){ near[i].similarity, own, other, story_at(w->c, a->story)->id, story_at(w->c, near[i].story)->id };
	}
}

/* Closest first, and never a component too large to see whole. */
static void web_join(struct web *w)
{
	if (w->nedge)
		qsort(w->edge, w->nedge, sizeof *w->edge, closest_first);
	for (size_t i = 0; i < w->nedge; i++) {
		uint32_t a = top_of(w, w->edge[i].a), b = top_of(w, w->edge[i].b);
		if (a == b || w->node[a].articles + w->node[b].articles > COMPONENT_MOST)
			continue;
		w->node[b].up = a;
		w->node[a].articles += w->node[b].articles;
	}
}

/* ---- average link within one ------------------------------------------------------------------------- */

struct bunch {
	struct cluster *c;
	struct arena *mem;
	uint32_t *story;     /* places, by age */
	uint32_t *article;   /* places, in order of arrival */
	uint32_t *group;     /* which article stands for each one's group */
	float *sum;          /* n x n: sums of likeness between the groups that stand there */
	uint32_t *size, *best;
	float *best_link;
	size_t nstory, n;
};

static const struct article *art(const struct bunch *b, size_t i)
{
	return art_at(b->c, b->article[i]);
}

static bool is_fixed(const struct bunch *b, size_t i)
{
	return art(b, i)->fixed || story_at(b->c, art(b, i)->story)->pinned;
}

static void bunch_gather(struct bunch *b)
{
	size_t most = 0;
	for (size_t s = 0; s < b->nstory; s++)
		most += MIN(story_at(b->c, b->story[s])->members.n, (uint32_t)STORY_MOST);
	b->article = NEW_ARRAY(b->mem, uint32_t, most + 1);
	for (size_t s = 0; s < b->nstory; s++) {
		const struct list *m = &story_at(b->c, b->story[s])->members;
		for (uint32_t i = m->n > STORY_MOST ? m->n - STORY_MOST : 0; i < m->n; i++) {
			size_t k = b->n++;
			for (; k && art(b, k - 1)->serial > art_at(b->c, m->v[i])->serial; k--)
				b->article[k] = b->article[k - 1];
			b->article[k] = m->v[i];
		}
	}
}

/* All dot products at once, word by word: most pairs share none, and cost nothing. */
static void bunch_dots(struct bunch *b)
{
	struct entry { uint32_t f, next; uint32_t i; uint32_t w; } *e = NEW_ARRAY(b->mem, struct entry, b->n * CLUSTER_TERMS + 1);
	uint32_t *chain = NEW_ARRAY(b->mem, uint32_t, CHAINS), n = 0;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct vec *v = &art(b, i)->v;
		for (unsigned k = 0; k < v->n; k++) {
			uint32_t *head = &chain[hash_mix(v->f[k]) & (CHAINS - 1)];
			for (uint32_t x = *head; x; x = e[x].next)
				if (e[x].f == v->f[k])
					b->sum[e[x].i * b->n + i] += (float)(e[x].w * v->w[k]);
			e[++n] = (struct entry){ v->f[k], *head, i, v->w[k] };
			*head = n;
		}
	}
}

static float pair_link(const struct bunch *b, size_t i, size_t j, float dot)
{
	const struct article *x = art(b, i), *y = art(b, j);
	const struct story *sx = story_at(b->c, x->story), *sy = story_at(b->c, y->story);
	if (x->story != y->story) {
		bool kept_apart = (is_fixed(b, i) && is_fixed(b, j)) || held_banned(b->c, b->article[i], sy->id) ||
			held_banned(b->c, b->article[j], sx->id);
		if (kept_apart)
			return NEVER;
	}
	double cos = x->v.norm2 && y->v.norm2 ? dot / sqrt((double)x->v.norm2 * y->v.norm2) : 0;
	double days = fabs((double)(x->published - y->published)) / 86400.0;
	double link = cos / (1 + GAP_COST * log1p(days));
	if (x->copy_of == y->id || y->copy_of == x->id)
		link = MAX(link, COPY_LINK);
	return (float)(link + (x->story == y->story ? TOGETHER : 0));
}

static float link_of(const struct bunch *b, size_t i, size_t j)
{
	return b->sum[i * b->n + j] / ((float)b->size[i] * (float)b->size[j]);
}

static void find_best(struct bunch *b, size_t i)
{
	b->best[i] = NONE;
	b->best_link[i] = NEVER;
	for (size_t j = 0; j < b->n; j++)
		if (j != i && b->size[j] && (b->best[i] == NONE || link_of(b, i, j) > b->best_link[i])) {
			b->best[i] = (uint32_t)j;
			b->best_link[i] = link_of(b, i, j);
		}
}

static void absorb(struct bunch *b, size_t i, size_t j)
{
	for (size_t k = 0; k < b->n; k++)
		if (b->group[k] == j)
			b->group[k] = (uint32_t)i;
	for (size_t k = 0; k < b->n; k++)
		if (k != i && k != j)
			b->sum[k * b->n + i] = b->sum[i * b->n + k] += b->sum[j * b->n + k];
	b->size[i] += b->size[j];
	b->size[j] = 0;
}

static void bunch_prepare(struct bunch *b)
{
	size_t n = b->n;
	b->sum = NEW_ARRAY(b->mem, float, n * n);
	b->group = NEW_ARRAY(b->mem, uint32_t, n);
	b->size = NEW_ARRAY(b->mem, uint32_t, n);
	b->best = NEW_ARRAY(b->mem, uint32_t, n);
	b->best_link = NEW_ARRAY(b->mem, float, n);
	bunch_dots(b);
	for (size_t i = 0; i < n; i++) {
		b->group[i] = (uint32_t)i;
		b->size[i] = 1;
		for (size_t j = i + 1; j < n; j++)
			b->sum[j * n + i] = b->sum[i * n + j] = pair_link(b, i, j, b->sum[i * n + j]);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (b->group[i] == i && b->group[j] == j && is_fixed(b, i) && is_fixed(b, j) && art(b, i)->story == art(b, j)->story)
				absorb(b, i, j);
}

/* What has grown large is a topic more often than a story: it must be closer to grow on. */
static double bar(const struct bunch *b, size_t i)
{
	double size = b->size[i] + b->size[b->best[i]];
	return LINK + CROWD * log(MAX(size / 16, 1));
}

static void bunch_link(struct bunch *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->size[i])
			find_best(b, i);
	for (;;) {
		size_t i = NONE;
		for (size_t k = 0; k < b->n; k++)
			if (b->size[k] && b->best[k] != NONE && (i == NONE || b->best_link[k] > b->best_link[i]))
				i = k;
		if (i == NONE || b->best_link[i] < bar(b, i))
			return;
		size_t j = b->best[i];
		absorb(b, i, j);
		find_best(b, i);
		for (size_t k = 0; k < b->n; k++)
			if (b->size[k] && k != i && (b->best[k] == i || b->best[k] == j))
				find_best(b, k);
	}
}

/* ---- groups become stories ----------------------------------------------------------------------------- */

struct claim { bool fixed; uint32_t overlap, story, group; };

static int strongest_first(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	if (x->fixed != y->fixed)
		return x->fixed ? -1 : 1;
	if (x->overlap != y->overlap)
		return x->overlap > y->overlap ? -1 : 1;
	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	return (x->group > y->group) - (x->group < y->group);
}

static size_t claims_of(const struct bunch *b, struct claim *v)
{
	size_t n = 0;
	for (uint32_t s = 0; s < b->nstory; s++) {
		size_t from = n;
		for (size_t i = 0; i < b->n; i++) {
			if (art(b, i)->story != b->story[s])
				continue;
			size_t k = from;
			while (k < n && v[k].group != b->group[i])
				k++;
			if (k == n)
				v[n++] = (struct claim){ .story = s, .group = b->group[i] };
			v[k].overlap++;
			v[k].fixed |= is_fixed(b, i);
		}
	}
	return n;
}

static bool group_barred(const struct bunch *b, uint32_t group, int64_t story_id)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->group[i] == group && held_banned(b->c, b->article[i], story_id))
			return true;
	return false;
}

/* A group no story claims is a story of its own, called by its first article whose name is free. */
static uint32_t group_found(struct bunch *b, uint32_t group)
{
	for (size_t i = 0; i < b->n; i++) {
		int64_t id = art(b, i)->id;
		if (b->group[i] != group || place_get(&b->c->by_story, (uint64_t)id) != NONE || group_barred(b, group, id))
			continue;
		held_event(b->c, (struct cluster_event){ CLUSTER_SPLIT, 0, story_at(b->c, art(b, i)->story)->id, id });
		return held_new(b->c, id);
	}
	return NONE;
}

/* Where each group goes: `home` by the article that stands for it. */
static void bunch_homes(struct bunch *b, uint32_t *home)
{
	struct claim *v = NEW_ARRAY(b->mem, struct claim, b->n);
	bool *taken = NEW_ARRAY(b->mem, bool, b->nstory);
	size_t n = claims_of(b, v);
	qsort(v, n, sizeof *v, strongest_first);
	for (size_t i = 0; i < b->n; i++)
		home[i] = NONE;
	for (size_t i = 0; i < n; i++) {
		if (taken[v[i].story] || home[v[i].group] != NONE || group_barred(b, v[i].group, story_at(b->c, b->story[v[i].story])->id))
			continue;
		home[v[i].group] = b->story[v[i].story];
		taken[v[i].story] = true;
	}
	for (size_t i = 0; i < b->n; i++)
		if (b->group[i] == i && home[i] == NONE)
			home[i] = group_found(b, (uint32_t)i);
}

/* The one story all the gathered articles of this one go to, or NONE: then what was not gathered goes too. */
static uint32_t whole_home(const struct bunch *b, uint32_t story, const uint32_t *home)
{
	uint32_t to = NONE;
	for (size_t i = 0; i < b->n; i++) {
		if (art(b, i)->story != story)
			continue;
		uint32_t h = home[b->group[i]];
		if (h == NONE || h == story || (to != NONE && h != to))
			return NONE;
		to = h;
	}
	return to;
}

static void bunch_settle(struct bunch *b)
{
	uint32_t *home = NEW_ARRAY(b->mem, uint32_t, b->n), *whole = NEW_ARRAY(b->mem, uint32_t, b->nstory);
	int64_t *last = NEW_ARRAY(b->mem, int64_t, b->nstory);
	bunch_homes(b, home);
	for (size_t s = 0; s < b->nstory; s++)
		whole[s] = whole_home(b, b->story[s], home);
	for (size_t i = 0; i < b->n; i++) {
		uint32_t to = home[b->group[i]];
		for (size_t s = 0; s < b->nstory && to != NONE; s++)
			if (b->story[s] == art(b, i)->story)
				last[s] = story_at(b->c, to)->id;
		if (to != NONE)
			held_move(b->c, b->article[i], to);
	}
	for (size_t s = 0; s < b->nstory; s++) {
		struct list *m = &story_at(b->c, b->story[s])->members;
		while (whole[s] != NONE && m->n) {
			held_move(b->c, m->v[m->n - 1], whole[s]);
			m = &story_at(b->c, b->story[s])->members;
		}
		if (m->n)
			continue;
		held_event(b->c, (struct cluster_event){ CLUSTER_MERGED, 0, story_at(b->c, b->story[s])->id, last[s] });
		held_drop(b->c, b->story[s]);
	}
}

static void component_again(struct web *w, uint32_t top)
{
	struct arena_mark mark = arena_mark(w->mem);
	struct bunch b = { .c = w->c, .mem = w->mem };
	b.story = NEW_ARRAY(w->mem, uint32_t, w->n);
	for (uint32_t i = 0; i < w->n; i++) {
		if (top_of(w, i) != top)
			continue;
		size_t k = b.nstory++;
		for (; k && story_at(w->c, b.story[k - 1])->id > story_at(w->c, w->node[i].story)->id; k--)
			b.story[k] = b.story[k - 1];
		b.story[k] = w->node[i].story;
	}
	bunch_gather(&b);
	if (b.n > 1 && (b.nstory > 1 || b.n > 2)) {
		bunch_prepare(&b);
		bunch_link(&b);
		bunch_settle(&b);
	}
	arena_rewind(w->mem, mark);
}

void cluster_link_again(struct cluster *c)
{
	if (!c->fresh.n)
		return;
	struct arena mem = { 0 };
	struct web w = { .c = c, .mem = &mem, .of_story = map_new(&mem) };
	for (uint32_t i = 0; i < c->fresh.n; i++)
		web_edges(&w, c->fresh.v[i]);
	web_join(&w);
	for (uint32_t i = 0; i < w.n; i++)
		if (w.node[i].up == i)
			component_again(&w, i);
	arena_done(&mem);
}
