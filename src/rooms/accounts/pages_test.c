/*
 * The pages of accounts: signing in with a real password, settings, staff, the audit, the open pages.
 */
#include "rooms/accounts/accounts_pages.h"
#include "rooms/accounts/trail.h"
#include "web/page_check_test.h"

#include "base/test.h"
#include "people/may.h"
#include "people/staff.h"
#include "store/db.h"
#include "store/store_test.h"
#include "web/catalog.h"
#include "work/settings.h"

SQL(seed_outlet_about, "INSERT INTO outlet (id, name, sort_key, kind) VALUES (1, 'Báo <Mẫu>', 'bao', 'online')");

static struct cx house(void)
{
	struct cx cx = test_cx();
	int64_t id;
	struct staff s = { .login = S("hoa"), .name = S("Chuyên viên <Hoa>"), .roles = ROLE_ANALYST };
	page_site(accounts_tables, accounts_tables_n);
	CHECK(staff_add(&cx, &s, S("mat khau that dai"), &id) == OK);
	return cx;
}

/* The guest's cookie and the token bound to it, from the form to sign in. */
static struct str cut(struct str s, const char *from, char until)
{
	ptrdiff_t at = str_find(s, str_z(from));
	CHECK(at >= 0);
	s = str_sub(s, (size_t)at + strlen(from), s.n);
	return str_sub(s, 0, (size_t)str_chr(s, until));
}

static struct str sign_in(struct cx *cx, const char *login, const char *password, const char *next)
{
	struct str form = page_ask(cx, NULL, "/dang-nhap", NULL);
	CHECK(page_is(form, 200) && page_sound(form));
	struct str guest = cut(form, "Set-Cookie: nhipcau_guest=", ';'), token = cut(form, "name=\"_csrf\" value=\"", '"');
	const char *cookie = str_fmt(cx->mem, "x; nhipcau_guest=%.*s", FMT(guest)).p;
	return page_ask_raw(cx, cookie, "/dang-nhap",
		str_fmt(cx->mem, "_csrf=%.*s&login=%s&password=%s&next=%s", FMT(token), login, password, next).p);
}

TEST(who_knows_the_password_is_signed_in_and_led_on)
{
	struct cx cx = house();
	struct str r = sign_in(&cx, "hoa", "mat+khau+that+dai", "%2Fcanh-bao");
	CHECK(page_is(r, 303) && says(r, "Location: /canh-bao") && says(r, "Set-Cookie: nhipcau="));
	struct actor who = { 0 };
	struct str csrf;
	CHECK(session_find(&cx, cut(r, "Set-Cookie: nhipcau=", ';'), &who, &csrf) == OK && who.id);
	CHECK(says(sign_in(&cx, "hoa", "mat+khau+that+dai", "https%3A%2F%2Fevil.example"), "Location: /\r\n"));
	test_cx_done(&cx);
}

TEST(a_wrong_name_and_a_wrong_password_get_the_same_answer)
{
	struct cx cx = house();
	struct str name = sign_in(&cx, "khong-co", "mat+khau+that+dai", ""), password = sign_in(&cx, "hoa", "sai", "");
	CHECK(page_is(name, 422) && page_is(password, 422) && page_sound(name));
	CHECK(says(name, "Tên đăng nhập hoặc mật khẩu không đúng") && says(password, "Tên đăng nhập hoặc mật khẩu không đúng"));
	CHECK(!says(password, "Set-Cookie: nhipcau=") && !says(password, "value=\"sai\""));
	CHECK(page_is(page_ask_raw(&cx, NULL, "/dang-nhap", "login=hoa&password=x"), 403));
	test_cx_done(&cx);
}

TEST(settings_are_shown_to_staff_and_saved_by_the_administrator)
{
	struct cx cx = house();
	struct str r = page_ask(&cx, "analyst", "/cai-dat", NULL), name;
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "Máy chủ gửi thư") && !says(r, "action=\"/cai-dat\""));
	CHECK(page_is(page_ask(&cx, "analyst", "/cai-dat", "province_name=X"), 403));
	CHECK(page_is(page_ask_raw(&cx, "system_admin", "/cai-dat", "province_name=X"), 403));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat", "province_name=%3CT%E1%BB%89nh%3E&smtp_password=bi-mat-lam&smtp_port=25"), 303));
	CHECK(setting_text(&cx, "province_name", &name) == OK);
	CHECK_STR(name, "<Tỉnh>");
	r = page_ask(&cx, "system_admin", "/cai-dat?saved=1", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "value=\"&lt;Tỉnh&gt;\"") && !says(r, "bi-mat-lam"));
	r = page_ask(&cx, "system_admin", "/cai-dat", "province_name=&smtp_port=70000&smtp_password=");
	CHECK(page_is(r, 422) && page_sound(r) && says(r, "href=\"#smtp_port\"") && says(r, "value=\"70000\""));
	CHECK(setting_text(&cx, "smtp_password", &name) == OK);
	CHECK_STR(name, "bi-mat-lam");
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat", "smtp_password=-"), 303));
	CHECK(setting_text(&cx, "smtp_password", &name) == OK && !name.n);
	test_cx_done(&cx);
}

TEST(every_setting_has_its_words_in_both_languages)
{
	static const char *const langs[] = { "vi", "en" };
	for (size_t i = 0; i < settings_n; i++)
		for (size_t l = 0; l < COUNT(langs); l++) {
			CHECK(say_known(langs[l], str_fmt(test_mem(), "setting.%s", settings[i].name).p));
			CHECK(say_known(langs[l], str_fmt(test_mem(), "setting.%s.help", settings[i].name).p));
			CHECK(say_known(langs[l], str_fmt(test_mem(), "setting.group.%s", settings[i].group).p));
		}
}

TEST(every_role_has_its_words_in_both_languages)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		CHECK(say_known("vi", str_fmt(test_mem(), "role.%s", role_word(i)).p));
		CHECK(say_known("en", str_fmt(test_mem(), "role.%s", role_word(i)).p));
	}
}

TEST(an_administrator_adds_and_locks_accounts)
{
	struct cx cx = house();
	struct staff s;
	struct str r = page_ask(&cx, "system_admin", "/cai-dat/tai-khoan", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "Chuyên viên &lt;Hoa&gt;"));
	CHECK(page_is(page_ask(&cx, "analyst", "/cai-dat/tai-khoan", NULL), 403));
	r = page_ask(&cx, "system_admin", "/cai-dat/tai-khoan", "login=minh&name=A&password=ngan&role_analyst=1");
	CHECK(page_is(r, 422) && page_sound(r) && says(r, "href=\"#password\"") && says(r, "value=\"minh\""));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan", "login=minh&name=A&password=du+dai+roi+nhe"), 422));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan", "login=hoa&name=A&password=du+dai+roi+nhe&role_analyst=1"), 422));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan", "login=minh&name=A&password=du+dai+roi+nhe&role_auditor=1"), 303));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan/minh/hoat-dong", "active=0"), 303));
	CHECK(staff_find(&cx, S("minh"), &s) == OK && !s.active && s.roles == ROLE_AUDITOR);
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan/minh/vai-tro", "role_analyst=1&role_auditor=1"), 303));
	CHECK(staff_find(&cx, S("minh"), &s) == OK && s.roles == (ROLE_ANALYST | ROLE_AUDITOR));
	CHECK(page_is(page_ask(&cx, "system_admin", "/cai-dat/tai-khoan/khong-co/vai-tro", "role_analyst=1"), 404));
	test_cx_done(&cx);
}

TEST(the_audit_is_for_administrators_and_auditors)
{
	struct cx cx = house();
	struct str r = page_ask(&cx, "auditor", "/nhat-ky", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "hoa") && says(r, "Tài khoản"));
	CHECK(page_is(page_ask(&cx, "analyst", "/nhat-ky", NULL), 403));
	r = page_ask(&cx, "auditor", "/nhat-ky?object=%3Cx%3E", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "class=\"empty\"") && !says(r, "<x>"));
	test_cx_done(&cx);
}

TEST(what_the_system_does_and_does_not_do_is_open_to_everybody)
{
	struct cx cx = house();
	CHECK(db_run(&cx, &seed_outlet_about, NO_ARGS) == OK);
	struct str r = page_ask(&cx, NULL, "/gioi-thieu", NULL);
	CHECK(page_is(r, 200) && page_sound(r));
	for (int i = 1; i <= 5; i++)
		CHECK(says(r, str_fmt(cx.mem, "(PR-0%d)", i).p));
	CHECK(says(r, "Báo &lt;Mẫu&gt;") && says(r, "id=\"chi-so\"") && says(r, "365 ngày"));
	r = page_ask(&cx, NULL, "/tro-giup", NULL);
	CHECK(page_is(r, 200) && page_sound(r) && says(r, "<kbd>j</kbd>"));
	test_cx_done(&cx);
}
