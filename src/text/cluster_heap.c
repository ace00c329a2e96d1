/*
 * cluster_heap - memory that is used again: blocks of classes a quarter of a power of two apart, with a
 * list of free ones for each; what is larger than 32 KB goes back to the system at once, so that growing
 * tables leave no holes. And a table from numbers to places (linear probing, backward shift on removal,
 * half full at most).
 */
#include "text/cluster_inner.h"

enum { LARGE = 32 << 10 };

struct heap_large {
	struct arena mem; /* which this lies in itself */
	struct heap_large *next, **back;
	size_t bytes, pad;
};

/* Sizes 16, 32, 48, 64, then four to each doubling. */
static unsigned class_of(size_t bytes, size_t *ret_size)
{
	size_t last = MAX(bytes, (size_t)1) - 1;
	if (last < 64) {
		*ret_size = (last / 16 + 1) * 16;
		return (unsigned)(last / 16);
	}
	unsigned log2 = 63 - (unsigned)__builtin_clzll(last);
	size_t quarter = last >> (log2 - 2);
	*ret_size = (quarter + 1) << (log2 - 2);
	return 4 * (log2 - 5) + (unsigned)(quarter - 4);
}

size_t cluster_heap_size(size_t bytes)
{
	size_t size;
	class_of(bytes, &size);
	return size;
}

static void *large_get(struct heap *h, size_t bytes)
{
	struct arena mem = { 0 };
	struct heap_large *l = arena_raw(&mem, sizeof *l + bytes);
	*l = (struct heap_large){ mem, h->large, &h->large, bytes, 0 };
	if (l->next)
		l->next->back = &l->next;
	h->large = l;
	h->held += bytes;
	return l + 1;
}

static void large_give(struct heap *h, struct heap_large *l)
{
	*l->back = l->next;
	if (l->next)
		l->next->back = l->back;
	h->held -= l->bytes;
	struct arena mem = l->mem;
	arena_done(&mem);
}

void *cluster_heap_get(struct heap *h, size_t bytes, size_t *ret_bytes)
{
	unsigned k = class_of(bytes, ret_bytes);
	if (*ret_bytes > LARGE)
		return large_get(h, *ret_bytes);
	void *p = h->free[k];
	if (p) {
		memcpy(&h->free[k], p, sizeof h->free[k]);
		return p;
	}
	size_t before = h->mem.held;
	p = arena_raw(&h->mem, *ret_bytes);
	h->held += h->mem.held - before;
	return p;
}

void cluster_heap_give(struct heap *h, void *p, size_t bytes)
{
	if (!p)
		return;
	unsigned k = class_of(bytes, &bytes);
	if (bytes > LARGE) {
		large_give(h, (struct heap_large *)p - 1);
		return;
	}
	memcpy(p, &h->free[k], sizeof h->free[k]);
	h->free[k] = p;
}

void cluster_heap_done(struct heap *h)
{
	while (h->large)
		large_give(h, h->large);
	arena_done(&h->mem);
	*h = (struct heap){ 0 };
}

static size_t place_of(const struct table *t, uint64_t key)
{
	size_t i = hash_mix(key) & (t->cap - 1);
	while (t->slot[i].key && t->slot[i].key != key)
		i = (i + 1) & (t->cap - 1);
	return i;
}

uint32_t place_get(const struct table *t, uint64_t key)
{
	if (!t->cap || !key)
		return NONE;
	const struct table_slot *s = &t->slot[place_of(t, key)];
	return s->key ? s->place : NONE;
}

static void table_widen(struct table *t)
{
	struct table wider = { .heap = t->heap, .n = t->n, .cap = t->cap ? t->cap * 2 : 64 };
	wider.slot = cluster_heap_get(t->heap, wider.cap * sizeof *wider.slot, &wider.bytes);
	memset(wider.slot, 0, wider.cap * sizeof *wider.slot);
	for (size_t i = 0; i < t->cap; i++)
		if (t->slot[i].key)
			wider.slot[place_of(&wider, t->slot[i].key)] = t->slot[i];
	cluster_heap_give(t->heap, t->slot, t->bytes);
	*t = wider;
}

void place_put(struct table *t, uint64_t key, uint32_t place)
{
	BUG_IF(!key);
	if ((t->n + 1) * 2 > t->cap)
		table_widen(t);
	struct table_slot *s = &t->slot[place_of(t, key)];
	t->n += !s->key;
	*s = (struct table_slot){ key, place };
}

void place_drop(struct table *t, uint64_t key)
{
	if (place_get(t, key) == NONE)
		return;
	size_t mask = t->cap - 1, hole = place_of(t, key);
	for (size_t i = (hole + 1) & mask; t->slot[i].key; i = (i + 1) & mask) {
		size_t home = hash_mix(t->slot[i].key) & mask;
		if (((i - home) & mask) < ((i - hole) & mask))
			continue;
		t->slot[hole] = t->slot[i];
		hole = i;
	}
	t->slot[hole].key = 0;
	t->n--;
}

void places_add(struct heap *h, struct list *l, uint32_t x)
{
	if ((l->n + 1) * sizeof *l->v > l->bytes) {
		size_t bytes;
		uint32_t *v = cluster_heap_get(h, (l->n + 1) * sizeof *v, &bytes);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		cluster_heap_give(h, l->v, l->bytes);
		l->v = v;
		l->bytes = bytes;
	}
	l->v[l->n++] = x;
}

void places_take(struct list *l, uint32_t x)
{
	for (uint32_t i = l->n; i-- > 0;)
		if (l->v[i] == x) {
			l->v[i] = l->v[--l->n];
			return;
		}
}

void places_done(struct heap *h, struct list *l)
{
	cluster_heap_give(h, l->v, l->bytes);
	*l = (struct list){ 0 };
}
