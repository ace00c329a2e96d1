/*
 * import_lists - what outlets say of themselves: saved feeds, whose entries are articles, and lists of feeds (OPML),
 * whose rows are sources. Both are read in the cage. A list's own words (nc:outlet, nc:kind, nc:licence,
 * nc:permission) are kept; a source waits for approval unless the owner gave it with --approve.
 */
#include "app/import.h"

#include "net/url.h"
#include "text/viet.h"

enum { FILE_MOST = 32 << 20 };

/* ---- feeds ---- */

struct feeds {
	struct lines *files;
	struct arena mem;           /* of the feed now read */
	struct feed feed;
	struct str outlet;          /* of its entries */
	size_t at;
};

/* Reads files until one is a feed. False: no more files. */
static bool feed_begin(struct import *im, struct feeds *f)
{
	const char *given = call_flag(im->call, "outlet");
	struct str bytes;
	for (;;) {
		struct fault fault = { 0 };
		arena_done(&f->mem);
		f->feed = (struct feed){ 0 };
		f->at = 0;
		if (!lines_whole(f->files, FILE_MOST, &bytes, &f->mem))
			return false;
		if (lines_broken(f->files))
			continue; /* said already */
		if (cage_read_feed(im->cage, &f->mem, bytes, &f->feed, &fault)) {
			import_left_out(im, lines_name(f->files), "%s", fault.detail);
			continue;
		}
		f->outlet = given ? str_z(given) : utf8_cut(f->feed.title, 200);
		if (f->outlet.n)
			return true;
		import_left_out(im, lines_name(f->files), "the feed has no title: name its outlet with --outlet NAME");
	}
}

static struct str joined(struct arena *mem, const struct str *v, size_t n)
{
	struct text t = text_new(mem);
	for (size_t i = 0; i < n; i++) {
		text_z(&t, i ? ", " : "");
		text_add(&t, v[i]);
	}
	return text_str(&t);
}

static bool next_entry(void *env, struct arena *mem, struct str *ret_line, struct str *ret_place)
{
	struct import *im = env;
	struct feeds *f = im->of;
	while (f->at == f->feed.nentries)
		if (!feed_begin(im, f))
			return false;
	const struct feed_entry *e = &f->feed.entries[f->at++];
	int64_t at = e->published != NO_TIME ? e->published : e->updated;
	struct intake_item it = { .url = arena_str(mem, e->link.n ? e->link : e->id), .title = arena_str(mem, e->title),
		.lead = arena_str(mem, e->summary), .body = arena_str(mem, e->content), .sections = joined(mem, e->categories, e->ncategories),
		.outlet_kind = arena_str(mem, f->outlet), .published_at = at == NO_TIME ? 0 : at };
	*ret_line = import_pack(mem, &it);
	*ret_place = str_fmt(mem, "%s: entry %zu", lines_name(f->files), f->at);
	return true;
}

/* Until then the outlet's name travels in outlet_kind. */
static bool resolve_name(void *env, struct cx *cx, struct intake_item *item)
{
	struct import *im = env;
	return !import_outlet_by_name(cx, &im->outlets, item->outlet_kind, item);
}

enum err import_feed(struct import *im)
{
	static const struct pipeline_calls calls = { .next = next_entry, .parse = import_unpack, .resolve = resolve_name };
	struct feeds f = { .files = lines_open(im->mem, im->call->args, im->call->nargs) };
	im->of = &f;
	enum err e = import_items(im, &calls);
	im->failed = lines_failed(f.files);
	lines_close(f.files);
	arena_done(&f.mem);
	return e;
}

/* ---- lists of feeds ---- */

/* What lists call a kind, in the house's words; the press by reach is not told apart here. */
static struct str kind_of(struct str said)
{
	return outlet_kind_known(said) ? said : S("online");
}

static struct str known_word(struct str s)
{
	return str_eq_nocase(s, S("unknown")) ? S("") : s;
}

static struct str outlet_name(struct arena *mem, const struct opml_feed *f)
{
	return utf8_cut(f->outlet.n ? f->outlet : f->title.n ? f->title : url_host(mem, f->feed), 200);
}

static enum err add_source(struct cx *cx, const struct opml_feed *f, bool approve, int64_t *ret)
{
	struct source s = { .kind = S("feed"), .url = f->feed, .title = f->title, .permission = known_word(f->permission) };
	TRY(outlet_find_or_add(cx, outlet_name(cx->mem, f), kind_of(f->kind), f->site, &s.outlet));
	TRY(outlet_licence_note(cx, s.outlet, known_word(f->licence)));
	TRY(source_add(cx, &s, ret));
	return approve ? source_approve(cx, *ret) : OK;
}

/* In a transaction of its own: outlet, source and approval together or not at all. */
static enum err in_one(struct cx *cx, const struct opml_feed *f, int64_t known, bool approve, int64_t *ret)
{
	TRY(db_begin(cx));
	*ret = known;
	return db_finish(cx, known ? source_approve(cx, known) : add_source(cx, f, approve, ret));
}

/* Sources that are there: value 2 * id, and 1 more when approved. */
static enum err known_sources(struct import *im, struct map *ret)
{
	struct source_list list;
	*ret = map_new(im->mem);
	TRY(source_list(im->cx, &list));
	for (size_t i = 0; i < list.n; i++)
		*map_at(ret, arena_str(im->mem, list.v[i].url)) = list.v[i].id * 2 + (list.v[i].approved_at != 0);
	return OK;
}

static enum err one_row(struct import *im, struct map *known, const char *place, const struct opml_feed *f)
{
	bool approve = call_flag(im->call, "approve");
	struct str url;
	im->read++;
	int64_t id, *at = url_canonical(im->cx->mem, f->feed, &url) ? map_at(known, arena_str(im->mem, url)) : NULL;
	bool there = at && *at;
	im->copies += there;
	if (there && (!approve || *at % 2))
		return OK;
	enum err e = in_one(im->cx, f, there ? *at / 2 : 0, approve, &id);
	if (e == ERR_INPUT) {
		import_left_out(im, place, "%.*s: %s", FMT(str_sub(f->feed, 0, 200)), im->cx->fault.detail);
		return OK;
	}
	TRY(e);
	*at = id * 2 + approve;
	im->fresh += !there;
	return OK;
}

static enum err one_list(struct import *im, struct map *known, const char *name, struct str bytes)
{
	struct fault fault = { 0 };
	struct opml list;
	if (cage_read_opml(im->cage, im->cx->mem, bytes, &list, &fault)) {
		import_left_out(im, name, "%s", fault.detail);
		return OK;
	}
	for (size_t i = 0; i < list.n; i++) {
		struct arena_mark mark = arena_mark(im->cx->mem);
		TRY(one_row(im, known, name, &list.feeds[i]));
		arena_rewind(im->cx->mem, mark);
	}
	if (list.truncated)
		import_left_out(im, name, "the end of the list is missing or it has more than %d feeds", OPML_MOST);
	return OK;
}

enum err import_opml(struct import *im)
{
	AUTO(lines_closep) struct lines *files = lines_open(im->mem, im->call->args, im->call->nargs);
	struct map known;
	struct str bytes;
	TRY(known_sources(im, &known));
	while (lines_whole(files, FILE_MOST, &bytes, im->mem))
		if (!lines_broken(files))
			TRY(one_list(im, &known, lines_name(files), bytes));
	im->failed = lines_failed(files);
	return OK;
}
