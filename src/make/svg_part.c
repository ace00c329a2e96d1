/*
 * svg_part - see the header. Ticks are 1, 2 or 5 times a power of ten, at most six of them, and an axis
 * of counts starts at zero, so that a rise never looks larger than it is.
 */
#include "make/svg_part.h"

#include <math.h>

#include "make/number.h"

const struct chart_words chart_words_vi = { "Hôm nay",
					    "Ngày",
					    "Giờ",
					    "Thực tế",
					    "Dự báo",
					    "Dải dự báo 80%",
					    "Dải dự báo 95%",
					    "Vượt dải 95%",
					    "Tiêu cực",
					    "Trung lập",
					    "Tích cực",
					    "Khác",
					    "Chưa có số liệu",
					    "tin/giờ",
					    "điểm số liệu",
					    "sự kiện được đánh số",
					    "Cao nhất",
					    "có" };
const struct chart_words chart_words_en = { "Today", "Day", "Hour", "Actual", "Forecast", "80% band", "95% band",
	"Outside the 95% band", "Negative", "Neutral", "Positive", "Other", "No figures yet", "items/hour", "data points",
	"numbered events", "Peak", "yes" };

double chart_clamp(double v)
{
	return !isfinite(v) ? NAN : v > 1e15 ? 1e15 : v < -1e15 ? -1e15 : v;
}

static double round_step(double rough)
{
	double power = pow(10, floor(log10(rough))), f = rough / power;
	return power * (f <= 1 ? 1 : f <= 2 ? 2 : f <= 5 ? 5 : 10);
}

struct scale scale_for(double lo, double hi, const struct frame *f)
{
	lo = lo < 0 ? lo : 0;
	hi = hi > lo ? hi : lo + 1;
	double step = round_step((hi - lo) / 4);
	return (struct scale){ floor(lo / step) * step, ceil(hi / step) * step, step, f->top, f->bottom };
}

double scale_y(const struct scale *s, double v)
{
	return s->bottom - (v - s->lo) / (s->hi - s->lo) * (s->bottom - s->top);
}

void svg_open(struct html *out, const struct frame *f, const char *id, const char *class)
{
	text_fmt(&out->t, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart %s\" viewBox=\"0 0 %d %d\" role=\"img\" "
		"aria-labelledby=\"%s-t %s-d\" font-size=\"12\">", class, f->width, f->height, id, id);
}

void svg_describe(struct html *out, const char *id, struct str title, struct str desc)
{
	text_fmt(&out->t, "<title id=\"%s-t\">", id);
	put_str(out, title);
	text_fmt(&out->t, "</title><desc id=\"%s-d\">", id);
	put_str(out, desc);
	text_z(&out->t, "</desc>");
}

void svg_text(struct html *out, struct svg_label at, struct str text)
{
	text_fmt(&out->t, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#4A5560\">", at.class,
		 at.x, at.y, at.anchor);
	put_str(out, text);
	text_z(&out->t, "</text>");
}

void svg_grid(struct html *out, const struct frame *f, const struct scale *s)
{
	int ticks = (int)lround((s->hi - s->lo) / s->step);
	for (int i = 0; i <= ticks; i++) {
		double v = s->lo + i * s->step, y = scale_y(s, v);
		text_fmt(&out->t,
			 "<line class=\"c-grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#DCE1E6\"/>",
			 f->left, y, f->right, y);
		svg_text(out, (struct svg_label){ f->left - 6, y + 4, "c-axis", "end" }, number_short(out->t.mem, v));
	}
}
