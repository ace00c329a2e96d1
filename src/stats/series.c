/*
 * series - checks at the door, and order statistics. All results depend on the values alone.
 */
#include "stats/series.h"

#include <math.h>
#include <stdlib.h>

static const double LARGEST = 1e15;

enum err series_check(const struct series *s, struct fault *fault)
{
	if (!s->n)
		return FAULT(fault, ERR_INPUT, "series.empty", "the series has no value");
	if (s->n > SERIES_LONGEST)
		return FAULT(fault, ERR_LIMIT, "series.long", "%zu values, at most %d", s->n, SERIES_LONGEST);
	for (size_t i = 0; i < s->n; i++)
		if (!isfinite(s->v[i]) || fabs(s->v[i]) > LARGEST)
			return FAULT(fault, ERR_INPUT, "series.value", "value %zu is not a number within 1e15", i + 1);
	return OK;
}

size_t series_season(const struct series *s)
{
	if (s->season)
		return s->season;
	return s->unit == UNIT_HOUR ? 24 : s->unit == UNIT_DAY ? 7 : 1;
}

bool series_is_count(const struct series *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i] < 0 || s->v[i] != floor(s->v[i]))
			return false;
	return true;
}

double series_mean(const double *v, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return n ? sum / (double)n : 0;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

void series_sort(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
}

double series_quantile(const double *sorted, size_t n, double p)
{
	if (!n)
		return 0;
	double rank = p * (double)(n + 1) - 1, last = (double)n - 1;
	if (n == 1)
		return sorted[0];
	if (rank <= 0)
		return sorted[0] + rank * (sorted[1] - sorted[0]);
	if (rank >= last)
		return sorted[n - 1] + (rank - last) * (sorted[n - 1] - sorted[n - 2]);
	size_t i = (size_t)rank;
	return sorted[i] + (rank - (double)i) * (sorted[i + 1] - sorted[i]);
}

double series_median(struct arena *mem, const double *v, size_t n)
{
	struct arena_mark mark = arena_mark(mem);
	double *copy = arena_raw(mem, (n + 1) * sizeof *copy);
	memcpy(copy, v, n * sizeof *copy);
	series_sort(copy, n);
	double m = n ? (copy[(n - 1) / 2] + copy[n / 2]) / 2 : 0;
	arena_rewind(mem, mark);
	return m;
}
