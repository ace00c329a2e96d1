/*
 * filter_read - `nhipcau read` and `nhipcau feed`: pages and feeds of strangers as JSON Lines, each read in
 * the cage, so that a bad one costs its own line and nothing else.
 */
#include "app/commands.h"
#include "app/filter_jsonl.h"
#include "base/time.h"
#include "cage/cage.h"
#include "read/charset.h"

#include <jansson.h>
#include <sodium.h>

enum { PAGE_MOST = 32 << 20, FEED_MOST = 64 << 20 };

struct reading {
	struct cage *cage;
	struct arena mem;      /* of one document */
	bool force;
	bool bad;              /* some line had an error */
};

/* What a document is called: a file, or the id of its line, which comes out as it came in. */
struct called { const char *key; struct str text; int64_t number; bool is_number; };

static struct called called_file(const struct lines *l)
{
	return (struct called){ .key = "file", .text = str_z(lines_name(l)) };
}

static void name_field(struct text *out, const struct called *name)
{
	if (!name->is_number) {
		jsonl_field(out, name->key, name->text);
		return;
	}
	jsonl_key(out, name->key);
	text_int(out, name->number);
}

static void error_line(struct reading *r, const struct called *name, const char *why)
{
	struct text out = text_new(&r->mem);
	text_c(&out, '{');
	name_field(&out, name);
	jsonl_field(&out, "error", str_z(why));
	jsonl_line(&out);
	r->bad = true;
}

static void time_field(struct text *out, struct arena *mem, const char *key, int64_t at)
{
	if (at == NO_TIME)
		jsonl_null(out, key);
	else
		jsonl_field(out, key, time_iso(mem, at));
}

/* ---- feed ---- */

static void entry_json(struct text *out, struct arena *mem, const struct feed_entry *e)
{
	text_c(out, '{');
	jsonl_field(out, "id", e->id);
	jsonl_field(out, "title", e->title);
	jsonl_field(out, "link", e->link);
	jsonl_field(out, "summary", e->summary);
	jsonl_field(out, "content", e->content);
	time_field(out, mem, "published", e->published);
	time_field(out, mem, "updated", e->updated);
	jsonl_key(out, "categories");
	text_c(out, '[');
	for (size_t i = 0; i < e->ncategories; i++)
		jsonl_item(out, e->categories[i]);
	text_z(out, "]");
	jsonl_key(out, "enclosures");
	text_c(out, '[');
	for (size_t i = 0; i < e->nenclosures; i++) {
		text_z(out, i ? ",{" : "{");
		jsonl_field(out, "url", e->enclosures[i].url);
		jsonl_field(out, "type", e->enclosures[i].type);
		if (e->enclosures[i].length >= 0)
			jsonl_number(out, "length", (double)e->enclosures[i].length);
		else
			jsonl_null(out, "length");
		text_c(out, '}');
	}
	text_z(out, "]}");
}

static void feed_json(struct reading *r, const struct called *name, const struct feed *f)
{
	struct text out = text_new(&r->mem);
	text_c(&out, '{');
	name_field(&out, name);
	jsonl_field(&out, "version", f->version);
	jsonl_field(&out, "encoding", f->encoding);
	jsonl_field(&out, "title", f->title);
	jsonl_field(&out, "link", f->link);
	jsonl_field(&out, "language", f->language);
	jsonl_bool(&out, "malformed", f->malformed);
	jsonl_key(&out, "entries");
	text_c(&out, '[');
	for (size_t i = 0; i < f->nentries; i++) {
		if (i)
			text_c(&out, ',');
		entry_json(&out, &r->mem, &f->entries[i]);
	}
	text_c(&out, ']');
	jsonl_line(&out);
}

static void feed_file(struct reading *r, const struct called *name, struct str bytes)
{
	struct fault fault = { 0 };
	struct feed f;
	if (cage_read_feed(r->cage, &r->mem, bytes, &f, &fault))
		error_line(r, name, fault.detail);
	else
		feed_json(r, name, &f);
}

/* ---- read ---- */

static void page_json(struct reading *r, const struct called *name, const struct page *p, int64_t ms)
{
	struct text out = text_new(&r->mem);
	text_c(&out, '{');
	name_field(&out, name);
	jsonl_field(&out, "url", p->url);
	jsonl_field(&out, "title", p->title);
	jsonl_field(&out, "text", p->kind == PAGE_ARTICLE || r->force ? p->text : S(""));
	jsonl_field(&out, "lead", p->lead);
	time_field(&out, &r->mem, "published", p->published);
	jsonl_field(&out, "language", p->language);
	jsonl_field(&out, "kind", str_z(page_kind_name(p->kind)));
	jsonl_number(&out, "confidence", p->confidence);
	jsonl_bool(&out, "truncated", p->truncated);
	jsonl_number(&out, "ms", (double)ms);
	jsonl_line(&out);
}

static void page_file(struct reading *r, const struct called *name, struct str bytes, struct str url)
{
	struct fault fault = { 0 };
	struct page p;
	int64_t from = clock_ms();
	if (cage_read_page(r->cage, &r->mem, bytes, url, &p, &fault))
		error_line(r, name, fault.detail);
	else
		page_json(r, name, &p, clock_ms() - from);
}

static struct str html_of(struct arena *mem, struct str html, bool *bad)
{
	if (!str_starts(html, S("base64:")))
		return html;
	char *out = arena_raw(mem, html.n + 1);
	size_t n = 0;
	html = str_sub(html, 7, html.n);
	*bad = sodium_base642bin((unsigned char *)out, html.n, html.p, html.n, " \r\n", &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0;
	return (struct str){ out, n };
}

static struct str member(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : S("");
}

/* The id of a line: text or a whole number; without one, the line's number. */
static struct called called_line(const json_t *o, int64_t number)
{
	const json_t *id = json_object_get(o, "id");
	struct str text = member(o, "id");
	if (json_is_integer(id))
		number = json_integer_value(id);
	return (struct called){ "id", text, number, !text.n };
}

static void page_line(struct reading *r, struct str line, int64_t number)
{
	json_error_t error;
	json_t *o = json_loadb(line.p, line.n, 0, &error);
	struct called name = called_line(o, number);
	bool bad = false;
	struct str html = html_of(&r->mem, member(o, "html"), &bad);
	if (!json_is_object(o))
		error_line(r, &name, "the line is no JSON object");
	else if (!json_is_string(json_object_get(o, "html")) || bad)
		error_line(r, &name, "\"html\" is wanted: text, or \"base64:\" and base64");
	else
		page_file(r, &name, html, member(o, "url"));
	json_decref(o);
}

/* ---- the two words ---- */

static int finish(struct reading *r, struct lines *l)
{
	bool failed = lines_failed(l);
	cage_close(r->cage);
	arena_done(&r->mem);
	return r->bad || failed;
}

static bool begin(struct reading *r, struct call *c)
{
	struct fault fault;
	if (cage_open(&(struct cage_limits){ .deadline_ms = 4000 }, &r->cage, &fault) == OK)
		return true;
	call_wrong(c, "%s", fault.detail);
	return false;
}

static int run_feed(struct call *c)
{
	struct reading r = { 0 };
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	struct str bytes;
	if (!begin(&r, c))
		return 2;
	while (lines_whole(l, FEED_MOST, &bytes, &r.mem)) {
		struct called name = called_file(l);
		if (lines_broken(l))
			error_line(&r, &name, lines_broken(l));
		else
			feed_file(&r, &name, bytes);
		arena_reset(&r.mem);
	}
	return finish(&r, l);
}

static int run_read(struct call *c)
{
	struct reading r = { .force = call_flag(c, "force") };
	AUTO(lines_closep) struct lines *l = lines_open(c->mem, c->args, c->nargs);
	struct str bytes;
	bool lines = call_flag(c, "jsonl");
	if (!begin(&r, c))
		return 2;
	while (lines ? lines_next(l, &bytes) : lines_whole(l, PAGE_MOST, &bytes, &r.mem)) {
		struct called name = called_file(l);
		if (lines && str_trim(bytes).n)
			page_line(&r, bytes, lines_number(l));
		else if (!lines && lines_broken(l))
			error_line(&r, &name, lines_broken(l));
		else if (!lines)
			page_file(&r, &name, bytes, S(""));
		arena_reset(&r.mem);
	}
	return finish(&r, l);
}

static const struct flag read_flags[] = {
	{ "jsonl", NULL, "lines {\"id\",\"url\",\"html\"} instead of pages; html may be \"base64:…\"" },
	{ "force", NULL, "the text even when the page is no article" },
	{ NULL },
};

const struct command command_read = {
	"read", "FILE.html… | --jsonl [FILE] [--force]",
	"The article of each page. Title, lead, text, time, language and kind, a JSON object a line; pages are read in a cage",
	"nhipcau read --force bai-bao.html", read_flags, run_read,
};

const struct command command_feed = {
	"feed", "FILE…",
	"What a feed says. RSS, Atom, RDF, JSON Feed and news sitemaps, a JSON object a file; feeds are read in a cage",
	"nhipcau feed rss.xml", NULL, run_feed,
};
