/*
 * id - 63-bit numbers made by the application: 41 bits of milliseconds since 2020-01-01, 10 of the node,
 * 12 of a sequence. They rise, so newest-first lists need no other order; when the clock goes back the
 * last time is kept, and when 4,096 are made within a millisecond the next one is borrowed.
 */
#include "store/db.h"

#include <stdatomic.h>
#include <time.h>

static const int64_t EPOCH_MS = 1577836800000;
static _Atomic int64_t last; /* milliseconds << 12 | sequence */
static int node_of_us;

void id_node(int node)
{
	BUG_IF(node < 0 || node > 1023);
	node_of_us = node;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 - EPOCH_MS;
}

int64_t id_new(void)
{
	int64_t floor = now_ms() << 12, before = atomic_load(&last), next;
	do
		next = before >= floor ? before + 1 : floor;
	while (!atomic_compare_exchange_weak(&last, &before, next));
	return (next >> 12) << 22 | (int64_t)node_of_us << 12 | (next & 4095);
}
