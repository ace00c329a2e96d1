/*
 * utf8 - code points in and out of bytes. What is broken counts once for each longest broken piece, the
 * practice of Unicode chapter 3.9 (table 3-8) and of browsers, so that counts agree with other tools.
 */
#include "text/viet.h"

/* How many of the bytes after `lead` belong to it, and the range of the first of them. */
static unsigned follow(unsigned char lead, unsigned char *lo, unsigned char *hi)
{
	*lo = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	*hi = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 1;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 2;
	return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
}

bool utf8_next(struct str *rest, uint32_t *ret_cp)
{
	if (!rest->n)
		return false;
	const unsigned char *p = (const unsigned char *)rest->p;
	unsigned char lo, hi;
	unsigned more = p[0] < 0x80 ? 0 : follow(p[0], &lo, &hi), i = 1;
	uint32_t cp = p[0];
	if (p[0] >= 0x80) {
		cp &= 0x3Fu >> more;
		for (; i <= more && i < rest->n && p[i] >= lo && p[i] <= hi; i++) {
			cp = cp << 6 | (p[i] & 0x3F);
			lo = 0x80;
			hi = 0xBF;
		}
		if (!more || i <= more)
			cp = UTF8_BAD;
	}
	rest->p += i;
	rest->n -= i;
	*ret_cp = cp;
	return true;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	for (uint32_t cp; utf8_next(&s, &cp);)
		n++;
	return n;
}

size_t utf8_bad(struct str s)
{
	size_t n = 0;
	for (uint32_t cp; s.n;) {
		if (!(*s.p & 0x80)) {
			s.p++;
			s.n--;
			continue;
		}
		bool written = str_starts(s, S("\xEF\xBF\xBD"));
		utf8_next(&s, &cp);
		n += cp == UTF8_BAD && !written;
	}
	return n;
}

struct str utf8_cut(struct str s, size_t max_bytes)
{
	if (s.n <= max_bytes)
		return s;
	size_t n = max_bytes;
	for (size_t back = 0; n > 0 && back < 3 && ((unsigned char)s.p[n] & 0xC0) == 0x80; back++)
		n--;
	return (struct str){ s.p, n };
}

size_t utf8_put(char *to, uint32_t cp)
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_BAD;
	if (cp < 0x80) {
		to[0] = (char)cp;
		return 1;
	}
	size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, cp >>= 6)
		to[i] = (char)(0x80 | (cp & 0x3F));
	to[0] = (char)(cp | (n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0));
	return n;
}
