/*
 * The watch over a small invented province: noise without a cause, and a burst that was planted.
 */
#include "rooms/trends/alarm.h"

#include "base/test.h"
#include "rooms/monitoring/press_test.h"
#include "rooms/monitoring/rollup.h"
#include "store/store_test.h"

#include <math.h>

enum { DAYS = 120, FROM = 20000, BURST = FROM + 100 };

SQL(alarm_test_article,
    "INSERT INTO article (id, outlet, url, url_key, title, lead, lang, published_at, day, fetched_at, story, scope, scope_p, tone, tone_p,"
    " stance, stance_p, model) VALUES ($1, $2, $3, $3, 'Trạm y tế quá tải', '', 'vi', $4, $5, $4, 100, 'vietnamese_public', 1, 'neutral', 1,"
    " 'neither', 1, 'm')");
SQL(alarm_test_label, "INSERT INTO article_label (kind, code, published_at, article, p) VALUES ('topic', 'health', $1, $2, 1)");
SQL(alarm_test_story,
    "INSERT INTO story (id, title, first_at, last_at, n, outlets, good, neutral, bad, unfavourable, public) VALUES (100, 'Trạm y tế quá tải', 1,"
    " 2, 1, 1, 0, 0, 0, 0, 0)");
SQL(alarm_test_count, "SELECT count(*) FROM alarm");

/* Poisson by the product of uniforms (Knuth); the same numbers in every run. */
static int poisson(uint64_t *state, double mean)
{
	double least = exp(-mean), product = 1;
	int n = -1;
	do {
		*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
		product *= (double)(*state >> 11) / 9007199254740992.0;
		n++;
	} while (product > least);
	return n;
}

static void count_day(struct cx *cx, int64_t day, int n, const char *topic)
{
	struct rollup r = rollup_new(cx->mem);
	for (int i = 0; i < n; i++) {
		struct rollup_facts f = { .published_at = day_start(day) + 60 * (i % 1400), .outlet = press_outlet(cx, i % 2), .outlet_kind = S("online"),
			.tone = S("neutral"), .stance = S("neither"), .scope = S("vietnamese_public") };
		rollup_base(&r, &f, 1);
		rollup_label(&r, &f, "topic", str_z(topic), 1);
	}
	press_must(rollup_flush(cx, &r), cx);
}

static void quiet_days(struct cx *cx, int64_t from, int64_t to)
{
	static const char *const topics[] = { "health", "education", "transport" };
	for (int64_t day = from; day < to; day++) {
		uint64_t state = (uint64_t)day * 77777;
		for (size_t t = 0; t < COUNT(topics); t++)
			count_day(cx, day, poisson(&state, 8 + 2 * (double)(day % 7 < 5)), topics[t]);
	}
}

static void burst(struct cx *cx)
{
	press_must(db_run(cx, &alarm_test_story, NO_ARGS), cx);
	for (int i = 0; i < 60; i++) {
		int64_t at = day_start(BURST) + i * 600;
		press_must(db_run(cx, &alarm_test_article, ARGS(1000 + i, press_outlet(cx, i % 2), str_fmt(cx->mem, "u%d", i), at, (int64_t)BURST)), cx);
		press_must(db_run(cx, &alarm_test_label, ARGS(at, 1000 + i)), cx);
	}
	count_day(cx, BURST, 60, "health");
}

static int64_t watch(struct cx *cx, int64_t today)
{
	int64_t raised;
	cx->now = day_start(today) + HOUR;
	press_must(alarm_watch(cx, &raised), cx);
	return raised;
}

static void quiet(struct cx *cx)
{
	press_must(db_begin(cx), cx);
	quiet_days(cx, FROM, FROM + DAYS);
	press_must(db_commit(cx), cx);
	CHECK_INT(watch(cx, FROM + DAYS), 0);
}

TEST(noise_without_a_cause_raises_no_alarm)
{
	press_on_both(quiet);
}

static struct str all_up_to(struct cx *cx, int64_t day)
{
	struct alarm_list list;
	struct text t = text_new(cx->mem);
	press_must(alarm_list(cx, &(struct alarm_filter){ .most = 1000 }, &list), cx);
	for (size_t i = list.n; i-- > 0;)
		if (list.v[i].bucket <= day)
			text_fmt(&t, "%.*s %.*s %.*s %.*s %lld %lld %.6f %.9f\n", FMT(list.v[i].kind), FMT(list.v[i].series), FMT(list.v[i].code),
			         FMT(list.v[i].measure), (long long)list.v[i].bucket, (long long)list.v[i].count, list.v[i].expected, list.v[i].q);
	return text_str(&t);
}

static void planted(struct cx *cx)
{
	struct alarm_list list;
	struct drivers d;
	press_must(db_begin(cx), cx);
	quiet_days(cx, FROM, BURST + 1);
	burst(cx);
	press_must(db_commit(cx), cx);
	CHECK_INT(watch(cx, BURST), 0); /* the day is not over */
	CHECK(watch(cx, BURST + 1) >= 1);
	press_must(alarm_list(cx, &(struct alarm_filter){ .series = S("topic"), .code = S("health") }, &list), cx);
	CHECK_INT(list.n, 1);
	CHECK_INT(list.v[0].bucket, BURST);
	CHECK_STR(list.v[0].kind, "burst");
	CHECK(list.v[0].count >= 60 && list.v[0].expected < 20 && list.v[0].q < 0.05 && list.v[0].alive == 2 && list.v[0].known == 2);
	alarm_drivers(cx, &list.v[0], &d);
	CHECK(d.nstories == 1 && d.stories[0].id == 100 && d.stories[0].n == 60 && d.noutlets == 2);
	int64_t n = press_count(cx, &alarm_test_count);
	CHECK_INT(watch(cx, BURST + 1), 0);
	CHECK_INT(press_count(cx, &alarm_test_count), n);
	/* Later days change nothing about the earlier ones, whether the alarms stand or are found anew. */
	struct str before = all_up_to(cx, BURST);
	press_must(db_begin(cx), cx);
	quiet_days(cx, BURST + 1, FROM + DAYS);
	press_must(db_commit(cx), cx);
	watch(cx, FROM + DAYS);
	CHECK(str_eq(all_up_to(cx, BURST), before));
	press_must(db_script(cx->db, "DELETE FROM alarm", &cx->fault), cx);
	watch(cx, FROM + DAYS);
	struct str after = all_up_to(cx, BURST);
	CHECK(str_eq(after, before));
}

TEST(a_planted_burst_is_found_on_its_day_and_later_days_do_not_change_that)
{
	press_on_both(planted);
}

static void one_outlet(struct cx *cx)
{
	press_must(db_begin(cx), cx);
	quiet_days(cx, FROM, BURST + 1);
	burst(cx);
	press_must(db_script(cx->db, "UPDATE article SET outlet = (SELECT min(id) FROM outlet)", &cx->fault), cx);
	press_must(db_commit(cx), cx);
	CHECK_INT(watch(cx, BURST + 1), 0);
}

TEST(one_outlet_alone_is_no_burst)
{
	press_on_both(one_outlet);
}

static void triaged(struct cx *cx)
{
	struct alarm_record record;
	struct alarm_list list;
	struct alarm a;
	press_must(db_begin(cx), cx);
	quiet_days(cx, FROM, BURST + 1);
	burst(cx);
	press_must(db_commit(cx), cx);
	int64_t raised = watch(cx, BURST + 1);
	press_must(alarm_record(cx, &record), cx);
	CHECK_INT(record.open, raised);
	press_must(alarm_list(cx, &(struct alarm_filter){ .series = S("topic") }, &list), cx);
	int64_t id = list.v[0].id;
	CHECK_INT(alarm_triage(cx, id, S("maybe"), S("")), ERR_INPUT);
	CHECK_INT(alarm_triage(cx, 5, S("true"), S("")), ERR_NOT_FOUND);
	press_must(alarm_triage(cx, id, S("true"), S("Đúng: ca bệnh tăng.")), cx);
	CHECK_INT(watch(cx, BURST + 1), 0);
	press_must(alarm_load(cx, id, &a), cx);
	CHECK_STR(a.triage, "true");
	CHECK_STR(a.note, "Đúng: ca bệnh tăng.");
	CHECK_INT(a.triaged_at, cx->now);
	press_must(alarm_record(cx, &record), cx);
	CHECK(record.right == 1 && record.open == raised - 1);
	cx->who.roles = 0;
	CHECK_INT(alarm_triage(cx, id, S("false"), S("")), ERR_DENIED);
}

TEST(an_answer_to_an_alarm_outlives_the_next_watch)
{
	press_on_both(triaged);
}
