/*
 * sitemap - sitemaps.org 0.9 with Google's news extension: addresses with the title and the time of
 * publication. An index of sitemaps gives one entry a sitemap.
 */
#include "read/feed_build.h"
#include "read/markup.h"
#include "read/plain.h"

struct reader {
	struct feed_build b;
	struct text value;
	size_t item_depth;
};

static void leaf_done(struct reader *r, struct str name)
{
	struct str raw = str_trim(text_str(&r->value));
	struct feed_entry *e = &r->b.now;
	struct arena *mem = r->b.mem;
	if (str_eq(name, S("loc")) && !e->link.n) {
		e->link = e->id = arena_str(mem, raw);
	} else if (str_eq(name, S("title"))) {
		e->title = plain_line(mem, raw);
	} else if (str_eq(name, S("publication_date"))) {
		feed_published(&r->b, raw);
	} else if (str_eq(name, S("lastmod"))) {
		feed_updated(&r->b, raw);
	} else if (str_eq(name, S("language")) && !r->b.feed.language.n) {
		r->b.feed.language = arena_str(mem, raw);
	} else if (str_eq(name, S("keywords")) || str_eq(name, S("genres"))) {
		struct str piece;
		while (str_split(&raw, ',', &piece))
			feed_category(&r->b, piece);
	} else if (str_eq(name, S("name")) && !r->b.feed.title.n) {
		r->b.feed.title = plain_line(mem, raw);
	}
}

static void event(struct reader *r, const struct markup *m, const struct markup_event *e)
{
	if (e->kind == MARKUP_TEXT) {
		if (r->item_depth)
			text_add(&r->value, e->text);
		return;
	}
	bool item = str_eq(e->name, S("url")) || str_eq(e->name, S("sitemap"));
	if (e->kind == MARKUP_OPEN) {
		r->value.n = 0;
		if (m->depth == 1)
			r->b.feed.version = str_eq(e->name, S("sitemapindex")) ? S("sitemapindex") : S("sitemap");
		if (item && !r->item_depth) {
			r->item_depth = m->depth;
			feed_entry_begin(&r->b);
		}
		return;
	}
	if (r->item_depth == m->depth + 1) {
		if (r->b.now.link.n)
			feed_entry_keep(&r->b);
		r->item_depth = 0;
	} else if (r->item_depth && !str_starts(e->prefix, S("image")) && !str_starts(e->prefix, S("video"))) {
		leaf_done(r, e->name);
	}
	r->value.n = 0;
}

enum err sitemap_read(struct arena *mem, struct str utf8, struct feed *ret, struct fault *fault)
{
	struct reader r = { .b = { .mem = mem }, .value = text_new(mem) };
	struct markup *m = NEW(mem, struct markup);
	struct markup_event e;
	*m = markup_begin(mem, utf8);
	while (markup_next(m, &e))
		event(&r, m, &e);
	r.b.feed.malformed = m->malformed;
	r.b.feed.truncated |= m->truncated;
	markup_done(m);
	if (!r.b.feed.version.n)
		return FAULT(fault, ERR_INPUT, "sitemap.unknown", "this is no sitemap");
	if (r.b.feed.nentries)
		r.b.feed.link = r.b.feed.entries[0].link;
	*ret = feed_finish(&r.b);
	ret->link = S("");
	return OK;
}
