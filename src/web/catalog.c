/*
 * catalog - finds texts by halving the sorted tables; writes numbers and dates as a Vietnamese, or an English,
 * reader expects them. What no catalogue holds is shown by its key, so that a gap is seen, not hidden.
 */
#include "web/catalog.h"
#include "web/catalog_data.h"

#include "base/time.h"

#include <math.h>

static const char *find(const struct catalog_row *rows, size_t n, const char *key)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(rows[mid].key, key);
		if (!c)
			return rows[mid].text;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static const char *look_up(const char *lang, const char *key)
{
	return lang && !strcmp(lang, "en") ? find(catalog_en, catalog_en_n, key) : find(catalog_vi, catalog_vi_n, key);
}

const char *say_in(const char *lang, const char *key)
{
	const char *text = look_up(lang, key);
	return text ? text : key;
}

bool say_known(const char *lang, const char *key)
{
	return key && look_up(lang, key) != NULL;
}

const char *say(const struct cx *cx, const char *key)
{
	return say_in(cx->lang, key);
}

struct str say_with(struct cx *cx, const char *key, const struct str *args, size_t n)
{
	struct text t = text_new(cx->mem);
	for (const char *p = say(cx, key); *p; p++) {
		size_t which = p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}' ? (size_t)(p[1] - '0') : 0;
		if (which && which <= n) {
			text_add(&t, args[which - 1]);
			p += 2;
		} else {
			text_c(&t, *p);
		}
	}
	return text_str(&t);
}

/* ---- numbers ------------------------------------------------------------------------------------- */

static bool english(const struct cx *cx)
{
	return cx->lang && !strcmp(cx->lang, "en");
}

/* Digits with a mark between thousands; the minus is U+2212, which is as wide as a digit. */
static void add_digits(struct text *t, struct str digits, char mark)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (i && (digits.n - i) % 3 == 0)
			text_c(t, mark);
		text_c(t, digits.p[i]);
	}
}

static struct str written(struct cx *cx, struct str plain)
{
	struct text t = text_new(cx->mem);
	ptrdiff_t dot = str_chr(plain, '.');
	if (plain.n && plain.p[0] == '-')
		text_z(&t, "−");
	size_t from = plain.n && plain.p[0] == '-';
	add_digits(&t, str_sub(plain, from, dot < 0 ? plain.n : (size_t)dot), english(cx) ? ',' : '.');
	if (dot >= 0) {
		text_c(&t, english(cx) ? '.' : ',');
		text_add(&t, str_sub(plain, (size_t)dot + 1, plain.n));
	}
	return text_str(&t);
}

struct str num(struct cx *cx, int64_t n)
{
	return written(cx, str_fmt(cx->mem, "%lld", (long long)n));
}

struct str num_real(struct cx *cx, double x, int places)
{
	double unit = pow(10, -places);
	if (!isfinite(x))
		return S("–");
	if (fabs(x) < unit / 2)
		x = 0; /* never "−0,00" */
	return written(cx, str_fmt(cx->mem, "%.*f", places, x));
}

struct str num_percent(struct cx *cx, double share)
{
	struct str s = num_real(cx, share * 100, 0);
	return isfinite(share) ? str_fmt(cx->mem, "%.*s%%", FMT(s)) : s;
}

struct str num_signed(struct cx *cx, double x, int places)
{
	struct str s = num_real(cx, x, places);
	return x > pow(10, -places) / 2 ? str_fmt(cx->mem, "+%.*s", FMT(s)) : s;
}

struct str num_bytes(struct cx *cx, int64_t n)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double x = (double)n;
	size_t u = 0;
	for (; x >= 1000 && u + 1 < COUNT(units); u++)
		x /= 1000;
	struct str s = num_real(cx, x, u && x < 10 ? 1 : 0);
	return str_fmt(cx->mem, "%.*s %s", FMT(s), units[u]);
}

/* ---- days and hours ------------------------------------------------------------------------------ */

struct str say_day(struct cx *cx, int64_t day)
{
	return day_vi(cx->mem, day);
}

struct str say_weekday(struct cx *cx, int64_t day)
{
	static const char *const keys[] = { "web.weekday.0", "web.weekday.1", "web.weekday.2", "web.weekday.3", "web.weekday.4",
		"web.weekday.5", "web.weekday.6" };
	struct str s = day_vi(cx->mem, day);
	return str_fmt(cx->mem, "%s, %.*s", say(cx, keys[weekday_of(day)]), FMT(s));
}

struct str say_time(struct cx *cx, int64_t at)
{
	struct date then = date_of(day_of(at)), now = date_of(day_of(cx->now));
	struct str clock = clock_vi(cx->mem, at);
	if (day_of(at) == day_of(cx->now))
		return clock;
	if (then.year == now.year)
		return str_fmt(cx->mem, "%.*s %02d/%02d", FMT(clock), then.day, then.month);
	return time_vi(cx->mem, at);
}

struct str say_ago(struct cx *cx, int64_t at)
{
	int64_t gone = cx->now - at;
	if (gone < 0 || gone >= DAY)
		return say_time(cx, at);
	if (gone < 60)
		return str_z(say(cx, "web.ago.now"));
	if (gone < HOUR)
		return SAY(cx, "web.ago.minutes", num(cx, gone / 60));
	return SAY(cx, "web.ago.hours", num(cx, gone / HOUR));
}
