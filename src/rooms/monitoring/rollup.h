/*
 * rollup - how many articles, of which tone, by hour and by day, for everything, for each topic, place,
 * public body and outlet, apart for each kind of outlet. Written in the transaction that writes the article,
 * so a page never counts articles. An outlet's rows hold numbers only, no tone (PR-04).
 */
#ifndef ROOMS_MONITORING_ROLLUP_H
#define ROOMS_MONITORING_ROLLUP_H

#include "base/map.h"
#include "store/cx.h"

enum rollup_unit { BY_HOUR, BY_DAY };

struct counts { int64_t n, good, neutral, bad, favourable, unfavourable, public, confirmed; };

/* What an article adds under each of its labels. */
struct rollup_facts {
	int64_t published_at, outlet;
	struct str outlet_kind, tone, stance, scope;
	bool confirmed;
};

struct rollup {
	struct arena *mem;
	struct map places; /* key: kind, unit, bucket, outlet kind, code */
	struct rollup_row *rows;
	size_t n, cap;
};

struct rollup rollup_new(struct arena *mem);
/* sign +1 when an article or a label comes, -1 when it goes. */
void rollup_base(struct rollup *r, const struct rollup_facts *f, int sign);                             /* all, and the outlet */
void rollup_label(struct rollup *r, const struct rollup_facts *f, const char *kind, struct str code, int sign);
MUST_USE enum err rollup_flush(struct cx *cx, struct rollup *r); /* within a transaction; empties it */

/* ---- reading: buckets are days of Việt Nam or hours of UTC (base/time.h) ------------------------------ */

struct counted { struct str code; struct counts c; };
struct counted_list { struct counted *v; size_t n; };

/* One place a bucket from `from` to `to`, both in; buckets without a row are zero. */
MUST_USE enum err rollup_series(struct cx *cx, enum rollup_unit unit, struct str kind, struct str code, int64_t from, int64_t to,
	struct counts **ret);
/* Sums by code over the buckets, largest n first, at most `most`. */
MUST_USE enum err rollup_by_code(struct cx *cx, enum rollup_unit unit, struct str kind, int64_t from, int64_t to, int most,
	struct counted_list *ret);
MUST_USE enum err rollup_sum(struct cx *cx, enum rollup_unit unit, struct str kind, struct str code, int64_t from, int64_t to,
	struct counts *ret);
/* First and last bucket there is anything in; ERR_NOT_FOUND when nothing was counted yet. */
MUST_USE enum err rollup_span(struct cx *cx, enum rollup_unit unit, int64_t *ret_first, int64_t *ret_last);
/* Of the outlets that brought something in the fortnight up to the day, how many are not silent for longer than is
 * usual for them. */
MUST_USE enum err rollup_alive(struct cx *cx, int64_t day, int64_t *ret_alive, int64_t *ret_known);

#endif
