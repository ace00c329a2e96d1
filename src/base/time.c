/*
 * time - the arithmetic of days. Days from civil dates by the era method (H. Hinnant, "chrono-compatible
 * low-level date algorithms", 2013).
 */
#include "base/time.h"

#include <time.h>

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t day_of(int64_t at)
{
	return floor_div(at + VIETNAM, DAY);
}

int64_t day_start(int64_t day)
{
	return day * DAY - VIETNAM;
}

int64_t hour_of(int64_t at)
{
	return floor_div(at, HOUR);
}

int64_t day_from(struct date d)
{
	BUG_IF(d.month < 1 || d.month > 12);
	int64_t y = d.year - (d.month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

struct date date_of(int64_t day)
{
	int64_t z = day + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);
	return (struct date){ (int)(yoe + era * 400) + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5) + 1 };
}

bool date_valid(struct date d)
{
	if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
		return false;
	struct date back = date_of(day_from(d));
	return back.month == d.month && back.day == d.day;
}

int weekday_of(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

static struct str clock_fmt(struct arena *a, int64_t at, int64_t offset, const char *tail)
{
	int64_t day = floor_div(at + offset, DAY), sec = at + offset - day * DAY;
	struct date d = date_of(day);
	return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d%s", d.year, d.month, d.day, (int)(sec / HOUR), (int)(sec / 60 % 60),
	               (int)(sec % 60), tail);
}

struct str time_iso(struct arena *a, int64_t at)
{
	return clock_fmt(a, at, 0, "Z");
}

struct str time_iso_vn(struct arena *a, int64_t at)
{
	return clock_fmt(a, at, VIETNAM, "+07:00");
}

struct str day_iso(struct arena *a, int64_t day)
{
	struct date d = date_of(day);
	return str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str day_vi(struct arena *a, int64_t day)
{
	struct date d = date_of(day);
	return str_fmt(a, "%02d/%02d/%04d", d.day, d.month, d.year);
}

struct str clock_vi(struct arena *a, int64_t at)
{
	int64_t sec = at - day_start(day_of(at));
	return str_fmt(a, "%02d:%02d", (int)(sec / HOUR), (int)(sec / 60 % 60));
}

struct str time_vi(struct arena *a, int64_t at)
{
	return str_fmt(a, "%.*s %.*s", FMT(clock_vi(a, at)), FMT(day_vi(a, day_of(at))));
}

/* Takes exactly `digits` digits off the front. */
static bool number(struct str *s, int digits, int *ret)
{
	int v = 0;
	if (s->n < (size_t)digits)
		return false;
	for (int i = 0; i < digits; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		v = v * 10 + s->p[i] - '0';
	}
	*s = str_sub(*s, (size_t)digits, s->n);
	*ret = v;
	return true;
}

static bool letter(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool iso_date(struct str *s, struct date *d)
{
	return number(s, 4, &d->year) && letter(s, '-') && number(s, 2, &d->month) && letter(s, '-') && number(s, 2, &d->day) &&
	       date_valid(*d);
}

static bool iso_offset(struct str *s, int64_t *ret)
{
	int h = 0, m = 0;
	*ret = VIETNAM;
	if (!s->n)
		return true;
	if (letter(s, 'Z') || letter(s, 'z')) {
		*ret = 0;
		return !s->n;
	}
	int sign = letter(s, '+') ? 1 : letter(s, '-') ? -1 : 0;
	if (!sign || !number(s, 2, &h))
		return false;
	letter(s, ':');
	if (s->n && !number(s, 2, &m))
		return false;
	*ret = sign * (h * HOUR + m * 60);
	return !s->n && h < 24 && m < 60;
}

static void skip_fraction(struct str *s)
{
	int digit;
	if (!letter(s, '.') && !letter(s, ','))
		return;
	while (number(s, 1, &digit))
		;
}

bool time_parse_iso(struct str s, int64_t *ret)
{
	struct date d;
	int h = 0, m = 0, sec = 0;
	int64_t offset;
	s = str_trim(s);
	if (!iso_date(&s, &d))
		return false;
	if (s.n) {
		if (!letter(&s, 'T') && !letter(&s, 't') && !letter(&s, ' '))
			return false;
		if (!number(&s, 2, &h) || !letter(&s, ':') || !number(&s, 2, &m))
			return false;
		if (letter(&s, ':') && !number(&s, 2, &sec))
			return false;
		skip_fraction(&s);
		letter(&s, ' ');
	}
	if (!iso_offset(&s, &offset) || h > 24 || m > 59 || sec > 60)
		return false;
	*ret = day_from(d) * DAY + h * HOUR + m * 60 + sec - offset;
	return true;
}

bool day_parse(struct str s, int64_t *ret_day)
{
	struct date d;
	struct str iso = s;
	if (iso_date(&iso, &d) && !iso.n) {
		*ret_day = day_from(d);
		return true;
	}
	if (!number(&s, 2, &d.day) || !letter(&s, '/') || !number(&s, 2, &d.month) || !letter(&s, '/') || !number(&s, 4, &d.year))
		return false;
	if (s.n || !date_valid(d))
		return false;
	*ret_day = day_from(d);
	return true;
}

int64_t clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
