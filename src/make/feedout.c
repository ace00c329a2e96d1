/*
 * feedout - three forms of the same list.
 */
#include "make/feedout.h"

#include "base/html.h"
#include "base/time.h"

static void element(struct text *t, const char *name, struct str s)
{
	text_fmt(t, "<%s>", name);
	xml_add(t, s);
	text_fmt(t, "</%s>\n", name);
}

struct str feed_date(struct arena *mem, int64_t at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t second = ((at % DAY) + DAY) % DAY, day = (at - second) / DAY;
	struct date d = date_of(day);
	return str_fmt(mem, "%s, %02d %s %d %02d:%02d:%02d GMT", days[weekday_of(day)], d.day, months[d.month - 1], d.year,
		(int)(second / HOUR), (int)(second % HOUR / 60), (int)(second % 60));
}

/* ---- RSS ------------------------------------------------------------------------------------------ */

static void rss_item(struct text *t, const struct feed_entry *e)
{
	text_z(t, "<item>\n");
	element(t, "title", e->title);
	element(t, "link", e->url);
	text_z(t, "<guid isPermaLink=\"false\">");
	xml_add(t, e->id);
	text_z(t, "</guid>\n");
	element(t, "pubDate", feed_date(t->mem, e->at));
	element(t, "dc:creator", e->source);
	element(t, "description", e->summary);
	text_z(t, "</item>\n");
}

struct str feed_rss(struct arena *mem, const struct feed_out *f)
{
	struct text t = text_new(mem);
	text_z(&t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
		"xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
	element(&t, "title", f->title);
	element(&t, "link", f->home);
	element(&t, "description", f->about);
	element(&t, "language", S("vi"));
	element(&t, "lastBuildDate", feed_date(mem, f->updated));
	text_z(&t, "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
	xml_add(&t, f->self);
	text_z(&t, "\"/>\n");
	for (size_t i = 0; i < f->n; i++)
		rss_item(&t, &f->entries[i]);
	text_z(&t, "</channel>\n</rss>\n");
	return text_str(&t);
}

/* ---- Atom ----------------------------------------------------------------------------------------- */

static void link_to(struct text *t, const char *rel, struct str href)
{
	text_fmt(t, "<link rel=\"%s\" href=\"", rel);
	xml_add(t, href);
	text_z(t, "\"/>\n");
}

static void atom_entry(struct text *t, const struct feed_entry *e)
{
	text_z(t, "<entry>\n");
	element(t, "id", e->id);
	element(t, "title", e->title);
	link_to(t, "alternate", e->url);
	element(t, "published", time_iso(t->mem, e->at));
	element(t, "updated", time_iso(t->mem, e->at));
	text_z(t, "<author>");
	element(t, "name", e->source);
	text_z(t, "</author>\n");
	element(t, "summary", e->summary);
	text_z(t, "</entry>\n");
}

struct str feed_atom(struct arena *mem, const struct feed_out *f)
{
	struct text t = text_new(mem);
	text_z(&t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n");
	element(&t, "id", f->self);
	element(&t, "title", f->title);
	element(&t, "subtitle", f->about);
	element(&t, "updated", time_iso(mem, f->updated));
	link_to(&t, "self", f->self);
	link_to(&t, "alternate", f->home);
	for (size_t i = 0; i < f->n; i++)
		atom_entry(&t, &f->entries[i]);
	text_z(&t, "</feed>\n");
	return text_str(&t);
}

/* ---- JSON Feed ------------------------------------------------------------------------------------ */

static void json_text(struct text *t, struct str s)
{
	text_c(t, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			text_fmt(t, "\\%c", c);
		else if (c < 0x20)
			text_fmt(t, "\\u%04x", c);
		else
			text_c(t, (char)c);
	}
	text_c(t, '"');
}

static void member(struct text *t, const char *before, const char *name, struct str s)
{
	text_fmt(t, "%s\"%s\":", before, name);
	json_text(t, s);
}

static void json_item(struct text *t, const struct feed_entry *e)
{
	member(t, "{", "id", e->id);
	member(t, ",", "url", e->url);
	member(t, ",", "title", e->title);
	member(t, ",", "content_text", e->summary);
	member(t, ",", "date_published", time_iso(t->mem, e->at));
	member(t, ",\"authors\":[{", "name", e->source);
	text_z(t, "}]}");
}

struct str feed_json(struct arena *mem, const struct feed_out *f)
{
	struct text t = text_new(mem);
	member(&t, "{", "version", S("https://jsonfeed.org/version/1.1"));
	member(&t, ",", "title", f->title);
	member(&t, ",", "home_page_url", f->home);
	member(&t, ",", "feed_url", f->self);
	member(&t, ",", "description", f->about);
	member(&t, ",", "language", S("vi"));
	text_z(&t, ",\"items\":[");
	for (size_t i = 0; i < f->n; i++) {
		text_z(&t, i ? "," : "");
		json_item(&t, &f->entries[i]);
	}
	text_z(&t, "]}\n");
	return text_str(&t);
}
