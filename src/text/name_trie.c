/*
 * name_trie - open addressing over keys that mix the node's number into the word's hash; half full at most. Two
 * edges with one 64-bit key are taken for the same: among a hundred thousand names that is one chance in 10^9.
 */
#include "text/name_trie.h"

static uint64_t key_of(uint32_t from, uint64_t hash)
{
	return hash_mix(hash + (uint64_t)from * 0x9E3779B97F4A7C15u) | 1;
}

static struct name_edge *place_of(struct name_edge *edges, size_t cap, uint64_t key)
{
	size_t i = key >> 8 & (cap - 1);
	while (edges[i].key && edges[i].key != key)
		i = (i + 1) & (cap - 1);
	return &edges[i];
}

struct name_trie name_trie_new(struct arena *mem)
{
	struct name_trie t = { .mem = mem, .cap = 1024, .nodes = TRIE_ROOT + 1 };
	t.edges = NEW_ARRAY(mem, struct name_edge, t.cap);
	return t;
}

static void widen(struct name_trie *t)
{
	size_t cap = t->cap * 4;
	struct name_edge *edges = NEW_ARRAY(t->mem, struct name_edge, cap);
	for (size_t i = 0; i < t->cap; i++)
		if (t->edges[i].key)
			*place_of(edges, cap, t->edges[i].key) = t->edges[i];
	t->edges = edges;
	t->cap = cap;
}

uint32_t name_trie_make(struct name_trie *t, uint32_t from, uint64_t hash)
{
	if (t->nedges * 2 >= t->cap)
		widen(t);
	struct name_edge *e = place_of(t->edges, t->cap, key_of(from, hash));
	if (!e->key) {
		*e = (struct name_edge){ key_of(from, hash), t->nodes++ };
		t->nedges++;
	}
	return e->to;
}

uint32_t name_trie_step(const struct name_trie *t, uint32_t from, uint64_t hash)
{
	return place_of(t->edges, t->cap, key_of(from, hash))->to;
}
