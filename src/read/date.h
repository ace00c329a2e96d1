/*
 * date - when something was published, from the many ways people write it: RFC 822, ISO 8601 in all its
 * cuts, asctime, and prose in Vietnamese ("Thứ ba, 11/8/2026, 10:25 (GMT+7)", "14:05 | 03/06/2026",
 * "ngày 11 tháng 8 năm 2026") and English and other European month names.
 */
#ifndef READ_DATE_H
#define READ_DATE_H

#include "base/base.h"
#include "base/time.h"

#define NO_TIME INT64_MIN

struct when {
	int64_t at;        /* seconds since 1970; of the local clock when zone is false */
	bool time, zone;   /* a clock time was given; an offset was given */
	bool vietnamese;   /* Vietnamese words were among it */
};

enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST }; /* how 3/4/2026 is meant */

/* One date in the whole of a short text (at most 200 bytes are looked at). False: there is none, or an
 * impossible one; *ret untouched then. */
MUST_USE bool date_read(struct str s, enum date_order order, struct when *ret);
/* The instant, the local clock of `offset` being meant where no offset was written. */
static inline int64_t when_at(struct when w, int64_t offset) { return w.zone ? w.at : w.at - offset; }

#endif
