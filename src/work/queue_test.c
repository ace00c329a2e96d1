/*
 * Jobs: taken once, tried again, given up; the clock strikes once.
 */
#include "work/queue.h"

#include "base/test.h"
#include "store/store_test.h"

static void takes_and_tries_again(struct cx *cx)
{
	struct job j;
	CHECK(job_add(cx, "poll", S("{}"), cx->now, S("")) == OK);
	CHECK(job_take(cx, S("a"), &j) == OK);
	CHECK_STR(j.kind, "poll");
	struct job none;
	CHECK(job_take(cx, S("b"), &none) == OK);
	CHECK_INT(none.id, 0);
	CHECK(job_failed(cx, &j, S("không tới được")) == OK);
	cx->now += 3600;
	CHECK(job_take(cx, S("b"), &j) == OK);
	CHECK_INT(j.tries, 2);
	CHECK(job_done(cx, &j) == OK);
	CHECK(job_take(cx, S("b"), &none) == OK);
	CHECK_INT(none.id, 0);
}

TEST(a_job_is_held_by_one_worker_and_tried_again_after_a_failure)
{
	struct cx cx = test_cx();
	takes_and_tries_again(&cx);
	test_cx_done(&cx);
	if (test_cx_pg(&cx)) {
		takes_and_tries_again(&cx);
		test_cx_done(&cx);
	}
}

TEST(a_job_whose_worker_died_is_taken_when_its_lease_is_over)
{
	struct cx cx = test_cx();
	struct job j;
	CHECK(job_add(&cx, "watch", S(""), cx.now, S("")) == OK);
	CHECK(job_take(&cx, S("dead"), &j) == OK);
	cx.now += JOB_LEASE + 1;
	CHECK(job_take(&cx, S("alive"), &j) == OK);
	CHECK_STR(j.kind, "watch");
	test_cx_done(&cx);
}

TEST(a_job_that_never_succeeds_lies_still_after_eight_tries)
{
	struct cx cx = test_cx();
	struct job j;
	struct job_counts c;
	CHECK(job_add(&cx, "mail", S(""), cx.now, S("")) == OK);
	for (int i = 0; i < JOB_TRIES; i++) {
		CHECK(job_take(&cx, S("a"), &j) == OK);
		CHECK(j.id != 0);
		CHECK(job_failed(&cx, &j, S("nope")) == OK);
		cx.now += DAY;
	}
	CHECK(job_take(&cx, S("a"), &j) == OK);
	CHECK_INT(j.id, 0);
	CHECK(job_counts(&cx, &c) == OK);
	CHECK_INT(c.dead, 1);
	test_cx_done(&cx);
}

TEST(the_clock_strikes_once_however_many_hear_it)
{
	static const struct schedule_row rows[] = { { "digest", DAY, 6 * HOUR, "" } };
	struct cx cx = test_cx();
	struct job_counts c;
	for (int i = 0; i < 5; i++)
		CHECK(clock_strike(&cx, rows, 1) == OK);
	CHECK(job_counts(&cx, &c) == OK);
	CHECK_INT(c.waiting, 1);
	cx.now += DAY;
	CHECK(clock_strike(&cx, rows, 1) == OK);
	CHECK(job_counts(&cx, &c) == OK);
	CHECK_INT(c.waiting, 2);
	test_cx_done(&cx);
}
