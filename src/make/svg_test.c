/*
 * Charts: whole SVG whatever the numbers are, words beside colours.
 */
#include "make/svg.h"

#include <libxml/parser.h>
#include <math.h>

#include "base/test.h"
#include "base/time.h"
#include "make/number.h"

static bool has(struct str s, const char *what)
{
	return str_find(s, str_z(what)) >= 0;
}

static size_t times(struct str s, const char *what)
{
	size_t n = 0;
	for (ptrdiff_t at; (at = str_find(s, str_z(what))) >= 0; n++)
		s = str_sub(s, (size_t)at + strlen(what), s.n);
	return n;
}

/* Well-formed, nothing that is not a number in a coordinate, nothing a strict policy refuses. */
static struct str sound(struct html *h)
{
	struct str s = html_str(h);
	xmlDocPtr doc =
	    xmlReadMemory(s.p, (int)s.n, "chart", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	CHECK(doc);
	xmlFreeDoc(doc);
	CHECK(!has(s, "nan") && !has(s, "inf") && !has(s, "style=") && !has(s, "<script") && !has(s, "-nan"));
	return s;
}

static struct chart_day day_with(int64_t day, double value, double middle)
{
	return (struct chart_day){ day, value, middle, middle - 20, middle + 20, middle - 40, middle + 40 };
}

static int64_t day_0(void)
{
	return day_from((struct date){ 2026, 11, 1 });
}

TEST(numbers_are_written_as_in_viet_nam)
{
	struct arena *a = test_mem();
	CHECK_STR(number_vi(a, 1240, 0), "1.240");
	CHECK_STR(number_vi(a, -0.14, 2), "−0,14");
	CHECK_STR(number_vi(a, -0.001, 2), "0,00");
	CHECK_STR(number_vi(a, 1234567.5, 1), "1.234.567,5");
	CHECK_STR(number_vi(a, NAN, 1), "–");
	CHECK_STR(number_short(a, 1200000), "1,2 triệu");
	CHECK_STR(number_short(a, 3e9), "3 tỷ");
	CHECK_STR(number_short(a, 0.5), "0,5");
	CHECK_STR(number_short(a, 12000), "12.000");
	CHECK_STR(day_month_vi(a, day_0()), "01/11");
}

TEST(a_line_shows_bands_forecast_today_and_the_day_outside)
{
	struct chart_day d[14];
	for (int i = 0; i < 14; i++)
		d[i] = day_with(day_0() + i, i < 10 ? 100 + i : NAN, 100);
	d[9].value = 186;
	struct chart_line c = {
		.id = "vol", .title = S("Lượng tin <mới>"), .unit = S("tin"), .days = d, .n = 14, .today = day_0() + 9
	};
	struct html h = html_new(test_mem());
	svg_line(&h, &c);
	struct str s = sound(&h);
	CHECK(has(s, "role=\"img\"") && has(s, "aria-labelledby=\"vol-t vol-d\"") && has(s, "Lượng tin &lt;mới&gt;"));
	CHECK(has(s, "c-band80") && has(s, "c-band95") && has(s, "stroke-dasharray=\"5 4\"") && has(s, "Hôm nay: 186"));
	CHECK_INT(times(s, "c-out"), 1);
	CHECK(has(s, "Cao nhất 186 tin (10/11/2026)") && has(s, ">01/11<"));
	struct html t = html_new(test_mem());
	svg_line_table(&t, &c);
	CHECK_INT(times(sound(&t), "<th scope=\"row\">"), 14);
	CHECK(has(html_str(&t), "<td>60 – 140</td>"));
}

TEST(a_line_bears_no_days_one_day_zeros_gaps_and_huge_figures)
{
	struct chart_line c = { .id = "e", .title = S("t") };
	struct html h = html_new(test_mem());
	svg_line(&h, &c);
	CHECK(has(sound(&h), "Chưa có số liệu"));
	struct chart_day d[5];
	for (int i = 0; i < 5; i++)
		d[i] = (struct chart_day){ day_0() + i, 0, NAN, NAN, NAN, NAN, NAN };
	c.days = d;
	for (c.n = 1; c.n <= 5; c.n++) {
		h = html_new(test_mem());
		svg_line(&h, &c);
		sound(&h);
	}
	c.n = 5;
	d[0].value = 1e300, d[1].value = -1e300, d[2].value = INFINITY, d[3].value = NAN, d[4].value = 3;
	h = html_new(test_mem());
	svg_line(&h, &c);
	CHECK_INT(times(sound(&h), "h0"), 1);
}

TEST(a_gap_in_the_days_lifts_the_pen)
{
	struct chart_day d[5];
	for (int i = 0; i < 5; i++)
		d[i] = (struct chart_day){ day_0() + i, i == 2 ? NAN : 5, NAN, NAN, NAN, NAN, NAN };
	struct chart_line c = { .id = "g", .title = S("t"), .days = d, .n = 5 };
	struct html h = html_new(test_mem());
	svg_line(&h, &c);
	struct str s = sound(&h), line = str_sub(s, (size_t)str_find(s, S("\"c-line\"")), s.n);
	CHECK_INT(times(line, "M"), 2);
}

TEST(hours_stack_bad_under_other_and_number_their_events)
{
	struct chart_hour hours[] = { { day_start(day_0()), 1, 2 }, { day_start(day_0()) + HOUR, 0, 0 },
		{ day_start(day_0()) + 2 * HOUR, 6, 5 } };
	struct chart_event events[] = { { day_start(day_0()) + 600, S("Bài đầu tiên") },
					{ day_start(day_0()) + 900, S("Dẫn lại & nối") },
					{ day_start(day_0()) - DAY, S("ngoài hình") } };
	struct chart_hours c = {
		.id = "h", .title = S("Diễn biến"), .hours = hours, .n = 3, .events = events, .nevents = 3
	};
	struct html h = html_new(test_mem());
	svg_hours(&h, &c);
	struct str s = sound(&h);
	CHECK_INT(times(s, "<rect class=\"c-bad\""), 2);
	CHECK_INT(times(s, "<rect class=\"c-other\""), 2);
	CHECK_INT(times(s, "c-event"), 2);
	CHECK(has(s, "00:00 01/11") && has(s, "Tiêu cực: 7; Khác: 7. Cao nhất 11 tin/giờ (02:00 01/11/2026)"));
	struct html t = html_new(test_mem());
	svg_hours_table(&t, &c);
	CHECK(has(sound(&t), "<td>6</td><td>5</td>"));
	t = html_new(test_mem());
	svg_hours_events(&t, &c);
	CHECK(has(sound(&t), "00:10 01/11</time> Bài đầu tiên") && has(html_str(&t), "Dẫn lại &amp; nối"));
}

TEST(hours_bear_nothing_zeros_negatives_and_huge_counts)
{
	struct chart_hours c = { .id = "h", .title = S("t"), .words = &chart_words_en };
	struct html h = html_new(test_mem());
	svg_hours(&h, &c);
	CHECK(has(sound(&h), "No figures yet"));
	struct chart_hour hours[] = { { 0, 0, 0 }, { HOUR, -4, INT64_MAX }, { 2 * HOUR, INT64_MAX, INT64_MAX } };
	c.hours = hours;
	c.n = 3;
	h = html_new(test_mem());
	svg_hours(&h, &c);
	sound(&h);
}

TEST(a_sparkline_bears_anything)
{
	const double some[] = { 1, 2, NAN, 8 }, none[] = { NAN, INFINITY }, zeros[] = { 0, 0 };
	struct html h = html_new(test_mem());
	svg_spark(&h, some, 4, S("10 ngày"), true);
	CHECK(has(sound(&h), "spark-bad") && has(html_str(&h), "aria-label=\"10 ngày\""));
	struct { const double *v; size_t n; } rows[] = { { some, 1 }, { some, 0 }, { none, 2 }, { zeros, 2 } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		h = html_new(test_mem());
		svg_spark(&h, rows[i].v, rows[i].n, S("x"), false);
		sound(&h);
	}
}

TEST(tones_add_up_to_a_hundred_and_the_smallest_is_seen)
{
	int p[3];
	tone_percent((struct tone_counts){ 1, 1, 1 }, p);
	CHECK_INT(p[0] + p[1] + p[2], 100);
	tone_percent((struct tone_counts){ 0, -3, 0 }, p);
	CHECK_INT(p[0] + p[1] + p[2], 0);
	tone_percent((struct tone_counts){ 62, 29, 9 }, p);
	CHECK(p[0] == 62 && p[1] == 29 && p[2] == 9);
	struct html h = html_new(test_mem());
	svg_tone(&h, (struct tone_counts){ 1, 100000, 0 }, S("Bồi thường"), NULL);
	struct str s = sound(&h);
	CHECK(has(s, "Bồi thường: Tiêu cực 0%, Trung lập 100%, Tích cực 0%"));
	CHECK_INT(times(s, "<rect"), 2);
	h = html_new(test_mem());
	svg_tone(&h, (struct tone_counts){ 0, 0, 0 }, S(""), NULL);
	CHECK_INT(times(sound(&h), "<rect"), 0);
}
