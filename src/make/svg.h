/*
 * svg - charts drawn by the server: a line with its forecast band, hourly bars with numbered events, a
 * sparkline and a bar of tones. Nothing in them runs and nothing is styled inline, so they live under a
 * strict content policy; colours are presentation attributes that a sheet overrides through the classes
 *   c-grid c-axis c-line c-dot c-forecast c-band80 c-band95 c-today c-note c-out c-bad c-neutral c-good c-other
 *   c-event c-spark c-spark-area
 * A chart is one image to a screen reader (title, desc); svg_*_table writes the same figures as a table,
 * to stand in a <details> or a visually hidden box beside it.
 *
 * Figures: a value that is no finite number is a gap. Beyond ±1e15 they are drawn at that edge.
 * `id` must be unique on the page and made of letters, digits and "-".
 */
#ifndef MAKE_SVG_H
#define MAKE_SVG_H

#include "base/html.h"

/* The few words of a chart itself; NULL in a chart means Vietnamese. */
struct chart_words {
	const char *today, *day, *hour, *actual, *forecast, *band80, *band95, *outside, *bad, *neutral, *good, *other, *empty,
		*per_hour, *points, *events, *peak, *yes;
};
extern const struct chart_words chart_words_vi, chart_words_en;

struct chart_day {
	int64_t day;                         /* days since 1970 as a clock in Việt Nam shows them; rising, gaps allowed */
	double value;                        /* NAN: not known, as on days to come */
	double middle, lo80, hi80, lo95, hi95; /* what was or is forecast for the day; NAN: none */
};

struct chart_line {
	const char *id;
	struct str title, unit;              /* "Lượng tin và dải dự báo", "tin" */
	const struct chart_day *days;
	size_t n;
	int64_t today;                       /* where the dashed upright stands; 0: none */
	int width, height;                   /* of the drawing; 0: 720 × 226 */
	const struct chart_words *words;
};
void svg_line(struct html *out, const struct chart_line *c);
void svg_line_table(struct html *out, const struct chart_line *c);
/* Outside the 95 % band on the day itself. */
bool chart_day_outside(const struct chart_day *d);

struct chart_hour { int64_t at; int64_t bad, other; };        /* at: the instant the hour begins; rising */
struct chart_event { int64_t at; struct str text; };          /* numbered in the order given, from 1; the first 40 are drawn */

struct chart_hours {
	const char *id;
	struct str title;
	const struct chart_hour *hours;
	size_t n;
	const struct chart_event *events;
	size_t nevents;
	int width, height;
	const struct chart_words *words;
};
void svg_hours(struct html *out, const struct chart_hours *c);
void svg_hours_table(struct html *out, const struct chart_hours *c);
void svg_hours_events(struct html *out, const struct chart_hours *c); /* <ol> of the numbered events */

/* A row of small figures without axes; `label` is read out. `bad` colours it as bad news. */
void svg_spark(struct html *out, const double *v, size_t n, struct str label, bool bad);

struct tone_counts { int64_t bad, neutral, good; };           /* negatives count as none */
/* Shares of three tones; `label` names what is counted. One item of a thousand is still to be seen. */
void svg_tone(struct html *out, struct tone_counts c, struct str label, const struct chart_words *words);
/* "62% · 29% · 9%" as whole numbers that add up to 100 (largest remainder); all 0 when nothing is counted. */
void tone_percent(struct tone_counts c, int ret[3]);

#endif
