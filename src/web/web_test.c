/*
 * What every page may count on: the router, the gate, forms, texts, parts; all without a socket.
 */
#include "base/test.h"
#include "base/log.h"
#include "base/time.h"
#include "web/api.h"
#include "web/asset.h"
#include "web/catalog.h"
#include "web/catalog_data.h"
#include "web/demo_site.h"
#include "web/form.h"
#include "web/gate.h"
#include "web/guard.h"
#include "web/parts.h"

#include <dirent.h>

static struct site site;

static struct str once(const char *raw)
{
	struct cx cx = demo_cx(test_mem());
	site = demo_site(test_mem());
	log_quiet(true);
	return web_once(&cx, &site, str_z(raw));
}

static bool holds(struct str s, const char *what)
{
	return str_find(s, str_z(what)) >= 0;
}

#define GET(path, more) "GET " path " HTTP/1.1\r\nHost: x\r\n" more "\r\n"

TEST(a_page_comes_with_its_shell_and_careful_headers)
{
	struct str r = once(GET("/", ""));
	CHECK(str_starts(r, S("HTTP/1.1 200 OK\r\n")));
	CHECK(holds(r, "Content-Security-Policy: default-src 'self'"));
	CHECK(holds(r, "frame-ancestors 'none'"));
	CHECK(holds(r, "X-Content-Type-Options: nosniff"));
	CHECK(holds(r, "<html lang=\"vi\">"));
	CHECK(holds(r, "<title>Các phần – Tỉnh Mẫu</title>"));
	CHECK(holds(r, "HttpOnly; SameSite=Lax"));
	CHECK(!holds(r, " style=\""));
	CHECK(!holds(r, "href=\"/kin\""));
}

TEST(the_language_is_chosen_by_the_address_and_remembered)
{
	struct str r = once(GET("/?lang=en", ""));
	CHECK(holds(r, "<html lang=\"en\">"));
	CHECK(holds(r, "Set-Cookie: nhipcau_lang=en"));
	CHECK(holds(once(GET("/", "Cookie: nhipcau_lang=en\r\n")), "<html lang=\"en\">"));
	CHECK(holds(once(GET("/?lang=xx", "")), "<html lang=\"vi\">"));
}

TEST(a_fixed_path_goes_before_one_with_a_place)
{
	site = demo_site(test_mem());
	struct pairs places;
	bool other;
	CHECK_STR(str_z(route_find(&site, test_mem(), S("GET"), S("/su-viec/moi"), &places, &other)->about), "A fixed path beside one with a place");
	CHECK(route_find(&site, test_mem(), S("GET"), S("/api/v1/echo/12"), &places, &other) && places.n == 1);
	CHECK_STR(places.v[0].value, "12");
	CHECK(!route_find(&site, test_mem(), S("GET"), S("/api/v1/echo/"), &places, &other));
	CHECK(!route_find(&site, test_mem(), S("PUT"), S("/bieu-mau"), &places, &other) && other);
}

TEST(faults_are_pages_in_words_and_keep_the_detail_to_the_log)
{
	CHECK(holds(once(GET("/khong-co", "")), "HTTP/1.1 404"));
	CHECK(holds(once(GET("/dai", "")), "HTTP/1.1 405"));
	struct str r = once(GET("/hong", ""));
	CHECK(holds(r, "HTTP/1.1 500") && holds(r, "Hệ thống gặp lỗi") && !holds(r, "secret"));
	CHECK(holds(once(GET("/%ff", "")), "HTTP/1.1 400"));
	CHECK(holds(once(GET("/api/v1/khong", "")), "application/problem+json"));
	CHECK(holds(once(GET("/api/v1/echo/3?q=%E1%BA", "")), "application/problem+json"));
}

TEST(who_is_not_signed_in_is_led_to_the_door_and_back)
{
	CHECK(holds(once(GET("/kin?a=1", "")), "Location: /dang-nhap?next=%2Fkin%3Fa%3D1"));
	CHECK(holds(once(GET("/kin", "Cookie: nhipcau=officer\r\n")), "HTTP/1.1 200"));
	CHECK(holds(once(GET("/api/v1/echo/3", "")), "HTTP/1.1 401"));
	struct str r = once(GET("/api/v1/echo/3?q=%C3%A0", "Cookie: nhipcau=officer\r\n"));
	CHECK(holds(r, "{\"items\":[\"à\"],\"next\":\"/api/v1/echo/3?q=%C3%A0&after=5.3\"}"));
}

TEST(a_fault_leads_back_to_the_page_before_but_to_no_other_site)
{
	CHECK(holds(once(GET("/khong-co", "Referer: http://x/bieu-mau?a=1\r\n")), "href=\"/bieu-mau?a=1\""));
	CHECK(!holds(once(GET("/khong-co", "Referer: http://x.evil.example/bieu-mau\r\n")), "Quay lại trang trước"));
	CHECK(!holds(once(GET("/khong-co", "Referer: http://x//evil.example\r\n")), "evil"));
	CHECK(!holds(once(GET("/khong-co", "Referer: http://x/khong-co\r\n")), "Quay lại trang trước"));
}

static enum err may_the_bell(struct cx *cx, int act, int64_t unit)
{
	return act == DEMO_ACT_OPEN ? OK : FAIL(cx, ERR_DENIED, "web.csrf", "%s of %lld", "not for you", (long long)unit);
}

TEST(who_may_not_see_the_front_page_is_led_to_the_first_that_opens)
{
	static const struct route rows[] = { { "GET", "/", DEMO_ACT_CLOSED, NULL, "Closed", PAGE } };
	static const struct route_table tables[] = { { "one", rows, 1 } };
	static const struct nav_item nav[] = { { NULL, "/", "flag", "web.help", DEMO_ACT_CLOSED, true },
		{ NULL, "/kin", "flag", "web.help", DEMO_ACT_CLOSED, true }, { NULL, "/mo", "flag", "web.help", DEMO_ACT_OPEN, true } };
	struct site s = demo_site(test_mem());
	s.tables = tables;
	s.nav = nav;
	s.nnav = 3;
	s.gate.may = may_the_bell;
	struct cx cx = demo_cx(test_mem());
	CHECK(holds(web_once(&cx, &s, S(GET("/", "Cookie: nhipcau=officer\r\n"))), "Location: /mo"));
	s.nnav = 2;
	cx = demo_cx(test_mem());
	CHECK(holds(web_once(&cx, &s, S(GET("/", "Cookie: nhipcau=officer\r\n"))), "HTTP/1.1 403"));
}

static struct str post(const char *cookie, const char *extra, const char *body)
{
	return once(str_fmt(test_mem(), "POST /bieu-mau HTTP/1.1\r\nHost: x\r\n%s%sContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %zu\r\n\r\n%s", cookie, extra, strlen(body), body).p);
}

TEST(a_post_needs_the_token_of_its_session)
{
	const char *officer = "Cookie: nhipcau=officer\r\n";
	CHECK(holds(post(officer, "", "name=a&kind=b"), "HTTP/1.1 403"));
	CHECK(holds(post(officer, "", "name=a&kind=b&_csrf=other"), "HTTP/1.1 403"));
	CHECK(holds(post(officer, "", "name=a&kind=b&_csrf=token-of-officer"), "HTTP/1.1 303"));
	CHECK(holds(post(officer, "X-CSRF-Token: token-of-officer\r\n", "name=a&kind=b"), "HTTP/1.1 303"));
	CHECK(holds(post(officer, "Sec-Fetch-Site: cross-site\r\n", "name=a&kind=b&_csrf=token-of-officer"), "HTTP/1.1 403"));
	CHECK(holds(post("", "", "name=a&kind=b&_csrf="), "HTTP/1.1 403"));
}

TEST(a_guest_gets_a_token_bound_to_the_browser)
{
	struct str r = once(GET("/bieu-mau", "")), cookie, token;
	ptrdiff_t c = str_find(r, S("nhipcau_guest=")), t = str_find(r, S("name=\"_csrf\" value=\""));
	CHECK(c > 0 && t > 0);
	cookie = arena_str(test_mem(), str_sub(r, (size_t)c + 14, (size_t)c + 62));
	token = arena_str(test_mem(), str_sub(r, (size_t)t + 20, (size_t)t + 68));
	struct str line = str_fmt(test_mem(), "Cookie: nhipcau_guest=%s\r\n", cookie.p), body = str_fmt(test_mem(), "name=a&kind=b&_csrf=%s", token.p);
	CHECK(holds(post(line.p, "", body.p), "HTTP/1.1 303"));
	CHECK(holds(post("", "", body.p), "HTTP/1.1 403"));
}

TEST(all_mistakes_of_a_form_are_shown_at_once)
{
	struct str r = post("Cookie: nhipcau=officer\r\n", "", "note=%3Cb%3E&_csrf=token-of-officer");
	CHECK(holds(r, "HTTP/1.1 422"));
	CHECK(holds(r, "href=\"#name\"") && holds(r, "href=\"#kind\""));
	CHECK(holds(r, "aria-invalid=\"true\""));
	CHECK(holds(r, "&lt;b&gt;") && !holds(r, "<b></textarea>"));
}

TEST(one_address_has_its_pace)
{
	struct pace *p = pace_new(test_mem());
	for (int i = 0; i < 3; i++)
		CHECK(pace_take(p, S("2001:db8:1:2::1"), NULL, 3, 1000));
	CHECK(!pace_take(p, S("2001:db8:1:2::99"), NULL, 3, 2000));
	CHECK(pace_take(p, S("2001:db8:1:3::1"), NULL, 3, 2000));
	CHECK(pace_take(p, S("2001:db8:1:2::1"), NULL, 3, 62000));
}

/* What a page is asked by a proxy on this machine for that address. */
static bool let_in(const struct site *s, const char *head)
{
	struct cx cx = demo_cx(test_mem());
	return holds(web_once(&cx, s, str_fmt(test_mem(), "GET /it HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n", head)), "HTTP/1.1 200");
}

TEST(behind_a_proxy_each_visitor_has_a_pace_of_its_own)
{
	struct site s = demo_site(test_mem());
	for (int i = 0; i < 3; i++)
		CHECK(let_in(&s, "X-Forwarded-For: 203.0.113.7"));
	CHECK(!let_in(&s, "X-Forwarded-For: 198.51.100.1, 203.0.113.7"));
	CHECK(!let_in(&s, "X-Forwarded-For: 198.51.100.2\r\nX-Real-IP: 203.0.113.7"));
	CHECK(let_in(&s, "X-Forwarded-For: 203.0.113.7, 198.51.100.3"));
}

TEST(assets_are_kept_for_a_year_and_sent_packed)
{
	struct str raw = str_fmt(test_mem(), "GET %s HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n\r\n", asset("app.css"));
	struct str r = once(raw.p);
	CHECK(holds(r, "HTTP/1.1 200") && holds(r, "immutable") && holds(r, "Content-Encoding: gzip"));
	r = once(str_fmt(test_mem(), "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", asset("app.css")).p);
	CHECK(holds(r, "@layer tokens") && !holds(r, "url(\"be-vietnam") && holds(r, "/assets/be-vietnam-pro-latin-400-normal."));
	CHECK(holds(once(GET("/assets/app.000000000000.css", "")), "HTTP/1.1 404"));
	CHECK(asset_row(S("app.css"))->packed_n < 12000);
	CHECK(asset_row(S("app.js"))->n < 4096);
}

TEST(broken_requests_are_refused_without_a_socket_too)
{
	CHECK(holds(once("GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 400"));
	CHECK(holds(once("nonsense"), "HTTP/1.1 400"));
	CHECK(holds(once(""), "HTTP/1.1 400"));
	CHECK(holds(once("POST /bieu-mau HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n"), "HTTP/1.1 4"));
	CHECK(!holds(once("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"), "<html"));
}

TEST(forms_are_read_strictly)
{
	struct pairs p;
	CHECK(form_urlencoded(test_mem(), S("a=1+2&b=%C4%91&c&=x&&d="), &p) && p.n == 5);
	CHECK_STR(p.v[0].value, "1 2");
	CHECK_STR(p.v[1].value, "đ");
	CHECK(!form_urlencoded(test_mem(), S("a=%4"), &p) && !form_urlencoded(test_mem(), S("a=%zz"), &p));
	CHECK(!form_urlencoded(test_mem(), S("a=%00"), &p) && !form_urlencoded(test_mem(), S("a=%C0%80"), &p));
	CHECK(!form_urlencoded(test_mem(), S("a=%ED%A0%80"), &p));
	CHECK_STR(form_cookies(test_mem(), S("a=1; b=\"2\"; junk; =3")).v[1].value, "2");
}

TEST(a_multipart_form_holds_fields_and_files)
{
	struct form f;
	struct str type = S("multipart/form-data; boundary=\"xx\"");
	struct str body = S("--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nmột\r\n--xx\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename=\"C:\\\\d\\\\x.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n3\0\r\n--xx--\r\n");
	CHECK(form_multipart(test_mem(), type, body, &f));
	CHECK(f.fields.n == 1 && f.nuploads == 1);
	CHECK_STR(f.fields.v[0].value, "một");
	CHECK_STR(f.uploads[0].name, "x.csv");
	CHECK_INT(f.uploads[0].bytes.n, 7);
	for (size_t n = 0; n < body.n - 4; n++)
		CHECK(!form_multipart(test_mem(), type, str_sub(body, 0, n), &f));
}

TEST(answers_lead_nowhere_but_to_this_site)
{
	const char *const away[] = { "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\r\nSet-Cookie: x=1", "" };
	for (size_t i = 0; i < COUNT(away); i++) {
		struct reply r = { .mem = test_mem() };
		CHECK(reply_redirect(&r, str_z(away[i])) == OK);
		CHECK_STR(r.heads[0].value, "/");
	}
}

TEST(numbers_and_dates_read_as_people_write_them)
{
	struct cx cx = demo_cx(test_mem());
	CHECK_STR(num(&cx, -1234567), "−1.234.567");
	CHECK_STR(num_real(&cx, -0.136, 2), "−0,14");
	CHECK_STR(num_real(&cx, -0.001, 2), "0,00");
	CHECK_STR(num_percent(&cx, 0.336), "34%");
	CHECK_STR(num_signed(&cx, 0.44, 2), "+0,44");
	CHECK_STR(num_bytes(&cx, 1234567), "1,2 MB");
	CHECK_STR(say_ago(&cx, cx.now - 300), "5 phút trước");
	cx.lang = "en";
	CHECK_STR(num(&cx, 1234), "1,234");
	CHECK_STR(SAY(&cx, "web.tone.read", S("{2}"), S("b"), S("c")), "Negative {2}, neutral b, positive c");
}

TEST(both_languages_have_the_same_texts)
{
	CHECK_INT(catalog_vi_n, catalog_en_n);
	for (size_t i = 0; i < catalog_vi_n; i++)
		CHECK_STR(str_z(catalog_vi[i].key), catalog_en[i].key);
}

/* Every say("…") and SAY("…") of the sources names a text. */
static int unknown_keys(struct str s, const char *file)
{
	static const struct str calls[] = { S_INIT("say(cx, \""), S_INIT("SAY(cx, \""), S_INIT("say(v->cx, \""), S_INIT("SAY(v->cx, \"") };
	int bad = 0;
	for (size_t c = 0; c < COUNT(calls); c++) {
		struct str rest = s;
		for (ptrdiff_t at; (at = str_find(rest, calls[c])) >= 0;) {
			rest = str_sub(rest, (size_t)at + calls[c].n, rest.n);
			char *key = arena_z(test_mem(), str_sub(rest, 0, (size_t)MAX(str_chr(rest, '"'), 0)));
			if (!say_known("vi", key)) {
				fprintf(stderr, "%s: no text for %s\n", file, key);
				bad++;
			}
		}
	}
	return bad;
}

static int unknown_in(const char *dir)
{
	int bad = 0;
	struct str whole = str_fmt(test_mem(), "%s/%s", test_root(), dir);
	DIR *d = opendir(whole.p);
	for (struct dirent *e; d && (e = readdir(d));) {
		struct str name = str_z(e->d_name), path = str_fmt(test_mem(), "%s/%s", dir, e->d_name);
		if (e->d_type == DT_DIR && name.p[0] != '.')
			bad += unknown_in(path.p);
		else if ((str_ends(name, S(".c")) || str_ends(name, S(".html"))) && !str_ends(name, S("_test.c")))
			bad += unknown_keys(test_file(path.p), path.p);
	}
	if (d)
		closedir(d);
	return bad;
}

TEST(every_text_that_is_asked_for_is_there)
{
	CHECK_INT(unknown_in("src"), 0);
}

TEST(bars_and_marks_hold_under_odd_values)
{
	struct cx cx = demo_cx(test_mem());
	struct html out = html_new(test_mem());
	part_tone_text(&out, &cx, (struct tone_counts){ 0 });
	CHECK(holds(html_str(&out), "Chưa có tin nào"));
	out = html_new(test_mem());
	const struct cue cues[] = { { 1, 2, CHIP_NEG }, { 1, 99, CHIP_POS }, { 5, 3, CHIP_NEG } };
	part_cues(&out, S("a<b"), cues, 3);
	CHECK_STR(html_str(&out), "a<mark class=\"neg\">&lt;</mark><mark class=\"pos\">b</mark>");
	part_meter(&out, CHIP_OK, 0.0 / 0.0);
	part_spark(&out, (const double[]){ -1 }, 1, CHIP_INFO);
	part_spark(&out, NULL, 0, CHIP_INFO);
}

TEST(the_description_of_the_api_is_printed_from_the_routes)
{
	site = demo_site(test_mem());
	struct str s = openapi_text(test_mem(), &site);
	json_error_t e;
	json_t *j = json_loadb(s.p, s.n, 0, &e);
	CHECK(j != NULL);
	json_t *get = json_object_get(json_object_get(json_object_get(j, "paths"), "/api/v1/echo/{id}"), "get");
	CHECK(json_array_size(json_object_get(get, "parameters")) == 2);
	CHECK(!json_object_get(json_object_get(j, "paths"), "/"));
	json_decref(j);
}
