/*
 * The pure pieces under the pages: what changed between versions, and where evidence stands.
 */
#include "base/test.h"
#include "rooms/monitoring/diff.h"
#include "rooms/monitoring/evidence.h"
#include "rooms/monitoring/intake_inner.h"

static struct str written(struct str old, struct str fresh)
{
	struct diff d;
	struct text t = text_new(test_mem());
	diff_words(test_mem(), old, fresh, &d);
	for (size_t i = 0; i < d.n; i++)
		text_fmt(&t, "%c{%.*s}", "=-+"[d.v[i].kind], FMT(d.v[i].s));
	return text_str(&t);
}

TEST(a_changed_word_is_shown_between_those_that_stayed)
{
	CHECK_STR(written(S("giá đất tăng nhẹ"), S("giá đất giảm nhẹ")), "={giá đất }-{tăng }+{giảm }={nhẹ}");
	CHECK_STR(written(S("a b c d e"), S("a x c e f")), "={a }-{b }+{x }={c }-{d }={e }+{f}");
	CHECK_STR(written(S(""), S("mới")), "+{mới}");
	CHECK_STR(written(S("cũ"), S("")), "-{cũ}");
	CHECK_STR(written(S("như  nhau"), S("như nhau")), "={như nhau}");
	CHECK_STR(written(S(""), S("")), "");
}

TEST(a_diff_loses_no_word_of_either_text)
{
	struct rng rng = { 7 };
	for (int round = 0; round < 300; round++) {
		struct text a = text_new(test_mem()), b = text_new(test_mem()), old = text_new(test_mem()), fresh = text_new(test_mem());
		struct diff d;
		for (int i = 0; i < 30; i++) {
			text_fmt(rng_next(&rng) % 3 ? &a : &b, "%c ", (char)('a' + rng_next(&rng) % 4));
			text_fmt(&b, "%c ", (char)('a' + rng_next(&rng) % 4));
		}
		diff_words(test_mem(), text_str(&a), text_str(&b), &d);
		for (size_t i = 0; i < d.n; i++) {
			if (d.v[i].kind != DIFF_NEW)
				text_add(&old, d.v[i].s);
			if (d.v[i].kind != DIFF_GONE)
				text_add(&fresh, d.v[i].s);
		}
		CHECK(str_eq(text_str(&old), text_str(&a)) && str_eq(text_str(&fresh), text_str(&b)));
	}
}

TEST(a_very_long_change_is_given_whole)
{
	struct text a = text_new(test_mem()), b = text_new(test_mem());
	struct diff d;
	for (int i = 0; i < 3000; i++) {
		text_fmt(&a, "a%d ", i);
		text_fmt(&b, "b%d ", i);
	}
	diff_words(test_mem(), text_str(&a), text_str(&b), &d);
	CHECK_INT(d.n, 2);
}

TEST(evidence_is_found_by_characters_and_lit_by_bytes)
{
	struct evidence_list e;
	struct evidence_text t = { S("Đề nghị xử lý"), S(""), S("Một câu đầu. Người dân chậm được trả tiền. Câu cuối."),
		S("[{\"answer\":\"tone\",\"field\":\"text\",\"start\":23,\"end\":31,\"for\":\"bad\"},"
		  "{\"answer\":\"tone\",\"field\":\"text\",\"start\":28,\"end\":35,\"for\":\"bad\"},"
		  "{\"answer\":\"stance\",\"field\":\"title\",\"start\":0,\"end\":2,\"for\":\"favourable\"}]") };
	evidence_read(test_mem(), &t, &e);
	CHECK_INT(e.n, 2);
	CHECK_STR(e.v[0].sentence, "Đề nghị xử lý");
	CHECK_STR(str_sub(e.v[0].sentence, e.v[0].cues[0].from, e.v[0].cues[0].to), "Đề");
	CHECK_STR(e.v[1].sentence, "Người dân chậm được trả tiền.");
	CHECK_INT(e.v[1].n, 2);
	CHECK_STR(str_sub(e.v[1].sentence, e.v[1].cues[0].from, e.v[1].cues[0].to), "chậm đượ");
	CHECK(e.v[1].cues[1].from >= e.v[1].cues[0].to);
}

TEST(evidence_is_read_as_the_labeller_wrote_it)
{
	struct label_cue cue = { S("tone"), "text", 23, 31, S("bad") };
	struct labels l = { .ncues = 1 };
	struct evidence_list e;
	l.cues[0] = cue;
	evidence_read(test_mem(), &(struct evidence_text){ S(""), S(""), S("Một câu đầu. Người dân chậm được trả tiền."), evidence_json(test_mem(), &l) }, &e);
	CHECK_INT(e.n, 1);
	CHECK_STR(e.v[0].cues[0].question, "tone");
	CHECK_STR(e.v[0].cues[0].code, "bad");
}

TEST(damaged_evidence_gives_none)
{
	static const char *const bad[] = { "", "{", "[]", "[1,null,{}]", "[{\"field\":\"text\",\"start\":9,\"end\":3}]",
		"[{\"field\":\"text\",\"start\":-5,\"end\":3}]", "[{\"field\":\"text\",\"start\":900,\"end\":9000,\"answer\":\"bad\"}]", "{\"a\":1}" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct evidence_list e;
		evidence_read(test_mem(), &(struct evidence_text){ S("T"), S("L"), S("Một câu."), str_z(bad[i]) }, &e);
		CHECK_INT(e.n, 0);
	}
}
