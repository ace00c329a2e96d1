/* feed_build - what the readers of feeds share: growing entries, dates still without an offset. */
#ifndef READ_FEED_BUILD_H
#define READ_FEED_BUILD_H

#include "read/feed.h"

struct feed_dates { struct when published, updated; bool has_published, has_updated; };

struct feed_build {
	struct arena *mem;
	struct feed feed;
	struct feed_dates *dates;  /* beside each entry */
	size_t cap, dates_cap;
	struct feed_entry now;     /* the entry being read */
	struct feed_dates now_dates;
	size_t categories_cap, enclosures_cap;
};

void feed_entry_begin(struct feed_build *b);
void feed_entry_keep(struct feed_build *b);  /* dropped, and `truncated` set, past FEED_ENTRIES */
void feed_category(struct feed_build *b, struct str term);
void feed_enclose(struct feed_build *b, struct feed_enclosure e);
void feed_published(struct feed_build *b, struct str s); /* the first readable one counts */
void feed_updated(struct feed_build *b, struct str s);
/* Gives dates their instants: a clock without an offset is that of Việt Nam when the feed is
 * Vietnamese (by language, words or a .vn address), else UTC. */
struct feed feed_finish(struct feed_build *b);

#endif
