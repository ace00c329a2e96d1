/*
 * svg_part - what the two drawings with axes share: a scale from figures to points and its round ticks.
 */
#ifndef MAKE_SVG_PART_H
#define MAKE_SVG_PART_H

#include "make/svg.h"

struct scale {
	double lo, hi, step;      /* figures: the axis goes from lo to hi in round steps */
	double top, bottom;       /* points */
};

struct frame { double left, right, top, bottom; int width, height; };

struct scale scale_for(double lo, double hi, const struct frame *f);
double scale_y(const struct scale *s, double v);
double chart_clamp(double v);
void svg_open(struct html *out, const struct frame *f, const char *id, const char *class);
void svg_describe(struct html *out, const char *id, struct str title, struct str desc);
void svg_grid(struct html *out, const struct frame *f, const struct scale *s);
struct svg_label { double x, y; const char *class, *anchor; };
void svg_text(struct html *out, struct svg_label at, struct str text);

#endif
