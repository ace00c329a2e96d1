/*
 * map - open addressing, linear probing, at most two thirds full. A key that is a number has no text.
 */
#include "base/map.h"

static struct map_slot *slot_of(struct map_slot *slots, size_t cap, uint64_t hash, struct str key)
{
	size_t i = hash & (cap - 1);
	while (slots[i].hash && (slots[i].hash != hash || !str_eq(slots[i].key, key)))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void widen(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : 16;
	struct map_slot *wider = NEW_ARRAY(m->mem, struct map_slot, cap);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].hash)
			*slot_of(wider, cap, m->slots[i].hash, m->slots[i].key) = m->slots[i];
	m->slots = wider;
	m->cap = cap;
}

static int64_t *at(struct map *m, uint64_t hash, struct str key)
{
	if (m->n * 3 >= m->cap * 2)
		widen(m);
	struct map_slot *s = slot_of(m->slots, m->cap, hash, key);
	if (!s->hash) {
		s->hash = hash;
		s->key = key;
		m->n++;
	}
	return &s->value;
}

static const int64_t *get(const struct map *m, uint64_t hash, struct str key)
{
	if (!m->cap)
		return NULL;
	const struct map_slot *s = slot_of(m->slots, m->cap, hash, key);
	return s->hash ? &s->value : NULL;
}

/* 0 marks an empty slot, so the one key that hashes to 0 shares a number with no other of its kind. */
static uint64_t text_hash(struct str key)
{
	uint64_t h = hash_str(key);
	return h ? h : 1;
}

/* hash_mix is a bijection with mix(0) = 0: key 0 borrows the image of the all-ones key plus text ".". */
static uint64_t int_hash(uint64_t key, struct str *ret_text)
{
	*ret_text = key ? (struct str){ 0 } : S(".");
	return key ? hash_mix(key) : 1;
}

int64_t *map_at(struct map *m, struct str key)
{
	return at(m, text_hash(key), key);
}

const int64_t *map_get(const struct map *m, struct str key)
{
	return get(m, text_hash(key), key);
}

int64_t *map_at_int(struct map *m, uint64_t key)
{
	struct str none;
	uint64_t h = int_hash(key, &none);
	return at(m, h, none);
}

const int64_t *map_get_int(const struct map *m, uint64_t key)
{
	struct str none;
	uint64_t h = int_hash(key, &none);
	return get(m, h, none);
}
