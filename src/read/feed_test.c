/* Feeds of invented outlets, one a format, and the broken and hostile ones. */
#include "base/test.h"
#include "base/time.h"
#include "read/feed.h"
#include "read/opml.h"

static struct feed feed(const char *name)
{
	struct feed f;
	struct str path = str_fmt(test_mem(), "tests/corpus/feeds/%s", name);
	CHECK(feed_read(test_mem(), test_file(path.p), &f, NULL) == OK);
	return f;
}

static struct feed feed_of(struct str bytes)
{
	struct feed f;
	CHECK(feed_read(test_mem(), bytes, &f, NULL) == OK);
	return f;
}

static struct str published(const struct feed *f, size_t i)
{
	return time_iso(test_mem(), f->entries[i].published);
}

TEST(an_rss_feed_gives_its_items_with_text_dates_and_categories)
{
	struct feed f = feed("rss20.xml");
	CHECK_STR(f.version, "rss20");
	CHECK_STR(f.title, "Báo Sông Trăng");
	CHECK_STR(f.language, "vi");
	CHECK(!f.malformed);
	CHECK_INT(f.nentries, 2);
	CHECK_STR(f.entries[0].summary, "Cây cầu dài 320 m nối hai bờ.\nThông xe ngày 12/8.");
	CHECK_STR(f.entries[0].link, "https://songtrang.example/cau-moi");
	CHECK_STR(published(&f, 0), "2026-08-11T03:25:00Z");
	CHECK_INT(f.entries[0].ncategories, 2);
	CHECK_STR(f.entries[0].categories[1], "Giao thông");
	CHECK_STR(f.entries[0].enclosures[0].type, "image/jpeg");
	CHECK_INT(f.entries[0].enclosures[0].length, 20480);
}

TEST(a_clock_without_offset_in_a_vietnamese_feed_is_that_of_viet_nam)
{
	struct feed f = feed("rss20.xml");
	CHECK_STR(published(&f, 1), "2026-08-11T00:05:00Z");
}

TEST(an_atom_feed_gives_its_entries_and_never_who_wrote_them)
{
	struct feed f = feed("atom10.xml");
	CHECK_STR(f.version, "atom10");
	CHECK_INT(f.nentries, 2);
	CHECK_STR(f.entries[0].id, "tag:doimoi.example,2026:7");
	CHECK_STR(f.entries[0].link, "https://doimoi.example/tin/7");
	CHECK_STR(f.entries[0].content, "Đoạn một.\nĐoạn hai có 5 < 7.");
	CHECK_STR(f.entries[0].title, "Giá lúa & gạo");
	CHECK_STR(f.entries[1].summary, "Chỉ là chữ <b>thường</b>");
	CHECK_STR(time_iso(test_mem(), f.entries[0].updated), "2026-08-11T04:00:00Z");
}

TEST(an_rdf_feed_a_json_feed_and_sitemaps_are_read)
{
	struct feed f = feed("rss10.rdf");
	CHECK_STR(f.version, "rss10");
	CHECK_INT(f.nentries, 1);
	CHECK_STR(f.entries[0].title, "Họp thôn");
	f = feed("feed.json");
	CHECK_STR(f.version, "json11");
	CHECK_STR(f.entries[0].content, "Nước lên nhanh.\nTrạm bơm chạy hết công suất.");
	CHECK_STR(published(&f, 0), "2026-08-11T03:25:00Z");
	f = feed("sitemap-news.xml");
	CHECK_STR(f.version, "sitemap");
	CHECK_INT(f.nentries, 2);
	CHECK_STR(f.entries[0].title, "Lũ về sớm");
	CHECK_STR(published(&f, 0), "2026-08-11T03:25:00Z");
	f = feed("sitemap-index.xml");
	CHECK_STR(f.version, "sitemapindex");
	CHECK_INT(f.nentries, 2);
}

TEST(an_opml_list_gives_feeds_with_their_folders)
{
	struct opml o;
	CHECK(opml_read(test_mem(), test_file("tests/corpus/feeds/list.opml"), &o, NULL) == OK);
	CHECK_INT(o.n, 3);
	CHECK_STR(o.feeds[0].folder, "Báo tỉnh/Phía Bắc");
	CHECK_STR(o.feeds[2].folder, "");
	CHECK_STR(o.feeds[1].feed, "https://doimoi.example/atom.xml");
	CHECK_STR(o.feeds[1].outlet, "");
}

TEST(an_opml_list_gives_what_the_house_itself_wrote_of_outlets)
{
	struct opml o;
	CHECK(opml_read(test_mem(), S("<opml version='2.0' xmlns:nc='https://nhipcau.example/ns/opml'><body><outline text='Tin mới'"
	                              " xmlUrl='https://songtrang.example/rss' nc:outlet='Báo Sông Trăng' nc:kind='print' kind='x'"
	                              " nc:licence='12/GP-BVHTTDL' nc:permission='public'/></body></opml>"), &o, NULL) == OK);
	CHECK_INT(o.n, 1);
	CHECK_STR(o.feeds[0].outlet, "Báo Sông Trăng");
	CHECK_STR(o.feeds[0].kind, "print");
	CHECK_STR(o.feeds[0].licence, "12/GP-BVHTTDL");
	CHECK_STR(o.feeds[0].permission, "public");
}

TEST(a_truncated_feed_keeps_its_whole_items)
{
	struct feed f = feed("truncated.xml");
	CHECK(f.malformed && f.truncated);
	CHECK_INT(f.nentries, 2);
	CHECK_STR(f.entries[1].title, "Tin thứ hai");
}

TEST(an_ill_formed_feed_is_read_and_marked)
{
	struct feed f = feed("illformed.xml");
	CHECK(f.malformed);
	CHECK_INT(f.nentries, 2);
	CHECK_STR(f.entries[0].title, "R&D ở xã");
	CHECK_STR(f.entries[0].summary, "Có thẻ hở và mở");
	CHECK_STR(f.entries[1].title, "Tin sau");
}

TEST(entities_of_a_document_are_never_expanded)
{
	struct feed f = feed("entity-bomb.xml");
	CHECK(f.malformed);
	CHECK_STR(f.entries[0].title, "&j;");
	CHECK_STR(f.entries[1].title, "sau bom");
	f = feed("xxe.xml");
	CHECK_STR(f.entries[0].title, "&x;");
}

TEST(two_hundred_thousand_open_elements_do_no_harm)
{
	struct text t = text_new(test_mem());
	text_z(&t, "<rss version='2.0'><channel><item><title>sâu</title><link>https://a.example/1</link><description>");
	for (int i = 0; i < 200000; i++)
		text_z(&t, "<a>");
	struct feed f = feed_of(text_str(&t));
	CHECK(f.malformed);
	CHECK_STR(f.entries[0].title, "sâu");
}

TEST(sixty_thousand_attributes_take_no_time)
{
	struct text t = text_new(test_mem());
	int64_t from = clock_ms();
	text_z(&t, "<rss version='2.0'><channel><item ");
	for (int i = 0; i < 60000; i++)
		text_fmt(&t, "a%d='1' ", i);
	text_z(&t, "><title>nhiều</title></item></channel></rss>");
	CHECK_STR(feed_of(text_str(&t)).entries[0].title, "nhiều");
	CHECK(clock_ms() - from < 1000);
}

TEST(a_legacy_vietnamese_charset_is_undone)
{
	struct feed f = feed_of(S("<?xml version='1.0' encoding='windows-1258'?><rss version='2.0'><channel><title>\xd0\xea\xcc Vi\xea\xf2t</title></channel></rss>"));
	CHECK_STR(f.encoding, "windows-1258");
	CHECK(str_starts(f.title, S("Đ")));
}

TEST(a_feed_in_an_old_vietnamese_font_is_read)
{
	struct feed f = feed_of(S("<rss version='2.0'><channel><title>Vi\xd6t Nam</title><item><title>Th\xf4 t\xad\xedng ch\xdd \xae\xb9o c\xf8u "
				  "tr\xee ng\xad\xeci d\xa9n v\xefng l\xf2</title></item></channel></rss>"));
	CHECK_STR(f.encoding, "tcvn3");
	CHECK_STR(f.title, "Việt Nam");
}

TEST(what_is_no_feed_is_refused)
{
	struct feed f;
	CHECK(feed_read(test_mem(), S("<html><body><p>404</p></body></html>"), &f, NULL) == ERR_INPUT);
	CHECK(feed_read(test_mem(), S("  "), &f, NULL) == ERR_INPUT);
	CHECK(feed_read(test_mem(), S("{\"a\": 1}"), &f, NULL) == ERR_INPUT);
}

TEST(a_script_in_a_summary_leaves_no_trace)
{
	struct feed f = feed_of(S("<rss version='2.0'><channel><item><description>a&lt;script&gt;alert(1)&lt;/script&gt;b "
				  "&lt;img src=x onerror=alert(1)&gt;c</description></item></channel></rss>"));
	CHECK_STR(f.entries[0].summary, "ab c");
}
