/*
 * score - how strange the newest value of one series is, 0 to 1, for numbers of any kind.
 *
 * Two views of a value: against a fast level with the season's profile, and against the range of values that
 * were ordinary. Each is measured in the scale of its own past; the stranger one counts, against the strangest
 * of late (a record that fades) and against usual strangeness, so that a series that is always wild alarms no
 * more than a calm one. After an alarm the score rests, because one event is one alarm.
 */
#include "stats/anomaly.h"

#include <math.h>

enum { WARM = 100, REST = 200 };
static const double FADE = 0.0003; /* of the record strangeness, a bucket, in logs */

struct track { /* a running centre and mean absolute deviation, both slow to believe outliers */
	double centre, scale;
};

struct score {
	size_t seasons, season[SCORE_SEASONS];
	double *profile[SCORE_SEASONS];
	double fast;
	struct track residual, value, strange;
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

static double strangeness(const struct score *s, double value, double residual)
{
	double r = fabs(track_far(&s->residual, residual)), v = fabs(track_far(&s->value, value));
	return log1p(fmin(fmax(r, 0.8 * v), 1e6));
}

struct score_row score_push(struct score *s, double value)
{
	double season = profile_at(s), expected = s->n ? s->fast + season : value, residual = value - expected;
	double strange = strangeness(s, value, residual), far = track_far(&s->strange, strange);
	struct score_row row = { expected, expected - 2.576 * s->residual.scale, expected + 2.576 * s->residual.scale, 0 };
	if (s->n >= WARM) {
		row.score = 1 / (1 + exp(-2 * (strange - s->above) - 0.1 * (far - 4)));
		if (s->rest)
			row.score *= 0.5;
	}
	s->rest = row.score > 0.3 ? REST : s->rest ? s->rest - 1 : 0;
	s->above = fmax(strange, s->above - FADE);
	track_learn(&s->strange, strange, 0.002, s->n);
	track_learn(&s->residual, residual, 0.001, s->n);
	track_learn(&s->value, value, 0.002, s->n);
	profile_learn(s, value - s->fast);
	s->fast = s->n ? s->fast + 0.4 * (value - season - s->fast) : value;
	s->n++;
	return row;
}
