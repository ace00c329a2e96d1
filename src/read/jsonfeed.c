/*
 * jsonfeed - JSON Feed 1 and 1.1 (jsonfeed.org). Read by jansson, which refuses what is not strict JSON
 * and nests at most 2,048 deep.
 */
#include "read/feed_build.h"
#include "read/plain.h"

#include <jansson.h>

static struct str text_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : S("");
}

static struct str copied(struct arena *mem, const json_t *o, const char *key)
{
	return plain_line(mem, text_of(o, key));
}

static void item(struct feed_build *b, const json_t *o)
{
	struct arena *mem = b->mem;
	size_t i;
	json_t *v;
	feed_entry_begin(b);
	const json_t *id = json_object_get(o, "id");
	b->now.id = json_is_integer(id) ? str_fmt(mem, "%lld", (long long)json_integer_value(id)) : arena_str(mem, text_of(o, "id"));
	b->now.link = arena_str(mem, text_of(o, "url"));
	b->now.title = copied(mem, o, "title");
	b->now.summary = plain_html(mem, text_of(o, "summary"));
	b->now.content = text_of(o, "content_html").n ? plain_html(mem, text_of(o, "content_html")) : plain_space(mem, text_of(o, "content_text"));
	feed_published(b, text_of(o, "date_published"));
	feed_updated(b, text_of(o, "date_modified"));
	json_array_foreach(json_object_get(o, "tags"), i, v)
		if (json_is_string(v))
			feed_category(b, str_z(json_string_value(v)));
	json_array_foreach(json_object_get(o, "attachments"), i, v) {
		const json_t *size = json_object_get(v, "size_in_bytes");
		feed_enclose(b, (struct feed_enclosure){ text_of(v, "url"), text_of(v, "mime_type"),
		                                         json_is_integer(size) ? json_integer_value(size) : -1 });
	}
	/* jansson's texts die with its tree: what plain_* returned unchanged must be copied. */
	b->now.title = arena_str(mem, b->now.title);
	b->now.summary = arena_str(mem, b->now.summary);
	b->now.content = arena_str(mem, b->now.content);
	feed_entry_keep(b);
}

enum err jsonfeed_read(struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault)
{
	struct feed_build b = { .mem = mem };
	json_error_t error;
	size_t i;
	json_t *v, *root = json_loadb(bytes.p, bytes.n, 0, &error);
	if (!root)
		return FAULT(fault, ERR_INPUT, "feed.json", "line %d: %s", error.line, error.text);
	struct str version = text_of(root, "version");
	const json_t *items = json_object_get(root, "items");
	bool is_feed = str_find(version, S("jsonfeed.org")) >= 0 || json_is_array(items);
	if (!is_feed) {
		json_decref(root);
		return FAULT(fault, ERR_INPUT, "feed.json", "this JSON is no feed: it has neither a version of jsonfeed.org nor items");
	}
	b.feed.version = str_ends(version, S("/1.1")) ? S("json11") : S("json1");
	b.feed.malformed = !json_is_array(items) || str_find(version, S("jsonfeed.org")) < 0;
	b.feed.title = copied(mem, root, "title");
	b.feed.link = arena_str(mem, text_of(root, "home_page_url"));
	b.feed.language = arena_str(mem, text_of(root, "language"));
	json_array_foreach(items, i, v)
		item(&b, v);
	json_decref(root);
	*ret = feed_finish(&b);
	return OK;
}
