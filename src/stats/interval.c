/*
 * interval - Wilson's interval, negative-binomial tails through the incomplete beta and gamma functions
 * (continued fraction after Lentz; Abramowitz and Stegun 26.5.8, 26.4.6), and split-conformal bands (Lei and
 * others, JASA 2018) from rolling-origin errors: scaled by step, pooled over steps, quantiles on each side.
 */
#include "stats/interval.h"
#include "stats/series.h"

#include <math.h>

void wilson(int64_t n_pos, int64_t n, double *ret_lo, double *ret_hi)
{
	*ret_lo = 0;
	*ret_hi = 1;
	if (n <= 0)
		return;
	const double z = 1.959963984540054, N = (double)n;
	double p = (double)MAX(0, MIN(n_pos, n)) / N;
	double mid = (p + z * z / (2 * N)) / (1 + z * z / N);
	double half = z / (1 + z * z / N) * sqrt(p * (1 - p) / N + z * z / (4 * N * N));
	*ret_lo = n_pos <= 0 ? 0 : fmax(0, mid - half);
	*ret_hi = n_pos >= n ? 1 : fmin(1, mid + half);
}

double normal_above(double z)
{
	return 0.5 * erfc(z * M_SQRT1_2);
}

static double log_gamma(double x)
{
	int sign;
	return lgamma_r(x, &sign);
}

static double beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-300;
	double c = 1, d = 1 - (a + b) * x / (a + 1);
	d = 1 / (fabs(d) < tiny ? tiny : d);
	double h = d;
	for (int m = 1; m < 400; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / (fabs(1 + even * d) < tiny ? tiny : 1 + even * d);
		c = fabs(1 + even / c) < tiny ? tiny : 1 + even / c;
		h *= d * c;
		d = 1 / (fabs(1 + odd * d) < tiny ? tiny : 1 + odd * d);
		c = fabs(1 + odd / c) < tiny ? tiny : 1 + odd / c;
		h *= d * c;
		if (fabs(d * c - 1) < 1e-12)
			break;
	}
	return h;
}

/* I_x(a, b), with 1-x handed in so that small tails keep their digits. */
static double beta_part(double a, double b, double x, double rest)
{
	if (x <= 0)
		return 0;
	if (rest <= 0)
		return 1;
	double front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log(rest));
	if (x < (a + 1) / (a + b + 2))
		return fmin(1, front * beta_fraction(a, b, x) / a);
	return fmax(0, 1 - front * beta_fraction(b, a, rest) / b);
}

static double normal_tail(double y, double mean, double size)
{
	/* Wilson and Hilferty's cube root: enough where the count is beyond a million. */
	double var = mean + (isinf(size) ? 0 : mean * mean / size), shape = mean * mean / var;
	double z = (cbrt(y / mean) - (1 - 1 / (9 * shape))) * 3 * sqrt(shape);
	return normal_above(z);
}

double nb_above(double y, double mean, double size)
{
	if (y <= 0)
		return 1;
	if (mean <= 0)
		return 0;
	if (y > 1e6 || mean > 1e6)
		return normal_tail(y - 0.5, mean, size);
	size = fmin(size, 1e7); /* from here on it is Poisson to seven digits */
	return beta_part(ceil(y), size, mean / (mean + size), size / (mean + size));
}

double nb_below(double y, double mean, double size)
{
	if (y < 0)
		return 0;
	if (mean <= 0)
		return 1;
	if (y > 1e6 || mean > 1e6)
		return 1 - normal_tail(y + 0.5, mean, size);
	size = fmin(size, 1e7);
	return beta_part(size, floor(y) + 1, size / (mean + size), mean / (mean + size));
}

double nb_point(double y, double mean, double size)
{
	if (mean <= 0)
		return y == 0;
	size = fmin(size, 1e7);
	double l = log_gamma(y + size) - log_gamma(size) - log_gamma(y + 1);
	return exp(l - size * log1p(mean / size) - y * log1p(size / mean));
}

double nb_quantile(double p, double mean, double size)
{
	double lo = -1, hi = 1;
	while (nb_below(hi, mean, size) < p && hi < 1e18)
		hi *= 2;
	while (hi - lo > 1) {
		double mid = floor((lo + hi) / 2);
		if (nb_below(mid, mean, size) >= p)
			hi = mid;
		else
			lo = mid;
	}
	return hi;
}

/* Mean absolute error at each step, smoothed over neighbours and drawn to the mean of all steps. */
static void error_scale(const double *errors, size_t origins, size_t steps, double *ret)
{
	double all = 0, n = 0;
	for (size_t i = 0; i < origins * steps; i++)
		if (!isnan(errors[i])) {
			all += fabs(errors[i]);
			n++;
		}
	all = n ? all / n : 0;
	size_t reach = steps / 8 + 1;
	for (size_t s = 0; s < steps; s++) {
		double sum = 4 * all, w = 4;
		for (size_t k = s > reach ? s - reach : 0; k < MIN(steps, s + reach + 1); k++)
			for (size_t j = 0; j < origins; j++)
				if (!isnan(errors[j * steps + k])) {
					sum += fabs(errors[j * steps + k]);
					w++;
				}
		ret[s] = sum / w;
	}
	for (size_t s = 1; s < steps; s++) /* the future is never surer than the day before it */
		ret[s] = fmax(ret[s], ret[s - 1] * 0.98);
}

void conformal_bands(struct arena *mem, const double *errors, size_t origins, size_t steps, struct band *ret)
{
	double *scale = NEW_ARRAY(mem, double, steps), *u = NEW_ARRAY(mem, double, origins * steps + 1);
	size_t n = 0;
	error_scale(errors, origins, steps, scale);
	for (size_t i = 0; i < origins * steps; i++)
		if (!isnan(errors[i]) && scale[i % steps] > 0)
			u[n++] = errors[i] / scale[i % steps];
	series_sort(u, n);
	/* Errors of one origin hang together, so origins count, not errors: widen by their number. */
	double widen = 1 + 1.5 / ((double)origins + 1);
	struct band b = { series_quantile(u, n, 0.025) * widen, series_quantile(u, n, 0.10) * widen,
		series_quantile(u, n, 0.90) * widen, series_quantile(u, n, 0.975) * widen };
	b.lo80 = fmin(b.lo80, 0);
	b.hi80 = fmax(b.hi80, 0);
	b.lo95 = fmin(b.lo95, b.lo80);
	b.hi95 = fmax(b.hi95, b.hi80);
	for (size_t s = 0; s < steps; s++)
		ret[s] = (struct band){ b.lo95 * scale[s], b.lo80 * scale[s], b.hi80 * scale[s], b.hi95 * scale[s] };
}
