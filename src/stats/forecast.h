/*
 * forecast - what comes next, how sure, and whether the method has earned to be shown.
 *
 * Six simple members, weighted by their rolling-origin errors, with bands from the combination's own past
 * errors. A forecast that did not beat the naive one over the last eight origins is replaced by the naive
 * one and says so (method "none"). The same input gives the same answer.
 */
#ifndef STATS_FORECAST_H
#define STATS_FORECAST_H

#include "stats/series.h"

enum { FORECAST_FARTHEST = 1000 };
enum forecast_method { FORECAST_AUTO, FORECAST_NAIVE2, FORECAST_SNAIVE };

struct forecast_opts {
	enum forecast_method method;
	bool always; /* keep the combination even where the naive forecast is as good */
};

struct forecast {
	size_t steps;
	double *mean, *lo80, *hi80, *lo95, *hi95; /* [steps]; whole numbers in the bounds where the series counts */
	double *naive;                            /* [steps]: last season's value at that place */
	const char *method;                       /* "auto", "naive2", "snaive"; "none": the naive one stands in mean */
	/* Back-test on rolling origins, each seeing only what came before it; NAN where there was no room for one. */
	double skill;                             /* 1 - mae / naive_mae over the last 8 whole origins */
	double mae, naive_mae;
	double coverage80, coverage95;            /* share inside bands made from the origins before */
	size_t origins;
};

/* 1 <= horizon <= FORECAST_FARTHEST. ERR_INPUT: no value, or one that is no number. */
MUST_USE enum err forecast_run(struct arena *mem, const struct series *s, size_t horizon, struct forecast_opts opts,
                               struct forecast *ret, struct fault *fault);

#endif
