/* label_test - places by context, labels with evidence, and a damaged model refused. */
#include "base/test.h"
#include "text/classify.h"
#include "text/label.h"
#include "text/label_data.h"

static struct labels labels_of(const char *title, const char *summary)
{
	struct labeller *l;
	struct fault f;
	struct labels ret;
	CHECK(labeller_new(test_mem(), NULL, &l, &f) == OK);
	label_article(l, test_mem(), &(struct label_input){ str_z(title), str_z(summary), S("") }, &ret);
	return ret;
}

TEST(a_former_province_leads_to_the_unit_of_today)
{
	struct labels l = labels_of("Mưa lớn ở Bình Dương", "");
	CHECK_INT(l.nplaces, 1);
	CHECK_STR(l.places[0].code, "79");
	CHECK_STR(l.places[0].as_of, "2025-06-30");
}

TEST(a_person_called_like_a_place_is_no_place)
{
	CHECK_INT(labels_of("Ông Bình Dương trồng cây", "").nplaces, 0);
}

TEST(old_and_new_tone_placement_name_one_place)
{
	CHECK_STR(labels_of("Đường mới ở Thanh Hoá", "").places[0].code, "38");
	CHECK_STR(labels_of("Đường mới ở Thanh Hóa", "").places[0].code, "38");
}

TEST(an_abbreviated_body_has_one_id)
{
	CHECK_STR(labels_of("UBND TP.HCM họp", "").bodies[0].id, "UBND-79");
	CHECK_STR(labels_of("Ủy ban nhân dân TP Hồ Chí Minh họp", "").bodies[0].id, "UBND-79");
}

TEST(evidence_is_told_in_code_points_of_the_field)
{
	struct labels l = labels_of("Cựu chủ tịch tỉnh bị khởi tố vì nhận hối lộ", "Cơ quan điều tra khởi tố cựu chủ tịch tỉnh vì nhận hối lộ.");
	CHECK(l.scope == SCOPE_PUBLIC);
	CHECK(l.stance == STANCE_UNFAVOURABLE);
	CHECK(l.ncues > 0 && l.cues[0].start >= 0 && l.cues[0].end <= 43);
}

TEST(a_damaged_label_model_is_refused)
{
	struct str good = label_model_bytes();
	char *bad = arena_raw(test_mem(), good.n);
	struct classifier c;
	struct fault f;
	memcpy(bad, good.p, good.n);
	CHECK(classify_read((struct str){ bad, good.n }, &c, &f) == OK);
	bad[good.n - 9] ^= 1;
	CHECK(classify_read((struct str){ bad, good.n }, &c, &f) == ERR_INPUT);
	CHECK(classify_read((struct str){ bad, 40 }, &c, &f) == ERR_INPUT);
}
