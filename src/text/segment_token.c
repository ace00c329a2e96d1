/*
 * segment_token - a line cut into tokens, and what is seen of each. Letters are hashed without case and with the
 * tone last, so "Hoà", "hòa" and "HÒA" are one.
 */
#include "text/segment_model.h"

#include "text/viet.h"

static bool is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* utf8_next with the letters of the press taken first: half of the text is ASCII, most of the rest in these two ranges. */
static inline void cp_next(struct str *rest, uint32_t *ret)
{
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t n = 1;
	if (p[0] < 0x80) {
		*ret = p[0];
	} else if (p[0] >= 0xC3 && p[0] <= 0xC6 && rest->n >= 2 && (p[1] & 0xC0) == 0x80) {
		*ret = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
		n = 2;
	} else if (p[0] == 0xE1 && rest->n >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		*ret = 0x1000 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		n = 3;
	} else {
		utf8_next(rest, ret);
		return;
	}
	rest->p += n;
	rest->n -= n;
}

void segment_token_read(struct segment_token *t, struct str s)
{
	uint64_t h = 0x243F6A8885A308D3u;
	unsigned tone = 0, upper = 0, letters = 0, digits = 0, other = 0;
	bool first_upper = false;
	*t = (struct segment_token){ .s = s };
	for (uint32_t cp; s.n;) {
		bool first = s.p == t->s.p;
		cp_next(&s, &cp);
		const struct letter *l = viet_letter(cp);
		if (l->lower) {
			tone = l->tone ? l->tone : tone;
			letters++;
			upper += l->upper;
			first_upper = first_upper || (first && l->upper);
			cp = l->rank;
		} else if (cp >= '0' && cp <= '9') {
			digits++;
			cp = '0';
		} else {
			other++;
		}
		h = (h ^ cp) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
	}
	t->hash = (h ^ tone) * 0xD6E8FEB86659FD93u;
	t->hash ^= t->hash >> 32;
	t->shape = digits && !letters ? SHAPE_NUMBER : !letters ? SHAPE_PUNCT : other ? SHAPE_OTHER :
		upper > 1 && upper == letters ? SHAPE_UPPER : first_upper ? SHAPE_CAPITAL : SHAPE_LOW;
}

/* ---- cutting -------------------------------------------------------------------------------------- */

static bool is_word_cp(uint32_t cp)
{
	static const struct { uint32_t from, to; } signs[] = { { 0x2000, 0x2BFF }, { 0x3000, 0x303F }, { 0xFF00, 0xFF0F },
		{ 0xFFFD, 0xFFFD }, { 0x1F000, 0x1FAFF } };
	if (cp < 0x80)
		return is_digit((char)cp) || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
	if (cp < 0x2000)
		return (cp >= 0xC0 && cp != 0xD7 && cp != 0xF7) || cp == 0xAA || cp == 0xB5 || cp == 0xBA;
	for (size_t i = 0; i < COUNT(signs); i++)
		if (cp >= signs[i].from && cp <= signs[i].to)
			return false;
	return true;
}

static size_t word_length(struct str s)
{
	struct str rest = s, before = s;
	for (uint32_t cp; rest.n;) {
		before = rest;
		cp_next(&rest, &cp);
		if (!is_word_cp(cp))
			return s.n - before.n;
	}
	return s.n;
}

static bool is_address(struct str s)
{
	static const struct str heads[] = { S_INIT("http://"), S_INIT("https://"), S_INIT("www."), S_INIT("ftp://") };
	for (size_t i = 0; i < COUNT(heads); i++)
		if (s.n > heads[i].n && str_eq_nocase(str_sub(s, 0, heads[i].n), heads[i]))
			return true;
	return false;
}

static size_t address_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && !is_space((unsigned char)s.p[n]) && s.p[n] != '"' && s.p[n] != '<' && s.p[n] != '>')
		n++;
	while (n > 1 && strchr(".,;:!?)]'", s.p[n - 1]))
		n--;
	return n;
}

/* A short word of capitals or one that begins with one ("TP", "Tp", "PGS"): its stop belongs to it. */
static bool is_short_capital(struct str w)
{
	struct str rest = w;
	uint32_t cp = 0;
	utf8_next(&rest, &cp);
	return w.n <= 5 && viet_letter(cp)->upper;
}

static bool all_small_ascii(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!((w.p[i] >= 'a' && w.p[i] <= 'z') || is_digit(w.p[i])))
			return false;
	return w.n > 0;
}

/* Whether the sign between two words of letters or digits holds them together. */
static bool sign_joins(struct str left, char sign, struct str right)
{
	bool numbers = is_digit(left.p[left.n - 1]) && is_digit(*right.p);
	switch (sign) {
	case '.':
		return numbers || is_short_capital(left) || (all_small_ascii(left) && all_small_ascii(right));
	case ',': case ':':
		return numbers;
	case '/':
		return numbers || (is_digit(left.p[0]) && is_short_capital(right));
	case '-': case '@': case '\'': case '&':
		return true;
	default:
		return false;
	}
}

static size_t token_length(struct str s)
{
	if (is_address(s))
		return MAX(address_length(s), 1u);
	size_t n = word_length(s), last = 0;
	while (n > last && n + 1 < s.n) {
		struct str right = str_sub(s, n + 1, s.n);
		right = str_sub(right, 0, word_length(right));
		if (!right.n || !sign_joins(str_sub(s, last, n), s.p[n], right))
			break;
		last = n + 1;
		n = last + right.n;
	}
	if (n)
		return n;
	struct str rest = s;
	uint32_t cp;
	utf8_next(&rest, &cp);
	n = s.n - rest.n;
	while (n == 1 && rest.n && *rest.p == *s.p && *s.p == '.')
		rest = str_sub(rest, 1, rest.n);
	return MAX(n, s.n - rest.n);
}

bool segment_token_next(struct str *rest, bool pretokenised, struct str *ret)
{
	while (rest->n && is_space((unsigned char)*rest->p))
		*rest = str_sub(*rest, 1, rest->n);
	if (!rest->n)
		return false;
	size_t n = 0;
	if (pretokenised)
		while (n < rest->n && !is_space((unsigned char)rest->p[n]))
			n++;
	else
		n = token_length(*rest);
	*ret = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return true;
}
