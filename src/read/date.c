/*
 * date - a small scanner: numbers, words and marks in a row, with what stands between them, then the
 * first reading that makes a possible day. Years outside 1990 to 2100 are taken for something else.
 * Two-digit years by the POSIX rule (69 to 99 are the last century).
 */
#include "read/date.h"

#include <ctype.h>

enum { LOOK = 200, TOKENS = 40 };

struct token {
	struct str s;      /* digits, or a word in lower case letters as written */
	bool digits;
	int value;         /* of digits, at most nine of them */
	char before;       /* the mark just before it: '/', '-', '.', ':', '+', ' ' or 0 at the start */
};

struct scan {
	struct token t[TOKENS];
	size_t n;
	struct date d;
	int hour, minute, second;
	bool has_day, has_time, zone, vietnamese, after_noon, before_noon;
	int64_t offset;
	bool used[TOKENS];
};

static const struct { const char *name; int month; } months[] = {
	{ "jan", 1 }, { "feb", 2 }, { "mar", 3 }, { "apr", 4 }, { "may", 5 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 }, { "sep", 9 },
	{ "oct", 10 }, { "nov", 11 }, { "dec", 12 }, { "fév", 2 }, { "fev", 2 }, { "mär", 3 }, { "avr", 4 }, { "abr", 4 }, { "mai", 5 },
	{ "mag", 5 }, { "juin", 6 }, { "giu", 6 }, { "juil", 7 }, { "lug", 7 }, { "aoû", 8 }, { "ago", 8 }, { "set", 9 }, { "okt", 10 },
	{ "out", 10 }, { "ott", 10 }, { "dez", 12 }, { "déc", 12 }, { "dic", 12 }, { "ene", 1 }, { "gen", 1 }, { "maj", 5 }, { "märz", 3 },
};

static const struct { const char *name; int hours; } zones[] = {
	{ "ut", 0 }, { "utc", 0 }, { "gmt", 0 }, { "z", 0 }, { "ict", 7 }, { "est", -5 }, { "edt", -4 }, { "cst", -6 }, { "cdt", -5 },
	{ "mst", -7 }, { "mdt", -6 }, { "pst", -8 }, { "pdt", -7 }, { "bst", 1 }, { "cet", 1 }, { "cest", 2 }, { "eet", 2 }, { "eest", 3 },
	{ "msk", 3 }, { "ist", 5 }, { "jst", 9 }, { "kst", 9 }, { "aest", 10 }, { "a", -1 }, { "n", 1 }, { "m", -12 }, { "y", 12 },
	{ "et", -5 }, { "at", -4 }, { "ct", -6 }, { "mt", -7 }, { "pt", -8 }, { "ast", -4 }, { "hst", -10 },
};

static bool letter(unsigned char c)
{
	return isalpha(c) || c >= 0x80;
}

static void tokens(struct str s, struct scan *k)
{
	const char *p = s.p, *end = p + MIN(s.n, (size_t)LOOK);
	char before = 0;
	while (p < end && k->n < TOKENS) {
		const char *from = p;
		struct token t = { .before = before, .digits = isdigit((unsigned char)*p) };
		if (t.digits)
			for (; p < end && isdigit((unsigned char)*p); p++)
				t.value = p - from < 9 ? t.value * 10 + *p - '0' : t.value;
		else
			while (p < end && letter((unsigned char)*p))
				p++;
		if (p == from) {
			if (*p != ' ' || !before)
				before = *p;
			p++;
			continue;
		}
		t.s = (struct str){ from, (size_t)(p - from) };
		k->t[k->n++] = t;
		before = 0;
	}
}

static bool word(struct token t, const char *z)
{
	return !t.digits && str_eq_nocase(t.s, str_z(z));
}

static bool any_word(struct token t, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word(t, list[i]))
			return true;
	return false;
}

static int month_named(struct token t)
{
	if (t.digits || t.s.n < 3 || t.s.n > 10)
		return 0;
	for (size_t i = 0; i < COUNT(months); i++)
		if (str_eq_nocase(str_sub(t.s, 0, strlen(months[i].name)), str_z(months[i].name)))
			return months[i].month;
	return 0;
}

static int year_of(struct token t)
{
	if (t.s.n == 4)
		return t.value;
	return t.s.n == 2 ? t.value + (t.value < 69 ? 2000 : 1900) : 0;
}

static bool day_set(struct scan *k, int y, int m, int d)
{
	struct date date = { y, m, d };
	if (y < 1990 || y > 2100 || !date_valid(date))
		return false;
	k->d = date;
	k->has_day = true;
	return true;
}

static void use(struct scan *k, size_t i, size_t n)
{
	for (; n--; i++)
		k->used[i] = true;
}

static bool day_mark(char c)
{
	return c == '/' || c == '-' || c == '.';
}

/* 2026-08-11, 11/8/2026, 8/11/2026, 11.08.26, 2026/08/11 */
static bool three_numbers(struct scan *k, size_t i, enum date_order order)
{
	const struct token *t = &k->t[i];
	if (i + 2 >= k->n || !t[0].digits || !t[1].digits || !t[2].digits || !day_mark(t[1].before) || t[2].before != t[1].before)
		return false;
	bool ok;
	if (t[0].s.n == 4)
		ok = day_set(k, t[0].value, t[1].value, t[2].value) || day_set(k, t[0].value, t[2].value, t[1].value);
	else if (order == DATE_DAY_FIRST)
		ok = day_set(k, year_of(t[2]), t[1].value, t[0].value) || day_set(k, year_of(t[2]), t[0].value, t[1].value);
	else
		ok = day_set(k, year_of(t[2]), t[0].value, t[1].value) || day_set(k, year_of(t[2]), t[1].value, t[0].value);
	if (ok)
		use(k, i, 3);
	return ok;
}

static bool named_month(struct scan *k, size_t i)
{
	const struct token *t = k->t;
	int m = month_named(t[i]);
	if (!m)
		return false;
	size_t after = i + 1;
	while (after < k->n && !t[after].digits && t[after].s.n <= 2)
		after++; /* "de" of Spanish, "º" */
	size_t before = i;
	while (before > 0 && !t[before - 1].digits && t[before - 1].s.n <= 2)
		before--; /* "11th August" */
	bool number_before = before > 0 && t[before - 1].digits && t[before - 1].value <= 31 && t[before - 1].before != ':';
	if (number_before && after < k->n && t[after].digits && day_set(k, year_of(t[after]), m, t[before - 1].value)) {
		use(k, before - 1, after - before + 2);
		return true;
	}
	if (after >= k->n || !t[after].digits)
		return false;
	for (size_t y = after + 1; y < k->n && y < after + 8; y++)
		if (t[y].digits && t[y].s.n == 4 && day_set(k, t[y].value, m, t[after].value)) {
			use(k, after, 1);
			use(k, y, 1);
			return true;
		}
	return after + 1 < k->n && t[after + 1].digits && day_set(k, year_of(t[after + 1]), m, t[after].value);
}

/* ngày 11 tháng 8 năm 2026; 11 tháng 8, 2026; 11 Th8 2026; Tháng Tám 11, 2026 */
static bool vietnamese_month(struct scan *k, size_t i)
{
	static const char *const words[] = { "tháng", "Tháng", "THÁNG", "thang", "th", "thg" };
	static const char *const names[] = { "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười" };
	const struct token *t = k->t;
	if (!any_word(t[i], words, COUNT(words)) || i + 1 >= k->n)
		return false;
	int m = t[i + 1].digits ? t[i + 1].value : 0;
	size_t next = i + 2;
	for (size_t j = 0; !m && j < COUNT(names); j++) {
		struct str low = t[i + 1].s;
		bool same = str_eq_nocase(low, str_z(names[j])) || (low.n > 1 && str_ends(str_z(names[j]), str_sub(low, 1, low.n)) && j == 7);
		m = same ? (int)j + 1 : 0;
	}
	if (m == 10 && next < k->n && (word(t[next], "một") || word(t[next], "hai")))
		m += word(t[next++], "hai") ? 2 : 1;
	while (next < k->n && !t[next].digits)
		next++;
	if (next >= k->n)
		return false;
	k->vietnamese = true;
	if (i > 0 && t[i - 1].digits && day_set(k, year_of(t[next]), m, t[i - 1].value)) {
		use(k, i - 1, next - i + 2);
		return true;
	}
	if (next + 1 < k->n && t[next + 1].digits && t[next + 1].s.n == 4 && day_set(k, t[next + 1].value, m, t[next].value)) {
		use(k, i, next - i + 2);
		return true;
	}
	return false;
}

/* 20170206, 2017-02, 2017, 2017-037, 20170206T101500 */
static bool bare_number(struct scan *k, size_t i)
{
	const struct token t = k->t[i];
	if (!t.digits)
		return false;
	bool ok = false;
	if (t.s.n == 8)
		ok = day_set(k, t.value / 10000, t.value / 100 % 100, t.value % 100);
	else if (t.s.n == 4 && k->n == 1)
		ok = day_set(k, t.value, 1, 1);
	else if (t.s.n == 4 && k->n == 2 && k->t[1].digits && k->t[1].before == '-' && k->t[1].s.n == 2 && !i)
		ok = day_set(k, t.value, k->t[1].value, 1);
	if (ok)
		use(k, i, k->n == 2 ? 2 : 1);
	return ok;
}

static void half_of_day(struct scan *k, size_t i)
{
	static const char *const pm[] = { "pm", "CH", "chiều", "tối", "p" }, *const am[] = { "am", "SA", "sáng", "a" };
	if (i >= k->n)
		return;
	k->after_noon = any_word(k->t[i], pm, COUNT(pm));
	k->before_noon = any_word(k->t[i], am, COUNT(am));
}

static bool clock_at(struct scan *k, size_t i)
{
	static const char *const hour_words[] = { "h", "giờ", "g" };
	const struct token *t = &k->t[i];
	if (!t[0].digits || t[0].s.n > 2 || t[0].value > 24 || k->used[i] || i + 1 >= k->n)
		return false;
	size_t m = i + 1;
	if (any_word(k->t[m], hour_words, COUNT(hour_words)))
		m++;
	else if (t[1].before != ':')
		return false;
	if (m >= k->n || !k->t[m].digits || k->t[m].value > 59 || k->t[m].s.n > 2 || k->used[m])
		return false;
	k->hour = t[0].value;
	k->minute = k->t[m].value;
	use(k, i, m - i + 1);
	if (m + 1 < k->n && k->t[m + 1].digits && k->t[m + 1].before == ':' && k->t[m + 1].value <= 60) {
		k->second = k->t[++m].value;
		use(k, m, 1);
	}
	if (m + 1 < k->n && k->t[m + 1].digits && k->t[m + 1].before == '.' && !k->used[m + 1])
		use(k, ++m, 1);
	half_of_day(k, m + 1);
	k->has_time = true;
	return true;
}

/* 101500 or 1015 after a T. */
static bool packed_clock(struct scan *k, size_t i)
{
	const struct token t = k->t[i];
	if (!t.digits || k->used[i] || (t.s.n != 6 && t.s.n != 4) || !i || !word(k->t[i - 1], "T") || !k->used[i > 1 ? i - 2 : 0])
		return false;
	int v = t.s.n == 6 ? t.value : t.value * 100;
	k->hour = v / 10000;
	k->minute = v / 100 % 100;
	k->second = v % 100;
	use(k, i, 1);
	return k->has_time = k->hour < 25 && k->minute < 60 && k->second < 61;
}

static bool zone_at(struct scan *k, size_t i)
{
	const struct token t = k->t[i];
	if (t.digits && (t.before == '+' || t.before == '-') && !k->used[i] && k->has_time) {
		int h = t.s.n == 4 ? t.value / 100 : t.value, m = t.s.n == 4 ? t.value % 100 : 0;
		if (t.s.n <= 2 && i + 1 < k->n && k->t[i + 1].digits && k->t[i + 1].before == ':')
			m = k->t[i + 1].value;
		if (t.s.n == 3 || t.s.n > 4 || h > 14 || m > 59)
			return false;
		k->offset = (t.before == '-' ? -1 : 1) * (int64_t)(h * HOUR + m * 60);
		return k->zone = true;
	}
	for (size_t z = 0; z < COUNT(zones); z++)
		if (word(t, zones[z].name) && k->has_time && (t.s.n > 1 || i + 1 == k->n)) {
			k->offset = zones[z].hours * (int64_t)HOUR;
			k->zone = true;
			return false; /* GMT+7: a number may follow */
		}
	return false;
}

static void vietnamese_words(struct scan *k)
{
	static const char *const words[] = { "thứ", "Thứ", "ngày", "Ngày", "NGÀY", "giờ", "Chủ", "CN", "SA", "CH", "lúc", "Cập", "cập", "năm" };
	for (size_t i = 0; i < k->n; i++)
		k->vietnamese |= any_word(k->t[i], words, COUNT(words));
}

bool date_read(struct str s, enum date_order order, struct when *ret)
{
	struct scan k = { 0 };
	tokens(str_trim(s), &k);
	vietnamese_words(&k);
	for (size_t i = 0; i < k.n && !k.has_day; i++)
		if (!three_numbers(&k, i, k.vietnamese ? DATE_DAY_FIRST : order) && !vietnamese_month(&k, i))
			(void)named_month(&k, i);
	for (size_t i = 0; i < k.n && !k.has_day; i++)
		(void)bare_number(&k, i);
	if (!k.has_day)
		return false;
	for (size_t i = 0; i < k.n && !k.has_time; i++)
		if (!clock_at(&k, i))
			(void)packed_clock(&k, i);
	for (size_t i = 0; i < k.n; i++)
		if (zone_at(&k, i))
			break;
	if (k.after_noon && k.hour < 12)
		k.hour += 12;
	if (k.before_noon && k.hour == 12)
		k.hour = 0;
	int64_t local = day_from(k.d) * DAY + k.hour * HOUR + k.minute * 60 + k.second;
	*ret = (struct when){ k.zone ? local - k.offset : local, k.has_time, k.zone, k.vietnamese };
	return true;
}
