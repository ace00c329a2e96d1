/*
 * viet - clean text, lower case, folding, keys and dictionary order of Vietnamese.
 *
 * One table knows the 186 letters of Latin and Vietnamese; whatever else comes is asked of utf8proc.
 * Normal form C is only computed around characters that may take part in a composition; all others are
 * known to stand alone, so clean text costs one scan. A run of such characters is composed 256 at a time,
 * because ordering marks is quadratic; longer runs are no writing.
 */
#include "text/viet.h"

#include <utf8proc.h>

enum { LATIN = 0x1B1, VIET_FROM = 0x1EA0, VIET_TO = 0x1EF9, RUN_MAX = 256 };

/* ---- the letters ------------------------------------------------------------------------------- */

#define AT(cp) ((cp) < LATIN ? (cp) : (cp) - VIET_FROM + LATIN)
#define PAIR(low, up, f, r, t, v) [AT(low)] = { low, f, r, t, v, false }, [AT(up)] = { low, f, r, t, v, true }
#define CONSONANT(low, up, f, r) PAIR(low, up, f, r, 0, 0)
#define VOWEL(f, r, v, l0, u0, l1, u1, l2, u2, l3, u3, l4, u4, l5, u5) \
	PAIR(l0, u0, f, r, 0, v), PAIR(l1, u1, f, r, 1, v), PAIR(l2, u2, f, r, 2, v), \
	PAIR(l3, u3, f, r, 3, v), PAIR(l4, u4, f, r, 4, v), PAIR(l5, u5, f, r, 5, v)

static const struct letter letters[LATIN + VIET_TO - VIET_FROM + 1] = {
	VOWEL('a', 1, 1, 'a', 'A', 0xE0, 0xC0, 0x1EA3, 0x1EA2, 0xE3, 0xC3, 0xE1, 0xC1, 0x1EA1, 0x1EA0),
	VOWEL('a', 2, 2, 0x103, 0x102, 0x1EB1, 0x1EB0, 0x1EB3, 0x1EB2, 0x1EB5, 0x1EB4, 0x1EAF, 0x1EAE, 0x1EB7, 0x1EB6),
	VOWEL('a', 3, 3, 0xE2, 0xC2, 0x1EA7, 0x1EA6, 0x1EA9, 0x1EA8, 0x1EAB, 0x1EAA, 0x1EA5, 0x1EA4, 0x1EAD, 0x1EAC),
	VOWEL('e', 8, 4, 'e', 'E', 0xE8, 0xC8, 0x1EBB, 0x1EBA, 0x1EBD, 0x1EBC, 0xE9, 0xC9, 0x1EB9, 0x1EB8),
	VOWEL('e', 9, 5, 0xEA, 0xCA, 0x1EC1, 0x1EC0, 0x1EC3, 0x1EC2, 0x1EC5, 0x1EC4, 0x1EBF, 0x1EBE, 0x1EC7, 0x1EC6),
	VOWEL('i', 13, 6, 'i', 'I', 0xEC, 0xCC, 0x1EC9, 0x1EC8, 0x129, 0x128, 0xED, 0xCD, 0x1ECB, 0x1ECA),
	VOWEL('o', 19, 7, 'o', 'O', 0xF2, 0xD2, 0x1ECF, 0x1ECE, 0xF5, 0xD5, 0xF3, 0xD3, 0x1ECD, 0x1ECC),
	VOWEL('o', 20, 8, 0xF4, 0xD4, 0x1ED3, 0x1ED2, 0x1ED5, 0x1ED4, 0x1ED7, 0x1ED6, 0x1ED1, 0x1ED0, 0x1ED9, 0x1ED8),
	VOWEL('o', 21, 9, 0x1A1, 0x1A0, 0x1EDD, 0x1EDC, 0x1EDF, 0x1EDE, 0x1EE1, 0x1EE0, 0x1EDB, 0x1EDA, 0x1EE3, 0x1EE2),
	VOWEL('u', 27, 10, 'u', 'U', 0xF9, 0xD9, 0x1EE7, 0x1EE6, 0x169, 0x168, 0xFA, 0xDA, 0x1EE5, 0x1EE4),
	VOWEL('u', 28, 11, 0x1B0, 0x1AF, 0x1EEB, 0x1EEA, 0x1EED, 0x1EEC, 0x1EEF, 0x1EEE, 0x1EE9, 0x1EE8, 0x1EF1, 0x1EF0),
	VOWEL('y', 32, 12, 'y', 'Y', 0x1EF3, 0x1EF2, 0x1EF7, 0x1EF6, 0x1EF9, 0x1EF8, 0xFD, 0xDD, 0x1EF5, 0x1EF4),
	CONSONANT('b', 'B', 'b', 4), CONSONANT('c', 'C', 'c', 5), CONSONANT('d', 'D', 'd', 6),
	CONSONANT(0x111, 0x110, 'd', 7), CONSONANT('f', 'F', 'f', 10), CONSONANT('g', 'G', 'g', 11),
	CONSONANT('h', 'H', 'h', 12), CONSONANT('j', 'J', 'j', 14), CONSONANT('k', 'K', 'k', 15),
	CONSONANT('l', 'L', 'l', 16), CONSONANT('m', 'M', 'm', 17), CONSONANT('n', 'N', 'n', 18),
	CONSONANT('p', 'P', 'p', 22), CONSONANT('q', 'Q', 'q', 23), CONSONANT('r', 'R', 'r', 24),
	CONSONANT('s', 'S', 's', 25), CONSONANT('t', 'T', 't', 26), CONSONANT('v', 'V', 'v', 29),
	CONSONANT('w', 'W', 'w', 30), CONSONANT('x', 'X', 'x', 31), CONSONANT('z', 'Z', 'z', 33),
	/* Eth and African D are what some keyboards and fonts give for Đ. */
	[0xD0] = { 0x111, 'd', 7, 0, 0, true }, [0x189] = { 0x111, 'd', 7, 0, 0, true },
};

static const uint16_t vowels[13][6] = {
	{ 0 },
	{ 'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1 }, { 0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 },
	{ 0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD }, { 'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9 },
	{ 0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 }, { 'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB },
	{ 'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD }, { 0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 },
	{ 0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 }, { 'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5 },
	{ 0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 }, { 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5 },
};

const struct letter *viet_letter(uint32_t cp)
{
	static const struct letter none;
	if (cp < LATIN)
		return &letters[cp];
	return cp >= VIET_FROM && cp <= VIET_TO ? &letters[AT(cp)] : &none;
}

uint32_t viet_vowel(unsigned vowel, enum viet_tone tone)
{
	BUG_IF(vowel < 1 || vowel > 12 || tone > TONE_NANG);
	return vowels[vowel][tone];
}

/* ---- clean text ---------------------------------------------------------------------------------- */

static bool drops(uint32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF;
}

/* Never changed by composition, and never joins what stands before it. Doubtful ranges are simply left out. */
static bool stands_alone(uint32_t cp)
{
	static const struct { uint32_t from, to; } ranges[] = {
		{ 0x1E00, 0x1EFF }, { 0x2002, 0x20CF }, { 0x400, 0x482 }, { 0x48A, 0x52F }, { 0x2100, 0x2125 },
		{ 0x212C, 0x2328 }, { 0x232B, 0x2ADB }, { 0x3000, 0x3029 }, { 0x3041, 0x3096 }, { 0x30A0, 0x312F },
		{ 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xFE00, 0xFE0F }, { 0xFF01, 0xFFFD },
		{ 0x1F000, 0x1FAFF },
	};
	if (cp < 0x300)
		return true;
	for (size_t i = 0; i < COUNT(ranges); i++)
		if (cp >= ranges[i].from && cp <= ranges[i].to)
			return true;
	return false;
}

/* The letters of the press in their two- and three-byte forms, without decoding: 0 when it needs a look. */
static inline size_t plain_bytes(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xC3 && p[0] <= 0xCB && n >= 2 && (p[1] & 0xC0) == 0x80)
		return 2;
	if (p[0] == 0xE1 && n >= 3 && (p[1] & 0xFC) == 0xB8 && (p[2] & 0xC0) == 0x80)
		return 3;
	return 0;
}

/* The length of the front that is clean already. */
static size_t clean_front(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;
	while (i < s.n) {
		uint64_t eight;
		while (i + 8 <= s.n && (memcpy(&eight, p + i, 8), !(eight & 0x8080808080808080u)))
			i += 8;
		if (i >= s.n)
			break;
		size_t step = plain_bytes(p + i, s.n - i);
		if (!step) {
			struct str rest = str_sub(s, i, s.n);
			uint32_t cp;
			utf8_next(&rest, &cp);
			step = s.n - i - rest.n;
			bool broken = cp == UTF8_BAD && step != 3;
			if (broken || (cp == UTF8_BAD && p[i] != 0xEF) || drops(cp) || cp == 0xA0 || !stands_alone(cp))
				return i;
		}
		i += step;
	}
	return i;
}

/* Composes the code points of a run and writes them. */
static void run_end(struct text *out, int32_t *run, size_t *n)
{
	if (*n > 1 || (*n == 1 && !stands_alone((uint32_t)run[0]))) {
		int32_t wide[RUN_MAX * 4];
		char bytes[RUN_MAX * 4];
		size_t len = 0;
		for (size_t i = 0; i < *n; i++)
			len += utf8_put(bytes + len, (uint32_t)run[i]);
		utf8proc_ssize_t got = utf8proc_decompose((const uint8_t *)bytes, (utf8proc_ssize_t)len, wide, COUNT(wide),
			UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		if (got > 0 && got <= (utf8proc_ssize_t)COUNT(wide)) {
			got = utf8proc_normalize_utf32(wide, got, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
			for (utf8proc_ssize_t i = 0; i < got; i++)
				text_code(out, (uint32_t)wide[i]);
			*n = 0;
			return;
		}
	}
	for (size_t i = 0; i < *n; i++)
		text_code(out, (uint32_t)run[i]);
	*n = 0;
}

static void clean_into(struct text *out, struct str s)
{
	int32_t run[RUN_MAX];
	size_t n = 0;
	for (uint32_t cp; utf8_next(&s, &cp);) {
		if (drops(cp))
			continue;
		if (cp == 0xA0)
			cp = ' ';
		if (stands_alone(cp) || n == RUN_MAX)
			run_end(out, run, &n);
		run[n++] = (int32_t)cp;
	}
	run_end(out, run, &n);
}

struct str viet_nfc(struct arena *a, struct str s)
{
	size_t front = clean_front(s);
	if (front == s.n)
		return s;
	/* The character before may be what a mark joins. */
	while (front > 0 && ((unsigned char)s.p[--front] & 0xC0) == 0x80)
		;
	struct text out = text_new(a);
	text_need(&out, s.n + 16);
	text_add(&out, str_sub(s, 0, front));
	clean_into(&out, str_sub(s, front, s.n));
	return text_str(&out);
}

/* ---- lower case and folding ---------------------------------------------------------------------- */

static uint32_t lower_other(uint32_t cp)
{
	return cp < 0x80 ? cp : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* Without marks: the first letter of its decomposition. 0: it is itself a mark and goes. */
static uint32_t fold_other(uint32_t cp)
{
	int32_t wide[8];
	int boundary = 0;
	cp = lower_other(cp);
	if (cp < 0x80 || (cp >= 0xAC00 && cp <= 0xD7A3))
		return cp == 0xF0 ? 'd' : cp;
	if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN)
		return 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, wide, COUNT(wide), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
	return n > 0 && n <= (utf8proc_ssize_t)COUNT(wide) ? (uint32_t)wide[0] : cp;
}

static inline uint32_t decode_clean(const unsigned char *p, size_t *ret_len)
{
	if (p[0] < 0xE0) {
		*ret_len = 2;
		return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if (p[0] < 0xF0) {
		*ret_len = 3;
		return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	}
	*ret_len = 4;
	return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

static inline char *put_short(char *w, uint32_t cp)
{
	if (cp < 0x80) {
		*w = (char)cp;
		return w + 1;
	}
	return w + utf8_put(w, cp);
}

/* No code point grows to more than twice its bytes (two to four), so one buffer is enough. */
static struct str map_letters(struct arena *a, struct str s, bool fold)
{
	s = viet_nfc(a, s);
	if (!s.n)
		return s;
	char *out = arena_raw(a, s.n * 2 + 8), *w = out;
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
	while (p < end) {
		if (*p < 0x80) {
			*w++ = (char)(*p >= 'A' && *p <= 'Z' ? *p | 0x20 : *p);
			p++;
			continue;
		}
		size_t len;
		uint32_t cp = decode_clean(p, &len);
		const struct letter *l = viet_letter(cp);
		p += len;
		if (l->lower && fold)
			*w++ = (char)l->fold;
		else if (l->lower)
			w = put_short(w, l->lower);
		else if (!fold)
			w = put_short(w, lower_other(cp));
		else if ((cp = fold_other(cp)) != 0)
			w = put_short(w, cp);
	}
	return (struct str){ out, (size_t)(w - out) };
}

struct str viet_lower(struct arena *a, struct str s)
{
	return map_letters(a, s, false);
}

struct str viet_fold(struct arena *a, struct str s)
{
	return map_letters(a, s, true);
}

/* ---- one place for the tone ------------------------------------------------------------------------ */

enum { SYLLABLE_MAX = 8 };

struct syllable {
	const struct letter *l[SYLLABLE_MAX];
	size_t n, nucleus, coda; /* l[nucleus, coda) are the vowels that carry the rhyme */
	unsigned tones;
	enum viet_tone tone;
};

static bool coda_ok(const struct syllable *y)
{
	size_t n = y->n - y->coda;
	if (n > 2)
		return false;
	unsigned a = n ? y->l[y->coda]->fold : 0, b = n > 1 ? y->l[y->coda + 1]->fold : 0;
	if (n < 2)
		return !n || a == 'c' || a == 'm' || a == 'n' || a == 'p' || a == 't';
	return (a == 'n' && (b == 'g' || b == 'h')) || (a == 'c' && b == 'h');
}

/* The u of qu- and the i of gi- belong to the consonant when another vowel follows. */
static bool syllable_parse(struct syllable *y)
{
	size_t i = 0;
	while (i < y->n && !y->l[i]->vowel)
		i++;
	if (i == y->n || i > 3)
		return false;
	bool glide = i == 1 && ((y->l[0]->fold == 'q' && y->l[1]->vowel == 10) || (y->l[0]->fold == 'g' && y->l[1]->vowel == 6));
	if (glide && i + 1 < y->n && y->l[i + 1]->vowel)
		i++;
	y->nucleus = i;
	while (i < y->n && y->l[i]->vowel)
		i++;
	y->coda = i;
	return y->coda - y->nucleus <= 3 && coda_ok(y);
}

/* A vowel with its own hat or horn takes the tone; else the middle one of three, the second before a final
 * consonant, the first in an open syllable (the old style, 99 % of the press). */
static size_t tone_place(const struct syllable *y)
{
	static const bool marked[13] = { [2] = true, [3] = true, [5] = true, [8] = true, [9] = true, [11] = true };
	size_t n = y->coda - y->nucleus;
	for (size_t i = y->coda; i-- > y->nucleus;)
		if (marked[y->l[i]->vowel])
			return i;
	return y->nucleus + (n == 3 || (n == 2 && y->coda < y->n) ? 1 : 0);
}

/* The letters at the front of s; more than a syllable holds are counted, not kept. */
static size_t syllable_read(struct str s, struct syllable *y)
{
	struct str rest = s;
	*y = (struct syllable){ 0 };
	for (uint32_t cp; rest.n;) {
		struct str before = rest;
		utf8_next(&rest, &cp);
		const struct letter *l = viet_letter(cp);
		if (!l->lower)
			return s.n - before.n;
		if (y->n < SYLLABLE_MAX)
			y->l[y->n] = l;
		y->n++;
		y->tones += l->tone != 0;
		if (l->tone)
			y->tone = (enum viet_tone)l->tone;
	}
	return s.n;
}

struct str viet_key(struct arena *a, struct str s)
{
	s = viet_lower(a, s);
	struct text out = text_new(a);
	text_need(&out, s.n + 4);
	for (struct str rest = s; rest.n;) {
		struct syllable y;
		uint32_t cp;
		size_t n = syllable_read(rest, &y);
		if (!n) {
			struct str before = rest;
			utf8_next(&rest, &cp);
			text_add(&out, str_sub(before, 0, before.n - rest.n));
			continue;
		}
		bool move = y.n <= SYLLABLE_MAX && y.tones == 1 && syllable_parse(&y);
		size_t place = move ? tone_place(&y) : 0;
		for (size_t i = 0; move && i < y.n; i++)
			text_code(&out, y.l[i]->vowel ? viet_vowel(y.l[i]->vowel, i == place ? y.tone : TONE_LEVEL) : y.l[i]->lower);
		if (!move)
			text_add(&out, str_sub(rest, 0, n));
		rest = str_sub(rest, n, rest.n);
	}
	return text_str(&out);
}

/* ---- the order of the dictionary --------------------------------------------------------------------- */

/* Levels are parted by a space, below every other sign used: '!' a space, '"' a sign, digits, 'A'… letters, '~' others. */
static void sort_other(struct text *out, uint32_t cp)
{
	if (cp <= ' ' || cp == 0x7F) {
		text_c(out, '!');
	} else if (cp < 0x80 && !(cp >= '0' && cp <= '9')) {
		text_c(out, '"');
		text_c(out, (char)cp);
	} else {
		if (cp >= 0x80)
			text_c(out, '~');
		text_code(out, cp);
	}
}

static void level_add(struct text *out, const char *level, size_t n)
{
	while (n && level[n - 1] == '0')
		n--;
	text_c(out, ' ');
	text_add(out, (struct str){ level, n });
}

struct str viet_sort_key(struct arena *a, struct str s)
{
	s = viet_nfc(a, s);
	struct text out = text_new(a);
	text_need(&out, s.n * 2 + 8);
	char *tone = arena_raw(a, s.n + 1), *upper = arena_raw(a, s.n + 1);
	size_t n = 0;
	for (uint32_t cp; utf8_next(&s, &cp);) {
		const struct letter *l = viet_letter(cp);
		uint32_t base = l->lower ? cp : fold_other(cp);
		bool foreign = !l->lower && base && base < 0x80 && viet_letter(base)->lower;
		if (!l->lower && !foreign) {
			sort_other(&out, cp);
			continue;
		}
		const struct letter *as = foreign ? viet_letter(base) : l;
		text_c(&out, (char)('A' + as->rank - 1));
		tone[n] = (char)('0' + (foreign ? 6 : l->tone));
		upper[n++] = l->upper || (foreign && lower_other(cp) != cp) ? '1' : '0';
	}
	level_add(&out, tone, n);
	level_add(&out, upper, n);
	return text_str(&out);
}
