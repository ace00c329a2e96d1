/* saved_pages - the searches a person keeps, and the feeds that come of them. */
#ifndef ROOMS_TRENDS_SAVED_PAGES_H
#define ROOMS_TRENDS_SAVED_PAGES_H

#include "rooms/trends/saved.h"
#include "web/catalog.h"
#include "web/parts.h"

extern const struct route saved_rows[3], feed_rows[1];
extern const struct route_table saved_tables[];
extern const size_t saved_tables_n;

struct saved_view {
	const struct ask *ask;
	struct saved_list list;
	struct str base;              /* "https://…" of this site, for addresses that are copied into other programs */
};

struct str site_base(struct cx *cx, const struct ask *ask);
void page_saved_list(struct html *out, struct cx *cx, const struct saved_view *v, const struct mistakes *m);

#endif
