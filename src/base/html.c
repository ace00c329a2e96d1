/*
 * html - the only place where characters that mean something to a browser are made harmless.
 */
#include "base/html.h"

void put_raw(struct html *out, const char *p, size_t n)
{
	text_add(&out->t, (struct str){ p, n });
}

static const char *entity(char c)
{
	switch (c) {
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '&': return "&amp;";
	case '"': return "&#34;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void put_str(struct html *out, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *e = entity(s.p[i]);
		if (!e)
			continue;
		put_raw(out, s.p + from, i - from);
		put_raw(out, e, strlen(e));
		from = i + 1;
	}
	if (s.n)
		put_raw(out, s.p + from, s.n - from);
}

void put_z(struct html *out, const char *z)
{
	put_str(out, str_z(z));
}

void put_int(struct html *out, int64_t i)
{
	text_int(&out->t, i);
}

void put_safe(struct html *out, struct safe_html s)
{
	put_raw(out, s.s.p, s.s.n);
}

/* A scheme is what stands before the first ':' that no '/', '?' or '#' precedes. */
static bool harmless(struct str s)
{
	static const struct str schemes[] = { S_INIT("http"), S_INIT("https"), S_INIT("mailto"), S_INIT("tel") };
	size_t i = 0;
	for (; i < s.n && s.p[i] != ':'; i++)
		if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
			return true;
	if (i == s.n)
		return true;
	for (size_t k = 0; k < COUNT(schemes); k++)
		if (str_eq_nocase(str_sub(s, 0, i), schemes[k]))
			return true;
	return false;
}

void put_url(struct html *out, struct str s)
{
	s = str_trim(s);
	put_str(out, harmless(s) ? s : S("#"));
}

void put_url_z(struct html *out, const char *z)
{
	put_url(out, str_z(z));
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void put_part_str(struct html *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (unreserved(s.p[i]))
			text_c(&out->t, s.p[i]);
		else
			text_fmt(&out->t, "%%%02X", (unsigned char)s.p[i]);
}

void put_part_z(struct html *out, const char *z)
{
	put_part_str(out, str_z(z));
}

void xml_add(struct text *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *e = entity(s.p[i]);
		unsigned char c = (unsigned char)s.p[i];
		if (e)
			text_z(out, e);
		else if (c >= 0x20 || c == '\n' || c == '\t')
			text_c(out, s.p[i]);
	}
}
