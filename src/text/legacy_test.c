/* legacy - tests: the same sentence in each old encoding comes out the same. */
#include "text/legacy.h"

#include "base/test.h"

#define SENTENCE "Tỉnh Đồng Tháp giải quyết kiến nghị của người dân, bảo đảm quyền lợi hợp pháp"

TEST(each_old_encoding_is_known_and_converted)
{
	static const struct { const char *name, *bytes; } cases[] = {
		{ "tcvn3", "T\xD8nh \xA7\xE5ng Th\xB8p gi\xB6i quy\xD5t ki\xD5n ngh\xDE c\xF1" "a ng\xAD\xEAi d\xA9n, b\xB6o \xAE\xB6m quy\xD2n l\xEEi h\xEEp ph\xB8p" },
		{ "viscii", "T\xEFnh \xD0\xB0ng Th\xE1p gi\xE4i quy\xAAt ki\xAAn ngh\xB8 c\xFC" "a ng\xDF\xB6i d\xE2n, b\xE4o \xF0\xE4m quy\xABn l\xFEi h\xFEp ph\xE1p" },
		{ "vps", "T\xCCnh \xF1\xD2ng Th\xE1p gi\xE4i quy\x89t ki\x89n ngh\xCE c\xFB" "a ng\xDC\xA9i d\xE2n, b\xE4o \xC7\xE4m quy\x8An l\xAEi h\xAEp ph\xE1p" },
		{ "windows-1258", "Ti\xD2nh \xD0\xF4\xCCng Th\xE1p gia\xD2i quy\xEA\xECt ki\xEA\xECn nghi\xF2 cu\xD2" "a ng\xFD\xF5\xCCi d\xE2n, ba\xD2o \xF0" "a\xD2m quy\xEA\xCCn l\xF5\xF2i h\xF5\xF2p ph\xE1p" },
		{ "vni", "T\xE6nh \xD1o\xE0ng Tha\xF9p gia\xFBi quye\xE1t kie\xE1n ngh\xF2 cu\xFB" "a ng\xF6\xF4\xF8i da\xE2n, ba\xFBo \xF1" "a\xFBm quye\xE0n l\xF4\xEFi h\xF4\xEFp pha\xF9p" },
		{ "vni in utf-8", "T\xC3\xA6nh \xC3\x91o\xC3\xA0ng Tha\xC3\xB9p gia\xC3\xBBi quye\xC3\xA1t kie\xC3\xA1n ngh\xC3\xB2 cu\xC3\xBB" "a ng\xC3\xB6\xC3\xB4\xC3\xB8i da\xC3\xA2n, ba\xC3\xBBo \xC3\xB1" "a\xC3\xBBm quye\xC3\xA0n l\xC3\xB4\xC3\xAFi h\xC3\xB4\xC3\xAFp pha\xC3\xB9p" },
		{ "utf-8 in utf-8", "T\xC3\xA1\xC2\xBB\xE2\x80\xB0nh \xC3\x84\xC2\x90\xC3\xA1\xC2\xBB\xE2\x80\x9Cng Th\xC3\x83\xC2\xA1p gi\xC3\xA1\xC2\xBA\xC2\xA3i quy\xC3\xA1\xC2\xBA\xC2\xBFt ki\xC3\xA1\xC2\xBA\xC2\xBFn ngh\xC3\xA1\xC2\xBB\xE2\x80\xB9 c\xC3\xA1\xC2\xBB\xC2\xA7" "a ng\xC3\x86\xC2\xB0\xC3\xA1\xC2\xBB\xC2\x9Di d\xC3\x83\xC2\xA2n, b\xC3\xA1\xC2\xBA\xC2\xA3o \xC3\x84\xE2\x80\x98\xC3\xA1\xC2\xBA\xC2\xA3m quy\xC3\xA1\xC2\xBB\xC2\x81n l\xC3\xA1\xC2\xBB\xC2\xA3i h\xC3\xA1\xC2\xBB\xC2\xA3p ph\xC3\x83\xC2\xA1p" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *name;
		struct str got = legacy_to_utf8(test_mem(), str_z(cases[i].bytes), &name);
		CHECK_STR(str_z(name), cases[i].name);
		CHECK_STR(got, SENTENCE);
	}
}

TEST(good_text_is_left_alone)
{
	static const char *const texts[] = { SENTENCE, "Plain ASCII, 100%", "Café São Paulo, Ñandú", "", "Москва 2026" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *name;
		struct str got = legacy_to_utf8(test_mem(), str_z(texts[i]), &name);
		CHECK_STR(str_z(name), "utf-8");
		CHECK_STR(got, texts[i]);
	}
}

TEST(a_few_broken_bytes_do_not_change_the_guess)
{
	const char *name;
	struct str got = legacy_to_utf8(test_mem(), S(SENTENCE " \xE1\xBA"), &name);
	CHECK_STR(str_z(name), "utf-8");
	CHECK(str_starts(got, S(SENTENCE)));
}

TEST(syllables_are_told_from_other_words)
{
	static const char *const yes[] = { "người", "nghiêng", "quyền", "giếng", "gì", "khuỷu", "Đồng", "hoà", "hòa", "ỷ", "xoong" };
	static const char *const no[] = { "café", "nguời2", "fá", "ngườix", "các̀", "tat̀", "cats", "bàc" };
	for (size_t i = 0; i < COUNT(yes); i++)
		CHECK(legacy_is_syllable(str_z(yes[i])));
	for (size_t i = 0; i < COUNT(no); i++)
		CHECK(!legacy_is_syllable(str_z(no[i])));
}
