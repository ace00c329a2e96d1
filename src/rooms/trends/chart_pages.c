/*
 * chart_pages - counts a day against what was forecast for them, as the drawing and the table behind it. The past
 * shows the forecast that was made the day before, as it was; days ahead show the fortnight made today.
 */
#include "rooms/trends/alarm.h"
#include "rooms/trends/outlook.h"
#include "make/svg.h"
#include "web/catalog.h"

#include <math.h>

struct alarm_days { int64_t first; const struct counts *c; size_t n; };
void part_outlook_chart(struct html *out, struct cx *cx, const char *id, const struct outlook *o);
void part_alarm_chart(struct html *out, struct cx *cx, const struct alarm *a, const struct outlook *o, const struct alarm_days *d);

static void legend(struct html *out, struct cx *cx)
{
	static const char *const kinds[][2] = { { "now", "trends.chart.actual" }, { "forecast", "trends.chart.middle" },
		{ "band", "trends.chart.band" }, { "alarm", "trends.chart.outside" } };
	put_raw(out, "<p class=\"legend\">", 18);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		text_fmt(&out->t, "<span><i class=\"%s\"></i>", kinds[i][0]);
		put_z(out, say(cx, kinds[i][1]));
		text_z(&out->t, "</span>");
	}
	text_z(&out->t, "</p>");
}

/* `upright`: what the dashed line stands for when it is not today. */
static void draw(struct html *out, struct cx *cx, const struct chart_line *line, const char *upright)
{
	struct chart_line c = *line;
	struct chart_words words = !strcmp(cx->lang, "en") ? chart_words_en : chart_words_vi;
	if (upright)
		words.today = upright;
	c.words = &words;
	c.unit = str_z(say(cx, "trends.chart.unit"));
	legend(out, cx);
	text_z(&out->t, "<figure class=\"chart\">");
	svg_line(out, &c);
	text_z(&out->t, "</figure><details class=\"table\"><summary>");
	put_z(out, say(cx, "trends.chart.table"));
	text_z(&out->t, "</summary><div class=\"wide-table\" tabindex=\"0\" role=\"group\" aria-label=\"");
	put_str(out, c.title);
	text_z(&out->t, "\">");
	svg_line_table(out, &c);
	text_z(&out->t, "</div></details>");
}

static struct chart_day past_day(const struct outlook *o, int64_t day, double value)
{
	struct chart_day d = { day, value, NAN, NAN, NAN, NAN, NAN };
	size_t i = (size_t)(day - o->first);
	if (day >= o->first && day < o->today && o->was_mean)
		d = (struct chart_day){ day, value, o->was_mean[i], o->was_lo80[i], o->was_hi80[i], o->was_lo95[i], o->was_hi95[i] };
	return d;
}

void part_outlook_chart(struct html *out, struct cx *cx, const char *id, const struct outlook *o)
{
	size_t back = (size_t)(o->today - o->first), ahead = o->enough ? o->ahead.steps : 0;
	struct chart_day *days = NEW_ARRAY(cx->mem, struct chart_day, back + ahead + 1);
	for (size_t i = 0; i < back; i++)
		days[i] = past_day(o, o->first + (int64_t)i, (double)o->past[i].n);
	for (size_t i = 0; i < ahead; i++)
		days[back + i] = (struct chart_day){ o->today + (int64_t)i, NAN, o->ahead.mean[i], o->ahead.lo80[i], o->ahead.hi80[i],
			o->ahead.lo95[i], o->ahead.hi95[i] };
	draw(out, cx, &(struct chart_line){ .id = id, .title = str_z(say(cx, "trends.chart.title")), .days = days, .n = back + ahead,
		.today = o->today }, NULL);
}

void part_alarm_chart(struct html *out, struct cx *cx, const struct alarm *a, const struct outlook *o, const struct alarm_days *d)
{
	struct chart_day *days = NEW_ARRAY(cx->mem, struct chart_day, d->n + 1);
	bool bad = str_eq(a->measure, S("bad"));
	for (size_t i = 0; i < d->n; i++) {
		int64_t day = d->first + (int64_t)i;
		double value = (double)(bad ? d->c[i].bad : d->c[i].n);
		/* Forecasts are kept of all articles, not of those in a bad tone. */
		days[i] = bad ? (struct chart_day){ day, value, NAN, NAN, NAN, NAN, NAN } : past_day(o, day, value);
		if (day == a->bucket)
			days[i].middle = a->expected;
	}
	draw(out, cx, &(struct chart_line){ .id = "alarm-chart", .title = str_z(say(cx, bad ? "trends.chart.bad" : "trends.chart.title")),
		.days = days, .n = d->n, .today = a->bucket }, say(cx, "trends.chart.alarm_day"));
}
