/*
 * str - slices and growing text. A slice owns nothing and may hold any byte; nothing here reads past
 * its length or needs a NUL.
 */
#include "base/base.h"

#include <errno.h>
#include <stdlib.h>

struct str str_z(const char *z)
{
	return z ? (struct str){ z, strlen(z) } : (struct str){ "", 0 };
}

struct str str_sub(struct str s, size_t from, size_t to)
{
	to = MIN(to, s.n);
	from = MIN(from, to);
	return (struct str){ s.p + from, to - from };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = MIN(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str head)
{
	return s.n >= head.n && str_eq(str_sub(s, 0, head.n), head);
}

bool str_ends(struct str s, struct str tail)
{
	return s.n >= tail.n && str_eq(str_sub(s, s.n - tail.n, s.n), tail);
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

ptrdiff_t str_find(struct str s, struct str what)
{
	const char *at = what.n ? memmem(s.p, s.n, what.p, what.n) : s.p;
	return at ? at - s.p : -1;
}

ptrdiff_t str_chr(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? at - s.p : -1;
}

bool str_split(struct str *rest, char sep, struct str *ret_piece)
{
	if (!rest->p)
		return false;
	ptrdiff_t at = str_chr(*rest, sep);
	*ret_piece = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at);
	*rest = at < 0 ? (struct str){ 0 } : str_sub(*rest, (size_t)at + 1, rest->n);
	return true;
}

bool str_int(struct str s, int64_t *ret)
{
	char z[24], *end;
	if (!s.n || s.n >= sizeof z || blank(s.p[0]) || s.p[0] == '+')
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	errno = 0;
	long long v = strtoll(z, &end, 10);
	if (errno || end != z + s.n)
		return false;
	*ret = v;
	return true;
}

bool str_real(struct str s, double *ret)
{
	char z[64], *end;
	if (!s.n || s.n >= sizeof z || memchr(s.p, 0, s.n))
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	if (strspn(z, "0123456789+-.eE") != s.n) /* no hexadecimal, no names of infinity */
		return false;
	double v = strtod(z, &end);
	if (end != z + s.n || v != v)
		return false;
	*ret = v;
	return true;
}

void text_need(struct text *t, size_t more)
{
	if (t->cap - t->n > more)
		return;
	size_t cap = MAX(t->cap * 2, (size_t)64);
	cap = MAX(cap, t->n + more + 1);
	char *p = arena_raw(t->mem, cap);
	if (t->n)
		memcpy(p, t->p, t->n);
	t->p = p;
	t->cap = cap;
}

void text_add(struct text *t, struct str s)
{
	text_need(t, s.n);
	if (s.n)
		memcpy(t->p + t->n, s.p, s.n);
	t->n += s.n;
	t->p[t->n] = 0;
}

void text_z(struct text *t, const char *z)
{
	text_add(t, str_z(z));
}

void text_c(struct text *t, char c)
{
	text_add(t, (struct str){ &c, 1 });
}

void text_int(struct text *t, int64_t i)
{
	text_fmt(t, "%lld", (long long)i);
}

static void text_vfmt(struct text *t, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	char none[1];
	int n = vsnprintf(none, sizeof none, fmt, ap);
	BUG_IF(n < 0);
	text_need(t, (size_t)n + 1);
	vsnprintf(t->p + t->n, (size_t)n + 1, fmt, again);
	va_end(again);
	t->n += (size_t)n;
}

void text_fmt(struct text *t, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	text_vfmt(t, fmt, ap);
	va_end(ap);
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	struct text t = text_new(a);
	va_list ap;
	va_start(ap, fmt);
	text_vfmt(&t, fmt, ap);
	va_end(ap);
	return text_str(&t);
}

void text_code(struct text *t, uint32_t cp)
{
	char b[4];
	size_t n = 0;
	if (cp < 0x80) {
		b[n++] = (char)cp;
	} else if (cp < 0x800) {
		b[n++] = (char)(0xC0 | cp >> 6);
		b[n++] = (char)(0x80 | (cp & 0x3F));
	} else if (cp < 0x10000) {
		b[n++] = (char)(0xE0 | cp >> 12);
		b[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
		b[n++] = (char)(0x80 | (cp & 0x3F));
	} else {
		b[n++] = (char)(0xF0 | cp >> 18);
		b[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
		b[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
		b[n++] = (char)(0x80 | (cp & 0x3F));
	}
	text_add(t, (struct str){ b, n });
}
