/*
 * cluster_held - articles and stories come and go. A story's centre is the exact sum of its members'
 * vectors, so leaving undoes joining to the last bit; a small story needs no table of it, for its members
 * are at hand. Its words are in the inverted index as long as a member has them.
 */
#include "text/cluster_inner.h"

#include <stdlib.h>

void *held_room(struct cluster *c, void *v, size_t n, size_t each, size_t *bytes)
{
	if ((n + 1) * each <= *bytes)
		return v;
	size_t wider;
	void *w = cluster_heap_get(&c->heap, (n + n / 2 + 1) * each, &wider);
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

static struct vec vec_keep(struct cluster *c, const struct vec *v)
{
	size_t bytes;
	uint32_t *f = cluster_heap_get(&c->heap, v->n * 5u, &bytes);
	uint8_t *w = (uint8_t *)(f + v->n);
	if (v->n) {
		memcpy(f, v->f, v->n * sizeof *f);
		memcpy(w, v->w, v->n);
	}
	return (struct vec){ f, w, v->norm2, v->n };
}

uint32_t held_article(struct cluster *c, const struct cluster_item *item, const struct vec *v)
{
	uint32_t at = take_free(&c->free_article);
	size_t bytes;
	if (at == NONE) {
		at = (uint32_t)c->narticle++;
		c->article = held_room(c, c->article, at / ARTICLE_CHUNK, sizeof *c->article, &c->article_bytes);
		if (at % ARTICLE_CHUNK == 0)
			c->article[at / ARTICLE_CHUNK] = cluster_heap_get(&c->heap, ARTICLE_CHUNK * sizeof **c->article, &bytes);
	}
	*art_at(c, at) = (struct article){ .id = item->id, .published = item->published, .serial = ++c->serial, .story = NONE,
		.v = vec_keep(c, v), .copy_of = MAX(item->copy_of, 0) };
	place_put(&c->by_article, (uint64_t)item->id, at);
	c->articles++;
	return at;
}

uint32_t held_new(struct cluster *c, int64_t id)
{
	uint32_t at = take_free(&c->free_story);
	size_t bytes;
	if (at == NONE) {
		at = (uint32_t)c->nstory++;
		c->story = held_room(c, c->story, at / STORY_CHUNK, sizeof *c->story, &c->story_bytes);
		if (at % STORY_CHUNK == 0)
			c->story[at / STORY_CHUNK] = cluster_heap_get(&c->heap, STORY_CHUNK * sizeof **c->story, &bytes);
	}
	*story_at(c, at) = (struct story){ .id = id };
	place_put(&c->by_story, (uint64_t)id, at);
	c->stories++;
	return at;
}

/* ---- the inverted index: linear probing, backward shift on removal ------------------------------------- */

enum { FEW = 2 };

static size_t posting_home(size_t cap, uint32_t f)
{
	return (size_t)((uint64_t)f * cap >> 32); /* words are hashes already */
}

static size_t posting_place(const struct posting *v, size_t cap, uint32_t f)
{
	size_t i = posting_home(cap, f);
	while (v[i].n && v[i].f != f)
		i = i + 1 == cap ? 0 : i + 1;
	return i;
}

const struct posting *held_posting(const struct cluster *c, uint32_t f)
{
	if (!c->posting_cap)
		return NULL;
	const struct posting *p = &c->posting[posting_place(c->posting, c->posting_cap, f)];
	return p->n ? p : NULL;
}

void held_posting_soon(const struct cluster *c, uint32_t f)
{
	if (c->posting_cap)
		__builtin_prefetch(&c->posting[posting_home(c->posting_cap, f)]);
}

const uint32_t *held_stories(const struct posting *p)
{
	return p->n > FEW ? p->in.many : p->in.few;
}

static void postings_widen(struct cluster *c)
{
	size_t cap = MAX(c->posting_cap + c->posting_cap / 2, (size_t)1024), bytes;
	struct posting *v = cluster_heap_get(&c->heap, cap * sizeof *v, &bytes);
	cap = bytes / sizeof *v;
	memset(v, 0, cap * sizeof *v);
	for (size_t i = 0; i < c->posting_cap; i++)
		if (c->posting[i].n)
			v[posting_place(v, cap, c->posting[i].f)] = c->posting[i];
	cluster_heap_give(&c->heap, c->posting, c->posting_bytes);
	c->posting = v;
	c->posting_cap = cap;
	c->posting_bytes = bytes;
}

/* The block of a long list is always the one for its length, so its size need not be kept. */
static void posting_resize(struct cluster *c, struct posting *p, uint32_t n)
{
	size_t was = p->n > FEW ? cluster_heap_size(p->n * sizeof(uint32_t)) : 0;
	size_t is = n > FEW ? cluster_heap_size(n * sizeof(uint32_t)) : 0;
	if (was != is) {
		struct posting old = *p;
		if (is)
			p->in.many = cluster_heap_get(&c->heap, is, &is);
		uint32_t *to = is ? p->in.many : p->in.few;
		memcpy(to, held_stories(&old), MIN(n, old.n) * sizeof *to);
		if (was)
			cluster_heap_give(&c->heap, old.in.many, was);
	}
	p->n = n;
}

static void posting_add(struct cluster *c, uint32_t f, uint32_t story)
{
	if ((c->npostings + 1) * 4 > c->posting_cap * 3)
		postings_widen(c);
	struct posting *p = &c->posting[posting_place(c->posting, c->posting_cap, f)];
	c->npostings += !p->n;
	p->f = f;
	posting_resize(c, p, p->n + 1);
	(p->n > FEW ? p->in.many : p->in.few)[p->n - 1] = story;
}

static void posting_close(struct cluster *c, size_t hole)
{
	size_t cap = c->posting_cap;
	struct posting *v = c->posting;
	for (size_t i = (hole + 1) % cap; v[i].n; i = i + 1 == cap ? 0 : i + 1) {
		size_t home = posting_home(cap, v[i].f);
		if ((i + cap - home) % cap < (i + cap - hole) % cap)
			continue;
		v[hole] = v[i];
		hole = i;
	}
	v[hole] = (struct posting){ 0 };
	c->npostings--;
}

static void posting_take(struct cluster *c, uint32_t f, uint32_t story)
{
	size_t at = posting_place(c->posting, c->posting_cap, f);
	struct posting *p = &c->posting[at];
	uint32_t *v = p->n > FEW ? p->in.many : p->in.few, i = 0;
	while (i < p->n && v[i] != story)
		i++;
	BUG_IF(i == p->n);
	v[i] = v[p->n - 1];
	if (p->n > 1)
		posting_resize(c, p, p->n - 1);
	else
		posting_close(c, at);
}

/* ---- the centre of a story -------------------------------------------------------------------------- */

static struct cell *cell_place(struct cell *v, uint32_t cap, uint32_t f)
{
	uint32_t i = f & (cap - 1);
	while (v[i].f && v[i].f != f)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static void centre_widen(struct cluster *c, struct story *s)
{
	uint32_t live = 0, cap = 256;
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

static void cells_add(struct cluster *c, struct story *s, const struct vec *v)
{
	if ((s->cells + v->n) * 5 / 4 >= s->cap)
		centre_widen(c, s);
	for (unsigned i = 0; i < v->n; i++) {
		struct cell *cell = cell_place(s->cell, s->cap, v->f[i]);
		s->cells += !cell->f;
		cell->f = v->f[i];
		cell->sum += v->w[i];
	}
}

void held_sums(const struct cluster *c, const struct story *s, const struct probe *q, uint32_t ret[CLUSTER_TERMS])
{
	const struct vec *v = q->v;
	memset(ret, 0, CLUSTER_TERMS * sizeof *ret);
	if (s->cap) {
		for (unsigned k = 0; k < v->n; k++)
			ret[k] = cell_place(s->cell, s->cap, v->f[k])->sum;
		return;
	}
	for (uint32_t m = 0; m < s->members.n; m++) {
		const struct vec *o = &art_at(c, s->members.v[m])->v;
		for (unsigned i = 0; i < o->n; i++) {
			unsigned k = cluster_probe_find(q, o->f[i]);
			if (k < CLUSTER_TERMS)
				ret[k] += o->w[i];
		}
	}
}

/* The centre before it comes (or after it left), and what changes with the article. */
static void centre_change(struct cluster *c, uint32_t story, const struct vec *v, bool comes)
{
	struct story *s = story_at(c, story);
	struct probe q;
	uint32_t sum[CLUSTER_TERMS];
	double dot = 0;
	cluster_probe(&q, v);
	held_sums(c, s, &q, sum);
	for (unsigned k = 0; k < v->n; k++) {
		dot += (double)v->w[k] * sum[k];
		if (sum[k])
			continue;
		s->words += comes ? 1u : -1u;
		if (comes)
			posting_add(c, v->f[k], story);
		else
			posting_take(c, v->f[k], story);
	}
	double by = 2 * dot + v->norm2;
	s->norm2 += comes ? by : -by;
}

static void centre_add(struct cluster *c, uint32_t story, const struct vec *v)
{
	centre_change(c, story, v, true);
	struct story *s = story_at(c, story);
	if (s->cap)
		cells_add(c, s, v);
	else if (s->members.n >= EXEMPLARS) {
		for (uint32_t m = 0; m < s->members.n; m++)
			cells_add(c, s, &art_at(c, s->members.v[m])->v);
		cells_add(c, s, v);
	}
}

/* The members no longer name the article. */
static void centre_take(struct cluster *c, uint32_t story, const struct vec *v)
{
	struct story *s = story_at(c, story);
	for (unsigned i = 0; i < v->n && s->cap; i++)
		cell_place(s->cell, s->cap, v->f[i])->sum -= v->w[i];
	centre_change(c, story, v, false);
}

/* ---- joining and leaving ------------------------------------------------------------------------------ */

void held_join(struct cluster *c, uint32_t story, uint32_t article)
{
	struct article *a = art_at(c, article);
	struct story *s = story_at(c, story);
	struct list *m = &s->members;
	centre_add(c, story, &a->v);
	places_add(&c->heap, m, article);
	for (uint32_t i = m->n - 1; i && art_at(c, m->v[i - 1])->serial > a->serial; i--) {
		m->v[i] = m->v[i - 1];
		m->v[i - 1] = article;
	}
	a->story = story;
	bool only = s->members.n == 1;
	s->first_at = only ? a->published : MIN(s->first_at, a->published);
	s->last_at = only ? a->published : MAX(s->last_at, a->published);
}

void held_leave(struct cluster *c, uint32_t article)
{
	struct article *a = art_at(c, article);
	struct story *s = story_at(c, a->story);
	uint32_t kept = 0;
	s->first_at = INT64_MAX;
	s->last_at = INT64_MIN;
	for (uint32_t i = 0; i < s->members.n; i++) {
		uint32_t m = s->members.v[i];
		if (m == article)
			continue;
		s->members.v[kept++] = m;
		s->first_at = MIN(s->first_at, art_at(c, m)->published);
		s->last_at = MAX(s->last_at, art_at(c, m)->published);
	}
	s->members.n = kept;
	centre_take(c, a->story, &a->v);
	a->story = NONE;
}

void held_move(struct cluster *c, uint32_t article, uint32_t to)
{
	uint32_t from = art_at(c, article)->story;
	if (from == to)
		return;
	held_leave(c, article);
	held_join(c, to, article);
	held_event(c, (struct cluster_event){ CLUSTER_MOVED, art_at(c, article)->id, story_at(c, from)->id, story_at(c, to)->id });
}

static void bars_forget(struct cluster *c, int64_t article)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->nbar; i++)
		if (c->bar[i].article != article)
			c->bar[kept++] = c->bar[i];
	c->nbar = kept;
}

static void article_drop(struct cluster *c, uint32_t article)
{
	struct article *a = art_at(c, article);
	place_drop(&c->by_article, (uint64_t)a->id);
	cluster_heap_give(&c->heap, (void *)(uintptr_t)a->v.f, a->v.n * 5u);
	if (a->barred)
		bars_forget(c, a->id);
	*a = (struct article){ 0 };
	places_add(&c->heap, &c->free_article, article);
	c->articles--;
}

void held_drop(struct cluster *c, uint32_t story)
{
	struct story *s = story_at(c, story);
	while (s->members.n) {
		uint32_t a = s->members.v[--s->members.n];
		centre_take(c, story, &art_at(c, a)->v);
		article_drop(c, a);
	}
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
	c->event = held_room(c, c->event, c->nevent, sizeof e, &c->event_bytes);
	c->event[c->nevent++] = e;
}

bool held_banned(const struct cluster *c, uint32_t article, int64_t story_id)
{
	const struct article *a = art_at(c, article);
	for (size_t i = 0; i < c->nbar && a->barred; i++)
		if (c->bar[i].article == a->id && c->bar[i].story == story_id)
			return true;
	return false;
}

void held_ban(struct cluster *c, uint32_t article, int64_t story_id)
{
	struct article *a = art_at(c, article);
	c->bar = held_room(c, c->bar, c->nbar, sizeof *c->bar, &c->bar_bytes);
	c->bar[c->nbar++] = (struct bar){ a->id, story_id };
	a->barred = true;
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
		if (story_at(c, i)->id && !story_at(c, i)->pinned && story_at(c, i)->last_at < before)
			v[n++] = (struct quiet){ story_at(c, i)->last_at, story_at(c, i)->id, i };
	if (n)
		qsort(v, n, sizeof *v, longest_quiet_first);
	for (size_t i = 0; i < n && c->articles > c->set.room; i++) {
		held_drop(c, v[i].story);
		held_event(c, (struct cluster_event){ CLUSTER_FORGOTTEN, 0, v[i].id, 0 });
	}
	uint32_t kept = 0;
	for (uint32_t i = 0; i < c->fresh.n; i++)
		if (art_at(c, c->fresh.v[i])->id)
			c->fresh.v[kept++] = c->fresh.v[i];
	c->fresh.n = kept;
	arena_done(&mem);
}
