/*
 * Addresses: one form for each, private ones told apart.
 */
#include "net/url.h"
#include "base/test.h"
#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static struct str canonical(const char *z)
{
	struct str s;
	return url_canonical(test_mem(), str_z(z), &s) ? s : S("(none)");
}

TEST(one_page_has_one_address_whoever_names_it)
{
	CHECK_STR(canonical("HTTPS://Bao.Example.VN:443/Thoi-su?utm_source=zalo&id=7&fbclid=abc#top"), "https://bao.example.vn/Thoi-su?id=7");
	CHECK_STR(canonical("http://bao.example.vn:80"), "http://bao.example.vn/");
	CHECK_STR(canonical("http://bao.example.vn:8080/a?b=2&a=1"), "http://bao.example.vn:8080/a?b=2&a=1");
	CHECK_STR(canonical("https://an:matkhau@bao.example.vn/x?UTM_Medium=rss"), "https://bao.example.vn/x");
	CHECK_STR(canonical("https://bao.example.vn/a/../b/./c.html"), "https://bao.example.vn/b/c.html");
	CHECK_STR(canonical("  https://m.bao.example.vn./tin?zarsrc=1&gidzl=2&p=3 "), "https://m.bao.example.vn/tin?p=3");
	CHECK_STR(canonical("https://bao.example.vn/amp/tin-%e1%bb%87"), "https://bao.example.vn/amp/tin-%E1%BB%87");
	CHECK_STR(canonical("https://bao.example.vn/tin/Đà Nẵng"), "https://bao.example.vn/tin/%C4%90%C3%A0%20N%E1%BA%B5ng");
}

TEST(what_is_no_web_address_is_refused)
{
	static const char *const bad[] = { "", "ftp://a.vn/x", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.vn", "https://", "//a.vn/x",
		"/tin/1", "http://a.vn/\nHost: b.vn", "gopher://a.vn", "http://[::1", "data:text/html,x" };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK_STR(canonical(bad[i]), "(none)");
	char *much = arena_raw(test_mem(), URL_MAX + 50);
	memset(much, 'a', URL_MAX + 49);
	much[URL_MAX + 49] = 0;
	memcpy(much, "http://a.vn/", 12);
	CHECK_STR(canonical(much), "(none)");
}

TEST(a_link_is_read_from_where_it_stands)
{
	struct str s;
	CHECK(url_join(test_mem(), S("https://bao.example.vn/a/b.html?x=1"), S("../c.html#d"), &s));
	CHECK_STR(s, "https://bao.example.vn/c.html#d");
	CHECK(url_join(test_mem(), S("https://bao.example.vn/a/"), S("//anh.example.vn/1.jpg"), &s));
	CHECK_STR(s, "https://anh.example.vn/1.jpg");
	CHECK(url_join(test_mem(), S("https://bao.example.vn/a?x"), S("?y=2"), &s));
	CHECK_STR(s, "https://bao.example.vn/a?y=2");
	CHECK(!url_join(test_mem(), S("https://bao.example.vn/"), S("javascript:void(0)"), &s));
	CHECK(!url_join(test_mem(), S("khong phai"), S("/x"), &s));
	CHECK_STR(url_host(test_mem(), S("https://Bao.Example.VN:8443/x")), "bao.example.vn");
	CHECK_STR(url_host(test_mem(), S("khong")), "");
	CHECK_STR(url_path_query(test_mem(), S("https://a.vn/x/y?z=1#t")), "/x/y?z=1");
	CHECK_STR(url_path_query(test_mem(), S("https://a.vn")), "/");
	CHECK_STR(url_origin(test_mem(), S("HTTP://A.vn:80/x")), "http://a.vn");
	CHECK_STR(url_origin(test_mem(), S("https://a.vn:8443/x")), "https://a.vn:8443");
}

TEST(places_of_private_persons_are_never_sources)
{
	CHECK(url_is_social(S("facebook.com")));
	CHECK(url_is_social(S("m.Facebook.com")));
	CHECK(url_is_social(S("www.youtube.com.")));
	CHECK(url_is_social(S("zalo.me")));
	CHECK(url_is_social(S("ai-do.blogspot.com")));
	CHECK(!url_is_social(S("notfacebook.com")));
	CHECK(!url_is_social(S("netx.com")));
	CHECK(!url_is_social(S("vnexpress.net")));
	CHECK(!url_is_social(S("")));
}

static bool is_public(const char *z)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	struct sockaddr_in6 b = { .sin6_family = AF_INET6 };
	if (inet_pton(AF_INET, z, &a.sin_addr) == 1)
		return address_is_public((struct sockaddr *)&a);
	BUG_IF(inet_pton(AF_INET6, z, &b.sin6_addr) != 1);
	return address_is_public((struct sockaddr *)&b);
}

TEST(only_addresses_of_the_open_internet_are_public)
{
	static const char *const closed[] = { "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9", "169.254.169.254",
		"172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
		"198.51.100.7", "203.0.113.7", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1",
		"::ffff:127.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
		"ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1", "4000::1" };
	static const char *const open[] = { "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "113.160.0.1",
		"223.255.255.254", "::ffff:8.8.8.8", "2606:4700::1111", "2405:4800::1", "64:ff9b::808:808" };
	for (size_t i = 0; i < COUNT(closed); i++)
		if (is_public(closed[i]))
			test_failed(closed[i], 0, "is taken for public");
	for (size_t i = 0; i < COUNT(open); i++)
		if (!is_public(open[i]))
			test_failed(open[i], 0, "is taken for closed");
	struct sockaddr local = { .sa_family = AF_UNIX };
	CHECK(!address_is_public(&local));
}

TEST(the_list_to_begin_with_names_only_outlets_and_portals_once)
{
	struct str opml = test_file("feeds/vietnam.opml"), mark = S(" xmlUrl=\"");
	struct str seen[200];
	size_t n = 0;
	for (ptrdiff_t at; (at = str_find(opml, mark)) >= 0;) {
		struct str url, again;
		opml = str_sub(opml, (size_t)at + mark.n, opml.n);
		CHECK(str_split(&opml, '"', &url) && url_canonical(test_mem(), url, &again) && n < COUNT(seen));
		CHECK(str_starts(url, S("https://")) && !url_is_social(url_host(test_mem(), url)));
		for (size_t i = 0; i < n; i++)
			CHECK(!str_eq(seen[i], again));
		seen[n++] = again;
	}
	CHECK(n >= 40);
	CHECK(str_find(test_file("feeds/vietnam.opml"), S("nc:verified=\"true\"")) < 0);
}
