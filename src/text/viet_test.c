/* viet - tests of letters, forms and order. */
#include "text/viet.h"

#include "base/test.h"

static struct str nfc(const char *z) { return viet_nfc(test_mem(), str_z(z)); }
static struct str fold(const char *z) { return viet_fold(test_mem(), str_z(z)); }
static struct str key(const char *z) { return viet_key(test_mem(), str_z(z)); }

TEST(clean_text_is_the_same_slice)
{
	const char *z = "Đà Nẵng – “thành phố” đáng sống… 100 ₫";
	CHECK(nfc(z).p == z);
}

TEST(decomposed_text_is_composed)
{
	CHECK_STR(nfc("Vie\xCC\xA3\xCC\x82t Nam"), "Việt Nam");
	CHECK_STR(nfc("Vi\xC3\xAA\xCC\xA3t"), "Việt");
	CHECK_STR(nfc("o\xCC\x9B\xCC\x81"), "ớ");
	CHECK_STR(nfc("a\xCC\x81"), "á");
	CHECK_STR(nfc("\xCC\x81 dau"), "\xCC\x81 dau");
	CHECK_STR(nfc("\xE2\x84\xAA"), "K");
}

TEST(zero_width_goes_and_a_mark_behind_it_still_joins)
{
	CHECK_STR(nfc("chính\xE2\x80\x8B sách\xC2\xA0mới\xC2\xAD\xEF\xBB\xBF"), "chính sách mới");
	CHECK_STR(nfc("a\xE2\x80\x8B\xCC\x81"), "á");
	CHECK_STR(nfc("\xEF\xBB\xBF" "Báo"), "Báo");
}

TEST(bad_bytes_become_replacement_characters)
{
	CHECK_STR(nfc("a\xFF" "b"), "a\xEF\xBF\xBD" "b");
	CHECK_STR(nfc("\xE1\xBA"), "\xEF\xBF\xBD");
	CHECK_STR(nfc("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK_STR(nfc("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK_INT(utf8_bad(S("a\xFF\xE1\xBA" "b\xEF\xBF\xBD")), 2);
	CHECK_INT(utf8_bad(S("Đà Nẵng")), 0);
}

TEST(a_cut_never_splits_a_character)
{
	CHECK_STR(utf8_cut(S("Nẵng"), 3), "N");
	CHECK_STR(utf8_cut(S("Nẵng"), 4), "Nẵ");
	CHECK_STR(utf8_cut(S("Nẵng"), 99), "Nẵng");
	CHECK_INT(utf8_count(S("Nẵng\xFF")), 5);
}

TEST(fold_takes_marks_and_the_bar_of_d)
{
	CHECK_STR(fold("Đường Trường Sơn, Ðà Nẵng, \xC6\x89ắk Lắk"), "duong truong son, da nang, dak lak");
	CHECK_STR(fold("ĂÂĐÊÔƠƯ ặậđệộợự ỴỲỶỸÝ"), "aadeoou aadeoou yyyyy");
	CHECK_STR(fold("Café São Öl Москва́"), "cafe sao ol москва");
}

TEST(lower_keeps_marks)
{
	CHECK_STR(viet_lower(test_mem(), S("ỦY BAN NHÂN DÂN Đ ÖÉ Ж")), "ủy ban nhân dân đ öé ж");
}

TEST(both_tone_placements_have_one_key)
{
	CHECK_STR(key("Hoà"), "hòa");
	CHECK_STR(key("hòa"), "hòa");
	CHECK_STR(key("Thuỷ, khoẻ, UỶ"), "thủy, khỏe, ủy");
	CHECK_STR(key("tóan họăc"), "toán hoặc");
	CHECK_STR(key("oà oàng xoáy"), "òa oàng xoáy");
}

TEST(qu_and_gi_keep_their_vowel)
{
	CHECK_STR(key("quý quá qúy quỳnh quốc"), "quý quá quý quỳnh quốc");
	CHECK_STR(key("già gìa giá gì gìn giếng"), "già già giá gì gìn giếng");
}

TEST(what_is_no_syllable_is_left)
{
	CHECK_STR(key("café José résumé"), "café josé résumé");
	CHECK_STR(key("khuỷu nghiêng thuở ngoằn người"), "khuỷu nghiêng thuở ngoằn người");
}

static bool before(const char *a, const char *b)
{
	return str_cmp(viet_sort_key(test_mem(), str_z(a)), viet_sort_key(test_mem(), str_z(b))) < 0;
}

TEST(the_dictionary_order_holds)
{
	static const char *const rising[] = { "", "12", "a", "A", "à", "ả", "ã", "á", "ạ", "an", "ă", "â", "b", "ca", "cá nhân", "cán",
		"da", "dạ", "đa", "đã", "đà nẵng", "e", "ê", "hoa", "hòa", "Hòa", "hoa hồng", "o", "ô", "ơ", "u", "ư", "v", "z" };
	for (size_t i = 1; i < COUNT(rising); i++)
		CHECK(before(rising[i - 1], rising[i]) || !printf("%s < %s\n", rising[i - 1], rising[i]));
}

TEST(every_letter_folds_to_one_byte_and_lowers_to_itself)
{
	size_t n = 0;
	for (uint32_t cp = 0; cp < 0x2000; cp++) {
		const struct letter *l = viet_letter(cp);
		if (!l->lower)
			continue;
		n++;
		CHECK(viet_letter(l->lower)->lower == l->lower && !viet_letter(l->lower)->upper);
		CHECK(!l->vowel || viet_vowel(l->vowel, (enum viet_tone)l->tone) == l->lower);
	}
	CHECK_INT(n, 12 * 12 + 21 * 2 + 2);
}
