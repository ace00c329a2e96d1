/* segment - tests of tokens, words and the model file. */
#include "text/segment.h"

#include "base/test.h"

static struct str words(const char *z, bool pretokenised)
{
	struct segmenter s;
	struct fault f;
	struct text out = text_new(test_mem());
	BUG_IF(segmenter_builtin(&s, &f) != OK);
	segment_line(&s, str_z(z), &out, pretokenised);
	return text_str(&out);
}

TEST(words_of_the_dictionary_are_joined)
{
	CHECK_STR(words("Chính sách đất đai của Việt Nam", false), "Chính_sách đất_đai của Việt_Nam");
	CHECK_STR(words("", false), "");
	CHECK_STR(words("  ", true), "");
}

TEST(spelling_and_case_do_not_matter)
{
	CHECK_STR(words("bảo vệ hoà bình và tự do", true), "bảo_vệ hoà_bình và tự_do");
	CHECK_STR(words("bảo vệ hòa bình và tự do", true), "bảo_vệ hòa_bình và tự_do");
	CHECK_STR(words("Bảo Vệ HÒA BÌNH và tự do", true), "Bảo_Vệ HÒA_BÌNH và tự_do");
}

TEST(raw_text_is_cut_into_tokens)
{
	CHECK_STR(words("ngày 1/5/2026, thu 1.234,5 tỉ (tăng 5%)...", false), "ngày 1/5/2026 , thu 1.234,5 tỉ ( tăng 5 % ) ...");
	CHECK_STR(words("Xem https://a.vn/x?y=1, gọi a@b.vn.", false), "Xem https://a.vn/x?y=1 , gọi a@b.vn .");
	CHECK_STR(words("“Ở TP.HCM”, kinh tế.Kết", false), "“ Ở TP.HCM ” , kinh_tế . Kết");
}

TEST(given_tokens_are_never_changed)
{
	const char *z = "a.b , ( x_y ) \xFF\xFE 10 . 000 ...!? https://x";
	struct str got = words(z, true);
	CHECK_INT(got.n, strlen(z));
	for (size_t i = 0; i < got.n; i++)
		CHECK(got.p[i] == z[i] || (z[i] == ' ' && got.p[i] == '_'));
}

TEST(a_line_of_any_length_is_done)
{
	struct text t = text_new(test_mem());
	for (int i = 0; i < 5000; i++)
		text_z(&t, i % 300 == 299 ? ". " : "đất đai ");
	struct str got = words(arena_z(test_mem(), text_str(&t)), true);
	CHECK_INT(got.n, t.n - 1);
	CHECK(str_starts(got, S("đất_đai ")));
}

TEST(a_damaged_model_is_refused)
{
	struct segmenter s;
	struct fault f;
	struct str good = model_segment();
	char *bad = arena_raw(test_mem(), good.n);
	memcpy(bad, good.p, good.n);
	bad[good.n / 2] ^= 1;
	CHECK(segmenter_open((struct str){ bad, good.n }, &s, &f) == ERR_INPUT);
	CHECK(segmenter_open(str_sub(good, 0, good.n - 1), &s, &f) == ERR_INPUT);
	CHECK(segmenter_open(S("rubbish"), &s, &f) == ERR_INPUT);
	CHECK(segmenter_open(good, &s, &f) == OK);
}
