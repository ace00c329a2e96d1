/* source_pages - what the pages of sources show. */
#ifndef ROOMS_MONITORING_SOURCE_PAGES_H
#define ROOMS_MONITORING_SOURCE_PAGES_H

#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/outlet.h"

struct sources_view {
	const struct ask *ask;
	struct source_list list;
	struct coverage coverage;
	int64_t waiting;              /* for approval */
	bool may_edit, may_approve;
};

void page_sources(struct html *out, struct cx *cx, const struct sources_view *v);
void page_source_form(struct html *out, struct cx *cx, const struct ask *ask, const struct mistakes *m);
enum chip_kind health_chip(const struct source *s);
struct str health_say(struct cx *cx, const struct source *s);
bool source_polled(const struct source *s);                      /* approved, not paused, and of a kind that is asked again and again */
struct str state_say(struct cx *cx, const struct source *s);   /* the last answer, in a sentence; empty before the first */
void part_field_row(struct html *out, struct cx *cx, const struct ask *ask, const struct field_view *f, const struct mistakes *m);

#endif
