/*
 * opml - lists of feeds that people pass around (OPML 1.0, 2.0): each outline with a feed's address, its
 * name and the path of folders above it.
 */
#ifndef READ_OPML_H
#define READ_OPML_H

#include "base/base.h"

enum { OPML_MOST = 20000 };

/* The last four are the house's own attributes, written nc:outlet and so on; empty when they are not there. */
struct opml_feed { struct str title, feed, site, folder, language, outlet, kind, licence, permission; };
struct opml { struct str title; struct opml_feed *feeds; size_t n; bool malformed, truncated; };

/* ERR_INPUT when there is no <opml>; texts are copies in the arena. */
MUST_USE enum err opml_read(struct arena *mem, struct str bytes, struct opml *ret, struct fault *fault);

#endif
