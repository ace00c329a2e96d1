/*
 * asset - answers /assets/… from the bytes in the binary. A path with an old hash is not found: a page that
 * names it is older than the program, and the browser is told to load it again.
 */
#include "web/asset.h"
#include "web/parts.h"

const struct asset_row *asset_row(struct str name)
{
	for (size_t i = 0; i < asset_rows_n; i++)
		if (str_eq(str_z(asset_rows[i].name), name))
			return &asset_rows[i];
	return NULL;
}

const char *asset(const char *name)
{
	const struct asset_row *a = asset_row(str_z(name));
	BUG_IF(!a);
	return a->path;
}

static bool takes_gzip(const struct ask *ask)
{
	struct str rest = ask_head(ask, "Accept-Encoding"), one;
	while (str_split(&rest, ',', &one)) {
		struct str name;
		str_split(&one, ';', &name);
		if (str_eq_nocase(str_trim(name), S("gzip")))
			return !one.n || str_find(one, S("q=0")) < 0 || str_find(one, S("q=0.")) >= 0;
	}
	return false;
}

static enum err send_asset(const struct ask *ask, struct reply *reply, const struct asset_row *a, const char *keep)
{
	bool packed = a->packed_n && takes_gzip(ask);
	reply->status = 200;
	reply->type = str_z(a->type);
	reply->lent = packed ? (struct str){ asset_bytes + a->packed_at, a->packed_n } : (struct str){ asset_bytes + a->at, a->n };
	if (packed)
		reply_head(reply, "Content-Encoding", S("gzip"));
	if (a->packed_n)
		reply_head(reply, "Vary", S("Accept-Encoding"));
	reply_head(reply, "Cache-Control", str_z(keep));
	return OK;
}

static enum err asset_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	for (size_t i = 0; i < asset_rows_n; i++)
		if (str_eq(str_z(asset_rows[i].path), ask->path))
			return send_asset(ask, reply, &asset_rows[i], "public, max-age=31536000, immutable");
	return FAIL(cx, ERR_NOT_FOUND, "web.not_found", "no asset %.*s", FMT(ask->path));
}

static enum err favicon_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return send_asset(ask, reply, asset_row(S("emblem.svg")), "public, max-age=86400");
}

/* A working register of officers is nothing for search engines; the public portal has a file of its own. */
static enum err robots_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return reply_text(reply, 200, "text/plain; charset=utf-8", S("User-agent: *\nDisallow: /\n"));
}

static const struct route_param asset_params[] = { { "name", "path", "string", "File name with its hash" }, { 0 } };

static const struct route rows[] = {
	{ "GET", "/assets/:name", ACT_NONE, asset_page, "A style sheet, script, font or picture; may be kept for a year", FILE_OUT, asset_params },
	{ "GET", "/favicon.ico", ACT_NONE, favicon_page, "The emblem as the icon of the window", FILE_OUT },
	{ "GET", "/robots.txt", ACT_NONE, robots_page, "Asks search engines to stay away", FILE_OUT },
};

const struct route_table asset_routes = { "web", rows, COUNT(rows) };
