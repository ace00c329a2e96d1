/*
 * feed - RSS 0.9x, 1.0, 2.0 and Atom 0.3, 1.0 (RFC 4287) over the events of markup.c; JSON and sitemaps are
 * handed on. An element counts by its namespace and name; a prefix nobody declared counts by itself, as
 * broken feeds do that. Markup in texts becomes plain text; authors are skipped with all they hold.
 */
#include "read/charset.h"
#include "read/feed_build.h"
#include "read/markup.h"
#include "read/plain.h"

#include <libxml/uri.h>
#include <sodium.h>

enum { TEXT_MOST = 1 << 20 };

enum space { CORE, ATOM, DC, TERMS, CONTENT, XHTML, OTHER };
enum field { NOTHING, TITLE, LINK, ID, SUMMARY, BODY, PUBLISHED, UPDATED, CATEGORY, LANGUAGE };
enum form { FORM_TEXT, FORM_HTML, FORM_XHTML, FORM_BASE64 };

struct reader {
	struct feed_build b;
	struct markup m;
	struct str bases[MARKUP_DEPTH + 1];
	size_t item_depth, skip_depth;   /* depth of the element we are in, 0: in none */
	size_t field_depth;
	enum field field;
	enum form form;
	bool permalink, guid_links;
	struct text value;
	bool known;                      /* the root is that of a feed */
	bool rdf;
};

static enum space space_of(const struct markup_event *e)
{
	static const struct { const char *start; enum space space; } known[] = {
		{ "http://www.w3.org/2005/atom", ATOM }, { "http://purl.org/atom/ns#", ATOM }, { "http://example.com/newformat#", ATOM },
		{ "http://example.com/necho", ATOM }, { "http://purl.org/echo/", ATOM }, { "uri/of/echo/namespace#", ATOM },
		{ "http://purl.org/pie/", ATOM }, { "http://purl.org/dc/elements/1.", DC }, { "http://purl.org/dc/terms/", TERMS },
		{ "http://purl.org/rss/1.0/modules/content/", CONTENT }, { "http://www.w3.org/1999/xhtml", XHTML },
		{ "http://purl.org/rss/1.0/modules/", OTHER }, { "http://purl.org/rss/1.0/", CORE }, { "http://purl.org/net/rss1.1#", CORE },
		{ "http://my.netscape.com/rdf/simple/0.9/", CORE }, { "http://my.netscape.com/publish/formats/", CORE },
		{ "http://channel.netscape.com/rdf/simple/0.9/", CORE }, { "http://backend.userland.com/rss", CORE },
		{ "http://blogs.law.harvard.edu/tech/rss", CORE }, { "http://www.w3.org/1999/02/22-rdf-syntax-ns#", CORE },
	};
	static const struct { const char *prefix; enum space space; } bare[] = {
		{ "", CORE }, { "dc", DC }, { "dcterms", TERMS }, { "content", CONTENT }, { "atom", ATOM }, { "xhtml", XHTML }, { "rdf", CORE },
	};
	if (e->space.n) {
		for (size_t i = 0; i < COUNT(known); i++)
			if (e->space.n >= strlen(known[i].start) &&
			    str_eq_nocase(str_sub(e->space, 0, strlen(known[i].start)), str_z(known[i].start)))
				return known[i].space;
		return e->prefix.n ? OTHER : CORE;
	}
	for (size_t i = 0; i < COUNT(bare); i++)
		if (str_eq_nocase(e->prefix, str_z(bare[i].prefix)))
			return bare[i].space;
	return OTHER;
}

static bool named(const struct markup_event *e, const char *z)
{
	return str_eq_nocase(e->name, str_z(z));
}

static void version_set(struct reader *r, const char *z)
{
	if (!r->b.feed.version.n)
		r->b.feed.version = str_z(z);
}

static void rss_version(struct reader *r, struct str v)
{
	static const struct { const char *v, *name; } versions[] = {
		{ "0.90", "rss090" }, { "0.91", "rss091u" }, { "0.92", "rss092" }, { "0.93", "rss093" }, { "0.94", "rss094" }, { "2.0", "rss20" },
	};
	v = str_trim(v);
	struct str head = { r->m.start, MIN((size_t)(r->m.end - r->m.start), (size_t)600) };
	if (str_eq(v, S("0.91")) && str_find(head, S("//Netscape")) >= 0)
		version_set(r, "rss091n");
	for (size_t i = 0; i < COUNT(versions); i++)
		if (str_eq(v, str_z(versions[i].v)))
			version_set(r, versions[i].name);
	version_set(r, str_starts(v, S("2.")) ? "rss20" : "rss");
}

static void root(struct reader *r, const struct markup_event *e)
{
	r->known = true;
	if (named(e, "rss"))
		rss_version(r, markup_attr(e, "version"));
	else if (named(e, "rdf"))
		r->rdf = true;
	else if (named(e, "feed")) {
		if (str_eq(markup_attr(e, "version"), S("0.3")) || str_starts(e->space, S("http://purl.org/atom/ns#")))
			version_set(r, "atom03");
		version_set(r, str_eq_nocase(e->space, S("http://www.w3.org/2005/Atom")) ? "atom10" : "atom");
		r->b.feed.language = arena_str(r->b.mem, markup_attr(e, "xml:lang"));
	} else if (named(e, "entry") && space_of(e) == ATOM)
		version_set(r, "atom10");
	else
		r->known = named(e, "channel");
}

/* RSS 1.0 and 0.90 are told apart by the namespace of what lies in rdf:RDF. */
static void rdf_version(struct reader *r, const struct markup_event *e)
{
	if (str_starts(e->space, S("http://purl.org/rss/1.0/")) || str_starts(e->space, S("http://purl.org/net/rss1.1#")))
		version_set(r, "rss10");
	else if (str_find(e->space, S("netscape.com/rdf/simple/0.9")) >= 0)
		version_set(r, "rss090");
}

static struct str resolved(struct reader *r, struct str url)
{
	struct arena *mem = r->b.mem;
	struct str base = r->bases[r->m.depth];
	url = str_trim(url);
	if (!base.n || !url.n || str_find(url, S("://")) > 0)
		return arena_str(mem, url);
	xmlChar *whole = xmlBuildURI((const xmlChar *)arena_z(mem, url), (const xmlChar *)arena_z(mem, base));
	struct str copy = arena_str(mem, whole ? str_z((const char *)whole) : url);
	xmlFree(whole);
	return copy;
}

static enum field field_of(const struct reader *r, const struct markup_event *e, enum space space)
{
	static const struct { enum space space; const char *name; enum field field; } fields[] = {
		{ CORE, "title", TITLE }, { DC, "title", TITLE }, { CORE, "link", LINK }, { CORE, "guid", ID }, { CORE, "id", ID },
		{ DC, "identifier", ID }, { CORE, "description", SUMMARY }, { CORE, "summary", SUMMARY }, { DC, "description", SUMMARY },
		{ CONTENT, "encoded", BODY }, { CORE, "content", BODY }, { XHTML, "body", BODY }, { XHTML, "div", BODY }, { CORE, "body", BODY },
		{ CORE, "fullitem", BODY }, { CORE, "pubdate", PUBLISHED }, { CORE, "published", PUBLISHED }, { CORE, "issued", PUBLISHED },
		{ TERMS, "issued", PUBLISHED }, { CORE, "updated", UPDATED }, { CORE, "modified", UPDATED }, { CORE, "lastbuilddate", UPDATED },
		{ DC, "date", UPDATED }, { TERMS, "modified", UPDATED }, { CORE, "category", CATEGORY }, { DC, "subject", CATEGORY },
		{ CORE, "language", LANGUAGE }, { DC, "language", LANGUAGE },
	};
	enum space like = space == ATOM ? CORE : space;
	for (size_t i = 0; i < COUNT(fields); i++)
		if (fields[i].space == like && named(e, fields[i].name))
			return fields[i].field;
	return NOTHING;
}

static bool skipped(const struct markup_event *e)
{
	static const char *const names[] = { "author", "contributor", "image", "textinput", "source", "creator", "publisher", "managingeditor",
		"webmaster" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (named(e, names[i]))
			return true;
	return false;
}

static enum form form_of(const struct markup_event *e, enum space space, enum field field)
{
	struct str type = str_trim(markup_attr(e, "type")), mode = markup_attr(e, "mode");
	if (space == XHTML)
		return FORM_XHTML;
	bool atom = space == ATOM || type.n || mode.n;
	if (!atom)
		return FORM_HTML;
	if (str_eq_nocase(mode, S("base64")) || str_find(type, S("octet-stream")) >= 0)
		return FORM_BASE64;
	bool html = str_find(type, S("html")) >= 0;
	if (str_find(type, S("xhtml")) >= 0 || (html && mode.n && !str_eq_nocase(mode, S("escaped"))))
		return str_eq_nocase(mode, S("escaped")) ? FORM_HTML : FORM_XHTML;
	return html || (field == SUMMARY && space != ATOM) ? FORM_HTML : FORM_TEXT;
}

static void atom_link(struct reader *r, const struct markup_event *e)
{
	struct str rel = markup_attr(e, "rel"), href = markup_attr(e, "href");
	struct str *link = r->item_depth ? &r->b.now.link : &r->b.feed.link;
	if (!href.n)
		return;
	if (str_eq_nocase(rel, S("enclosure")) && r->item_depth) {
		int64_t length = -1;
		(void)!str_int(markup_attr(e, "length"), &length);
		feed_enclose(&r->b, (struct feed_enclosure){ resolved(r, href), markup_attr(e, "type"), length });
	} else if ((!rel.n || str_eq_nocase(rel, S("alternate"))) && !link->n)
		*link = resolved(r, href);
}

static void capture(struct reader *r, const struct markup_event *e, enum space space, enum field field)
{
	r->field = field;
	r->field_depth = r->m.depth;
	r->form = form_of(e, space, field);
	r->value.n = 0;
	if (field == ID)
		r->permalink = named(e, "guid") && !str_eq_nocase(markup_attr(e, "isPermaLink"), S("false"));
	if (field == CATEGORY && (markup_attr(e, "term").n || markup_attr(e, "label").n) && r->item_depth) {
		feed_category(&r->b, markup_attr(e, "term").n ? markup_attr(e, "term") : markup_attr(e, "label"));
		r->field = NOTHING;
		r->field_depth = 0;
	}
}

static void base_set(struct reader *r, const struct markup_event *e)
{
	struct str *base = &r->bases[r->m.depth];
	*base = r->bases[r->m.depth - 1];
	for (size_t i = 0; i < e->nattrs; i++) {
		const struct markup_attr *a = &e->attrs[i];
		if (str_eq(a->prefix, S("xml")) && str_eq(a->name, S("base")))
			*base = resolved(r, a->value);
		if (str_eq(a->prefix, S("xml")) && str_eq(a->name, S("lang")) && !r->b.feed.language.n && !r->item_depth)
			r->b.feed.language = arena_str(r->b.mem, a->value);
	}
}

static void inner_tag(struct reader *r, struct str name, const char *before)
{
	if (r->value.n > TEXT_MOST)
		return;
	text_z(&r->value, before);
	text_add(&r->value, name);
	text_c(&r->value, '>');
}

static void item_begin(struct reader *r, const struct markup_event *e)
{
	r->item_depth = r->m.depth;
	feed_entry_begin(&r->b);
	for (size_t i = 0; i < e->nattrs; i++)
		if (str_eq_nocase(e->attrs[i].name, S("about")))
			r->b.now.id = arena_str(r->b.mem, e->attrs[i].value);
}

static void opened(struct reader *r, const struct markup_event *e)
{
	enum space space = space_of(e);
	base_set(r, e);
	if (r->m.depth == 1 && !r->known)
		root(r, e);
	if (r->skip_depth)
		return;
	if (r->field_depth) {
		inner_tag(r, e->name, "<");
		return;
	}
	if (r->rdf)
		rdf_version(r, e);
	if ((space == CORE || space == ATOM) && (named(e, "item") || named(e, "entry"))) {
		if (!r->item_depth)
			item_begin(r, e);
		return;
	}
	if (skipped(e)) {
		r->skip_depth = r->m.depth;
		return;
	}
	if ((space == CORE || space == ATOM) && named(e, "link") && markup_attr(e, "href").n) {
		atom_link(r, e);
		return;
	}
	if (space == CORE && named(e, "enclosure") && r->item_depth) {
		int64_t length = -1;
		(void)!str_int(markup_attr(e, "length"), &length);
		feed_enclose(&r->b, (struct feed_enclosure){ resolved(r, markup_attr(e, "url")), markup_attr(e, "type"), length });
		return;
	}
	enum field field = field_of(r, e, space);
	if (field && (r->item_depth || r->m.depth <= 3))
		capture(r, e, space, field);
}

static struct str from_base64(struct arena *mem, struct str s)
{
	char *out = arena_raw(mem, s.n + 1);
	size_t n = 0;
	if (sodium_base642bin((unsigned char *)out, s.n, s.p, s.n, " \r\n\t", &n, NULL, sodium_base64_VARIANT_ORIGINAL))
		return S("");
	return charset_scrub(mem, (struct str){ out, n });
}

static struct str value_text(struct reader *r)
{
	struct str raw = text_str(&r->value);
	if (r->form == FORM_TEXT)
		return plain_space(r->b.mem, raw);
	return plain_html(r->b.mem, r->form == FORM_BASE64 ? from_base64(r->b.mem, raw) : raw);
}

static void first(struct str *to, struct str v)
{
	if (!to->n)
		*to = v;
}

static void item_field(struct reader *r, struct str raw)
{
	struct feed_entry *e = &r->b.now;
	switch (r->field) {
	case TITLE: first(&e->title, value_text(r)); break;
	case LINK: first(&e->link, resolved(r, raw)); break;
	case ID:
		e->id = arena_str(r->b.mem, raw);
		if (r->permalink && !e->link.n && str_find(raw, S(":")) > 0)
			e->link = e->id;
		break;
	case SUMMARY: first(&e->summary, value_text(r)); break;
	case BODY: first(&e->content, value_text(r)); break;
	case PUBLISHED: feed_published(&r->b, raw); break;
	case UPDATED: feed_updated(&r->b, raw); break;
	case CATEGORY: feed_category(&r->b, raw); break;
	default: break;
	}
}

static void captured(struct reader *r)
{
	struct str raw = str_trim(text_str(&r->value));
	struct feed *f = &r->b.feed;
	r->field_depth = 0;
	if (r->item_depth)
		item_field(r, raw);
	else if (r->field == TITLE)
		first(&f->title, value_text(r));
	else if (r->field == LINK)
		first(&f->link, resolved(r, raw));
	else if (r->field == LANGUAGE)
		first(&f->language, arena_str(r->b.mem, raw));
}

static void closed(struct reader *r, const struct markup_event *e)
{
	size_t depth = r->m.depth + 1;
	if (r->skip_depth == depth)
		r->skip_depth = 0;
	else if (r->field_depth == depth)
		captured(r);
	else if (r->field_depth)
		inner_tag(r, e->name, "</");
	if (r->item_depth == depth) {
		if (!r->b.now.link.n && str_starts(r->b.now.id, S("http")) && str_starts(r->b.feed.version, S("atom")))
			r->b.now.link = r->b.now.id;
		feed_entry_keep(&r->b);
		r->item_depth = 0;
	}
}

static void add_text(struct reader *r, struct str s)
{
	if (!r->field_depth || r->skip_depth || r->value.n > TEXT_MOST)
		return;
	s = str_sub(s, 0, TEXT_MOST);
	if (r->form != FORM_XHTML) {
		text_add(&r->value, s);
		return;
	}
	for (size_t i = 0; i < s.n; i++) /* a "<" here is a letter, not a tag */
		if (s.p[i] == '<' || s.p[i] == '&')
			text_z(&r->value, s.p[i] == '<' ? "&lt;" : "&amp;");
		else
			text_c(&r->value, s.p[i]);
}

/* The end came inside an item: it is kept when it can be named and found. */
static void half_item(struct reader *r)
{
	if (r->item_depth && r->b.now.title.n && (r->b.now.link.n || r->b.now.id.n))
		feed_entry_keep(&r->b);
}

static enum err read_markup(struct arena *mem, struct str utf8, struct feed *ret, struct fault *fault)
{
	struct reader *r = NEW(mem, struct reader);
	struct markup_event e;
	r->b = (struct feed_build){ .mem = mem };
	r->value = text_new(mem);
	r->m = markup_begin(mem, utf8);
	while (markup_next(&r->m, &e)) {
		if (e.kind == MARKUP_OPEN)
			opened(r, &e);
		else if (e.kind == MARKUP_CLOSE)
			closed(r, &e);
		else
			add_text(r, e.text);
		if (!r->known && r->m.depth > 2)
			break;
	}
	half_item(r);
	r->b.feed.malformed = r->m.malformed;
	r->b.feed.truncated |= r->m.truncated;
	markup_done(&r->m);
	if (!r->known)
		return FAULT(fault, ERR_INPUT, "feed.unknown", "this is no feed: neither rss, rdf, feed nor channel is its root");
	*ret = feed_finish(&r->b);
	return OK;
}

static bool is_sitemap(struct str utf8)
{
	struct str head = str_sub(utf8, 0, 4096);
	return str_find(head, S("<urlset")) >= 0 || str_find(head, S("<sitemapindex")) >= 0;
}

/* Junk before the first "<" is common (blank lines, warnings of a server's script) and is passed over. */
static struct str from_first_tag(struct str s, bool *junk)
{
	ptrdiff_t lt = str_chr(s, '<');
	*junk = lt > 0;
	return lt > 0 ? str_sub(s, (size_t)lt, s.n) : s;
}

enum err feed_read(struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault)
{
	struct charset_text c = charset_read(mem, bytes, CHARSET_XML);
	struct str start = str_trim(c.utf8);
	struct feed f = { 0 };
	bool junk;
	if (!start.n)
		return FAULT(fault, ERR_INPUT, "feed.empty", "nothing but white space in %zu bytes", bytes.n);
	if (start.p[0] == '{') {
		TRY(jsonfeed_read(mem, start, &f, fault));
	} else if (is_sitemap(c.utf8)) {
		TRY(sitemap_read(mem, from_first_tag(c.utf8, &junk), &f, fault));
	} else {
		TRY(read_markup(mem, from_first_tag(c.utf8, &junk), &f, fault));
		f.malformed |= junk;
	}
	f.malformed |= c.damaged;
	f.encoding = c.name;
	*ret = f;
	return OK;
}
