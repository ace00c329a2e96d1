/*
 * forecast - members, weights, bands, and the record that says whether to believe them.
 *
 * Values from 0 up are forecast as log1p, others as they are. Back-test origins lie in the newer half of the
 * series; members answer there with parameters from before the first of them. Weights at an origin use
 * only errors already seen there, so the record is honest. Bates and Granger 1969 for the combination; the
 * weights fall with a power of the error that grows with the origins seen, and are drawn to equal ones. Naive2 is Makridakis's, as in M4.
 */
#include "stats/forecast.h"
#include "stats/interval.h"
#include "stats/members.h"
#include "stats/season.h"

#include <math.h>

enum { ORIGINS_MOST = 40, MEMBERS_MOST = 16, RECORD = 8 };
static const double EQUAL_SHARE = 0.1, STEEP_MOST = 6, HOPELESS = 1.6;
static const double FAR_OUT = 3, FAR_OUT_HOURS = 5; /* of the median; quiet hours make the median of hourly series small */

struct work {
	struct arena *mem;
	const struct series *s;
	size_t n, steps, m;
	bool log;
	double *z;                          /* transformed, the calendar's effects taken out */
	double effect[CALENDAR_KINDS];
	size_t origin[ORIGINS_MOST + 1], origins;
	size_t used;                        /* members with something to say */
	double *past[MEMBERS_MOST], *next[MEMBERS_MOST]; /* [origins*steps], [steps] */
	double *comb;                       /* [origins*steps] the combination as it would have been made */
};

static double out_of(const struct work *w, double z)
{
	return w->log ? fmax(0, expm1(fmin(z, 40))) : z;
}

static size_t common(size_t a, size_t b)
{
	return b ? common(b, a % b) : a;
}

static void origins_choose(struct work *w)
{
	size_t first = MAX(MAX(w->n / 2, MIN(2 * w->m + 1, w->n * 3 / 4)), 6);
	if (w->n < first + 2)
		return;
	size_t room = w->n - first, stride = (room + ORIGINS_MOST - 1) / ORIGINS_MOST;
	while (stride > 1 && w->m > 1 && common(stride, w->m) > 1)
		stride++; /* so that origins meet every phase of the season */
	size_t k = (room - 1) / stride;
	for (size_t i = 0; i <= k; i++)
		w->origin[i] = w->n - 1 - (k - i) * stride;
	w->origins = k + 1;
}

static double middle(double a, double b, double c)
{
	return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

/* What members learn from: a value far from its last three like it (a closed day, a slip of the pen) is
 * drawn in. Sees only what came before, and by the third such value believes it. */
static const double *clean(const struct work *w)
{
	size_t m = w->m, first = 3 * m;
	if (m < 2 || m > 24 || w->n < 2 * first)
		return w->z;
	double *z = NEW_ARRAY(w->mem, double, w->n), *off = NEW_ARRAY(w->mem, double, w->n);
	memcpy(z, w->z, w->n * sizeof *z);
	for (size_t i = first; i < w->n; i++)
		off[i - first] = fabs(w->z[i] - middle(w->z[i - m], w->z[i - 2 * m], w->z[i - 3 * m]));
	double reach = (m > 7 ? FAR_OUT_HOURS : FAR_OUT) * series_median(w->mem, off, w->origin[0] > first ? w->origin[0] - first : w->n - first);
	for (size_t i = first; i < w->n && reach > 0; i++) {
		double mid = middle(w->z[i - m], w->z[i - 2 * m], w->z[i - 3 * m]);
		z[i] = fmax(mid - reach, fmin(mid + reach, z[i]));
	}
	return z;
}

static void members_run(struct work *w)
{
	size_t wide = w->m == 24 && w->n >= 3 * 168 ? 168 : w->m == 1 && w->n >= 3 * 52 ? 52 : 0; /* hours have weeks, weeks years */
	const double *z = clean(w);
	struct view past = { w->mem, z, w->n, w->m, wide, w->origin[0], w->steps, w->origin, w->origins };
	size_t end = w->n;
	struct view now = { w->mem, z, w->n, w->m, wide, w->n, w->steps, &end, 1 };
	for (size_t i = 0; i < member_count && w->used < MEMBERS_MOST; i++) {
		double *back = NEW_ARRAY(w->mem, double, w->origins * w->steps), *next = NEW_ARRAY(w->mem, double, w->steps);
		if (!members[i].run(&past, back) || !members[i].run(&now, next))
			continue;
		w->past[w->used] = back;
		w->next[w->used++] = next;
	}
}

/* Weights of the members by the errors known when z[0 … until) was. */
static void weights_at(const struct work *w, size_t until, double *ret)
{
	double sum = 0, least = INFINITY, error[MEMBERS_MOST] = { 0 };
	size_t seen = 0;
	for (size_t j = 0; j < w->origins && w->origin[j] < until; j++) {
		size_t known = MIN(w->steps, until - w->origin[j]);
		for (size_t i = 0; i < w->used; i++)
			for (size_t s = 0; s < known; s++)
				error[i] += fabs(w->past[i][j * w->steps + s] - w->z[w->origin[j] + s]);
		seen++;
	}
	for (size_t i = 0; i < w->used; i++)
		least = fmin(least, error[i]);
	double steep = fmin(STEEP_MOST, 1 + (double)seen / 8), kept = 0;
	for (size_t i = 0; i < w->used; i++) {
		ret[i] = seen < 2 ? 1 : pow((least + 1e-9) / (error[i] + 1e-9), steep);
		if (seen >= 8 && error[i] > HOPELESS * least)
			ret[i] = 0;
		sum += ret[i];
		kept += ret[i] > 0;
	}
	for (size_t i = 0; i < w->used; i++)
		ret[i] = ret[i] > 0 ? (1 - EQUAL_SHARE) * ret[i] / sum + EQUAL_SHARE / kept : 0;
}

static void combine(const struct work *w, double *const *from, const double *weight, size_t at, double *ret)
{
	for (size_t s = 0; s < w->steps; s++) {
		ret[s] = 0;
		for (size_t i = 0; i < w->used; i++)
			ret[s] += weight[i] * from[i][at + s];
	}
}

static void backtest(struct work *w)
{
	double weight[MEMBERS_MOST];
	w->comb = NEW_ARRAY(w->mem, double, w->origins * w->steps);
	for (size_t j = 0; j < w->origins; j++) {
		weights_at(w, w->origin[j], weight);
		combine(w, w->past, weight, j * w->steps, w->comb + j * w->steps);
	}
}

/* Errors of a method at the origins; NAN beyond the end, and from origin `upto` on. */
static void errors_of(const struct work *w, const double *answer, double *ret)
{
	for (size_t j = 0; j < w->origins; j++)
		for (size_t s = 0; s < w->steps; s++) {
			size_t at = w->origin[j] + s;
			ret[j * w->steps + s] = at < w->n ? w->z[at] - answer[j * w->steps + s] : NAN;
		}
}

/* The last RECORD origins whose whole horizon is known; all of them when none is whole. */
static void skill_of(const struct work *w, struct forecast *f)
{
	double mine = 0, naive = 0, n = 0;
	size_t whole = 0, from, to = w->origins;
	for (size_t j = 0; j < w->origins; j++)
		whole += w->origin[j] + w->steps <= w->n;
	if (whole)
		to = whole;
	from = to > RECORD ? to - RECORD : 0;
	for (size_t j = from; j < to; j++)
		for (size_t s = 0; s < w->steps && w->origin[j] + s < w->n; s++) {
			size_t at = w->origin[j] + s;
			double add = w->effect[calendar_kind(w->s, at)], y = w->s->v[at];
			mine += fabs(out_of(w, w->comb[j * w->steps + s] + add) - y);
			naive += fabs(out_of(w, w->past[0][j * w->steps + s]) - y);
			n++;
		}
	f->origins = to - from;
	f->mae = n ? mine / n : NAN;
	f->naive_mae = n ? naive / n : NAN;
	f->skill = naive > 0 ? 1 - mine / naive : mine > 0 ? -1 : 0;
}

/* Share of values inside bands that the origins before them would have given. */
static void coverage_of(const struct work *w, const double *errors, struct forecast *f)
{
	size_t H = w->steps, start = w->origins / 2;
	double in80 = 0, in95 = 0, n = 0;
	f->coverage80 = f->coverage95 = NAN;
	if (start < 4)
		return;
	struct band *b = NEW_ARRAY(w->mem, struct band, H);
	double *seen = NEW_ARRAY(w->mem, double, w->origins * H);
	for (size_t j = start; j < w->origins; j += MAX(1, w->origins / 10)) {
		struct arena_mark mark = arena_mark(w->mem);
		for (size_t i = 0; i < j * H; i++)
			seen[i] = w->origin[i / H] + i % H < w->origin[j] ? errors[i] : NAN;
		conformal_bands(w->mem, seen, j, H, b);
		for (size_t s = 0; s < H && !isnan(errors[j * H + s]); s++) {
			double e = errors[j * H + s];
			in80 += e >= b[s].lo80 && e <= b[s].hi80;
			in95 += e >= b[s].lo95 && e <= b[s].hi95;
			n++;
		}
		arena_rewind(w->mem, mark);
	}
	f->coverage80 = n ? in80 / n : NAN;
	f->coverage95 = n ? in95 / n : NAN;
}

static double bound(const struct work *w, double x, double mean, bool upper, bool whole)
{
	x = w->log ? fmax(x, 0) : x;
	if (!whole)
		return x;
	double r = upper ? floor(x) : ceil(x);
	return upper ? (r < mean ? ceil(mean) : r) : (r > mean ? floor(mean) : r);
}

static void write_out(const struct work *w, const double *z, const struct band *b, struct forecast *f)
{
	bool whole = w->log && series_is_count(w->s);
	for (size_t s = 0; s < w->steps; s++) {
		double mean = out_of(w, z[s]);
		f->mean[s] = mean;
		f->lo95[s] = bound(w, out_of(w, z[s] + b[s].lo95), mean, false, whole);
		f->lo80[s] = bound(w, out_of(w, z[s] + b[s].lo80), mean, false, whole);
		f->hi80[s] = bound(w, out_of(w, z[s] + b[s].hi80), mean, true, whole);
		f->hi95[s] = bound(w, out_of(w, z[s] + b[s].hi95), mean, true, whole);
		f->naive[s] = out_of(w, w->next[0][s]);
	}
}

/* ---- Naive2: the last value, seasonally adjusted where the season is significant (M4's own rule) ----- */

static bool seasonal_by_m4(const double *v, size_t n, size_t m)
{
	if (m < 2 || n < 3 * m)
		return false;
	double mean = series_mean(v, n), c0 = 0, sum = 0, last = 0;
	for (size_t i = 0; i < n; i++)
		c0 += (v[i] - mean) * (v[i] - mean);
	for (size_t k = 1; k <= m && c0 > 0; k++) {
		double c = 0;
		for (size_t i = k; i < n; i++)
			c += (v[i] - mean) * (v[i - k] - mean);
		last = c / c0;
		sum += k < m ? last * last : 0;
	}
	return fabs(last) > 1.645 * sqrt((1 + 2 * sum) / (double)n);
}

/* Multiplicative indices by the ratio to a centred moving average. */
static void naive2_indices(struct arena *mem, const double *v, size_t n, size_t m, double *ret)
{
	double *seen = NEW_ARRAY(mem, double, m), mean = 0;
	size_t half = m / 2;
	for (size_t i = half; i + half < n; i++) {
		double avg = 0;
		for (size_t k = i - half; k <= i + half; k++)
			avg += v[k] * (m % 2 == 0 && (k == i - half || k == i + half) ? 0.5 : 1);
		avg /= (double)m;
		if (avg <= 0)
			continue;
		ret[i % m] += v[i] / avg;
		seen[i % m]++;
	}
	for (size_t k = 0; k < m; k++) {
		ret[k] = seen[k] ? ret[k] / seen[k] : 1;
		mean += ret[k] / (double)m;
	}
	for (size_t k = 0; k < m; k++)
		ret[k] = mean > 0 ? fmax(ret[k] / mean, 1e-6) : 1;
}

static bool member_naive2(const struct work *w, const struct view *v, double *out)
{
	size_t m = w->m;
	double *index = NEW_ARRAY(w->mem, double, m);
	for (size_t j = 0; j < v->origins; j++) {
		size_t o = v->origin[j];
		bool seasonal = w->log && seasonal_by_m4(w->s->v, o, m);
		memset(index, 0, m * sizeof *index);
		if (seasonal)
			naive2_indices(w->mem, w->s->v, o, m, index);
		for (size_t s = 0; s < w->steps; s++) {
			double x = w->s->v[o - 1] * (seasonal ? index[(o + s) % m] / index[(o - 1) % m] : 1);
			out[j * w->steps + s] = w->log ? log1p(fmax(0, x)) : x;
		}
	}
	return true;
}

/* ---- the whole -------------------------------------------------------------------------------------- */

static void work_begin(struct work *w)
{
	w->log = true;
	w->z = NEW_ARRAY(w->mem, double, w->n);
	for (size_t i = 0; i < w->n; i++)
		w->log = w->log && w->s->v[i] >= 0;
	for (size_t i = 0; i < w->n; i++)
		w->z[i] = w->log ? log1p(w->s->v[i]) : w->s->v[i];
	if (w->log)
		calendar_remove(w->s, w->z, w->effect);
	w->m = MIN(series_season(w->s), MAX(1, w->n / 2));
	origins_choose(w);
	if (!w->origins) {
		w->origin[0] = w->n;
		w->origins = 1; /* too short to be tested: one origin with nothing known after it */
	}
}

static void one_method(struct work *w, enum forecast_method method)
{
	size_t end = w->n;
	struct view past = { w->mem, w->z, w->n, w->m, 0, w->origin[0], w->steps, w->origin, w->origins };
	struct view now = { w->mem, w->z, w->n, w->m, 0, w->n, w->steps, &end, 1 };
	w->used = 1;
	w->past[0] = NEW_ARRAY(w->mem, double, w->origins * w->steps);
	w->next[0] = NEW_ARRAY(w->mem, double, w->steps);
	if (method == FORECAST_NAIVE2) {
		member_naive2(w, &past, w->past[0]);
		member_naive2(w, &now, w->next[0]);
	} else {
		member_snaive(&past, w->past[0]);
		member_snaive(&now, w->next[0]);
	}
}

static void forecast_alloc(struct arena *mem, size_t H, struct forecast *f)
{
	*f = (struct forecast){ .steps = H };
	double **part[] = { &f->mean, &f->lo80, &f->hi80, &f->lo95, &f->hi95, &f->naive };
	for (size_t i = 0; i < COUNT(part); i++)
		*part[i] = NEW_ARRAY(mem, double, H);
}

static void settle(struct work *w, struct forecast_opts opts, struct forecast *f)
{
	size_t cells = w->origins * w->steps;
	double weight[MEMBERS_MOST], *z = NEW_ARRAY(w->mem, double, w->steps), *errors = NEW_ARRAY(w->mem, double, cells);
	struct band *bands = NEW_ARRAY(w->mem, struct band, w->steps);
	backtest(w);
	skill_of(w, f);
	bool beaten = opts.method != FORECAST_AUTO || opts.always || f->skill > 0;
	f->method = opts.method == FORECAST_NAIVE2 ? "naive2" : opts.method == FORECAST_SNAIVE ? "snaive" : beaten ? "auto" : "none";
	if (!beaten)
		w->comb = w->past[0];
	errors_of(w, w->comb, errors);
	coverage_of(w, errors, f);
	conformal_bands(w->mem, errors, w->origins, w->steps, bands);
	weights_at(w, w->n, weight);
	if (beaten)
		combine(w, w->next, weight, 0, z);
	else
		memcpy(z, w->next[0], w->steps * sizeof *z);
	for (size_t s = 0; s < w->steps; s++)
		z[s] += w->effect[calendar_kind(w->s, w->n + s)];
	write_out(w, z, bands, f);
}

enum err forecast_run(struct arena *mem, const struct series *s, size_t horizon, struct forecast_opts opts,
                      struct forecast *ret, struct fault *fault)
{
	TRY(series_check(s, fault));
	if (!horizon || horizon > FORECAST_FARTHEST)
		return FAULT(fault, ERR_INPUT, "forecast.horizon", "%zu steps; from 1 to %d can be had", horizon, FORECAST_FARTHEST);
	if (s->season > SERIES_LONGEST)
		return FAULT(fault, ERR_INPUT, "forecast.season", "a season of %zu", s->season);
	forecast_alloc(mem, horizon, ret);
	struct arena_mark mark = arena_mark(mem);
	struct work w = { .mem = mem, .s = s, .n = s->n, .steps = horizon };
	work_begin(&w);
	if (opts.method == FORECAST_AUTO)
		members_run(&w);
	else
		one_method(&w, opts.method);
	settle(&w, opts, ret);
	arena_rewind(mem, mark);
	return OK;
}
