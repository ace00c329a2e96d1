/* gazetteer - tests of names found, told apart and passed over. */
#include "text/gazetteer_inner.h"

#include "base/test.h"

static struct gazetteer *builtin(void)
{
	struct gazetteer *g;
	struct fault f;
	BUG_IF(gazetteer_builtin(test_mem(), &g, &f) != OK);
	return g;
}

/* Codes and ids named in a title, in order, parted by spaces; foreign names as "*". */
static struct str named(const struct gazetteer *g, const char *title)
{
	struct str field[FIELDS] = { str_z(title), S(""), S("") };
	struct label_text text = label_text_of(test_mem(), field);
	struct mentions m = gazetteer_find(g, test_mem(), &text);
	struct text out = text_new(test_mem());
	for (size_t i = 0; i < m.n; i++) {
		if (i)
			text_c(&out, ' ');
		text_add(&out, m.v[i].kind == MENTION_PLACE ? g->units[m.v[i].of].code : m.v[i].kind == MENTION_BODY ? g->bodies[m.v[i].of].id : S("*"));
	}
	return text_str(&out);
}

TEST(all_provinces_and_communes_of_2025_are_there)
{
	const struct gazetteer *g = builtin();
	size_t provinces = 0, orphans = 0;
	for (size_t i = 1; i < g->nunits; i++) {
		provinces += g->units[i].province;
		orphans += !g->units[i].province && !g->units[i].parent;
	}
	CHECK_INT(provinces, 34);
	CHECK_INT(g->nunits - 1 - provinces, 3321);
	CHECK_INT(orphans, 0);
	struct str name;
	CHECK(gazetteer_name(g, S("00004"), &name));
	CHECK_STR(name, "Phường Ba Đình");
	CHECK(gazetteer_name(g, S("ubnd"), &name));
	CHECK(!gazetteer_name(g, S("99999"), &name));
}

TEST(a_province_is_known_by_every_spelling_and_former_name)
{
	const struct gazetteer *g = builtin();
	CHECK_STR(named(g, "Khánh Hòa và Khánh Hoà"), "56 56");
	CHECK_STR(named(g, "TP.HCM, TP HCM, TPHCM, TP.Hồ Chí Minh, thành phố Hồ Chí Minh"), "79 79 79 79 79");
	CHECK_STR(named(g, "Mưa lớn ở Quảng Nam, Bà Rịa - Vũng Tàu"), "48 79");
	CHECK_STR(named(g, "ĐẮK LẮK: thêm một cây cầu"), "66");
}

TEST(a_commune_needs_its_level_or_its_province)
{
	const struct gazetteer *g = builtin();
	CHECK_STR(named(g, "Cháy nhà ở phường Ba Đình"), "00004");
	CHECK_STR(named(g, "Đường mới qua Ba Đình, Hà Nội"), "00004 01");
	CHECK_STR(named(g, "Đường mới qua Ba Đình"), "");
	/* many communes are called Tân An; the province decides */
	CHECK_STR(named(g, "Xã Tân An được khen"), "");
}

TEST(names_of_persons_and_streets_are_passed_over)
{
	const struct gazetteer *g = builtin();
	CHECK_STR(named(g, "Ông Thái Bình kể chuyện làng"), "");
	CHECK_STR(named(g, "Nghệ sĩ Trần Thái Bình hát"), "");
	CHECK_STR(named(g, "Ngập trên đường Thái Bình"), "");
	CHECK_STR(named(g, "Chủ tịch Hồ Chí Minh"), "");
	CHECK_STR(named(g, "vì một thế giới hòa bình"), "");
}

TEST(bodies_are_kinds_and_foreign_ones_are_none)
{
	const struct gazetteer *g = builtin();
	CHECK_STR(named(g, "UBND tỉnh Cà Mau họp với Sở GD-ĐT"), "ubnd 96 so-giao-duc-dao-tao");
	CHECK_STR(named(g, "Sở Văn hóa, Thể thao và Du lịch trả lời"), "so-van-hoa-the-thao-du-lich");
	CHECK_STR(named(g, "Bộ Ngoại giao Nga lên tiếng"), "*");
	CHECK_STR(named(g, "mở bot trò chuyện"), "");
}

TEST(local_tables_come_first)
{
	struct gazetteer *g;
	struct fault f;
	struct str places = S("code\tlevel\tname\tparent\tformer\tas_of\nX0\tprovince\tTỉnh Mẫu\t\t\t2025-07-01\n"
	                      "X1\tcommune\tXã Suối Trong\tX0\txã Khe Trong\t2025-07-01\n");
	struct str bodies = S("code\tname\tabbreviations\tkind\nUBX1\tỦy ban nhân dân xã Suối Trong\tUBND xã Suối Trong\tcommune\nSNV\tSở Nội vụ tỉnh Mẫu\tSở Nội vụ; SNV\tdepartment\n");
	CHECK(gazetteer_load(test_mem(), places, bodies, &g, &f) == OK);
	CHECK_STR(named(g, "Tỉnh Mẫu mở đường đến Suối Trong"), "X0 X1");
	CHECK_STR(named(g, "Mẫu xe mới"), "");
	CHECK_STR(named(g, "Dân xã Khe Trong chờ nước"), "X1");
	CHECK_STR(named(g, "Sở Nội vụ trả lời"), "SNV");
	CHECK_STR(named(g, "UBND xã Suối Trong trả lời"), "UBX1 X1");
	CHECK_STR(named(g, "Sở Nội vụ tỉnh Mẫu trả lời"), "SNV X0");
	CHECK_STR(named(g, "Sở Nội vụ Hà Nội trả lời"), "so-noi-vu 01");
}

TEST(a_broken_table_is_refused_with_its_line)
{
	struct gazetteer *g;
	struct fault f;
	CHECK(gazetteer_load(test_mem(), S("code\tname\n1\tA\n"), S(""), &g, &f) == ERR_INPUT);
	CHECK(gazetteer_load(test_mem(), S("code\tlevel\tname\nX1\tvillage\tA\n"), S(""), &g, &f) == ERR_INPUT);
	CHECK(strstr(f.detail, "line 2"));
	CHECK(gazetteer_load(test_mem(), S("code\tlevel\tname\nX1\tprovince\tA\nX1\tprovince\tB\n"), S(""), &g, &f) == ERR_INPUT);
	CHECK(gazetteer_load(test_mem(), S(""), S("id\tname\nb\t\n"), &g, &f) == ERR_INPUT);
}
