/*
 * An article's way in: new once, known the second time, changed with a version; all of a batch or nothing.
 */
#include "rooms/monitoring/intake.h"

#include "base/test.h"
#include "rooms/monitoring/article.h"
#include "rooms/monitoring/press_test.h"
#include "rooms/monitoring/search.h"
#include "store/store_test.h"

SQL(intake_articles, "SELECT count(*) FROM article");
SQL(intake_anything,
    "SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM story) + (SELECT count(*) FROM rollup_day) + (SELECT count(*) FROM rollup_hour)"
    " + (SELECT count(*) FROM article_text) + (SELECT count(*) FROM article_label) + (SELECT count(*) FROM article_version)");

static struct intake *opened(struct cx *cx)
{
	struct intake *in;
	press_must(intake_open(cx, &in), cx);
	return in;
}

static size_t prepare_all(struct cx *cx, struct prepared *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct intake_item it = press_item(cx, (int)(i % PRESS_MATTERS), (int)(i / PRESS_MATTERS), cx->now - 2 * DAY + (int64_t)i * 600);
		intake_prepare(press_labeller(), cx->mem, &it, cx->now, &v[i]);
		CHECK(!v[i].error.n);
	}
	return n;
}

static void once(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item it = press_item(cx, 0, 1, cx->now - HOUR);
	CHECK_INT(press_add(cx, in, &it), INTAKE_NEW);
	CHECK_INT(press_add(cx, in, &it), INTAKE_KNOWN);
	it.url = S("https://BAO-MAU.example:443/0/1.html?utm_source=x#cuoi");
	CHECK_INT(press_add(cx, in, &it), INTAKE_KNOWN);
	CHECK_INT(press_count(cx, &intake_articles), 1);
	struct intake_totals t = intake_totals(in);
	CHECK(t.read == 3 && t.fresh == 1 && t.known == 2 && !t.changed);
	intake_close(in);
	in = opened(cx);
	CHECK_INT(press_add(cx, in, &it), INTAKE_KNOWN);
	intake_close(in);
	press_agrees(cx);
}

TEST(an_article_is_new_once_and_known_ever_after)
{
	press_on_both(once);
}

static void changed(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item was = press_item(cx, 0, 1, cx->now - HOUR), is = was;
	struct article_version_list versions;
	struct str body, evidence;
	CHECK_INT(press_add(cx, in, &was), INTAKE_NEW);
	is.body = str_fmt(cx->mem, "%.*s Tòa soạn đã sửa lại số hộ bị ảnh hưởng.", FMT(was.body));
	CHECK_INT(press_add(cx, in, &is), INTAKE_CHANGED);
	is.title = S("Cầu Khe Lau: tòa soạn sửa tiêu đề");
	CHECK_INT(press_add(cx, in, &is), INTAKE_CHANGED);
	CHECK_INT(press_add(cx, in, &is), INTAKE_KNOWN);
	int64_t id = press_id(cx, &is);
	press_must(article_versions(cx, id, &versions), cx);
	CHECK_INT(versions.n, 2);
	CHECK_INT(versions.v[1].version, 1);
	CHECK(str_eq(versions.v[1].body, str_trim(was.body)) && str_eq(versions.v[1].title, was.title));
	CHECK(str_eq(versions.v[0].body, is.body) && str_eq(versions.v[0].title, was.title));
	press_must(article_text(cx, id, &body, &evidence), cx);
	CHECK(str_eq(body, is.body));
	/* A feed that brings the lead only does not take the text away. */
	is.body = S("");
	is.lead = S("Tóm tắt mới.");
	CHECK_INT(press_add(cx, in, &is), INTAKE_CHANGED);
	press_must(article_text(cx, id, &body, &evidence), cx);
	CHECK(body.n > 100);
	intake_close(in);
	press_agrees(cx);
}

TEST(a_changed_article_keeps_its_former_text_as_a_version)
{
	press_on_both(changed);
}

static void copied(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item first = press_item(cx, 0, 1, cx->now - 3 * HOUR), copy = first, other = press_item(cx, 1, 1, cx->now - HOUR);
	struct article a;
	copy.outlet = press_outlet(cx, 2);
	copy.outlet_kind = S("online");
	copy.url = S("https://ban-sao.example/cau");
	copy.published_at += HOUR;
	press_add(cx, in, &first);
	CHECK_INT(press_add(cx, in, &copy), INTAKE_NEW);
	intake_close(in);
	in = opened(cx);
	copy.url = S("https://ban-sao-khac.example/cau");
	CHECK_INT(press_add(cx, in, &copy), INTAKE_NEW);
	press_add(cx, in, &other);
	press_must(article_load(cx, press_id(cx, &copy), &a), cx);
	CHECK_INT(a.copy_of, press_id(cx, &first));
	CHECK(a.similarity > 0.9 && a.copy_kind.n);
	CHECK_INT(a.story, press_story(cx, &first));
	press_must(article_load(cx, press_id(cx, &other), &a), cx);
	CHECK_INT(a.copy_of, 0);
	CHECK_INT(intake_totals(in).copies, 1);
	intake_close(in);
	press_agrees(cx);
}

TEST(the_same_text_elsewhere_is_a_copy_of_the_first_also_after_an_interruption)
{
	press_on_both(copied);
}

static void refused(struct cx *cx)
{
	struct prepared p;
	struct intake_item it = press_item(cx, 0, 1, cx->now + 2 * DAY);
	intake_prepare(press_labeller(), cx->mem, &it, cx->now, &p);
	CHECK(p.error.n);
	it.published_at = 0;
	intake_prepare(press_labeller(), cx->mem, &it, cx->now, &p);
	CHECK(p.error.n);
	it.published_at = cx->now;
	it.title = S(" \t ");
	intake_prepare(press_labeller(), cx->mem, &it, cx->now, &p);
	CHECK_STR(p.error, "no title");
	it.title = S("\xff\xfe hỏng \xc3");
	it.body = (struct str){ 0 };
	intake_prepare(press_labeller(), cx->mem, &it, cx->now, &p);
	CHECK(!p.error.n);
}

TEST(an_item_without_title_or_time_is_not_taken_and_says_why)
{
	press_on_both(refused);
}

SQL(intake_tone, "SELECT CASE WHEN tone = 'bad' THEN 1 ELSE 0 END FROM article");

static void labelled_again(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item it = press_item(cx, 1, 1, cx->now - HOUR);
	struct str body, evidence, before;
	it.title = S("Phường Vạn Lúa trao nhà mới cho hộ nghèo, người dân phấn khởi");
	it.lead = S("Ủy ban nhân dân phường trao nhà, người dân khen ngợi.");
	it.body = S("Ủy ban nhân dân phường trao mười căn nhà mới cho hộ nghèo, người dân phấn khởi và khen ngợi cách làm của phường.");
	CHECK_INT(press_add(cx, in, &it), INTAKE_NEW);
	CHECK_INT(press_count(cx, &intake_tone), 0);
	int64_t id = press_id(cx, &it);
	press_must(article_text(cx, id, &body, &before), cx);
	it.title = S("Bắt cán bộ phường Vạn Lúa tham ô tiền hộ nghèo");
	it.lead = S("Công an bắt tạm giam cán bộ phường vì tham ô, người dân bức xúc.");
	it.body = S("Công an tỉnh bắt tạm giam cán bộ phường vì tham ô tiền hỗ trợ, gây thiệt hại nghiêm trọng, người dân bức xúc tố cáo sai phạm.");
	CHECK_INT(press_add(cx, in, &it), INTAKE_CHANGED);
	CHECK_INT(press_count(cx, &intake_tone), 1);
	press_must(article_text(cx, id, &body, &evidence), cx);
	CHECK(!str_eq(evidence, before));
	press_agrees(cx);
	/* A person's answer outlives the next change. */
	press_must(article_correct(cx, id, S("tone"), S("neutral")), cx);
	press_must(article_correct(cx, id, S("topic"), S("health")), cx);
	it.title = S("Bắt cán bộ phường Vạn Lúa tham ô tiền hộ nghèo: khởi tố thêm hai người");
	CHECK_INT(press_add(cx, in, &it), INTAKE_CHANGED);
	CHECK_INT(press_count(cx, &intake_tone), 0);
	intake_close(in);
	press_agrees(cx);
}

TEST(a_changed_article_is_labelled_again_until_a_person_has_answered)
{
	press_on_both(labelled_again);
}

enum { MANY = 24 };

static void whole_or_not(struct cx *cx)
{
	struct prepared *items = NEW_ARRAY(cx->mem, struct prepared, MANY);
	enum intake_state states[MANY];
	struct intake *in = opened(cx);
	prepare_all(cx, items, MANY);
	int64_t before = press_count(cx, &intake_anything);
	press_must(db_script(cx->db, "ALTER TABLE rollup_hour RENAME TO rollup_gone", &cx->fault), cx);
	CHECK(intake_batch(cx, in, items, MANY, states) != OK);
	press_must(db_script(cx->db, "ALTER TABLE rollup_gone RENAME TO rollup_hour", &cx->fault), cx);
	CHECK_INT(press_count(cx, &intake_anything), before);
	CHECK_INT(intake_totals(in).read, 0);
	press_must(intake_batch(cx, in, items, MANY, states), cx);
	for (int i = 0; i < MANY; i++)
		CHECK_INT(states[i], INTAKE_NEW);
	CHECK_INT(press_count(cx, &intake_articles), MANY);
	press_must(intake_settle(cx, in), cx);
	intake_close(in);
	press_agrees(cx);
}

TEST(a_batch_that_fails_leaves_nothing_and_may_be_offered_again)
{
	press_on_both(whole_or_not);
}

TEST(a_full_disk_ends_a_batch_as_a_limit_and_with_room_again_all_goes_on)
{
	struct cx cx = test_cx();
	struct prepared *items = NEW_ARRAY(cx.mem, struct prepared, MANY);
	enum intake_state states[MANY];
	struct intake *in = opened(&cx);
	prepare_all(&cx, items, MANY);
	int64_t before = press_count(&cx, &intake_anything);
	press_must(db_script(cx.db, "PRAGMA max_page_count = 1", &cx.fault), &cx); /* taken as: no more than there are now */
	CHECK_INT(intake_batch(&cx, in, items, MANY, states), ERR_LIMIT);
	CHECK_INT(cx.fault.err, ERR_LIMIT);
	CHECK_INT(press_count(&cx, &intake_anything), before);
	press_must(db_script(cx.db, "PRAGMA max_page_count = 1000000", &cx.fault), &cx);
	press_must(intake_batch(&cx, in, items, MANY, states), &cx);
	press_must(db_script(cx.db, "ALTER TABLE engine_state RENAME TO engine_gone", &cx.fault), &cx);
	CHECK_INT(intake_settle(&cx, in), ERR_STORE);
	press_must(db_script(cx.db, "ALTER TABLE engine_gone RENAME TO engine_state", &cx.fault), &cx);
	press_must(intake_settle(&cx, in), &cx);
	intake_close(in);
	press_agrees(&cx);
	test_cx_done(&cx);
}

static void corrected(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item it;
	for (int i = 0; i < 12; i++) {
		it = press_item(cx, i % PRESS_MATTERS, i, cx->now - DAY + i * HOUR);
		press_add(cx, in, &it);
	}
	int64_t id = press_id(cx, &it);
	press_agrees(cx);
	press_must(article_correct(cx, id, S("tone"), S("bad")), cx);
	press_agrees(cx);
	press_must(article_correct(cx, id, S("scope"), S("vietnamese_public")), cx);
	press_must(article_correct(cx, id, S("stance"), S("unfavourable")), cx);
	press_must(article_correct(cx, id, S("topic"), S("health")), cx);
	press_agrees(cx);
	press_must(article_correct(cx, id, S("topic"), S("-health")), cx);
	press_must(article_correct(cx, id, S("confirm"), S("")), cx);
	press_agrees(cx);
	CHECK_INT(article_correct(cx, id, S("tone"), S("angry")), ERR_INPUT);
	CHECK_INT(article_correct(cx, 7, S("tone"), S("bad")), ERR_NOT_FOUND);
	press_agrees(cx);
	intake_close(in);
}

TEST(counts_follow_every_correction_of_a_person)
{
	press_on_both(corrected);
}

static void two_writers(struct cx *cx)
{
	struct intake *a = opened(cx), *b = opened(cx);
	struct intake_item one = press_item(cx, 0, 1, cx->now - 3 * HOUR), two = press_item(cx, 0, 2, cx->now - 2 * HOUR), three = one;
	press_add(cx, a, &one);
	CHECK_INT(press_add(cx, b, &one), INTAKE_KNOWN);
	press_add(cx, b, &two);
	CHECK_INT(press_story(cx, &two), press_story(cx, &one));
	three.url = S("https://khac.example/3");
	press_add(cx, a, &three);
	struct article kept;
	press_must(article_load(cx, press_id(cx, &three), &kept), cx);
	CHECK_INT(kept.copy_of, press_id(cx, &one));
	press_must(intake_settle(cx, b), cx);
	press_must(intake_settle(cx, a), cx);
	intake_close(a);
	intake_close(b);
	press_agrees(cx);
}

TEST(what_another_writer_took_in_is_seen_before_the_next_batch)
{
	press_on_both(two_writers);
}

SQL(forgotten_body, "SELECT length(t.body) FROM article_text t JOIN article a ON a.id = t.article WHERE a.published_at < $1");

static void forgets(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct intake_item old = press_item(cx, 0, 1, cx->now - 400 * DAY), young = press_item(cx, 1, 1, cx->now - DAY);
	struct vocab vocab = vocab_new(cx->mem);
	struct search_result found;
	int64_t n, left;
	old.body = S("Đoạn toàn văn nhắc riêng chuyện con đò ngang cũ kỹ, dài hơn hẳn phần dẫn của bài này để được lập chỉ mục cùng.");
	old.lead = S("Phần dẫn ngắn.");
	CHECK_INT(press_add(cx, in, &old), INTAKE_NEW);
	CHECK_INT(press_add(cx, in, &young), INTAKE_NEW);
	press_must(intake_forget_texts(cx, cx->now - 365 * DAY, 1000, &n), cx);
	CHECK_INT(n, 1);
	press_must(db_number(cx, &forgotten_body, ARGS(cx->now - 365 * DAY), -1, &left), cx);
	CHECK_INT(left, 0);
	press_must(search_run(cx, &vocab, S("\"đò ngang\""), &(struct search_filter){ 0 }, &found), cx);
	CHECK_INT(found.n, 0);
	press_must(search_run(cx, &vocab, S("\"phần dẫn ngắn\""), &(struct search_filter){ 0 }, &found), cx);
	CHECK_INT(found.n, 1);
	press_must(intake_forget_texts(cx, cx->now - 365 * DAY, 1000, &n), cx);
	CHECK_INT(n, 0);
	CHECK_INT(press_add(cx, in, &old), INTAKE_KNOWN);
	intake_close(in);
	press_agrees(cx);
}

TEST(whole_texts_go_after_a_year_and_title_lead_and_counts_stay)
{
	press_on_both(forgets);
}
