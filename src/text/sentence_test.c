/* sentence - tests of boundaries. A bar in a case marks where a sentence ends. */
#include "text/sentence.h"

#include "base/test.h"

static struct str split(const char *z)
{
	struct text out = text_new(test_mem());
	struct str rest = str_z(z), one;
	while (sentence_next(&rest, &one)) {
		if (out.n)
			text_c(&out, '|');
		text_add(&out, one);
	}
	return text_str(&out);
}

TEST(plain_sentences_end_at_stops_and_lines)
{
	CHECK_STR(split("Trời mưa. Đường ngập! Vì sao?\nMột đoạn khác\r\n\r\nHết"), "Trời mưa.|Đường ngập!|Vì sao?|Một đoạn khác|Hết");
	CHECK_STR(split("  \n\t "), "");
	CHECK_STR(split("Không có dấu chấm"), "Không có dấu chấm");
}

TEST(abbreviations_do_not_end_a_sentence)
{
	CHECK_STR(split("UBND TP. Hồ Chí Minh họp. PGS. Trần Văn B. nói vậy."), "UBND TP. Hồ Chí Minh họp.|PGS. Trần Văn B. nói vậy.");
	CHECK_STR(split("PGS.TS. Lê A đến Q. 1, TP.HCM. Ông vui."), "PGS.TS. Lê A đến Q. 1, TP.HCM.|Ông vui.");
	CHECK_STR(split("Gặp ông Nguyễn Văn A. Sau đó về."), "Gặp ông Nguyễn Văn A.|Sau đó về.");
}

TEST(numbers_and_dates_hold_together)
{
	CHECK_STR(split("Thu 1.234,5 tỉ đồng ngày 1.5.2026. Chi 2.5% GDP."), "Thu 1.234,5 tỉ đồng ngày 1.5.2026.|Chi 2.5% GDP.");
	CHECK_STR(split("1. Mục tiêu chung. 2. Nhiệm vụ."), "1. Mục tiêu chung.|2. Nhiệm vụ.");
	CHECK_STR(split("Đó là năm 2026. 34 tỉnh đã họp."), "Đó là năm 2026.|34 tỉnh đã họp.");
}

TEST(quotes_and_brackets_stay_with_their_sentence)
{
	CHECK_STR(split("Ông nói: “Chúng tôi làm ngay.” Dân vui."), "Ông nói: “Chúng tôi làm ngay.”|Dân vui.");
	CHECK_STR(split("\"Đi đâu?\" anh hỏi. \"Về.\""), "\"Đi đâu?\" anh hỏi.|\"Về.\"");
	CHECK_STR(split("Văn bản (xem Điều 5. Khoản 2) có hiệu lực. Hết."), "Văn bản (xem Điều 5. Khoản 2) có hiệu lực.|Hết.");
}

TEST(a_stop_without_a_space_ends_one_only_before_a_capital)
{
	CHECK_STR(split("Phát triển kinh tế.Kết luận như vậy"), "Phát triển kinh tế.|Kết luận như vậy");
	CHECK_STR(split("Xem vnexpress.net và Tp.Hồ Chí Minh"), "Xem vnexpress.net và Tp.Hồ Chí Minh");
	CHECK_STR(split("Chờ... rồi đi… Thế thôi"), "Chờ... rồi đi…|Thế thôi");
}

TEST(long_rubbish_takes_no_longer_than_its_length)
{
	static const char *const pieces[] = { "a.", "(.", "A. ", ".)", "\"?", "…“", "Ab.Cd", ". \t" };
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct text t = text_new(test_mem());
		size_t n = 0;
		while (t.n < 200000)
			text_z(&t, pieces[i]);
		struct str rest = text_str(&t), one;
		for (const char *end = rest.p; sentence_next(&rest, &one); n++) {
			CHECK(one.n && one.p >= end);
			end = one.p + one.n;
		}
		CHECK(n && !str_trim(rest).n);
	}
}

TEST(a_word_of_broken_bytes_before_a_full_stop_is_no_title_and_no_harm)
{
	struct str s = S(".\xd0\xd0\xd0\xd0\xd0\xd0\xd0\xd0\xd0\xd0.\xff.Fq\x08\x08"), rest = s, one;
	size_t all = 0;
	while (sentence_next(&rest, &one))
		all += one.n;
	CHECK(all > 0 && all <= s.n);
}
