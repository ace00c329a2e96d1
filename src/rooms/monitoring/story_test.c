/*
 * What a person decided about stories stands, whatever comes in later and however often the engine starts anew.
 */
#include "rooms/monitoring/story.h"

#include "base/test.h"
#include "rooms/monitoring/intake.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

SQL(story_together, "SELECT a.url_key, (SELECT min(b.url_key) FROM article b WHERE b.story = a.story) FROM article a ORDER BY a.url_key");

static struct intake *opened(struct cx *cx)
{
	struct intake *in;
	press_must(intake_open(cx, &in), cx);
	return in;
}

static void again(struct cx *cx, struct intake **in)
{
	intake_close(*in);
	*in = opened(cx);
}

/* Tellings [from, to) of every matter, hourly before now. */
static void tell(struct cx *cx, struct intake *in, int from, int to)
{
	for (int t = from; t < to; t++)
		for (int m = 0; m < PRESS_MATTERS; m++) {
			struct intake_item it = press_item(cx, m, t, cx->now - 2 * DAY + t * HOUR + m * 60);
			press_add(cx, in, &it);
		}
}

static int64_t story_of(struct cx *cx, int matter, int telling)
{
	struct intake_item it = press_item(cx, matter, telling, cx->now);
	return press_story(cx, &it);
}

static int64_t id_of(struct cx *cx, int matter, int telling)
{
	struct intake_item it = press_item(cx, matter, telling, cx->now);
	return press_id(cx, &it);
}

/* More comes in, the engine starts anew, more comes in again; `stands` looks after each. */
static void and_then(struct cx *cx, struct intake **in, int from, void (*stands)(struct cx *))
{
	stands(cx);
	tell(cx, *in, from, from + 4);
	press_must(intake_settle(cx, *in), cx);
	stands(cx);
	press_agrees(cx);
	for (int round = 1; round < 3; round++) {
		again(cx, in);
		tell(cx, *in, from + 4 * round, from + 4 * round + 4);
		press_must(intake_settle(cx, *in), cx);
		stands(cx);
		press_agrees(cx);
	}
}

static void grouped(struct cx *cx)
{
	struct intake *in = opened(cx);
	tell(cx, in, 0, 8);
	press_must(intake_settle(cx, in), cx);
	for (int m = 0; m < PRESS_MATTERS; m++) {
		for (int t = 1; t < 8; t++)
			CHECK_INT(story_of(cx, m, t), story_of(cx, m, 0));
		CHECK(m == 0 || story_of(cx, m, 0) != story_of(cx, m - 1, 0));
	}
	press_agrees(cx);
	intake_close(in);
}

TEST(tellings_of_one_matter_become_one_story)
{
	press_on_both(grouped);
}

static void stands_merged(struct cx *cx)
{
	for (int t = 0; t < 4; t++)
		CHECK_INT(story_of(cx, 1, t), story_of(cx, 0, 0));
}

static void merged(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct story s;
	tell(cx, in, 0, 4);
	press_must(intake_settle(cx, in), cx);
	int64_t from = story_of(cx, 1, 0), into = story_of(cx, 0, 0);
	CHECK_INT(story_merge(cx, into, into), ERR_INPUT);
	press_must(story_merge(cx, from, into), cx);
	press_must(story_load(cx, from, &s), cx);
	CHECK_INT(s.id, into);
	CHECK_INT(s.n, 8);
	and_then(cx, &in, 4, stands_merged);
	press_must(story_load(cx, from, &s), cx);
	CHECK_INT(s.id, into);
	intake_close(in);
}

TEST(stories_that_a_person_merged_stay_merged)
{
	press_on_both(merged);
}

static void stands_split(struct cx *cx)
{
	CHECK_INT(story_of(cx, 2, 1), story_of(cx, 2, 3));
	CHECK_INT(story_of(cx, 2, 0), story_of(cx, 2, 2));
	CHECK(story_of(cx, 2, 0) != story_of(cx, 2, 1));
}

static void split(struct cx *cx)
{
	struct intake *in = opened(cx);
	int64_t made;
	tell(cx, in, 0, 4);
	press_must(intake_settle(cx, in), cx);
	int64_t out[] = { id_of(cx, 2, 1), id_of(cx, 2, 3) }, strange[] = { id_of(cx, 0, 0) }, story = story_of(cx, 2, 0);
	CHECK_INT(story_split(cx, story, strange, 1, &made), ERR_INPUT);
	CHECK_INT(story_split(cx, story, out, 0, &made), ERR_INPUT);
	press_must(story_split(cx, story, out, 2, &made), cx);
	CHECK_INT(made, out[0]);
	and_then(cx, &in, 4, stands_split);
	intake_close(in);
}

TEST(a_story_that_a_person_split_stays_split)
{
	press_on_both(split);
}

static void split_with_founder(struct cx *cx)
{
	struct intake *in = opened(cx);
	int64_t made;
	tell(cx, in, 0, 4);
	press_must(intake_settle(cx, in), cx);
	int64_t story = story_of(cx, 2, 0), out[] = { story, id_of(cx, 2, 2) };
	press_must(story_split(cx, story, out, 2, &made), cx);
	CHECK_INT(made, out[1]);
	and_then(cx, &in, 4, stands_split);
	intake_close(in);
}

TEST(the_founding_article_may_leave_with_others)
{
	press_on_both(split_with_founder);
}

static void back_and_forth(struct cx *cx)
{
	struct intake *in = opened(cx);
	int64_t made;
	tell(cx, in, 0, 4);
	press_must(intake_settle(cx, in), cx);
	int64_t out[] = { id_of(cx, 1, 1), id_of(cx, 1, 3) }, story = story_of(cx, 1, 0), other = story_of(cx, 0, 0);
	press_must(story_split(cx, story, out, 2, &made), cx);
	press_must(story_merge(cx, made, story), cx);
	press_must(story_merge(cx, story, other), cx);
	and_then(cx, &in, 4, stands_merged);
	intake_close(in);
}

TEST(a_split_taken_back_and_merged_on_stands_as_it_ended)
{
	press_on_both(back_and_forth);
}

static void stands_named(struct cx *cx)
{
	struct story s;
	press_must(story_load(cx, story_of(cx, 3, 0), &s), cx);
	CHECK_STR(s.title, "Giá lúa lên, theo tòa soạn");
	CHECK(s.pinned && s.named_by == cx->who.id);
	for (int t = 0; t < 4; t++)
		CHECK_INT(story_of(cx, 3, t), s.id);
}

static void named(struct cx *cx)
{
	struct intake *in = opened(cx);
	struct story s;
	tell(cx, in, 0, 4);
	press_must(intake_settle(cx, in), cx);
	int64_t story = story_of(cx, 3, 0);
	CHECK_INT(story_rename(cx, story, S("  ")), ERR_INPUT);
	press_must(story_rename(cx, story, S(" Giá lúa lên, theo tòa soạn ")), cx);
	press_must(story_pin(cx, story, true), cx);
	and_then(cx, &in, 4, stands_named);
	press_must(story_pin(cx, story, false), cx);
	again(cx, &in);
	press_must(intake_settle(cx, in), cx);
	press_must(story_load(cx, story, &s), cx);
	CHECK(!s.pinned);
	intake_close(in);
}

TEST(a_name_and_a_pin_of_a_person_stay)
{
	press_on_both(named);
}

static struct str groups(struct cx *cx)
{
	struct text t = text_new(cx->mem);
	struct rows r = db_query(cx, &story_together, NO_ARGS);
	while (db_next(&r))
		text_fmt(&t, "%.*s %.*s\n", FMT(col_str(&r, cx->mem, 0)), FMT(col_str(&r, cx->mem, 1)));
	press_must(db_end(cx, &r), cx);
	return text_str(&t);
}

/* Fifty days with quiet weeks between, so that stories close and are forgotten; small batches. */
static struct str told_over_weeks(struct cx *cx, int stop_every)
{
	enum { N = 240, BATCH = 12 };
	struct intake *in = opened(cx);
	struct prepared batch[BATCH];
	enum intake_state states[BATCH];
	for (int i = 0; i < N; i += BATCH) {
		for (int k = 0; k < BATCH; k++) {
			int n = i + k;
			int64_t at = cx->now - 50 * DAY + n * 4 * HOUR + n / 60 * 2 * DAY;
			struct intake_item it = press_item(cx, (n / 3 + n) % PRESS_MATTERS, n, at);
			intake_prepare(press_labeller(), cx->mem, &it, cx->now, &batch[k]);
		}
		press_must(intake_batch(cx, in, batch, BATCH, states), cx);
		if (stop_every && i / BATCH % stop_every == 0)
			again(cx, &in);
	}
	press_must(intake_settle(cx, in), cx);
	intake_close(in);
	press_agrees(cx);
	return groups(cx);
}

static struct str calm;

static void without_rest(struct cx *cx)
{
	calm = told_over_weeks(cx, 0);
	CHECK(calm.n > 1000);
}

static void with_rests(struct cx *cx)
{
	CHECK(str_eq(told_over_weeks(cx, 1), calm));
}

static void with_few_rests(struct cx *cx)
{
	CHECK(str_eq(told_over_weeks(cx, 5), calm));
}

TEST(an_interruption_changes_no_story)
{
	press_on_both(without_rest);
	press_on_both(with_rests);
	press_on_both(with_few_rests);
}
