/*
 * about_pages - /gioi-thieu: what this system does and does not do, in plain words, with the sources it reads and the
 * formula of every figure it shows (PR-20); open to everybody. /tro-giup: how to get about by keyboard.
 */
#include "rooms/accounts/views_pages.h"

static enum err about(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct about_view v = { .ask = ask };
	struct html out = html_new(cx->mem);
	TRY(outlet_list(cx, &v.outlets));
	TRY(source_list(cx, &v.sources));
	TRY(setting_int(cx, "article_text_days", &v.days));
	page_about(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "accounts.about")), .at = "/gioi-thieu" }, &out);
}

static enum err help(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct html out = html_new(cx->mem);
	page_help(&out, cx);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "accounts.help")), .at = "/tro-giup" }, &out);
}

const struct route about_rows[2] = {
	{ "GET", "/gioi-thieu", ACT_NONE, about, "What this system does and does not do", PAGE },
	{ "GET", "/tro-giup", ACT_NONE, help, "Getting about, and the keys", PAGE },
};
