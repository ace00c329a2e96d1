/*
 * poll - one round over the sources that are due: robots.txt first, then the feeds, then the pages of what is new;
 * all bytes read in the cage; what was found goes the way of intake. Each source keeps in words how it went.
 */
#ifndef ROOMS_MONITORING_POLL_H
#define ROOMS_MONITORING_POLL_H

#include "cage/cage.h"
#include "rooms/monitoring/intake.h"

struct poll_tools {
	struct cage *cage;
	struct intake *intake;
	const struct labeller *labeller;
	const char *agent;       /* names a contact */
	bool allow_private;      /* tests only */
	int delay_ms;            /* between requests to one host; 0: a second */
	int connections;         /* at once; 0: the fetcher's */
};

struct poll_counts { int64_t sources, failed, entries, fresh, pages, lost; };

/* At most `most` sources. A source's failure is its own affair; ERR_LIMIT (the disk is full) ends the round. */
MUST_USE enum err poll_due(struct cx *cx, const struct poll_tools *t, int64_t most, struct poll_counts *ret);

#endif
