/*
 * saved_pages - /tim/da-luu: a person's own searches, each with a feed, an e-mail or a hook. Only the owner sees them.
 */
#include "rooms/trends/saved_pages.h"

#include "work/settings.h"

#include "people/may.h"

const struct route_table saved_tables[] = { { "trends", saved_rows, COUNT(saved_rows) }, { "trends", feed_rows, COUNT(feed_rows) } };
const size_t saved_tables_n = COUNT(saved_tables);

struct str site_base(struct cx *cx, const struct ask *ask)
{
	struct str host = ask_head(ask, "Host"), set;
	if (setting_text(cx, "public_address", &set) == OK && set.n)
		return str_ends(set, S("/")) ? str_sub(set, 0, set.n - 1) : set;
	return str_fmt(cx->mem, "%s://%.*s", ask->site->https ? "https" : "http", FMT(host));
}

static enum err list_with(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	struct saved_view v = { .ask = ask, .base = site_base(cx, ask) };
	struct html out = html_new(cx->mem);
	const struct crumb crumbs[] = { { str_z(say(cx, "monitoring.search")), "/tim" }, { str_z(say(cx, "saved.title")), NULL } };
	TRY(saved_mine(cx, &v.list));
	page_saved_list(&out, cx, &v, m);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "saved.title")), .at = "/tim/da-luu", .crumbs = crumbs, .ncrumbs = 2,
		.status = m ? 422 : 200 }, &out);
}

static enum err list_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return list_with(cx, ask, reply, NULL);
}

static const char *field_of(const char *say)
{
	static const char *const fields[][2] = { { "trends.saved_empty", "name" }, { "trends.saved_person", "query" }, { "trends.saved_mail", "mail" },
		{ "trends.saved_hook", "hook" } };
	for (size_t i = 0; i < COUNT(fields); i++)
		if (!strcmp(say, fields[i][0]))
			return fields[i][1];
	return "";
}

static enum err add(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct saved s = { .name = ask_field(ask, "name"), .query = ask_field(ask, "query"), .mail_to = ask_field(ask, "mail"),
		.hook_url = ask_field(ask, "hook") };
	struct mistakes m = { 0 };
	TRY(db_begin(cx));
	enum err e = db_finish(cx, saved_add(cx, &s));
	if (e != ERR_INPUT)
		return e ? e : reply_redirect(reply, S("/tim/da-luu"));
	mistake_add(&m, field_of(cx->fault.say), cx->fault.say, S(""));
	return list_with(cx, ask, reply, &m);
}

static enum err drop(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	TRY(db_begin(cx));
	TRY(db_finish(cx, saved_drop(cx, ask_id(ask, "id"))));
	return reply_redirect(reply, S("/tim/da-luu"));
}

const struct route saved_rows[3] = {
	{ "GET", "/tim/da-luu", ACT_SEARCH_SAVE, list_page, "One's own saved searches", PAGE },
	{ "POST", "/tim/da-luu", ACT_SEARCH_SAVE, add, "Saves a search", PAGE },
	{ "POST", "/tim/da-luu/:id/bo", ACT_SEARCH_SAVE, drop, "Drops a saved search", PAGE },
};
