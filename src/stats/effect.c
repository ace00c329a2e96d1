/*
 * effect - the past forecasts itself at many placebo days, over windows of the length that followed the act;
 * how wrong those sums were is the interval, and the rank of the true one among them is p. Controls enter
 * by a ridge regression on logs over the days before; what they explain is taken out of the series before the
 * forecast and put back after it. Abadie, Diamond, Hainmueller, JASA 2010 (placebo tests in time and place).
 */
#include "stats/effect.h"
#include "stats/forecast.h"
#include "stats/interval.h"

#include <math.h>

enum { BEFORE_LEAST = 14, PLACEBOS_MOST = 40, PLACEBOS_LEAST = 8 };

struct study {
	struct arena *mem;
	const struct series *s;
	size_t at, window;
	double *by_controls;  /* [n] log factor the controls explain, 0 on average before `at` */
	double *freed;        /* [n] the values with that taken out */
	bool log;
};

static void center(double *x, size_t n, size_t upto)
{
	double mean = series_mean(x, upto);
	for (size_t i = 0; i < n; i++)
		x[i] -= mean;
}

/* Least squares by coordinate descent: few controls, and it cannot fail. */
static void controls_fit(struct study *t, const double *const *controls, size_t k)
{
	size_t n = t->s->n;
	double *x = NEW_ARRAY(t->mem, double, k * n + 1), *rest = NEW_ARRAY(t->mem, double, n), coef[EFFECT_CONTROLS] = { 0 };
	for (size_t i = 0; i < n; i++)
		rest[i] = log1p(t->s->v[i]);
	center(rest, n, t->at);
	for (size_t c = 0; c < k; c++) {
		for (size_t i = 0; i < n; i++)
			x[c * n + i] = log1p(fmax(0, controls[c][i]));
		center(x + c * n, n, t->at);
	}
	for (int round = 0; round < 60; round++)
		for (size_t c = 0; c < k; c++) {
			double top = 0, bottom = 0.02 * (double)t->at;
			for (size_t i = 0; i < t->at; i++) {
				top += x[c * n + i] * (rest[i] + coef[c] * x[c * n + i]);
				bottom += x[c * n + i] * x[c * n + i];
			}
			double now = top / bottom;
			for (size_t i = 0; i < n; i++)
				rest[i] -= (now - coef[c]) * x[c * n + i];
			coef[c] = now;
		}
	for (size_t c = 0; c < k; c++)
		for (size_t i = 0; i < n; i++)
			t->by_controls[i] += coef[c] * x[c * n + i];
}

/* Expected values of [cut, cut+window) from what came before; their sum and the true one. */
static enum err expect_at(const struct study *t, size_t cut, double *ret_path, double *ret_expected, double *ret_actual,
                          struct fault *fault)
{
	struct arena_mark mark = arena_mark(t->mem);
	struct series past = *t->s;
	struct forecast f;
	past.v = t->freed;
	past.n = cut;
	TRY(forecast_run(t->mem, &past, t->window, (struct forecast_opts){ .always = true }, &f, fault));
	*ret_expected = *ret_actual = 0;
	for (size_t i = 0; i < t->window; i++) {
		double e = t->log ? fmax(0, (f.mean[i] + 1) * exp(t->by_controls[cut + i]) - 1) : f.mean[i];
		if (ret_path)
			ret_path[i] = e;
		*ret_expected += e;
		*ret_actual += t->s->v[cut + i];
	}
	arena_rewind(t->mem, mark);
	return OK;
}

static double off_by(const struct study *t, double actual, double expected)
{
	double days = (double)t->window;
	return t->log ? log((actual + days / 2) / (expected + days / 2)) : actual - expected;
}

static double put_back(const struct study *t, double off, double expected)
{
	double days = (double)t->window;
	return t->log ? fmax(0, exp(off) * (expected + days / 2) - days / 2) : expected + off;
}

/* How wrong the same forecast was at earlier days; sorted. The windows lie before `at`. */
static enum err placebos(const struct study *t, double *ret, size_t *ret_n, struct fault *fault)
{
	size_t first = MAX((size_t)BEFORE_LEAST, t->at / 3), n = 0;
	if (first + t->window <= t->at) {
		size_t room = t->at - t->window - first + 1, step = (room + PLACEBOS_MOST - 1) / PLACEBOS_MOST;
		for (size_t cut = first; cut + t->window <= t->at && n < PLACEBOS_MOST; cut += step) {
			double e, a;
			TRY(expect_at(t, cut, NULL, &e, &a, fault));
			ret[n++] = off_by(t, a, e);
		}
	}
	series_sort(ret, n);
	*ret_n = n;
	return OK;
}

static void conclude(const struct study *t, const double *off, size_t n, struct effect *r)
{
	double mine = off_by(t, r->actual, r->expected), as_far = 1, mid = series_quantile(off, n, 0.5);
	/* Placebo windows that overlap are not independent: widen by how few whole ones fit. */
	double whole = fmax(1, (double)t->at * 2 / 3 / (double)t->window), widen = 1 + 2 / (whole + 1);
	double lo = mid + (series_quantile(off, n, 0.025) - mid) * widen, hi = mid + (series_quantile(off, n, 0.975) - mid) * widen;
	for (size_t i = 0; i < n; i++)
		as_far += fabs(off[i]) * widen >= fabs(mine);
	r->effect = r->actual - r->expected;
	r->lo = r->actual - put_back(t, fmax(hi, 0), r->expected);
	r->hi = r->actual - put_back(t, fmin(lo, 0), r->expected);
	r->p = as_far / ((double)n + 1);
	bool any = r->expected > 0;
	r->share = any ? r->effect / r->expected : NAN;
	r->share_lo = any ? r->lo / r->expected : NAN;
	r->share_hi = any ? r->hi / r->expected : NAN;
	r->placebos = n;
}

static enum err effect_check(const struct series *s, size_t at, size_t ncontrols, struct fault *fault)
{
	TRY(series_check(s, fault));
	if (at < BEFORE_LEAST || at >= s->n)
		return FAULT(fault, ERR_INPUT, "effect.short", "%zu values before and %zu after; at least %d and 1 are needed",
		             MIN(at, s->n), s->n > at ? s->n - at : 0, BEFORE_LEAST);
	if (s->n - at > FORECAST_FARTHEST)
		return FAULT(fault, ERR_LIMIT, "effect.long", "%zu values after; at most %d", s->n - at, FORECAST_FARTHEST);
	if (ncontrols > EFFECT_CONTROLS)
		return FAULT(fault, ERR_INPUT, "effect.controls", "%zu controls; at most %d", ncontrols, EFFECT_CONTROLS);
	return OK;
}

enum err effect_run(struct arena *mem, const struct series *s, size_t at, const double *const *controls, size_t ncontrols,
                    struct effect *ret, struct fault *fault)
{
	TRY(effect_check(s, at, ncontrols, fault));
	struct study t = { mem, s, at, s->n - at, NEW_ARRAY(mem, double, s->n), NEW_ARRAY(mem, double, s->n), true };
	struct effect r = { .days = t.window, .path = NEW_ARRAY(mem, double, t.window) };
	double off[PLACEBOS_MOST];
	size_t n;
	for (size_t i = 0; i < s->n; i++)
		t.log = t.log && s->v[i] >= 0;
	if (t.log && ncontrols)
		controls_fit(&t, controls, ncontrols);
	for (size_t i = 0; i < s->n; i++)
		t.freed[i] = t.log ? fmax(0, (s->v[i] + 1) * exp(-t.by_controls[i]) - 1) : s->v[i];
	TRY(placebos(&t, off, &n, fault));
	if (n < PLACEBOS_LEAST)
		return FAULT(fault, ERR_INPUT, "effect.placebo", "only %zu placebo days; %d are needed: the past is too short for %zu days after",
		             n, PLACEBOS_LEAST, t.window);
	TRY(expect_at(&t, at, r.path, &r.expected, &r.actual, fault));
	conclude(&t, off, n, &r);
	*ret = r;
	return OK;
}
