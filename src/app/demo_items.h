/* demo_items - the demonstration's articles, made from the tables of demo/ (form: demo/README.md). */
#ifndef APP_DEMO_ITEMS_H
#define APP_DEMO_ITEMS_H

#include "base/time.h"
#include "rooms/monitoring/intake.h"

enum { DEMO_DAYS = 120 };

struct demo_outlet { struct str id, name, kind, home, licence; int64_t row, source; };

struct demo {
	struct arena *mem;
	struct demo_outlet *outlets;
	size_t noutlets, outlets_cap;
	struct str *communes;        /* "Xã Khe Lau" */
	size_t ncommunes, communes_cap;
	struct intake_item *items;   /* in order of time; outlet rows filled in */
	size_t nitems, items_cap;
};

void demo_read(struct demo *d);               /* outlets and communes */
void demo_items(struct demo *d, int64_t now); /* after the outlets have their rows; nothing later than now */

#endif
