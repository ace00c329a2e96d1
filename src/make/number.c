/*
 * number - see the header. Works on the digits printf gives and moves no locale: the point of the C
 * locale becomes a comma, and every three digits get a point.
 */
#include "make/number.h"

#include <math.h>

#include "base/time.h"

enum { MOST_DECIMALS = 6 };

struct str number_vi(struct arena *a, double v, int decimals)
{
	if (!isfinite(v))
		return S("–");
	char digits[400];
	decimals = MAX(0, MIN(decimals, MOST_DECIMALS));
	int n = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(v));
	int whole = decimals ? n - decimals - 1 : n;
	struct text t = text_new(a);
	if (v < 0 && strspn(digits, "0.") != (size_t)n)
		text_z(&t, "−");
	for (int i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0)
			text_c(&t, '.');
		text_c(&t, digits[i]);
	}
	if (decimals) {
		text_c(&t, ',');
		text_add(&t, (struct str){ digits + whole + 1, (size_t)decimals });
	}
	return text_str(&t);
}

/* One decimal, and none when it would be ",0". */
static struct str tidy(struct arena *a, double v)
{
	bool round = fabs(v - nearbyint(v)) < 0.05;
	return number_vi(a, round ? nearbyint(v) : v, round ? 0 : 1);
}

struct str number_short(struct arena *a, double v)
{
	if (!isfinite(v) || fabs(v) < 1e6)
		return fabs(v) < 10 ? tidy(a, v) : number_vi(a, v, 0);
	bool billion = fabs(v) >= 1e9;
	struct str n = tidy(a, v / (billion ? 1e9 : 1e6));
	return str_fmt(a, "%.*s %s", FMT(n), billion ? "tỷ" : "triệu");
}

struct str day_month_vi(struct arena *a, int64_t day)
{
	struct date d = date_of(day);
	return str_fmt(a, "%02d/%02d", d.day, d.month);
}
