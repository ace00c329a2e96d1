/*
 * Pages of invented newspapers in the manner of Vietnamese newsroom systems. Beside each page its gold:
 * title, time, lead, then the paragraphs of the body, a line each.
 */
#include "base/test.h"
#include "base/time.h"
#include "read/page.h"

static const char *const names[] = { "01-fck", "02-cms-table", "03-jsonld", "04-time-tag", "05-vn-words", "06-div-soup", "07-subheads",
	"08-url-date" };

static struct page page(const char *name)
{
	struct page p;
	struct str path = str_fmt(test_mem(), "tests/corpus/pages/%s.html", name);
	CHECK(page_read(test_mem(), test_file(path.p), S(""), &p, NULL) == OK);
	return p;
}

static struct str gold(const char *name, struct str *title, struct str *time, struct str *lead)
{
	struct str rest = str_trim(test_file(str_fmt(test_mem(), "tests/corpus/pages/%s.gold", name).p));
	CHECK(str_split(&rest, '\n', title) && str_split(&rest, '\n', time) && str_split(&rest, '\n', lead));
	return rest;
}

TEST(the_pages_of_vietnamese_newsrooms_give_title_and_time)
{
	struct str title, time, lead;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct page p = page(names[i]);
		gold(names[i], &title, &time, &lead);
		CHECK_STR(p.title, arena_z(test_mem(), title));
		CHECK_STR(time_iso(test_mem(), p.published), arena_z(test_mem(), time));
		CHECK_STR(p.language, "vi");
	}
}

TEST(the_pages_of_vietnamese_newsrooms_give_lead_and_body)
{
	struct str title, time, lead;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct page p = page(names[i]);
		struct str body = gold(names[i], &title, &time, &lead);
		CHECK_STR(p.lead, arena_z(test_mem(), lead));
		if (str_starts(p.text, lead)) /* the lead may open the text; it is no clutter */
			p.text = str_trim(str_sub(p.text, lead.n, p.text.n));
		CHECK_STR(p.text, arena_z(test_mem(), body));
		CHECK_INT(p.kind, PAGE_ARTICLE);
	}
}

TEST(a_list_of_headlines_is_no_article)
{
	CHECK(page("list").kind != PAGE_ARTICLE);
}

TEST(a_page_nested_too_deep_is_marked_as_truncated)
{
	struct text t = text_new(test_mem());
	struct page p;
	text_z(&t, "<html><body>");
	for (int i = 0; i < 10000; i++)
		text_z(&t, "<div>");
	text_z(&t, "<p>chữ</p>");
	CHECK(page_read(test_mem(), text_str(&t), S(""), &p, NULL) == OK);
	CHECK(p.truncated);
}

TEST(what_is_no_text_is_no_page)
{
	struct text t = text_new(test_mem());
	struct page p;
	uint32_t x = 2463534242u;
	for (int i = 0; i < 20000; i++) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		text_c(&t, (char)(x >> 24));
	}
	CHECK(page_read(test_mem(), text_str(&t), S(""), &p, NULL) == ERR_INPUT);
	CHECK(page_read(test_mem(), S("<p>Một \x01 dấu lạ trong một trang còn lại là chữ thì vẫn là trang, như mọi trang khác</p>"), S(""), &p, NULL) == OK);
}
