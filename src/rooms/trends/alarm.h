/*
 * alarm - more than usual, and why (alarm: cảnh báo). The watch reads the counts of the whole, of every topic and
 * place (of bad news: the whole and the topics; docs/why/watched-series.md) in order of time, as it would have on the
 * day: nothing later than a bucket is used for it. At most one in twenty alarms is expected to be false, over all
 * series together (stats/anomaly.h). An alarm names the stories and outlets that drive it; a person says true, false
 * or duplicate, and that is kept and counted.
 */
#ifndef ROOMS_TRENDS_ALARM_H
#define ROOMS_TRENDS_ALARM_H

#include "store/db.h"

struct alarm {
	int64_t id, bucket, from_bucket, count, alive, known, raised_at, triaged_by, triaged_at;
	struct str kind, series, code, measure, unit, drivers, triage, note; /* series: all, topic, place, body; measure: n, bad */
	double expected, q;
};

struct alarm_list { struct alarm *v; size_t n; };
/* Empty: any. Newest first; before_bucket and before_id say where a page goes on (0: at the newest). */
struct alarm_filter { struct str triage, series, code; int64_t before_bucket, before_id, since_bucket; int most; };
struct alarm_record { int64_t open, right, wrong, duplicate; };

struct driver_story { int64_t id, n; struct str title; };
struct driver_outlet { struct str name; int64_t n; };
struct drivers { struct driver_story stories[3]; struct driver_outlet outlets[3]; size_t nstories, noutlets; };

/* Looks at every day that has ended before cx->now and was not yet looked at; raises what is out of the
 * usual. Idempotent: the same counts give the same alarms, and one that was raised stays. */
MUST_USE enum err alarm_watch(struct cx *cx, int64_t *ret_raised);
MUST_USE enum err alarm_load(struct cx *cx, int64_t id, struct alarm *ret);
MUST_USE enum err alarm_list(struct cx *cx, const struct alarm_filter *f, struct alarm_list *ret);
MUST_USE enum err alarm_triage(struct cx *cx, int64_t id, struct str answer, struct str note); /* true, false, duplicate, open */
MUST_USE enum err alarm_record(struct cx *cx, struct alarm_record *ret); /* how many proved right */
void alarm_drivers(struct cx *cx, const struct alarm *a, struct drivers *ret);
/* The day (or the start) that the alarm speaks of, as an instant range: [from, to). */
void alarm_span(const struct alarm *a, int64_t *ret_from, int64_t *ret_to);

#endif
