/*
 * near - the index. A ring of articles in chunks, and one table of chains, newest first, as zlib keeps its
 * matches: a link to an article that has left the ring ends the chain, so nothing is ever taken out by
 * hand. An article is in the chains of its 20 smallest hashes: two of Jaccard 0.34 have one of them in
 * common with probability 0.999, at the price of some looks at phrases that everybody uses.
 */
#include "text/near.h"

enum { KEYS = 20, CHUNK = 256, LOOKS = 48, SEEN = 1024, HEADS = 8 };

struct kept {
	int64_t id, first, published;
	uint32_t low[NEAR_LOW];
	uint32_t shingles;
	uint32_t prev[KEYS]; /* serial number of the one before in that chain; 0: none */
	uint8_t at[NEAR_LOW];
	uint16_t nlow;
};

struct near_index {
	struct arena ring_mem, *mem;
	struct kept **chunk;     /* `chunks` of them; NULL: nothing held there */
	struct kept **spare;     /* given up by the oldest */
	size_t chunks, nspare, room;
	uint32_t next, oldest;   /* serial numbers from 1: held are [oldest, next) */
	uint32_t *heads;
	size_t width;            /* of the table, a power of two */
	int64_t clock, window;
	uint32_t seen[SEEN];     /* looked at already for the article at hand */
};

static size_t pow2_over(size_t n)
{
	size_t p = 64;
	while (p < n)
		p *= 2;
	return p;
}

struct near_index *near_new(struct arena *mem, size_t room, int days)
{
	struct near_index *ix = NEW(mem, struct near_index);
	ix->mem = mem;
	ix->room = pow2_over(MIN(MAX(room, (size_t)64), (size_t)1 << 26));
	ix->chunks = ix->room / CHUNK + 2;
	ix->chunk = NEW_ARRAY(mem, struct kept *, ix->chunks);
	ix->spare = NEW_ARRAY(mem, struct kept *, ix->chunks);
	ix->width = ix->room * HEADS;
	ix->heads = NEW_ARRAY(mem, uint32_t, ix->width);
	ix->next = ix->oldest = 1;
	ix->window = (int64_t)days * 86400;
	return ix;
}

void near_done(struct near_index *ix)
{
	arena_done(&ix->ring_mem);
	ix->chunk = NULL;
}

static struct kept **chunk_of(const struct near_index *ix, uint32_t serial)
{
	return &ix->chunk[serial / CHUNK % ix->chunks];
}

static struct kept *kept_at(const struct near_index *ix, uint32_t serial)
{
	return *chunk_of(ix, serial) + serial % CHUNK;
}

static void drop_oldest(struct near_index *ix)
{
	struct kept **left = chunk_of(ix, ix->oldest);
	if (++ix->oldest % CHUNK)
		return;
	ix->spare[ix->nspare++] = *left;
	*left = NULL;
}

/* Drops what is too old; what came late in order of time stays until those before it go. */
static void make_place(struct near_index *ix, int64_t published)
{
	ix->clock = MAX(ix->clock, published);
	while (ix->oldest != ix->next && kept_at(ix, ix->oldest)->published < ix->clock - ix->window)
		drop_oldest(ix);
	if (ix->next - ix->oldest == ix->room)
		drop_oldest(ix);
	struct kept **chunk = chunk_of(ix, ix->next);
	if (!*chunk)
		*chunk = ix->nspare ? ix->spare[--ix->nspare] : arena_raw(&ix->ring_mem, CHUNK * sizeof **chunk);
}

/* The smallest hashes differ least in their upper bits. */
static size_t bucket_of(const struct near_index *ix, uint32_t low)
{
	return (size_t)(low * 0x9e3779b97f4a7c15u >> 32) & (ix->width - 1);
}

static bool is_held(const struct near_index *ix, uint32_t serial)
{
	return serial && serial - ix->oldest < ix->next - ix->oldest;
}

static void compare(const struct near_index *ix, uint32_t serial, const struct near_print *p, struct near_answer *best)
{
	const struct kept *k = kept_at(ix, serial);
	struct near_print other = { .shingles = k->shingles, .nlow = k->nlow };
	memcpy(other.low, k->low, sizeof other.low);
	memcpy(other.at, k->at, sizeof other.at);
	struct near_answer r = near_compare(p, &other);
	bool better = r.kind > best->kind || (r.kind == best->kind && r.similarity > best->similarity);
	if (r.kind == NEAR_OTHER || !better)
		return;
	*best = r;
	best->of = k->id;
	best->first = k->first;
}

static bool seen_before(struct near_index *ix, uint32_t serial)
{
	uint32_t *place = &ix->seen[hash_mix(serial) & (SEEN - 1)];
	bool was = *place == serial;
	*place = serial;
	return was;
}

static unsigned keys_of(uint16_t nlow)
{
	return MIN(nlow, (uint16_t)KEYS);
}

/* By which of its keys an article is in the chain of this bucket; `*ret_same` when it is that very hash. The
 * first of several was put in first, so its link leads on. */
static unsigned key_in(const struct near_index *ix, const struct kept *k, uint32_t low, bool *ret_same)
{
	size_t bucket = bucket_of(ix, low);
	unsigned found = KEYS;
	*ret_same = false;
	for (unsigned i = 0; i < keys_of(k->nlow); i++) {
		*ret_same |= k->low[i] == low;
		if (found == KEYS && bucket_of(ix, k->low[i]) == bucket)
			found = i;
	}
	BUG_IF(found == KEYS);
	return found;
}

static struct near_answer look(struct near_index *ix, const struct near_print *p)
{
	struct near_answer best = { NEAR_OTHER };
	memset(ix->seen, 0, sizeof ix->seen);
	for (unsigned i = 0; i < keys_of(p->nlow); i++) {
		uint32_t s = ix->heads[bucket_of(ix, p->low[i])];
		for (int n = 0; is_held(ix, s) && n < LOOKS; n++) {
			bool same;
			const struct kept *k = kept_at(ix, s);
			unsigned key = key_in(ix, k, p->low[i], &same);
			if (same && !seen_before(ix, s))
				compare(ix, s, p, &best);
			s = k->prev[key];
		}
	}
	return best;
}

static void keep(struct near_index *ix, struct kept k, const struct near_print *p)
{
	memcpy(k.low, p->low, sizeof k.low);
	memcpy(k.at, p->at, sizeof k.at);
	k.shingles = p->shingles;
	k.nlow = p->nlow;
	for (unsigned i = 0; i < keys_of(p->nlow); i++) {
		uint32_t *head = &ix->heads[bucket_of(ix, p->low[i])];
		k.prev[i] = is_held(ix, *head) ? *head : 0;
		*head = ix->next;
	}
	*kept_at(ix, ix->next) = k;
	ix->next++;
	BUG_IF(ix->next == UINT32_MAX); /* 58 years at 200,000 a day */
}

struct near_answer near_add(struct near_index *ix, int64_t id, int64_t published, const struct near_print *p)
{
	make_place(ix, published);
	if (!p->shingles)
		return (struct near_answer){ .kind = NEAR_OTHER, .first = id };
	struct near_answer best = look(ix, p);
	if (best.kind <= NEAR_CITES)
		best.first = id;
	keep(ix, (struct kept){ .id = id, .first = best.first, .published = published }, p);
	return best;
}

size_t near_held(const struct near_index *ix)
{
	return ix->next - ix->oldest;
}

size_t near_bytes(const struct near_index *ix)
{
	return ix->ring_mem.held + ix->width * sizeof *ix->heads + 2 * ix->chunks * sizeof *ix->chunk;
}
