/*
 * feed - what an outlet says it has published: RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, JSON Feed, news
 * sitemaps. Who wrote an item is never read: the product keeps no index of authors.
 * Texts are plain (no markup survives), UTF-8, in the arena. A broken feed is read as far as it goes.
 */
#ifndef READ_FEED_H
#define READ_FEED_H

#include "base/base.h"
#include "read/date.h"

enum { FEED_ENTRIES = 5000, FEED_CATEGORIES = 64, FEED_ENCLOSURES = 32 };

struct feed_enclosure {
	struct str url, type;
	int64_t length;            /* bytes as told; -1: not told */
};

struct feed_entry {
	struct str id, title, link, summary, content;
	int64_t published, updated; /* UTC; NO_TIME when not told or unreadable */
	struct str *categories;
	struct feed_enclosure *enclosures;
	size_t ncategories, nenclosures;
};

struct feed {
	struct str version;        /* "rss20", "atom10", "rss10", "json11", "sitemap", "sitemapindex" … */
	struct str encoding, title, link, language;
	bool malformed, truncated; /* a rule of the format was broken; the end or some items are missing */
	struct feed_entry *entries;
	size_t nentries;
};

/* Any of the formats, known by its first characters. ERR_INPUT: nothing of the kind; *ret untouched. */
MUST_USE enum err feed_read(struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault);

/* ---- the parts, in files of their own ---- */
MUST_USE enum err jsonfeed_read(struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault);
MUST_USE enum err sitemap_read(struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault);

#endif
