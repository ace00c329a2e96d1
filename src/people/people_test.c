/*
 * Accounts, passwords, sessions and the table of acts.
 */
#include "base/test.h"
#include "people/may.h"
#include "people/staff.h"
#include "store/store_test.h"

static struct staff an_analyst(void)
{
	return (struct staff){ .login = S("phan.tich"), .name = S("Chuyên viên theo dõi báo chí"), .roles = ROLE_ANALYST };
}

TEST(a_person_signs_in_is_known_and_signs_out)
{
	struct cx cx = test_cx();
	struct staff s = an_analyst();
	int64_t id;
	struct str token, csrf = S("");
	struct actor who = { 0 };
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == OK);
	CHECK(session_open(&cx, S("phan.tich"), S("mật khẩu dài"), &token) == OK);
	CHECK(session_find(&cx, token, &who, &csrf) == OK);
	CHECK_INT(who.id, id);
	CHECK_INT(who.roles, ROLE_ANALYST);
	CHECK(csrf.n == 64);
	CHECK(session_close(&cx, token) == OK);
	CHECK(session_find(&cx, token, &who, &csrf) == OK);
	CHECK_INT(who.id, 0);
	test_cx_done(&cx);
}

TEST(a_wrong_name_and_a_wrong_password_are_told_alike)
{
	struct cx cx = test_cx();
	struct staff s = an_analyst();
	struct str token;
	int64_t id;
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == OK);
	CHECK(session_open(&cx, S("phan.tich"), S("sai mật khẩu"), &token) == ERR_DENIED);
	CHECK(!strcmp(cx.fault.say, "people.wrong"));
	CHECK(session_open(&cx, S("khong.co"), S("mật khẩu dài"), &token) == ERR_DENIED);
	CHECK(!strcmp(cx.fault.say, "people.wrong"));
	CHECK(staff_set_active(&cx, S("phan.tich"), false) == OK);
	CHECK(session_open(&cx, S("phan.tich"), S("mật khẩu dài"), &token) == ERR_DENIED);
	test_cx_done(&cx);
}

TEST(a_session_ends_with_its_time_and_with_a_new_password)
{
	struct cx cx = test_cx();
	struct staff s = an_analyst();
	struct str token, csrf;
	struct actor who = { 0 };
	int64_t id;
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == OK);
	CHECK(session_open(&cx, S("phan.tich"), S("mật khẩu dài"), &token) == OK);
	cx.now += SESSION_SECONDS;
	CHECK(session_find(&cx, token, &who, &csrf) == OK);
	CHECK_INT(who.id, 0);
	CHECK(session_open(&cx, S("phan.tich"), S("mật khẩu dài"), &token) == OK);
	CHECK(staff_set_password(&cx, S("phan.tich"), S("mật khẩu khác")) == OK);
	CHECK(session_find(&cx, token, &who, &csrf) == OK);
	CHECK_INT(who.id, 0);
	test_cx_done(&cx);
}

TEST(what_is_wrong_with_an_account_is_said)
{
	struct cx cx = test_cx();
	struct staff s = an_analyst();
	int64_t id;
	CHECK(staff_add(&cx, &s, S("ngắn"), &id) == ERR_INPUT);
	s.login = S("Có Dấu");
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == ERR_INPUT);
	s = an_analyst();
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == OK);
	CHECK(staff_add(&cx, &s, S("mật khẩu dài"), &id) == ERR_CONFLICT);
	CHECK(staff_set_roles(&cx, S("ai.do"), 0) == ERR_NOT_FOUND);
	test_cx_done(&cx);
}

TEST(a_leader_reads_and_does_not_label)
{
	struct cx cx = { .who = { .id = 1, .roles = ROLE_LEADER } };
	CHECK(may(&cx, ACT_OVERVIEW_READ, 0) == OK);
	CHECK(may(&cx, ACT_ARTICLE_LABEL, 0) == ERR_DENIED);
	CHECK(!strcmp(cx.fault.say, "people.denied"));
	cx.who = (struct actor){ 0 };
	CHECK(may(&cx, ACT_ABOUT_READ, 0) == OK);
	CHECK(may(&cx, ACT_ARTICLE_READ, 0) == ERR_DENIED);
}

TEST(roles_are_read_by_their_words)
{
	unsigned roles = 0;
	CHECK(roles_parse(S("analyst, system_admin"), &roles));
	CHECK_INT(roles, ROLE_ANALYST | ROLE_ADMIN);
	CHECK(!roles_parse(S("king"), &roles));
}
