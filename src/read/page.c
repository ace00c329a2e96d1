/*
 * page - the reading of one page from bytes to answer: charset, tree, what it says of itself, the article.
 */
#include "read/page.h"
#include "read/article.h"
#include "read/charset.h"
#include "read/plain.h"

const char *page_kind_name(enum page_kind kind)
{
	static const char *const names[] = { "article", "list", "forum", "other" };
	return (size_t)kind < COUNT(names) ? names[kind] : "other";
}

/* By letters that only Vietnamese has, else what the page says. */
static struct str language_of(struct arena *mem, struct str text, struct str said)
{
	static const char *const letters[] = { "đ", "ơ", "ư", "ạ", "ế", "ệ", "ộ", "ứ", "ữ", "ả" };
	size_t hits = 0;
	struct str head = str_sub(text, 0, 4000);
	for (size_t i = 0; i < COUNT(letters); i++)
		for (const char *p = head.p, *end = head.p + head.n; (p = memmem(p, (size_t)(end - p), letters[i], strlen(letters[i]))); p++)
			hits++;
	if (head.n > 100 && hits * 40 > head.n / 4)
		return S("vi");
	char *low = arena_z(mem, str_sub(said, 0, 2));
	for (char *p = low; *p; p++)
		*p |= 32;
	return str_z(low);
}

static bool in_vietnam(struct str url)
{
	return str_find(url, S(".vn/")) > 0 || str_ends(url, S(".vn"));
}

static void read_tree(struct arena *mem, struct html_page *h, struct str url, struct page *p)
{
	struct meta m;
	struct article a;
	struct when seen;
	meta_read(mem, h, url, &m);
	p->url = arena_str(mem, m.canonical.n ? m.canonical : url);
	if (!m.has_published && meta_date_seen(mem, h, &seen)) {
		m.published = seen;
		m.has_published = true;
	}
	article_find(mem, h, &m, &a);
	p->title = m.title;
	p->lead = plain_line(mem, a.lead);
	p->text = a.text;
	p->site = m.site;
	p->section = m.section;
	p->language = language_of(mem, a.text, m.language);
	bool here = m.published.vietnamese || str_eq(p->language, S("vi")) || in_vietnam(p->url);
	p->published = m.has_published ? when_at(m.published, here ? VIETNAM : 0) : NO_TIME;
	p->kind = a.kind;
	p->confidence = a.confidence;
}

/* Pictures, archives, programs: in any of the single-byte sets nearly a tenth of such bytes are control characters,
 * while a page, even a badly made one, has next to none. The share is of the first 64 KB. */
static bool is_binary(struct str utf8)
{
	enum { LOOK = 64 << 10, PER_CENT = 2 };
	size_t n = MIN(utf8.n, (size_t)LOOK), control = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)utf8.p[i];
		control += c == 127 || (c < 32 && !(c >= '\t' && c <= '\r'));
	}
	return control * 100 > n * PER_CENT;
}

enum err page_read(struct arena *mem, struct str bytes, struct str url, struct page *ret, struct fault *fault)
{
	struct charset_text c = charset_read(mem, bytes, CHARSET_HTML);
	struct html_page h;
	struct page p = { .encoding = c.name, .published = NO_TIME };
	if (!str_trim(c.utf8).n)
		return FAULT(fault, ERR_INPUT, "page.empty", "nothing but white space in %zu bytes", bytes.n);
	if (is_binary(c.utf8))
		return FAULT(fault, ERR_INPUT, "page.binary", "this is no page but binary data (%zu bytes)", bytes.n);
	TRY(html_open(mem, c.utf8, &h, fault));
	p.truncated = h.truncated;
	read_tree(mem, &h, url, &p);
	html_close(&h);
	*ret = p;
	return OK;
}
