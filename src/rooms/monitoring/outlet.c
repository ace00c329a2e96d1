/*
 * outlet - the register of outlets and sources. Nothing is read from a source before a person has approved
 * it; a source is never deleted, only paused, so that articles keep where they came from.
 */
#include "rooms/monitoring/outlet.h"

#include "base/html.h"
#include "net/fetch.h"
#include "net/url.h"
#include "people/may.h"
#include "store/audit.h"
#include "store/db.h"
#include "text/viet.h"

SQL(outlet_by_name, "SELECT id FROM outlet WHERE name = $1");
SQL(outlet_insert, "INSERT INTO outlet (id, name, sort_key, kind, home) VALUES ($1, $2, $3, $4, $5)");
SQL(outlet_all, "SELECT id, name, kind, home, licence, approved_at FROM outlet ORDER BY sort_key, id");
#define SOURCE_COLUMNS \
	"s.id, s.outlet, s.kind, s.url, s.title, s.permission, o.name, o.kind, s.approved_at, s.verified_at, s.next_poll_at," \
	" s.checked_at, s.ok_at, s.new_at, s.items, s.failed_in_row, s.unreadable_in_row, s.status, s.state, s.said, s.etag," \
	" s.modified, s.polls, s.pause, s.fresh_share, s.failures, s.not_before, s.paused"
#define FROM_SOURCE " FROM source s JOIN outlet o ON o.id = s.outlet "
SQL(source_by_id, "SELECT " SOURCE_COLUMNS FROM_SOURCE "WHERE s.id = $1");
SQL(source_all, "SELECT " SOURCE_COLUMNS FROM_SOURCE "ORDER BY o.sort_key, s.id");
SQL(source_due_list,
    "SELECT " SOURCE_COLUMNS FROM_SOURCE "WHERE s.approved_at IS NOT NULL AND s.paused = 0 AND s.next_poll_at <= $1"
    " AND s.kind IN ('feed', 'sitemap') ORDER BY s.next_poll_at, s.id LIMIT $2");
SQL(source_insert,
    "INSERT INTO source (id, outlet, kind, url, title, permission) VALUES ($1, $2, $3, $4, $5, $6)");
SQL(source_set_approved, "UPDATE source SET approved_by = $2, approved_at = $3, next_poll_at = $3 WHERE id = $1");
SQL(outlet_set_approved, "UPDATE outlet SET approved_by = $2, approved_at = $3 WHERE id = $1 AND approved_at IS NULL");
SQL(source_set_paused, "UPDATE source SET paused = $2 WHERE id = $1");
SQL(source_set_seen,
    "UPDATE source SET checked_at = $2, next_poll_at = $3, polls = $4, pause = $5, fresh_share = $6, failures = $7,"
    " not_before = $8, failed_in_row = $9, unreadable_in_row = $10, items = items + $11, status = $12, state = $13, said = $14,"
    " ok_at = CASE WHEN $15 = 1 THEN $2 ELSE ok_at END, new_at = CASE WHEN $16 = 1 THEN $2 ELSE new_at END,"
    " verified_at = CASE WHEN $15 = 1 AND verified_at IS NULL THEN $2 ELSE verified_at END,"
    " etag = COALESCE($17, etag), modified = COALESCE($18, modified) WHERE id = $1");

bool outlet_kind_known(struct str kind)
{
	static const struct str kinds[] = { S_INIT("online"), S_INIT("print"), S_INIT("radio_tv"), S_INIT("aggregator"), S_INIT("portal") };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_eq(kind, kinds[i]))
			return true;
	return false;
}

enum err outlet_find_or_add(struct cx *cx, struct str name, struct str kind, struct str home, int64_t *ret)
{
	int64_t id;
	name = viet_nfc(cx->mem, str_trim(name));
	if (!name.n || name.n > 200)
		return FAIL(cx, ERR_INPUT, "monitoring.outlet_name", "an outlet's name has 1 to 200 bytes");
	if (!outlet_kind_known(kind))
		return FAIL(cx, ERR_INPUT, "monitoring.outlet_kind", "%.*s is no kind of outlet", FMT(kind));
	TRY(db_number(cx, &outlet_by_name, ARGS(name), 0, &id));
	if (!id) {
		id = id_new();
		TRY(db_run(cx, &outlet_insert, ARGS(id, name, viet_sort_key(cx->mem, name), kind, home.n ? arg_str(home) : ARG_NONE)));
	}
	*ret = id;
	return OK;
}

SQL(outlet_kind_by_id, "SELECT kind FROM outlet WHERE id = $1");

enum err outlet_kind_of(struct cx *cx, int64_t id, struct str *ret)
{
	struct rows r = db_query(cx, &outlet_kind_by_id, ARGS(id));
	*ret = S("online");
	if (db_next(&r))
		*ret = col_str(&r, cx->mem, 0);
	return db_end(cx, &r);
}

SQL(outlet_set_licence, "UPDATE outlet SET licence = $2 WHERE id = $1 AND licence IS NULL");

enum err outlet_licence_note(struct cx *cx, int64_t id, struct str licence)
{
	return licence.n ? db_run(cx, &outlet_set_licence, ARGS(id, viet_nfc(cx->mem, utf8_cut(licence, 200)))) : OK;
}

enum err outlet_list(struct cx *cx, struct outlet_list *ret)
{
	struct outlet_list list = { 0 };
	struct rows r = db_query(cx, &outlet_all, NO_ARGS);
	DB_LIST(cx, r, list, (struct outlet){ col_int(&r, 0), col_str(&r, cx->mem, 1), col_str(&r, cx->mem, 2),
		col_str(&r, cx->mem, 3), col_str(&r, cx->mem, 4), col_int(&r, 5) });
	*ret = list;
	return OK;
}

/* By the names of net/fetch.h, as a poll wrote them down. */
static bool keeps_us_out(struct str state)
{
	static const enum fetch_state states[] = { FETCH_ROBOTS, FETCH_FORBIDDEN, FETCH_RATE_LIMITED };
	for (size_t i = 0; i < COUNT(states); i++)
		if (str_eq(state, str_z(fetch_state_name(states[i]))))
			return true;
	return false;
}

/* The press publishes through the week; what is expected of a source is its own mean since it was approved. */
static enum source_health health_of(const struct source *s, int64_t now)
{
	double days = s->approved_at ? (double)(now - s->approved_at) / DAY : 0, rate = days > 1 ? (double)s->items / days : 0;
	int64_t last = s->new_at ? s->new_at : s->approved_at;
	struct source_facts f = { .items_seen = s->items, .expected_since = rate * (double)(now - last) / DAY,
		                  .failed_in_row = s->failed_in_row, .unreadable_in_row = s->unreadable_in_row,
		                  .failed_hours = s->failed_in_row ? (double)(now - (s->ok_at ? s->ok_at : s->approved_at)) / HOUR : 0,
		                  .keeps_us_out = keeps_us_out(s->state) };
	return source_health(&f);
}

static struct source source_read(const struct rows *r, struct arena *mem, int64_t now)
{
	struct source s = { .id = col_int(r, 0), .outlet = col_int(r, 1), .kind = col_str(r, mem, 2), .url = col_str(r, mem, 3),
		.title = col_str(r, mem, 4), .permission = col_str(r, mem, 5), .outlet_name = col_str(r, mem, 6),
		.outlet_kind = col_str(r, mem, 7), .approved_at = col_int(r, 8), .verified_at = col_int(r, 9),
		.next_poll_at = col_int(r, 10), .checked_at = col_int(r, 11), .ok_at = col_int(r, 12), .new_at = col_int(r, 13),
		.items = col_int(r, 14), .failed_in_row = (int)col_int(r, 15), .unreadable_in_row = (int)col_int(r, 16),
		.status = (int)col_int(r, 17), .state = col_str(r, mem, 18), .said = col_str(r, mem, 19), .etag = col_str(r, mem, 20),
		.modified = col_str(r, mem, 21), .paused = col_int(r, 27) != 0 };
	s.polls = (struct poll_history){ .source = s.id, .polls = col_int(r, 22), .last = s.checked_at, .pause = col_real(r, 23),
		.share = col_real(r, 24), .failures = col_real(r, 25), .not_before = col_int(r, 26) };
	s.health = health_of(&s, now);
	return s;
}

enum err source_load(struct cx *cx, int64_t id, struct source *ret)
{
	struct rows r = db_query(cx, &source_by_id, ARGS(id));
	TRY(db_first(cx, &r, "monitoring.no_source", id));
	*ret = source_read(&r, cx->mem, cx->now);
	return db_end(cx, &r);
}

static enum err gather(struct cx *cx, struct rows r, struct source_list *ret)
{
	struct source_list list = { 0 };
	DB_LIST(cx, r, list, source_read(&r, cx->mem, cx->now));
	*ret = list;
	return OK;
}

enum err source_list(struct cx *cx, struct source_list *ret)
{
	return gather(cx, db_query(cx, &source_all, NO_ARGS), ret);
}

enum err sources_due(struct cx *cx, int64_t most, struct source_list *ret)
{
	return gather(cx, db_query(cx, &source_due_list, ARGS(cx->now, most)), ret);
}

static bool is_source_kind(struct str kind)
{
	static const struct str kinds[] = { S_INIT("feed"), S_INIT("sitemap"), S_INIT("warc"), S_INIT("jsonl"), S_INIT("manual") };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_eq(kind, kinds[i]))
			return true;
	return false;
}

enum err source_add(struct cx *cx, const struct source *s, int64_t *ret)
{
	struct str url;
	int64_t id = id_new();
	TRY(may(cx, ACT_SOURCE_EDIT, 0));
	if (!is_source_kind(s->kind))
		return FAIL(cx, ERR_INPUT, "monitoring.source_kind", "%.*s is no kind of source", FMT(s->kind));
	if (!url_canonical(cx->mem, s->url, &url))
		return FAIL(cx, ERR_INPUT, "monitoring.source_url", "%.*s is no http or https address", FMT(str_sub(s->url, 0, 200)));
	if (url_is_social(url_host(cx->mem, url)))
		return FAIL(cx, ERR_INPUT, "monitoring.source_social", "personal accounts, pages and groups are never a source (PR-01)");
	enum err e = db_run(cx, &source_insert,
	                    ARGS(id, s->outlet, s->kind, url, s->title.n ? s->title : S(""), s->permission.n ? s->permission : S("")));
	if (e == ERR_CONFLICT)
		return FAIL(cx, e, "monitoring.source_known", "%.*s is a source already", FMT(str_sub(url, 0, 200)));
	TRY(e);
	TRY(audit_add(cx, "add", "source", id, url));
	*ret = id;
	return OK;
}

enum err source_approve(struct cx *cx, int64_t id)
{
	struct source s;
	TRY(may(cx, ACT_SOURCE_APPROVE, 0));
	TRY(source_load(cx, id, &s));
	TRY(db_run(cx, &source_set_approved, ARGS(id, cx->who.id, cx->now)));
	TRY(db_run(cx, &outlet_set_approved, ARGS(s.outlet, cx->who.id, cx->now)));
	return audit_add(cx, "approve", "source", id, S(""));
}

enum err source_pause(struct cx *cx, int64_t id, bool paused)
{
	struct source s;
	TRY(may(cx, ACT_SOURCE_EDIT, 0));
	TRY(source_load(cx, id, &s));
	TRY(db_run(cx, &source_set_paused, ARGS(id, paused)));
	return audit_add(cx, paused ? "pause" : "resume", "source", id, S(""));
}

enum err source_note(struct cx *cx, int64_t id, const struct source_seen *seen)
{
	struct source s;
	TRY(source_load(cx, id, &s));
	struct poll_outcome o = { .at = cx->now, .failure = seen->failure, .items = seen->items, .fresh = seen->fresh,
		                  .retry_after = seen->retry_after };
	poll_note(&s.polls, &o);
	bool ok = seen->failure == 0;
	return db_run(cx, &source_set_seen,
	              ARGS(id, cx->now, next_poll(&s.polls, cx->now), s.polls.polls, s.polls.pause, s.polls.share, s.polls.failures,
	                   s.polls.not_before, ok ? 0 : s.failed_in_row + 1, seen->unreadable ? s.unreadable_in_row + 1 : 0, seen->fresh,
	                   seen->status, seen->state, seen->said ? seen->said : "", ok, seen->fresh > 0,
	                   ok && seen->etag.n ? arg_str(seen->etag) : ARG_NONE, ok && seen->modified.n ? arg_str(seen->modified) : ARG_NONE));
}

enum err source_coverage(struct cx *cx, struct coverage *ret)
{
	struct source_list list;
	struct coverage c = { 0 };
	TRY(source_list(cx, &list));
	for (size_t i = 0; i < list.n; i++) {
		const struct source *s = &list.v[i];
		if (!s->approved_at || s->paused)
			continue;
		c.all++;
		c.alive += s->health == HEALTH_GOOD || s->health == HEALTH_NEW;
		c.late += s->health == HEALTH_LATE;
		c.silent += s->health == HEALTH_SILENT;
		c.broken += s->health == HEALTH_BROKEN || s->health == HEALTH_CHANGED;
		c.blocked += s->health == HEALTH_BLOCKED;
	}
	*ret = c;
	return OK;
}

static void outline(struct text *t, const struct source *s)
{
	const struct { const char *name; struct str value; } attributes[] = {
		{ "text", s->title.n ? s->title : s->outlet_name }, { "xmlUrl", s->url }, { "nc:outlet", s->outlet_name },
		{ "nc:kind", s->outlet_kind }, { "nc:permission", s->permission.n ? s->permission : S("unknown") },
		{ "nc:verified", s->verified_at ? S("true") : S("false") },
	};
	text_z(t, "    <outline type=\"rss\"");
	for (size_t i = 0; i < COUNT(attributes); i++) {
		text_fmt(t, " %s=\"", attributes[i].name);
		xml_add(t, attributes[i].value);
		text_c(t, '"');
	}
	text_z(t, "/>\n");
}

enum err source_opml(struct cx *cx, struct str *ret)
{
	struct source_list list;
	struct text t = text_new(cx->mem);
	TRY(source_list(cx, &list));
	text_z(&t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:nc=\"https://nhipcau.example/ns/opml\">\n"
	           "  <head><title>Nhịp Cầu</title></head>\n  <body>\n");
	for (size_t i = 0; i < list.n; i++)
		if (str_eq(list.v[i].kind, S("feed")) || str_eq(list.v[i].kind, S("sitemap")))
			outline(&t, &list.v[i]);
	text_z(&t, "  </body>\n</opml>\n");
	*ret = text_str(&t);
	return OK;
}
