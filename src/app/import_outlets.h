/*
 * import_outlets - whose an imported item is. By name: the outlet of that name, made when it is new. By host: the
 * outlet whose home or source has that host (without "www." and "m."), else one named like the host.
 */
#ifndef APP_IMPORT_OUTLETS_H
#define APP_IMPORT_OUTLETS_H

#include "base/map.h"
#include "rooms/monitoring/intake.h"
#include "rooms/monitoring/outlet.h"

struct import_outlets {
	struct arena *mem;
	struct map names, hosts;    /* to 1 + place in known */
	struct outlet *known;
	size_t n, cap;
};

struct import_outlets import_outlets_new(struct arena *mem);
/* The hosts of all outlets and sources in the database; needed once before import_outlet_by_host. */
MUST_USE enum err import_outlets_load(struct cx *cx, struct import_outlets *o);
/* They set the item's outlet and its kind. */
MUST_USE enum err import_outlet_by_name(struct cx *cx, struct import_outlets *o, struct str name, struct intake_item *item);
MUST_USE enum err import_outlet_by_host(struct cx *cx, struct import_outlets *o, struct str url, struct intake_item *item);

#endif
