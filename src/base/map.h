/*
 * map - from text, or from a 64-bit number, to a 64-bit number. Grows in its arena; keys of text are
 * kept as given (copy them first when they do not live as long). No removal.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/base.h"

struct map_slot {
	uint64_t hash; /* 0: empty */
	struct str key;
	int64_t value;
};

struct map {
	struct arena *mem;
	struct map_slot *slots;
	size_t n, cap;
};

static inline struct map map_new(struct arena *mem) { return (struct map){ .mem = mem }; }
/* The value's place, made (as 0) when it is new; good until the next map_at. */
int64_t *map_at(struct map *m, struct str key);
const int64_t *map_get(const struct map *m, struct str key); /* NULL: not there */
int64_t *map_at_int(struct map *m, uint64_t key);
const int64_t *map_get_int(const struct map *m, uint64_t key);

#endif
