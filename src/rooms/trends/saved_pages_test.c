/*
 * Saved searches and their feeds, asked as a browser and a reader program would.
 */
#include "base/test.h"
#include "rooms/monitoring/newsroom_test.h"
#include "rooms/trends/saved_pages.h"

#define GET(path) newsroom_get(&r, r.analyst, path)
#define SENT(path, body_) newsroom_post(&r, path, S(body_))

static struct str feed_path(struct newsroom *r)
{
	struct str s = newsroom_get(r, r->analyst, "/tim/da-luu");
	ptrdiff_t at = str_find(s, S("/feeds/"));
	CHECK(at > 0);
	return str_sub(s, (size_t)at, (size_t)at + 7 + 64);
}

TEST(a_search_is_saved_gives_a_feed_and_is_dropped)
{
	struct newsroom r = newsroom_open(saved_tables, saved_tables_n);
	CHECK(says(GET("/tim/da-luu"), "Chưa lưu tìm kiếm nào"));
	CHECK(says(SENT("/tim/da-luu", "name=%3Cb%3E&query=cam+k%E1%BA%BFt&mail=&hook="), "Location: /tim/da-luu"));
	struct str s = GET("/tim/da-luu"), path = feed_path(&r);
	CHECK(says(s, "&lt;b&gt;") && !says(s, "><b><"));
	struct str rss = newsroom_get(&r, S(""), str_fmt(r.cx.mem, "%.*s.rss", FMT(path)).p);
	CHECK(says(rss, "HTTP/1.1 200") && says(rss, "application/rss+xml") && says(rss, " &amp; xin lỗi dân</title>"));
	CHECK(says(newsroom_get(&r, S(""), str_fmt(r.cx.mem, "%.*s.atom", FMT(path)).p), "urn:nhipcau:article:101"));
	CHECK(says(newsroom_get(&r, S(""), str_fmt(r.cx.mem, "%.*s.json", FMT(path)).p), "jsonfeed.org/version/1.1"));
	CHECK(says(newsroom_get(&r, S(""), str_fmt(r.cx.mem, "%.*s.pdf", FMT(path)).p), "HTTP/1.1 404"));
	CHECK(says(newsroom_get(&r, S(""), "/feeds/00000000.rss"), "HTTP/1.1 404") && says(newsroom_get(&r, S(""), "/feeds/.rss"), "HTTP/1.1 404"));
	newsroom_close(&r);
}

TEST(a_search_for_a_person_is_not_saved)
{
	struct newsroom r = newsroom_open(saved_tables, saved_tables_n);
	struct str s = SENT("/tim/da-luu", "name=x&query=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu");
	CHECK(says(s, "HTTP/1.1 422") && says(s, "Không lưu tìm kiếm theo tên người") && says(s, "Văn Mẫu"));
	CHECK(says(SENT("/tim/da-luu", "name=x&query=gi%C3%A1+%C4%91%E1%BA%A5t&mail=khong-phai-thu"), "href=\"#mail\""));
	CHECK(says(SENT("/tim/da-luu/7/bo", ""), "HTTP/1.1 404") && says(SENT("/tim/da-luu/x/bo", ""), "HTTP/1.1 404"));
	CHECK(says(newsroom_get(&r, r.admin, "/tim/da-luu"), "HTTP/1.1 403"));
	newsroom_close(&r);
}
