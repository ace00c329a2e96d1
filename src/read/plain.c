/*
 * plain - see plain.h. A scanner, not a parser: a fragment in a feed is rarely whole.
 */
#include "read/plain.h"
#include "read/entity.h"

#include <ctype.h>

/* The bytes a white space character takes at p: ASCII ones, U+00A0, U+2000 to U+200B, U+2028, U+3000. */
static size_t white(const unsigned char *p, const unsigned char *end)
{
	if (*p == ' ' || (*p >= 9 && *p <= 13))
		return 1;
	if (*p == 0xc2 && end - p > 1 && p[1] == 0xa0)
		return 2;
	if (*p == 0xe2 && end - p > 2 && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8b) || p[2] == 0xa8 || p[2] == 0xaf))
		return 3;
	if ((*p == 0xe3 && end - p > 2 && p[1] == 0x80 && p[2] == 0x80) || (*p == 0xef && end - p > 2 && p[1] == 0xbb && p[2] == 0xbf))
		return 3;
	return 0;
}

void plain_add(struct text *out, struct str s)
{
	if (!s.n)
		return;
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n, *from = p;
	while (p < end) {
		size_t w = white(p, end);
		if (!w) {
			p++;
			continue;
		}
		text_add(out, (struct str){ (const char *)from, (size_t)(p - from) });
		if (out->n && out->p[out->n - 1] != ' ' && out->p[out->n - 1] != '\n')
			text_c(out, ' ');
		p += w;
		from = p;
	}
	text_add(out, (struct str){ (const char *)from, (size_t)(p - from) });
}

void plain_break(struct text *out)
{
	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	if (out->n && out->p[out->n - 1] != '\n')
		text_c(out, '\n');
}

bool plain_is_block(struct str tag)
{
	static const char *const blocks[] = { "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6",
		"blockquote", "pre", "section", "article", "header", "footer", "aside", "figure", "figcaption", "dl", "dt", "dd", "hr",
		"form", "main", "nav", "td", "th", "center", "address", "fieldset", "tbody", "caption", "option" };
	for (size_t i = 0; i < COUNT(blocks); i++)
		if (str_eq_nocase(tag, str_z(blocks[i])))
			return true;
	return false;
}

static bool hides(struct str tag)
{
	static const char *const hidden[] = { "script", "style", "iframe", "object", "noscript", "template", "svg", "math", "select", "textarea" };
	for (size_t i = 0; i < COUNT(hidden); i++)
		if (str_eq_nocase(tag, str_z(hidden[i])))
			return true;
	return false;
}

/* Past "</name" and its ">", or to the end: what a script holds is no text. */
static const char *skip_hidden(const char *p, const char *end, struct str name)
{
	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		bool same = (size_t)(end - p) >= name.n + 2 && p[1] == '/' && str_eq_nocase((struct str){ p + 2, name.n }, name);
		if (same) {
			p = memchr(p, '>', (size_t)(end - p));
			return p ? p + 1 : end;
		}
		p++;
	}
	return end;
}

/* p is at "<" of a tag: past its ">", quotes respected. */
static const char *tag_end(const char *p, const char *end)
{
	char quote = 0;
	const char *from = p;
	for (; p < end && p - from < 65536; p++) {
		if (quote)
			quote = *p == quote ? 0 : quote;
		else if ((*p == '"' || *p == '\'') && p[-1] == '=')
			quote = *p;
		else if (*p == '>')
			return p + 1;
	}
	const char *plain = memchr(from, '>', (size_t)(end - from));
	return plain ? plain + 1 : end;
}

static const char *one_tag(struct text *out, const char *p, const char *end)
{
	if (end - p > 3 && !memcmp(p, "<!--", 4)) {
		const char *hit = memmem(p + 4, (size_t)(end - p - 4), "-->", 3);
		return hit ? hit + 3 : end;
	}
	const char *q = p + 1 + (p + 1 < end && p[1] == '/');
	struct str name = { q, 0 };
	while (q < end && isalnum((unsigned char)*q))
		q++;
	name.n = (size_t)(q - name.p);
	if (!name.n && !(p + 1 < end && (p[1] == '!' || p[1] == '?' || p[1] == '/'))) {
		text_c(out, '<');
		return p + 1;
	}
	const char *after = tag_end(p + 1, end);
	if (plain_is_block(name))
		plain_break(out);
	if (p[1] != '/' && after[-1] == '>' && after[-2] != '/' && hides(name))
		return skip_hidden(after, end, name);
	return after;
}

static struct str ended(struct text *out)
{
	while (out->n && (out->p[out->n - 1] == ' ' || out->p[out->n - 1] == '\n'))
		out->n--;
	return text_str(out);
}

struct str plain_html(struct arena *mem, struct str html)
{
	if (!html.n)
		return S("");
	const char *p = html.p, *end = p + html.n;
	struct text out = text_new(mem), ref = text_new(mem);
	bool bad = false;
	if (!memchr(p, '<', html.n) && !memchr(p, '&', html.n))
		return plain_line(mem, html);
	text_need(&out, html.n);
	while (p < end) {
		const char *q = p;
		while (q < end && *q != '<' && *q != '&')
			q++;
		plain_add(&out, (struct str){ p, (size_t)(q - p) });
		p = q;
		if (p >= end)
			break;
		if (*p == '<') {
			p = one_tag(&out, p, end);
			continue;
		}
		ref.n = 0;
		size_t took = entity_add(&ref, (struct str){ p, (size_t)(end - p) }, &bad);
		if (took)
			plain_add(&out, text_str(&ref));
		else
			text_c(&out, '&');
		p += took ? took : 1;
	}
	return ended(&out);
}

struct str plain_space(struct arena *mem, struct str s)
{
	struct text out = text_new(mem);
	struct str line;
	text_need(&out, s.n + 1);
	while (str_split(&s, '\n', &line)) {
		plain_add(&out, line);
		plain_break(&out);
	}
	return ended(&out);
}

struct str plain_line(struct arena *mem, struct str s)
{
	struct text out = text_new(mem);
	text_need(&out, s.n + 1);
	plain_add(&out, s);
	return ended(&out);
}
