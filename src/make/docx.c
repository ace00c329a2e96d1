/*
 * docx - a paper as Office Open XML (ECMA-376, transitional): ten small parts of our own, zipped with one
 * fixed date. Names Times New Roman, as Decree 30 asks; lists are real lists, links real links, the first
 * row of a table repeats on each page. Lengths are in twentieths of a point (1 mm = 56.7).
 */
#include <zip.h>

#include "base/html.h"
#include "make/paper.h"

enum {
	PAGE_W = 11906, PAGE_H = 16838, TOP = 1134, BOTTOM = 1134, LEFT = 1701, RIGHT = 850,
	BODY_W = PAGE_W - LEFT - RIGHT,
	ZIP_DAY = (2020 - 1980) << 9 | 1 << 5 | 1, /* 1/1/2020 in the form of MS-DOS */
};

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W_NS " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"" \
	" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define WML "application/vnd.openxmlformats-officedocument.wordprocessingml."

struct writing {
	struct text doc, rels;
	int links;
};

struct look { const char *align; int size, before, after, indent; bool keep; }; /* size in half points */

static void run_write(struct text *t, const struct run *r, int size)
{
	text_z(t, "<w:r><w:rPr>");
	if (r->link.n)
		text_z(t, "<w:rStyle w:val=\"Hyperlink\"/>");
	if (r->style & RUN_BOLD)
		text_z(t, "<w:b/>");
	if (r->style & RUN_ITALIC)
		text_z(t, "<w:i/>");
	text_fmt(t, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">", size, size);
	xml_add(t, r->text);
	text_z(t, "</w:t></w:r>");
}

static void runs_write(struct writing *w, const struct runs *rs, int size)
{
	for (size_t i = 0; i < rs->n; i++) {
		const struct run *r = &rs->v[i];
		if (r->link.n) {
			int id = ++w->links;
			text_fmt(&w->rels,
				 "<Relationship Id=\"rLink%d\" Type=\"" REL
				 "hyperlink\" TargetMode=\"External\" Target=\"",
				 id);
			xml_add(&w->rels, r->link);
			text_z(&w->rels, "\"/>");
			text_fmt(&w->doc, "<w:hyperlink r:id=\"rLink%d\">", id);
		}
		run_write(&w->doc, r, size);
		if (r->link.n)
			text_z(&w->doc, "</w:hyperlink>");
	}
}

static void paragraph_open(struct text *t, struct look l, const char *style, int list)
{
	text_z(t, "<w:p><w:pPr>");
	if (style)
		text_fmt(t, "<w:pStyle w:val=\"%s\"/>", style);
	if (l.keep)
		text_z(t, "<w:keepNext/>");
	if (list)
		text_fmt(t, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"%d\"/></w:numPr>", list);
	text_fmt(t, "<w:spacing w:before=\"%d\" w:after=\"%d\"/>", l.before, l.after);
	if (!list)
		text_fmt(t, "<w:ind w:firstLine=\"%d\"/>", l.indent);
	text_fmt(t, "<w:jc w:val=\"%s\"/></w:pPr>", l.align);
}

static void line_write(struct writing *w, struct look l, struct str s, unsigned style)
{
	struct run r = { .text = paper_clean(w->doc.mem, s), .style = style };
	paragraph_open(&w->doc, l, NULL, 0);
	run_write(&w->doc, &r, l.size);
	text_z(&w->doc, "</w:p>");
}

static void centred(struct writing *w, int half_points, struct str s, unsigned style)
{
	if (s.n)
		line_write(w, (struct look){ "center", half_points, 0, 0, 0, false }, s, style);
}

/* A line of `part` percent of the width, centred: the upper edge of an almost flat paragraph. */
static void rule_write(struct text *t, int width, int part)
{
	int side = width * (100 - part) / 200;
	text_fmt(t,
		 "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"
		 "<w:spacing w:before=\"40\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/><w:ind w:left=\"%d\" "
		 "w:right=\"%d\"/></w:pPr></w:p>",
		 side, side);
}

static void borderless_open(struct text *t, int left, int right)
{
	text_fmt(
	    t,
	    "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
	    "<w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"%d\" "
	    "w:type=\"dxa\"/></w:tcPr>",
	    left + right, left, right, left);
}

static void borderless_turn(struct text *t, int right)
{
	text_fmt(t, "</w:tc><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", right);
}

static void borderless_close(struct text *t)
{
	text_z(t, "</w:tc></w:tr></w:tbl>");
}

/* A cell must hold a paragraph, even when nothing is to be said in it. */
static void head_write(struct writing *w, const struct paper_head *h)
{
	enum { LEFT_W = 3900 };
	if (h->agency.n || h->nation) {
		borderless_open(&w->doc, LEFT_W, BODY_W - LEFT_W);
		centred(w, 26, h->above, RUN_PLAIN);
		centred(w, 26, h->agency, RUN_BOLD);
		if (h->agency.n)
			rule_write(&w->doc, LEFT_W, 40);
		centred(w, 26, h->number.n ? h->number : S(" "), RUN_PLAIN);
		borderless_turn(&w->doc, BODY_W - LEFT_W);
		if (h->nation) {
			centred(w, 25, S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), RUN_BOLD);
			centred(w, 28, S("Độc lập - Tự do - Hạnh phúc"), RUN_BOLD);
			rule_write(&w->doc, BODY_W - LEFT_W, 62);
		}
		centred(w, 28, h->place_date.n ? h->place_date : S(" "), RUN_ITALIC);
		borderless_close(&w->doc);
	}
	if (h->kind.n) {
		struct run r = { .text = paper_clean(w->doc.mem, h->kind), .style = RUN_BOLD };
		paragraph_open(&w->doc, (struct look){ "center", 28, 240, 0, 0, true }, "Title", 0);
		run_write(&w->doc, &r, 28);
		text_z(&w->doc, "</w:p>");
	}
	if (h->about.n)
		line_write(w, (struct look){ "center", 28, 0, 0, 0, false }, h->about, RUN_BOLD);
	if (h->kind.n || h->about.n)
		rule_write(&w->doc, BODY_W, 25);
}

static void sign_write(struct writing *w, const struct paper_sign *s)
{
	if (!s->office.n && !s->nto)
		return;
	line_write(w, (struct look){ "left", 12, 0, 0, 0, true }, S(" "), RUN_PLAIN);
	borderless_open(&w->doc, BODY_W / 2, BODY_W - BODY_W / 2);
	line_write(w, (struct look){ "left", 24, 0, 0, 0, false }, s->nto ? S("Nơi nhận:") : S(" "),
		   RUN_BOLD | RUN_ITALIC);
	for (size_t i = 0; i < s->nto; i++)
		line_write(w, (struct look){ "left", 22, 0, 0, 0, false }, str_fmt(w->doc.mem, "- %.*s", FMT(s->to[i])),
			   RUN_PLAIN);
	borderless_turn(&w->doc, BODY_W - BODY_W / 2);
	centred(w, 28, s->office.n ? s->office : S(" "), RUN_BOLD);
	line_write(w, (struct look){ "center", 28, 1200, 0, 0, false }, s->name.n ? s->name : S(" "), RUN_BOLD);
	borderless_close(&w->doc);
}

static void cell_write(struct writing *w, const struct paper_table *t, size_t row, size_t column)
{
	size_t i = row * t->columns + column;
	text_fmt(&w->doc, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", paper_column(t, column, BODY_W));
	paragraph_open(&w->doc, (struct look){ row ? "left" : "center", 26, 40, 40, 0, false }, NULL, 0);
	if (i < t->ncells)
		runs_write(w, &t->cells[i], 26);
	text_z(&w->doc, "</w:p></w:tc>");
}

static void table_write(struct writing *w, const struct paper_table *t)
{
	text_fmt(&w->doc,
		 "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout "
		 "w:type=\"fixed\"/>"
		 "</w:tblPr><w:tblGrid>",
		 BODY_W);
	for (size_t c = 0; c < t->columns; c++)
		text_fmt(&w->doc, "<w:gridCol w:w=\"%d\"/>", paper_column(t, c, BODY_W));
	text_z(&w->doc, "</w:tblGrid>");
	size_t rows = MAX(paper_rows(t), (size_t)1);
	for (size_t r = 0; r < rows; r++) {
		text_z(&w->doc, r ? "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
				  : "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
		for (size_t c = 0; c < t->columns; c++)
			cell_write(w, t, r, c);
		text_z(&w->doc, "</w:tr>");
	}
	text_z(&w->doc, "</w:tbl>");
}

static void block_write(struct writing *w, const struct block *b)
{
	static const struct look heading = { "left", 28, 180, 60, 0, true }, body = { "both", 28, 0, 120, 720, false };
	switch (b->kind) {
	case BLOCK_HEADING:
		paragraph_open(&w->doc, heading, b->level == 1 ? "Heading1" : "Heading2", 0);
		break;
	case BLOCK_PARAGRAPH:
		paragraph_open(&w->doc, body, NULL, 0);
		break;
	case BLOCK_ITEM:
		paragraph_open(&w->doc, body, NULL, b->list);
		break;
	case BLOCK_TABLE:
		table_write(w, &b->table);
		line_write(w, (struct look){ "left", 12, 0, 0, 0, false }, S(" "), RUN_PLAIN);
		return;
	}
	runs_write(w, &b->runs, 28);
	text_z(&w->doc, "</w:p>");
}

static struct writing document(struct arena *mem, const struct paper *p)
{
	struct writing w = { text_new(mem), text_new(mem), 0 };
	text_z(&w.doc, XML_HEAD "<w:document" W_NS "><w:body>");
	text_z(&w.rels, XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
		"<Relationship Id=\"rStyles\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"
		"<Relationship Id=\"rSettings\" Type=\"" REL "settings\" Target=\"settings.xml\"/>"
		"<Relationship Id=\"rNumbering\" Type=\"" REL "numbering\" Target=\"numbering.xml\"/>"
		"<Relationship Id=\"rHeader\" Type=\"" REL "header\" Target=\"header1.xml\"/>"
		"<Relationship Id=\"rFooter\" Type=\"" REL "footer\" Target=\"footer1.xml\"/>");
	head_write(&w, &p->head);
	for (size_t i = 0; i < p->n; i++)
		block_write(&w, &p->blocks[i]);
	sign_write(&w, &p->sign);
	text_z(&w.rels, "</Relationships>");
	/* titlePg: page 1 has a head of its own, an empty one, so its number is not shown */
	text_fmt(&w.doc,
		 "<w:p/><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/><w:footerReference "
		 "w:type=\"default\" "
		 "r:id=\"rFooter\"/><w:footerReference w:type=\"first\" r:id=\"rFooter\"/><w:pgSz w:w=\"%d\" "
		 "w:h=\"%d\"/><w:pgMar w:top=\"%d\" "
		 "w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" w:footer=\"567\" "
		 "w:gutter=\"0\"/><w:titlePg/></w:sectPr>"
		 "</w:body></w:document>",
		 PAGE_W, PAGE_H, TOP, RIGHT, BOTTOM, LEFT);
	return w;
}

static struct str numbering(struct arena *mem, int lists)
{
	struct text t = text_new(mem);
	text_z(&t, XML_HEAD "<w:numbering" W_NS
			    "><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>"
			    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
			    "w:val=\"%1.\"/><w:lvlJc w:val=\"left\"/>"
			    "<w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"1080\"/></w:tabs><w:ind w:left=\"0\" "
			    "w:firstLine=\"720\"/></w:pPr></w:lvl>"
			    "</w:abstractNum>");
	for (int i = 1; i <= MAX(lists, 1); i++)
		text_fmt(&t,
			 "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride "
			 "w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>"
			 "</w:lvlOverride></w:num>",
			 i);
	text_z(&t, "</w:numbering>");
	return text_str(&t);
}

static struct str footer(struct arena *mem, struct str note)
{
	struct writing w = { text_new(mem), text_new(mem), 0 };
	text_z(&w.doc, XML_HEAD "<w:ftr" W_NS ">");
	line_write(&w, (struct look){ "center", 22, 0, 0, 0, false }, note, RUN_ITALIC);
	text_z(&w.doc, "</w:ftr>");
	return text_str(&w.doc);
}

static struct str properties(struct arena *mem, const struct paper *p)
{
	struct text t = text_new(mem);
	text_z(
	    &t, XML_HEAD
	    "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
	xml_add(&t, paper_title(p));
	text_z(&t, "</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>");
	return text_str(&t);
}

#define FACE                                                                                                           \
	"<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" "                  \
	"w:eastAsia=\"Times New Roman\"/>"
#define STYLE(id, name, more) "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" \
	"<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/>" more "</w:style>"
#define EDGE(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"

static const char types_xml[] =
    XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	     "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	     "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	     "<Override PartName=\"/word/document.xml\" ContentType=\"" WML "document.main+xml\"/>"
	     "<Override PartName=\"/word/styles.xml\" ContentType=\"" WML "styles+xml\"/>"
	     "<Override PartName=\"/word/settings.xml\" ContentType=\"" WML "settings+xml\"/>"
	     "<Override PartName=\"/word/numbering.xml\" ContentType=\"" WML "numbering+xml\"/>"
	     "<Override PartName=\"/word/header1.xml\" ContentType=\"" WML "header+xml\"/>"
	     "<Override PartName=\"/word/footer1.xml\" ContentType=\"" WML "footer+xml\"/>"
	     "<Override PartName=\"/docProps/core.xml\" "
	     "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char top_rels_xml[] =
    XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	     "<Relationship Id=\"rDocument\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"
	     "<Relationship Id=\"rCore\" "
	     "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
	     "Target=\"docProps/core.xml\"/></Relationships>";

static const char styles_xml[] = XML_HEAD
    "<w:styles" W_NS "><w:docDefaults><w:rPrDefault><w:rPr>" FACE
    "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\" "
    "w:eastAsia=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
    "w:val=\"Normal\"/><w:qFormat/></w:style>" STYLE("Title", "Title", "<w:rPr><w:b/></w:rPr>")
	STYLE("Heading1", "heading 1", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr>") STYLE(
	    "Heading2", "heading 2",
	    "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/></w:rPr>") "<w:style w:type=\"character\" "
									       "w:styleId=\"Hyperlink\"><w:name "
									       "w:val=\"Hyperlink\"/><w:rPr><w:color "
									       "w:val=\"0B5394\"/>"
									       "<w:u "
									       "w:val=\"single\"/></w:rPr></w:style>"
									       "<w:style w:type=\"table\" "
									       "w:styleId=\"Grid\"><w:name "
									       "w:val=\"Table "
									       "Grid\"/><w:tblPr><w:tblBorders>" EDGE(
										   "top") EDGE("left") EDGE("bottom")
										   EDGE("right") EDGE("insideH") EDGE(
										       "insideV") "</w:tblBorders></"
												  "w:tblPr></w:style></"
												  "w:styles>";

static const char settings_xml[] =
    XML_HEAD "<w:settings" W_NS "><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting "
	     "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
	     "<w:themeFontLang w:val=\"vi-VN\"/></w:settings>";

static const char header_xml[] = XML_HEAD
    "<w:hdr" W_NS "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar "
    "w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

struct part { const char *name; struct str body; };

static bool part_add(zip_t *z, const struct part *p)
{
	zip_source_t *src = zip_source_buffer(z, p->body.p, p->body.n, 0);
	if (!src)
		return false;
	zip_int64_t at = zip_file_add(z, p->name, src, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(src);
		return false;
	}
	return !zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_DEFLATE, 9) &&
		!zip_file_set_dostime(z, (zip_uint64_t)at, 0, ZIP_DAY, 0);
}

static bool source_read(struct arena *mem, zip_source_t *src, struct str *ret)
{
	zip_stat_t st;
	if (zip_source_stat(src, &st) || !(st.valid & ZIP_STAT_SIZE) || zip_source_open(src))
		return false;
	char *p = arena_raw(mem, st.size + 1);
	zip_int64_t n = zip_source_read(src, p, st.size);
	zip_source_close(src);
	if (n < 0 || (zip_uint64_t)n != st.size)
		return false;
	*ret = (struct str){ p, (size_t)n };
	return true;
}

/* The source outlives the archive (one reference of our own), so that its bytes can be read after closing. */
static bool parts_zip(struct arena *mem, const struct part *parts, size_t n, struct str *ret)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *src = zip_source_buffer_create(NULL, 0, 0, &e);
	zip_t *z = src ? zip_open_from_source(src, ZIP_TRUNCATE, &e) : NULL;
	zip_error_fini(&e);
	if (!z) {
		zip_source_free(src);
		return false;
	}
	zip_source_keep(src);
	bool good = true;
	for (size_t i = 0; i < n && good; i++)
		good = part_add(z, &parts[i]);
	if (!good || zip_close(z)) {
		zip_discard(z);
		good = false;
	}
	good = good && source_read(mem, src, ret);
	zip_source_free(src);
	return good;
}

enum err paper_docx(struct arena *mem, const struct paper *p, struct str *ret, struct fault *fault)
{
	TRY(paper_check(p, fault));
	struct writing w = document(mem, p);
	const struct part parts[] = {
		{ "[Content_Types].xml", S(types_xml) },
		{ "_rels/.rels", S(top_rels_xml) },
		{ "docProps/core.xml", properties(mem, p) },
		{ "word/document.xml", text_str(&w.doc) },
		{ "word/_rels/document.xml.rels", text_str(&w.rels) },
		{ "word/styles.xml", S(styles_xml) },
		{ "word/settings.xml", S(settings_xml) },
		{ "word/numbering.xml", numbering(mem, p->lists) },
		{ "word/header1.xml", S(header_xml) },
		{ "word/footer1.xml", footer(mem, p->note) },
	};
	if (!parts_zip(mem, parts, COUNT(parts), ret))
		return FAULT(fault, ERR_STORE, "paper.failed", "the DOCX of %zu blocks could not be zipped", p->n);
	return OK;
}
