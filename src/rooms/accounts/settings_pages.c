/*
 * settings_pages - /cai-dat: every setting with its help, printed from the one table; /nhat-ky: the audit. A secret is
 * never sent back: the page says only whether one is set.
 */
#include "rooms/accounts/views_pages.h"

enum { TRAIL_ROWS = 100 };

static enum err settings_send(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	struct settings_view v = { .ask = ask, .m = m, .can_edit = may_ask(cx, ACT_SETTINGS_EDIT), .can_staff = may_ask(cx, ACT_ACCOUNT_EDIT),
		.can_audit = may_ask(cx, ACT_AUDIT_READ), .saved = ask_param(ask, "saved").n > 0 };
	struct html out = html_new(cx->mem);
	struct str *values;
	TRY(settings_all(cx, &values));
	v.v = NEW_ARRAY(cx->mem, struct setting_view, settings_n);
	for (size_t i = 0; i < settings_n; i++)
		v.v[i] = (struct setting_view){ &settings[i], m && settings[i].kind != SETTING_SECRET ? ask_field(ask, settings[i].name) : values[i] };
	page_settings(&out, cx, &v);
	struct sheet s = { .title = str_z(say(cx, "accounts.settings")), .at = "/cai-dat", .status = m ? 422 : 200 };
	return page_send(cx, ask, reply, &s, &out);
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return settings_send(cx, ask, reply, NULL);
}

static bool is_sent(const struct ask *ask, const char *name)
{
	for (size_t i = 0; i < ask->fields.n; i++)
		if (str_eq(ask->fields.v[i].name, str_z(name)))
			return true;
	return false;
}

/* What the form would change. A secret left empty stays; one that is "-" is taken out. */
static bool changed(const struct ask *ask, const struct setting *s, struct str now, struct str *ret)
{
	struct str value = ask_field(ask, s->name);
	if (!is_sent(ask, s->name) || (s->kind == SETTING_SECRET && !value.n))
		return false;
	*ret = s->kind == SETTING_SECRET && str_eq(value, S("-")) ? S("") : value;
	return !str_eq(*ret, now);
}

static enum err save(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct setting_value *v = NEW_ARRAY(cx->mem, struct setting_value, settings_n);
	struct mistakes m = { 0 };
	struct str *now, value;
	size_t n = 0;
	TRY(settings_all(cx, &now));
	for (size_t i = 0; i < settings_n; i++) {
		if (!changed(ask, &settings[i], now[i], &value))
			continue;
		const char *wrong = setting_wrong(&settings[i], value);
		if (wrong)
			mistake_add(&m, settings[i].name, wrong, str_z(say(cx, str_fmt(cx->mem, "setting.%s", settings[i].name).p)));
		v[n++] = (struct setting_value){ &settings[i], value };
	}
	if (m.n)
		return settings_send(cx, ask, reply, &m);
	if (n)
		TRY(settings_set(cx, v, n));
	return reply_redirect(reply, S("/cai-dat?saved=1"));
}

static enum err trail(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct trail_view v = { .ask = ask, .object = ask_param(ask, "object") };
	struct trail_filter f = { .before_id = api_cursor(ask, "after").id, .object = v.object, .most = TRAIL_ROWS + 1 };
	struct html out = html_new(cx->mem);
	TRY(trail_list(cx, &f, &v.list));
	TRY(trail_objects(cx, &v.objects));
	if (v.list.n > TRAIL_ROWS) {
		const struct trail_line *last = &v.list.v[TRAIL_ROWS - 1];
		v.list.n = TRAIL_ROWS;
		v.pager.after = ask_with(cx->mem, ask, "after", api_cursor_text(cx->mem, last->at, last->id));
	}
	v.pager.shown = SAY(cx, "accounts.trail_shown", num(cx, (int64_t)v.list.n));
	page_trail(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "accounts.trail")), .at = "/nhat-ky" }, &out);
}

const struct route settings_rows[3] = {
	{ "GET", "/cai-dat", ACT_SETTINGS_READ, show, "All settings with their help", PAGE },
	{ "POST", "/cai-dat", ACT_SETTINGS_EDIT, save, "Saves what was changed; answers 303 or 422", PAGE },
	{ "GET", "/nhat-ky", ACT_AUDIT_READ, trail, "Who did what to which record, newest first", PAGE },
};
