/*
 * series - the shapes counts over time come in, and the few sums every method needs.
 *
 * A series is `n` values in equal buckets, oldest first; it owns nothing. `start` numbers its first bucket:
 * hours since 1970 on the clock of Việt Nam, days as day_of() counts them, or those days divided by 7.
 * Values are finite and of magnitude at most 1e15; a missing bucket is not a zero and must be filled or
 * left out by the caller, who knows which sources were alive.
 */
#ifndef STATS_SERIES_H
#define STATS_SERIES_H

#include "base/base.h"

enum unit { UNIT_HOUR, UNIT_DAY, UNIT_WEEK };
enum { SERIES_LONGEST = 1 << 20, CALENDAR_KINDS = 8 };
#define SERIES_NO_START INT64_MIN

/* One day that is unlike its weekday; kind 1 … CALENDAR_KINDS-1 (1 public holiday, 2 Tết, 3 the days about it). */
struct calendar_day {
	int64_t day;
	int kind;
};

struct calendar {
	const struct calendar_day *days; /* in order of day */
	size_t n;
	double prior[CALENDAR_KINDS];    /* expected change of the log count before any such day was seen */
};

struct series {
	const double *v;
	size_t n;
	enum unit unit;
	int64_t start;                    /* SERIES_NO_START: not known, and no calendar applies */
	size_t season;                    /* buckets; 0: by unit (hour 24, day 7, week 1) */
	const struct calendar *calendar;  /* may be NULL */
};

MUST_USE enum err series_check(const struct series *s, struct fault *fault);
size_t series_season(const struct series *s);
bool series_is_count(const struct series *s);          /* whole numbers from 0 up */
double series_mean(const double *v, size_t n);
double series_median(struct arena *mem, const double *v, size_t n); /* 0 for none */
/* The p-quantile of sorted values, linear between ranks (n+1)p; beyond the ends it goes on with the last gap. */
double series_quantile(const double *sorted, size_t n, double p);
void series_sort(double *v, size_t n);

#endif
