/*
 * cluster_again - clustering the neighbourhood of what is new once more, this time seeing it whole. The
 * stories of new articles and those they resemble form components of bounded size; inside one, average link
 * decides who belongs together (cluster_link.c). Groups keep the id of the story they overlap most.
 */
#include "text/cluster_inner.h"

#include "base/map.h"

#include <stdlib.h>

enum { STORY_MOST = 20, COMPONENT_MOST = 192 };

static const double EDGE = 0.10;

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

/* ---- the articles of one ----------------------------------------------------------------------------- */

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
			for (; k && bunch_art(b, k - 1)->serial > art_at(b->c, m->v[i])->serial; k--)
				b->article[k] = b->article[k - 1];
			b->article[k] = m->v[i];
		}
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
			if (bunch_art(b, i)->story != b->story[s])
				continue;
			size_t k = from;
			while (k < n && v[k].group != b->group[i])
				k++;
			if (k == n)
				v[n++] = (struct claim){ .story = s, .group = b->group[i] };
			v[k].overlap++;
			v[k].fixed |= bunch_fixed(b, i);
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
		int64_t id = bunch_art(b, i)->id;
		if (b->group[i] != group || place_get(&b->c->by_story, (uint64_t)id) != NONE || group_barred(b, group, id))
			continue;
		held_event(b->c, (struct cluster_event){ CLUSTER_SPLIT, 0, story_at(b->c, bunch_art(b, i)->story)->id, id });
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
		if (bunch_art(b, i)->story != story)
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
			if (b->story[s] == bunch_art(b, i)->story)
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
		cluster_link(&b);
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
