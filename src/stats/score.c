/*
 * score - how strange the newest value of one series is, 0 to 1, for numbers of any kind.
 *
 * Three views of a value: against a fast level with the season's profile, against the range of values ever
 * ordinary, and the mean of the last few residuals (a drift none of which is strange alone). Each is
 * measured in the scale of its own past; the strangest counts, and is then ranked among past strangeness, so
 * that a series that is always wild alarms no more than a calm one. After an alarm the score needs a rest.
 */
#include "stats/anomaly.h"
#include "stats/interval.h"

#include <math.h>

enum { WARM = 100, SHORT = 8 };

struct track { /* a running centre and mean absolute deviation, both slow to believe outliers */
	double centre, scale;
};

struct score {
	size_t seasons, season[SCORE_SEASONS];
	double *profile[SCORE_SEASONS];
	double fast, drift, last;
	struct track residual, value, mean, strange, jump;
	size_t n, rest;
	double above; /* highest strangeness of late, fading */
};

struct score *score_new(struct arena *mem, const size_t *seasons, size_t n)
{
	struct score *s = NEW(mem, struct score);
	for (size_t i = 0; i < n && s->seasons < SCORE_SEASONS; i++) {
		if (seasons[i] < 2 || seasons[i] > SCORE_SEASON_LONGEST)
			continue;
		s->season[s->seasons] = seasons[i];
		s->profile[s->seasons++] = NEW_ARRAY(mem, double, seasons[i]);
	}
	return s;
}

static double track_far(const struct track *t, double x)
{
	return t->scale > 0 ? (x - t->centre) / t->scale : x == t->centre ? 0 : copysign(30, x - t->centre);
}

static void track_learn(struct track *t, double x, double gain, size_t n)
{
	double g = fmax(gain, 1.0 / ((double)n + 1)), off = x - t->centre;
	double cut = n > 20 && t->scale > 0 ? fmax(-6 * t->scale, fmin(6 * t->scale, off)) : off;
	t->centre += g * cut;
	t->scale += g * (1.2533 * fabs(cut) - t->scale); /* of a normal: mean absolute deviation to sigma */
}

static double profile_at(const struct score *s)
{
	double sum = 0;
	for (size_t k = 0; k < s->seasons; k++)
		sum += s->n >= 2 * s->season[k] ? s->profile[k][s->n % s->season[k]] : 0;
	return sum;
}

static void profile_learn(struct score *s, double off)
{
	for (size_t k = 0; k < s->seasons; k++) {
		double *p = &s->profile[k][s->n % s->season[k]];
		*p += (s->n < s->season[k] ? 0.5 : 0.15) * (off - *p) / (double)s->seasons;
	}
}

static double strangeness(struct score *s, double value, double residual)
{
	double r = track_far(&s->residual, residual), v = track_far(&s->value, value), m = track_far(&s->mean, s->drift);
	double worst = fmax(fabs(r), fmax(0.8 * fabs(v), 0.9 * fabs(m)));
	return log1p(fmin(worst, 1e6));
}

struct score_row score_push(struct score *s, double value)
{
	double season = profile_at(s), expected = s->n ? s->fast + season : value, residual = value - expected;
	s->drift += 2.0 / (SHORT + 1) * (residual - s->drift);
	double strange = strangeness(s, value, residual), far = track_far(&s->strange, strange);
	struct score_row row = { expected, expected - 2.576 * s->residual.scale, expected + 2.576 * s->residual.scale, 0 };
	if (s->n >= WARM) {
		double tail = normal_above(fmax(0, far) * 0.5);
		row.score = 1 + log10(fmax(2 * tail, 1e-12)) / -12 - 1;
		if (s->rest)
			row.score *= 0.5;
	}
	s->rest = row.score > 0.5 ? 60 : s->rest ? s->rest - 1 : 0;
	track_learn(&s->strange, strange, 0.002, s->n);
	track_learn(&s->residual, residual, 0.005, s->n);
	track_learn(&s->value, value, 0.002, s->n);
	track_learn(&s->mean, s->drift, 0.005, s->n);
	profile_learn(s, value - s->fast);
	s->fast = s->n ? s->fast + 0.1 * (value - season - s->fast) : value;
	s->n++;
	return row;
}
