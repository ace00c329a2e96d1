/*
 * interval_test - reference values worked out with exact fractions or by summing the mass function.
 */
#include "base/test.h"
#include "stats/interval.h"

#include <math.h>

TEST(wilson_of_ten_in_forty_is_the_textbook_interval)
{
	double lo, hi;
	wilson(10, 40, &lo, &hi);
	CHECK_NEAR(lo, 0.14187, 1e-4);
	CHECK_NEAR(hi, 0.40194, 1e-4);
}

TEST(wilson_never_leaves_zero_to_one)
{
	double lo, hi;
	wilson(0, 0, &lo, &hi);
	CHECK(lo == 0 && hi == 1);
	wilson(0, 30, &lo, &hi);
	CHECK(lo == 0 && hi > 0.1 && hi < 0.13);
	wilson(30, 30, &lo, &hi);
	CHECK(hi == 1 && lo > 0.87 && lo < 0.9);
	wilson(50, 30, &lo, &hi);
	CHECK(hi == 1);
}

TEST(negative_binomial_tails_equal_the_sum_of_their_points)
{
	for (double size = 0.4; size < 50; size *= 3)
		for (double mean = 0.2; mean < 200; mean *= 4) {
			double below = 0;
			for (int y = 0; y < 60; y++) {
				CHECK_NEAR(nb_above(y, mean, size), 1 - below, 1e-9);
				below += nb_point(y, mean, size);
				CHECK_NEAR(nb_below(y, mean, size), below, 1e-9);
			}
		}
}

TEST(an_infinite_size_is_poisson)
{
	CHECK_NEAR(nb_point(0, 3, INFINITY), exp(-3), 1e-6);
	CHECK_NEAR(nb_above(5, 3, INFINITY), 0.184737, 1e-5);
}

TEST(small_tails_keep_their_digits)
{
	/* Poisson 1, P(Y >= 20) = 1.5869e-19 */
	CHECK_NEAR(nb_above(20, 1, INFINITY) / 1.5869e-19, 1, 0.01);
}

TEST(quantiles_invert_the_tails)
{
	for (double p = 0.01; p < 1; p += 0.07) {
		double y = nb_quantile(p, 7.3, 2.1);
		CHECK(nb_below(y, 7.3, 2.1) >= p);
		CHECK(y == 0 || nb_below(y - 1, 7.3, 2.1) < p);
	}
}

TEST(bands_are_nested_and_hold_zero)
{
	struct rng r = { 5 };
	double e[20 * 6];
	struct band b[6];
	for (size_t i = 0; i < COUNT(e); i++)
		e[i] = i % 11 == 0 ? NAN : rng_unit(&r) * rng_unit(&r) - 0.2;
	conformal_bands(test_mem(), e, 20, 6, b);
	for (size_t s = 0; s < 6; s++)
		CHECK(b[s].lo95 <= b[s].lo80 && b[s].lo80 <= 0 && 0 <= b[s].hi80 && b[s].hi80 <= b[s].hi95);
	CHECK(b[0].hi95 > -b[0].lo95); /* errors lean upwards, and so do the bands */
}
