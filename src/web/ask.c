/*
 * ask - reads the question and writes the answer: what pages call on every line, kept dull.
 */
#include "web/api.h"
#include "web/web.h"

#include <jansson.h>
#include <stdlib.h>

static struct str find(struct pairs v, struct str name, bool any_case)
{
	for (size_t i = 0; i < v.n; i++)
		if (any_case ? str_eq_nocase(v.v[i].name, name) : str_eq(v.v[i].name, name))
			return v.v[i].value;
	return S("");
}

struct str ask_param(const struct ask *ask, const char *name)
{
	return find(ask->params, str_z(name), false);
}

struct str ask_field(const struct ask *ask, const char *name)
{
	return str_trim(find(ask->fields, str_z(name), false));
}

struct str ask_place(const struct ask *ask, const char *name)
{
	return find(ask->places, str_z(name), false);
}

struct str ask_cookie(const struct ask *ask, const char *name)
{
	return find(ask->cookies, str_z(name), false);
}

struct str ask_head(const struct ask *ask, const char *name)
{
	return find(ask->heads, str_z(name), true);
}

const struct upload *ask_upload(const struct ask *ask, const char *field)
{
	for (size_t i = 0; i < ask->nuploads; i++)
		if (str_eq(ask->uploads[i].field, str_z(field)))
			return &ask->uploads[i];
	return NULL;
}

int64_t ask_int(const struct ask *ask, const char *name, int64_t lo, int64_t hi, int64_t otherwise)
{
	int64_t v;
	return str_int(ask_param(ask, name), &v) && v >= lo && v <= hi ? v : otherwise;
}

int64_t ask_id(const struct ask *ask, const char *place)
{
	int64_t v;
	return str_int(ask_place(ask, place), &v) && v > 0 ? v : 0;
}

bool ask_is(const struct ask *ask, const char *method)
{
	return str_eq(ask->method, str_z(method)) || (str_eq(ask->method, S("HEAD")) && !strcmp(method, "GET"));
}

static void add_param(struct html *out, struct str name, struct str value, bool *first)
{
	put_raw(out, *first ? "?" : "&", 1);
	*first = false;
	put_part_str(out, name);
	put_raw(out, "=", 1);
	put_part_str(out, value);
}

struct str ask_with(struct arena *mem, const struct ask *ask, const char *name, struct str value)
{
	struct html out = html_new(mem);
	bool first = true;
	text_add(&out.t, ask->path);
	for (size_t i = 0; i < ask->params.n; i++) {
		struct pair p = ask->params.v[i];
		if (!str_eq(p.name, str_z(name)) && !str_eq(p.name, S("after")) && !str_eq(p.name, S("before")) && p.value.n)
			add_param(&out, p.name, p.value, &first);
	}
	if (value.n)
		add_param(&out, str_z(name), value, &first);
	return html_str(&out);
}

/* ---- the answer --------------------------------------------------------------------------------- */

enum err reply_text(struct reply *r, int status, const char *type, struct str body)
{
	r->status = status;
	r->type = str_z(type);
	r->lent = (struct str){ 0 };
	r->body = text_new(r->mem);
	text_add(&r->body, body);
	return OK;
}

enum err reply_html(struct reply *r, int status, const struct html *page)
{
	r->status = status;
	r->type = S("text/html; charset=utf-8");
	r->lent = (struct str){ 0 };
	r->body = page->t;
	return OK;
}

/* A path of ours: one slash first, so that neither "//elsewhere" nor "/\elsewhere" leads away. */
static bool ours(struct str to)
{
	if (!to.n || to.p[0] != '/' || (to.n > 1 && (to.p[1] == '/' || to.p[1] == '\\')))
		return false;
	for (size_t i = 0; i < to.n; i++)
		if ((unsigned char)to.p[i] <= 0x20 || to.p[i] == 0x7F || to.p[i] == '\\')
			return false;
	return true;
}

enum err reply_redirect(struct reply *r, struct str to)
{
	reply_text(r, 303, "text/plain; charset=utf-8", S(""));
	reply_head(r, "Location", ours(to) ? to : S("/"));
	return OK;
}

static int dump(const char *p, size_t n, void *text)
{
	text_add(text, (struct str){ p, n });
	return 0;
}

enum err reply_json(struct reply *r, int status, json_t *take)
{
	reply_text(r, status, "application/json", S(""));
	json_dump_callback(take, dump, &r->body, JSON_COMPACT | JSON_REAL_PRECISION(15));
	text_c(&r->body, '\n');
	json_decref(take);
	return OK;
}

enum err reply_file(struct reply *r, const char *type, struct str name, struct str bytes)
{
	struct html line = html_new(r->mem);
	put_raw(&line, "attachment; filename*=UTF-8''", 29);
	put_part_str(&line, name);
	reply_text(r, 200, type, bytes);
	reply_head(r, "Content-Disposition", html_str(&line));
	return OK;
}

void reply_head(struct reply *r, const char *name, struct str value)
{
	struct text t = text_new(r->mem);
	BUG_IF(r->nheads == REPLY_HEADS);
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] >= 0x20 && value.p[i] != 0x7F)
			text_c(&t, value.p[i]);
	r->heads[r->nheads++] = (struct pair){ str_z(name), text_str(&t) };
}

void reply_cookie(struct reply *r, const char *name, struct str value, int64_t seconds)
{
	struct text t = text_new(r->mem);
	text_fmt(&t, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax", name, FMT(value));
	if (seconds >= 0)
		text_fmt(&t, "; Max-Age=%lld", (long long)seconds);
	reply_head(r, "Set-Cookie", text_str(&t));
}
