/*
 * Fetching from a server on the loopback address: what is kept, what is refused, and how it is told.
 */
#include "net/fetch.h"
#include "base/test.h"
#include "base/time.h"
#include "net/bad_server.h"
#include "net/url.h"

enum { SLOWEST = 1500, LARGEST = 64 << 10, MOST = 64 };

/* What came back, kept beyond the callback. */
struct seen {
	struct fetch_result of[MOST];
	int64_t at[MOST];
	size_t n;
};

static void keep(void *ctx, const struct fetch_result *r)
{
	struct seen *seen = ctx;
	CHECK(seen->n < MOST);
	struct fetch_result *k = &seen->of[seen->n];
	*k = *r;
	k->url = arena_str(test_mem(), r->url);
	k->etag = arena_str(test_mem(), r->etag);
	k->modified = arena_str(test_mem(), r->modified);
	k->type = arena_str(test_mem(), r->type);
	k->charset = arena_str(test_mem(), r->charset);
	k->body = arena_str(test_mem(), r->body);
	k->detail = "";
	seen->at[seen->n++] = clock_ms();
}

static struct fetch_limits limits(void)
{
	return (struct fetch_limits){ .agent = "NhipCau-test/0.1 (+mailto:thu@example.vn)", .delay_ms = -1, .per_host = 64, .connections = 64,
		.total_ms = SLOWEST, .connect_ms = 1000, .max_bytes = LARGEST, .max_header_bytes = 16 << 10, .redirects = 3, .allow_private = true };
}

static struct str local(const char *path)
{
	return str_fmt(test_mem(), "http://127.0.0.1:%d%s", bad_server_port(), path);
}

static struct fetch_result fetch_by(struct fetch_limits l, struct fetch_want want)
{
	struct seen seen = { .n = 0 };
	struct fault fault;
	AUTO(fetcher_closep) struct fetcher *f = fetcher_open(&l, &fault);
	CHECK(f);
	fetch_add(f, &want);
	CHECK_INT(fetch_run(f, keep, &seen, 5000), 0);
	CHECK_INT(seen.n, 1);
	return seen.of[0];
}

static struct fetch_result fetch_one(const char *path)
{
	return fetch_by(limits(), (struct fetch_want){ .id = 1, .url = local(path) });
}

TEST(every_misbehaviour_ends_bounded_in_a_state)
{
	static const struct { const char *path; enum fetch_state state; } ways[] = {
		{ "/ok", FETCH_OK }, { "/404", FETCH_NOT_FOUND }, { "/410", FETCH_NOT_FOUND }, { "/403", FETCH_FORBIDDEN },
		{ "/500", FETCH_HTTP_ERROR }, { "/503", FETCH_HTTP_ERROR }, { "/304", FETCH_HTTP_ERROR }, { "/loop", FETCH_TOO_MANY_REDIRECTS },
		{ "/moved", FETCH_OK }, { "/moved-twice", FETCH_OK }, { "/found", FETCH_OK }, { "/nowhere", FETCH_HTTP_ERROR },
		{ "/to-file", FETCH_BAD_ADDRESS }, { "/to-gopher", FETCH_BAD_ADDRESS }, { "/short", FETCH_CUT_OFF }, { "/long", FETCH_OK },
		{ "/negative", FETCH_NOT_HTTP }, { "/bad-chunk", FETCH_CUT_OFF }, { "/cut-chunk", FETCH_CUT_OFF }, { "/huge-chunk", FETCH_CUT_OFF },
		{ "/silent", FETCH_NO_ANSWER }, { "/half-head", FETCH_TOO_SLOW }, { "/closes", FETCH_CUT_OFF }, { "/not-http", FETCH_NOT_HTTP },
		{ "/binary", FETCH_NOT_HTTP }, { "/not-gzip", FETCH_BAD_ENCODING }, { "/gzip-broken", FETCH_BAD_ENCODING },
		{ "/unknown-packing", FETCH_BAD_ENCODING }, { "/charset-lie", FETCH_OK }, { "/type-junk", FETCH_OK }, { "/continue", FETCH_OK },
		{ "/empty", FETCH_OK }, { "/drip", FETCH_TOO_SLOW }, { "/drip-head", FETCH_TOO_SLOW }, { "/endless", FETCH_TOO_LARGE },
		{ "/endless-line", FETCH_NOT_HTTP }, { "/bomb", FETCH_TOO_LARGE }, { "/headers", FETCH_NOT_HTTP }, { "/gzip", FETCH_OK },
	};
	struct seen seen = { .n = 0 };
	struct fault fault;
	struct fetch_limits l = limits();
	AUTO(fetcher_closep) struct fetcher *f = fetcher_open(&l, &fault);
	for (size_t i = 0; i < COUNT(ways); i++)
		fetch_add(f, &(struct fetch_want){ .id = (int64_t)i, .url = local(ways[i].path) });
	int64_t began = clock_ms();
	CHECK_INT(fetch_run(f, keep, &seen, 10000), 0);
	CHECK(clock_ms() - began < 5000);
	CHECK_INT(seen.n, COUNT(ways));
	for (size_t i = 0; i < seen.n; i++) {
		struct fetch_result *r = &seen.of[i];
		CHECK_STR(str_fmt(test_mem(), "%s %s", ways[r->id].path, fetch_state_name(r->state)),
		          str_fmt(test_mem(), "%s %s", ways[r->id].path, fetch_state_name(ways[r->id].state)).p);
		CHECK(r->body.n <= LARGEST);
	}
}

TEST(an_answer_comes_with_what_the_next_question_needs)
{
	struct fetch_result r = fetch_one("/ok");
	CHECK_STR(r.body, "hello");
	CHECK_STR(r.etag, "\"v1\"");
	CHECK_STR(r.modified, "Mon, 23 Nov 2026 00:00:00 GMT");
	CHECK_STR(r.type, "text/xml");
	CHECK_STR(r.charset, "utf-8");
	CHECK_INT(r.status, 200);
	CHECK(str_find(bad_server_last(test_mem()), S("User-Agent: NhipCau-test/0.1 (+mailto:thu@example.vn)\r\n")) > 0);
	CHECK(str_find(bad_server_last(test_mem()), S("If-None-Match")) < 0);
	r = fetch_by(limits(), (struct fetch_want){ .url = local("/304"), .etag = r.etag, .modified = r.modified, .kind = FETCH_FEED });
	CHECK_INT(r.state, FETCH_UNCHANGED);
	struct str asked = bad_server_last(test_mem());
	CHECK(str_find(asked, S("If-None-Match: \"v1\"\r\n")) > 0);
	CHECK(str_find(asked, S("If-Modified-Since: Mon, 23 Nov 2026 00:00:00 GMT\r\n")) > 0);
	CHECK(str_find(asked, S("application/atom+xml")) > 0);
	r = fetch_by(limits(), (struct fetch_want){ .url = local("/ok"), .etag = S("x\r\nX-Evil: 1") });
	CHECK(str_find(bad_server_last(test_mem()), S("Evil")) < 0);
}

TEST(what_is_packed_is_counted_unpacked)
{
	struct fetch_result r = fetch_one("/gzip");
	CHECK_STR(r.body, "xin chao, day la tin da nen");
	r = fetch_one("/bomb");
	CHECK_INT(r.body.n, LARGEST);
	CHECK(r.wire_bytes < LARGEST * 2);
	r = fetch_one("/long");
	CHECK_STR(r.body, "four");
	r = fetch_one("/short");
	CHECK_STR(r.body, "only this");
	r = fetch_one("/charset-lie");
	CHECK_STR(r.charset, "iso-8859-1");
	CHECK_STR(r.type, "text/html");
}

TEST(a_permanent_redirect_is_remembered_a_passing_one_is_not)
{
	struct fetch_result r = fetch_one("/moved-twice");
	CHECK(r.moved);
	CHECK_INT(r.redirects, 2);
	CHECK_STR(r.url, local("/ok").p);
	r = fetch_one("/found");
	CHECK(!r.moved);
	CHECK_STR(r.body, "hello");
}

TEST(no_way_leads_into_a_private_network)
{
	static const char *const hosts[] = { "127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]", "localhost",
		"0x7f.1", "2130706433", "0.0.0.0" };
	struct fetch_limits l = limits();
	l.allow_private = false;
	int before = bad_server_count("/ok");
	for (size_t i = 0; i < COUNT(hosts); i++) {
		struct str url = str_fmt(test_mem(), "http://%s:%d/ok", hosts[i], bad_server_port());
		CHECK_INT(fetch_by(l, (struct fetch_want){ .url = url }).state, FETCH_PRIVATE_ADDRESS);
	}
	CHECK_INT(bad_server_count("/ok"), before);
}

static enum fetch_state no_secrets(void *ctx, const struct fetch_want *want, struct str url)
{
	(void)ctx, (void)want;
	return str_find(url, S("/kin")) >= 0 ? FETCH_ROBOTS : FETCH_OK;
}

TEST(each_hop_is_judged)
{
	struct fetch_limits l = limits();
	l.judge = no_secrets;
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = local("/kin/2") }).state, FETCH_ROBOTS);
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = local("/to-forbidden") }).state, FETCH_ROBOTS);
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = local("/ok") }).state, FETCH_OK);
	CHECK_INT(bad_server_count("/kin/1") + bad_server_count("/kin/2"), 0);
}

TEST(nobody_there_and_no_tls_are_told_apart)
{
	struct fetch_limits l = limits();
	struct str dead = str_fmt(test_mem(), "http://127.0.0.1:%d/", dead_port()), tls = str_fmt(test_mem(), "https://127.0.0.1:%d/ok", bad_server_port());
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = dead }).state, FETCH_REFUSED);
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = S("http://khong-co.invalid/") }).state, FETCH_DNS);
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = S("ftp://a.vn/x") }).state, FETCH_BAD_ADDRESS);
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = S("") }).state, FETCH_BAD_ADDRESS);
	l.total_ms = 3000;
	CHECK_INT(fetch_by(l, (struct fetch_want){ .url = tls }).state, FETCH_TLS);
}

TEST(a_host_that_asks_for_rest_gets_it)
{
	struct seen seen = { .n = 0 };
	struct fault fault;
	struct fetch_limits l = limits();
	l.per_host = 1;
	AUTO(fetcher_closep) struct fetcher *f = fetcher_open(&l, &fault);
	int before = bad_server_count("/ok");
	fetch_add(f, &(struct fetch_want){ .id = 1, .url = local("/429") });
	fetch_add(f, &(struct fetch_want){ .id = 2, .url = local("/ok") });
	CHECK_INT(fetch_run(f, keep, &seen, 3000), 0);
	CHECK_INT(seen.of[0].state, FETCH_RATE_LIMITED);
	CHECK_INT(seen.of[0].retry_after, 3600);
	CHECK_INT(seen.of[1].state, FETCH_RATE_LIMITED);
	CHECK(seen.of[1].retry_after > 3500 && !seen.of[1].status);
	CHECK_INT(bad_server_count("/ok"), before);
	CHECK_INT(fetch_one("/503-later").state, FETCH_RATE_LIMITED);
	CHECK_INT(fetch_one("/429-never").retry_after, DAY);
}

TEST(rest_is_given_to_the_host_that_asked_not_to_the_one_that_led_there)
{
	struct seen seen = { .n = 0 };
	struct fault fault;
	struct fetch_limits l = limits();
	AUTO(fetcher_closep) struct fetcher *f = fetcher_open(&l, &fault);
	int before = bad_server_count("/429");
	for (int i = 0; i < 2; i++) {
		fetch_add(f, &(struct fetch_want){ .id = 1, .url = local("/to-tired") });
		CHECK_INT(fetch_run(f, keep, &seen, 3000), 0);
	}
	fetch_add(f, &(struct fetch_want){ .id = 2, .url = local("/ok") });
	CHECK_INT(fetch_run(f, keep, &seen, 3000), 0);
	CHECK_INT(seen.of[0].state, FETCH_RATE_LIMITED);
	CHECK_INT(seen.of[1].state, FETCH_RATE_LIMITED);
	CHECK(seen.of[0].retry_after == 3600 && seen.of[1].retry_after > 3500);
	CHECK_INT(seen.of[2].state, FETCH_OK);
	CHECK_INT(bad_server_count("/429"), before + 1);
}

TEST(one_host_is_asked_one_thing_at_a_time_with_a_pause)
{
	struct seen seen = { .n = 0 };
	struct fault fault;
	struct fetch_limits l = limits();
	l.per_host = 1;
	l.delay_ms = 60;
	AUTO(fetcher_closep) struct fetcher *f = fetcher_open(&l, &fault);
	for (int i = 0; i < 5; i++)
		fetch_add(f, &(struct fetch_want){ .id = i, .url = local("/ok") });
	CHECK(fetch_run(f, keep, &seen, 30) >= 4);
	CHECK_INT(fetch_run(f, keep, &seen, 3000), 0);
	for (int i = 0; i < 5; i++)
		CHECK_INT(seen.of[i].id, i);
	CHECK(seen.at[4] - seen.at[0] >= 4 * 60 - 40);
}

TEST(a_fetcher_without_a_contact_does_not_go_out)
{
	struct fault fault;
	struct fetch_limits l = limits();
	l.agent = "Mozilla/5.0";
	CHECK(!fetcher_open(&l, &fault));
	CHECK_INT(fault.err, ERR_INPUT);
	l.agent = NULL;
	CHECK(!fetcher_open(&l, &fault));
	for (int i = 0; i < FETCH_STATES; i++)
		CHECK(fetch_state_name(i)[0] && strcmp(fetch_state_say(i, "vi"), fetch_state_say(i, "en")));
}

TEST(closing_with_wants_open_drops_them)
{
	struct fault fault;
	struct seen seen = { .n = 0 };
	struct fetch_limits l = limits();
	struct fetcher *f = fetcher_open(&l, &fault);
	for (int i = 0; i < 10; i++)
		fetch_add(f, &(struct fetch_want){ .id = i, .url = local("/silent") });
	CHECK_INT(fetch_run(f, keep, &seen, 50), 10);
	fetcher_close(f);
	CHECK_INT(seen.n, 0);
}
