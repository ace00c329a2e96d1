/*
 * rand - hashing and repeatable numbers. The same input gives the same number on every machine, because
 * fingerprints and models are kept in files. Nothing here protects a secret: that is libsodium's work.
 * Mixing constants: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
#include "base/base.h"

uint64_t hash_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static uint64_t load(const unsigned char *p, size_t n)
{
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 m = (unsigned __int128)a * b;
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t hash64(const void *data, size_t n, uint64_t seed)
{
	const unsigned char *p = data;
	uint64_t h = seed ^ 0x9e3779b97f4a7c15u ^ n;
	size_t left = n;
	for (; left >= 8; left -= 8, p += 8)
		h = fold(h ^ load(p, 8) ^ 0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu);
	if (left)
		h = fold(h ^ load(p, left) ^ 0xd6e8feb86659fd93u, 0x94d049bb133111ebu);
	return hash_mix(h);
}

uint64_t rng_next(struct rng *r)
{
	r->s += 0x9e3779b97f4a7c15u;
	return hash_mix(r->s);
}

double rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) * 0x1p-53;
}
