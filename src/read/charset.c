/*
 * charset - finding and undoing encodings. glibc's iconv loads its converters from files, which the cage
 * forbids; so the child warms them up before it locks itself in, and this file keeps them open.
 * Labels and their meaning ("iso-8859-1" is windows-1252 in practice): WHATWG Encoding Standard, 4.2.
 */
#include "read/charset.h"
#include "text/legacy.h"

#include <ctype.h>
#include <iconv.h>

enum { SNIFF = 2048, NAME_ROOM = 40, LEGACY_MOST = 8 << 20 };

struct converter { const char *label, *iconv_name; };

static const struct converter converters[] = {
	{ "windows-1252", "CP1252" }, { "iso-8859-1", "CP1252" }, { "latin1", "CP1252" }, { "us-ascii", "CP1252" }, { "ascii", "CP1252" },
	{ "windows-1250", "CP1250" }, { "windows-1251", "CP1251" }, { "windows-1253", "CP1253" }, { "windows-1254", "CP1254" },
	{ "windows-1255", "CP1255" }, { "windows-1256", "CP1256" }, { "windows-1257", "CP1257" }, { "windows-1258", "CP1258" },
	{ "windows-874", "CP874" }, { "tis-620", "CP874" }, { "iso-8859-2", "ISO-8859-2" }, { "iso-8859-3", "ISO-8859-3" },
	{ "iso-8859-4", "ISO-8859-4" }, { "iso-8859-5", "ISO-8859-5" }, { "iso-8859-6", "ISO-8859-6" }, { "iso-8859-7", "ISO-8859-7" },
	{ "iso-8859-8", "ISO-8859-8" }, { "iso-8859-9", "CP1254" }, { "iso-8859-10", "ISO-8859-10" }, { "iso-8859-13", "ISO-8859-13" },
	{ "iso-8859-14", "ISO-8859-14" }, { "iso-8859-15", "ISO-8859-15" }, { "iso-8859-16", "ISO-8859-16" }, { "koi8-r", "KOI8-R" },
	{ "koi8-u", "KOI8-U" }, { "macintosh", "MACINTOSH" }, { "viscii", "VISCII" }, { "tcvn", "TCVN5712-1" }, { "tcvn-5712", "TCVN5712-1" },
	{ "big5", "BIG5-HKSCS" }, { "big5-hkscs", "BIG5-HKSCS" }, { "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "gb18030", "GB18030" },
	{ "hz-gb-2312", "GB18030" }, { "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "windows-31j", "CP932" }, { "euc-jp", "EUC-JP" },
	{ "iso-2022-jp", "ISO-2022-JP" }, { "euc-kr", "CP949" }, { "ks_c_5601-1987", "CP949" }, { "ibm866", "CP866" }, { "cp866", "CP866" },
	{ "cp437", "CP437" }, { "ebcdic-cp-us", "CP037" }, { "utf-16", "UTF-16LE" }, { "utf-16le", "UTF-16LE" }, { "utf-16be", "UTF-16BE" },
	{ "utf-32le", "UTF-32LE" }, { "utf-32be", "UTF-32BE" },
};

/* One open converter a row, kept for the life of the process; used by one thread (the cage's child). */
static _Thread_local iconv_t opened[COUNT(converters)];
static _Thread_local bool tried[COUNT(converters)];

static iconv_t converter_open(size_t i)
{
	if (!tried[i]) {
		tried[i] = true;
		opened[i] = iconv_open("UTF-8", converters[i].iconv_name);
	}
	return opened[i];
}

void charset_warm(void)
{
	char out[16], *to = out, in[] = "ab", *from = in;
	for (size_t i = 0; i < COUNT(converters); i++) {
		size_t room = sizeof out, left = 2;
		iconv_t c = converter_open(i);
		to = out;
		from = in;
		if (c != (iconv_t)-1)
			iconv(c, &from, &left, &to, &room);
	}
}

/* Length of the well-formed sequence at p, 0 when there is none (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *p, const unsigned char *end)
{
	size_t n = *p < 0x80 ? 1 : *p >= 0xc2 && *p < 0xe0 ? 2 : (*p & 0xf0) == 0xe0 ? 3 : *p >= 0xf0 && *p < 0xf5 ? 4 : 0;
	if (!n || (size_t)(end - p) < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) || (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static size_t valid_until(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
	while (p < end) {
		uint64_t eight;
		if (end - p >= 8 && (memcpy(&eight, p, 8), !(eight & 0x8080808080808080u))) {
			p += 8;
			continue;
		}
		size_t n = sequence(p, end);
		if (!n)
			break;
		p += n;
	}
	return (size_t)(p - (const unsigned char *)s.p);
}

bool charset_valid(struct str s)
{
	return valid_until(s) == s.n;
}

struct str charset_scrub(struct arena *mem, struct str s)
{
	struct text out = text_new(mem);
	for (;;) {
		size_t good = valid_until(s);
		if (good == s.n && !out.n)
			return s;
		text_add(&out, str_sub(s, 0, good));
		if (good == s.n)
			return text_str(&out);
		text_z(&out, "\xef\xbf\xbd");
		s = str_sub(s, good + 1, s.n);
	}
}

static struct str lower_name(struct arena *mem, struct str s)
{
	char *p = arena_z(mem, str_sub(str_trim(s), 0, NAME_ROOM));
	size_t n = 0;
	for (char *q = p; *q && (isalnum((unsigned char)*q) || strchr("-_:.", *q)); q++)
		p[n++] = (char)tolower((unsigned char)*q);
	p[n] = 0;
	return (struct str){ p, n };
}

/* The value after `key` and "=" in the first bytes; empty when it is not said. */
static struct str declared(struct arena *mem, struct str head, const char *key)
{
	const char *end = head.p + head.n;
	for (const char *p = head.p; (p = memmem(p, (size_t)(end - p), key, strlen(key)));) {
		p += strlen(key);
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (p >= end || *p != '=')
			continue;
		for (p++; p < end && (isspace((unsigned char)*p) || *p == '"' || *p == '\''); p++)
			;
		struct str name = lower_name(mem, (struct str){ p, (size_t)(end - p) });
		if (name.n)
			return name;
	}
	return S("");
}

static struct str declaration(struct arena *mem, struct str bytes, enum charset_of kind)
{
	struct str head = str_sub(bytes, 0, SNIFF);
	if (kind == CHARSET_HTML)
		return declared(mem, head, "charset");
	ptrdiff_t end = str_find(head, S("?>"));
	return end < 0 ? S("") : declared(mem, str_sub(head, 0, (size_t)end), "encoding");
}

static struct str mark_name(struct str *bytes)
{
	static const struct { struct str mark, name; } marks[] = {
		{ S_INIT("\xef\xbb\xbf"), S_INIT("utf-8") },       { S_INIT("\xff\xfe\0\0"), S_INIT("utf-32le") },
		{ S_INIT("\0\0\xfe\xff"), S_INIT("utf-32be") },    { S_INIT("\xff\xfe"), S_INIT("utf-16le") },
		{ S_INIT("\xfe\xff"), S_INIT("utf-16be") },
	};
	for (size_t i = 0; i < COUNT(marks); i++)
		if (str_starts(*bytes, marks[i].mark)) {
			*bytes = str_sub(*bytes, marks[i].mark.n, bytes->n);
			return marks[i].name;
		}
	static const struct { struct str start, name; } bare[] = { /* "<?" or "<r" in wide characters */
		{ S_INIT("<\0?\0"), S_INIT("utf-16le") }, { S_INIT("\0<\0?"), S_INIT("utf-16be") },
		{ S_INIT("<\0\0\0"), S_INIT("utf-32le") }, { S_INIT("\0\0\0<"), S_INIT("utf-32be") },
		{ S_INIT("\x4c\x6f\xa7\x94"), S_INIT("ebcdic-cp-us") },
	};
	for (size_t i = 0; i < COUNT(bare); i++)
		if (str_starts(*bytes, bare[i].start))
			return bare[i].name;
	return S("");
}

static iconv_t converter_named(struct str name)
{
	if (str_starts(name, S("x-")))
		name = str_sub(name, 2, name.n);
	struct str digits = str_starts(name, S("cp")) ? str_sub(name, 2, name.n) : S("-");
	for (size_t i = 0; i < COUNT(converters); i++) {
		struct str label = str_z(converters[i].label);
		bool same = str_eq(label, name) || (str_starts(label, S("windows-")) && str_eq(str_sub(label, 8, label.n), digits));
		if (same)
			return converter_open(i);
	}
	return (iconv_t)-1;
}

static struct str convert(struct arena *mem, iconv_t c, struct str in, bool *damaged)
{
	struct text out = text_new(mem);
	char *from = (char *)in.p;
	size_t left = in.n;
	iconv(c, NULL, NULL, NULL, NULL);
	text_need(&out, in.n + in.n / 2 + 16);
	while (left) {
		text_need(&out, left + 16);
		char *to = out.p + out.n;
		size_t room = out.cap - out.n;
		size_t r = iconv(c, &from, &left, &to, &room);
		out.n = (size_t)(to - out.p);
		if (r != (size_t)-1 || !left)
			break;
		if (room < 8)
			continue;
		*damaged = true;
		text_z(&out, "\xef\xbf\xbd");
		from++;
		left--;
	}
	return text_str(&out);
}

/* Bytes of old Vietnamese fonts pass for Western text: they are tried when nothing better is declared. */
static bool vietnamese(struct arena *mem, struct str bytes, struct str said, struct charset_text *r)
{
	static const char *const western[] = { "", "utf-8", "iso-8859-1", "windows-1252", "us-ascii", "latin1", "x-user-defined" };
	const char *name = "utf-8";
	bool doubtful = false;
	for (size_t i = 0; i < COUNT(western); i++)
		doubtful |= str_eq(said, str_z(western[i]));
	if (!doubtful || bytes.n > LEGACY_MOST)
		return false;
	struct str utf8 = legacy_to_utf8(mem, bytes, &name);
	if (!strcmp(name, "utf-8"))
		return false;
	*r = (struct charset_text){ utf8, str_z(name), true };
	return true;
}

struct charset_text charset_read(struct arena *mem, struct str bytes, enum charset_of kind)
{
	struct charset_text r = { .name = S("utf-8") };
	struct str mark = mark_name(&bytes), said = declaration(mem, bytes, kind);
	bool wide = str_starts(mark, S("utf-16")) || str_starts(mark, S("utf-32")) || str_starts(mark, S("ebcdic"));
	bool stateful = str_starts(said, S("iso-2022")) || str_eq(said, S("hz-gb-2312"));
	if (!wide && !stateful && charset_valid(bytes)) {
		bool plain_said = said.n && !str_starts(said, S("utf-16")) && converter_named(said) != (iconv_t)-1;
		if (plain_said && !mark.n && !memchr(bytes.p, 0, bytes.n)) {
			size_t high = 0;
			for (size_t i = 0; i < bytes.n && !high; i++)
				high = (unsigned char)bytes.p[i] >= 0x80;
			if (!high)
				r.name = said;
		}
		r.utf8 = bytes;
		return r;
	}
	struct str name = wide ? mark : mark.n || !said.n || str_starts(said, S("utf-")) ? S("windows-1252") : said;
	if (vietnamese(mem, bytes, wide ? S("utf-16") : said, &r))
		return r;
	bool mostly_utf8 = !wide && (mark.n || str_eq(said, S("utf-8")) || !said.n) && bytes.n && valid_until(bytes) > bytes.n / 2;
	iconv_t c = converter_named(name);
	if (mostly_utf8) {
		r.damaged = true;
		r.utf8 = charset_scrub(mem, bytes);
		return r;
	}
	if (c == (iconv_t)-1) {
		r.damaged = true;
		name = S("windows-1252");
		c = converter_named(name);
	}
	r.damaged |= !wide && !said.n;
	r.utf8 = c == (iconv_t)-1 ? charset_scrub(mem, bytes) : convert(mem, c, bytes, &r.damaged);
	r.name = name;
	return r;
}
