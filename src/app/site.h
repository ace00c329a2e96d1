/*
 * site - the binary's own site: which rooms answer which paths, who may ask, what stands in the navigation.
 */
#ifndef APP_SITE_H
#define APP_SITE_H

#include "rooms/monitoring/tools.h"
#include "web/listen.h"
#include "web/web.h"

struct shared {              /* read-only once the first request comes, but for the counters of the listener */
	struct arena mem;
	struct site site;
	struct tools tools;
	struct vocab vocab;
	struct listen *listen;
	int64_t started_at;
	struct str metrics_key;
	const char *data_dir;
};

MUST_USE enum err shared_open(struct cx *cx, struct shared *s); /* reads the vocabulary and the settings */
void shared_close(struct shared *s);
extern const struct route_table ops_routes; /* /healthz /readyz /metrics /api/v1/openapi.json */

#endif
