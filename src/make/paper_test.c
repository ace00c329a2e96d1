/*
 * A paper as DOCX and PDF: its parts, its Vietnamese, what poppler sees where it is installed.
 */
#include "make/paper.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <zip.h>

#include "base/test.h"

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

/* fontconfig keeps its list of fonts until the end of the program, partly out of the leak checker's sight. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

static struct paper *sample(struct arena *a)
{
	static const struct str to[] = { S_INIT("Như trên;"), S_INIT("Lưu: VT, BC.") };
	static const int shares[] = { 1, 4, 2 };
	struct paper *p = paper_new(a);
	p->head = (struct paper_head){ .above = S("ỦY BAN NHÂN DÂN TỈNH MẪU"),
				       .agency = S("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),
				       .number = S("Số: 05/ĐB-SVHTTDL"),
				       .place_date = S("Tỉnh Mẫu, ngày 25 tháng 11 năm 2026"),
				       .nation = true,
				       .kind = S("ĐIỂM BÁO NGÀY"),
				       .about = S("Ngày 25 tháng 11 năm 2026") };
	p->note = S("Bản chưa kiểm duyệt");
	p->sign = (struct paper_sign){ S("TRƯỞNG PHÒNG"), S(""), to, 2 };
	paper_heading(p, 1, S("I. TIN NỔI BẬT"));
	paper_paragraph(p, S("Nhiều hộ <chưa> nhận & đủ tiền: "));
	paper_run(p, S("chậm chi trả"), RUN_BOLD);
	paper_link(p, S("bài gốc"), S("https://ngaynay.example/a?b=1&c='x'"));
	paper_item(p, S("Việc thứ nhất"));
	paper_paragraph(p, S("Nói thêm về việc thứ nhất"));
	paper_item(p, S("Việc thứ hai"));
	paper_table(p, 3, shares);
	const char *cells[] = { "TT", "Nội dung", "Hạn", "1", "Trả lời báo chí", "10:00", "2", "Kiểm tra" };
	for (size_t i = 0; i < COUNT(cells); i++)
		paper_cell(p, str_z(cells[i]), i < 3 ? RUN_BOLD : RUN_PLAIN);
	return p;
}

static struct str part(struct str docx, const char *name)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *src = zip_source_buffer_create(docx.p, docx.n, 0, &e);
	zip_t *z = zip_open_from_source(src, ZIP_RDONLY, &e);
	CHECK(z);
	zip_stat_t st;
	CHECK(!zip_stat(z, name, 0, &st));
	char *p = arena_get(test_mem(), st.size + 1);
	zip_file_t *f = zip_fopen(z, name, 0);
	CHECK(f);
	CHECK_INT(zip_fread(f, p, st.size), st.size);
	zip_fclose(f);
	zip_discard(z);
	return (struct str){ p, st.size };
}

/* What a reader of the document sees, without a mark between runs. */
static struct str xml_text(struct str xml)
{
	xmlDocPtr doc = xmlReadMemory(xml.p, (int)xml.n, "part", NULL, XML_PARSE_NONET);
	CHECK(doc);
	xmlChar *s = xmlNodeGetContent(xmlDocGetRootElement(doc));
	struct str copy = arena_str(test_mem(), str_z((const char *)s));
	xmlFree(s);
	xmlFreeDoc(doc);
	return copy;
}

static bool has(struct str s, const char *what)
{
	return str_find(s, str_z(what)) >= 0;
}

static struct str docx_of(const struct paper *p)
{
	struct str s;
	struct fault f = { 0 };
	CHECK_INT(paper_docx(test_mem(), p, &s, &f), OK);
	return s;
}

static struct str pdf_of(const struct paper *p)
{
	struct str s;
	struct fault f = { 0 };
	CHECK_INT(paper_pdf(test_mem(), p, &s, &f), OK);
	return s;
}

TEST(a_docx_is_a_zip_of_well_formed_parts_with_every_word_in_it)
{
	struct str d = docx_of(sample(test_mem()));
	const char *names[] = { "[Content_Types].xml",          "_rels/.rels",      "docProps/core.xml",
				"word/_rels/document.xml.rels", "word/styles.xml",  "word/settings.xml",
				"word/numbering.xml",           "word/header1.xml", "word/footer1.xml" };
	for (size_t i = 0; i < COUNT(names); i++)
		xml_text(part(d, names[i]));
	struct str body = part(d, "word/document.xml"), text = xml_text(body);
	CHECK(has(text, "Nhiều hộ <chưa> nhận & đủ tiền: chậm chi trảbài gốc"));
	CHECK(has(text, "Việc thứ hai") && has(text, "Trả lời báo chí") && has(text, "Độc lập - Tự do - Hạnh phúc"));
	CHECK(has(body, "w:left=\"1701\"") && has(body, "w:w=\"11906\"") && has(body, "<w:tblHeader/>"));
	CHECK(has(part(d, "word/styles.xml"), "Times New Roman"));
	CHECK(has(part(d, "word/_rels/document.xml.rels"), "https://ngaynay.example/a?b=1&amp;c="));
	CHECK(has(xml_text(part(d, "word/footer1.xml")), "Bản chưa kiểm duyệt"));
}

TEST(the_same_paper_gives_the_same_bytes)
{
	struct str a = docx_of(sample(test_mem())), b = docx_of(sample(test_mem()));
	CHECK(str_eq(a, b));
	a = pdf_of(sample(test_mem()));
	b = pdf_of(sample(test_mem()));
	CHECK(a.n > 1000 && str_eq(a, b));
	struct paper *other = sample(test_mem());
	paper_paragraph(other, S("Thêm một câu."));
	CHECK(!str_eq(docx_of(other), docx_of(sample(test_mem()))));
}

/* The text as pdftotext reads it; empty when it is not installed. */
static struct str pdf_text(struct str pdf)
{
	struct str name = str_fmt(test_mem(), "%s/p.pdf", test_dir());
	FILE *f = fopen(name.p, "wb");
	CHECK(f);
	CHECK_INT(fwrite(pdf.p, 1, pdf.n, f), pdf.n);
	fclose(f);
	FILE *out = popen(str_fmt(test_mem(), "pdftotext -layout '%s' - 2>&1 || true", name.p).p, "r");
	CHECK(out);
	char *buf = arena_get(test_mem(), 1 << 20);
	size_t n = fread(buf, 1, (1 << 20) - 1, out);
	pclose(out);
	remove(name.p);
	return (struct str){ buf, n };
}

TEST(the_words_of_a_pdf_can_be_read_out_again)
{
	if (system("command -v pdftotext >/dev/null 2>&1"))
		return;
	struct str t = pdf_text(pdf_of(sample(test_mem())));
	CHECK(has(t, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && has(t, "Độc lập - Tự do - Hạnh phúc"));
	CHECK(has(t, "ĐIỂM BÁO NGÀY") && has(t, "Nhiều hộ <chưa> nhận & đủ tiền: chậm chi trả"));
	CHECK(has(t, "1. Việc thứ nhất") && has(t, "2. Việc thứ hai") && has(t, "Trả lời báo chí") &&
	      has(t, "Nơi nhận:"));
	CHECK(has(pdf_of(sample(test_mem())), "/StructTreeRoot"));
}

TEST(a_long_paper_goes_on_over_pages_and_numbers_them_from_the_second)
{
	struct paper *p = sample(test_mem());
	struct text cell = text_new(test_mem());
	for (int i = 0; i < 900; i++)
		text_fmt(&cell, "dòng%d ", i);
	for (int i = 0; i < 60; i++)
		paper_paragraph(
		    p,
		    S("Một đoạn văn đủ dài để phải xuống dòng ít nhất một lần trên khổ giấy A4 với lề như quy định."));
	paper_table(p, 2, NULL);
	paper_cell(p, S("Ô"), RUN_BOLD);
	paper_cell(p, S("Nội dung"), RUN_BOLD);
	paper_cell(p, S("dài"), RUN_PLAIN);
	paper_cell(p, text_str(&cell), RUN_PLAIN);
	struct str pdf = pdf_of(p);
	if (system("command -v pdftotext >/dev/null 2>&1"))
		return;
	struct str t = pdf_text(pdf), rest = t, page;
	int pages = 0;
	while (str_split(&rest, '\f', &page)) {
		pages++;
		if (str_trim(page).n && pages > 1)
			CHECK_INT(str_trim(page).p[0], '0' + pages);
	}
	CHECK(pages > 4 && has(t, "dòng0 ") && has(t, "dòng899"));
}

TEST(papers_bear_bad_bytes_nothing_at_all_and_addresses_of_other_kinds)
{
	CHECK_STR(paper_clean(test_mem(), S("a\xff\x01"
					    "b\xed\xa0\x80"
					    "\nc")),
		  "a\xEF\xBF\xBD"
		  "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD c");
	struct paper *p = paper_new(test_mem());
	CHECK(pdf_of(p).n && docx_of(p).n);
	paper_table(p, 2, NULL);
	paper_paragraph(p, S(""));
	paper_link(p, S("bấm"), S("javascript:alert(1)"));
	paper_run(p, S("\xc3(\x02\xef\xbf\xbf"), RUN_ITALIC);
	struct str d = docx_of(p);
	xml_text(part(d, "word/document.xml"));
	CHECK(!has(part(d, "word/_rels/document.xml.rels"), "javascript"));
	CHECK(!has(pdf_of(p), "javascript"));
}

TEST(a_paper_past_the_limit_is_refused_with_a_reason)
{
	struct paper *p = paper_new(test_mem());
	for (int i = 0; i < 20001; i++)
		paper_paragraph(p, S(""));
	struct str s;
	struct fault f = { 0 };
	CHECK_INT(paper_docx(test_mem(), p, &s, &f), ERR_LIMIT);
	CHECK_INT(paper_pdf(test_mem(), p, &s, &f), ERR_LIMIT);
	CHECK_STR(str_z(f.say), "paper.too_long");
}

static void keep(const char *dir, const char *name, struct str bytes)
{
	FILE *f = fopen(str_fmt(test_mem(), "%s/%s", dir, name).p, "wb");
	CHECK(f);
	CHECK_INT(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	CHECK(!fclose(f));
}

/* tests/office.sh asks for the samples and opens them with another program. */
TEST(the_samples_are_kept_when_another_program_wants_to_open_them)
{
	const char *dir = getenv("NHIPCAU_SAMPLES");
	struct str docx = docx_of(sample(test_mem())), pdf = pdf_of(sample(test_mem()));
	CHECK(str_starts(docx, S("PK")) && str_starts(pdf, S("%PDF-")));
	if (!dir)
		return;
	keep(dir, "sample.docx", docx);
	keep(dir, "sample.pdf", pdf);
}

TEST(a_list_goes_on_over_what_stands_under_its_items_until_the_next_heading)
{
	struct paper *p = sample(test_mem());
	paper_heading(p, 1, S("II. PHẢN ÁNH"));
	paper_item(p, S("Việc khác"));
	int numbers[3] = { 0 }, lists[3] = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		if (p->blocks[i].kind == BLOCK_ITEM && n < 3) {
			numbers[n] = p->blocks[i].number;
			lists[n++] = p->blocks[i].list;
		}
	CHECK_INT(n, 3);
	CHECK(numbers[0] == 1 && numbers[1] == 2 && numbers[2] == 1);
	CHECK(lists[0] == lists[1] && lists[2] != lists[1]);
}
