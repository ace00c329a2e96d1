/*
 * The pages of trends over a small invented province: sixty days of counts, one story that rises, an alarm.
 */
#include "web/page_check_test.h"
#include "rooms/trends/trends_pages.h"

#include "base/test.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/digest.h"
#include "rooms/trends/outlook.h"
#include "store/store_test.h"

#define HOSTILE "Bồi thường <script>alert(1)</script> \"ven sông\" & chợ"
#define ESCAPED "Bồi thường &lt;script&gt;alert(1)&lt;/script&gt;"

SQL(seed_outlet, "INSERT INTO outlet (id, name, sort_key, kind) VALUES ($1, $2, $2, 'online')");
SQL(seed_story,
    "INSERT INTO story (id, title, first_at, last_at, n, outlets, good, neutral, bad, unfavourable, public, topic)"
    " VALUES (100, $1, $2, $3, 6, 2, 1, 1, 4, 3, 6, 'land_environment')");
SQL(seed_article,
    "INSERT INTO article (id, outlet, url, url_key, title, lead, lang, published_at, day, fetched_at, story, scope, scope_p, tone, tone_p,"
    " stance, stance_p, model) VALUES ($1, $2, $3, $3, $4, 'Dân xã Suối Trong chờ tiền.', 'vi', $5, $6, $5, 100, 'vietnamese_public', 0.9,"
    " 'bad', 0.8, 'unfavourable', 0.7, 'm1')");
SQL(seed_text, "INSERT INTO article_text (article, body, evidence, vector) VALUES ($1, 'Dân xã Suối Trong chờ tiền.', '[]', $2)");
SQL(seed_alarm,
    "INSERT INTO alarm (id, kind, series, code, measure, unit, bucket, from_bucket, count, expected, q, alive, known, drivers, raised_at,"
    " triage) VALUES (500, 'burst', 'topic', 'land_environment', 'bad', 'day', $1, $1, 38, 14.2, 0.001, 9, 10, $2, $3, 'open')");

static void counts(struct cx *cx)
{
	struct rollup r = rollup_new(cx->mem);
	int64_t today = day_of(cx->now);
	for (int64_t day = today - 60; day <= today; day++)
		for (int i = 0; i < 20 + (int)(day % 7) * 3; i++) {
			struct rollup_facts f = { .published_at = day_start(day) + i * 600, .outlet = 1 + i % 2, .outlet_kind = S("online"),
				.tone = i % 3 ? S("neutral") : S("bad"), .stance = S("neither"), .scope = S("vietnamese_public") };
			rollup_base(&r, &f, 1);
			rollup_label(&r, &f, i % 2 ? "topic" : "place", i % 2 ? S("land_environment") : S("xa<suoi>"), 1);
		}
	CHECK(rollup_flush(cx, &r) == OK);
}

static void story(struct cx *cx)
{
	CHECK(db_run(cx, &seed_story, ARGS(HOSTILE, cx->now - 30 * HOUR, cx->now - HOUR)) == OK);
	for (int64_t i = 0; i < 6; i++) {
		int64_t at = cx->now - (i < 5 ? i + 1 : 30) * HOUR;
		struct str url = str_fmt(cx->mem, "https://bao-mau.example/%lld", (long long)i);
		CHECK(db_run(cx, &seed_article, ARGS(100 + i, 1 + i % 2, url, HOSTILE, at, day_of(at))) == OK);
		CHECK(db_run(cx, &seed_text, ARGS(100 + i, arg_bytes(S("")))) == OK);
	}
}

static struct cx province(void)
{
	struct cx cx = test_cx();
	page_site(trends_tables, trends_tables_n);
	CHECK(db_begin(&cx) == OK);
	CHECK(db_run(&cx, &seed_outlet, ARGS(1, "Báo Mẫu <1>")) == OK && db_run(&cx, &seed_outlet, ARGS(2, "Báo Thử")) == OK);
	counts(&cx);
	story(&cx);
	CHECK(db_run(&cx, &seed_alarm,
	             ARGS(day_of(cx.now) - 1, "{\"stories\":[{\"id\":\"100\",\"n\":20,\"title\":\"Chợ <b>Bến Đá</b>\"}],\"outlets\":[{\"name\":\"Báo "
	                                      "Mẫu\",\"n\":9},{\"name\":\"Báo Thử\",\"n\":4}]}", cx.now)) == OK);
	CHECK(db_commit(&cx) == OK);
	return cx;
}

TEST(the_overview_says_in_a_sentence_what_was_counted)
{
	struct cx cx = province();
	struct str r = page_ask(&cx, "province_leader", "/", NULL);
	CHECK(page_is(r, 200) && page_sound(r));
	CHECK(says(r, "<b>") && says(r, "trong 24 giờ qua") && says(r, "Sự việc đang nổi lên"));
	CHECK(says(r, ESCAPED) && !says(r, "<script>alert"));
	CHECK(says(r, "href=\"/su-viec/100\"") && says(r, "href=\"/canh-bao/500\""));
	CHECK(says(r, "Chưa kiểm duyệt:"));
	CHECK(says(r, "class=\"figures of-6\"") && says(r, "<details class=\"table\">"));
	CHECK(says(r, "/tin?place=xa%3Csuoi%3E"));
	test_cx_done(&cx);
}

TEST(few_articles_are_counted_and_not_put_in_percent)
{
	struct cx cx = province();
	struct str r = page_ask(&cx, "province_leader", "/", NULL);
	ptrdiff_t rising = str_find(r, S("<table class=\"stacked\">"));
	CHECK(rising > 0);
	struct str row = str_sub(r, (size_t)rising, r.n);
	row = str_sub(row, 0, (size_t)str_find(row, S("</tbody>")));
	ptrdiff_t shown = str_find(row, S("class=\"tone-text"));
	CHECK(shown > 0 && str_find(str_sub(row, (size_t)shown, row.n), S("%")) < 0);
	test_cx_done(&cx);
}

TEST(an_empty_house_says_what_to_do)
{
	struct cx cx = test_cx();
	page_site(trends_tables, trends_tables_n);
	const char *const pages[] = { "/", "/canh-bao", "/du-bao", "/diem-bao" };
	for (size_t i = 0; i < COUNT(pages); i++) {
		struct str r = page_ask(&cx, "analyst", pages[i], NULL);
		CHECK(page_is(r, 200) && page_sound(r) && says(r, "class=\"empty\""));
	}
	test_cx_done(&cx);
}

TEST(who_has_not_signed_in_is_led_to_the_door)
{
	struct cx cx = province();
	CHECK(says(page_ask(&cx, NULL, "/", NULL), "Location: /dang-nhap?next=%2F"));
	CHECK(page_is(page_ask(&cx, NULL, "/api/v1/alarms", NULL), 401));
	CHECK(page_is(page_ask(&cx, "system_admin", "/", NULL), 403));
	test_cx_done(&cx);
}

TEST(an_alarm_gives_its_reason_in_numbers)
{
	struct cx cx = province();
	struct str r = page_ask(&cx, "analyst", "/canh-bao/500", NULL);
	CHECK(page_is(r, 200) && page_sound(r));
	CHECK(says(r, "38 tin tiêu cực") && says(r, "14,2"));
	CHECK(says(r, "Chợ &lt;b&gt;Bến Đá&lt;/b&gt;") && says(r, "chưa kiểm duyệt"));
	CHECK(says(r, "action=\"/canh-bao/500/tra-loi\""));
	CHECK(!says(page_ask(&cx, "province_leader", "/canh-bao/500", NULL), "tra-loi"));
	CHECK(page_is(page_ask(&cx, "analyst", "/canh-bao/501", NULL), 404));
	test_cx_done(&cx);
}

TEST(an_answer_to_an_alarm_is_kept_and_counted)
{
	struct cx cx = province();
	struct alarm_record record;
	CHECK(page_is(page_ask_raw(&cx, "analyst", "/canh-bao/500/tra-loi", "answer=true"), 403));
	CHECK(page_is(page_ask(&cx, "province_leader", "/canh-bao/500/tra-loi", "answer=true"), 403));
	CHECK(page_is(page_ask(&cx, "analyst", "/canh-bao/500/tra-loi", "answer=perhaps"), 422));
	CHECK(page_is(page_ask(&cx, "analyst", "/canh-bao/500/tra-loi", "answer=true&note=%3Cb%3E"), 303));
	CHECK(alarm_record(&cx, &record) == OK && record.right == 1 && !record.open);
	struct str r = page_ask(&cx, "analyst", "/canh-bao?triage=true", NULL);
	CHECK(page_sound(r) && says(r, "Đến nay 1 trên 1") && says(r, "/canh-bao/500"));
	CHECK(!says(page_ask(&cx, "analyst", "/canh-bao", NULL), "href=\"/canh-bao/500\""));
	CHECK(says(page_ask(&cx, "analyst", "/canh-bao/500", NULL), "&lt;b&gt;"));
	test_cx_done(&cx);
}

TEST(a_forecast_comes_with_its_band_and_its_record)
{
	struct cx cx = province();
	CHECK(db_begin(&cx) == OK && outlook_keep(&cx) == OK && db_commit(&cx) == OK);
	struct str r = page_ask(&cx, "analyst", "/du-bao", NULL);
	CHECK(page_is(r, 200) && page_sound(r));
	CHECK(says(r, "Dự báo đơn giản") && says(r, "Dải 95%") && says(r, "Đã dự báo đúng đến đâu"));
	r = page_ask(&cx, "analyst", "/du-bao?kind=place&code=xa%3Csuoi%3E", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "xa&lt;suoi&gt;") && !says(r, "xa<suoi>"));
	CHECK(page_is(page_ask(&cx, "analyst", "/du-bao?kind=nonsense&code=%00", NULL), 400));
	CHECK(page_is(page_ask(&cx, "analyst", "/du-bao?kind=nonsense&code=x", NULL), 200));
	r = page_ask(&cx, "analyst", "/", NULL);
	CHECK(page_sound(r) && says(r, "dải dự báo 95%"));
	test_cx_done(&cx);
}

TEST(a_digest_is_made_arranged_and_approved)
{
	struct cx cx = province();
	struct str day = day_iso(cx.mem, day_of(cx.now));
	const char *at = str_fmt(cx.mem, "/diem-bao/%.*s", FMT(day)).p;
#define TO(tail) str_fmt(cx.mem, "%s" tail, at).p
	CHECK(says(page_ask(&cx, "analyst", "/diem-bao", NULL), "Lập điểm báo"));
	CHECK(page_is(page_ask(&cx, "province_leader", TO("/lap"), ""), 403));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/lap"), ""), 303));
	struct str r = page_ask(&cx, "analyst", "/diem-bao", NULL);
	CHECK(page_is(r, 200) && page_sound(r));
	CHECK(says(r, "I. Tin nổi bật") && says(r, "Bản nháp, chưa kiểm duyệt") && says(r, ESCAPED));
	CHECK(!says(page_ask(&cx, "province_leader", "/diem-bao", NULL), "/chuyen\""));
	struct digest d;
	struct digest_item_list items;
	cx.who.roles = 0xff;
	CHECK(digest_load(&cx, day_of(cx.now), &d) == OK && digest_items(&cx, &d, &items) == OK && items.n == 1);
	const char *note = str_fmt(cx.mem, "item=%lld&proposal=check&note=%%3Ci%%3EXem", (long long)items.v[0].id).p;
	CHECK(page_is(page_ask(&cx, "analyst", TO("/ghi"), note), 303));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/loi-dan"), "intro=L%E1%BB%9Di+d%E1%BA%ABn+m%E1%BB%9Bi"), 303));
	const char *move = str_fmt(cx.mem, "item=%lld&section=3&place=1", (long long)items.v[0].id).p;
	CHECK(page_is(page_ask(&cx, "analyst", TO("/chuyen"), move), 303));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/chuyen"), "item=1&section=4&place=1"), 422));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/duyet"), ""), 403));
	r = page_ask(&cx, "analyst", TO("/in"), NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "&lt;i&gt;Xem") && says(r, "Lời dẫn mới") && !says(r, "<form"));
	CHECK(page_is(page_ask(&cx, "province_comms_officer", TO("/duyet"), ""), 303));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/ghi"), note), 409));
	CHECK(says(page_ask(&cx, "analyst", "/diem-bao", NULL), "Đã duyệt"));
	test_cx_done(&cx);
}

TEST(a_digest_is_handed_out_as_docx_and_pdf)
{
	struct cx cx = province();
	const char *at = str_fmt(cx.mem, "/diem-bao/%.*s", FMT(day_iso(cx.mem, day_of(cx.now)))).p;
	CHECK(page_is(page_ask(&cx, "analyst", TO(".docx"), NULL), 404));
	CHECK(page_is(page_ask(&cx, "analyst", TO("/lap"), ""), 303));
	struct str docx = page_ask(&cx, "analyst", TO(".docx"), NULL), pdf = page_ask(&cx, "analyst", TO(".pdf"), NULL);
	CHECK(page_is(docx, 200) && says(docx, "\r\n\r\nPK\x03\x04"));
	CHECK(page_is(pdf, 200) && says(pdf, "\r\n\r\n%PDF"));
	CHECK(page_is(page_ask(&cx, "analyst", TO(".exe"), NULL), 404));
	CHECK(page_is(page_ask(&cx, "analyst", "/diem-bao/hom-qua.pdf", NULL), 404));
	CHECK(says(page_ask(&cx, "analyst", at, NULL), "Location: /diem-bao?ngay="));
	test_cx_done(&cx);
#undef TO
}

TEST(the_api_tells_the_same_as_the_pages)
{
	struct cx cx = province();
	struct str r = page_ask(&cx, "analyst", "/api/v1/alarms?triage=open&limit=1", NULL);
	CHECK(page_is(r, 200) && says(r, "\"expected\":14.2") && says(r, "\"count\":38"));
	CHECK(page_is(page_ask(&cx, "analyst", "/api/v1/alarms/500", NULL), 200));
	CHECK(page_is(page_ask(&cx, "analyst", "/api/v1/alarms/9", NULL), 404));
	r = page_ask(&cx, "analyst", "/api/v1/series?kind=topic&code=land_environment", NULL);
	CHECK(page_is(r, 200) && says(r, "\"bad\":"));
	r = page_ask(&cx, "analyst", "/api/v1/series?kind=outlet&code=1", NULL);
	CHECK(page_is(r, 200) && says(r, "\"n\":") && !says(r, "\"bad\":"));
	CHECK(page_is(page_ask(&cx, "analyst", "/api/v1/series?kind=person&code=x", NULL), 400));
	CHECK(page_is(page_ask(&cx, "analyst", "/api/v1/series?from=2026-11-20&to=2026-11-01", NULL), 400));
	r = page_ask(&cx, "analyst", "/api/v1/forecast", NULL);
	CHECK(page_is(r, 200) && says(r, "\"hi95\":") && says(r, "\"skill\":"));
	CHECK(page_is(page_ask(&cx, "analyst", "/api/v1/digest/2026-11-01", NULL), 404));
	test_cx_done(&cx);
}

TEST(every_page_speaks_english_too)
{
	struct cx cx = province();
	const char *const pages[] = { "/?lang=en", "/canh-bao?lang=en", "/canh-bao/500?lang=en", "/du-bao?lang=en", "/diem-bao?lang=en" };
	for (size_t i = 0; i < COUNT(pages); i++) {
		struct str r = page_ask(&cx, "analyst", pages[i], NULL);
		CHECK(page_is(r, 200) && page_sound(r) && says(r, "<html lang=\"en\">"));
		CHECK(!says(r, ">trends.") && !says(r, "\"trends."));
	}
	test_cx_done(&cx);
}
