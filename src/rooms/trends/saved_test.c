/*
 * Saved searches: no person's name is kept, a search belongs to its owner and tells each article once. And what is
 * never a source (PR-01).
 */
#include "rooms/trends/saved.h"

#include "base/test.h"
#include "people/staff.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

TEST(a_persons_name_is_known_as_one_and_a_place_is_not)
{
	static const char *const persons[] = { "Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Hoàng", "\"Phạm Văn Mẫu\"", "nguyễn văn an", "  Võ  Thị Sáu ",
		"Dương Tử Lộ", "Nguyen Van An" };
	static const char *const others[] = { "bồi thường đất", "Hà Nội", "Hồ Chí Minh", "Thái Nguyên", "Sở Y tế", "trạm y tế Khe Lau", "học phí", "",
		"cao tốc Bắc Nam", "Suối Trong", "hồ sen", "Cao Bằng" };
	for (size_t i = 0; i < COUNT(persons); i++)
		if (!looks_like_a_person(test_mem(), str_z(persons[i])))
			test_failed(__FILE__, __LINE__, persons[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		if (looks_like_a_person(test_mem(), str_z(others[i])))
			test_failed(__FILE__, __LINE__, others[i]);
}

static int64_t account(struct cx *cx, const char *login)
{
	int64_t id;
	press_must(staff_add(cx, &(struct staff){ .login = str_z(login), .name = S("Chuyên viên Mẫu"), .roles = cx->who.roles }, S("mật khẩu dài"), &id), cx);
	return id;
}

static enum err save(struct cx *cx, const char *query, struct saved *ret)
{
	*ret = (struct saved){ .name = S("Theo dõi"), .query = str_z(query) };
	return saved_add(cx, ret);
}

static void kept(struct cx *cx)
{
	struct saved s, bad;
	struct saved_list list;
	int64_t other = account(cx, "nguoi.khac");
	cx->who.id = account(cx, "chuyen.vien");
	CHECK_INT(save(cx, "Nguyễn Văn An", &bad), ERR_INPUT);
	CHECK_STR(str_z(cx->fault.say), "trends.saved_person");
	CHECK_INT(save(cx, "   ", &bad), ERR_INPUT);
	bad = (struct saved){ .name = S("x"), .query = S("cầu"), .mail_to = S("khong phai thu") };
	CHECK_INT(saved_add(cx, &bad), ERR_INPUT);
	bad = (struct saved){ .name = S("x"), .query = S("cầu"), .hook_url = S("file:///etc/passwd") };
	CHECK_INT(saved_add(cx, &bad), ERR_INPUT);
	press_must(saved_mine(cx, &list), cx);
	CHECK_INT(list.n, 0);
	press_must(save(cx, "cầu Khe Lau", &s), cx);
	CHECK(s.feed_token.n >= 40 && s.id);
	press_must(saved_by_token(cx, s.feed_token, &bad), cx);
	CHECK_INT(bad.id, s.id);
	CHECK_INT(saved_by_token(cx, S("0000"), &bad), ERR_NOT_FOUND);
	int64_t me = cx->who.id;
	cx->who.id = other;
	press_must(saved_mine(cx, &list), cx);
	CHECK_INT(list.n, 0);
	CHECK_INT(saved_drop(cx, s.id), ERR_NOT_FOUND);
	cx->who.id = me;
	press_must(saved_drop(cx, s.id), cx);
	press_must(saved_mine(cx, &list), cx);
	CHECK_INT(list.n, 0);
}

TEST(a_search_for_a_person_is_not_kept_and_a_kept_one_is_its_owners)
{
	press_on_both(kept);
}

static void told(struct cx *cx)
{
	struct intake *in;
	struct saved s;
	struct article_list fresh;
	struct intake_item early = press_item(cx, 0, 1, cx->now - 5 * HOUR), late = press_item(cx, 0, 2, cx->now - HOUR);
	cx->who.id = account(cx, "chuyen.vien");
	press_must(intake_open(cx, &in), cx);
	press_add(cx, in, &early);
	press_must(save(cx, "\"Khe Lau\"", &s), cx);
	press_add(cx, in, &late);
	press_must(intake_settle(cx, in), cx);
	intake_close(in);
	struct vocab v = vocab_new(cx->mem);
	press_must(vocab_load(cx, &v), cx);
	press_must(saved_fresh(cx, &v, &s, &fresh), cx);
	CHECK_INT(fresh.n, 1);
	CHECK_INT(fresh.v[0].id, press_id(cx, &late));
	press_must(saved_told(cx, &s, fresh.v[0].id), cx);
	press_must(saved_by_token(cx, s.feed_token, &s), cx);
	press_must(saved_fresh(cx, &v, &s, &fresh), cx);
	CHECK_INT(fresh.n, 0);
}

TEST(a_saved_search_tells_of_each_article_once)
{
	press_on_both(told);
}

SQL(saved_test_odd_source, "INSERT INTO source (id, outlet, kind, url) VALUES (9, $1, $2, 'https://x.example/')");

static void never(struct cx *cx)
{
	static const char *const social[] = { "https://www.facebook.com/ai-do", "https://m.facebook.com/groups/1", "https://t.me/kenh", "https://www.tiktok.com/@ai",
		"https://www.youtube.com/@kenh", "https://x.com/ai", "https://zalo.me/1", "http://FACEBOOK.com/feed.rss" };
	int64_t outlet = press_outlet(cx, 0), id;
	for (size_t i = 0; i < COUNT(social); i++) {
		struct source s = { .outlet = outlet, .kind = S("feed"), .url = str_z(social[i]) };
		if (source_add(cx, &s, &id) != ERR_INPUT)
			test_failed(__FILE__, __LINE__, social[i]);
	}
	struct source odd = { .outlet = outlet, .kind = S("account"), .url = S("https://x.example/") };
	CHECK_INT(source_add(cx, &odd, &id), ERR_INPUT);
	CHECK_INT(db_run(cx, &saved_test_odd_source, ARGS(outlet, "account")), ERR_CONFLICT);
	CHECK_INT(db_run(cx, &saved_test_odd_source, ARGS(outlet, "channel")), ERR_CONFLICT);
	CHECK_INT(outlet_find_or_add(cx, S("Trang cá nhân"), S("person"), S(""), &id), ERR_INPUT);
}

TEST(a_personal_account_is_never_a_source)
{
	press_on_both(never);
}
