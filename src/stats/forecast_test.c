/*
 * forecast_test - what must hold for any series, and what must be found in series whose truth is known.
 */
#include "base/test.h"
#include "stats/forecast.h"
#include "stats/season.h"

#include <math.h>

static struct forecast run(const double *v, size_t n, size_t season, size_t horizon)
{
	struct series s = { .v = v, .n = n, .unit = UNIT_DAY, .start = SERIES_NO_START, .season = season };
	struct forecast f;
	struct fault fault = { 0 };
	CHECK(forecast_run(test_mem(), &s, horizon, (struct forecast_opts){ 0 }, &f, &fault) == OK);
	for (size_t i = 0; i < horizon; i++) {
		CHECK(isfinite(f.mean[i]) && isfinite(f.lo95[i]) && isfinite(f.hi95[i]));
		CHECK(f.lo95[i] <= f.lo80[i] && f.lo80[i] <= f.mean[i] && f.mean[i] <= f.hi80[i] && f.hi80[i] <= f.hi95[i]);
	}
	return f;
}

static double bell(struct rng *r)
{
	double sum = -6;
	for (int i = 0; i < 12; i++)
		sum += rng_unit(r);
	return sum;
}

TEST(no_series_of_counts_has_a_bound_below_zero)
{
	struct rng r = { 1 };
	double v[120];
	for (int round = 0; round < 40; round++) {
		size_t n = 1 + rng_next(&r) % COUNT(v);
		double scale = exp(10 * rng_unit(&r) - 2);
		for (size_t i = 0; i < n; i++)
			v[i] = floor(scale * rng_unit(&r) * rng_unit(&r));
		struct forecast f = run(v, n, 1 + rng_next(&r) % 30, 1 + rng_next(&r) % 20);
		for (size_t i = 0; i < f.steps; i++)
			CHECK(f.lo95[i] >= 0 && f.lo95[i] == floor(f.lo95[i]) && f.hi95[i] == floor(f.hi95[i]));
	}
}

TEST(any_numbers_give_ordered_bounds)
{
	struct rng r = { 2 };
	double v[90];
	for (int round = 0; round < 40; round++) {
		size_t n = 1 + rng_next(&r) % COUNT(v);
		double size = pow(10, 15 * rng_unit(&r) - 2);
		for (size_t i = 0; i < n; i++)
			v[i] = (rng_unit(&r) - 0.5) * size;
		run(v, n, 1 + rng_next(&r) % 8, 1 + rng_next(&r) % 30);
	}
}

TEST(zeros_stay_zero_and_a_constant_stays_itself)
{
	double zero[60] = { 0 }, five[60];
	for (size_t i = 0; i < 60; i++)
		five[i] = 5;
	struct forecast f = run(zero, 60, 7, 14), g = run(five, 60, 7, 14);
	for (size_t i = 0; i < 14; i++) {
		CHECK_NEAR(f.mean[i], 0, 1e-9);
		CHECK_NEAR(g.mean[i], 5, 1e-6);
	}
	CHECK_STR(str_z(f.method), "none"); /* nothing beats the last value here */
}

TEST(one_point_is_carried_on_and_not_believed)
{
	double v[] = { 12 };
	struct forecast f = run(v, 1, 7, 3);
	CHECK_NEAR(f.mean[2], 12, 1e-9);
	CHECK_STR(str_z(f.method), "none");
	CHECK(isnan(f.mae));
}

TEST(what_is_no_number_is_refused)
{
	double v[] = { 1, NAN, 3 }, w[] = { 1, INFINITY }, x[] = { 1e16 };
	struct forecast f;
	struct fault fault = { 0 };
	struct series s = { .v = v, .n = 3, .start = SERIES_NO_START };
	CHECK(forecast_run(test_mem(), &s, 2, (struct forecast_opts){ 0 }, &f, &fault) == ERR_INPUT);
	s = (struct series){ .v = w, .n = 2, .start = SERIES_NO_START };
	CHECK(forecast_run(test_mem(), &s, 2, (struct forecast_opts){ 0 }, &f, &fault) == ERR_INPUT);
	s = (struct series){ .v = x, .n = 1, .start = SERIES_NO_START };
	CHECK(forecast_run(test_mem(), &s, 2, (struct forecast_opts){ 0 }, &f, &fault) == ERR_INPUT);
	s.n = 0;
	CHECK(forecast_run(test_mem(), &s, 2, (struct forecast_opts){ 0 }, &f, &fault) == ERR_INPUT);
	s = (struct series){ .v = v, .n = 1, .start = SERIES_NO_START };
	CHECK(forecast_run(test_mem(), &s, 0, (struct forecast_opts){ 0 }, &f, &fault) == ERR_INPUT);
}

TEST(a_week_and_a_trend_are_found_where_naive_does_not_see_them)
{
	struct rng r = { 3 };
	double v[210], truth[14], off = 0, naive = 0;
	for (size_t i = 0; i < 224; i++) {
		double mean = (40 + 0.3 * (double)i) * (i % 7 < 5 ? 1.2 : 0.5);
		if (i < 210)
			v[i] = floor(mean + sqrt(mean) * bell(&r) + 0.5);
		else
			truth[i - 210] = mean;
	}
	struct forecast f = run(v, 210, 7, 14);
	for (size_t i = 0; i < 14; i++) {
		off += fabs(f.mean[i] - truth[i]);
		naive += fabs(f.naive[i] - truth[i]);
	}
	CHECK_STR(str_z(f.method), "auto");
	CHECK(f.skill > 0.1);
	CHECK(off < 0.8 * naive);
}

TEST(bands_hold_what_they_promise_on_noisy_counts)
{
	struct rng r = { 4 };
	double v[294], in80 = 0, in95 = 0, n = 0;
	for (int round = 0; round < 60; round++) {
		for (size_t i = 0; i < COUNT(v); i++)
			v[i] = floor(exp(3 + 0.4 * sin((double)(i % 7)) + 0.3 * bell(&r)));
		struct forecast f = run(v, 280, 7, 14);
		for (size_t i = 0; i < 14; i++) {
			in80 += v[280 + i] >= f.lo80[i] && v[280 + i] <= f.hi80[i];
			in95 += v[280 + i] >= f.lo95[i] && v[280 + i] <= f.hi95[i];
			n++;
		}
	}
	CHECK(in95 / n > 0.92 && in95 / n < 0.985);
	CHECK(in80 / n > 0.75 && in80 / n < 0.87);
}

TEST(a_random_walk_is_called_not_forecastable_about_as_often_as_it_looks_so)
{
	struct rng r = { 6 };
	int none = 0;
	for (int round = 0; round < 40; round++) {
		double v[150], at = 500;
		for (size_t i = 0; i < COUNT(v); i++)
			v[i] = floor(fmax(0, at += 5 * bell(&r)));
		none += !strcmp(run(v, 150, 1, 7).method, "none");
	}
	CHECK(none >= 12);
}

TEST(the_same_series_gives_the_same_forecast)
{
	struct rng r = { 7 };
	double v[100];
	for (size_t i = 0; i < 100; i++)
		v[i] = floor(20 * rng_unit(&r));
	struct forecast a = run(v, 100, 7, 7), b = run(v, 100, 7, 7);
	CHECK(!memcmp(a.mean, b.mean, 7 * sizeof *a.mean) && !memcmp(a.hi95, b.hi95, 7 * sizeof *a.hi95));
}

TEST(a_holiday_ahead_lowers_the_day_it_falls_on)
{
	struct calendar_day days[] = { { 50, 1 }, { 90, 1 }, { 143, 1 } };
	struct calendar c = { .days = days, .n = 3, .prior = { 0, -0.5 } };
	double v[140];
	for (size_t i = 0; i < 140; i++)
		v[i] = i == 50 || i == 90 ? 20 : 60 + (double)(i % 3);
	struct series s = { .v = v, .n = 140, .unit = UNIT_DAY, .start = 0, .calendar = &c };
	struct forecast f;
	struct fault fault = { 0 };
	CHECK(calendar_kind(&s, 143) == 1 && calendar_kind(&s, 142) == 0);
	CHECK(forecast_run(test_mem(), &s, 7, (struct forecast_opts){ .always = true }, &f, &fault) == OK);
	CHECK(f.mean[3] < 40 && f.mean[2] > 50 && f.mean[4] > 50);
}

TEST(a_profile_sums_to_zero_and_finds_the_weekend)
{
	double z[70], p[7], sum = 0;
	for (size_t i = 0; i < 70; i++)
		z[i] = i % 7 < 5 ? 1 : 0;
	season_profile(test_mem(), z, 70, 7, NULL, p);
	for (size_t k = 0; k < 7; k++)
		sum += p[k];
	CHECK_NEAR(sum, 0, 1e-9);
	CHECK_NEAR(p[0] - p[6], 1, 0.05);
}
