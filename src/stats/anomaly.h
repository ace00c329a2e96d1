/*
 * anomaly - more than usual, less than usual, or a new usual: the watch over many series of counts, and a
 * score for one series of any numbers. Both are online: what is said of bucket t uses buckets <= t only.
 */
#ifndef STATS_ANOMALY_H
#define STATS_ANOMALY_H

#include "stats/series.h"

enum watch_kind { WATCH_BURST, WATCH_OUTAGE, WATCH_SHIFT };

struct watch_opts {
	enum unit unit; /* hour or day */
	double fdr;     /* share of alarm runs that may be false, over all series together; 0: 0.05 */
	uint64_t seed;  /* of the randomised p-values of discrete counts */
};

/* One a run. A run that turns out to be a new level gives a second notice of kind shift, which belongs to
 * the same run and is no discovery of its own. */
struct watch_alarm {
	size_t series;
	enum watch_kind kind;
	int64_t from, to;       /* buckets of the window in which it showed; `to` is the bucket pushed */
	double count, expected; /* sums over that window */
	double p, q;            /* of the window; q: false share among all alarms as strong as this one */
};

struct watch;
struct watch *watch_new(struct arena *mem, struct watch_opts opts);
size_t watch_series(struct watch *w, struct str key); /* its number, made when new; the key is copied */
struct str watch_key(const struct watch *w, size_t series);
size_t watch_state_bytes(const struct watch *w);      /* held for each series */
bool watch_takes(const struct watch *w, size_t series, int64_t time); /* later than the last one pushed */
/* `time` numbers the bucket as series.h does and must rise within a series. A bucket left out is missing,
 * not zero. What is no count (negative, not finite) or not later than the last is passed over: false. */
bool watch_push(struct watch *w, size_t series, int64_t time, double count, struct watch_alarm *ret);
double watch_expected(const struct watch *w, size_t series, int64_t time); /* the mean for a bucket to come */

/* ---- one series of any numbers: a score from 0 to 1 --------------------------------------------- */

enum { SCORE_SEASONS = 4, SCORE_SEASON_LONGEST = 4096 };
struct score;
/* Seasons in buckets; none given: none is assumed. O(1) memory. */
struct score *score_new(struct arena *mem, const size_t *seasons, size_t n);
struct score_row {
	double expected, lo, hi, score; /* lo, hi: where 99 % of ordinary values lie */
};
struct score_row score_push(struct score *s, double value); /* value finite */

#endif
