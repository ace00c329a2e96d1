/*
 * manual - an article that a person types in, because no source brings it (a printed page, a broadcast). It goes the
 * same way as all others: cleaned, labelled, checked for copies, put into a story, counted.
 */
#ifndef ROOMS_MONITORING_MANUAL_H
#define ROOMS_MONITORING_MANUAL_H

#include "base/mistake.h"
#include "store/cx.h"

struct manual_item { struct str outlet, outlet_kind, url, title, lead, body, time; }; /* time: ISO, or a day; empty: now */

/* Everything that is wrong with it, field by field, under the names of the struct. */
void manual_check(struct cx *cx, const struct manual_item *m, struct mistakes *ret);
/* Finds or adds the outlet and leaves a job of kind "manual" whose arg is {"outlet": id, "outlet_kind", "url", "title",
 * "lead", "body", "published_at": seconds}; the writer takes it from there. ERR_DENIED, ERR_INPUT. */
MUST_USE enum err manual_add(struct cx *cx, const struct manual_item *m);

#endif
