/*
 * manual - checked like a stranger's: an address of a personal platform is refused here too (PR-01).
 */
#include "rooms/monitoring/manual.h"

#include "base/json.h"
#include "net/url.h"
#include "people/may.h"
#include "rooms/monitoring/outlet.h"
#include "store/audit.h"
#include "store/db.h"
#include "work/queue.h"

enum { TITLE_MOST = 500, LEAD_MOST = 4000, BODY_MOST = 200000, YEAR_2000 = 946684800 };

static bool time_of(struct cx *cx, struct str s, int64_t *ret)
{
	int64_t at = cx->now, day;
	if (day_parse(s, &day))
		at = day_start(day) + 12 * HOUR;
	else if (s.n && !time_parse_iso(s, &at))
		return false;
	*ret = MIN(at, cx->now);
	return at >= YEAR_2000 && at < cx->now + DAY;
}

static void address_check(struct cx *cx, struct str s, struct mistakes *ret)
{
	struct str url;
	if (!url_canonical(cx->mem, s, &url))
		mistake_add(ret, "url", "monitoring.source_url", S(""));
	else if (url_is_social(url_host(cx->mem, url)))
		mistake_add(ret, "url", "monitoring.source_social", S(""));
}

void manual_check(struct cx *cx, const struct manual_item *m, struct mistakes *ret)
{
	int64_t at;
	if (!m->outlet.n || m->outlet.n > 200)
		mistake_add(ret, "outlet", "monitoring.outlet_name", S(""));
	if (!outlet_kind_known(m->outlet_kind))
		mistake_add(ret, "outlet_kind", "monitoring.outlet_kind", S(""));
	address_check(cx, m->url, ret);
	if (!m->title.n || m->title.n > TITLE_MOST)
		mistake_add(ret, "title", "monitoring.manual_title", S(""));
	if (m->lead.n > LEAD_MOST)
		mistake_add(ret, "lead", "monitoring.manual_long", S(""));
	if (m->body.n > BODY_MOST)
		mistake_add(ret, "body", "monitoring.manual_long", S(""));
	if (!time_of(cx, m->time, &at))
		mistake_add(ret, "time", "monitoring.manual_time", S(""));
}

static struct str json_of(struct cx *cx, const struct manual_item *m, int64_t outlet, int64_t at)
{
	json_t *o = json_object();
	json_object_set_new(o, "outlet", json_integer(outlet));
	json_object_set_new(o, "outlet_kind", json_text(m->outlet_kind));
	json_object_set_new(o, "url", json_text(m->url));
	json_object_set_new(o, "title", json_text(m->title));
	json_object_set_new(o, "lead", json_text(m->lead));
	json_object_set_new(o, "body", json_text(m->body));
	json_object_set_new(o, "published_at", json_integer(at));
	return json_printed(cx->mem, o);
}

static enum err add_in(struct cx *cx, const struct manual_item *m, int64_t at)
{
	int64_t outlet;
	TRY(outlet_find_or_add(cx, m->outlet, m->outlet_kind, S(""), &outlet));
	TRY(job_add(cx, "manual", json_of(cx, m, outlet, at), cx->now, S("")));
	return audit_add(cx, "add", "article", 0, m->url);
}

enum err manual_add(struct cx *cx, const struct manual_item *m)
{
	struct mistakes wrong = { 0 };
	int64_t at;
	TRY(may(cx, ACT_ARTICLE_ADD, 0));
	manual_check(cx, m, &wrong);
	if (wrong.n || !time_of(cx, m->time, &at))
		return FAIL(cx, ERR_INPUT, wrong.n ? wrong.v[0].say : "monitoring.manual_time", "a typed article with a mistake");
	TRY(db_begin(cx));
	return db_finish(cx, add_in(cx, m, at));
}
