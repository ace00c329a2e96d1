/*
 * Search over what the intake took in: with and without marks, after a change, the same on both engines.
 */
#include "rooms/monitoring/search.h"

#include "base/test.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

static size_t finds(struct cx *cx, const char *words, const struct search_filter *f, struct search_result *ret)
{
	struct vocab v = vocab_new(cx->mem);
	press_must(vocab_load(cx, &v), cx);
	press_must(search_run(cx, &v, str_z(words), f, ret), cx);
	return ret->n;
}

static size_t count_of(struct cx *cx, const char *words)
{
	struct search_result r;
	return finds(cx, words, &(struct search_filter){ 0 }, &r);
}

static void seed(struct cx *cx)
{
	struct intake *in;
	press_must(intake_open(cx, &in), cx);
	for (int t = 0; t < 6; t++)
		for (int m = 0; m < PRESS_MATTERS; m++) {
			struct intake_item it = press_item(cx, m, t, cx->now - DAY + t * HOUR);
			press_add(cx, in, &it);
		}
	press_must(intake_settle(cx, in), cx);
	intake_close(in);
}

static void found(struct cx *cx)
{
	struct search_result r;
	seed(cx);
	CHECK_INT(count_of(cx, "Khe Lau"), 6);
	CHECK_INT(count_of(cx, "\"sốt xuất huyết\""), 6);
	CHECK_INT(finds(cx, "sot xuat huyet", &(struct search_filter){ 0 }, &r), 6);
	CHECK_STR(r.meant, "sốt xuất huyết");
	CHECK_INT(count_of(cx, "Khe Lau -cầu"), 0);
	CHECK_INT(count_of(cx, "không có từ này đâu cả"), 0);
	CHECK_INT(count_of(cx, ""), 0);
	CHECK_INT(count_of(cx, "' OR 1=1 -- \" ) ( * : & | ! <->"), 0);
	CHECK_INT(finds(cx, "Khe Lau", &(struct search_filter){ .from_at = cx->now - DAY + 4 * HOUR }, &r), 2);
	CHECK_INT(finds(cx, "Khe Lau", &(struct search_filter){ .most = 3 }, &r), 3);
	for (size_t i = 1; i < r.n; i++)
		CHECK(r.v[i - 1].score >= r.v[i].score);
}

TEST(words_find_articles_with_and_without_marks)
{
	press_on_both(found);
}

static void follows(struct cx *cx)
{
	struct intake *in;
	struct intake_item it = press_item(cx, 0, 1, cx->now - HOUR);
	press_must(intake_open(cx, &in), cx);
	press_add(cx, in, &it);
	it.title = S("Chuyện khác hẳn về chợ nổi");
	it.lead = S("Chợ nổi dời bến.");
	it.body = S("Chợ nổi dời bến từ hôm nay vì nước cạn, tiểu thương được báo trước một tuần.");
	CHECK_INT(count_of(cx, "sập nhịp"), 1);
	CHECK_INT(press_add(cx, in, &it), INTAKE_CHANGED);
	CHECK_INT(count_of(cx, "sập nhịp"), 0);
	CHECK_INT(count_of(cx, "\"chợ nổi\""), 1);
	/* The text goes, the lead changes: what the index held of the text stays findable, for the text is still there. */
	it.body = S("");
	it.lead = S("Bến mới ở cửa sông.");
	CHECK_INT(press_add(cx, in, &it), INTAKE_CHANGED);
	CHECK_INT(count_of(cx, "\"cửa sông\""), 1);
	CHECK_INT(count_of(cx, "\"tiểu thương\""), 1);
	intake_close(in);
}

TEST(the_index_follows_a_changed_article)
{
	press_on_both(follows);
}
