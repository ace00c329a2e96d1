/*
 * parts - writes the pieces. Widths of bars are attributes of SVG, because the page forbids inline styles.
 */
#include "web/catalog.h"
#include "web/parts_in.h"

#include <math.h>

static void raw(struct html *out, const char *z)
{
	put_raw(out, z, strlen(z));
}

void part_icon(struct html *out, const char *name)
{
	raw(out, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"");
	put_z(out, asset("icons.svg"));
	raw(out, "#i-");
	put_z(out, name);
	raw(out, "\"/></svg>");
}

static const char *kind_class(enum chip_kind kind)
{
	static const char *const names[] = { [CHIP_PLAIN] = "plain", [CHIP_NEG] = "neg", [CHIP_NEU] = "neu", [CHIP_POS] = "pos",
		[CHIP_CRIT] = "crit", [CHIP_WARN] = "warn", [CHIP_OK] = "ok", [CHIP_INFO] = "info", [CHIP_LINE] = "line" };
	return names[kind];
}

void part_chip_icon(struct html *out, enum chip_kind kind, const char *icon, struct str text)
{
	raw(out, "<span class=\"chip ");
	raw(out, kind_class(kind));
	raw(out, "\">");
	if (icon)
		part_icon(out, icon);
	put_str(out, text);
	raw(out, "</span>");
}

void part_chip(struct html *out, enum chip_kind kind, struct str text)
{
	part_chip_icon(out, kind, NULL, text);
}

/* ---- bars ---------------------------------------------------------------------------------------- */

struct shares { int64_t sum; double neg, neu, pos; };

/* What is undetermined stands with the neutral in the bar: grey says "no leaning known". */
static struct shares shares_of(struct tone_counts t)
{
	struct shares s = { .sum = t.neg + t.neu + t.pos + t.unknown };
	if (s.sum > 0) {
		s.neg = (double)t.neg / (double)s.sum;
		s.pos = (double)t.pos / (double)s.sum;
		s.neu = 1 - s.neg - s.pos;
	}
	return s;
}

static void bar_piece(struct html *out, const char *class, double *x, double share)
{
	if (share <= 0)
		return;
	text_fmt(&out->t, "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"100%%\"/>", class, *x * 100, share * 100);
	*x += share;
}

void part_tone(struct html *out, struct cx *cx, struct tone_counts t)
{
	struct shares s = shares_of(t);
	double x = 0;
	raw(out, "<svg class=\"tone\" role=\"img\" aria-label=\"");
	if (s.sum > 0)
		put_str(out, SAY(cx, "web.tone.read", num_percent(cx, s.neg), num_percent(cx, s.neu), num_percent(cx, s.pos)));
	else
		put_z(out, say(cx, "web.tone.none"));
	raw(out, "\">");
	bar_piece(out, "neg", &x, s.neg);
	bar_piece(out, "neu", &x, s.neu);
	bar_piece(out, "pos", &x, s.pos);
	raw(out, "</svg>");
}

void part_tone_text(struct html *out, struct cx *cx, struct tone_counts t)
{
	struct shares s = shares_of(t);
	part_tone(out, cx, t);
	raw(out, "<span class=\"tone-text num\" aria-hidden=\"true\">");
	if (s.sum > 0) {
		put_str(out, num_percent(cx, s.neg));
		raw(out, " · ");
		put_str(out, num_percent(cx, s.neu));
		raw(out, " · ");
		put_str(out, num_percent(cx, s.pos));
	} else {
		raw(out, "–");
	}
	raw(out, "</span>");
}

void part_tone_row(struct html *out, struct cx *cx, struct str label, const char *href, struct tone_counts t)
{
	struct shares s = shares_of(t);
	raw(out, "<div class=\"tone-row\"><span class=\"label\">");
	if (href) {
		raw(out, "<a class=\"plain\" href=\"");
		put_url_z(out, href);
		raw(out, "\">");
	}
	put_str(out, label);
	raw(out, href ? "</a>" : "");
	raw(out, "</span><b class=\"num\">");
	put_str(out, num(cx, s.sum));
	raw(out, "</b>");
	part_tone(out, cx, t);
	raw(out, "<span class=\"num share\">");
	put_str(out, s.sum ? num_percent(cx, s.neg) : S("–"));
	raw(out, "</span></div>");
}

void part_tone_legend(struct html *out, struct cx *cx)
{
	static const char *const kinds[][2] = { { "neg", "web.tone.neg" }, { "neu", "web.tone.neu" }, { "pos", "web.tone.pos" } };
	raw(out, "<p class=\"legend\">");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		text_fmt(&out->t, "<span><i class=\"%s\"></i>", kinds[i][0]);
		put_z(out, say(cx, kinds[i][1]));
		raw(out, "</span>");
	}
	raw(out, "</p>");
}

void part_meter(struct html *out, enum chip_kind kind, double share)
{
	double x = 0;
	text_fmt(&out->t, "<svg class=\"meter %s\" aria-hidden=\"true\">", kind_class(kind));
	bar_piece(out, "full", &x, isfinite(share) ? MIN(MAX(share, 0), 1) : 0);
	raw(out, "</svg>");
}

static void spark_points(struct html *out, const double *v, size_t n, double top)
{
	for (size_t i = 0; i < n; i++)
		text_fmt(&out->t, "%.1f,%.1f ", n > 1 ? 3 + 86.0 * (double)i / (double)(n - 1) : 46, 21 - 17 * MAX(v[i], 0) / top);
}

void part_spark(struct html *out, const double *v, size_t n, enum chip_kind kind)
{
	double top = 1;
	for (size_t i = 0; i < n; i++)
		top = MAX(top, v[i]);
	text_fmt(&out->t, "<svg class=\"spark %s\" viewBox=\"0 0 92 24\" width=\"92\" height=\"24\" aria-hidden=\"true\">", kind_class(kind));
	if (n) {
		raw(out, "<polygon points=\"");
		spark_points(out, v, n, top);
		raw(out, n > 1 ? "89,22 3,22\"/><polyline points=\"" : "46,22\"/><polyline points=\"");
		spark_points(out, v, n, top);
		text_fmt(&out->t, "\"/><circle cx=\"%d\" cy=\"%.1f\" r=\"2\"/>", n > 1 ? 89 : 46, 21 - 17 * MAX(v[n - 1], 0) / top);
	}
	raw(out, "</svg>");
}

void part_cues(struct html *out, struct str sentence, const struct cue *cues, size_t n)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		size_t from = MAX(cues[i].from, at), to = MIN(cues[i].to, sentence.n);
		if (from >= to)
			continue;
		put_str(out, str_sub(sentence, at, from));
		text_fmt(&out->t, "<mark class=\"%s\">", kind_class(cues[i].kind));
		put_str(out, str_sub(sentence, from, to));
		raw(out, "</mark>");
		at = to;
	}
	put_str(out, str_sub(sentence, at, sentence.n));
}

/* ---- heads and lists ----------------------------------------------------------------------------- */

static void figure_note(struct html *out, const struct figure *f)
{
	if (!f->note.n)
		return;
	raw(out, "<dd class=\"note ");
	raw(out, kind_class(f->note_kind));
	raw(out, "\">");
	put_str(out, f->note);
	raw(out, "</dd>");
}

void part_figures(struct html *out, const struct figure *v, size_t n)
{
	text_fmt(&out->t, "<dl class=\"figures of-%zu\">", n);
	for (size_t i = 0; i < n; i++) {
		raw(out, "<div><dt>");
		put_str(out, v[i].label);
		raw(out, v[i].bad ? "</dt><dd class=\"value bad num\">" : "</dt><dd class=\"value num\">");
		if (v[i].href) {
			raw(out, "<a class=\"plain\" href=\"");
			put_url_z(out, v[i].href);
			raw(out, "\">");
		}
		put_str(out, v[i].value);
		raw(out, v[i].href ? "</a>" : "");
		if (v[i].unit.n) {
			raw(out, "<small>");
			put_str(out, v[i].unit);
			raw(out, "</small>");
		}
		raw(out, "</dd>");
		figure_note(out, &v[i]);
		raw(out, "</div>");
	}
	raw(out, "</dl>");
}

static void nav_open(struct html *out, const char *class, const char *label)
{
	text_fmt(&out->t, "<nav class=\"%s\" aria-label=\"", class);
	put_z(out, label);
	raw(out, "\">");
}

void part_tabs(struct html *out, struct cx *cx, const struct tab *v, size_t n)
{
	nav_open(out, "tabs", say(cx, "web.tabs"));
	for (size_t i = 0; i < n; i++) {
		raw(out, "<a href=\"");
		put_url_z(out, v[i].href);
		raw(out, v[i].here ? "\" aria-current=\"page\">" : "\">");
		put_str(out, v[i].label);
		if (v[i].n >= 0) {
			raw(out, " <b class=\"num\">");
			put_str(out, num(cx, v[i].n));
			raw(out, "</b>");
		}
		raw(out, "</a>");
	}
	raw(out, "</nav>");
}

void part_crumbs(struct html *out, struct cx *cx, const struct crumb *v, size_t n)
{
	if (!n)
		return;
	nav_open(out, "crumbs", say(cx, "web.crumbs"));
	raw(out, "<ol>");
	for (size_t i = 0; i < n; i++) {
		raw(out, i + 1 == n ? "<li aria-current=\"page\">" : "<li>");
		if (v[i].href) {
			raw(out, "<a href=\"");
			put_url_z(out, v[i].href);
			raw(out, "\">");
		}
		put_str(out, v[i].label);
		raw(out, v[i].href ? "</a></li>" : "</li>");
	}
	raw(out, "</ol></nav>");
}

void part_steps(struct html *out, struct cx *cx, const struct step *v, size_t n)
{
	static const char *const classes[] = { [STEP_TODO] = "todo", [STEP_NOW] = "now", [STEP_DONE] = "done" };
	raw(out, "<ol class=\"steps\" aria-label=\"");
	put_z(out, say(cx, "web.steps"));
	raw(out, "\">");
	for (size_t i = 0; i < n; i++) {
		text_fmt(&out->t, "<li class=\"%s\"%s>", classes[v[i].state], v[i].state == STEP_NOW ? " aria-current=\"step\"" : "");
		put_str(out, v[i].label);
		if (v[i].state != STEP_TODO) {
			raw(out, "<span class=\"hidden\">, ");
			put_z(out, v[i].state == STEP_NOW ? say(cx, "web.step.now") : say(cx, "web.step.done"));
			raw(out, "</span>");
		}
		raw(out, "</li>");
	}
	raw(out, "</ol>");
}

static void pager_link(struct html *out, struct str href, const char *rel, const char *icon, const char *label)
{
	if (!href.n)
		return;
	text_fmt(&out->t, "<a class=\"btn\" rel=\"%s\" href=\"", rel);
	put_url(out, href);
	raw(out, "\">");
	part_icon(out, icon);
	put_z(out, label);
	raw(out, "</a>");
}

void part_pager(struct html *out, struct cx *cx, const struct pager *p)
{
	nav_open(out, "pager", say(cx, "web.pages"));
	pager_link(out, p->before, "prev", "arrow-left", say(cx, "web.before"));
	raw(out, "<span class=\"num quiet\">");
	put_str(out, p->shown);
	raw(out, "</span>");
	pager_link(out, p->after, "next", "arrow-right", say(cx, "web.after"));
	raw(out, "</nav>");
}

void part_empty(struct html *out, const char *icon, struct str title, struct str why, const char *href, struct str link)
{
	raw(out, "<div class=\"empty\">");
	part_icon(out, icon);
	raw(out, "<p><b>");
	put_str(out, title);
	raw(out, "</b></p><p>");
	put_str(out, why);
	raw(out, "</p>");
	if (href) {
		raw(out, "<p><a class=\"btn\" href=\"");
		put_url_z(out, href);
		raw(out, "\">");
		put_str(out, link);
		raw(out, "</a></p>");
	}
	raw(out, "</div>");
}

/* ---- forms --------------------------------------------------------------------------------------- */

const char *field_type(enum field_kind kind)
{
	static const char *const types[] = { [FIELD_TEXT] = "text", [FIELD_DATE] = "date", [FIELD_NUMBER] = "number", [FIELD_MAIL] = "email",
		[FIELD_SECRET] = "password", [FIELD_FILE] = "file", [FIELD_URL] = "url" };
	return kind < COUNT(types) && types[kind] ? types[kind] : "text";
}

/* A secret is never sent back, and no browser takes a value for a file. */
struct str field_value(const struct field_view *f)
{
	return f->kind == FIELD_SECRET || f->kind == FIELD_FILE ? S("") : f->value;
}

void field_mark(struct html *out, struct cx *cx, const struct field_view *f)
{
	if (f->need)
		return;
	raw(out, " <span class=\"quiet\">(");
	put_z(out, say(cx, "web.optional"));
	raw(out, ")</span>");
}

void part_field(struct html *out, struct cx *cx, const struct field_view *f, const struct mistakes *m)
{
	page_field(out, cx, f, mistake_of(m, f->name));
}

void part_mistakes(struct html *out, struct cx *cx, const struct mistakes *m)
{
	if (!m || !m->n)
		return;
	raw(out, "<div class=\"mistakes\" role=\"alert\" tabindex=\"-1\"><h2>");
	put_str(out, SAY(cx, "web.mistakes", num(cx, (int64_t)m->n)));
	raw(out, "</h2><ul>");
	for (size_t i = 0; i < m->n; i++) {
		raw(out, "<li>");
		if (*m->v[i].field) {
			raw(out, "<a href=\"#");
			put_part_z(out, m->v[i].field);
			raw(out, "\">");
		}
		put_str(out, SAY(cx, m->v[i].say, m->v[i].arg));
		raw(out, *m->v[i].field ? "</a></li>" : "</li>");
	}
	raw(out, "</ul></div>");
}

void part_csrf(struct html *out, const struct ask *ask)
{
	raw(out, "<input type=\"hidden\" name=\"_csrf\" value=\"");
	put_str(out, ask->csrf);
	raw(out, "\">");
}
