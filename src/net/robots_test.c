/*
 * robots.txt by RFC 9309: groups, the longest rule, what is not understood.
 */
#include "net/robots.h"
#include "base/test.h"
#include "base/time.h"

static bool may(const char *txt, const char *path)
{
	return robots_allows(robots_new(test_mem(), str_z(txt)), str_z(path), S("nhipcau"));
}

TEST(the_longest_rule_wins_and_allow_wins_a_tie)
{
	const char *txt = "User-agent: *\nDisallow: /tin/\nAllow: /tin/mo/\nDisallow: /tin/mo/kin\nAllow: /p\nDisallow: /p\n";
	CHECK(may(txt, "/"));
	CHECK(!may(txt, "/tin/1.html"));
	CHECK(may(txt, "/tin/mo/1.html"));
	CHECK(!may(txt, "/tin/mo/kin/1.html"));
	CHECK(may(txt, "/p/1"));
	CHECK(may("User-agent: *\nDisallow: /p\nAllow: /p\n", "/p/1"));
	CHECK(may("", "/x"));
	CHECK(may("User-agent: *\nDisallow:\n", "/x"));
	CHECK(!may("User-agent: *\nDisallow: /\n", "/x"));
	CHECK(may("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST(a_group_that_names_us_speaks_instead_of_the_one_for_all)
{
	const char *txt = "\xef\xbb\xbfUSER-AGENT: khac\nUser-Agent: NhipCau/2.0\nDisallow: /a # vi sao\n\nUser-agent: *\nDisallow: /\n"
	                  "User-agent: nhipcau\r\nDisallow: /b\r\nCrawl-delay: 2.5\n";
	CHECK(!may(txt, "/a"));
	CHECK(!may(txt, "/b/c"));
	CHECK(may(txt, "/c"));
	struct robots *r = robots_new(test_mem(), str_z(txt));
	CHECK(!robots_allows(r, S("/c"), S("la")));
	CHECK(robots_allows(r, S("/b"), S("khac")));
	CHECK_NEAR(robots_delay(r, S("nhipcau")), 2.5, 0);
	CHECK_NEAR(robots_delay(r, S("khac")), 0, 0);
}

TEST(stars_and_ends_in_patterns)
{
	const char *txt = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /in/*/ban\nDisallow: /*?s=\nDisallow: /x$\nDisallow: /đ\nDisallow: *a*b*$\n";
	CHECK(!may(txt, "/van-ban/1.pdf"));
	CHECK(may(txt, "/tin/1.pdf?y"));
	CHECK(!may(txt, "/in/5/banner"));
	CHECK(may(txt, "/in/5"));
	CHECK(!may(txt, "/tim?s=x"));
	CHECK(!may(txt, "/x"));
	CHECK(may(txt, "/xy"));
	CHECK(!may(txt, "/%C4%91/1"));
	CHECK(!may(txt, "/%c4%91"));
	CHECK(!may(txt, "/a--b--"));
	CHECK(!may("User-agent: *\nDisallow: /%7ea\n", "/~a"));
	CHECK(!may("User-agent: *\nDisallow: /a$b*\n", "/a$bc"));
}

TEST(what_cannot_be_had_closes_or_opens_the_site)
{
	CHECK(robots_allows(robots_all(test_mem(), true), S("/x"), S("nhipcau")));
	CHECK(!robots_allows(robots_all(test_mem(), false), S("/x"), S("nhipcau")));
	const struct str *maps;
	struct robots *r = robots_new(test_mem(), S("Sitemap: https://a.vn/s.xml\nDisallow: /\nSitemap:\n"));
	CHECK_INT(robots_sitemaps(r, &maps), 1);
	CHECK_STR(maps[0], "https://a.vn/s.xml");
	CHECK(robots_allows(r, S("/x"), S("nhipcau"))); /* a rule before any agent speaks to nobody */
}

TEST(a_hostile_robots_txt_costs_little)
{
	struct text t = text_new(test_mem());
	text_z(&t, "User-agent: *\n");
	while (t.n < 600 << 10)
		text_z(&t, "Disallow: *a*a*a*a*a*a*a*a*b$\n");
	char path[2000];
	memset(path, 'a', sizeof path);
	path[0] = '/';
	int64_t began = clock_ms();
	struct robots *r = robots_new(test_mem(), text_str(&t));
	CHECK(robots_allows(r, (struct str){ path, sizeof path }, S("nhipcau")));
	CHECK(clock_ms() - began < 2000);
}

/* The same question answered the slow way. */
static bool slowly(const char *pattern, const char *path)
{
	if (!*pattern)
		return true;
	if (*pattern == '$' && !pattern[1])
		return !*path;
	if (*pattern == '*')
		return slowly(pattern + 1, path) || (*path && slowly(pattern, path + 1));
	return *path == *pattern && slowly(pattern + 1, path + 1);
}

TEST(quick_matching_says_what_slow_matching_says)
{
	struct rng rng = { 11 };
	for (int i = 0; i < 20000; i++) {
		char pattern[12] = "/", path[12] = "/";
		for (size_t k = 1, n = 1 + rng_next(&rng) % 8; k < n; k++)
			pattern[k] = "ab*a*b"[rng_next(&rng) % 6];
		for (size_t k = 1, n = 1 + rng_next(&rng) % 8; k < n; k++)
			path[k] = "ab"[rng_next(&rng) % 2];
		if (rng_next(&rng) % 2)
			strcat(pattern, "$");
		struct str txt = str_fmt(test_mem(), "User-agent: *\nDisallow: %s\n", pattern);
		if (may(txt.p, path) == slowly(pattern, path))
			test_failed(pattern, i, path);
	}
}
