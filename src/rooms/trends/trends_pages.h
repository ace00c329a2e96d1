/* trends_pages - the addresses of this room, for the binary's list of rooms. */
#ifndef ROOMS_TRENDS_TRENDS_PAGES_H
#define ROOMS_TRENDS_TRENDS_PAGES_H

#include "web/web.h"

extern const struct route_table trends_tables[];
extern const size_t trends_tables_n;

#endif
