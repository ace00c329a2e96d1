/*
 * page_check - asks pages without a socket, and follows the tags of what comes back.
 */
#include "web/page_check_test.h"

#include "base/log.h"
#include "base/map.h"
#include "base/test.h"
#include "people/may.h"
#include "web/gate.h"

#include <ctype.h>
#include <stdlib.h>

static struct site checked;

static enum err who_by_role(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf)
{
	unsigned roles;
	if (roles_parse(token, &roles)) {
		*ret = (struct actor){ 7, roles, 0, S("Chuyên viên <Mẫu>") };
		*ret_csrf = S("right-token");
	}
	return OK;
}

void page_site(const struct route_table *tables, size_t n)
{
	checked = (struct site){ .tables = tables, .ntables = n, .gate = { who_by_role, NULL, may, "/dang-nhap" }, .province = S("Tỉnh Mẫu"),
		.find_act = ACT_NONE };
	log_quiet(true);
}

struct str page_ask_of(struct cx *cx, const struct site *site, struct str session, const char *target, const char *form)
{
	struct str cookie = session.n ? str_fmt(cx->mem, "Cookie: nhipcau=%.*s\r\n", FMT(session)) : S("");
	struct str type = form ? str_fmt(cx->mem, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", strlen(form)) : S("");
	return web_once(cx, site, str_fmt(cx->mem, "%s %s HTTP/1.1\r\nHost: tinh-mau.example\r\n%.*s%.*s\r\n%s", form ? "POST" : "GET", target,
		FMT(cookie), FMT(type), form ? form : ""));
}

struct str page_ask_raw(struct cx *cx, const char *role, const char *target, const char *form)
{
	return page_ask_of(cx, &checked, str_z(role), target, form);
}

struct str page_ask(struct cx *cx, const char *role, const char *target, const char *form)
{
	return page_ask_raw(cx, role, target, form ? str_fmt(cx->mem, "_csrf=right-token&%s", form).p : NULL);
}

bool says(struct str answer, const char *what)
{
	return str_find(answer, str_z(what)) >= 0;
}

bool page_is(struct str answer, int status)
{
	struct str want = str_fmt(test_mem(), "HTTP/1.1 %d ", status);
	if (!str_starts(answer, want))
		fprintf(stderr, "%.*s\n", (int)MIN(answer.n, (size_t)60), answer.p);
	return str_starts(answer, want);
}

/* ---- following tags ------------------------------------------------------------------------------------------- */

enum { DEEPEST = 64 };

struct follow { struct str open[DEEPEST]; size_t n; struct map ids; bool ok; };

static bool is_void(struct str name)
{
	static const char *const names[] = { "meta", "link", "input", "img", "br", "hr", "col", "wbr", "!doctype" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq_nocase(name, str_z(names[i])))
			return true;
	return false;
}

static void wrong(struct follow *f, const char *what, struct str where)
{
	fprintf(stderr, "%s: %.*s\n", what, (int)MIN(where.n, (size_t)80), where.p);
	f->ok = false;
}

static void look_at_id(struct follow *f, struct str tag)
{
	ptrdiff_t at = str_find(tag, S(" id=\""));
	if (at < 0)
		return;
	struct str id = str_sub(tag, (size_t)at + 5, tag.n);
	id = str_sub(id, 0, (size_t)MAX(str_chr(id, '"'), 0));
	if ((*map_at(&f->ids, id))++)
		wrong(f, "an id given twice", tag);
}

static void follow_tag(struct follow *f, struct str tag)
{
	bool closing = tag.n && tag.p[0] == '/', itself = tag.n && tag.p[tag.n - 1] == '/';
	struct str name = str_sub(tag, closing, tag.n);
	size_t n = 0;
	while (n < name.n && !isspace((unsigned char)name.p[n]) && name.p[n] != '/')
		n++;
	name = str_sub(name, 0, n);
	look_at_id(f, tag);
	if (is_void(name) || itself)
		return;
	if (closing && (!f->n || !str_eq(f->open[f->n - 1], name)))
		wrong(f, "closed out of order", tag);
	if (closing && f->n)
		f->n--;
	else if (!closing && f->n < DEEPEST)
		f->open[f->n++] = name;
}

bool page_sound(struct str answer)
{
	struct follow f = { .ids = map_new(test_mem()), .ok = true };
	ptrdiff_t head = str_find(answer, S("\r\n\r\n"));
	struct str rest = str_sub(answer, (size_t)MAX(head, 0) + 4, answer.n);
	for (ptrdiff_t at; f.ok && (at = str_chr(rest, '<')) >= 0;) {
		rest = str_sub(rest, (size_t)at + 1, rest.n);
		ptrdiff_t end = str_chr(rest, '>');
		if (end < 0)
			wrong(&f, "a tag without an end", rest);
		else
			follow_tag(&f, str_sub(rest, 0, (size_t)end));
		rest = str_sub(rest, (size_t)MAX(end, 0), rest.n);
	}
	if (f.ok && f.n)
		wrong(&f, "left open", f.open[f.n - 1]);
	return f.ok;
}
