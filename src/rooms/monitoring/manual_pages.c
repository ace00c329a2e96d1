/*
 * manual_pages - /tin/moi: an article typed by hand goes the same way as all others.
 */
#include "rooms/monitoring/manual_pages.h"

#include "people/may.h"
#include "rooms/monitoring/manual.h"

static enum err form_with(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	struct html out = html_new(cx->mem);
	const struct crumb crumbs[] = { { str_z(say(cx, "monitoring.stream")), "/tin" }, { str_z(say(cx, "monitoring.manual")), NULL } };
	page_manual_form(&out, cx, ask, m);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.manual")), .at = "/tin", .crumbs = crumbs,
		.ncrumbs = 2, .status = m ? 422 : 200 }, &out);
}

static enum err form_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return form_with(cx, ask, reply, NULL);
}

static enum err take(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct manual_item item = { ask_field(ask, "outlet"), ask_field(ask, "outlet_kind"), ask_field(ask, "url"), ask_field(ask, "title"),
		ask_field(ask, "lead"), ask_field(ask, "body"), ask_field(ask, "time") };
	struct mistakes m = { 0 };
	manual_check(cx, &item, &m);
	if (m.n)
		return form_with(cx, ask, reply, &m);
	TRY(manual_add(cx, &item));
	return reply_redirect(reply, S("/tin/moi?xong=1"));
}

const struct route manual_rows[2] = {
	{ "GET", "/tin/moi", ACT_ARTICLE_ADD, form_page, "The form for an article typed by hand", PAGE },
	{ "POST", "/tin/moi", ACT_ARTICLE_ADD, take, "Takes an article typed by hand", PAGE, NULL, 1 << 20 },
};
