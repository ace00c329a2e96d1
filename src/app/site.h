/*
 * site - the binary's own site: which rooms answer which paths, who may ask, and what all requests share.
 */
#ifndef APP_SITE_H
#define APP_SITE_H

#include "rooms/monitoring/tools.h"
#include "web/listen.h"
#include "web/web.h"

struct shared {                  /* read-only once the first request comes */
	struct arena mem;
	struct site site;        /* first member a page can reach through ask->site: see shared_of */
	struct tools tools;
	struct vocab vocab;
	struct listen *listen;   /* NULL under `nhipcau http` */
	int64_t started_at;
	struct str metrics_key;
	const char *lang;        /* for visitors who have not chosen one */
};

MUST_USE enum err shared_open(struct cx *cx, struct shared *s, const char *data_dir); /* vocabulary, gazetteer, settings */
/* Reads what the settings say now into a copy of the shared part; the strings live as long as cx->mem. */
MUST_USE enum err shared_follow(struct cx *cx, struct shared *s);
void shared_close(struct shared *s);
const struct shared *shared_of(const struct ask *ask);
extern const struct route_table ops_routes; /* /healthz /readyz /metrics /api/v1/openapi.json */

#endif
