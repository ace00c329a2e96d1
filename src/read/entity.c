/*
 * entity - see entity.h. Numbers 128 to 159 are read as windows-1252, as browsers do.
 */
#include "read/entity.h"

#include <libxml/HTMLparser.h>

static const uint16_t cp1252[32] = {
	0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
};

static void add_number(struct text *out, uint32_t cp, bool *bad)
{
	if (cp >= 128 && cp < 160)
		cp = cp1252[cp - 128];
	if ((cp < 32 && cp != 9 && cp != 10 && cp != 13) || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) || (cp & 0xfffe) == 0xfffe) {
		*bad = true;
		cp = 0xfffd;
	}
	text_code(out, cp);
}

static size_t number(struct text *out, struct str s, bool *bad)
{
	bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
	size_t i = hex ? 3 : 2, from = i;
	uint32_t v = 0;
	for (; i < s.n && i - from < 12; i++) {
		int c = s.p[i] | 32;
		int d = s.p[i] >= '0' && s.p[i] <= '9' ? s.p[i] - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
		if (d < 0)
			break;
		v = v > 0x110000 ? v : v * (hex ? 16 : 10) + (uint32_t)d;
	}
	if (i == from)
		return 0;
	add_number(out, v, bad);
	if (i < s.n && s.p[i] == ';')
		return i + 1;
	*bad = true;
	return i;
}

size_t entity_add(struct text *out, struct str s, bool *bad)
{
	char name[12];
	size_t i = 1;
	if (s.n > 1 && s.p[1] == '#')
		return number(out, s, bad);
	while (i < s.n && i < sizeof name && ((s.p[i] | 32) >= 'a' ? (s.p[i] | 32) <= 'z' : s.p[i] >= '0' && s.p[i] <= '9'))
		i++;
	if (i == 1 || i >= s.n || s.p[i] != ';')
		return 0;
	memcpy(name, s.p + 1, i - 1);
	name[i - 1] = 0;
	if (!strcmp(name, "apos")) {
		text_c(out, '\'');
		return i + 1;
	}
	const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);
	if (!e)
		return 0;
	*bad |= strcmp(name, "amp") && strcmp(name, "lt") && strcmp(name, "gt") && strcmp(name, "quot");
	text_code(out, e->value);
	return i + 1;
}

struct str entity_decode(struct arena *mem, struct str s, bool *bad)
{
	ptrdiff_t at = str_chr(s, '&');
	if (at < 0)
		return s;
	struct text out = text_new(mem);
	text_need(&out, s.n);
	while (at >= 0) {
		text_add(&out, str_sub(s, 0, (size_t)at));
		s = str_sub(s, (size_t)at, s.n);
		size_t took = entity_add(&out, s, bad);
		if (!took) {
			*bad = true;
			text_c(&out, '&');
			took = 1;
		}
		s = str_sub(s, took, s.n);
		at = str_chr(s, '&');
	}
	text_add(&out, s);
	return text_str(&out);
}
