/*
 * alarm_pages - /canh-bao: what was out of the usual, why, and what a person made of it. The record of how many
 * proved right stands on top, for a watch earns its trust by it.
 */
#include "people/may.h"
#include "rooms/trends/views_pages.h"

enum { DAYS_BEFORE = 42, DAYS_AFTER = 7 };

static const char *const answers[] = { "open", "true", "false", "duplicate", "" };

static void tabs_fill(struct cx *cx, struct str now, struct alarm_page *v)
{
	const struct alarm_record *r = &v->record;
	const int64_t n[] = { r->open, r->right, r->wrong, r->duplicate, r->open + r->right + r->wrong + r->duplicate };
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct str label = *answers[i] ? say_code(cx, "triage.", str_z(answers[i])) : str_z(say(cx, "trends.alarms.all"));
		const char *href = *answers[i] ? str_fmt(cx->mem, "/canh-bao?triage=%s", answers[i]).p : "/canh-bao?triage=all";
		v->tabs[i] = (struct tab){ label, href, n[i], str_eq(now, str_z(answers[i])) };
	}
}

/* Without a choice, or with an unknown one, those that wait for an answer. */
static struct str triage_asked(const struct ask *ask)
{
	struct str s = ask_param(ask, "triage");
	for (size_t i = 0; i < COUNT(answers); i++)
		if (s.n && str_eq(s, str_z(answers[i])))
			return s;
	return str_eq(s, S("all")) ? S("") : S("open");
}

static enum err list(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct alarm_page v = { .ask = ask };
	struct alarm_list list;
	struct cursor after = api_cursor(ask, "after");
	struct alarm_filter f = { .triage = triage_asked(ask), .before_bucket = after.at, .before_id = after.id, .most = PAGE_ROWS + 1 };
	struct html out = html_new(cx->mem);
	TRY(alarm_record(cx, &v.record));
	TRY(alarm_list(cx, &f, &list));
	tabs_fill(cx, f.triage, &v);
	v.n = MIN(list.n, (size_t)PAGE_ROWS);
	v.v = NEW_ARRAY(cx->mem, struct alarm_view, v.n + 1);
	for (size_t i = 0; i < v.n; i++)
		alarm_view(cx, &list.v[i], &v.v[i]);
	if (list.n > v.n)
		v.pager.after = ask_with(cx->mem, ask, "after", api_cursor_text(cx->mem, list.v[v.n - 1].bucket, list.v[v.n - 1].id));
	v.pager.shown = SAY(cx, "trends.alarms.shown", num(cx, (int64_t)v.n));
	page_alarm_list(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "trends.alarms")), .at = "/canh-bao" }, &out);
}

static enum err days_load(struct cx *cx, const struct alarm *a, struct alarm_show *v)
{
	int64_t today, last;
	TRY(outlook_today(cx, &today));
	last = MIN(a->bucket + DAYS_AFTER, today - 1);
	v->days.first = MIN(a->from_bucket, a->bucket) - DAYS_BEFORE;
	if (last < v->days.first)
		return OK;
	struct counts *c;
	TRY(rollup_series(cx, BY_DAY, a->series, a->code, v->days.first, last, &c));
	v->days.c = c;
	v->days.n = (size_t)(last - v->days.first + 1);
	return outlook_of(cx, a->series, a->code, (int)MIN(MAX(today - v->days.first, 1), 3660), &v->o);
}

static enum err alarm_show_load(struct cx *cx, const struct ask *ask, struct alarm_show *v)
{
	struct alarm a;
	v->ask = ask;
	TRY(alarm_load(cx, ask_id(ask, "id"), &a));
	alarm_view(cx, &a, &v->v);
	TRY(days_load(cx, &a, v));
	v->stream = stream_href(cx, a.series, a.code, a.from_bucket);
	v->triaged_by = a.triaged_by ? staff_say(cx, a.triaged_by) : S("");
	v->can_triage = may_ask(cx, ACT_ALARM_TRIAGE);
	return OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct alarm_show v = { 0 };
	struct html out = html_new(cx->mem);
	TRY(alarm_show_load(cx, ask, &v));
	page_alarm_show(&out, cx, &v);
	const struct crumb crumbs[] = { { str_z(say(cx, "trends.alarms")), "/canh-bao" }, { v.v.name, NULL } };
	return page_send(cx, ask, reply, &(struct sheet){ .title = v.v.name, .at = "/canh-bao", .crumbs = crumbs, .ncrumbs = COUNT(crumbs) },
		&out);
}

static enum err triage(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t id = ask_id(ask, "id");
	TRY(db_begin(cx));
	TRY(db_finish(cx, alarm_triage(cx, id, ask_field(ask, "answer"), ask_field(ask, "note"))));
	return reply_redirect(reply, str_fmt(cx->mem, "/canh-bao/%lld", (long long)id));
}

const struct route alarm_rows[3] = {
	{ "GET", "/canh-bao", ACT_ALARM_READ, list, "Alarms by triage, newest first, and how many proved right", PAGE },
	{ "GET", "/canh-bao/:id", ACT_ALARM_READ, show, "One alarm: the reason, the series, what drives it", PAGE },
	{ "POST", "/canh-bao/:id/tra-loi", ACT_ALARM_TRIAGE, triage, "True, false or duplicate, with a note", PAGE },
};
