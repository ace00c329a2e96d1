/*
 * trends_pages - the tables of this room's addresses, and the words its pages share.
 */
#include "rooms/trends/trends_pages.h"

#include "rooms/monitoring/tools.h"
#include "rooms/trends/views_pages.h"

const struct route_table trends_tables[] = {
	ROUTES("trends", overview_rows), ROUTES("trends", alarm_rows), ROUTES("trends", outlook_rows), ROUTES("trends", digest_rows),
	ROUTES("trends", trends_api_rows),
};
const size_t trends_tables_n = COUNT(trends_tables);

struct str series_say(struct cx *cx, struct str kind, struct str code)
{
	if (str_eq(kind, S("topic")))
		return say_code(cx, "topic.", code);
	if (str_eq(kind, S("place")))
		return place_name(cx, code);
	if (str_eq(kind, S("body")))
		return body_name(cx, code);
	return str_z(say(cx, "trends.all"));
}

struct str stream_href(struct cx *cx, struct str kind, struct str code, int64_t from_day)
{
	struct html out = html_new(cx->mem);
	bool labelled = code.n && !str_eq(kind, S("all"));
	put_raw(&out, "/tin", 4);
	if (labelled) {
		text_fmt(&out.t, "?%.*s=", FMT(kind));
		put_part_str(&out, code);
	}
	if (from_day)
		text_fmt(&out.t, "%sfrom=%.*s", labelled ? "&" : "?", FMT(day_iso(cx->mem, from_day)));
	return html_str(&out);
}

struct str share_say(struct cx *cx, int64_t part, int64_t all)
{
	if (all >= SHARE_LEAST)
		return num_percent(cx, (double)part / (double)all);
	return SAY(cx, "trends.of", num(cx, part), num(cx, all));
}

struct str unconfirmed_say(struct cx *cx, const struct counts *c)
{
	if (c->n && c->confirmed >= c->n)
		return SAY(cx, "trends.confirmed_all", num(cx, c->n));
	return SAY(cx, "trends.unconfirmed", num(cx, c->n - c->confirmed), num(cx, c->n));
}

void part_label_row(struct html *out, struct cx *cx, struct str label, struct str href, const struct counts *c)
{
	text_z(&out->t, "<div class=\"tone-row\"><span class=\"label\"><a class=\"plain\" href=\"");
	put_url(out, href);
	text_z(&out->t, "\">");
	put_str(out, label);
	text_z(&out->t, "</a></span><b class=\"num\">");
	put_str(out, num(cx, c->n));
	text_z(&out->t, "</b><span aria-hidden=\"true\">");
	part_tone(out, cx, (struct tone_counts){ c->bad, c->neutral, c->good, MAX(0, c->n - c->bad - c->neutral - c->good) });
	text_z(&out->t, "</span><span class=\"num share\"><span class=\"hidden\">");
	put_str(out, SAY(cx, "monitoring.tone_counts", num(cx, c->bad), num(cx, c->neutral), num(cx, c->good)));
	text_z(&out->t, "</span><span aria-hidden=\"true\">");
	put_str(out, c->n >= SHARE_LEAST ? num_percent(cx, (double)c->bad / (double)c->n) : SAY(cx, "trends.bad_n", num(cx, c->bad)));
	text_z(&out->t, "</span></span></div>");
}

/* ---- alarms ------------------------------------------------------------------------------------------------ */

static const char *reason_key(const struct alarm *a)
{
	bool bad = str_eq(a->measure, S("bad"));
	if (str_eq(a->kind, S("outage")))
		return "trends.alarm.outage";
	if (str_eq(a->kind, S("shift")))
		return bad ? "trends.alarm.shift_bad" : "trends.alarm.shift";
	return bad ? "trends.alarm.burst_bad" : "trends.alarm.burst";
}

static struct str window_say(struct cx *cx, const struct alarm *a)
{
	if (a->from_bucket == a->bucket)
		return SAY(cx, "trends.alarm.on_day", say_day(cx, a->bucket));
	return SAY(cx, "trends.alarm.in_days", say_day(cx, a->from_bucket), say_day(cx, a->bucket));
}

static struct str driven_say(struct cx *cx, const struct drivers *d)
{
	struct text names = text_new(cx->mem);
	for (size_t i = 0; i < d->noutlets; i++) {
		text_z(&names, i ? ", " : "");
		text_add(&names, d->outlets[i].name);
	}
	if (d->nstories && d->noutlets)
		return SAY(cx, "trends.alarm.driven", d->stories[0].title, num(cx, d->stories[0].n), text_str(&names));
	return S("");
}

void alarm_view(struct cx *cx, const struct alarm *a, struct alarm_view *ret)
{
	struct alarm_view v = { .a = *a, .name = series_say(cx, a->series, a->code) };
	bool bad = str_eq(a->measure, S("bad"));
	alarm_drivers(cx, a, &v.d);
	v.say = SAY(cx, reason_key(a), v.name, num(cx, a->count), num_real(cx, a->expected, 1), window_say(cx, a));
	v.more = driven_say(cx, &v.d);
	v.icon = bad ? "triangle-alert" : str_eq(a->kind, S("outage")) ? "trending-down" : "trending-up";
	v.class = bad ? "crit" : "warn";
	*ret = v;
}

enum chip_kind triage_chip(struct str triage)
{
	return str_eq(triage, S("open")) ? CHIP_WARN : str_eq(triage, S("true")) ? CHIP_CRIT : CHIP_PLAIN;
}

void part_alarm(struct html *out, struct cx *cx, const struct alarm_view *v)
{
	page_alarm_row(out, cx, v);
}
