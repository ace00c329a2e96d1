/*
 * The feeds we write must be read by others: the XML parser of the house stands in for them.
 */
#include "base/test.h"
#include "make/feedout.h"

#include <jansson.h>
#include <libxml/parser.h>

static struct feed_out hostile(void)
{
	static const struct feed_entry entries[] = {
		{ S_INIT("urn:nhipcau:article:7"), S_INIT("https://bao-mau.vn/a?b=1&c=2"), S_INIT("Giá <b>đất</b> & \"bồi thường\"\x01"),
			S_INIT("Dòng một\ndòng hai \\ ]]>"), S_INIT("Báo <Mẫu>"), 1795394400 },
		{ S_INIT("urn:nhipcau:article:8"), S_INIT("https://bao-mau.vn/d"), S_INIT(""), S_INIT(""), S_INIT(""), 0 },
	};
	return (struct feed_out){ S("Đất đai & \"nhà\""), S("https://x.vn/tim?q=a&b=c"), S("https://x.vn/feeds/1.atom"), S("Tin <mới>"), 1795394400,
		entries, COUNT(entries) };
}

static xmlDocPtr parsed(struct str s)
{
	return xmlReadMemory(s.p, (int)s.n, "feed.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

TEST(rss_and_atom_are_xml_whatever_stands_in_them)
{
	struct feed_out f = hostile();
	struct str rss = feed_rss(test_mem(), &f), atom = feed_atom(test_mem(), &f);
	xmlDocPtr a = parsed(rss), b = parsed(atom);
	CHECK(a && b);
	xmlFreeDoc(a);
	xmlFreeDoc(b);
	CHECK(str_find(rss, S("Giá &lt;b&gt;đất&lt;/b&gt; &amp;")) >= 0 && str_find(rss, S("\x01")) < 0);
	CHECK(str_find(rss, S("<pubDate>Mon, 23 Nov 2026 00:40:00 GMT</pubDate>")) >= 0);
	CHECK(str_find(atom, S("<updated>2026-11-23T00:40:00Z</updated>")) >= 0);
	CHECK(str_find(atom, S("href=\"https://bao-mau.vn/a?b=1&amp;c=2\"")) >= 0);
}

TEST(a_json_feed_is_json_whatever_stands_in_it)
{
	struct feed_out f = hostile();
	struct str s = feed_json(test_mem(), &f);
	json_t *o = json_loadb(s.p, s.n, 0, NULL), *items = json_object_get(o, "items");
	CHECK(json_array_size(items) == 2);
	CHECK(!strcmp(json_string_value(json_object_get(json_array_get(items, 0), "content_text")), "Dòng một\ndòng hai \\ ]]>"));
	json_decref(o);
}

TEST(dates_of_feeds_are_those_of_greenwich)
{
	CHECK_STR(feed_date(test_mem(), 0), "Thu, 01 Jan 1970 00:00:00 GMT");
	CHECK_STR(feed_date(test_mem(), 1795478399), "Mon, 23 Nov 2026 23:59:59 GMT");
}
