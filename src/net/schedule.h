/*
 * schedule - when a source is asked again, and what is to be said of it. Pure sums: no clock, no chance.
 *
 * A source is asked so often that about three polls in ten bring something new: the pause is stretched
 * after a poll without news and cut after one with (a stochastic approximation in the logarithm, after
 * Robbins and Monro 1951), between 10 minutes and a day. Failures add up by weight and double the pause
 * from the second on, up to a day; a source is never given up. A jitter that depends only on the source
 * and the number of the poll keeps thousands of sources from asking in one second.
 */
#ifndef NET_SCHEDULE_H
#define NET_SCHEDULE_H

#include "base/base.h"

enum { POLL_LEAST = 600, POLL_MOST = 86400 };

struct poll_history {         /* kept with the source; all zero for a new one */
	int64_t source;
	int64_t polls;            /* so far */
	int64_t last;             /* instant of the last; 0: never asked */
	double pause;             /* seconds between polls while all is well; 0: not yet known */
	double share;             /* of polls that brought news, recent ones weigh more; only to be shown */
	double failures;          /* weight of the failures since the last success */
	int64_t not_before;       /* Retry-After and the like; 0: none */
};

struct poll_outcome {
	int64_t at;
	double failure;           /* fetch_state_weight(); 0: it was answered */
	int items, fresh;         /* entries in the feed, and those not seen before */
	int64_t retry_after;      /* seconds; 0: not said */
	int64_t published_pause;  /* seconds that the feed or robots.txt asks for (ttl, crawl-delay); 0: not said */
};

void poll_note(struct poll_history *h, const struct poll_outcome *outcome);
/* The instant of the next poll; one in the past means: now due. A new source is due now, give or take. */
int64_t next_poll(const struct poll_history *h, int64_t now);

/* ---- health --------------------------------------------------------------------------------------- */

enum source_health {
	HEALTH_NEW,      /* not enough seen to say */
	HEALTH_GOOD,
	HEALTH_LATE,     /* fewer items than usual at this hour; 1 chance in 50 that it is nothing */
	HEALTH_SILENT,   /* it answers, but has published nothing for a time that chance does not explain (1 in 1000) */
	HEALTH_CHANGED,  /* it answers, but what it sends is no longer understood: its layout changed */
	HEALTH_BLOCKED,  /* it keeps us out: robots.txt, 401, 403, 429 */
	HEALTH_BROKEN,   /* it does not answer properly */
	HEALTH_STATES
};

struct source_facts {
	int64_t items_seen;         /* all time */
	double expected_since;      /* items expected since the last one: expected_items() */
	int failed_in_row;          /* polls since the last success */
	double failed_hours;        /* since the last success */
	bool keeps_us_out;          /* the last failure was robots, forbidden or rate_limited */
	int unreadable_in_row;      /* answered polls in a row in which no entry was found */
};

enum source_health source_health(const struct source_facts *facts);
const char *source_health_name(enum source_health health);                  /* "late" */
const char *source_health_say(enum source_health health, const char *lang); /* "vi" or "en" */

/* Items expected in [from, to) when `profile` says how many come in each hour of the week on average,
 * profile[0] being Monday 00–01 in Việt Nam. Whole weeks are counted at once. */
double expected_items(const double profile[168], int64_t from, int64_t to);

#endif
