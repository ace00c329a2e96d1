/* label - tests of answers, evidence and the model's file. */
#include "text/label_model.h"

#include "base/test.h"
#include "text/viet.h"

static const struct labeller *labeller(void)
{
	struct labeller *l;
	struct fault f;
	BUG_IF(labeller_new(test_mem(), NULL, &l, &f) != OK);
	return l;
}

static struct labels labels_of(const struct labeller *l, const char *title, const char *summary)
{
	struct labels ret;
	label_article(l, test_mem(), &(struct label_input){ str_z(title), str_z(summary), S("") }, &ret);
	return ret;
}

TEST(clear_items_get_the_plain_answers)
{
	const struct labeller *l = labeller();
	struct labels a = labels_of(l, "Khởi tố cựu chủ tịch huyện nhận hối lộ 5 tỉ đồng", "Cơ quan điều tra bắt tạm giam cựu chủ tịch UBND huyện.");
	CHECK_INT(a.scope, SCOPE_PUBLIC);
	CHECK_INT(a.tone, TONE_BAD);
	CHECK(a.has_stance && a.stance == STANCE_UNFAVOURABLE);
	struct labels b = labels_of(l, "Tổng thống Mỹ điện đàm với lãnh đạo Ukraine", "Nhà Trắng cho biết cuộc điện đàm kéo dài một giờ.");
	CHECK_INT(b.scope, SCOPE_FOREIGN);
	CHECK(!b.has_stance && b.stance == STANCE_UNKNOWN && b.stance_p == 0);
	struct labels c = labels_of(l, "Ca sĩ ra mắt album mới", "Nữ ca sĩ giới thiệu phim ca nhạc trong đêm diễn.");
	CHECK_INT(c.scope, SCOPE_VIETNAM);
	CHECK_STR(str_z(c.topics[0].topic), "culture_sport_tourism");
}

TEST(probabilities_are_such_and_topics_fall)
{
	struct labels a = labels_of(labeller(), "Bệnh viện tỉnh thiếu thuốc bảo hiểm y tế", "Bệnh nhân phải mua thuốc ngoài.");
	CHECK(a.scope_p > 1.0 / 3 && a.scope_p <= 1);
	CHECK(a.tone_p > 1.0 / 3 && a.tone_p <= 1);
	CHECK(a.ntopics >= 1 && a.ntopics <= LABEL_TOPICS);
	CHECK_STR(str_z(a.topics[0].topic), "health");
	for (size_t i = 1; i < a.ntopics; i++)
		CHECK(a.topics[i].p <= a.topics[i - 1].p);
}

/* The piece of the clean field a cue points to. */
static struct str piece(struct str field, const struct label_cue *c)
{
	struct str rest = field, from = field;
	uint32_t cp;
	int at = 0;
	for (; at < c->end; at++) {
		if (at == c->start)
			from = rest;
		BUG_IF(!utf8_next(&rest, &cp));
	}
	return (struct str){ from.p, (size_t)(rest.p - from.p) };
}

TEST(cues_point_at_words_in_code_points_of_the_clean_field)
{
	/* the title is not in normal form C: each mark apart */
	const char *title = "Dự án cha\xCC\xA3\xCC\x82m tiê\xCC\x81n độ, người dân bức xúc";
	struct labels a = labels_of(labeller(), title, "");
	struct str clean = viet_nfc(test_mem(), str_z(title));
	bool late = false, angry = false;
	for (size_t i = 0; i < a.ncues; i++) {
		CHECK_STR(str_z(a.cues[i].field), "title");
		struct str words = piece(clean, &a.cues[i]);
		late = late || (str_eq(words, S("chậm tiến độ")) && str_eq(a.cues[i].answer, S("tone")) && str_eq(a.cues[i].speaks_for, S("bad")));
		angry = angry || str_eq(words, S("bức xúc"));
	}
	CHECK(late && angry);
}

static size_t cues_for(const char *title, const char *value)
{
	struct labels a = labels_of(labeller(), title, "");
	size_t n = 0;
	for (size_t i = 0; i < a.ncues; i++)
		n += str_eq(a.cues[i].speaks_for, str_z(value));
	return n;
}

TEST(a_negation_turns_or_drops_a_cue)
{
	CHECK(cues_for("Dự án hoàn thành", "good") == 1);
	CHECK(cues_for("Dự án chưa hoàn thành", "good") == 0);
	CHECK(cues_for("Dự án chưa hoàn thành", "bad") == 1);
	CHECK(cues_for("Sông ô nhiễm", "bad") == 1);
	CHECK(cues_for("Sông không ô nhiễm", "bad") == 0);
	CHECK(cues_for("Chính sách mới", "bad") == 0);
}

TEST(no_field_and_odd_bytes_do_no_harm)
{
	const struct labeller *l = labeller();
	struct labels a = labels_of(l, "", "");
	CHECK_INT(a.nplaces + a.nbodies + a.ncues, 0);
	struct text t = text_new(test_mem());
	for (int i = 0; i < 20000; i++)
		text_z(&t, i % 3 ? "xã Tân An \xFF" : "không chưa @body * , ");
	struct labels b;
	label_article(l, test_mem(), &(struct label_input){ text_str(&t), text_str(&t), text_str(&t) }, &b);
	CHECK(b.nplaces <= LABEL_MOST && b.ncues <= LABEL_MOST);
}

TEST(the_same_article_gets_the_same_labels_and_scratch_is_given_back)
{
	const struct labeller *l = labeller();
	struct arena mem = { 0 };
	struct label_input in = { S("Công an phường cứu sống người phụ nữ đuối nước ở TP.HCM"), S(""), S("") };
	struct labels a, b;
	label_article(l, &mem, &in, &a);
	size_t held = mem.held;
	for (int i = 0; i < 100; i++)
		label_article(l, &mem, &in, &b);
	CHECK(mem.held <= MAX(held, (size_t)256 << 10));
	CHECK_INT(a.tone, b.tone);
	CHECK(a.tone_p == b.tone_p && a.ncues == b.ncues && a.nplaces == 1);
	arena_done(&mem);
}

TEST(a_damaged_model_of_labels_is_refused)
{
	struct label_model m;
	struct fault f;
	struct str good = model_labels();
	char *bad = arena_raw(test_mem(), good.n);
	memcpy(bad, good.p, good.n);
	bad[good.n / 2] ^= 1;
	CHECK(label_model_open((struct str){ bad, good.n }, &m, &f) == ERR_INPUT);
	CHECK(label_model_open(str_sub(good, 0, good.n - 2), &m, &f) == ERR_INPUT);
	CHECK(label_model_open(str_sub(good, 0, 10), &m, &f) == ERR_INPUT);
	CHECK(label_model_open(good, &m, &f) == OK);
}
