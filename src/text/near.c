/*
 * near - the index. A ring of articles, and for each band of three bins a table of chains, newest first,
 * as zlib keeps its matches: a link to an article that has left the ring ends the chain, so nothing is ever
 * taken out by hand. 42 bands of 3 find a pair of Jaccard 0.6 with probability 0.9999 and one of 0.4 with
 * 0.94 (25 bands of 5 would find 0.87 and 0.23), at the price of some forty looks an article.
 */
#include "text/near.h"

enum { BANDS = 42, ROWS = 3, FIRST_ROOM = 1024, LOOKS = 64, SEEN = 1024 };

struct kept {
	int64_t id, first, published;
	uint32_t low[NEAR_LOW];
	uint32_t shingles;
	uint32_t prev[BANDS]; /* serial number of the one before in that chain; 0: none */
	uint16_t nlow;
};

struct near_index {
	struct arena ring_mem, *mem;
	struct kept *ring;
	size_t cap, room;
	uint32_t next, oldest;   /* serial numbers from 1: held are [oldest, next) */
	uint32_t *heads;         /* BANDS tables of `width` */
	size_t width;
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
	ix->cap = MIN(ix->room, (size_t)FIRST_ROOM);
	ix->ring = NEW_ARRAY(&ix->ring_mem, struct kept, ix->cap);
	ix->width = pow2_over(ix->room / 4);
	ix->heads = NEW_ARRAY(mem, uint32_t, BANDS * ix->width);
	ix->next = ix->oldest = 1;
	ix->window = (int64_t)days * 86400;
	return ix;
}

void near_done(struct near_index *ix)
{
	arena_done(&ix->ring_mem);
	ix->ring = NULL;
}

static struct kept *kept_at(const struct near_index *ix, uint32_t serial)
{
	return &ix->ring[serial & (ix->cap - 1)];
}

static void ring_widen(struct near_index *ix)
{
	struct arena wider = { 0 };
	size_t cap = ix->cap * 2;
	struct kept *ring = arena_raw(&wider, cap * sizeof *ring);
	for (uint32_t s = ix->oldest; s != ix->next; s++)
		ring[s & (cap - 1)] = *kept_at(ix, s);
	arena_done(&ix->ring_mem);
	ix->ring_mem = wider;
	ix->ring = ring;
	ix->cap = cap;
}

/* Drops what is too old; what came late in order of time stays until those before it go. */
static void make_place(struct near_index *ix, int64_t published)
{
	ix->clock = MAX(ix->clock, published);
	while (ix->oldest != ix->next && kept_at(ix, ix->oldest)->published < ix->clock - ix->window)
		ix->oldest++;
	if (ix->next - ix->oldest < ix->cap)
		return;
	if (ix->cap < ix->room)
		ring_widen(ix);
	else
		ix->oldest++;
}

static uint32_t *head_of(struct near_index *ix, const struct near_print *p, unsigned band)
{
	const uint16_t *b = p->bin + band * ROWS;
	uint64_t key = (uint64_t)band << 48 | (uint64_t)b[0] << 32 | (uint64_t)b[1] << 16 | b[2];
	return &ix->heads[band * ix->width + (hash_mix(key) & (ix->width - 1))];
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

static struct near_answer look(struct near_index *ix, const struct near_print *p)
{
	struct near_answer best = { NEAR_OTHER };
	memset(ix->seen, 0, sizeof ix->seen);
	for (unsigned band = 0; band < BANDS; band++) {
		uint32_t s = *head_of(ix, p, band);
		for (int n = 0; is_held(ix, s) && n < LOOKS; n++) {
			if (!seen_before(ix, s))
				compare(ix, s, p, &best);
			s = kept_at(ix, s)->prev[band];
		}
	}
	return best;
}

static void keep(struct near_index *ix, struct kept k, const struct near_print *p)
{
	memcpy(k.low, p->low, sizeof k.low);
	k.shingles = p->shingles;
	k.nlow = p->nlow;
	for (unsigned band = 0; band < BANDS; band++) {
		uint32_t *head = head_of(ix, p, band);
		k.prev[band] = is_held(ix, *head) ? *head : 0;
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
	return ix->ring_mem.held + BANDS * ix->width * sizeof *ix->heads;
}
