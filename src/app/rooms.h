/* rooms - the rooms of this house: their routes, what stands in the navigation, the numbers beside it. */
#ifndef APP_ROOMS_H
#define APP_ROOMS_H

#include "web/web.h"

const struct route_table *rooms_routes(struct arena *mem, size_t *ret_n);
extern const struct nav_item rooms_nav[];
extern const size_t rooms_nav_n;
void rooms_count(struct cx *cx, const struct nav_item *item, struct badge *ret);

#endif
