/*
 * time - instants are seconds since 1970 in UTC; days are days since 1970-01-01 as a clock in Việt Nam
 * (UTC+7, no summer time) shows them. Written 23/11/2026 and 07:40 for people, ISO 8601 for machines.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/base.h"

enum { HOUR = 3600, DAY = 86400, VIETNAM = 7 * HOUR };

struct date { int year, month, day; };                       /* 2026, 11, 23 */

int64_t day_of(int64_t at);                                  /* the day in Việt Nam that holds the instant */
int64_t day_start(int64_t day);                              /* the instant at which that day begins there */
int64_t hour_of(int64_t at);                                 /* hours since 1970 in UTC */
int64_t day_from(struct date d);                             /* proleptic Gregorian; months out of range are a bug */
struct date date_of(int64_t day);
bool date_valid(struct date d);
int weekday_of(int64_t day);                                 /* 0 Monday … 6 Sunday */

struct str time_iso(struct arena *a, int64_t at);            /* 2026-11-23T00:40:00Z */
struct str time_iso_vn(struct arena *a, int64_t at);         /* 2026-11-23T07:40:00+07:00 */
struct str day_iso(struct arena *a, int64_t day);            /* 2026-11-23 */
struct str day_vi(struct arena *a, int64_t day);             /* 23/11/2026 */
struct str time_vi(struct arena *a, int64_t at);             /* 07:40 23/11/2026 */
struct str clock_vi(struct arena *a, int64_t at);            /* 07:40 */
/* ISO 8601 date or date and time, "T" or a space between, seconds and fraction optional, any offset or Z;
 * without one the clock of Việt Nam is meant. False, and *ret untouched, when it is not one. */
MUST_USE bool time_parse_iso(struct str s, int64_t *ret);
MUST_USE bool day_parse(struct str s, int64_t *ret_day);     /* 2026-11-23 or 23/11/2026 */
int64_t clock_now(void);                                     /* the machine's clock; only the edges call it */
int64_t clock_ms(void);                                      /* monotonic milliseconds, for measuring */

#endif
