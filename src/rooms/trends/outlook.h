/*
 * outlook - the fortnight ahead of a series, with its band, beside the naive one, with its record (dự báo). Made
 * from the counts by day up to yesterday; hidden as "none" where it did not beat the naive one. What was
 * forecast is kept by the day it was made, so that the page can show what came of it.
 */
#ifndef ROOMS_TRENDS_OUTLOOK_H
#define ROOMS_TRENDS_OUTLOOK_H

#include "rooms/monitoring/rollup.h"
#include "stats/forecast.h"

enum { OUTLOOK_DAYS = 14 };

struct outlook {
	int64_t first, today;       /* the first day of `past`; the day after its last */
	struct counts *past;        /* [today - first] */
	struct forecast ahead;      /* OUTLOOK_DAYS steps from today on */
	/* Forecasts for past days as they were made the day before; NAN where none was kept. [today - first] */
	double *was_mean, *was_lo80, *was_hi80, *was_lo95, *was_hi95;
	bool enough;                /* false: fewer than 28 days of counts; no forecast */
};

/* `back`: days of the past wanted. ERR_NOT_FOUND: nothing was counted yet. */
MUST_USE enum err outlook_of(struct cx *cx, struct str kind, struct str code, int back, struct outlook *ret);
/* Keeps today's forecasts of the whole and of each topic and the most named places and bodies. */
MUST_USE enum err outlook_keep(struct cx *cx);
/* The day that counts as today: that of cx->now, or, in an archive that ended long ago, the day after its last. */
MUST_USE enum err outlook_today(struct cx *cx, int64_t *ret);

#endif
