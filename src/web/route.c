/*
 * route - from bytes to an answer: finds the row of a table, opens the gate, calls the page, and puts on every
 * answer the lines that keep a browser careful. Tables are short (some hundred rows): they are walked.
 */
#include "web/asset.h"
#include "web/form.h"
#include "web/gate.h"
#include "web/guard.h"
#include "web/listen.h"
#include "web/web.h"

/* "/su-viec/:id" against "/su-viec/7". */
static bool matches(const char *pattern, struct str path, struct pair *places, size_t *n)
{
	struct str rest = str_z(pattern), want, have;
	*n = 0;
	while (str_split(&rest, '/', &want)) {
		if (want.n > 2 && want.p[0] == ':' && want.p[want.n - 1] == '*') {
			places[(*n)++] = (struct pair){ str_sub(want, 1, want.n - 1), path.p ? path : S("") };
			return path.n > 0;
		}
		if (!str_split(&path, '/', &have))
			return false;
		if (want.n > 1 && want.p[0] == ':' && have.n && *n < 8)
			places[(*n)++] = (struct pair){ str_sub(want, 1, want.n), have };
		else if (!str_eq(want, have))
			return false;
	}
	return !path.p;
}

/* A row without places goes before one with: "/su-viec/moi" is not the story called "moi". */
const struct route *route_find(const struct site *site, struct arena *mem, struct str method, struct str path,
	struct pairs *ret_places, bool *ret_other)
{
	const struct route *best = NULL;
	struct pair places[8];
	size_t n, fewest = SIZE_MAX;
	struct str want = str_eq(method, S("HEAD")) ? S("GET") : method;
	*ret_other = false;
	for (size_t t = 0; t <= site->ntables; t++) {
		const struct route_table *table = t < site->ntables ? &site->tables[t] : &asset_routes;
		for (size_t i = 0; i < table->n; i++) {
			const struct route *r = &table->v[i];
			if (!matches(r->path, path, places, &n))
				continue;
			if (!str_eq(str_z(r->method), want)) {
				*ret_other = true;
			} else if (n < fewest) {
				struct pair *kept = NEW_ARRAY(mem, struct pair, n ? n : 1);
				memcpy(kept, places, n * sizeof *kept);
				*ret_places = (struct pairs){ kept, n };
				best = r;
				fewest = n;
			}
		}
	}
	return best;
}

/* ---- the answer ---------------------------------------------------------------------------------- */

/* No inline script or style, no frame around us, no address told to other sites. */
static void careful(const struct ask *ask, struct reply *r)
{
	static const char *const lines[][2] = {
		{ "Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
			"form-action 'self'; frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
	};
	bool kept = false;
	for (size_t i = 0; i < r->nheads; i++)
		kept |= str_eq(r->heads[i].name, S("Cache-Control"));
	for (size_t i = 0; i < COUNT(lines); i++)
		reply_head(r, lines[i][0], str_z(lines[i][1]));
	if (!kept)
		reply_head(r, "Cache-Control", S("no-store"));
	if (ask->site->https)
		for (size_t i = 0; i < r->nheads; i++)
			if (str_eq(r->heads[i].name, S("Set-Cookie")))
				r->heads[i].value = str_fmt(r->mem, "%.*s; Secure", FMT(r->heads[i].value));
}

static bool one_of(struct str type, struct str want)
{
	return type.n >= want.n && str_eq_nocase(str_sub(type, 0, want.n), want);
}

static enum err read_form(struct cx *cx, struct ask *ask)
{
	struct form f = { 0 };
	bool ok = true;
	if (one_of(ask->type, S("application/x-www-form-urlencoded")))
		ok = form_urlencoded(cx->mem, ask->body, &f.fields);
	else if (one_of(ask->type, S("multipart/form-data")))
		ok = form_multipart(cx->mem, ask->type, ask->body, &f);
	ask->fields = f.fields;
	ask->uploads = f.uploads;
	ask->nuploads = f.nuploads;
	return ok ? OK : FAIL(cx, ERR_INPUT, "web.bad_form", "%s", "the form's body is malformed or holds too many fields");
}

static enum err to_login(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct html to = html_new(cx->mem);
	put_raw(&to, ask->site->gate.login, strlen(ask->site->gate.login));
	put_raw(&to, "?next=", 6);
	put_part_str(&to, ask->query.n ? str_fmt(cx->mem, "%.*s?%.*s", FMT(ask->path), FMT(ask->query)) : ask->path);
	return reply_redirect(reply, html_str(&to));
}

/* The front page is not for every account: who may not see it is led to the first page of the navigation that opens. */
static bool to_first_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	const struct site *site = ask->site;
	if (!cx->who.id || !ask_is(ask, "GET") || !str_eq(ask->path, S("/")))
		return false;
	struct fault kept = cx->fault;
	for (size_t i = 0; i < site->nnav; i++)
		if (strcmp(site->nav[i].path, "/") && (site->nav[i].act == ACT_NONE || site->gate.may(cx, site->nav[i].act, cx->who.unit) == OK)) {
			cx->fault = (struct fault){ 0 };
			return !reply_redirect(reply, str_z(site->nav[i].path));
		}
	cx->fault = kept;
	return false;
}

static enum err answer(struct cx *cx, struct ask *ask, struct reply *reply)
{
	bool other = false, login = false;
	ask->route = route_find(ask->site, cx->mem, ask->method, ask->path, &ask->places, &other);
	TRY(gate_open(cx, ask, reply));
	if (!ask->route && other) {
		reply->status = 405;
		return FAIL(cx, ERR_INPUT, "web.405.why", "%.*s is not answered at this path", FMT(ask->method));
	}
	if (!ask->route)
		return FAIL(cx, ERR_NOT_FOUND, "web.404.why", "%s", "no such path");
	TRY(read_form(cx, ask));
	enum err err = gate_check(cx, ask, &login);
	if (login && ask->route->kind == PAGE && ask_is(ask, "GET") && ask->site->gate.login)
		return to_login(cx, ask, reply);
	if (err == ERR_DENIED && to_first_page(cx, ask, reply))
		return OK;
	return err ? err : ask->route->page(cx, ask, reply);
}

void web_answer(struct cx *cx, struct ask *ask, struct reply *reply)
{
	enum err err = answer(cx, ask, reply);
	if (err)
		page_fault(cx, ask, reply, err);
	BUG_IF(!reply->status || !reply->type.n);
	careful(ask, reply);
}

/* Only a server on this machine may speak for another address; of a list the last is the one it saw itself. */
static struct str speaker(const struct ask *ask, struct str from)
{
	struct str real = ask_head(ask, "X-Real-IP"), list = ask_head(ask, "X-Forwarded-For"), one, last = S("");
	if (!str_eq(from, S("127.0.0.1")) && !str_eq(from, S("::1")))
		return from;
	while (str_split(&list, ',', &one))
		last = str_trim(one);
	return real.n ? real : last.n ? last : from;
}

static bool ask_new(struct cx *cx, const struct site *site, const struct http_request *q, struct ask *ret)
{
	struct ask a = { .method = q->method, .heads = q->heads, .body = q->body, .from = q->from, .site = site };
	ptrdiff_t mark = str_chr(q->target, '?');
	struct str path = mark < 0 ? q->target : str_sub(q->target, 0, (size_t)mark);
	a.query = mark < 0 ? S("") : str_sub(q->target, (size_t)mark + 1, q->target.n);
	a.type = ask_head(&a, "Content-Type");
	a.cookies = form_cookies(cx->mem, ask_head(&a, "Cookie"));
	a.htmx = str_eq(ask_head(&a, "HX-Request"), S("true")) && !ask_head(&a, "HX-Boosted").n;
	a.from = speaker(&a, q->from);
	bool ok = form_unescape(cx->mem, path, false, &a.path) && form_urlencoded(cx->mem, a.query, &a.params);
	if (!ok)
		a.path = str_starts(path, S("/api/")) ? S("/api/") : S("/");
	*ret = a;
	return ok;
}

void web_request(struct cx *cx, const struct site *site, const struct http_request *q, struct reply *reply)
{
	struct ask ask;
	reply->mem = cx->mem;
	if (!cx->lang)
		cx->lang = "vi";
	if (ask_new(cx, site, q, &ask)) {
		web_answer(cx, &ask, reply);
		return;
	}
	page_fault(cx, &ask, reply, FAIL(cx, ERR_INPUT, "web.bad_address", "%s", "the address is not UTF-8 or its escapes are broken"));
	careful(&ask, reply);
}

size_t web_body_most(const struct site *site, struct str method, struct str target)
{
	struct arena mem = { 0 };
	struct pairs places;
	bool other;
	ptrdiff_t mark = str_chr(target, '?');
	const struct route *r = route_find(site, &mem, method, mark < 0 ? target : str_sub(target, 0, (size_t)mark), &places, &other);
	size_t most = r && r->body_most ? r->body_most : BODY_DEFAULT;
	arena_done(&mem);
	return most;
}

/* ---- without a socket ---------------------------------------------------------------------------- */

const char *web_reason(int status)
{
	static const struct { int status; const char *say; } reasons[] = { { 200, "OK" }, { 201, "Created" }, { 204, "No Content" },
		{ 303, "See Other" }, { 304, "Not Modified" }, { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" }, { 411, "Length Required" },
		{ 413, "Content Too Large" }, { 414, "URI Too Long" }, { 422, "Unprocessable Content" }, { 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" }, { 501, "Not Implemented" },
		{ 502, "Bad Gateway" }, { 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" } };
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].say;
	return "Answer";
}

struct str web_once(struct cx *cx, const struct site *site, struct str raw)
{
	struct http_request q = { 0 };
	struct reply reply = { .mem = cx->mem };
	int status = guard_parse(cx->mem, raw, &q);
	if (!status && q.body.n > web_body_most(site, q.method, q.target))
		status = 413;
	if (status)
		reply_text(&reply, status, "text/plain; charset=utf-8", str_fmt(cx->mem, "%d %s\n", status, web_reason(status)));
	else
		web_request(cx, site, &q, &reply);
	struct str body = reply.lent.p ? reply.lent : text_str(&reply.body);
	struct text out = text_new(cx->mem);
	text_fmt(&out, "HTTP/1.1 %d %s\r\nContent-Type: %.*s\r\nContent-Length: %zu\r\n", reply.status, web_reason(reply.status),
		FMT(reply.type), body.n);
	for (size_t i = 0; i < reply.nheads; i++)
		text_fmt(&out, "%.*s: %.*s\r\n", FMT(reply.heads[i].name), FMT(reply.heads[i].value));
	text_z(&out, "\r\n");
	if (!str_eq(q.method, S("HEAD")))
		text_add(&out, body);
	return text_str(&out);
}
