/*
 * anomaly_test - alarms where something was put in, few where nothing was.
 */
#include "base/test.h"
#include "stats/anomaly.h"

#include <math.h>

static double poisson(struct rng *r, double mean)
{
	double limit = exp(-fmin(mean, 500)), p = rng_unit(r), k = 0;
	while (p > limit) {
		p *= rng_unit(r);
		k++;
	}
	return k;
}

static double usual(size_t t, double base)
{
	return base * (1 + 0.6 * sin((double)(t % 24) / 24 * 2 * M_PI)) * (t / 24 % 7 > 4 ? 0.6 : 1);
}

TEST(quiet_streams_ring_seldom)
{
	struct rng r = { 21 };
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_HOUR, .fdr = 0.05 });
	struct watch_alarm a;
	int alarms = 0;
	for (size_t i = 0; i < 30; i++)
		CHECK(watch_series(w, str_fmt(test_mem(), "s%zu", i)) == i);
	for (size_t t = 0; t < 1344; t++)
		for (size_t i = 0; i < 30; i++)
			alarms += watch_push(w, i, (int64_t)t, poisson(&r, usual(t, 1 + 3 * (double)i)), &a);
	CHECK(alarms <= 2);
}

TEST(a_burst_rings_once_and_a_silence_too)
{
	struct rng r = { 22 };
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_HOUR });
	struct watch_alarm a;
	size_t s = watch_series(w, S("a")), bursts = 0, outages = 0, others = 0;
	for (size_t t = 0; t < 1200; t++) {
		double mean = usual(t, 20);
		if (t >= 900 && t < 910)
			mean *= 4;
		if (t >= 1100 && t < 1112)
			mean = 0;
		if (!watch_push(w, s, (int64_t)t, poisson(&r, mean), &a))
			continue;
		bool burst = a.kind == WATCH_BURST && t >= 900 && t < 904, outage = a.kind == WATCH_OUTAGE && t >= 1100 && t < 1106;
		bursts += burst;
		outages += outage;
		others += !burst && !outage;
		CHECK(a.q <= 0.05 && a.to == (int64_t)t && a.from <= a.to);
	}
	CHECK_INT(bursts, 1);
	CHECK_INT(outages, 1);
	CHECK_INT(others, 0);
}

TEST(a_new_level_is_told_and_then_usual)
{
	struct rng r = { 23 };
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_DAY });
	struct watch_alarm a;
	size_t s = watch_series(w, S("a")), shifts = 0, late = 0;
	for (size_t t = 0; t < 200; t++) {
		bool told = watch_push(w, s, (int64_t)t, poisson(&r, t < 100 ? 30 : 90), &a);
		shifts += told && a.kind == WATCH_SHIFT;
		late += told && t > 115;
	}
	CHECK_INT(shifts, 1);
	CHECK_INT(late, 0);
	CHECK_NEAR(watch_expected(w, s, 200), 90, 15);
}

TEST(what_comes_later_does_not_change_what_was_said)
{
	struct watch_alarm a[2];
	struct watch *w[2];
	for (int k = 0; k < 2; k++)
		w[k] = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_DAY });
	struct rng r = { 24 };
	for (int k = 0; k < 2; k++)
		watch_series(w[k], S("x"));
	for (int64_t t = 0; t < 120; t++) {
		double c = t == 80 ? 200 : poisson(&r, 10);
		bool one = watch_push(w[0], 0, t, c, &a[0]), two = watch_push(w[1], 0, t, c, &a[1]);
		CHECK(one == two && (!one || a[0].p == a[1].p));
		CHECK(watch_expected(w[0], 0, t + 1) == watch_expected(w[1], 0, t + 1));
	}
}

TEST(bad_counts_and_steps_back_are_passed_over)
{
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_HOUR });
	struct watch_alarm a;
	size_t s = watch_series(w, S("a"));
	CHECK(!watch_push(w, s, 10, NAN, &a) && !watch_push(w, s, 10, -1, &a) && !watch_push(w, s, 10, INFINITY, &a));
	CHECK(!watch_push(w, s, 10, 5, &a));
	double before = watch_expected(w, s, 11);
	CHECK(!watch_push(w, s, 10, 500, &a) && !watch_push(w, s, 3, 500, &a));
	CHECK(watch_expected(w, s, 11) == before);
}

TEST(huge_gaps_zeros_and_huge_counts_do_no_harm)
{
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_HOUR });
	struct watch_alarm a;
	size_t s = watch_series(w, S("a")), z = watch_series(w, S("zero"));
	for (int64_t t = 0; t < 900; t++) {
		watch_push(w, s, t * (t > 700 ? 1000000 : 1), t % 2 ? 1e15 : 0, &a);
		CHECK(!watch_push(w, z, t, 0, &a));
		CHECK(isfinite(watch_expected(w, s, t)));
	}
}

TEST(a_series_costs_at_most_four_kilobytes)
{
	CHECK(watch_state_bytes(watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_HOUR })) <= 4096);
	CHECK(watch_state_bytes(watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_DAY })) <= 1024);
}

TEST(the_score_of_one_series_rises_at_the_spike_and_stays_in_bounds)
{
	struct rng r = { 25 };
	size_t season = 24;
	struct score *s = score_new(test_mem(), &season, 1);
	double best = 0;
	size_t at = 0;
	for (size_t t = 0; t < 2000; t++) {
		struct score_row row = score_push(s, t == 1500 ? 90 : 20 + 10 * sin((double)t / 24 * 2 * M_PI) + rng_unit(&r));
		CHECK(row.score >= 0 && row.score <= 1 && row.lo <= row.hi);
		if (row.score > best) {
			best = row.score;
			at = t;
		}
	}
	CHECK_INT(at, 1500);
	CHECK(best > 0.5);
}

TEST(a_series_is_known_by_its_name_wherever_the_name_lies)
{
	struct watch *w = watch_new(test_mem(), (struct watch_opts){ .unit = UNIT_DAY });
	char name[8];
	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof name, "s%d", i % 20);
		CHECK_INT(watch_series(w, str_z(name)), i % 20);
	}
}
