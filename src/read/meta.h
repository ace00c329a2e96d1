/*
 * meta - what a page says of itself: OpenGraph and other meta elements, JSON-LD (read tolerantly), microdata,
 * <title>, <time>. Evidence, not truth: sites put teasers and wrong times there. Authors are not read.
 */
#ifndef READ_META_H
#define READ_META_H

#include "read/date.h"
#include "read/html.h"

struct meta {
	struct str title, description, site, section, language, canonical, type;
	struct str body;            /* JSON-LD articleBody */
	struct when published;
	bool has_published;
	bool says_article, says_list, says_forum;
};

/* Before pruning: scripts hold the JSON-LD. `url` may date the page by its path. */
void meta_read(struct arena *mem, const struct html_page *h, struct str url, struct meta *ret);
/* After: a date written for people, near the top or in an element named for it. */
bool meta_date_seen(struct arena *mem, const struct html_page *h, struct when *ret);

#endif
