/*
 * effect - what changed after a day, against the forecast without it. Says what differs, never why.
 */
#ifndef STATS_EFFECT_H
#define STATS_EFFECT_H

#include "stats/series.h"

enum { EFFECT_CONTROLS = 8 };

struct effect {
	double effect, lo, hi;   /* sum of value - expected over the days from `at` on, with its 95 % interval */
	double expected, actual; /* sums over those days */
	double share, share_lo, share_hi; /* effect / expected; NAN when nothing was expected */
	double p;                /* how often a day when nothing is known to have happened looked as different */
	size_t days, placebos;   /* days from `at` on; placebo days tried */
	double *path;            /* [days] expected, for the picture */
};

/* `at` indexes the first value after the act; controls[k][s->n] are series that the act could not touch.
 * ERR_INPUT: fewer than 14 values before, none after, or more controls than EFFECT_CONTROLS. */
MUST_USE enum err effect_run(struct arena *mem, const struct series *s, size_t at, const double *const *controls,
                             size_t ncontrols, struct effect *ret, struct fault *fault);

#endif
