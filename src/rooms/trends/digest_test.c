/*
 * The morning digest: made once, arranged by a person, then closed; every quoted sentence stands in its article.
 */
#include "rooms/trends/digest.h"

#include "base/test.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

static void morning(struct cx *cx)
{
	struct intake *in;
	press_must(intake_open(cx, &in), cx);
	cx->now = day_start(day_of(cx->now)) + 7 * HOUR;
	for (int t = 0; t < 5; t++)
		for (int m = 0; m < PRESS_MATTERS; m++) {
			struct intake_item it = press_item(cx, m, t, cx->now - (20 - 3 * t) * HOUR);
			press_add(cx, in, &it);
		}
	struct intake_item correction = press_item(cx, 3, 9, cx->now - 2 * HOUR);
	correction.title = S("Đính chính: máy phát điện của chợ nổi chưa từng hỏng");
	correction.lead = S("Tòa soạn xin lỗi bạn đọc về tin máy phát điện chợ nổi.");
	correction.body = S("Tòa soạn xin lỗi bạn đọc về tin máy phát điện chợ nổi. Ban quản lý chợ đã gửi ảnh chụp và giấy kiểm định mới.");
	press_add(cx, in, &correction);
	press_must(intake_settle(cx, in), cx);
	intake_close(in);
	press_must(db_script(cx->db, "UPDATE article SET scope = 'vietnamese_public'", &cx->fault), cx);
	press_must(db_script(cx->db, "UPDATE story SET public = n", &cx->fault), cx);
}

static void check_quotes(struct cx *cx, const struct digest_item *it)
{
	for (size_t q = 0; q < it->nquotes; q++) {
		struct article a;
		struct str body, evidence;
		press_must(article_load(cx, it->quotes[q].article, &a), cx);
		press_must(article_text(cx, a.id, &body, &evidence), cx);
		CHECK(it->quotes[q].text.n && (str_find(body, it->quotes[q].text) >= 0 || str_find(a.lead, it->quotes[q].text) >= 0));
		CHECK(str_eq(a.url, it->quotes[q].url) && str_eq(a.outlet_name, it->quotes[q].outlet));
	}
}

static void made(struct cx *cx)
{
	struct digest d, again;
	struct digest_item_list items;
	bool corrected = false, marked = false;
	morning(cx);
	int64_t day = day_of(cx->now);
	CHECK_INT(digest_load(cx, day, &d), ERR_NOT_FOUND);
	press_must(digest_make(cx, day, &d), cx);
	CHECK_STR(d.state, "draft");
	CHECK(d.articles == 21 && d.stories >= PRESS_MATTERS + 1);
	press_must(digest_make(cx, day, &again), cx);
	CHECK_INT(again.id, d.id);
	press_must(digest_items(cx, &d, &items), cx);
	CHECK(items.n >= PRESS_MATTERS + 1);
	for (size_t i = 0; i < items.n; i++) {
		corrected |= items.v[i].section == 5 && str_starts(items.v[i].title, S("Đính chính"));
		marked |= items.v[i].confirmed;
		CHECK(items.v[i].nquotes > 0 && items.v[i].section != 4);
		check_quotes(cx, &items.v[i]);
	}
	CHECK(corrected && !marked);
	press_must(article_correct(cx, items.v[0].article, S("confirm"), S("")), cx);
	press_must(digest_items(cx, &d, &items), cx);
	CHECK(items.v[0].confirmed && !items.v[1].confirmed);
}

TEST(a_digest_quotes_exactly_and_says_what_nobody_has_confirmed)
{
	press_on_both(made);
}

static void arranged(struct cx *cx)
{
	struct digest d;
	struct digest_item_list items;
	morning(cx);
	int64_t day = day_of(cx->now);
	press_must(digest_make(cx, day, &d), cx);
	press_must(digest_items(cx, &d, &items), cx);
	size_t n = items.n;
	int64_t moved = items.v[0].id, dropped = items.v[1].id, story = items.v[1].story;
	CHECK_INT(digest_move(cx, day, moved, 4, 1), ERR_INPUT);
	CHECK_INT(digest_move(cx, day, 77, 2, 1), ERR_NOT_FOUND);
	press_must(digest_move(cx, day, moved, 2, 1), cx);
	CHECK_INT(digest_note(cx, day, moved, S("shout"), S("")), ERR_INPUT);
	press_must(digest_note(cx, day, moved, S("explain"), S("Hỏi lại Sở Xây dựng.")), cx);
	press_must(digest_drop(cx, day, dropped), cx);
	press_must(digest_intro(cx, day, S("Nổi bật trong ngày.")), cx);
	press_must(digest_make(cx, day, &d), cx);
	press_must(digest_items(cx, &d, &items), cx);
	CHECK_INT(items.n, n - 1);
	press_must(digest_add(cx, day, 3, story), cx);
	press_must(digest_items(cx, &d, &items), cx);
	bool found = false;
	for (size_t i = 0; i < items.n; i++)
		found |= items.v[i].id == moved && items.v[i].section == 2 && str_eq(items.v[i].note, S("Hỏi lại Sở Xây dựng."));
	CHECK(found && items.n == n);
	cx->who.roles = 0;
	CHECK_INT(digest_approve(cx, day), ERR_DENIED);
	cx->who.roles = ~0u;
	press_must(digest_approve(cx, day), cx);
	CHECK_INT(digest_move(cx, day, moved, 1, 1), ERR_CONFLICT);
	CHECK_INT(digest_note(cx, day, moved, S("check"), S("")), ERR_CONFLICT);
	CHECK_INT(digest_drop(cx, day, moved), ERR_CONFLICT);
	CHECK_INT(digest_add(cx, day, 1, story), ERR_CONFLICT);
	CHECK_INT(digest_intro(cx, day, S("")), ERR_CONFLICT);
	CHECK_INT(digest_approve(cx, day), ERR_CONFLICT);
	press_must(digest_load(cx, day, &d), cx);
	CHECK_STR(d.state, "approved");
	CHECK_STR(d.intro, "Nổi bật trong ngày.");
}

TEST(a_digest_is_arranged_until_it_is_approved)
{
	press_on_both(arranged);
}
