/*
 * meta - see meta.h. The order of belief for the time of publication: JSON-LD datePublished, meta elements
 * named for publication, microdata and <time>, the address, words on the page. schema.org, ogp.me.
 */
#include "read/meta.h"
#include "read/plain.h"

#include <ctype.h>
#include <jansson.h>

enum { LD_DEPTH = 12, LD_MOST = 400 << 10 };

static void first(struct arena *mem, struct str *to, struct str v)
{
	if (!to->n && v.n)
		*to = plain_line(mem, v);
}

static bool when_set(struct meta *m, struct str s)
{
	struct when w;
	if (m->has_published || !s.n || !date_read(s, DATE_DAY_FIRST, &w))
		return false;
	m->published = w;
	return m->has_published = true;
}

/* ---- JSON-LD ---- */

static struct str ld_text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	if (json_is_array(v))
		v = json_array_get(v, 0);
	if (json_is_object(v))
		v = json_object_get(v, "name");
	return json_is_string(v) ? str_z(json_string_value(v)) : S("");
}

static void ld_object(struct arena *mem, const json_t *o, struct meta *m)
{
	struct str type = ld_text(o, "@type");
	bool article = str_ends(type, S("Article")) || str_ends(type, S("BlogPosting")) || str_ends(type, S("Report"));
	if (str_eq(type, S("ItemList")) || str_eq(type, S("CollectionPage")))
		m->says_list = true;
	if (str_find(type, S("Forum")) >= 0 || str_eq(type, S("QAPage")))
		m->says_forum = true;
	if (!article && !str_eq(type, S("WebPage")))
		return;
	when_set(m, ld_text(o, "datePublished"));
	if (!article)
		return;
	m->says_article = true;
	first(mem, &m->title, plain_html(mem, ld_text(o, "headline")));
	first(mem, &m->description, plain_html(mem, ld_text(o, "description")));
	first(mem, &m->section, ld_text(o, "articleSection"));
	first(mem, &m->language, ld_text(o, "inLanguage"));
	if (!m->body.n)
		m->body = plain_html(mem, ld_text(o, "articleBody"));
}

static void ld_walk(struct arena *mem, const json_t *v, struct meta *m, int depth)
{
	size_t i;
	json_t *child;
	const char *key;
	if (depth > LD_DEPTH)
		return;
	if (json_is_array(v))
		json_array_foreach(v, i, child)
			ld_walk(mem, child, m, depth + 1);
	if (!json_is_object(v))
		return;
	ld_object(mem, v, m);
	json_object_foreach((json_t *)v, key, child)
		if (!strcmp(key, "@graph") || !strcmp(key, "mainEntity") || !strcmp(key, "mainEntityOfPage"))
			ld_walk(mem, child, m, depth + 1);
}

/* Sites put raw line ends into strings, comments and CDATA around, and a semicolon behind. */
static struct str ld_mended(struct arena *mem, struct str s)
{
	ptrdiff_t from = -1, to = -1;
	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] == '{' || s.p[i] == '[') && from < 0)
			from = (ptrdiff_t)i;
		if (s.p[i] == '}' || s.p[i] == ']')
			to = (ptrdiff_t)i + 1;
	}
	if (from < 0 || to <= from)
		return S("");
	struct str copy = arena_str(mem, str_sub(s, (size_t)from, (size_t)to));
	char *p = (char *)copy.p;
	for (size_t i = 0; i < copy.n; i++)
		if ((unsigned char)p[i] < 32)
			p[i] = ' ';
	return copy;
}

static void ld_read(struct arena *mem, const xmlNode *script, struct meta *m)
{
	if (!script->children || !script->children->content || !str_eq_nocase(html_attr(script, "type"), S("application/ld+json")))
		return;
	struct str raw = str_z((const char *)script->children->content);
	if (raw.n > LD_MOST)
		return;
	struct str s = ld_mended(mem, raw);
	json_t *v = json_loadb(s.p, s.n, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
	ld_walk(mem, v, m, 0);
	json_decref(v);
}

/* ---- meta elements, time, title ---- */

static bool among(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, str_z(list[i])))
			return true;
	return false;
}

static void meta_element(struct arena *mem, const xmlNode *n, struct meta *m, struct str *second_date)
{
	static const char *const dates[] = { "article:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "publication_date",
		"og:article:published_time", "og:published_time", "date.issued", "dc.date.issued", "dcterms.issued", "dcterms.created", "parsely-pub-date",
		"sailthru.date", "article.published", "published-date", "published_time", "originalpublicationdate", "article_date_original",
		"cxenseparse:recs:publishtime", "rbpubdate", "ptime", "datecreated", "article:published", "bt:pubdate", "displaydate", "citation_publication_date",
		"citation_date", "article:post_date", "created", "dc.date.created", "pub_date", "publish_date", "og:pubdate" };
	static const char *const weak[] = { "date", "dc.date", "dcterms.date", "dcterms.modified", "article:modified_time", "og:updated_time", "last-modified", "datemodified", "lastmod", "dcterms.available" };
	struct str name = html_attr(n, "property"), content = html_attr(n, "content");
	name = name.n ? name : html_attr(n, "name");
	name = name.n ? name : html_attr(n, "itemprop");
	if (!name.n || !content.n)
		return;
	if (among(name, dates, COUNT(dates)))
		when_set(m, content);
	else if (among(name, weak, COUNT(weak)) && !second_date->n)
		*second_date = content;
	else if (str_eq_nocase(name, S("og:title")))
		m->title = plain_line(mem, content);
	else if (str_eq_nocase(name, S("og:description")) || str_eq_nocase(name, S("description")))
		first(mem, &m->description, content);
	else if (str_eq_nocase(name, S("og:site_name")))
		first(mem, &m->site, content);
	else if (str_eq_nocase(name, S("article:section")))
		first(mem, &m->section, content);
	else if (str_eq_nocase(name, S("og:type"))) {
		first(mem, &m->type, content);
		m->says_article |= str_starts(content, S("article"));
	}
}

static void time_element(const xmlNode *n, struct meta *m, struct arena *mem, struct str *second_date)
{
	static const char *const good[] = { "datepublished", "pubdate" };
	struct str prop = html_attr(n, "itemprop"), value = html_attr(n, "datetime");
	value = value.n ? value : html_attr(n, "content");
	bool time = html_is(n, "time") || html_is(n, "abbr");
	if (among(prop, good, COUNT(good)))
		when_set(m, value.n ? value : str_sub(html_text(mem, n), 0, 120));
	else if (time && !second_date->n && value.n)
		*second_date = value;
}

/* /2026/08/11/ or /20260811 or -20260811 in the path. */
static bool date_of_url(struct str url, struct meta *m)
{
	for (size_t i = 8; i + 8 < url.n; i++) {
		struct str s = str_sub(url, i, i + 10);
		bool slashes = isdigit((unsigned char)s.p[0]) && s.n == 10 && (s.p[4] == '/' || s.p[4] == '-') && s.p[7] == s.p[4];
		bool packed = !isdigit((unsigned char)url.p[i - 1]) && strspn(s.p, "0123456789") == 8;
		if ((slashes && when_set(m, s)) || (packed && str_starts(s, S("20")) && when_set(m, str_sub(s, 0, 8))))
			return true;
	}
	return false;
}

void meta_read(struct arena *mem, const struct html_page *h, struct str url, struct meta *ret)
{
	xmlNode *root = xmlDocGetRootElement(h->doc);
	struct str second = S(""), plain_title = S(""), heading = S("");
	struct meta m = { 0 };
	m.language = html_attr(root, "lang");
	for (xmlNode *n = root; n; n = html_next(n, root)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (html_is(n, "script"))
			ld_read(mem, n, &m);
		else if (html_is(n, "meta"))
			meta_element(mem, n, &m, &second);
		else if (html_is(n, "title") && !plain_title.n)
			plain_title = html_text(mem, n);
		else if (html_is(n, "h1") && !heading.n)
			heading = html_text(mem, n);
		else if (html_is(n, "link") && str_eq_nocase(html_attr(n, "rel"), S("canonical")))
			m.canonical = html_attr(n, "href");
		time_element(n, &m, mem, &second);
	}
	bool heading_in_title = heading.n > 10 && str_find(plain_title, heading) >= 0;
	first(mem, &m.title, heading_in_title ? heading : plain_title);
	first(mem, &m.title, heading);
	if (!m.has_published && !date_of_url(arena_str(mem, m.canonical.n ? m.canonical : url), &m))
		when_set(&m, second);
	*ret = m;
}

/* ---- a date written for people ---- */

static const char *const date_words[] = { "date", "time", "publish", "posted", "ngay", "meta", "created", "byline" };

bool meta_date_seen(struct arena *mem, const struct html_page *h, struct when *ret)
{
	xmlNode *root = xmlDocGetRootElement(h->doc);
	for (xmlNode *n = root; n; n = html_next(n, root)) {
		if (n->type != XML_ELEMENT_NODE || html_is(n, "body") || !html_names(n, date_words, COUNT(date_words)))
			continue;
		struct str s = html_text(mem, n);
		if (s.n < 150 && date_read(s, DATE_DAY_FIRST, ret))
			return true;
	}
	return false;
}
