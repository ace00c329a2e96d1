/*
 * Slices, growing text, maps, time, escaping and JSON: the words that all other tests rely on.
 */
#include "base/html.h"
#include "base/json.h"
#include "base/map.h"
#include "base/test.h"
#include "base/time.h"

TEST(a_slice_splits_into_pieces_and_keeps_the_empty_ones)
{
	struct str rest = S("a,,b"), piece;
	CHECK(str_split(&rest, ',', &piece));
	CHECK_STR(piece, "a");
	CHECK(str_split(&rest, ',', &piece));
	CHECK_STR(piece, "");
	CHECK(str_split(&rest, ',', &piece));
	CHECK_STR(piece, "b");
	CHECK(!str_split(&rest, ',', &piece));
}

TEST(a_number_is_the_whole_text_or_nothing)
{
	int64_t v = 7;
	CHECK(str_int(S("-42"), &v));
	CHECK_INT(v, -42);
	CHECK(!str_int(S("42x"), &v));
	CHECK(!str_int(S(""), &v));
	CHECK(!str_int(S("99999999999999999999"), &v));
	CHECK_INT(v, -42);
}

TEST(an_arena_gives_back_what_came_after_the_mark)
{
	struct arena a = { 0 };
	char *first = arena_get(&a, 100);
	struct arena_mark m = arena_mark(&a);
	arena_get(&a, 1 << 20);
	arena_rewind(&a, m);
	char *again = arena_get(&a, 1 << 20);
	again[(1 << 20) - 1] = 1;
	CHECK(a.held < 2 << 20);
	first[99] = 1;
	arena_done(&a);
	CHECK_INT(a.held, 0);
}

TEST(a_map_finds_ten_thousand_words_and_numbers_again)
{
	struct map m = map_new(test_mem());
	for (int i = 0; i < 10000; i++) {
		*map_at(&m, str_fmt(test_mem(), "w%d", i)) = i;
		*map_at_int(&m, (uint64_t)i) = -i;
	}
	for (int i = 0; i < 10000; i++) {
		CHECK_INT(*map_get(&m, str_fmt(test_mem(), "w%d", i)), i);
		CHECK_INT(*map_get_int(&m, (uint64_t)i), -i);
	}
	CHECK(!map_get(&m, S("w10000")));
	CHECK(!map_get_int(&m, 10000));
}

TEST(a_day_is_the_day_in_viet_nam)
{
	int64_t at;
	CHECK(time_parse_iso(S("2026-11-22T17:00:00Z"), &at));
	CHECK_STR(day_vi(test_mem(), day_of(at)), "23/11/2026");
	CHECK_STR(time_vi(test_mem(), at), "00:00 23/11/2026");
	CHECK_INT(weekday_of(day_of(at)), 0);
}

TEST(iso_times_are_read_in_their_usual_shapes)
{
	int64_t a, b;
	CHECK(time_parse_iso(S("2025-08-09T08:16:00+07:00"), &a));
	CHECK(time_parse_iso(S("2025-08-09 01:16:00.123Z"), &b));
	CHECK_INT(a, b);
	CHECK(time_parse_iso(S("2025-08-09T08:16"), &b));
	CHECK_INT(a, b);
	CHECK(!time_parse_iso(S("2025-02-30T08:16"), &b));
	CHECK(!time_parse_iso(S("2025-08-09T08:16+07:00x"), &b));
	CHECK(!time_parse_iso(S("hôm qua"), &b));
}

TEST(days_go_round_over_four_centuries)
{
	for (int64_t day = -200000; day < 200000; day += 17)
		CHECK_INT(day_from(date_of(day)), day);
	CHECK(!date_valid((struct date){ 2025, 2, 29 }));
	CHECK(date_valid((struct date){ 2024, 2, 29 }));
}

TEST(a_value_on_a_page_is_harmless)
{
	struct html h = html_new(test_mem());
	put(&h, S("<script>'&\""));
	CHECK_STR(html_str(&h), "&lt;script&gt;&#39;&amp;&#34;");
	h = html_new(test_mem());
	put_address(&h, "javascript:alert(1)");
	CHECK_STR(html_str(&h), "#");
	h = html_new(test_mem());
	put_address(&h, S("/tin?q=a:b"));
	CHECK_STR(html_str(&h), "/tin?q=a:b");
	h = html_new(test_mem());
	put_url_part(&h, S("đ&"));
	CHECK_STR(html_str(&h), "%C4%91%26");
}

TEST(text_goes_into_json_and_comes_out_as_it_was)
{
	json_t *o = json_object();
	json_object_set_new(o, "a", json_text(S("Đà \"Nẵng\"\n")));
	json_object_set_new(o, "b", json_text((struct str){ 0 }));
	json_object_set_new(o, "c", json_text(S("\xff")));
	CHECK_STR(json_member(test_mem(), o, "a"), "Đà \"Nẵng\"\n");
	CHECK_STR(json_member(test_mem(), o, "b"), "");
	CHECK_STR(json_member(test_mem(), o, "d"), "");
	CHECK_STR(json_printed(test_mem(), o), "{\"a\":\"Đà \\\"Nẵng\\\"\\n\",\"b\":null,\"c\":\"\"}");
}
