/*
 * import_jsonl - articles as the press archives have them, an object a line: title, summary, outlet, link, published,
 * sections, and text when there is one. Lines are split by one thread and parsed by many.
 */
#include "app/import.h"

#include <jansson.h>

static bool next_line(void *env, struct arena *mem, struct str *ret_line, struct str *ret_place)
{
	struct import *im = env;
	struct lines *lines = im->of;
	struct str line;
	do
		if (!lines_next(lines, &line))
			return false;
	while (!str_trim(line).n);
	*ret_line = arena_str(mem, line);
	*ret_place = str_fmt(mem, "%s:%lld", lines_name(lines), (long long)lines_number(lines));
	return true;
}

static struct str member(struct arena *mem, const json_t *o, const char *name)
{
	json_t *v = json_object_get(o, name);
	return json_is_string(v) ? arena_str(mem, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static struct str sections_of(struct arena *mem, const json_t *o)
{
	struct text t = text_new(mem);
	size_t i;
	json_t *one, *all = json_object_get(o, "sections");
	json_array_foreach(all, i, one) if (json_is_string(one)) {
		text_z(&t, t.n ? ", " : "");
		text_z(&t, json_string_value(one));
	}
	return text_str(&t);
}

static bool read_object(struct arena *mem, const json_t *o, struct intake_item *ret, struct str *ret_error)
{
	struct str published = member(mem, o, "published");
	*ret = (struct intake_item){ .url = member(mem, o, "link"), .title = member(mem, o, "title"), .lead = member(mem, o, "summary"),
		.body = member(mem, o, "text"), .sections = sections_of(mem, o), .outlet_kind = member(mem, o, "outlet") };
	if (!json_is_object(o))
		*ret_error = S("the line is no JSON object");
	else if (!ret->title.n)
		*ret_error = S("no \"title\"");
	else if (!ret->outlet_kind.n)
		*ret_error = S("no \"outlet\"");
	else if (!time_parse_iso(published, &ret->published_at))
		*ret_error = str_fmt(mem, "\"published\" is no time: \"%.*s\"", FMT(str_sub(published, 0, 60)));
	return !ret_error->n;
}

/* Until the writer resolves it, the outlet's name travels in outlet_kind. */
static bool parse_line(void *env, struct arena *mem, struct str line, struct intake_item *ret, struct str *ret_error)
{
	json_error_t why;
	json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
	(void)env;
	if (!o) {
		*ret_error = str_fmt(mem, "the line is no JSON: %s at column %d", why.text, why.column);
		return false;
	}
	bool good = read_object(mem, o, ret, ret_error);
	json_decref(o);
	return good;
}

static bool resolve_outlet(void *env, struct cx *cx, struct intake_item *item)
{
	struct import *im = env;
	return !import_outlet_by_name(cx, &im->outlets, item->outlet_kind, item);
}

enum err import_jsonl(struct import *im)
{
	AUTO(lines_closep) struct lines *lines = lines_open(im->mem, im->call->args, im->call->nargs);
	static const struct pipeline_calls calls = { .next = next_line, .parse = parse_line, .resolve = resolve_outlet };
	im->of = lines;
	enum err e = import_items(im, &calls);
	im->failed = lines_failed(lines);
	return e;
}
