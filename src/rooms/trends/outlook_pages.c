/*
 * outlook_pages - /du-bao: the fortnight ahead of everything, a topic, a place or a body, beside the naive forecast,
 * with the record that says whether to believe it.
 */
#include "people/may.h"
#include "rooms/trends/views_pages.h"

enum { CHOICES_DAYS = 30, CHOICES_MOST = 12 };

static bool kind_known(struct str kind)
{
	return str_eq(kind, S("topic")) || str_eq(kind, S("place")) || str_eq(kind, S("body"));
}

static enum err outlook_load(struct cx *cx, struct outlook_page *v)
{
	int64_t today;
	enum err e = outlook_today(cx, &today);
	if (e == ERR_NOT_FOUND) {
		v->empty = true;
		return OK;
	}
	TRY(e);
	TRY(rollup_by_code(cx, BY_DAY, S("topic"), today - CHOICES_DAYS, today, CHOICES_MOST, &v->topics));
	TRY(rollup_by_code(cx, BY_DAY, S("place"), today - CHOICES_DAYS, today, CHOICES_MOST, &v->places));
	TRY(outlook_of(cx, v->kind, v->code, PICTURE_BACK, &v->o));
	v->none = v->o.enough && !strcmp(v->o.ahead.method, "none");
	return OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct outlook_page v = { .ask = ask, .kind = ask_param(ask, "kind"), .code = ask_param(ask, "code") };
	struct html out = html_new(cx->mem);
	if (!kind_known(v.kind) || !v.code.n) {
		v.kind = S("all");
		v.code = S("");
	}
	v.name = series_say(cx, v.kind, v.code);
	TRY(outlook_load(cx, &v));
	page_outlook(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "trends.outlook")), .at = "/du-bao" }, &out);
}

const struct route outlook_rows[1] = {
	{ "GET", "/du-bao", ACT_OVERVIEW_READ, show, "Fourteen days ahead with bands, the naive forecast and the record", PAGE },
};
