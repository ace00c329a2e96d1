/* search_pages - what the page of search shows. */
#ifndef ROOMS_MONITORING_SEARCH_PAGES_H
#define ROOMS_MONITORING_SEARCH_PAGES_H

#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/search.h"

struct search_view {
	const struct ask *ask;
	struct search_result found;
	struct article_views rows;
	struct choice_list tones;
	struct str words;
	bool may_save;
};

/* The query's parameters q, from, to, tone. Nothing to look for gives nothing. */
MUST_USE enum err search_ask(struct cx *cx, const struct ask *ask, int most, struct search_result *ret);
void page_search(struct html *out, struct cx *cx, const struct search_view *v);

#endif
