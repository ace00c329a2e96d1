/*
 * article - which part of a page is its article: blocks are judged, subtrees weighed, one is chosen, and
 * what does not belong is left out of it.
 */
#ifndef READ_ARTICLE_H
#define READ_ARTICLE_H

#include "read/html.h"
#include "read/meta.h"
#include "read/page.h"

struct article {
	struct str text, lead;
	double confidence;
	enum page_kind kind;
};

void article_find(struct arena *mem, struct html_page *h, const struct meta *m, struct article *ret);

#endif
