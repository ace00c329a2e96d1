/*
 * legacy - the tables of the old encodings, and the guess.
 *
 * Bytes from 0x80 on; a zero is a byte the encoding does not use. Sources: TCVN 5712:1993 (VN1), RFC 1456
 * (VISCII), the VPS font tables of the Vietnamese Professionals Society, Microsoft's code page 1258. VNI writes
 * a vowel as a letter and a mark of one byte each. Capitals of TCVN3 are a matter of font and come out small.
 */
#include "text/legacy.h"

#include "text/viet.h"

enum encoding { UTF8, TCVN3, VISCII, VPS, CP1258, VNI, ENCODINGS };
enum {
	LOOK = 64 << 10, /* as many bytes decide the guess */
	SURE = 10,       /* by so much a guess must be better before valid UTF-8 is converted: three or four words */
};

static const char *const names[ENCODINGS][2] = {
	[UTF8] = { "utf-8", "utf-8 in utf-8" }, [TCVN3] = { "tcvn3", "tcvn3 in utf-8" }, [VISCII] = { "viscii", "viscii in utf-8" },
	[VPS] = { "vps", "vps in utf-8" }, [CP1258] = { "windows-1258", "windows-1258 in utf-8" }, [VNI] = { "vni", "vni in utf-8" },
};

static const uint16_t tables[VNI][128] = {
	[TCVN3] = {
		0xC0, 0x1EA2, 0xC3, 0xC1, 0x1EA0, 0x1EB6, 0x1EAC, 0xC8, 0x1EBA, 0x1EBC, 0xC9, 0x1EB8,
		0x1EC6, 0xCC, 0x1EC8, 0x128, 0xCD, 0x1ECA, 0xD2, 0x1ECE, 0xD5, 0xD3, 0x1ECC, 0x1ED8,
		0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2, 0xD9, 0x1EE6, 0x168, 0xA0, 0x102, 0xC2, 0xCA,
		0xD4, 0x1A0, 0x1AF, 0x110, 0x103, 0xE2, 0xEA, 0xF4, 0x1A1, 0x1B0, 0x111, 0x1EB0,
		0x300, 0x309, 0x303, 0x301, 0x323, 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1, 0x1EB2, 0x1EB1,
		0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, 0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7,
		0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0xE8, 0x1EC2, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9, 0x1EC1, 0x1EC3,
		0x1EC5, 0x1EBF, 0x1EC7, 0xEC, 0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2, 0x129, 0xED, 0x1ECB, 0xF2,
		0x1ED4, 0x1ECF, 0xF5, 0xF3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF,
		0x1EE1, 0x1EDB, 0x1EE3, 0xF9, 0x1ED6, 0x1EE7, 0x169, 0xFA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF,
		0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5, 0x1ED0,
	},
	[VISCII] = {
		0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC, 0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0,
		0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE,
		0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x168, 0x1EE4, 0x1EF2, 0xD5, 0x1EAF, 0x1EB1, 0x1EB7,
		0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD, 0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1,
		0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x1A0, 0x1ED9, 0x1EDD, 0x1EDF, 0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA,
		0x1EEC, 0x1A1, 0x1EDB, 0x1AF, 0xC0, 0xC1, 0xC2, 0xC3, 0x1EA2, 0x102, 0x1EB3, 0x1EB5,
		0xC8, 0xC9, 0xCA, 0x1EBA, 0xCC, 0xCD, 0x128, 0x1EF3, 0x110, 0x1EE9, 0xD2, 0xD3,
		0xD4, 0x1EA1, 0x1EF7, 0x1EEB, 0x1EED, 0xD9, 0xDA, 0x1EF9, 0x1EF5, 0xDD, 0x1EE1, 0x1B0,
		0xE0, 0xE1, 0xE2, 0xE3, 0x1EA3, 0x103, 0x1EEF, 0x1EAB, 0xE8, 0xE9, 0xEA, 0x1EBB,
		0xEC, 0xED, 0x129, 0x1EC9, 0x111, 0x1EF1, 0xF2, 0xF3, 0xF4, 0xF5, 0x1ECF, 0x1ECD,
		0x1EE5, 0xF9, 0xFA, 0x169, 0x1EE7, 0xFD, 0x1EE3, 0x1EEE,
	},
	[VPS] = {
		0xC0, 0x1EA2, 0xC3, 0x1EA4, 0x1EA6, 0x1EA8, 0x1ECD, 0x1ED7, 0x102, 0x1EBF, 0x1EC1, 0x1EC3,
		0x1EC7, 0x1EAE, 0x1EB0, 0x1EB2, 0x1EBE, 0, 0, 0x1EC0, 0x1EC2, 0x1EC4, 0x1ED0, 0x1ED2,
		0x1ED4, 0x1ED6, 0xFD, 0x1EF7, 0x1EF5, 0x1EDA, 0x1EDC, 0x1EDE, 0, 0x1EAF, 0x1EB1, 0x1EB3,
		0x1EB5, 0x1EB7, 0x1EE0, 0x1EDB, 0xD9, 0x1EDD, 0x1EDF, 0x1EE1, 0x168, 0x1EE8, 0x1EE3, 0x1EEA,
		0x1ED5, 0x1EEC, 0x1EF2, 0x1EF8, 0xCD, 0xCC, 0x1ED9, 0x1EC8, 0x128, 0xD3, 0x1EED, 0x1EEF,
		0xD2, 0x1ECE, 0xD5, 0x1EF1, 0x1EA7, 0xC1, 0xC2, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD, 0x111,
		0x1EBB, 0xC9, 0, 0x1EB9, 0x1EC9, 0x1EC5, 0x1ECB, 0x1EF9, 0x1AF, 0x1EE6, 0x1ED3, 0x1ED1,
		0xD4, 0x1ECF, 0x1A1, 0xC8, 0x1EEB, 0x1EE9, 0xDA, 0x169, 0x1B0, 0xDD, 0x1EBA, 0,
		0xE0, 0xE1, 0xE2, 0xE3, 0x1EA3, 0x1EA1, 0x103, 0, 0xE8, 0xE9, 0xEA, 0x1EBD,
		0xEC, 0xED, 0, 0x129, 0, 0x110, 0xF2, 0xF3, 0xF4, 0xF5, 0, 0x1A0,
		0x1EE5, 0xF9, 0xFA, 0x1EE7, 0, 0x1EF6, 0x1EBC, 0x1EF3,
	},
	[CP1258] = {
		0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0, 0x2039,
		0x152, 0, 0, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x2DC, 0x2122, 0, 0x203A, 0x153, 0, 0, 0x178, 0xA0, 0xA1, 0xA2, 0xA3,
		0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF,
		0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB,
		0xBC, 0xBD, 0xBE, 0xBF, 0xC0, 0xC1, 0xC2, 0x102, 0xC4, 0xC5, 0xC6, 0xC7,
		0xC8, 0xC9, 0xCA, 0xCB, 0x300, 0xCD, 0xCE, 0xCF, 0x110, 0xD1, 0x309, 0xD3,
		0xD4, 0x1A0, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0x1AF, 0x303, 0xDF,
		0xE0, 0xE1, 0xE2, 0x103, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB,
		0x301, 0xED, 0xEE, 0xEF, 0x111, 0xF1, 0x323, 0xF3, 0xF4, 0x1A1, 0xF6, 0xF7,
		0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0x1B0, 0x20AB, 0xFF,
	},
};

/* Capitals that VISCII and VPS put among the control characters. */
static uint32_t low_byte(enum encoding e, unsigned char c)
{
	static const uint16_t viscii[32] = { [0x02] = 0x1EB2, [0x05] = 0x1EB4, [0x06] = 0x1EAA, [0x14] = 0x1EF6, [0x19] = 0x1EF8, [0x1E] = 0x1EF4 };
	return e == VISCII && c < 32 && viscii[c] ? viscii[c] : c;
}

/* ---- VNI: a letter and the mark behind it -------------------------------------------------------------------- */

/* The mark's vowel shift (0 none, 1 breve, 2 circumflex) and tone; 0xFF: no mark. Small letters only. */
static unsigned vni_mark(unsigned char c)
{
	static const struct { unsigned char mark, shift, tone; } marks[] = {
		{ 0xF9, 0, TONE_SAC }, { 0xF8, 0, TONE_HUYEN }, { 0xFB, 0, TONE_HOI }, { 0xF5, 0, TONE_NGA }, { 0xEF, 0, TONE_NANG },
		{ 0xEA, 1, TONE_LEVEL }, { 0xE9, 1, TONE_SAC }, { 0xE8, 1, TONE_HUYEN }, { 0xFA, 1, TONE_HOI }, { 0xFC, 1, TONE_NGA },
		{ 0xEB, 1, TONE_NANG }, { 0xE2, 2, TONE_LEVEL }, { 0xE1, 2, TONE_SAC }, { 0xE0, 2, TONE_HUYEN }, { 0xE5, 2, TONE_HOI },
		{ 0xE3, 2, TONE_NGA }, { 0xE4, 2, TONE_NANG },
	};
	for (size_t i = 0; i < COUNT(marks); i++)
		if (marks[i].mark == c)
			return (unsigned)marks[i].shift << 4 | marks[i].tone;
	return 0xFF;
}

/* Letters of one byte, small. 0: not such a byte. */
static uint32_t vni_single(unsigned char c)
{
	static const uint16_t singles[32] = { [0x14] = 0x1A1, [0x16] = 0x1B0, [0x0D] = 0xED, [0x0C] = 0xEC, [0x06] = 0x1EC9, [0x13] = 0x129,
		[0x12] = 0x1ECB, [0x0E] = 0x1EF5, [0x11] = 0x111 };
	return c >= 0xE0 ? singles[c - 0xE0] : 0;
}

static uint32_t vni_vowel(uint32_t base, unsigned mark)
{
	unsigned v = viet_letter(base)->vowel, shift = mark >> 4;
	bool a = v == 1, e = v == 4, o = v == 7;
	if (!v || (shift == 1 && !a) || (shift == 2 && !a && !e && !o))
		return 0;
	v += shift == 1 ? 1 : shift == 2 ? (a ? 2 : 1) : 0;
	return viet_vowel(v, (enum viet_tone)(mark & 15));
}

static unsigned char latin_lower(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ? c | 0x20 : c;
}

static uint32_t capital(uint32_t lower)
{
	for (uint32_t cp = 'A'; cp <= 0x1EF8; cp = cp == 0x1AF ? 0x1EA0 : cp + 1)
		if (viet_letter(cp)->upper && viet_letter(cp)->lower == lower && cp != 0xD0)
			return cp;
	return lower;
}

static void vni_into(struct text *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], low = latin_lower(c), next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		uint32_t single = vni_single(low), base = single ? single : low < 0x80 ? low : 0;
		unsigned mark = base && next >= 0xC0 ? vni_mark(latin_lower(next)) : 0xFF;
		uint32_t joined = mark != 0xFF ? vni_vowel(base, mark) : 0;
		uint32_t cp = joined ? joined : single ? single : c;
		text_code(out, c != low && (joined || single) ? capital(cp) : cp);
		i += joined != 0;
	}
}

/* ---- from bytes, and back to them -------------------------------------------------------------------------------- */

static struct str decode(struct arena *a, enum encoding e, struct str s)
{
	struct text out = text_new(a);
	if (e == UTF8)
		return viet_nfc(a, s);
	text_need(&out, s.n * 2);
	if (e == VNI)
		vni_into(&out, s);
	for (size_t i = 0; e != VNI && i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		uint32_t cp = c < 0x80 ? low_byte(e, c) : tables[e][c - 0x80];
		text_code(&out, cp || !c ? cp : UTF8_BAD);
	}
	return viet_nfc(a, text_str(&out));
}

/* The byte that Western Windows shows as this character; -1: none. */
static int western_byte(uint32_t cp)
{
	static const uint16_t c1[32] = { 0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152,
		0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
		0x17E, 0x178 };
	if (cp < 0x100)
		return (int)cp;
	for (int i = 0; i < 32; i++)
		if (c1[i] == cp)
			return 0x80 + i;
	return -1;
}

/* Undoes one encoding; false when the text holds what no Western text does. */
static bool western_bytes(struct arena *a, struct str s, struct str *ret)
{
	struct text out = text_new(a);
	text_need(&out, s.n);
	for (uint32_t cp; utf8_next(&s, &cp);) {
		int byte = western_byte(cp);
		if (byte < 0)
			return false;
		text_c(&out, (char)byte);
	}
	*ret = text_str(&out);
	return true;
}

/* ---- the guess --------------------------------------------------------------------------------------------------- */

static bool one_of(const char *list, struct str what)
{
	struct str rest = str_z(list), one;
	while (str_split(&rest, ' ', &one))
		if (str_eq(one, what))
			return true;
	return false;
}

struct parts {
	char begin[16], rhyme[16], end[16];
	size_t nbegin, nrhyme, nend;
	unsigned tones, tone;
};

/* Beginning, vowels and end, without tones; false when the letters do not come in that order. */
static bool parts_read(struct str word, struct parts *y)
{
	*y = (struct parts){ 0 };
	for (uint32_t cp; utf8_next(&word, &cp);) {
		const struct letter *l = viet_letter(cp);
		if (!l->lower || y->nbegin > 4 || y->nrhyme > 8 || y->nend > 4)
			return false;
		y->tones += l->tone != 0;
		y->tone = l->tone ? l->tone : y->tone;
		bool glide = y->nbegin == 1 && !y->nrhyme && *y->begin == 'q' && l->vowel == 10;
		if (l->vowel && !glide && y->nend)
			return false;
		if (l->vowel && !glide)
			y->nrhyme += utf8_put(y->rhyme + y->nrhyme, viet_vowel(l->vowel, TONE_LEVEL));
		else if (y->nrhyme)
			y->nend += utf8_put(y->end + y->nend, l->lower);
		else
			y->nbegin += utf8_put(y->begin + y->nbegin, l->lower);
	}
	return y->nrhyme > 0;
}

bool legacy_is_syllable(struct str word)
{
	struct parts y;
	if (!parts_read(word, &y) || y.tones > 1)
		return false;
	struct str begin = { y.begin, y.nbegin }, rhyme = { y.rhyme, y.nrhyme }, end = { y.end, y.nend };
	if (begin.n && !one_of("b c ch d đ g gh h k kh l m n ng ngh nh p ph qu r s t th tr v x", begin))
		return false;
	if (end.n && !one_of("c ch m n ng nh p t", end))
		return false;
	if (str_eq(begin, S("g")) && rhyme.n > 1 && *rhyme.p == 'i')
		rhyme = str_sub(rhyme, 1, rhyme.n);
	bool stopped = one_of("c ch p t", end);
	return (!stopped || y.tone == TONE_SAC || y.tone == TONE_NANG) &&
		one_of("a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iê oa oă oe oi ôi ơi oo ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê "
			"iêu yêu oai oay oao oeo uây uôi ươi ươu uya uyê uyu", rhyme);
}

static int word_score(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] & 0x80)
			return legacy_is_syllable(word) ? 3 : -2;
	return 0;
}

/* Good words count, bad words and characters that no text holds count against. */
static int64_t score(struct str s)
{
	int64_t sum = 0;
	struct str word = { s.p, 0 };
	for (uint32_t cp; s.n;) {
		struct str before = s;
		utf8_next(&s, &cp);
		bool mark = cp >= 0x300 && cp < 0x370;
		if (viet_letter(cp)->lower || mark) {
			word = word.n ? (struct str){ word.p, (size_t)(s.p - word.p) } : str_sub(before, 0, before.n - s.n);
			continue;
		}
		sum += word_score(word);
		word.n = 0;
		sum -= cp == UTF8_BAD || (cp < 32 && cp != '\n' && cp != '\t' && cp != '\r') || (cp >= 0x7F && cp < 0xA0) ? 4 : 0;
		sum -= (cp >= 0xA1 && cp < 0x250 && cp != 0xAB && cp != 0xBB && cp != 0xB0) ? 2 : 0;
	}
	return sum + word_score(word);
}

struct guess { enum encoding e; bool twice; int64_t score; };

static void consider(struct arena *a, struct str bytes, struct guess g, struct guess *best)
{
	g.score = score(decode(a, g.e, bytes));
	if (g.score > best->score)
		*best = g;
}

struct str legacy_to_utf8(struct arena *a, struct str bytes, const char **ret_name)
{
	bool valid = !utf8_bad(bytes);
	struct str look = utf8_cut(bytes, LOOK), undone = { 0 };
	struct guess best = { UTF8, false, score(viet_nfc(a, look)) };
	best.score = valid ? MAX(best.score, 0) + SURE : best.score;
	bool western = valid && western_bytes(a, look, &undone) && !str_eq(look, undone);
	for (int e = valid ? ENCODINGS : TCVN3; e < ENCODINGS; e++)
		consider(a, look, (struct guess){ (enum encoding)e, false, 0 }, &best);
	for (int e = UTF8; western && e < ENCODINGS; e++)
		consider(a, undone, (struct guess){ (enum encoding)e, true, 0 }, &best);
	*ret_name = names[best.e][best.twice];
	if (best.twice && !western_bytes(a, bytes, &bytes)) {
		*ret_name = names[UTF8][0];
		best.e = UTF8;
	}
	return decode(a, best.e, bytes);
}
