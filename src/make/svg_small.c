/*
 * svg_small - the two drawings that stand in a row of a table: a sparkline and a bar of three tones.
 * Both are images with a label that says the figures, so they need no table of their own.
 */
#include <math.h>

#include "make/number.h"
#include "make/svg_part.h"

enum { SPARK_W = 96, SPARK_H = 24, TONE_W = 120, TONE_H = 8 };

static void small_open(struct html *out, const char *class, int w, int h, struct str label)
{
	text_fmt(
	    &out->t,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
	    "role=\"img\" aria-label=\"",
	    class, w, h, w, h);
	put_str(out, label);
	text_z(&out->t, "\"><title>");
	put_str(out, label);
	text_z(&out->t, "</title>");
}

static double spark_x(size_t i, size_t n)
{
	return n > 1 ? 3 + (double)i / (double)(n - 1) * (SPARK_W - 8) : SPARK_W / 2.0;
}

static void spark_points(struct html *out, const double *v, size_t n, const struct scale *s)
{
	const char *step = "M";
	for (size_t i = 0; i < n; i++)
		if (isfinite(v[i])) {
			text_fmt(&out->t, "%s%.1f %.1f", step, spark_x(i, n), scale_y(s, chart_clamp(v[i])));
			step = "L";
		}
}

void svg_spark(struct html *out, const double *v, size_t n, struct str label, bool bad)
{
	small_open(out, bad ? "spark spark-bad" : "spark", SPARK_W, SPARK_H, label);
	double lo = 0, hi = 0;
	size_t first = n, last = n;
	for (size_t i = 0; i < n; i++)
		if (isfinite(v[i])) {
			double one = chart_clamp(v[i]);
			lo = MIN(lo, one);
			hi = MAX(hi, one);
			first = first == n ? i : first;
			last = i;
		}
	if (last < n) {
		const char *ink = bad ? "#A85200" : "#0B5394";
		struct scale s = { lo, hi > lo ? hi : lo + 1, 1, 4, SPARK_H - 3 };
		text_fmt(&out->t, "<path class=\"c-spark-area\" fill=\"%s\" fill-opacity=\".12\" d=\"", ink);
		spark_points(out, v, n, &s);
		text_fmt(&out->t,
			 "L%.1f %dL%.1f %dZ\"/><path class=\"c-spark\" fill=\"none\" stroke=\"%s\" "
			 "stroke-width=\"1.6\" d=\"",
			 spark_x(last, n), SPARK_H - 3, spark_x(first, n), SPARK_H - 3, ink);
		spark_points(out, v, n, &s);
		text_fmt(&out->t, "\"/><circle class=\"c-dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" fill=\"%s\"/>",
			 spark_x(last, n), scale_y(&s, chart_clamp(v[last])), ink);
	}
	text_z(&out->t, "</svg>");
}

static double share(int64_t v)
{
	return v > 0 ? (double)v : 0;
}

void tone_percent(struct tone_counts c, int ret[3])
{
	double v[3] = { share(c.bad), share(c.neutral), share(c.good) }, sum = v[0] + v[1] + v[2];
	int left = sum > 0 ? 100 : 0;
	for (int i = 0; i < 3; i++) {
		v[i] = sum > 0 ? v[i] / sum * 100 : 0;
		ret[i] = (int)floor(v[i] + 1e-9);
		left -= ret[i];
	}
	for (; left > 0; left--) {
		int best = 0;
		for (int i = 1; i < 3; i++)
			if (v[i] - ret[i] > v[best] - ret[best])
				best = i;
		ret[best]++;
	}
}

static struct str tone_label(struct arena *a, struct tone_counts c, struct str label, const struct chart_words *w)
{
	int p[3];
	tone_percent(c, p);
	return str_fmt(a, "%.*s%s%s %d%%, %s %d%%, %s %d%%", FMT(label), label.n ? ": " : "", w->bad, p[0], w->neutral,
		       p[1], w->good, p[2]);
}

void svg_tone(struct html *out, struct tone_counts c, struct str label, const struct chart_words *words)
{
	static const char *const look[3] = { "class=\"c-bad\" fill=\"#C9651B\"", "class=\"c-neutral\" fill=\"#A9B4BF\"",
		"class=\"c-good\" fill=\"#2F8F83\"" };
	double v[3] = { share(c.bad), share(c.neutral), share(c.good) }, sum = v[0] + v[1] + v[2], x = 0;
	small_open(out, "tone-bar", TONE_W, TONE_H, tone_label(out->t.mem, c, label, words ? words : &chart_words_vi));
	int parts = (v[0] > 0) + (v[1] > 0) + (v[2] > 0);
	for (int i = 0; i < 3; i++) {
		if (!(v[i] > 0))
			continue;
		/* two points are kept for each part that is there, the rest is shared out */
		double w = 2 + v[i] / sum * (TONE_W - 2.0 * parts);
		text_fmt(&out->t, "<rect %s x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"/>", look[i], x,
			 MAX(1, w - 1), TONE_H);
		x += w;
	}
	text_z(&out->t, "</svg>");
}
