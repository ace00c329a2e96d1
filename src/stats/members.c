/*
 * members - damped trend smoothing, dynamic Theta, seasonal naive, profile with decaying level, two sparse
 * regressions on own lags, TSB for sparse counts.
 *
 * Every member passes over the series once per set of parameters and answers at origins on its way, so a
 * back-test costs as much as a fit. Parameters are searched one at a time on a small grid.
 * Sources: Gardner and McKenzie, Management Science 1985 (damped trend); Fiorucci and others, IJF 2016
 * (dynamic optimised Theta); Teunter, Syntetos, Babai, EJOR 2011 (TSB).
 */
#include "stats/members.h"
#include "stats/season.h"

#include <math.h>

enum { PARAMS = 4, LAGS_MOST = 14 };

/* One pass with given parameters; fills out at origins when out is not NULL; returns the mean error up to fit. */
typedef double pass_fn(const struct view *v, size_t m, const double *param, double *out);

struct grid {
	const double *at[PARAMS]; /* each ends with a negative number */
	double first[PARAMS];
};

static void search(const struct view *v, size_t m, pass_fn *pass, const struct grid *g, double *ret)
{
	memcpy(ret, g->first, PARAMS * sizeof *ret);
	double best = pass(v, m, ret, NULL);
	for (int k = 0; k < PARAMS && g->at[k]; k++) {
		double keep = ret[k];
		for (const double *x = g->at[k]; *x >= 0; x++) {
			if (*x == g->first[k])
				continue;
			ret[k] = *x;
			double e = pass(v, m, ret, NULL);
			if (e < best) {
				best = e;
				keep = *x;
			}
		}
		ret[k] = keep;
	}
}

static double start_level(const struct view *v, size_t m)
{
	return series_mean(v->z, MIN(v->fit, MAX(m, 3)));
}

/* ---- seasonal naive ------------------------------------------------------------------------------ */

bool member_snaive(const struct view *v, double *out)
{
	for (size_t j = 0; j < v->origins; j++)
		for (size_t s = 0; s < v->steps; s++) {
			size_t o = v->origin[j], back = v->m * (s / v->m + 1) - s;
			out[j * v->steps + s] = back <= o ? v->z[o - back] : v->z[o - 1];
		}
	return true;
}

static bool member_wide_naive(const struct view *v, double *out)
{
	struct view w = *v;
	w.m = v->wide;
	return v->wide && v->origin[0] >= v->wide && member_snaive(&w, out);
}

/* ---- damped trend with season: level gain, trend gain as a share of it, season gain, damping ------ */

static double ets_pass(const struct view *v, size_t m, const double *param, double *out)
{
	struct arena_mark mark = arena_mark(v->mem);
	double alpha = param[0], beta = param[1] * alpha, gamma = param[2], phi = param[3];
	double *season = NEW_ARRAY(v->mem, double, m), level = start_level(v, m), slope = 0, sum = 0;
	size_t j = 0, warm = MAX(m, 4), phase = 0;
	if (m > 1)
		season_profile(v->mem, v->z, MIN(v->fit, MAX(2 * m, v->fit / 2)), m, NULL, season);
	for (size_t t = 0; t <= v->n && (out || t < v->fit); t++) {
		if (out && j < v->origins && v->origin[j] == t) {
			double far = 0, damp = phi;
			for (size_t s = 0, ph = phase; s < v->steps; s++, damp *= phi, ph = ph + 1 == m ? 0 : ph + 1) {
				far += damp;
				out[j * v->steps + s] = level + far * slope + season[ph];
			}
			j++;
		}
		if (t == v->n)
			break;
		double error = v->z[t] - (level + phi * slope + season[phase]);
		if (t >= warm && t < v->fit)
			sum += fabs(error);
		level += phi * slope + alpha * error;
		slope = phi * slope + beta * error;
		season[phase] += gamma * (1 - alpha) * error;
		phase = phase + 1 == m ? 0 : phase + 1;
	}
	arena_rewind(v->mem, mark);
	return sum / (double)(v->fit > warm ? v->fit - warm : 1);
}

static bool ets_run(const struct view *v, size_t m, double *out)
{
	static const double alpha[] = { 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, -1 }, beta[] = { 0, 0.05, 0.2, -1 },
	                    gamma[] = { 0, 0.05, 0.15, 0.35, -1 }, phi[] = { 0.9, 0.97, -1 };
	struct grid g = { { alpha, beta, m > 1 ? gamma : (const double[]){ 0, -1 }, phi }, { 0.35, 0, 0, 0.9 } };
	double param[PARAMS];
	if (m > 1)
		g.first[2] = 0.15;
	search(v, m, ets_pass, &g, param);
	ets_pass(v, m, param, out);
	return true;
}

static bool member_ets(const struct view *v, double *out)
{
	return ets_run(v, v->fit >= 2 * v->m ? v->m : 1, out);
}

static bool member_ets_wide(const struct view *v, double *out)
{
	return v->wide && v->fit >= 2 * v->wide && ets_run(v, v->wide, out);
}

/* ---- dynamic Theta on what the profile leaves: level gain, share of the slope --------------------- */

static double theta_pass(const struct view *v, size_t m, const double *param, double *out)
{
	struct arena_mark mark = arena_mark(v->mem);
	double *season = NEW_ARRAY(v->mem, double, m), alpha = param[0], share = param[1], sum = 0;
	double level = 0, st = 0, sz = 0, stt = 0, stz = 0, slope = 0;
	size_t j = 0, ahead = MAX(1, v->steps / 2), warm = MAX(m, 6), tested = 0;
	season_profile(v->mem, v->z, v->fit, m, NULL, season);
	for (size_t t = 0; t <= v->n && (out || t < v->fit); t++) {
		if (out && j < v->origins && v->origin[j] == t) {
			for (size_t s = 0; s < v->steps; s++)
				out[j * v->steps + s] = level + share * slope * ((double)s + 1 / alpha) + season[(t + s) % m];
			j++;
		}
		if (!out && t >= warm && t - 1 + ahead < v->fit) {
			size_t at = t - 1 + ahead;
			sum += fabs(v->z[at] - level - share * slope * ((double)ahead - 1 + 1 / alpha) - season[at % m]);
			tested++;
		}
		if (t == v->n)
			break;
		double x = v->z[t] - season[t % m], T = (double)t, N = T + 1;
		level = t ? level + alpha * (x - level) : x;
		st += T;
		sz += x;
		stt += T * T;
		stz += T * x;
		slope = t > 4 ? (stz - st * sz / N) / (stt - st * st / N) : 0;
	}
	arena_rewind(v->mem, mark);
	return tested ? sum / (double)tested : 0;
}

static bool member_theta(const struct view *v, double *out)
{
	static const double alpha[] = { 0.05, 0.15, 0.3, 0.5, 0.7, 0.95, -1 }, share[] = { 0, 0.25, 0.5, 0.75, -1 };
	struct grid g = { { alpha, share }, { 0.5, 0.5 } };
	double param[PARAMS];
	search(v, v->m, theta_pass, &g, param);
	theta_pass(v, v->m, param, out);
	return true;
}

/* ---- profile with a level that falls back to its long run: level gain, what is kept a step, phase gain */

static double decay_pass(const struct view *v, size_t m, const double *param, double *out)
{
	struct arena_mark mark = arena_mark(v->mem);
	double fast = param[0], keep = param[1], gain = param[2], sum = 0, level = start_level(v, m), now = level;
	double *season = NEW_ARRAY(v->mem, double, m);
	size_t j = 0, ahead = MAX(1, v->steps / 2), warm = MAX(2 * m, 6), tested = 0;
	double slow = 1.0 / (double)MAX(4 * m, 28), reach = pow(keep, (double)ahead);
	for (size_t t = 0; t <= v->n && (out || t < v->fit); t++) {
		if (out && j < v->origins && v->origin[j] == t) {
			double left = now - level;
			for (size_t s = 0; s < v->steps; s++) {
				left *= keep;
				out[j * v->steps + s] = level + left + season[(t + s) % m];
			}
			j++;
		}
		if (!out && t >= warm && t - 1 + ahead < v->fit) {
			size_t at = t - 1 + ahead;
			sum += fabs(v->z[at] - level - reach * (now - level) - season[at % m]);
			tested++;
		}
		if (t == v->n)
			break;
		double x = v->z[t] - season[t % m], lag = t < m ? 0.5 : gain;
		now += fast * (x - now);
		level += fmax(slow, 1 / ((double)t + 2)) * (x - level);
		if (m > 1)
			season[t % m] += lag * (v->z[t] - level - season[t % m]);
	}
	arena_rewind(v->mem, mark);
	return tested ? sum / (double)tested : 0;
}

static bool decay_run(const struct view *v, size_t m, double *out)
{
	static const double fast[] = { 0.1, 0.3, 0.6, 0.9, -1 }, keep[] = { 0.7, 0.9, 0.97, 0.995, -1 }, gain[] = { 0.1, 0.25, 0.5, -1 };
	struct grid g = { { fast, keep, m > 1 ? gain : (const double[]){ 0, -1 } }, { 0.3, 0.9, m > 1 ? 0.25 : 0 } };
	double param[PARAMS];
	search(v, m, decay_pass, &g, param);
	decay_pass(v, m, param, out);
	return true;
}

static bool member_decay(const struct view *v, double *out)
{
	return v->fit >= 2 * v->m && decay_run(v, v->m, out);
}

static bool member_decay_wide(const struct view *v, double *out)
{
	return v->wide && v->fit >= 2 * v->wide && decay_run(v, v->wide, out);
}

/* ---- regression on own lags: the near ones, and those about a season ago --------------------------- */

struct lags {
	size_t at[LAGS_MOST], n, longest;
};

static void lag_add(struct lags *l, size_t lag)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i] == lag)
			return;
	if (!lag || l->n == LAGS_MOST)
		return;
	l->at[l->n++] = lag;
	l->longest = MAX(l->longest, lag);
}

static struct lags lags_choose(const struct view *v)
{
	struct lags l = { 0 };
	size_t near = MIN((size_t)(v->m > 12 ? 3 : 4), 1 + v->fit / 12);
	for (size_t k = 1; k <= near; k++)
		lag_add(&l, k);
	for (size_t c = 1; v->m > 1 && c <= 2; c++)
		for (size_t k = 0; k < 3; k++)
			if (c * v->m + 1 + 3 * l.n < v->fit)
				lag_add(&l, c * v->m - 1 + k);
	for (size_t k = 0; v->wide && k < 3; k++)
		if (2 * v->wide < v->fit)
			lag_add(&l, v->wide - 1 + k);
	return l;
}

/* Solves A x = b for a symmetric positive A of side n, in place (Cholesky). */
static void solve(double (*A)[LAGS_MOST + 1], double *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++) {
			double sum = A[i][j];
			for (size_t k = 0; k < j; k++)
				sum -= A[i][k] * A[j][k];
			A[i][j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / A[j][j];
		}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			b[i] -= A[i][k] * b[k];
		b[i] /= A[i][i];
	}
	for (size_t i = n; i-- > 0;) {
		for (size_t k = i + 1; k < n; k++)
			b[i] -= A[k][i] * b[k];
		b[i] /= A[i][i];
	}
}

/* Coefficients of w[t] on its lags over [longest, fit), ridge enough to stay solvable; ret[l->n] is the constant. */
static void lag_fit(const double *w, size_t fit, const struct lags *l, double *ret)
{
	double A[LAGS_MOST + 1][LAGS_MOST + 1] = { 0 }, x[LAGS_MOST + 1];
	size_t k = l->n + 1;
	memset(ret, 0, k * sizeof *ret);
	for (size_t t = l->longest; t < fit; t++) {
		for (size_t i = 0; i < l->n; i++)
			x[i] = w[t - l->at[i]];
		x[l->n] = 1;
		for (size_t i = 0; i < k; i++) {
			ret[i] += x[i] * w[t];
			for (size_t j = 0; j <= i; j++)
				A[i][j] += x[i] * x[j];
		}
	}
	double trace = 0;
	for (size_t i = 0; i < l->n; i++)
		trace += A[i][i];
	for (size_t i = 0; i < l->n; i++)
		A[i][i] += 0.002 * trace / (double)l->n + 1e-9;
	A[l->n][l->n] += 1e-9;
	solve(A, ret, k);
}

static void lag_answer(const double *w, size_t o, const struct lags *l, const double *coef, double *path, size_t steps)
{
	memcpy(path, w + o - l->longest, l->longest * sizeof *path);
	double lo = path[0], hi = path[0];
	for (size_t i = 0; i < o; i++) {
		lo = fmin(lo, w[i]);
		hi = fmax(hi, w[i]);
	}
	double room = (hi - lo) / 4;
	for (size_t s = 0; s < steps; s++) {
		double sum = coef[l->n];
		for (size_t i = 0; i < l->n; i++)
			sum += coef[i] * path[l->longest + s - l->at[i]];
		path[l->longest + s] = fmax(lo - room, fmin(hi + room, sum));
	}
}

static bool ar_run(const struct view *v, bool difference, double *out)
{
	struct lags l = lags_choose(v);
	if (v->fit < l.longest + 3 * (l.n + 1) + 1 || v->origin[0] < l.longest + 1)
		return false;
	struct arena_mark mark = arena_mark(v->mem);
	double *w = NEW_ARRAY(v->mem, double, v->n), *path = NEW_ARRAY(v->mem, double, l.longest + v->steps), mid = 0;
	double coef[LAGS_MOST + 1];
	if (!difference)
		mid = series_mean(v->z, v->fit);
	for (size_t t = 0; t < v->n; t++)
		w[t] = difference ? (t ? v->z[t] - v->z[t - 1] : 0) : v->z[t] - mid;
	lag_fit(w, v->fit, &l, coef);
	if (difference)
		coef[l.n] = 0; /* a drift is Theta's business */
	for (size_t j = 0; j < v->origins; j++) {
		size_t o = v->origin[j];
		lag_answer(w, o, &l, coef, path, v->steps);
		double at = difference ? v->z[o - 1] : mid;
		for (size_t s = 0; s < v->steps; s++) {
			if (difference)
				at += path[l.longest + s];
			out[j * v->steps + s] = difference ? at : mid + path[l.longest + s];
		}
	}
	arena_rewind(v->mem, mark);
	return true;
}

static bool member_ar(const struct view *v, double *out)
{
	return ar_run(v, false, out);
}

static bool member_ar_change(const struct view *v, double *out)
{
	return ar_run(v, true, out);
}

/* ---- sparse counts: chance of any, times the size when there is one (both in log1p) ---------------- */

static bool member_tsb(const struct view *v, double *out)
{
	size_t zeros = 0, j = 0;
	for (size_t t = 0; t < v->fit; t++)
		zeros += v->z[t] == 0;
	if (zeros * 3 < v->fit || zeros == v->fit)
		return false;
	double chance = 1 - (double)zeros / (double)v->fit, size = 1;
	for (size_t t = 0; t <= v->n; t++) {
		if (j < v->origins && v->origin[j] == t) {
			for (size_t s = 0; s < v->steps; s++)
				out[j * v->steps + s] = log1p(chance * size);
			j++;
		}
		if (t == v->n)
			break;
		chance += 0.05 * ((v->z[t] > 0) - chance);
		if (v->z[t] > 0)
			size += 0.1 * (expm1(v->z[t]) - size);
	}
	return true;
}

const struct member members[] = {
	{ "snaive", member_snaive }, { "ets", member_ets }, { "theta", member_theta }, { "decay", member_decay },
	{ "ar", member_ar }, { "ar-change", member_ar_change }, { "tsb", member_tsb },
	{ "snaive-wide", member_wide_naive }, { "ets-wide", member_ets_wide }, { "decay-wide", member_decay_wide },
};
const size_t member_count = COUNT(members);
