/*
 * asset - the files of assets/, inside the binary (tools/assets.c), under paths that hold a hash of the
 * content: kept by browsers for a year, never asked again. Text is sent packed as it was at build time.
 */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "web/web.h"

struct asset_row {
	const char *name, *path, *type;
	size_t at, n, packed_at, packed_n; /* packed_n 0: only as it is */
};

extern const struct asset_row asset_rows[];
extern const size_t asset_rows_n;
extern const char asset_bytes[];

const struct asset_row *asset_row(struct str name);   /* "app.css"; NULL: none */
extern const struct route_table asset_routes;         /* GET /assets/:name, /favicon.ico, /robots.txt */

#endif
