/*
 * svg_hours - how a story grew, hour by hour: bad news at the foot of each bar, the rest above it, and
 * numbered marks over the hours in which something happened.
 */
#include <math.h>

#include "base/time.h"
#include "make/number.h"
#include "make/svg_part.h"

enum { LABEL_HOURS = 8, MARK = 9, MARKS_MOST = 40 };

struct drawing {
	struct html *out;
	const struct chart_hours *c;
	const struct chart_words *w;
	struct frame f;
	struct scale s;
	int64_t first, hours; /* the first hour drawn, how many */
	double *mark_y;       /* of each event drawn so far; 0: outside the drawing */
};

static int64_t count_of(int64_t v)
{
	return v < 0 ? 0 : MIN(v, (int64_t)1000000000000000);
}

static int64_t total_of(const struct chart_hour *h)
{
	return count_of(h->bad) + count_of(h->other);
}

static double slot(const struct drawing *d)
{
	return (d->f.right - d->f.left) / (double)d->hours;
}

static double hour_x(const struct drawing *d, int64_t at)
{
	return d->f.left + (double)(hour_of(at) - d->first) * slot(d);
}

static void bar(struct drawing *d, double x, const char *look, const int64_t of[2])
{
	if (of[1] <= of[0])
		return;
	double y = scale_y(&d->s, (double)of[1]), h = scale_y(&d->s, (double)of[0]) - y, w = slot(d);
	text_fmt(&d->out->t, "<rect %s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", look, x + w * .1, y,
		 w * .8, MAX(h, .5));
}

static void bars(struct drawing *d)
{
	for (size_t i = 0; i < d->c->n; i++) {
		const struct chart_hour *h = &d->c->hours[i];
		double x = hour_x(d, h->at);
		bar(d, x, "class=\"c-bad\" fill=\"#C9651B\"", (const int64_t[]){ 0, count_of(h->bad) });
		bar(d, x, "class=\"c-other\" fill=\"#A9B4BF\"", (const int64_t[]){ count_of(h->bad), total_of(h) });
	}
}

/* 08:00 every eight hours or so, and the date with it where a day begins or the chart does. */
static void hour_labels(struct drawing *d)
{
	int64_t step = MAX(LABEL_HOURS, (d->hours / 7 + 3) / 4 * 4), shown_day = -1;
	for (int64_t h = d->first; h < d->first + d->hours; h += step) {
		struct arena *a = d->out->t.mem;
		int64_t day = day_of(h * HOUR);
		struct str clock = clock_vi(a, h * HOUR), date = day_month_vi(a, day);
		struct str label = day != shown_day ? str_fmt(a, "%.*s %.*s", FMT(clock), FMT(date)) : clock;
		svg_text(d->out,
			 (struct svg_label){ hour_x(d, h * HOUR), d->f.bottom + 18, "c-axis",
					     h == d->first ? "start" : "middle" },
			 label);
		shown_day = day;
	}
}

static int64_t height_at(const struct drawing *d, int64_t hour)
{
	int64_t n = 0;
	for (size_t i = 0; i < d->c->n; i++)
		if (hour_of(d->c->hours[i].at) == hour)
			n += total_of(&d->c->hours[i]);
	return n;
}

/* Over its own bar and over every earlier mark that it would cover; at the upper edge at the most. */
static double mark_place(const struct drawing *d, size_t i, int64_t hour)
{
	double y = scale_y(&d->s, (double)height_at(d, hour)) - MARK - 3;
	for (size_t pass = 0; pass < i; pass++)
		for (size_t k = 0; k < i; k++) {
			double aside = fabs((double)(hour_of(d->c->events[k].at) - hour)) * slot(d);
			if (d->mark_y[k] > 0 && aside < 2 * MARK && fabs(d->mark_y[k] - y) < 2 * MARK)
				y = d->mark_y[k] - 2 * MARK;
		}
	return MAX(MARK, y);
}

static void event_mark(struct drawing *d, size_t i)
{
	const struct chart_event *e = &d->c->events[i];
	int64_t hour = hour_of(e->at);
	if (hour < d->first || hour >= d->first + d->hours)
		return;
	double x = hour_x(d, e->at) + slot(d) / 2, y = d->mark_y[i] = mark_place(d, i, hour);
	text_fmt(&d->out->t,
		 "<g class=\"c-event\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"#0B5394\"/><text x=\"%.1f\" "
		 "y=\"%.1f\" "
		 "text-anchor=\"middle\" font-size=\"10\" font-weight=\"700\" fill=\"#FFFFFF\">%zu</text></g>",
		 x, y, MARK, x, y + 3.5, i + 1);
}

static struct str hours_desc(struct arena *a, const struct chart_hours *c, const struct chart_words *w)
{
	int64_t bad = 0, other = 0;
	const struct chart_hour *peak = NULL;
	for (size_t i = 0; i < c->n; i++) {
		bad += count_of(c->hours[i].bad);
		other += count_of(c->hours[i].other);
		if (!peak || total_of(&c->hours[i]) > total_of(peak))
			peak = &c->hours[i];
	}
	if (!peak)
		return str_z(w->empty);
	struct str b = number_vi(a, (double)bad, 0), o = number_vi(a, (double)other, 0), at = time_vi(a, peak->at);
	struct str p = number_vi(a, (double)total_of(peak), 0);
	return str_fmt(a, "%s: %.*s; %s: %.*s. %s %.*s %s (%.*s). %zu %s.", w->bad, FMT(b), w->other, FMT(o), w->peak,
		       FMT(p), w->per_hour, FMT(at), c->nevents, w->events);
}

static struct drawing hours_drawing(struct html *out, const struct chart_hours *c)
{
	struct drawing d = { .out = out, .c = c, .w = c->words ? c->words : &chart_words_vi, .hours = 1 };
	int w = c->width > 120 ? c->width : 720, h = c->height > 80 ? c->height : 190;
	d.f = (struct frame){ .left = 58, .right = w - 8, .top = 34, .bottom = h - 28, .width = w, .height = h };
	double most = 4;
	for (size_t i = 0; i < c->n; i++)
		most = MAX(most, (double)total_of(&c->hours[i]));
	d.s = scale_for(0, most, &d.f);
	if (c->n) {
		d.first = hour_of(c->hours[0].at);
		d.hours = MAX(1, hour_of(c->hours[c->n - 1].at) - d.first + 1);
	}
	return d;
}

void svg_hours(struct html *out, const struct chart_hours *c)
{
	struct drawing d = hours_drawing(out, c);
	svg_open(out, &d.f, c->id, "c-hours");
	svg_describe(out, c->id, c->title, hours_desc(out->t.mem, c, d.w));
	svg_grid(out, &d.f, &d.s);
	svg_text(out, (struct svg_label){ 4, 14, "c-axis", "start" }, str_z(d.w->per_hour));
	if (c->n) {
		bars(&d);
		hour_labels(&d);
		size_t marks = MIN(c->nevents, (size_t)MARKS_MOST);
		d.mark_y = NEW_ARRAY(out->t.mem, double, marks);
		for (size_t i = 0; i < marks; i++)
			event_mark(&d, i);
	} else {
		svg_text(out, (struct svg_label){ d.f.width / 2.0, d.f.height / 2.0, "c-note", "middle" },
			 str_z(d.w->empty));
	}
	text_z(&out->t, "</svg>");
}

void svg_hours_table(struct html *out, const struct chart_hours *c)
{
	const struct chart_words *w = c->words ? c->words : &chart_words_vi;
	text_z(&out->t, "<table class=\"chart-table\"><caption>");
	put_str(out, c->title);
	text_fmt(&out->t,
		 "</caption><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th "
		 "scope=\"col\">%s</th></tr></thead><tbody>",
		 w->hour, w->bad, w->other);
	for (size_t i = 0; i < c->n; i++) {
		text_z(&out->t, "<tr><th scope=\"row\">");
		put_str(out, time_vi(out->t.mem, c->hours[i].at));
		text_fmt(&out->t, "</th><td>%lld</td><td>%lld</td></tr>", (long long)count_of(c->hours[i].bad),
			(long long)count_of(c->hours[i].other));
	}
	text_z(&out->t, "</tbody></table>");
}

void svg_hours_events(struct html *out, const struct chart_hours *c)
{
	if (!c->nevents)
		return;
	text_z(&out->t, "<ol class=\"chart-events\">");
	for (size_t i = 0; i < c->nevents; i++) {
		struct str iso = time_iso_vn(out->t.mem, c->events[i].at), at = clock_vi(out->t.mem, c->events[i].at);
		struct str day = day_month_vi(out->t.mem, day_of(c->events[i].at));
		text_fmt(&out->t, "<li><time datetime=\"%.*s\">%.*s %.*s</time> ", FMT(iso), FMT(at), FMT(day));
		put_str(out, c->events[i].text);
		text_z(&out->t, "</li>");
	}
	text_z(&out->t, "</ol>");
}
