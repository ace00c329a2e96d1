/*
 * name_trie - names and patterns as paths of word hashes: one table of (node, hash) to node. Nodes are numbers
 * from 1, the root is 1; what a node means is kept by who made it, in arrays by node. Grows in its arena;
 * read-only once filled.
 */
#ifndef TEXT_NAME_TRIE_H
#define TEXT_NAME_TRIE_H

#include "base/base.h"

struct name_edge { uint64_t key; uint32_t to; };

struct name_trie {
	struct arena *mem;
	struct name_edge *edges;
	size_t nedges, cap;
	uint32_t nodes; /* numbers given so far; node n is below it */
};

enum { TRIE_ROOT = 1 };

struct name_trie name_trie_new(struct arena *mem);
uint32_t name_trie_make(struct name_trie *t, uint32_t from, uint64_t hash); /* the child, made when new */
uint32_t name_trie_step(const struct name_trie *t, uint32_t from, uint64_t hash); /* 0: none */

#endif
