/*
 * svg_line - counts a day against what was forecast for them: the band of 95 % under the band of 80 %,
 * the middle dashed, what came drawn over it, a mark on each day outside the 95 % band.
 */
#include <math.h>

#include "base/time.h"
#include "make/number.h"
#include "make/svg_part.h"

enum { LABELS_MOST = 11 };

struct drawing {
	struct html *out;
	const struct chart_line *c;
	const struct chart_words *w;
	struct frame f;
	struct scale s;
	int64_t first, last;
};

static double field(const struct chart_day *d, size_t offset)
{
	double v;
	memcpy(&v, (const char *)d + offset, sizeof v);
	return chart_clamp(v);
}

#define VALUE offsetof(struct chart_day, value)
#define MIDDLE offsetof(struct chart_day, middle)

bool chart_day_outside(const struct chart_day *d)
{
	return isfinite(d->value) &&
	       ((isfinite(d->lo95) && d->value < d->lo95) || (isfinite(d->hi95) && d->value > d->hi95));
}

static double day_x(const struct drawing *d, int64_t day)
{
	if (d->last == d->first)
		return (d->f.left + d->f.right) / 2;
	return d->f.left + (double)(day - d->first) / (double)(d->last - d->first) * (d->f.right - d->f.left);
}

static void extent(const struct chart_line *c, double *lo, double *hi)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = VALUE; k <= offsetof(struct chart_day, hi95); k += sizeof(double)) {
			double v = field(&c->days[i], k);
			*lo = v < *lo ? v : *lo;
			*hi = v > *hi ? v : *hi;
		}
}

/* Points joined where days follow one another; a gap lifts the pen, a lone point becomes a dot. */
static void pen(struct drawing *d, size_t of, const char *class, const char *look)
{
	text_fmt(&d->out->t,
		 "<path class=\"%s\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" %s d=\"", class,
		 look);
	bool down = false;
	for (size_t i = 0; i < d->c->n; i++) {
		double v = field(&d->c->days[i], of);
		if (isnan(v)) {
			down = false;
			continue;
		}
		text_fmt(&d->out->t, "%s%.1f %.1f", down ? "L" : "M", day_x(d, d->c->days[i].day), scale_y(&d->s, v));
		bool alone = !down && (i + 1 == d->c->n || isnan(field(&d->c->days[i + 1], of)));
		if (alone)
			text_z(&d->out->t, "h0");
		down = true;
	}
	text_z(&d->out->t, "\"/>");
}

static void band_piece(struct drawing *d, size_t from, size_t to, const size_t of[2])
{
	for (size_t i = from; i < to; i++)
		text_fmt(&d->out->t, "%s%.1f %.1f", i == from ? "M" : "L", day_x(d, d->c->days[i].day),
			scale_y(&d->s, field(&d->c->days[i], of[1])));
	for (size_t i = to; i-- > from;)
		text_fmt(&d->out->t, "L%.1f %.1f", day_x(d, d->c->days[i].day),
			 scale_y(&d->s, field(&d->c->days[i], of[0])));
	text_c(&d->out->t, 'Z');
}

static void band(struct drawing *d, size_t lo, size_t hi, const char *class)
{
	const size_t of[2] = { lo, hi };
	text_fmt(&d->out->t, "<path class=\"%s\" fill=\"#0B5394\" fill-opacity=\".11\" stroke=\"none\" d=\"", class);
	for (size_t i = 0; i < d->c->n;) {
		size_t end = i;
		while (end < d->c->n && !isnan(field(&d->c->days[end], lo)) && !isnan(field(&d->c->days[end], hi)))
			end++;
		if (end > i)
			band_piece(d, i, end, of);
		i = end + 1;
	}
	text_z(&d->out->t, "\"/>");
}

static void day_labels(struct drawing *d)
{
	int64_t days = d->last - d->first + 1, step = (days + LABELS_MOST - 1) / LABELS_MOST;
	for (int64_t day = d->first; day <= d->last; day += step)
		svg_text(d->out, (struct svg_label){ day_x(d, day), d->f.bottom + 18, "c-axis", "middle" },
			day_month_vi(d->out->t.mem, day));
}

static void today_line(struct drawing *d)
{
	if (!d->c->today || d->c->today < d->first || d->c->today > d->last)
		return;
	double x = day_x(d, d->c->today);
	text_fmt(&d->out->t, "<line class=\"c-today\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#4A5560\" "
		"stroke-dasharray=\"3 3\"/>", x, d->f.top - 14, x, d->f.bottom);
	struct str label = str_z(d->w->today);
	for (size_t i = 0; i < d->c->n; i++)
		if (d->c->days[i].day == d->c->today && isfinite(d->c->days[i].value)) {
			struct str n = number_short(d->out->t.mem, d->c->days[i].value);
			label = str_fmt(d->out->t.mem, "%s: %.*s", d->w->today, FMT(n));
		}
	bool left = x > (d->f.left + d->f.right) / 2;
	svg_text(d->out, (struct svg_label){ left ? x - 6 : x + 6, d->f.top - 6, "c-note", left ? "end" : "start" }, label);
}

static void outside_marks(struct drawing *d)
{
	for (size_t i = 0; i < d->c->n; i++)
		if (chart_day_outside(&d->c->days[i]))
			text_fmt(&d->out->t,
				 "<circle class=\"c-out\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#B3201B\" "
				 "stroke=\"#FFFFFF\" "
				 "stroke-width=\"1.5\"/>",
				 day_x(d, d->c->days[i].day), scale_y(&d->s, field(&d->c->days[i], VALUE)));
}

/* "30 điểm số liệu, 25/10/2026 – 30/11/2026. Cao nhất 186 tin (23/11/2026). Vượt dải 95%: 1." */
static struct str line_desc(struct arena *a, const struct chart_line *c, const struct chart_words *w)
{
	const struct chart_day *peak = NULL;
	size_t outside = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (isfinite(c->days[i].value) && (!peak || c->days[i].value > peak->value))
			peak = &c->days[i];
		outside += chart_day_outside(&c->days[i]);
	}
	if (!c->n)
		return str_z(w->empty);
	struct text t = text_new(a);
	struct str from = day_vi(a, c->days[0].day), to = day_vi(a, c->days[c->n - 1].day);
	text_fmt(&t, "%zu %s, %.*s – %.*s.", c->n, w->points, FMT(from), FMT(to));
	if (peak) {
		struct str n = number_vi(a, peak->value, 0), on = day_vi(a, peak->day);
		text_fmt(&t, " %s %.*s %.*s (%.*s).", w->peak, FMT(n), FMT(c->unit), FMT(on));
	}
	text_fmt(&t, " %s: %zu.", w->outside, outside);
	return text_str(&t);
}

static struct frame line_frame(const struct chart_line *c)
{
	int w = c->width > 120 ? c->width : 720, h = c->height > 80 ? c->height : 226;
	return (struct frame){ .left = 58, .right = w - 22, .top = 24, .bottom = h - 28, .width = w, .height = h };
}

void svg_line(struct html *out, const struct chart_line *c)
{
	struct drawing d = { .out = out, .c = c, .w = c->words ? c->words : &chart_words_vi, .f = line_frame(c) };
	double lo = 0, hi = 0;
	extent(c, &lo, &hi);
	d.s = scale_for(lo, hi, &d.f);
	svg_open(out, &d.f, c->id, "c-days");
	svg_describe(out, c->id, c->title, line_desc(out->t.mem, c, d.w));
	svg_grid(out, &d.f, &d.s);
	if (c->n) {
		d.first = c->days[0].day;
		d.last = MAX(c->days[c->n - 1].day, d.first);
		band(&d, offsetof(struct chart_day, lo95), offsetof(struct chart_day, hi95), "c-band95");
		band(&d, offsetof(struct chart_day, lo80), offsetof(struct chart_day, hi80), "c-band80");
		day_labels(&d);
		today_line(&d);
		pen(&d, MIDDLE, "c-forecast", "stroke=\"#7F98B0\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"");
		pen(&d, VALUE, "c-line", "stroke=\"#0B5394\" stroke-width=\"2.2\"");
		outside_marks(&d);
	} else {
		svg_text(out, (struct svg_label){ d.f.width / 2.0, d.f.height / 2.0, "c-note", "middle" },
			 str_z(d.w->empty));
	}
	text_z(&out->t, "</svg>");
}

static void band_cell(struct html *out, double lo, double hi)
{
	text_z(&out->t, "<td>");
	if (isfinite(lo) && isfinite(hi)) {
		put_str(out, number_vi(out->t.mem, lo, 0));
		text_z(&out->t, " – ");
		put_str(out, number_vi(out->t.mem, hi, 0));
	} else {
		text_z(&out->t, "–");
	}
	text_z(&out->t, "</td>");
}

static void head_cells(struct html *out, const char *const *names, size_t n)
{
	text_z(&out->t, "<thead><tr>");
	for (size_t i = 0; i < n; i++) {
		text_z(&out->t, "<th scope=\"col\">");
		put_z(out, names[i]);
		text_z(&out->t, "</th>");
	}
	text_z(&out->t, "</tr></thead><tbody>");
}

void svg_line_table(struct html *out, const struct chart_line *c)
{
	const struct chart_words *w = c->words ? c->words : &chart_words_vi;
	const char *const names[] = { w->day, w->actual, w->forecast, w->band80, w->band95, w->outside };
	text_z(&out->t, "<table class=\"chart-table\"><caption>");
	put_str(out, c->title);
	text_z(&out->t, "</caption>");
	head_cells(out, names, COUNT(names));
	for (size_t i = 0; i < c->n; i++) {
		const struct chart_day *d = &c->days[i];
		text_z(&out->t, "<tr><th scope=\"row\">");
		put_str(out, day_vi(out->t.mem, d->day));
		text_z(&out->t, "</th><td>");
		put_str(out, number_vi(out->t.mem, d->value, 0));
		text_z(&out->t, "</td><td>");
		put_str(out, number_vi(out->t.mem, d->middle, 0));
		text_z(&out->t, "</td>");
		band_cell(out, d->lo80, d->hi80);
		band_cell(out, d->lo95, d->hi95);
		text_z(&out->t, "<td>");
		put_z(out, chart_day_outside(d) ? w->yes : "");
		text_z(&out->t, "</td></tr>");
	}
	text_z(&out->t, "</tbody></table>");
}
