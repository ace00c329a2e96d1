/*
 * What a person sets holds from the next request on: no restart is asked for.
 */
#include "app/site.h"

#include "base/test.h"
#include "people/may.h"
#include "store/store_test.h"
#include "work/settings.h"

TEST(a_changed_setting_holds_from_the_next_request_on)
{
	struct cx cx = test_cx();
	struct shared s = { .lang = "vi" };
	cx.who.roles = ROLE_ADMIN;
	CHECK(shared_follow(&cx, &s) == OK && !s.site.https && !s.metrics_key.n);
	CHECK(setting_set(&cx, "province_name", S("Tỉnh Mới")) == OK && setting_set(&cx, "metrics_key", S("một khóa đủ dài 2026")) == OK);
	CHECK(setting_set(&cx, "language", S("en")) == OK && setting_set(&cx, "public_address", S("https://bao.example")) == OK);
	CHECK(shared_follow(&cx, &s) == OK);
	CHECK_STR(s.site.province, "Tỉnh Mới");
	CHECK_STR(s.metrics_key, "một khóa đủ dài 2026");
	CHECK(s.site.https && !strcmp(s.lang, "en"));
	test_cx_done(&cx);
}
