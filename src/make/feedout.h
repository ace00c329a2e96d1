/*
 * feedout - a list of entries written as a feed, so that any reader program can follow it: RSS 2.0 (rssboard.org),
 * Atom (RFC 4287), JSON Feed 1.1 (jsonfeed.org). Pure: what is given is written, escaped for its form; characters
 * XML forbids are dropped.
 */
#ifndef MAKE_FEEDOUT_H
#define MAKE_FEEDOUT_H

#include "base/base.h"

struct feed_entry {
	struct str id;             /* an address or a URN that never changes */
	struct str url, title, summary, source; /* source: who published it */
	int64_t at;
};

struct feed_out {
	struct str title, home, self; /* addresses of the page it belongs to and of the feed */
	struct str about;
	int64_t updated;
	const struct feed_entry *entries; /* newest first */
	size_t n;
};

struct str feed_rss(struct arena *mem, const struct feed_out *f);
struct str feed_atom(struct arena *mem, const struct feed_out *f);
struct str feed_json(struct arena *mem, const struct feed_out *f);
/* Thu, 23 Nov 2026 00:40:00 GMT, as RFC 822 dates stand in RSS. */
struct str feed_date(struct arena *mem, int64_t at);

#endif
