/*
 * Settings: bounds, secrets, who may change them.
 */
#include "work/settings.h"

#include "base/test.h"
#include "people/may.h"
#include "store/db.h"
#include "store/store_test.h"

static struct cx admin(void)
{
	struct cx cx = test_cx();
	cx.who.roles = ROLE_ADMIN;
	return cx;
}

TEST(a_setting_has_its_default_until_it_is_set)
{
	struct cx cx = admin();
	int64_t port, after;
	struct str name;
	CHECK(setting_int(&cx, "smtp_port", &port) == OK && port == 587);
	CHECK(setting_set(&cx, "smtp_port", S("25")) == OK);
	CHECK(setting_int(&cx, "smtp_port", &after) == OK);
	CHECK_INT(after, 25);
	CHECK(setting_set(&cx, "province_name", S("Tỉnh Thử")) == OK && setting_set(&cx, "province_name", S("Tỉnh Mới")) == OK);
	CHECK(setting_text(&cx, "province_name", &name) == OK);
	CHECK_STR(name, "Tỉnh Mới");
	test_cx_done(&cx);
}

TEST(every_default_may_stand)
{
	for (size_t i = 0; i < settings_n; i++)
		CHECK(!setting_wrong(&settings[i], str_z(settings[i].otherwise)));
}

TEST(values_out_of_bounds_are_refused_and_nothing_is_half_written)
{
	struct cx cx = admin();
	struct setting_value both[] = { { setting_find(S("smtp_host")), S("mail.example") }, { setting_find(S("smtp_port")), S("70000") } };
	struct str host;
	CHECK(settings_set(&cx, both, 2) == ERR_INPUT);
	CHECK(setting_text(&cx, "smtp_host", &host) == OK && !host.n);
	CHECK(setting_set(&cx, "language", S("fr")) == ERR_INPUT);
	CHECK(setting_set(&cx, "mail_from", S("a@b@c.d")) == ERR_INPUT);
	CHECK(setting_set(&cx, "mail_from", S("a b@c.de")) == ERR_INPUT);
	CHECK(setting_set(&cx, "mail_from", S("tin@mau.example")) == OK);
	CHECK(setting_set(&cx, "public_address", S("javascript:alert(1)")) == ERR_INPUT);
	CHECK(setting_set(&cx, "province_name", S("")) == ERR_INPUT);
	CHECK(setting_set(&cx, "smtp_user", S("a\r\nb")) == ERR_INPUT);
	test_cx_done(&cx);
}

TEST(only_an_administrator_sets_anything)
{
	struct cx cx = test_cx();
	cx.who.roles = ROLE_PROVINCE_OFFICER;
	CHECK(setting_set(&cx, "smtp_port", S("25")) == ERR_DENIED);
	test_cx_done(&cx);
}
