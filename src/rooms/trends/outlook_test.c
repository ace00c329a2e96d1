/*
 * Forecasts are kept once a day, as they were made.
 */
#include "rooms/trends/outlook.h"

#include "base/test.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

SQL(outlook_rows, "SELECT count(*) FROM forecast");
SQL(outlook_days, "SELECT count(DISTINCT made_on) FROM forecast WHERE series = 'all'");
SQL(outlook_first, "SELECT CAST(sum(mean * 1000) AS BIGINT) FROM forecast WHERE made_on = (SELECT min(made_on) FROM forecast)");

static void count_days(struct cx *cx, int64_t from, int64_t to)
{
	struct rollup r = rollup_new(cx->mem);
	for (int64_t day = from; day < to; day++)
		for (int i = 0; i < 20 + (int)(day % 7) * 4; i++) {
			struct rollup_facts f = { .published_at = day_start(day) + i * 600, .outlet = 1, .outlet_kind = S("online"), .tone = S("neutral"),
				.stance = S("neither"), .scope = S("vietnamese_public") };
			rollup_base(&r, &f, 1);
			rollup_label(&r, &f, "topic", S("health"), 1);
		}
	press_must(db_begin(cx), cx);
	press_must(rollup_flush(cx, &r), cx);
	press_must(db_commit(cx), cx);
}

static void kept(struct cx *cx)
{
	struct outlook o;
	int64_t today = day_of(cx->now);
	press_must(outlook_keep(cx), cx);
	CHECK_INT(press_count(cx, &outlook_rows), 0);
	CHECK_INT(outlook_of(cx, S("all"), S(""), 30, &o), ERR_NOT_FOUND);
	count_days(cx, today - 10, today);
	press_must(outlook_of(cx, S("all"), S(""), 8, &o), cx);
	CHECK(!o.enough);
	count_days(cx, today - 80, today - 10);
	press_must(outlook_keep(cx), cx);
	int64_t rows = press_count(cx, &outlook_rows), days = press_count(cx, &outlook_days), first = press_count(cx, &outlook_first);
	CHECK(rows > 0 && days >= 1 && rows == days * 2 * OUTLOOK_DAYS);
	press_must(outlook_keep(cx), cx);
	CHECK_INT(press_count(cx, &outlook_rows), rows);
	count_days(cx, today, today + 3);
	cx->now += 3 * DAY; /* two days were missed: made up for */
	press_must(outlook_keep(cx), cx);
	CHECK_INT(press_count(cx, &outlook_days), days + 3);
	CHECK_INT(press_count(cx, &outlook_first), first);
	press_must(outlook_of(cx, S("topic"), S("health"), 20, &o), cx);
	CHECK(o.enough && o.today == today + 3 && o.ahead.steps == OUTLOOK_DAYS && o.was_mean[19] == o.was_mean[19]);
	for (size_t i = 0; i < o.ahead.steps; i++)
		CHECK(o.ahead.lo95[i] <= o.ahead.lo80[i] && o.ahead.lo80[i] <= o.ahead.mean[i] && o.ahead.mean[i] <= o.ahead.hi80[i]);
}

TEST(forecasts_are_kept_once_a_day_as_they_were_made)
{
	press_on_both(kept);
}
