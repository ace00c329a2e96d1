/* keyword_test - terms stand out against what came before; summaries quote and do not repeat. */
#include "text/keyword.h"
#include "text/summary.h"

#include "base/test.h"

TEST(what_the_ground_is_full_of_is_no_keyword)
{
	struct keyword_ground *g = keyword_ground_new(test_mem());
	for (int i = 0; i < 200; i++)
		keyword_ground_add(g, test_mem(), S("Chủ tịch tỉnh kiểm tra công trình. Công trình chậm tiến độ."));
	struct keyword k[5];
	size_t n = keyword_pick(test_mem(), g, S("Công trình cầu Nhật Lệ chậm tiến độ. Cầu Nhật Lệ nối hai bờ; cầu Nhật Lệ sẽ thông xe."), 5, k);
	CHECK(n > 0);
	CHECK_STR(k[0].term, "cầu Nhật Lệ");
	CHECK_INT(k[0].count, 3);
	for (size_t i = 0; i < n; i++)
		CHECK(!str_eq(k[i].term, S("chậm tiến độ")) && !str_eq(k[i].term, S("Nhật")));
}

TEST(a_text_of_nothing_has_no_keywords)
{
	struct keyword_ground *g = keyword_ground_new(test_mem());
	struct keyword k[3];
	CHECK_INT(keyword_pick(test_mem(), g, S(""), 3, k), 0);
	CHECK_INT(keyword_pick(test_mem(), g, S("\xff\xfe , . và của"), 3, k), 0);
}

TEST(a_summary_quotes_exactly_and_says_nothing_twice)
{
	struct summary_article a[] = {
		{ S("Lũ lớn trên sông Gianh"), S("Mưa lớn làm nước sông Gianh dâng cao trên báo động ba trong sáng nay. "
			"Hơn hai nghìn ngôi nhà ở vùng trũng bị ngập sâu gần một mét. Ảnh minh họa.") },
		{ S("Sông Gianh vượt báo động ba"), S("Sáng nay mưa lớn làm nước sông Gianh dâng cao trên báo động ba. "
			"Tỉnh đã sơ tán gần năm trăm hộ dân đến nơi an toàn trước khi trời tối.") },
	};
	struct summary_sentence s[3];
	size_t n = summary_pick(test_mem(), a, 2, 3, s);
	CHECK_INT(n, 3);
	size_t of_river = 0;
	for (size_t i = 0; i < n; i++) {
		struct str t = a[s[i].article].text;
		CHECK(s[i].s.p >= t.p && s[i].s.p + s[i].s.n <= t.p + t.n);
		of_river += str_find(s[i].s, S("sông Gianh dâng cao")) >= 0;
	}
	CHECK_INT(of_river, 1);
}

TEST(a_story_without_text_has_no_summary)
{
	struct summary_article a = { S("Tiêu đề"), S(" \n ") };
	struct summary_sentence s[2];
	CHECK_INT(summary_pick(test_mem(), &a, 1, 2, s), 0);
	CHECK_INT(summary_pick(test_mem(), &a, 0, 2, s), 0);
}
