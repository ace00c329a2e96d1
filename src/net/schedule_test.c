/*
 * When a source is asked again, and what is said of its health.
 */
#include "net/schedule.h"
#include "base/test.h"
#include "base/time.h"

#include <math.h>

enum { START = 1795000000 };

/* A source that publishes by chance, `per_day` items a day; returns the polls that brought news and their number. */
static void live(struct poll_history *h, double per_day, int polls, int *ret_news)
{
	struct rng rng = { 7 };
	int64_t now = START;
	*ret_news = 0;
	for (int i = 0; i < polls; i++) {
		int64_t next = MAX(next_poll(h, now), now);
		double expected = per_day * (double)(next - now) / DAY;
		int fresh = rng_unit(&rng) > exp(-expected) ? 1 : 0;
		now = next;
		*ret_news += fresh;
		poll_note(h, &(struct poll_outcome){ .at = now, .items = 20, .fresh = fresh });
	}
}

TEST(a_source_is_asked_as_often_as_it_has_news)
{
	struct poll_history busy = { .source = 1 }, calm = { .source = 2 }, dead = { .source = 3 };
	int news;
	live(&busy, 400, 400, &news);
	CHECK(busy.pause < 700);
	live(&calm, 8, 400, &news);
	CHECK_NEAR((double)news / 400, 0.3, 0.05);
	CHECK(calm.pause > 1200 && calm.pause < 12000);
	live(&dead, 0, 50, &news);
	CHECK_NEAR(dead.pause, POLL_MOST, 1);
}

TEST(failures_stretch_the_pause_but_no_source_is_given_up)
{
	struct poll_history h = { .source = 9 };
	int64_t now = START, last_gap = 0;
	poll_note(&h, &(struct poll_outcome){ .at = now, .items = 10, .fresh = 10 });
	for (int i = 0; i < 100; i++) {
		int64_t next = next_poll(&h, now);
		CHECK(next - now >= POLL_LEAST && next - now <= POLL_MOST);
		last_gap = next - now;
		now = next;
		poll_note(&h, &(struct poll_outcome){ .at = now, .failure = 1 });
	}
	CHECK(last_gap > POLL_MOST * 8 / 10);
	poll_note(&h, &(struct poll_outcome){ .at = now, .items = 10 });
	CHECK(next_poll(&h, now) - now < 3 * HOUR);
}

TEST(light_failures_count_less_and_what_the_server_asks_is_obeyed)
{
	struct poll_history light = { .source = 4 }, heavy = { .source = 4 }, asked = { .source = 4 };
	for (int i = 0; i < 4; i++) {
		poll_note(&light, &(struct poll_outcome){ .at = START, .failure = 0.5 });
		poll_note(&heavy, &(struct poll_outcome){ .at = START, .failure = 2 });
	}
	CHECK(next_poll(&light, START) < next_poll(&heavy, START));
	poll_note(&asked, &(struct poll_outcome){ .at = START, .failure = 1, .retry_after = 20000 });
	CHECK(next_poll(&asked, START) >= START + 20000);
	poll_note(&asked, &(struct poll_outcome){ .at = START, .items = 3, .published_pause = 7200 });
	CHECK(asked.pause >= 7200);
}

TEST(thousands_of_sources_do_not_ask_in_one_second)
{
	int per_minute[120] = { 0 }, most = 0;
	for (int64_t id = 1; id <= 5000; id++) {
		struct poll_history h = { .source = id, .polls = 3, .last = START, .pause = 1800 };
		CHECK_INT(next_poll(&h, START), next_poll(&h, START + 50));
		per_minute[(next_poll(&h, START) - START) / 60]++;
	}
	for (size_t i = 0; i < COUNT(per_minute); i++)
		most = MAX(most, per_minute[i]);
	CHECK(most < 1200);
}

TEST(silence_is_told_from_a_quiet_night)
{
	double profile[168] = { 0 };
	for (int day = 0; day < 7; day++)
		for (int hour = 6; hour < 22; hour++)
			profile[day * 24 + hour] = 3;
	int64_t monday;
	CHECK(time_parse_iso(S("2026-11-23T00:00:00+07:00"), &monday));
	CHECK_NEAR(expected_items(profile, monday, monday + 6 * HOUR), 0, 1e-9);
	CHECK_NEAR(expected_items(profile, monday + 6 * HOUR + 1800, monday + 8 * HOUR), 4.5, 1e-9);
	CHECK_NEAR(expected_items(profile, monday, monday + 15 * DAY), 15 * 48.0, 1e-9);
	struct source_facts f = { .items_seen = 500, .expected_since = expected_items(profile, monday, monday + 6 * HOUR) };
	CHECK_INT(source_health(&f), HEALTH_GOOD);
	f.expected_since = 9;
	CHECK_INT(source_health(&f), HEALTH_LATE);
	f.expected_since = 20;
	CHECK_INT(source_health(&f), HEALTH_SILENT);
	f = (struct source_facts){ .items_seen = 500, .failed_in_row = 3, .failed_hours = 2 };
	CHECK_INT(source_health(&f), HEALTH_BROKEN);
	f.keeps_us_out = true;
	CHECK_INT(source_health(&f), HEALTH_BLOCKED);
	f = (struct source_facts){ .items_seen = 500, .unreadable_in_row = 3 };
	CHECK_INT(source_health(&f), HEALTH_CHANGED);
	f = (struct source_facts){ .items_seen = 3, .expected_since = 50 };
	CHECK_INT(source_health(&f), HEALTH_NEW);
	for (int i = 0; i < HEALTH_STATES; i++)
		CHECK(source_health_name(i)[0] && source_health_say(i, "vi")[0] && strcmp(source_health_say(i, "vi"), source_health_say(i, "en")));
}
