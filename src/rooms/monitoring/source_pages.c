/*
 * source_pages - /nguon: where we look, how each source is, and who lets a new one in. Sources stand in order of
 * health, never of tone (PR-04).
 */
#include "rooms/monitoring/source_pages.h"

#include "net/fetch.h"
#include "people/may.h"

enum chip_kind health_chip(const struct source *s)
{
	static const enum chip_kind kinds[HEALTH_STATES] = { [HEALTH_NEW] = CHIP_PLAIN, [HEALTH_GOOD] = CHIP_OK, [HEALTH_LATE] = CHIP_WARN,
		[HEALTH_SILENT] = CHIP_WARN, [HEALTH_CHANGED] = CHIP_CRIT, [HEALTH_BLOCKED] = CHIP_CRIT, [HEALTH_BROKEN] = CHIP_CRIT };
	return !s->approved_at ? CHIP_INFO : s->paused ? CHIP_PLAIN : kinds[s->health];
}

struct str health_say(struct cx *cx, const struct source *s)
{
	if (!s->approved_at)
		return str_z(say(cx, "monitoring.source_waits"));
	return s->paused ? str_z(say(cx, "monitoring.source_paused")) : str_z(source_health_say(s->health, cx->lang));
}

struct str state_say(struct cx *cx, const struct source *s)
{
	for (int i = 0; i < FETCH_STATES; i++)
		if (str_eq(s->state, str_z(fetch_state_name((enum fetch_state)i))))
			return str_z(fetch_state_say((enum fetch_state)i, cx->lang));
	return S("");
}

bool source_polled(const struct source *s)
{
	return s->approved_at && !s->paused && (str_eq(s->kind, S("feed")) || str_eq(s->kind, S("sitemap")));
}

static enum err list_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct sources_view v = { .ask = ask, .may_edit = may_ask(cx, ACT_SOURCE_EDIT), .may_approve = may_ask(cx, ACT_SOURCE_APPROVE) };
	struct html out = html_new(cx->mem);
	TRY(source_list(cx, &v.list));
	TRY(source_coverage(cx, &v.coverage));
	for (size_t i = 0; i < v.list.n; i++)
		v.waiting += !v.list.v[i].approved_at;
	page_sources(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.sources")), .at = "/nguon" }, &out);
}

/* ---- a new one ------------------------------------------------------------------------------------ */

void part_field_row(struct html *out, struct cx *cx, const struct ask *ask, const struct field_view *f, const struct mistakes *m)
{
	struct field_view filled = *f;
	filled.value = ask_field(ask, f->name);
	if (!filled.value.p)
		filled.value = S("");
	part_field(out, cx, &filled, m);
}

static enum err form_with(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	struct html out = html_new(cx->mem);
	const struct crumb crumbs[] = { { str_z(say(cx, "monitoring.sources")), "/nguon" }, { str_z(say(cx, "monitoring.source_new")), NULL } };
	page_source_form(&out, cx, ask, m);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.source_new")), .at = "/nguon", .crumbs = crumbs,
		.ncrumbs = 2, .status = m ? 422 : 200 }, &out);
}

static enum err form_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return form_with(cx, ask, reply, NULL);
}

/* The field that a refusal of the rules speaks of. */
static const char *field_of(const char *say)
{
	static const char *const fields[][2] = { { "monitoring.outlet_name", "outlet" }, { "monitoring.outlet_kind", "outlet_kind" },
		{ "monitoring.source_kind", "kind" }, { "monitoring.source_url", "url" }, { "monitoring.source_social", "url" },
		{ "monitoring.source_known", "url" } };
	for (size_t i = 0; i < COUNT(fields); i++)
		if (!strcmp(say, fields[i][0]))
			return fields[i][1];
	return "";
}

static enum err add_in(struct cx *cx, const struct ask *ask)
{
	struct source s = { .kind = ask_field(ask, "kind"), .url = ask_field(ask, "url"), .title = ask_field(ask, "title"),
		.permission = ask_field(ask, "permission") };
	int64_t id;
	TRY(outlet_find_or_add(cx, ask_field(ask, "outlet"), ask_field(ask, "outlet_kind"), S(""), &s.outlet));
	return source_add(cx, &s, &id);
}

static enum err add(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct mistakes m = { 0 };
	TRY(db_begin(cx));
	enum err e = db_finish(cx, add_in(cx, ask));
	if (e != ERR_INPUT && e != ERR_CONFLICT)
		return e ? e : reply_redirect(reply, S("/nguon"));
	mistake_add(&m, field_of(cx->fault.say), cx->fault.say, S(""));
	return form_with(cx, ask, reply, &m);
}

/* ---- one of them ---------------------------------------------------------------------------------- */

static enum err approve(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	TRY(db_begin(cx));
	TRY(db_finish(cx, source_approve(cx, ask_id(ask, "id"))));
	return reply_redirect(reply, S("/nguon"));
}

static enum err pause_it(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	TRY(db_begin(cx));
	TRY(db_finish(cx, source_pause(cx, ask_id(ask, "id"), str_eq(ask_field(ask, "paused"), S("1")))));
	return reply_redirect(reply, S("/nguon"));
}

static enum err opml(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct str text;
	TRY(source_opml(cx, &text));
	return reply_file(reply, "text/x-opml", S("nguon.opml"), text);
}

const struct route source_rows[6] = {
	{ "GET", "/nguon", ACT_SOURCE_READ, list_page, "All sources and how each is", PAGE },
	{ "GET", "/nguon.opml", ACT_SOURCE_READ, opml, "Feeds and sitemaps as OPML", FILE_OUT },
	{ "GET", "/nguon/moi", ACT_SOURCE_EDIT, form_page, "The form for a new source", PAGE },
	{ "POST", "/nguon", ACT_SOURCE_EDIT, add, "Adds a source, which waits for approval", PAGE },
	{ "POST", "/nguon/:id/duyet", ACT_SOURCE_APPROVE, approve, "Approves a source: from now on it is read", PAGE },
	{ "POST", "/nguon/:id/tam-dung", ACT_SOURCE_EDIT, pause_it, "Pauses a source, or lets it go on", PAGE },
};
