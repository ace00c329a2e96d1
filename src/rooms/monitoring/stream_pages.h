/* stream_pages - what the stream's page, its template and the API share. */
#ifndef ROOMS_MONITORING_STREAM_PAGES_H
#define ROOMS_MONITORING_STREAM_PAGES_H

#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/outlet.h"
#include "web/api.h"

struct stream_view {
	const struct ask *ask;
	struct choice_list topics, tones, stances, scopes, outlets, places;
	struct article_views rows;
	struct coverage coverage;
	struct pager pager;
	bool deep, can_add;              /* deep: not at the newest */
};

/* The query's parameters (topic, place, body, tone, stance, scope, outlet, from, unconfirmed, after) as a list of at
 * most `most`; *ret_last.set when more follow. */
MUST_USE enum err stream_load(struct cx *cx, const struct ask *ask, int most, struct article_list *ret, struct cursor *ret_last);
void page_stream(struct html *out, struct cx *cx, const struct stream_view *v);

#endif
