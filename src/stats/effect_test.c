/*
 * effect_test - acts of known size are measured, and no act is measured as none.
 */
#include "base/test.h"
#include "stats/effect.h"

#include <math.h>

static double bell(struct rng *r)
{
	double sum = -6;
	for (int i = 0; i < 12; i++)
		sum += rng_unit(r);
	return sum;
}

enum { N = 154, AT = 140 };

static void make(struct rng *r, double times, double *v, double *control)
{
	double walk = 0;
	for (size_t i = 0; i < N; i++) {
		walk += 0.03 * bell(r);
		double mean = 40 * (i % 7 < 5 ? 1 : 0.6) * exp(walk);
		control[i] = floor(fmax(0, mean + sqrt(mean) * bell(r)));
		mean *= 1.5 * (i >= AT ? times : 1);
		v[i] = floor(fmax(0, mean + sqrt(mean) * bell(r)));
	}
}

static double held(double times, double *ret_false)
{
	struct rng r = { 31 };
	double v[N], control[N], in = 0, rounds = 60, wrong = 0;
	const double *controls[] = { control };
	for (int k = 0; k < (int)rounds; k++) {
		struct effect e;
		struct fault fault = { 0 };
		make(&r, times, v, control);
		struct series s = { .v = v, .n = N, .unit = UNIT_DAY, .start = SERIES_NO_START };
		CHECK(effect_run(test_mem(), &s, AT, controls, 1, &e, &fault) == OK);
		CHECK(e.days == 14 && e.lo <= e.hi && e.p > 0 && e.p <= 1);
		double truth = e.actual * (1 - 1 / times);
		in += truth >= e.lo && truth <= e.hi;
		wrong += e.lo > 0 || e.hi < 0;
	}
	*ret_false = wrong / rounds;
	return in / rounds;
}

TEST(the_interval_holds_the_true_effect)
{
	double wrong;
	CHECK(held(1.5, &wrong) >= 0.9);
	CHECK(wrong > 0.9); /* it is seen, not drowned */
}

TEST(no_act_is_seldom_an_effect)
{
	double wrong;
	held(1, &wrong);
	CHECK(wrong <= 0.08);
}

TEST(too_short_a_past_is_refused)
{
	double v[40] = { 1, 2, 3 };
	struct effect e;
	struct fault fault = { 0 };
	struct series s = { .v = v, .n = 40, .unit = UNIT_DAY, .start = SERIES_NO_START };
	CHECK(effect_run(test_mem(), &s, 5, NULL, 0, &e, &fault) == ERR_INPUT);
	CHECK(effect_run(test_mem(), &s, 40, NULL, 0, &e, &fault) == ERR_INPUT);
	CHECK(effect_run(test_mem(), &s, 16, NULL, 0, &e, &fault) == ERR_INPUT);
	CHECK(effect_run(test_mem(), &s, 38, NULL, EFFECT_CONTROLS + 1, &e, &fault) == ERR_INPUT);
	CHECK(effect_run(test_mem(), &s, 38, NULL, 0, &e, &fault) == OK);
}
