/*
 * sentence - boundaries decided by what stands before the stop (abbreviation, initial, number of a list), what
 * follows it (white space, capital, digit, opening quote) and whether brackets are open. A stop between digits
 * or inside a word ("1.234,5", "TP.HCM", "vnexpress.net") never ends one; a stop glued to the next sentence
 * ("…kinh tế.Kết luận") does.
 */
#include "text/sentence.h"

#include "text/viet.h"

enum {
	BRACKET_MAX = 300, /* a bracket left open longer than this was never closed */
	WORD_MAX = 64,     /* how far back a word is looked for */
};

static bool is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A name or a number always follows these. */
static bool is_title(struct str w)
{
	static const struct str titles[] = { S_INIT("tp"), S_INIT("gs"), S_INIT("pgs"), S_INIT("ts"), S_INIT("tskh"), S_INIT("ths"),
		S_INIT("bs"), S_INIT("bsck"), S_INIT("ks"), S_INIT("kts"), S_INIT("ls"), S_INIT("cn"), S_INIT("nsnd"), S_INIT("nsưt"),
		S_INIT("ngnd"), S_INIT("ngưt"), S_INIT("dr"), S_INIT("mr"), S_INIT("mrs"), S_INIT("ms"), S_INIT("prof"), S_INIT("st"),
		S_INIT("q"), S_INIT("p"), S_INIT("tx"), S_INIT("tt"), S_INIT("h"), S_INIT("x"), S_INIT("no"), S_INIT("tr"), S_INIT("đ/c"),
		S_INIT("ncs"), S_INIT("đh"), S_INIT("thpt"), S_INIT("gs.ts"), S_INIT("pgs.ts"), S_INIT("ts.bs"), S_INIT("pgs.ts.bs"),
		S_INIT("gs.tskh"), S_INIT("ths.bs"), S_INIT("bs.ckii"), S_INIT("bs.cki"), S_INIT("th.s"), S_INIT("vs"), S_INIT("hlv") };
	enum { LONGEST = 16 };
	char low[LONGEST * 4]; /* a broken byte becomes three */
	size_t n = 0;
	if (w.n > LONGEST)
		return false;
	for (uint32_t cp; utf8_next(&w, &cp);)
		n += utf8_put(low + n, viet_letter(cp)->lower ? viet_letter(cp)->lower : cp);
	for (size_t i = 0; i < COUNT(titles); i++)
		if (str_eq(titles[i], (struct str){ low, n }))
			return true;
	return false;
}

/* The piece between white space or an opening sign and `at`. */
static struct str word_before(struct str s, size_t at)
{
	size_t from = at;
	while (from > 0 && at - from < WORD_MAX && !is_space((unsigned char)s.p[from - 1]) && !(s.p[from - 1] && strchr("(\"'[", s.p[from - 1])) &&
		!(from >= 3 && !memcmp(s.p + from - 3, "“", 3)))
		from--;
	return str_sub(s, from, at);
}

static uint32_t first_cp(struct str s)
{
	uint32_t cp = 0;
	utf8_next(&s, &cp);
	return cp;
}

static bool all_digits(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if (w.p[i] < '0' || w.p[i] > '9')
			return false;
	return w.n > 0;
}

/* "1." or "IV." or "a." at the very beginning: the number of a list, not a sentence. */
static bool is_list_number(struct str w)
{
	if (all_digits(w))
		return w.n <= 3;
	for (size_t i = 0; i < w.n; i++)
		if (!w.p[i] || !strchr("IVX", w.p[i]))
			return utf8_count(w) == 1;
	return w.n > 0;
}

static bool ends_with_capital_word(struct str s)
{
	struct str w = word_before(s, s.n ? s.n - 1 : 0);
	return s.n && is_space((unsigned char)s.p[s.n - 1]) && utf8_count(w) > 1 && viet_letter(first_cp(w))->upper && !is_title(w);
}

/* Whether the stop at `at` belongs to the word before it. `next` is the first code point after the white space. */
static bool is_abbreviation(struct str s, size_t at)
{
	struct str w = word_before(s, at), before = str_sub(s, 0, at - w.n);
	if (!before.n && is_list_number(w))
		return true;
	if (is_title(w))
		return !(utf8_count(w) == 1 && ends_with_capital_word(before));
	/* "J. Biden" goes on; "ông Nguyễn Văn A. Sau đó" ends. */
	return utf8_count(w) == 1 && viet_letter(first_cp(w))->upper && !ends_with_capital_word(before);
}

static size_t closing_at(struct str s)
{
	static const struct str closers[] = { S_INIT("\""), S_INIT("”"), S_INIT("’"), S_INIT("»"), S_INIT(")"), S_INIT("]"), S_INIT("'") };
	for (size_t i = 0; i < COUNT(closers); i++)
		if (str_starts(s, closers[i]))
			return closers[i].n;
	return 0;
}

/* The length of a stop at the front: . ! ? or …; runs count as one. */
static size_t stop_at(struct str s, bool *ret_dots)
{
	size_t n = 0;
	*ret_dots = false;
	for (;;) {
		struct str rest = str_sub(s, n, s.n);
		size_t one = str_starts(rest, S("…")) ? 3 : rest.n && *rest.p && strchr(".!?", *rest.p);
		if (!one)
			break;
		*ret_dots = *ret_dots || one == 3 || (n && *rest.p == '.');
		n += one;
	}
	return n;
}

/* A capital and a small letter right behind the stop, and a word of small letters before it. */
static bool glued(struct str s, size_t at, struct str after)
{
	struct str w = word_before(s, at);
	uint32_t cp = 0, second = 0;
	utf8_next(&after, &cp);
	utf8_next(&after, &second);
	if (!viet_letter(cp)->upper || !viet_letter(second)->lower || viet_letter(second)->upper || utf8_count(w) < 2 || is_title(w))
		return false;
	for (uint32_t c; utf8_next(&w, &c);)
		if (w.n == 0 || !viet_letter(c)->lower)
			return viet_letter(c)->lower && !viet_letter(c)->upper;
	return false;
}

/* Where the sentence ends when the stop at `at` ends one; 0: it does not. */
static size_t end_at(struct str s, size_t at, size_t stop, bool dots)
{
	size_t end = at + stop, close;
	while ((close = closing_at(str_sub(s, end, s.n))) != 0)
		end += close;
	struct str after = str_sub(s, end, s.n), next = after;
	bool one_stop = stop == 1 && s.p[at] == '.';
	while (next.n && is_space((unsigned char)*next.p) && *next.p != '\n')
		next = str_sub(next, 1, next.n);
	if (!next.n || *next.p == '\n')
		return end;
	if (next.p == after.p)
		return one_stop && end == at + 1 && glued(s, at, after) ? end : 0;
	uint32_t cp = first_cp(next);
	const struct letter *l = viet_letter(cp);
	if ((l->lower && !l->upper) || (*next.p && strchr(",;:", *next.p)) || (dots && !l->upper && *next.p != '"' && cp != 0x201C && *next.p != '-'))
		return 0;
	return one_stop && is_abbreviation(s, at) ? 0 : end;
}

static size_t sentence_length(struct str s)
{
	size_t open = 0, opened = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool dots;
		if (c == '\n' || c == '\r')
			return i;
		if (c == '(') {
			open++;
			opened = i;
		} else if (c == ')') {
			open -= open > 0;
		}
		if (c != '.' && c != '!' && c != '?' && c != 0xE2)
			continue;
		size_t stop = stop_at(str_sub(s, i, s.n), &dots);
		bool inside = open && i - opened < BRACKET_MAX && memchr(s.p + i, ')', MIN(s.n - i, (size_t)BRACKET_MAX));
		size_t end = stop && !inside ? end_at(s, i, stop, dots) : 0;
		if (end)
			return end;
		i += stop ? stop - 1 : 0;
	}
	return s.n;
}

bool sentence_next(struct str *rest, struct str *ret)
{
	struct str s = *rest;
	while (s.n && is_space((unsigned char)*s.p))
		s = str_sub(s, 1, s.n);
	*rest = s;
	if (!s.n)
		return false;
	size_t n = sentence_length(s);
	*ret = str_trim(str_sub(s, 0, n));
	*rest = str_sub(s, n, s.n);
	return true;
}
