/*
 * trends_api - alarms, series, forecasts and digests as JSON. Labels of the machine are never without the number of
 * those that a person has confirmed (PR-14).
 */
#include "people/may.h"
#include "rooms/trends/views_pages.h"

#include <math.h>

enum { SERIES_DAYS = 30, SERIES_MOST = 3660 };

static json_t *real(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

/* ---- alarms ------------------------------------------------------------------------------------------------ */

static json_t *drivers_out(const struct drivers *d)
{
	json_t *stories = json_array(), *outlets = json_array();
	for (size_t i = 0; i < d->nstories; i++)
		json_array_append_new(stories, json_pack("{s:o, s:o, s:I}", "id", json_id(d->stories[i].id), "title",
			json_text(d->stories[i].title), "n", (json_int_t)d->stories[i].n));
	for (size_t i = 0; i < d->noutlets; i++)
		json_array_append_new(outlets, json_pack("{s:o, s:I}", "name", json_text(d->outlets[i].name), "n", (json_int_t)d->outlets[i].n));
	return json_pack("{s:o, s:o}", "stories", stories, "outlets", outlets);
}

static json_t *alarm_out(struct cx *cx, const struct alarm *a)
{
	struct alarm_view v;
	alarm_view(cx, a, &v);
	json_t *j = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "id", json_id(a->id), "kind", json_text(a->kind), "series", json_text(a->series),
		"code", json_text(a->code), "name", json_text(v.name), "measure", json_text(a->measure));
	json_object_set_new(j, "from", api_day(cx->mem, a->from_bucket));
	json_object_set_new(j, "day", api_day(cx->mem, a->bucket));
	json_object_set_new(j, "count", json_integer(a->count));
	json_object_set_new(j, "expected", real(a->expected));
	json_object_set_new(j, "q", real(a->q));
	json_object_set_new(j, "outlets_alive", json_integer(a->alive));
	json_object_set_new(j, "outlets_known", json_integer(a->known));
	json_object_set_new(j, "reason", json_text(v.say));
	json_object_set_new(j, "drivers", drivers_out(&v.d));
	json_object_set_new(j, "raised_at", api_time(cx->mem, a->raised_at));
	json_object_set_new(j, "triage", json_text(a->triage));
	json_object_set_new(j, "triaged_at", api_time(cx->mem, a->triaged_at));
	json_object_set_new(j, "note", json_text(a->note));
	return j;
}

static enum err alarms(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct cursor after = api_cursor(ask, "after"), last = { 0 };
	size_t most = (size_t)api_limit(ask);
	struct alarm_filter f = { .triage = ask_param(ask, "triage"), .series = ask_param(ask, "kind"), .code = ask_param(ask, "code"),
		.before_bucket = after.at, .before_id = after.id, .most = (int)most + 1 };
	struct alarm_list list;
	TRY(alarm_list(cx, &f, &list));
	json_t *items = json_array();
	for (size_t i = 0; i < list.n && i < most; i++)
		json_array_append_new(items, alarm_out(cx, &list.v[i]));
	if (list.n > most)
		last = (struct cursor){ list.v[most - 1].bucket, list.v[most - 1].id, true };
	return api_list(reply, ask, items, last);
}

static enum err alarm(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct alarm a;
	TRY(alarm_load(cx, ask_id(ask, "id"), &a));
	return reply_json(reply, 200, alarm_out(cx, &a));
}

/* ---- series and forecasts ------------------------------------------------------------------------------------ */

static bool named(struct str kind, struct str code)
{
	static const char *const kinds[] = { "topic", "place", "body", "outlet" };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_eq(kind, str_z(kinds[i])))
			return code.n > 0;
	return str_eq(kind, S("all")) && !code.n;
}

static enum err series_asked(struct cx *cx, const struct ask *ask, struct str *ret_kind, struct str *ret_code)
{
	struct str kind = ask_param(ask, "kind"), code = ask_param(ask, "code");
	if (!kind.n)
		kind = S("all");
	if (!named(kind, code))
		return FAIL(cx, ERR_INPUT, "trends.no_series", "kind is all, or topic, place, body or outlet with a code");
	*ret_kind = kind;
	*ret_code = code;
	return OK;
}

static enum err span_asked(struct cx *cx, const struct ask *ask, int64_t *ret_from, int64_t *ret_to)
{
	int64_t today, from, to;
	TRY(outlook_today(cx, &today));
	struct str f = ask_param(ask, "from"), t = ask_param(ask, "to");
	to = today - 1;
	if (t.n && !day_parse(t, &to))
		return FAIL(cx, ERR_INPUT, "trends.no_span", "to is no day");
	from = to - SERIES_DAYS + 1;
	if (f.n && !day_parse(f, &from))
		return FAIL(cx, ERR_INPUT, "trends.no_span", "from is no day");
	if (from > to || to - from >= SERIES_MOST)
		return FAIL(cx, ERR_INPUT, "trends.no_span", "from comes before to, at most %d days apart", SERIES_MOST);
	*ret_from = from;
	*ret_to = to;
	return OK;
}

/* An outlet's counts hold no tone (PR-04). */
static json_t *counts_out(struct cx *cx, int64_t day, const struct counts *c, bool tones)
{
	json_t *j = json_pack("{s:o, s:I}", "day", api_day(cx->mem, day), "n", (json_int_t)c->n);
	if (!tones)
		return j;
	const struct { const char *name; int64_t n; } v[] = { { "good", c->good }, { "neutral", c->neutral }, { "bad", c->bad },
		{ "favourable", c->favourable }, { "unfavourable", c->unfavourable }, { "public", c->public }, { "confirmed", c->confirmed } };
	for (size_t i = 0; i < COUNT(v); i++)
		json_object_set_new(j, v[i].name, json_integer(v[i].n));
	return j;
}

static enum err series(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct str kind, code;
	int64_t from = 0, to = 0;
	struct counts *c;
	TRY(series_asked(cx, ask, &kind, &code));
	TRY(span_asked(cx, ask, &from, &to));
	TRY(rollup_series(cx, BY_DAY, kind, code, from, to, &c));
	json_t *days = json_array();
	for (int64_t d = from; d <= to; d++)
		json_array_append_new(days, counts_out(cx, d, &c[d - from], !str_eq(kind, S("outlet"))));
	return reply_json(reply, 200, json_pack("{s:o, s:o, s:o}", "kind", json_text(kind), "code", json_text(code), "days", days));
}

static enum err forecast(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct str kind, code;
	struct outlook o;
	TRY(series_asked(cx, ask, &kind, &code));
	TRY(outlook_of(cx, kind, code, 1, &o));
	if (!o.enough)
		return FAIL(cx, ERR_CONFLICT, "trends.not_enough", "fewer days were counted than a forecast needs");
	const struct forecast *f = &o.ahead;
	json_t *days = json_array(), *j = json_pack("{s:o, s:o, s:s}", "kind", json_text(kind), "code", json_text(code), "method", f->method);
	for (size_t i = 0; i < f->steps; i++)
		json_array_append_new(days, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "day", api_day(cx->mem, o.today + (int64_t)i), "mean",
			real(f->mean[i]), "lo80", real(f->lo80[i]), "hi80", real(f->hi80[i]), "lo95", real(f->lo95[i]), "hi95", real(f->hi95[i]),
			"naive", real(f->naive[i])));
	json_object_set_new(j, "record", json_pack("{s:o, s:o, s:o, s:o, s:o, s:I}", "skill", real(f->skill), "mae", real(f->mae), "naive_mae",
		real(f->naive_mae), "coverage80", real(f->coverage80), "coverage95", real(f->coverage95), "origins", (json_int_t)f->origins));
	json_object_set_new(j, "days", days);
	return reply_json(reply, 200, j);
}

/* ---- the digest ---------------------------------------------------------------------------------------------- */

static json_t *item_out(struct cx *cx, const struct digest_item *it)
{
	json_t *quotes = json_array();
	for (size_t i = 0; i < it->nquotes; i++)
		json_array_append_new(quotes, json_pack("{s:o, s:o, s:o, s:o}", "text", json_text(it->quotes[i].text), "outlet",
			json_text(it->quotes[i].outlet), "url", json_text(it->quotes[i].url), "article", json_id(it->quotes[i].article)));
	json_t *j = json_pack("{s:o, s:I, s:I, s:o, s:o, s:o, s:o}", "id", json_id(it->id), "section", (json_int_t)it->section, "place",
		(json_int_t)it->place, "story", json_id(it->story), "title", json_text(it->title), "proposal", json_text(it->proposal), "note",
		json_text(it->note));
	json_object_set_new(j, "topic", json_text(it->topic));
	json_object_set_new(j, "tone", json_text(it->first.tone));
	json_object_set_new(j, "stance", json_text(it->first.stance));
	json_object_set_new(j, "outlet", json_text(it->first.outlet_name));
	json_object_set_new(j, "url", json_text(it->first.url));
	json_object_set_new(j, "published_at", api_time(cx->mem, it->first.published_at));
	json_object_set_new(j, "confirmed", json_boolean(it->confirmed));
	json_object_set_new(j, "quotes", quotes);
	return j;
}

static enum err digest(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct digest d;
	struct digest_item_list list;
	int64_t day;
	if (!day_parse(ask_place(ask, "day"), &day))
		return FAIL(cx, ERR_NOT_FOUND, "trends.digest.no_day", "the address holds no day");
	TRY(digest_load(cx, day, &d));
	TRY(digest_items(cx, &d, &list));
	json_t *items = json_array();
	for (size_t i = 0; i < list.n; i++)
		json_array_append_new(items, item_out(cx, &list.v[i]));
	json_t *j = json_pack("{s:o, s:o, s:o, s:o, s:o}", "day", api_day(cx->mem, d.day), "state", json_text(d.state), "intro", json_text(d.intro),
		"made_at", api_time(cx->mem, d.made_at), "approved_at", api_time(cx->mem, d.approved_at));
	json_object_set_new(j, "figures", json_pack("{s:I, s:I, s:I, s:I}", "articles", (json_int_t)d.articles, "stories",
		(json_int_t)d.stories, "outlets_alive", (json_int_t)d.outlets_alive, "outlets_known", (json_int_t)d.outlets_known));
	json_object_set_new(j, "items", items);
	return reply_json(reply, 200, j);
}

static const struct route_param alarms_params[] = { { "triage", "query", "string", "open, true, false or duplicate; all without it" },
	{ "kind", "query", "string", "all, topic, place or body" }, { "code", "query", "string", "The topic, place or body" },
	{ "after", "query", "string", "Where the list goes on" }, { "limit", "query", "integer", "1 to 500; 50 without it" }, { 0 } };
static const struct route_param series_params[] = { { "kind", "query", "string", "all, topic, place, body or outlet" },
	{ "code", "query", "string", "The topic, place, body or outlet" }, { "from", "query", "date", "First day; 30 days before the last without it" },
	{ "to", "query", "date", "Last day; the last whole one without it" }, { 0 } };
static const struct route_param forecast_params[] = { { "kind", "query", "string", "all, topic, place or body" },
	{ "code", "query", "string", "The topic, place or body" }, { 0 } };
static const struct route_param digest_params[] = { { "day", "path", "date", "The day of the digest" }, { 0 } };

const struct route trends_api_rows[5] = {
	{ "GET", "/api/v1/alarms", ACT_ALARM_READ, alarms, "Alarms, newest first", API, alarms_params },
	{ "GET", "/api/v1/alarms/:id", ACT_ALARM_READ, alarm, "One alarm with its reason and drivers", API },
	{ "GET", "/api/v1/series", ACT_OVERVIEW_READ, series, "Counts a day of a series", API, series_params },
	{ "GET", "/api/v1/forecast", ACT_OVERVIEW_READ, forecast, "Fourteen days ahead with bands, the naive forecast and the record", API,
	  forecast_params },
	{ "GET", "/api/v1/digest/:day", ACT_DIGEST_READ, digest, "The press digest of a day", API, digest_params },
};
