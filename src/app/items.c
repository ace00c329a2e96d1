/*
 * items - reading articles from lines of JSON.
 */
#include "app/items.h"

#include "base/time.h"

static bool is_blank(struct str s)
{
	return !str_trim(s).n;
}

bool item_member(const json_t *of, const char *name, struct str *ret)
{
	const json_t *v = json_object_get(of, name);
	*ret = S("");
	if (!v || json_is_null(v))
		return true;
	if (!json_is_string(v))
		return false;
	*ret = (struct str){ json_string_value(v), json_string_length(v) };
	return true;
}

static const char *take_id(struct item *item)
{
	json_t *id = json_object_get(item->whole, "id");
	if (!id || json_is_null(id))
		return NULL;
	if (!json_is_string(id) && !json_is_integer(id))
		return "id is neither text nor a whole number";
	json_decref(item->id);
	item->id = json_incref(id);
	return NULL;
}

static const char *take_fields(struct items *in, struct item *item)
{
	struct str at;
	bool sound = item_member(item->whole, "title", &item->title) && item_member(item->whole, "summary", &item->summary) &&
		item_member(item->whole, "text", &item->text) && item_member(item->whole, "published", &at);
	if (!sound)
		return "title, summary, text and published are text";
	item->published = in->last_published;
	if (at.n && !time_parse_iso(at, &item->published))
		return "published is no ISO 8601 time";
	in->last_published = item->published;
	return NULL;
}

bool items_next(struct items *in, struct item *ret, const char **ret_error)
{
	struct str line;
	do {
		if (!lines_next(in->lines, &line))
			return false;
	} while (is_blank(line));
	json_error_t why;
	struct item item = { .id = json_integer(lines_number(in->lines)) };
	item.whole = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
	const char *error = json_is_object(item.whole) ? take_id(&item) : "the line is no JSON object";
	if (!error)
		error = take_fields(in, &item);
	*ret = item;
	*ret_error = error;
	return true;
}

void item_done(struct item *item)
{
	json_decref(item->id);
	json_decref(item->whole);
	*item = (struct item){ 0 };
}

void json_line(json_t *v)
{
	json_dumpf(v, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(v);
}

const char *item_empty(const struct item *item)
{
	return item->title.n || item->summary.n || item->text.n ? NULL : "title, summary and text are all absent";
}

void item_error(struct items *in, const struct item *item, const char *error)
{
	in->had_errors = true;
	json_line(json_pack("{sOss}", "id", item->id, "error", error));
}

int items_end(struct items *in)
{
	int code = in->had_errors || lines_failed(in->lines) ? 1 : 0;
	lines_close(in->lines);
	return code;
}
