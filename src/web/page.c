/*
 * page - puts the sheet around a page, and says in words what went wrong. One of the three places that log
 * a fault: only those that are ours (the store, a remote system, a busy writer), not those of the reader.
 */
#include "web/page.h"
#include "web/api.h"
#include "web/web.h"

#include "base/log.h"

/* The first letters of the last two words: "Lãnh đạo UBND" gives "đU", which the style sheet shows as "ĐU"; whole code points. */
static struct str initials(struct arena *mem, struct str name)
{
	struct str word, rest = str_trim(name), last[2] = { { "", 0 }, { "", 0 } };
	while (rest.n && str_split(&rest, ' ', &word)) {
		size_t n = word.n ? 1 : 0;
		while (n && n < word.n && (word.p[n] & 0xC0) == 0x80)
			n++;
		if (n) {
			last[0] = last[1];
			last[1] = str_sub(word, 0, n);
		}
	}
	return str_fmt(mem, "%.*s%.*s", FMT(last[0]), FMT(last[1]));
}

/* What may be opened is asked of the same table as at the deed; a refusal here is no fault. */
static bool may_open(struct cx *cx, const struct site *site, int act)
{
	if (act == ACT_NONE)
		return true;
	struct fault kept = cx->fault;
	bool ok = site->gate.may && site->gate.may(cx, act, cx->who.unit) == OK;
	cx->fault = kept;
	return ok;
}

static void fill_nav(struct shell *v, const struct site *site)
{
	struct shell_item *items = NEW_ARRAY(v->cx->mem, struct shell_item, site->nnav + 1);
	const char *group = NULL, *shown = NULL;
	for (size_t i = 0; i < site->nnav; i++) {
		const struct nav_item *item = &site->nav[i];
		group = item->group ? item->group : group;
		if (!may_open(v->cx, site, item->act))
			continue;
		struct shell_item *at = &items[v->nitems++];
		at->item = item;
		at->group = group && group != shown;
		shown = group;
		at->here = v->sheet->at && !strcmp(v->sheet->at, item->path);
		if (site->count)
			site->count(v->cx, item, &at->badge);
	}
	v->items = items;
}

enum err page_send(struct cx *cx, const struct ask *ask, struct reply *reply, const struct sheet *s, const struct html *body)
{
	int status = s->status ? s->status : 200;
	if (ask->htmx)
		return reply_html(reply, status, body);
	struct shell v = { .cx = cx, .ask = ask, .sheet = s };
	struct html out = html_new(cx->mem);
	v.initials = initials(cx->mem, cx->who.name);
	v.to_vi = ask_with(cx->mem, ask, "lang", S("vi"));
	v.to_en = ask_with(cx->mem, ask, "lang", S("en"));
	v.find = ask_param(ask, "q");
	v.may_find = !s->bare && may_open(cx, ask->site, ask->site->find_act);
	if (!s->bare)
		fill_nav(&v, ask->site);
	text_need(&out.t, body->t.n + 16384);
	page_shell_top(&out, &v);
	put_raw(&out, body->t.p ? body->t.p : "", body->t.n);
	page_shell_bottom(&out, &v);
	return reply_html(reply, status, &out);
}

int status_of(enum err err)
{
	static const int statuses[] = { [OK] = 200, [ERR_INPUT] = 422, [ERR_NOT_FOUND] = 404, [ERR_DENIED] = 403, [ERR_CONFLICT] = 409,
		[ERR_BUSY] = 503, [ERR_LIMIT] = 429, [ERR_REMOTE] = 502, [ERR_STORE] = 500 };
	return statuses[err];
}

static const char *text_of(struct cx *cx, int status, const char *what)
{
	struct str key = str_fmt(cx->mem, "web.%d.%s", status, what);
	return say(cx, key.p);
}

/* The page of this site whose link or form led here, told by the browser. */
static struct str page_before(const struct ask *ask)
{
	struct str from = ask_head(ask, "Referer"), host = ask_head(ask, "Host");
	ptrdiff_t at = str_find(from, S("://"));
	if (at < 0 || !host.n)
		return S("");
	struct str rest = str_sub(from, (size_t)at + 3, from.n);
	if (!str_starts(rest, host) || rest.n <= host.n || rest.p[host.n] != '/')
		return S("");
	rest = str_sub(rest, host.n, rest.n);
	return str_starts(rest, S("//")) || str_eq(rest, S("/")) || str_eq(rest, ask->path) ? S("") : rest;
}

static void fault_html(struct cx *cx, const struct ask *ask, struct reply *reply, int status)
{
	struct fault_view v = { cx, status, text_of(cx, status, "title"), NULL, text_of(cx, status, "what"), page_before(ask) };
	struct html body = html_new(cx->mem);
	if (say_known(cx->lang, cx->fault.say))
		v.why = say(cx, cx->fault.say);
	page_fault_page(&body, &v);
	struct sheet s = { .title = str_z(v.title), .bare = !cx->who.id, .status = status };
	(void)page_send(cx, ask, reply, &s, &body);
}

static bool is_api(const struct ask *ask)
{
	return (ask->route && ask->route->kind == API) || str_starts(ask->path, S("/api/"));
}

static int fault_status(const struct cx *cx, const struct ask *ask, const struct reply *reply, enum err err)
{
	if (reply->status == 405)
		return 405;
	if (err == ERR_DENIED && !cx->who.id && is_api(ask))
		return 401;
	if (err == ERR_INPUT && (ask_is(ask, "GET") || !ask->route))
		return 400;
	return status_of(err);
}

void page_fault(struct cx *cx, const struct ask *ask, struct reply *reply, enum err err)
{
	int status = fault_status(cx, ask, reply, err);
	const char *known = say_known(cx->lang, cx->fault.say) ? say(cx, cx->fault.say) : "";
	if (status >= 500)
		log_fault("web.fault", &cx->fault);
	if (is_api(ask))
		api_problem(cx, reply, status, text_of(cx, status, "title"), status < 500 && !*known ? str_z(cx->fault.detail) : str_z(known));
	else
		fault_html(cx, ask, reply, status);
	if (status == 503 || status == 429)
		reply_head(reply, "Retry-After", status == 503 ? S("2") : S("60"));
	if (status == 401)
		reply_head(reply, "WWW-Authenticate", S("Bearer"));
}
