/* opml - see opml.h. */
#include "read/opml.h"
#include "read/charset.h"
#include "read/markup.h"
#include "read/plain.h"

struct reader {
	struct opml o;
	size_t cap;
	struct str folders[MARKUP_DEPTH + 1];
	bool in_title, seen;
	struct text title;
};

static struct str own_attr(struct arena *mem, const struct markup_event *e, const char *name)
{
	for (size_t i = 0; i < e->nattrs; i++)
		if (str_eq(e->attrs[i].prefix, S("nc")) && str_eq(e->attrs[i].name, str_z(name)))
			return plain_line(mem, e->attrs[i].value);
	return S("");
}

static void outline(struct arena *mem, struct reader *r, const struct markup *m, const struct markup_event *e)
{
	struct str url = str_trim(markup_attr(e, "xmlUrl")), name = markup_attr(e, "title");
	struct str above = r->folders[m->depth - 1];
	name = plain_line(mem, name.n ? name : markup_attr(e, "text"));
	r->folders[m->depth] = above;
	if (!url.n) {
		r->folders[m->depth] = above.n ? str_fmt(mem, "%.*s/%.*s", FMT(above), FMT(name)) : arena_str(mem, name);
		return;
	}
	if (r->o.n == OPML_MOST) {
		r->o.truncated = true;
		return;
	}
	GROW(mem, r->o.feeds, r->o.n, r->cap);
	r->o.feeds[r->o.n++] = (struct opml_feed){ .title = arena_str(mem, name), .feed = arena_str(mem, url), .folder = above,
		.site = arena_str(mem, markup_attr(e, "htmlUrl")), .language = arena_str(mem, markup_attr(e, "language")),
		.outlet = own_attr(mem, e, "outlet"), .kind = own_attr(mem, e, "kind"), .licence = own_attr(mem, e, "licence"),
		.permission = own_attr(mem, e, "permission") };
}

static void event(struct arena *mem, struct reader *r, const struct markup *m, const struct markup_event *e)
{
	if (e->kind == MARKUP_TEXT) {
		if (r->in_title)
			text_add(&r->title, e->text);
		return;
	}
	r->in_title = e->kind == MARKUP_OPEN && str_eq_nocase(e->name, S("title"));
	if (e->kind != MARKUP_OPEN)
		return;
	r->seen |= str_eq_nocase(e->name, S("opml"));
	if (str_eq_nocase(e->name, S("outline")))
		outline(mem, r, m, e);
	else
		r->folders[m->depth] = S("");
}

enum err opml_read(struct arena *mem, struct str bytes, struct opml *ret, struct fault *fault)
{
	struct charset_text c = charset_read(mem, bytes, CHARSET_XML);
	struct reader *r = NEW(mem, struct reader);
	struct markup *m = NEW(mem, struct markup);
	struct markup_event e;
	r->title = text_new(mem);
	*m = markup_begin(mem, c.utf8);
	while (markup_next(m, &e))
		event(mem, r, m, &e);
	r->o.malformed = m->malformed;
	r->o.truncated |= m->truncated;
	markup_done(m);
	if (!r->seen)
		return FAULT(fault, ERR_INPUT, "opml.unknown", "this is no OPML: it has no <opml> element");
	r->o.title = plain_line(mem, text_str(&r->title));
	*ret = r->o;
	return OK;
}
