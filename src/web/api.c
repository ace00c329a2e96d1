/*
 * api - small helpers so that an API page is a dozen lines: load, one object, send.
 */
#include "web/api.h"
#include "web/catalog.h"
#include "web/form.h"

#include "base/time.h"

struct cursor api_cursor(const struct ask *ask, const char *param)
{
	struct str s = ask_param(ask, param), at;
	struct cursor c = { 0 };
	if (s.n && str_split(&s, '.', &at) && s.p && str_int(at, &c.at) && str_int(s, &c.id))
		c.set = true;
	return c;
}

struct str api_cursor_text(struct arena *mem, int64_t at, int64_t id)
{
	return str_fmt(mem, "%lld.%lld", (long long)at, (long long)id);
}

int64_t api_limit(const struct ask *ask)
{
	return ask_int(ask, "limit", 1, API_PAGE_MOST, API_PAGE);
}

json_t *api_time(struct arena *mem, int64_t at)
{
	return at ? json_text(time_iso_vn(mem, at)) : json_null();
}

json_t *api_day(struct arena *mem, int64_t day)
{
	return json_text(day_iso(mem, day));
}

enum err api_list(struct reply *r, const struct ask *ask, json_t *take_items, struct cursor last)
{
	json_t *o = json_object();
	json_object_set_new(o, "items", take_items);
	if (last.set)
		json_object_set_new(o, "next", json_text(ask_with(r->mem, ask, "after", api_cursor_text(r->mem, last.at, last.id))));
	else
		json_object_set_new(o, "next", json_null());
	return reply_json(r, 200, o);
}

enum err api_body(struct cx *cx, const struct ask *ask, json_t **ret)
{
	json_error_t e;
	json_t *j = json_loadb(ask->body.p ? ask->body.p : "", ask->body.n, JSON_REJECT_DUPLICATES, &e);
	if (!json_is_object(j)) {
		json_decref(j);
		return FAIL(cx, ERR_INPUT, "web.bad_json", "line %d: %s", e.line, j ? "not an object" : e.text);
	}
	*ret = j;
	return OK;
}

void api_problem(struct cx *cx, struct reply *r, int status, const char *title, struct str detail)
{
	json_t *o = json_object();
	json_object_set_new(o, "type", json_string("about:blank"));
	json_object_set_new(o, "title", json_string(title));
	json_object_set_new(o, "status", json_integer(status));
	json_object_set_new(o, "detail", json_text(detail));
	reply_json(r, status, o);
	r->type = S("application/problem+json");
}

enum err api_mistakes(struct cx *cx, struct reply *r, const struct mistakes *m)
{
	json_t *o = json_object(), *list = json_array();
	for (size_t i = 0; i < m->n; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "field", json_string(m->v[i].field));
		json_object_set_new(one, "say", json_text(SAY(cx, m->v[i].say, m->v[i].arg)));
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "type", json_string("about:blank"));
	json_object_set_new(o, "title", json_string(say(cx, "web.422.title")));
	json_object_set_new(o, "status", json_integer(422));
	json_object_set_new(o, "mistakes", list);
	reply_json(r, 422, o);
	r->type = S("application/problem+json");
	return OK;
}
