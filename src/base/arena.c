/*
 * arena - memory by the request, not by the object. A block holds many pieces; all go together.
 * The only file of the house that asks the system for memory. None left means stop: the service
 * manager starts us again, and whatever a user can make large has a limit at its door instead.
 */
#include "base/base.h"

#include <stdlib.h>

#ifdef __has_feature /* clang's way of saying it */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
#endif

struct arena_block {
	struct arena_block *below;
	size_t used, cap;
	_Alignas(16) char mem[];
};

enum { FIRST_BLOCK = 8 << 10, LARGEST_STEP = 4 << 20 };

static size_t next_size(const struct arena *a, size_t n)
{
	size_t step = a->top ? a->top->cap * 2 : FIRST_BLOCK;
	step = MIN(step, (size_t)LARGEST_STEP);
	return MAX(step, n);
}

static void block_free(struct arena *a, struct arena_block *b)
{
	if (!b)
		return;
	a->held -= b->cap;
	SHOW(b->mem, b->cap);
	free(b);
}

static struct arena_block *block_new(struct arena *a, size_t n)
{
	struct arena_block *b = a->spare;
	a->spare = NULL;
	if (b && b->cap >= n)
		return b;
	size_t cap = next_size(a, n);
	block_free(a, b);
	b = malloc(sizeof *b + cap);
	BUG_IF(!b);
	b->cap = cap;
	a->held += cap;
	HIDE(b->mem, cap);
	return b;
}

static void block_add(struct arena *a, size_t n)
{
	struct arena_block *b = block_new(a, n);
	b->below = a->top;
	b->used = 0;
	a->top = b;
}

/* The larger of the two is kept for the next round. */
static void block_drop(struct arena *a)
{
	struct arena_block *b = a->top, *worse = a->spare;
	a->top = b->below;
	HIDE(b->mem, b->cap);
	if (worse && worse->cap > b->cap) {
		worse = b;
		b = a->spare;
	}
	a->spare = b;
	block_free(a, worse);
}

void *arena_raw(struct arena *a, size_t n)
{
	BUG_IF(n > SIZE_MAX / 2);
	size_t padded = (n + 15) & ~(size_t)15;
	if (!a->top || a->top->cap - a->top->used < padded)
		block_add(a, padded);
	char *p = a->top->mem + a->top->used;
	a->top->used += padded;
	SHOW(p, n);
	return p;
}

void *arena_get(struct arena *a, size_t n)
{
	return memset(arena_raw(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t each)
{
	size_t all;
	BUG_IF(__builtin_mul_overflow(n, each, &all));
	return arena_get(a, all);
}

void *arena_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t each)
{
	size_t wider = *cap ? *cap * 2 : 8;
	void *copy = arena_array(a, wider, each);
	if (n)
		memcpy(copy, v, n * each);
	*cap = wider;
	return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = arena_raw(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	return (struct str){ p, s.n };
}

char *arena_z(struct arena *a, struct str s)
{
	return (char *)arena_str(a, s).p;
}

void arena_done(struct arena *a)
{
	while (a->top)
		block_drop(a);
	block_free(a, a->spare);
	a->spare = NULL;
}

void arena_reset(struct arena *a)
{
	while (a->top && a->top->below)
		block_drop(a);
	if (a->top) {
		a->top->used = 0;
		HIDE(a->top->mem, a->top->cap);
	}
}

struct arena_mark arena_mark(struct arena *a)
{
	return (struct arena_mark){ a->top, a->top ? a->top->used : 0 };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->top != mark.top)
		block_drop(a);
	if (a->top) {
		a->top->used = mark.used;
		HIDE(a->top->mem + mark.used, a->top->cap - mark.used);
	}
}
