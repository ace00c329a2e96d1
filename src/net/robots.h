/*
 * robots - what a site asks of machines (RFC 9309): groups by product name, the longest matching rule
 * wins, Allow wins a tie, * and $ in patterns. The text is a stranger's: at most 500 KB of it are read,
 * matching a path costs at most one walk over it for each rule. Who caches it, and for how long, is the
 * caller's affair (RFC 9309 2.4: not over a day).
 */
#ifndef NET_ROBOTS_H
#define NET_ROBOTS_H

#include "base/base.h"

enum { ROBOTS_MOST = 500 << 10 };

struct robots;

struct robots *robots_new(struct arena *mem, struct str text); /* never fails: what is not understood is skipped; copies nothing, text must live */
/* What stands for a robots.txt that could not be had: unreachable or 5xx closes the site (false), 4xx
 * opens it (true), as RFC 9309 2.3.1 says. */
struct robots *robots_all(struct arena *mem, bool open);
/* `path` with its query, as in the request line; `agent` is the product name ("nhipcau"). */
bool robots_allows(const struct robots *r, struct str path, struct str agent);
/* Seconds asked for between requests; 0: not said. At most 3600. Not in the RFC, but in use. */
double robots_delay(const struct robots *r, struct str agent);
/* Sitemaps named anywhere in the file. */
size_t robots_sitemaps(const struct robots *r, const struct str **ret);

#endif
