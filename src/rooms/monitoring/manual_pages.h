/* manual_pages - the form for an article typed by hand. */
#ifndef ROOMS_MONITORING_MANUAL_PAGES_H
#define ROOMS_MONITORING_MANUAL_PAGES_H

#include "rooms/monitoring/source_pages.h"

void page_manual_form(struct html *out, struct cx *cx, const struct ask *ask, const struct mistakes *m);

#endif
