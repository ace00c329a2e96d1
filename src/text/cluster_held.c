/*
 * cluster_held - articles and stories come and go. A story's centre is the exact sum of its members'
 * vectors, so leaving undoes joining to the last bit; its words are in the inverted index as long as a
 * member has them.
 */
#include "text/cluster_inner.h"

#include <stdlib.h>

/* Room for one more thing at the end of an array that lies in the heap. */
static void *room(struct cluster *c, void *v, size_t n, size_t each, size_t *bytes)
{
	if ((n + 1) * each <= *bytes)
		return v;
	size_t wider;
	void *w = cluster_heap_get(&c->heap, (n + 1) * each, &wider);
	if (n)
		memcpy(w, v, n * each);
	cluster_heap_give(&c->heap, v, *bytes);
	*bytes = wider;
	return w;
}

static uint32_t take_free(struct list *l)
{
	return l->n ? l->v[--l->n] : NONE;
}

uint32_t held_article(struct cluster *c, const struct cluster_item *item, const struct vec *v)
{
	uint32_t at = take_free(&c->free_article);
	if (at == NONE) {
		c->article = room(c, c->article, c->narticle, sizeof *c->article, &c->article_bytes);
		at = (uint32_t)c->narticle++;
	}
	c->article[at] = (struct article){ .id = item->id, .published = item->published, .serial = ++c->serial, .story = NONE, .v = *v };
	c->article[at].copy_of = item->copy_of > 0 ? place_get(&c->by_article, (uint64_t)item->copy_of) : NONE;
	place_put(&c->by_article, (uint64_t)item->id, at);
	c->articles++;
	return at;
}

uint32_t held_new(struct cluster *c, int64_t id)
{
	uint32_t at = take_free(&c->free_story);
	if (at == NONE) {
		c->story = room(c, c->story, c->nstory, sizeof *c->story, &c->story_bytes);
		at = (uint32_t)c->nstory++;
	}
	c->story[at] = (struct story){ .id = id };
	place_put(&c->by_story, (uint64_t)id, at);
	c->stories++;
	return at;
}

/* ---- the inverted index ---------------------------------------------------------------------------- */

static size_t posting_place(const struct posting *v, size_t cap, uint32_t f)
{
	size_t i = hash_mix(f) & (cap - 1);
	while (v[i].f && v[i].f != f)
		i = (i + 1) & (cap - 1);
	return i;
}

/* Words that no story has any more are left behind here. */
static void postings_widen(struct cluster *c)
{
	size_t live = 0, cap = 1024, bytes;
	for (size_t i = 0; i < c->posting_cap; i++)
		live += c->posting[i].stories.n > 0;
	while (cap < live * 3)
		cap *= 2;
	struct posting *v = cluster_heap_get(&c->heap, cap * sizeof *v, &bytes);
	memset(v, 0, cap * sizeof *v);
	for (size_t i = 0; i < c->posting_cap; i++) {
		struct posting *p = &c->posting[i];
		if (p->stories.n)
			v[posting_place(v, cap, p->f)] = *p;
		else
			places_done(&c->heap, &p->stories);
	}
	cluster_heap_give(&c->heap, c->posting, c->posting_bytes);
	c->posting = v;
	c->posting_cap = cap;
	c->posting_bytes = bytes;
	c->npostings = live;
}

static void posting_add(struct cluster *c, uint32_t f, uint32_t story)
{
	if ((c->npostings + 1) * 3 > c->posting_cap * 2)
		postings_widen(c);
	struct posting *p = &c->posting[posting_place(c->posting, c->posting_cap, f)];
	c->npostings += !p->f;
	p->f = f;
	places_add(&c->heap, &p->stories, story);
}

static void posting_take(struct cluster *c, uint32_t f, uint32_t story)
{
	struct posting *p = &c->posting[posting_place(c->posting, c->posting_cap, f)];
	places_take(&p->stories, story);
	if (!p->stories.n)
		places_done(&c->heap, &p->stories);
}

/* ---- the centre of a story -------------------------------------------------------------------------- */

static struct cell *cell_place(struct cell *v, uint32_t cap, uint32_t f)
{
	uint32_t i = (uint32_t)hash_mix(f) & (cap - 1);
	while (v[i].f && v[i].f != f)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static void centre_widen(struct cluster *c, struct story *s)
{
	uint32_t live = 0, cap = 64;
	for (uint32_t i = 0; i < s->cap; i++)
		live += s->cell[i].sum > 0;
	while (cap < (live + CLUSTER_TERMS) * 5 / 4)
		cap *= 2;
	size_t bytes;
	struct cell *v = cluster_heap_get(&c->heap, cap * sizeof *v, &bytes);
	memset(v, 0, cap * sizeof *v);
	for (uint32_t i = 0; i < s->cap; i++)
		if (s->cell[i].sum)
			*cell_place(v, cap, s->cell[i].f) = s->cell[i];
	cluster_heap_give(&c->heap, s->cell, s->cap * sizeof *v);
	s->cell = v;
	s->cap = cap;
	s->cells = live;
}

uint32_t held_sum(const struct story *s, uint32_t f)
{
	return s->cap ? cell_place(s->cell, s->cap, f)->sum : 0;
}

static void centre_add(struct cluster *c, uint32_t story, const struct vec *v)
{
	struct story *s = &c->story[story];
	if ((s->cells + v->n) * 5 / 4 >= s->cap)
		centre_widen(c, s);
	for (unsigned i = 0; i < v->n; i++) {
		struct cell *cell = cell_place(s->cell, s->cap, v->f[i]);
		double was = cell->sum, is = was + v->w[i];
		s->cells += !cell->f;
		if (!cell->sum) {
			posting_add(c, v->f[i], story);
			s->words++;
		}
		cell->f = v->f[i];
		cell->sum += v->w[i];
		s->norm2 += is * is - was * was;
	}
}

static void centre_take(struct cluster *c, uint32_t story, const struct vec *v)
{
	struct story *s = &c->story[story];
	for (unsigned i = 0; i < v->n; i++) {
		struct cell *cell = cell_place(s->cell, s->cap, v->f[i]);
		double was = cell->sum, is = was - v->w[i];
		cell->sum -= v->w[i];
		if (!cell->sum) {
			posting_take(c, v->f[i], story);
			s->words--;
		}
		s->norm2 += is * is - was * was;
	}
}

/* ---- joining and leaving ------------------------------------------------------------------------------ */

void held_join(struct cluster *c, uint32_t story, uint32_t article)
{
	struct article *a = &c->article[article];
	struct list *m = &c->story[story].members;
	places_add(&c->heap, m, article);
	for (uint32_t i = m->n - 1; i && c->article[m->v[i - 1]].serial > a->serial; i--) {
		m->v[i] = m->v[i - 1];
		m->v[i - 1] = article;
	}
	a->story = story;
	centre_add(c, story, &a->v);
	struct story *s = &c->story[story];
	bool only = s->members.n == 1;
	s->first_at = only ? a->published : MIN(s->first_at, a->published);
	s->last_at = only ? a->published : MAX(s->last_at, a->published);
}

void held_leave(struct cluster *c, uint32_t article)
{
	struct article *a = &c->article[article];
	struct story *s = &c->story[a->story];
	uint32_t kept = 0;
	s->first_at = INT64_MAX;
	s->last_at = INT64_MIN;
	for (uint32_t i = 0; i < s->members.n; i++) {
		uint32_t m = s->members.v[i];
		if (m == article)
			continue;
		s->members.v[kept++] = m;
		s->first_at = MIN(s->first_at, c->article[m].published);
		s->last_at = MAX(s->last_at, c->article[m].published);
	}
	s->members.n = kept;
	centre_take(c, a->story, &a->v);
	a->story = NONE;
}

void held_move(struct cluster *c, uint32_t article, uint32_t to)
{
	uint32_t from = c->article[article].story;
	if (from == to)
		return;
	held_leave(c, article);
	held_join(c, to, article);
	held_event(c, (struct cluster_event){ CLUSTER_MOVED, c->article[article].id, c->story[from].id, c->story[to].id });
}

static void article_drop(struct cluster *c, uint32_t article)
{
	struct article *a = &c->article[article];
	place_drop(&c->by_article, (uint64_t)a->id);
	places_done(&c->heap, &a->cannot);
	a->id = 0;
	places_add(&c->heap, &c->free_article, article);
	c->articles--;
}

void held_drop(struct cluster *c, uint32_t story)
{
	while (c->story[story].members.n) {
		uint32_t a = c->story[story].members.v[--c->story[story].members.n];
		centre_take(c, story, &c->article[a].v);
		article_drop(c, a);
	}
	struct story *s = &c->story[story];
	place_drop(&c->by_story, (uint64_t)s->id);
	places_done(&c->heap, &s->members);
	cluster_heap_give(&c->heap, s->cell, s->cap * sizeof *s->cell);
	*s = (struct story){ 0 };
	places_add(&c->heap, &c->free_story, story);
	c->stories--;
}

void held_event(struct cluster *c, struct cluster_event e)
{
	if (c->at_event == c->nevent)
		c->at_event = c->nevent = 0;
	c->event = room(c, c->event, c->nevent, sizeof e, &c->event_bytes);
	c->event[c->nevent++] = e;
}

bool held_banned(const struct cluster *c, uint32_t article, int64_t story_id)
{
	const struct list *l = &c->article[article].cannot;
	for (uint32_t i = 0; i < l->n; i += 2)
		if (((int64_t)l->v[i + 1] << 32 | l->v[i]) == story_id)
			return true;
	return false;
}

/* ---- forgetting ------------------------------------------------------------------------------------------ */

struct quiet { int64_t last_at, id; uint32_t story; };

static int longest_quiet_first(const void *a, const void *b)
{
	const struct quiet *x = a, *y = b;
	if (x->last_at != y->last_at)
		return x->last_at < y->last_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* A sixteenth over the room is let grow, so that the search for the quiet is seldom. */
void held_forget(struct cluster *c)
{
	if (c->articles <= c->set.room + c->set.room / 16)
		return;
	int64_t before = c->clock - (int64_t)c->set.quiet_days * 86400;
	struct arena mem = { 0 };
	struct quiet *v = NEW_ARRAY(&mem, struct quiet, c->nstory);
	size_t n = 0;
	for (uint32_t i = 0; i < c->nstory; i++)
		if (c->story[i].id && !c->story[i].pinned && c->story[i].last_at < before)
			v[n++] = (struct quiet){ c->story[i].last_at, c->story[i].id, i };
	if (n)
		qsort(v, n, sizeof *v, longest_quiet_first);
	for (size_t i = 0; i < n && c->articles > c->set.room; i++) {
		held_drop(c, v[i].story);
		held_event(c, (struct cluster_event){ CLUSTER_FORGOTTEN, 0, v[i].id, 0 });
	}
	arena_done(&mem);
}
