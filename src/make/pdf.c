/*
 * pdf - a paper as PDF, set by pango and drawn by cairo in Liberation Serif (the metrics of Times New Roman).
 *
 * Everything goes down the page line by line: a paragraph or a row of a table that does not fit goes on
 * over the page, a heading never stays alone at its foot. Tagged as headings, paragraphs, tables and links.
 * Lengths are points (1 mm = 2.835). The creation date is fixed, so the same paper gives the same bytes.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
/* glib has these two as well, with the same meaning */
#undef MIN
#undef MAX

#include "make/paper.h"

#define MM 2.834645669

enum { COLUMNS_MOST = 40 };

static const double page_w = 210 * MM, page_h = 297 * MM, top = 20 * MM, bottom = 20 * MM, left = 30 * MM, right = 15 * MM;

struct sheet {
	struct arena *mem;
	const struct paper *paper;
	cairo_t *cr;
	struct text bytes;
	double y;
	int page;
};

struct set { double size, width, indent; PangoAlignment align; bool justify; }; /* how runs are set */

struct placed { PangoLayout *layout; const struct runs *runs; double x; int line; }; /* line: the next to draw */

static double body_w(void)
{
	return page_w - left - right;
}

static cairo_status_t keep_bytes(void *to, const unsigned char *p, unsigned n)
{
	struct sheet *s = to;
	text_add(&s->bytes, (struct str){ (const char *)p, n });
	return CAIRO_STATUS_SUCCESS;
}

static void attr_over(PangoAttrList *list, PangoAttribute *a, size_t from, size_t to)
{
	a->start_index = (guint)from;
	a->end_index = (guint)to;
	pango_attr_list_insert(list, a);
}

static PangoAttrList *attributes(const struct runs *rs)
{
	PangoAttrList *list = pango_attr_list_new();
	size_t at = 0;
	for (size_t i = 0; i < rs->n; i++) {
		const struct run *r = &rs->v[i];
		size_t end = at + r->text.n;
		if (r->style & RUN_BOLD)
			attr_over(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), at, end);
		if (r->style & RUN_ITALIC)
			attr_over(list, pango_attr_style_new(PANGO_STYLE_ITALIC), at, end);
		if (r->link.n) {
			attr_over(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), at, end);
			attr_over(list, pango_attr_foreground_new(0x0B0B, 0x5353, 0x9494), at, end);
		}
		at = end;
	}
	return list;
}

static PangoLayout *layout_new(struct sheet *s, const struct runs *rs, struct set how)
{
	PangoLayout *l = pango_cairo_create_layout(s->cr);
	PangoFontDescription *face = pango_font_description_from_string("Liberation Serif, Times New Roman, serif");
	pango_font_description_set_absolute_size(face, how.size * PANGO_SCALE);
	pango_layout_set_font_description(l, face);
	pango_font_description_free(face);
	struct text t = text_new(s->mem);
	for (size_t i = 0; i < rs->n; i++)
		text_add(&t, rs->v[i].text);
	pango_layout_set_text(l, text_str(&t).p, (int)t.n);
	PangoAttrList *list = attributes(rs);
	pango_layout_set_attributes(l, list);
	pango_attr_list_unref(list);
	pango_layout_set_width(l, (int)(how.width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, how.align);
	pango_layout_set_justify(l, how.justify);
	pango_layout_set_indent(l, (int)(how.indent * PANGO_SCALE));
	pango_layout_set_line_spacing(l, 1.1f);
	return l;
}

static void one_line(struct sheet *s, struct str text, unsigned style, double size, double y)
{
	struct run r = { .text = paper_clean(s->mem, text), .style = style };
	struct runs rs = { &r, 1, 1 };
	PangoLayout *l = layout_new(s, &rs, (struct set){ size, body_w(), 0, PANGO_ALIGN_CENTER, false });
	cairo_move_to(s->cr, left, y);
	pango_cairo_show_layout(s->cr, l);
	g_object_unref(l);
}

/* The number stands in the top margin from page 2 on; the note at the foot of each page. */
static void page_edge(struct sheet *s)
{
	if (s->page > 1)
		one_line(s, str_fmt(s->mem, "%d", s->page), RUN_PLAIN, 14, 9 * MM);
	if (s->paper->note.n)
		one_line(s, s->paper->note, RUN_ITALIC, 11, page_h - 13 * MM);
}

static void page_turn(struct sheet *s)
{
	cairo_show_page(s->cr);
	s->page++;
	s->y = top;
	page_edge(s);
}

static bool room(const struct sheet *s, double height)
{
	return s->y + height <= page_h - bottom || s->y <= top;
}

static void line_extent(PangoLayoutLine *line, PangoRectangle *ret)
{
	pango_layout_line_get_extents(line, NULL, ret);
}

/* cairo ends an attribute at a quote: quotes and backslashes get a backslash. */
static struct str tag_quote(struct arena *mem, struct str url)
{
	struct text t = text_new(mem);
	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == '\'' || url.p[i] == '\\')
			text_c(&t, '\\');
		text_c(&t, url.p[i]);
	}
	return text_str(&t);
}

static void link_areas(struct sheet *s, PangoLayoutLine *line, const struct runs *rs, double x, double base)
{
	size_t at = 0;
	PangoRectangle ext;
	line_extent(line, &ext);
	for (size_t i = 0; i < rs->n; at += rs->v[i].text.n, i++) {
		int from = MAX((int)at, line->start_index),
		    to = MIN((int)(at + rs->v[i].text.n), line->start_index + line->length);
		if (!rs->v[i].link.n || from >= to)
			continue;
		int x0, x1;
		pango_layout_line_index_to_x(line, from, FALSE, &x0);
		pango_layout_line_index_to_x(line, to, FALSE, &x1);
		struct str url = tag_quote(s->mem, rs->v[i].link);
		struct str where = str_fmt(s->mem, "rect=[%.2f %.2f %.2f %.2f] uri='%.*s'",
					   x + (double)x0 / PANGO_SCALE, base + (double)ext.y / PANGO_SCALE,
					   (double)(x1 - x0) / PANGO_SCALE, (double)ext.height / PANGO_SCALE, FMT(url));
		cairo_tag_begin(s->cr, CAIRO_TAG_LINK, where.p);
		cairo_tag_end(s->cr, CAIRO_TAG_LINK);
	}
}

static double line_height(PangoLayoutLine *line)
{
	PangoRectangle ext;
	line_extent(line, &ext);
	return (double)ext.height / PANGO_SCALE * 1.1;
}

/* Draws line p->line at height y. Where it starts is the layout's own (indent, centring, justifying). */
static void line_draw(struct sheet *s, struct placed *p, double y)
{
	PangoLayoutIter *it = pango_layout_get_iter(p->layout);
	for (int i = 0; i < p->line; i++)
		pango_layout_iter_next_line(it);
	PangoRectangle logical;
	pango_layout_iter_get_line_extents(it, NULL, &logical);
	PangoLayoutLine *line = pango_layout_iter_get_line_readonly(it);
	PangoRectangle own;
	line_extent(line, &own);
	double x = p->x + (double)(logical.x - own.x) / PANGO_SCALE, base = y - (double)own.y / PANGO_SCALE;
	cairo_move_to(s->cr, x, base);
	pango_cairo_show_layout_line(s->cr, line);
	link_areas(s, line, p->runs, x, base);
	pango_layout_iter_free(it);
	p->line++;
}

static double next_height(const struct placed *p)
{
	return line_height(pango_layout_get_line_readonly(p->layout, p->line));
}

static bool placed_done(const struct placed *p)
{
	return p->line >= pango_layout_get_line_count(p->layout);
}

/* A tag is closed before the page turns and opened again after it: marked content may not cross pages. */
static void flow(struct sheet *s, struct placed *p, const char *tag)
{
	cairo_tag_begin(s->cr, tag, NULL);
	while (!placed_done(p)) {
		double h = next_height(p);
		if (!room(s, h)) {
			cairo_tag_end(s->cr, tag);
			page_turn(s);
			cairo_tag_begin(s->cr, tag, NULL);
		}
		line_draw(s, p, s->y);
		s->y += h;
	}
	cairo_tag_end(s->cr, tag);
}

static void runs_flow(struct sheet *s, const struct runs *rs, struct set how, const char *tag)
{
	struct placed p = { .layout = layout_new(s, rs, how), .runs = rs, .x = left };
	flow(s, &p, tag);
	g_object_unref(p.layout);
}

static double column_text(struct sheet *s, double x, double y, struct set how, struct run r)
{
	r.text = paper_clean(s->mem, r.text);
	struct runs rs = { &r, 1, 1 };
	PangoLayout *l = layout_new(s, &rs, how);
	int h;
	pango_layout_get_size(l, NULL, &h);
	cairo_move_to(s->cr, x, y);
	if (r.text.n)
		pango_cairo_show_layout(s->cr, l);
	g_object_unref(l);
	return r.text.n ? y + (double)h / PANGO_SCALE : y;
}

static double rule(struct sheet *s, double middle, double width, double y)
{
	cairo_set_line_width(s->cr, .7);
	cairo_move_to(s->cr, middle - width / 2, y + 3);
	cairo_line_to(s->cr, middle + width / 2, y + 3);
	cairo_stroke(s->cr);
	return y + 9;
}

static void head_columns(struct sheet *s, const struct paper_head *h)
{
	double lw = body_w() * .42, rw = body_w() - lw, y = s->y, z = s->y;
	struct set lhs = { 13, lw, 0, PANGO_ALIGN_CENTER, false }, small = { 12, rw, 0, PANGO_ALIGN_CENTER, false };
	struct set motto = { 13, rw, 0, PANGO_ALIGN_CENTER, false };
	y = column_text(s, left, y, lhs, (struct run){ .text = h->above });
	y = column_text(s, left, y, lhs, (struct run){ .text = h->agency, .style = RUN_BOLD });
	y = rule(s, left + lw / 2, lw * .4, y);
	y = column_text(s, left, y, lhs, (struct run){ .text = h->number });
	if (h->nation) {
		z = column_text(s, left + lw, z, small,
				(struct run){ .text = S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), .style = RUN_BOLD });
		z = column_text(s, left + lw, z, motto,
				(struct run){ .text = S("Độc lập - Tự do - Hạnh phúc"), .style = RUN_BOLD });
		z = rule(s, left + lw + rw / 2, rw * .62, z);
	}
	z = column_text(s, left + lw, z, motto, (struct run){ .text = h->place_date, .style = RUN_ITALIC });
	s->y = MAX(y, z) + 10;
}

static void head_draw(struct sheet *s, const struct paper_head *h)
{
	if (h->agency.n || h->nation)
		head_columns(s, h);
	struct set how = { 14, body_w(), 0, PANGO_ALIGN_CENTER, false };
	struct run kind = { .text = paper_clean(s->mem, h->kind), .style = RUN_BOLD };
	struct run about = { .text = paper_clean(s->mem, h->about), .style = RUN_BOLD };
	if (kind.text.n)
		runs_flow(s, &(struct runs){ &kind, 1, 1 }, how, "H1");
	if (about.text.n)
		runs_flow(s, &(struct runs){ &about, 1, 1 }, how, "P");
	if (kind.text.n || about.text.n)
		s->y = rule(s, left + body_w() / 2, body_w() * .25, s->y) + 8;
}

struct row {
	struct placed cells[COLUMNS_MOST];
	double edges[COLUMNS_MOST + 1];
	size_t n;
};

static void row_lines(struct sheet *s, const struct row *r, double from, double to)
{
	cairo_set_line_width(s->cr, .5);
	for (size_t i = 0; i <= r->n; i++) {
		cairo_move_to(s->cr, r->edges[i], from);
		cairo_line_to(s->cr, r->edges[i], to);
	}
	cairo_move_to(s->cr, r->edges[0], from);
	cairo_line_to(s->cr, r->edges[r->n], from);
	cairo_move_to(s->cr, r->edges[0], to);
	cairo_line_to(s->cr, r->edges[r->n], to);
	cairo_stroke(s->cr);
}

/* Draws of each cell what this page has room for; true when all cells are through. */
static bool row_piece(struct sheet *s, struct row *r)
{
	double from = s->y, lowest = from;
	bool done = true;
	for (size_t i = 0; i < r->n; i++) {
		struct placed *p = &r->cells[i];
		double y = from + 3;
		cairo_tag_begin(s->cr, "TD", NULL);
		while (!placed_done(p) && (y + next_height(p) + 3 <= page_h - bottom || (from <= top && y == from + 3))) {
			double h = next_height(p);
			line_draw(s, p, y);
			y += h;
		}
		cairo_tag_end(s->cr, "TD");
		done = done && placed_done(p);
		lowest = MAX(lowest, y + 3);
	}
	row_lines(s, r, from, lowest);
	s->y = lowest;
	return done;
}

static void row_draw(struct sheet *s, const struct paper_table *t, size_t row)
{
	static const struct runs nothing;
	struct row r = { .n = t->columns };
	double x = left, first = 0;
	for (size_t c = 0; c < t->columns; c++) {
		size_t i = row * t->columns + c;
		double w = paper_column(t, c, (int)(body_w() * 100)) / 100.0;
		const struct runs *rs = i < t->ncells ? &t->cells[i] : &nothing;
		struct set how = { 12, MAX(w - 8, 8), 0, row ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER, false };
		r.cells[c] = (struct placed){ .layout = layout_new(s, rs, how), .runs = rs, .x = x + 4 };
		r.edges[c] = x;
		x += w;
		first = MAX(first, next_height(&r.cells[c]));
	}
	r.edges[t->columns] = x;
	if (!room(s, first + 6))
		page_turn(s);
	cairo_tag_begin(s->cr, "TR", NULL);
	while (!row_piece(s, &r)) {
		cairo_tag_end(s->cr, "TR");
		page_turn(s);
		cairo_tag_begin(s->cr, "TR", NULL);
	}
	cairo_tag_end(s->cr, "TR");
	for (size_t c = 0; c < t->columns; c++)
		g_object_unref(r.cells[c].layout);
}

static void item_draw(struct sheet *s, const struct block *b, struct set how)
{
	struct runs rs = { .v = NEW_ARRAY(s->mem, struct run, b->runs.n + 1), .n = b->runs.n + 1 };
	rs.v[0].text = str_fmt(s->mem, "%d. ", b->number);
	if (b->runs.n)
		memcpy(rs.v + 1, b->runs.v, b->runs.n * sizeof *rs.v);
	runs_flow(s, &rs, how, "LI");
}

static void block_draw(struct sheet *s, const struct block *b)
{
	struct set body = { 14, body_w(), 12.7 * MM, PANGO_ALIGN_LEFT, true },
		   heading = { 14, body_w(), 0, PANGO_ALIGN_LEFT, false };
	switch (b->kind) {
	case BLOCK_HEADING:
		s->y += 6;
		if (!room(s, 60))
			page_turn(s);
		runs_flow(s, &b->runs, heading, b->level == 1 ? "H2" : "H3");
		break;
	case BLOCK_PARAGRAPH:
		runs_flow(s, &b->runs, body, "P");
		break;
	case BLOCK_ITEM:
		item_draw(s, b, body);
		break;
	case BLOCK_TABLE:
		for (size_t r = 0; r < paper_rows(&b->table); r++)
			row_draw(s, &b->table, r);
		break;
	}
	s->y += 6;
}

static void sign_draw(struct sheet *s, const struct paper_sign *g)
{
	if (!g->office.n && !g->nto)
		return;
	if (!room(s, 130 + 13.0 * (double)MIN(g->nto, (size_t)30)))
		page_turn(s);
	double half = body_w() / 2, y = s->y + 10, z = y;
	struct set small = { 11, half, 0, PANGO_ALIGN_LEFT, false }, name = { 14, half, 0, PANGO_ALIGN_CENTER, false };
	if (g->nto)
		y = column_text(s, left, y, (struct set){ 12, half, 0, PANGO_ALIGN_LEFT, false },
			(struct run){ .text = S("Nơi nhận:"), .style = RUN_BOLD | RUN_ITALIC });
	for (size_t i = 0; i < g->nto; i++)
		y = column_text(s, left, y, small, (struct run){ .text = str_fmt(s->mem, "- %.*s", FMT(g->to[i])) });
	z = column_text(s, left + half, z, name, (struct run){ .text = g->office, .style = RUN_BOLD });
	z = column_text(s, left + half, z + 60, name, (struct run){ .text = g->name, .style = RUN_BOLD });
	s->y = MAX(y, z);
}

static void sheet_draw(struct sheet *s, cairo_surface_t *to)
{
	cairo_pdf_surface_set_metadata(to, CAIRO_PDF_METADATA_TITLE, arena_z(s->mem, paper_title(s->paper)));
	cairo_pdf_surface_set_metadata(to, CAIRO_PDF_METADATA_CREATE_DATE, "2020-01-01T00:00:00Z");
	page_edge(s);
	head_draw(s, &s->paper->head);
	for (size_t i = 0; i < s->paper->n; i++)
		block_draw(s, &s->paper->blocks[i]);
	sign_draw(s, &s->paper->sign);
	cairo_show_page(s->cr);
}

enum err paper_pdf(struct arena *mem, const struct paper *p, struct str *ret, struct fault *fault)
{
	TRY(paper_check(p, fault));
	struct sheet s = { .mem = mem, .paper = p, .bytes = text_new(mem), .y = top, .page = 1 };
	cairo_surface_t *to = cairo_pdf_surface_create_for_stream(keep_bytes, &s, page_w, page_h);
	s.cr = cairo_create(to);
	sheet_draw(&s, to);
	cairo_status_t drawn = cairo_status(s.cr);
	cairo_destroy(s.cr);
	cairo_surface_finish(to);
	cairo_status_t kept = cairo_surface_status(to);
	cairo_surface_destroy(to);
	if (drawn || kept)
		return FAULT(fault, ERR_STORE, "paper.failed", "PDF: %s", cairo_status_to_string(drawn ? drawn : kept));
	*ret = text_str(&s.bytes);
	return OK;
}
