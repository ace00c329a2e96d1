/*
 * season - profile by deviations from a centred level, averaged with weights that halve every eight cycles,
 * shrunk by the variance within a phase (James and Stein as in Efron and Morris, JASA 1973). Deviations are
 * cut at three times their mean size, so one burst does not become a habit.
 */
#include "stats/season.h"
#include "base/time.h"

#include <math.h>

static const double CYCLE_KEEP = 0.917; /* halves in eight cycles */

/* Mean over the season about i, ends by the nearest whole season. */
static double level_about(const double *sum, size_t n, size_t m, size_t i)
{
	size_t from = i > m / 2 ? i - m / 2 : 0;
	from = MIN(from, n - m);
	return (sum[from + m] - sum[from]) / (double)m;
}

void season_profile(struct arena *mem, const double *z, size_t n, size_t m, const double *pooled, double *ret)
{
	memset(ret, 0, m * sizeof *ret);
	if (m < 2 || n < 2 * m)
		return;
	struct arena_mark mark = arena_mark(mem);
	double *sum = NEW_ARRAY(mem, double, n + 1), *w = NEW_ARRAY(mem, double, m), *sq = NEW_ARRAY(mem, double, m);
	double size = 0, mean = 0, weight = pow(CYCLE_KEEP, (double)n / (double)m), step = pow(CYCLE_KEEP, -1.0 / (double)m);
	for (size_t i = 0; i < n; i++)
		sum[i + 1] = sum[i] + z[i];
	for (size_t i = 0; i < n; i++)
		size += fabs(z[i] - level_about(sum, n, m, i)) / (double)n;
	for (size_t i = 0; i < n; i++, weight *= step) {
		double d = z[i] - level_about(sum, n, m, i);
		d = fmax(-3 * size, fmin(3 * size, d));
		w[i % m] += weight;
		ret[i % m] += weight * d;
		sq[i % m] += weight * d * d;
	}
	for (size_t k = 0; k < m; k++) {
		ret[k] /= w[k];
		double toward = pooled ? pooled[k] : 0, noise = fmax(0, sq[k] / w[k] - ret[k] * ret[k]);
		double cycles = (double)n / (double)m, away = (ret[k] - toward) * (ret[k] - toward);
		ret[k] = toward + (ret[k] - toward) * (away / (away + noise / cycles + 1e-12));
		mean += ret[k] / (double)m;
	}
	for (size_t k = 0; k < m; k++)
		ret[k] -= mean;
	arena_rewind(mem, mark);
}

int calendar_kind(const struct series *s, size_t bucket)
{
	const struct calendar *c = s->calendar;
	if (!c || s->start == SERIES_NO_START || s->unit == UNIT_WEEK)
		return 0;
	int64_t at = s->start + (int64_t)bucket, day = s->unit == UNIT_DAY ? at : at / 24 - (at % 24 < 0);
	size_t lo = 0, hi = c->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (c->days[mid].day < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->days[lo].day == day ? c->days[lo].kind & (CALENDAR_KINDS - 1) : 0;
}

void calendar_remove(const struct series *s, double *z, double *ret_effect)
{
	double sum[CALENDAR_KINDS] = { 0 }, n[CALENDAR_KINDS] = { 0 };
	size_t gap = s->unit == UNIT_HOUR ? 168 : 7;
	memset(ret_effect, 0, CALENDAR_KINDS * sizeof *ret_effect);
	if (!s->calendar || s->start == SERIES_NO_START || s->unit == UNIT_WEEK)
		return;
	for (size_t i = gap; i < s->n; i++) {
		int kind = calendar_kind(s, i);
		bool before = !calendar_kind(s, i - gap), after = i + gap < s->n && !calendar_kind(s, i + gap);
		if (!kind || (!before && !after))
			continue;
		double base = before && after ? (z[i - gap] + z[i + gap]) / 2 : before ? z[i - gap] : z[i + gap];
		sum[kind] += z[i] - base;
		n[kind]++;
	}
	double prior = s->unit == UNIT_HOUR ? 72 : 3; /* worth three days of what was seen elsewhere */
	for (int k = 1; k < CALENDAR_KINDS; k++)
		ret_effect[k] = (sum[k] + prior * s->calendar->prior[k]) / (n[k] + prior);
	for (size_t i = 0; i < s->n; i++)
		z[i] -= ret_effect[calendar_kind(s, i)];
}
