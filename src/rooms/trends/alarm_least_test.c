/*
 * The watch over an invented series: forty quiet days and one that is not.
 */
#include "rooms/trends/alarm.h"

#include "base/test.h"
#include "people/may.h"
#include "rooms/monitoring/rollup.h"
#include "store/store_test.h"
#include "work/settings.h"

SQL(watch_outlet, "INSERT INTO outlet (id, name, sort_key, kind) VALUES ($1, $2, $2, 'online')");
SQL(watch_story,
    "INSERT INTO story (id, title, first_at, last_at, n, outlets, good, neutral, bad, unfavourable, public)"
    " VALUES (100, 'Chợ Bến Đá', $1, $1, 30, 2, 0, 30, 0, 0, 30)");
SQL(watch_article,
    "INSERT INTO article (id, outlet, url, url_key, title, lead, lang, published_at, day, fetched_at, story, scope, scope_p, tone, tone_p,"
    " stance, stance_p, model) VALUES ($1, $2, $3, $3, 'Chợ', '', 'vi', $4, $5, $4, 100, 'vietnamese_public', 1, 'neutral', 1, 'neither',"
    " 1, 'm1')");

static void day(struct cx *cx, int64_t day, int n)
{
	struct rollup r = rollup_new(cx->mem);
	for (int i = 0; i < n; i++) {
		struct rollup_facts f = { .published_at = day_start(day) + i * 60, .outlet = 1 + i % 2, .outlet_kind = S("online"),
			.tone = S("neutral"), .stance = S("neither"), .scope = S("vietnamese_public") };
		rollup_base(&r, &f, 1);
	}
	CHECK(rollup_flush(cx, &r) == OK);
}

static struct cx province(void)
{
	struct cx cx = test_cx();
	int64_t last = day_of(cx.now) - 1;
	cx.who.roles = ROLE_ADMIN | ROLE_ANALYST;
	CHECK(db_begin(&cx) == OK);
	CHECK(db_run(&cx, &watch_outlet, ARGS(1, "Báo Mẫu")) == OK && db_run(&cx, &watch_outlet, ARGS(2, "Báo Thử")) == OK);
	for (int64_t d = last - 60; d < last; d++)
		day(&cx, d, 4 + (int)(d % 3));
	day(&cx, last, 30);
	CHECK(db_run(&cx, &watch_story, ARGS(day_start(last))) == OK);
	for (int64_t i = 0; i < 30; i++)
		CHECK(db_run(&cx, &watch_article, ARGS(200 + i, 1 + i % 2, str_fmt(cx.mem, "https://x.example/%lld", (long long)i),
		                                       day_start(last) + i * 60, last)) == OK);
	CHECK(db_commit(&cx) == OK);
	return cx;
}

TEST(a_day_out_of_the_usual_is_told_once)
{
	struct cx cx = province();
	struct alarm_list list;
	struct drivers who;
	int64_t raised;
	CHECK(alarm_watch(&cx, &raised) == OK);
	CHECK_INT(raised, 1);
	CHECK(alarm_watch(&cx, &raised) == OK && raised == 0);
	CHECK(alarm_list(&cx, &(struct alarm_filter){ 0 }, &list) == OK && list.n == 1);
	CHECK_INT(list.v[0].count, 30);
	CHECK_INT(list.v[0].bucket, day_of(cx.now) - 1);
	alarm_drivers(&cx, &list.v[0], &who);
	CHECK(who.nstories == 1 && who.stories[0].id == 100 && who.noutlets == 2);
	test_cx_done(&cx);
}

TEST(a_setting_says_how_many_articles_an_alarm_needs)
{
	struct cx cx = province();
	int64_t raised;
	CHECK(setting_set(&cx, "alarm_least_articles", S("31")) == OK);
	CHECK(alarm_watch(&cx, &raised) == OK);
	CHECK_INT(raised, 0);
	CHECK(setting_set(&cx, "alarm_least_articles", S("30")) == OK);
	CHECK(setting_set(&cx, "alarm_least_outlets", S("3")) == OK);
	CHECK(alarm_watch(&cx, &raised) == OK);
	CHECK_INT(raised, 0);
	test_cx_done(&cx);
}
