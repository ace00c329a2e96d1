/*
 * anomaly - the watch. A series has a log level (Kalman, random walk) and multiplicative factors for hour of
 * day, day of week and hour of week, each a ratio of counts seen to counts expected, drawn to one by what a
 * factor usually differs. Counts are negative-binomial; the dispersion is drawn to that of all series.
 * Each bucket is the end of windows of 1, 2, 4, 8 and 12 buckets, tested on both sides with randomised
 * p-values; the least, times the windows it stands for, meets a level that rises with discoveries and falls
 * with tests (Ramdas and others, "Online control of the false discovery rate with decaying memory", NeurIPS
 * 2017; Tian and Ramdas, SAFFRON family). A run of alarms is one discovery. A state never learns from an open run.
 */
#include "stats/anomaly.h"
#include "stats/interval.h"
#include "base/map.h"

#include <math.h>

enum { RING = 12, HOURS = 24, DAYS = 7, WEEK = 168, QUIET_ENDS = 3 };

static const size_t WINDOW[] = { 1, 2, 4, 8, 12 };
static const double SCAN_COST = 4;       /* tests that the dependent windows of one bucket are worth */
static const double MEMORY = 1.0 / 3e5;  /* decay of the budget, a test */
static const double LEAST_LEVEL = 1e-9, MOST_LEVEL = 1e-3, START_TESTS = 3000;
static const double DISPERSION_WEIGHT = 12, FIRST_DISPERSION = 0.1;

struct factor {
	float seen, expected; /* in units of information: counts over 1 + dispersion x mean */
};

struct state {
	struct str key;
	int64_t time;            /* of the last bucket */
	uint64_t id;
	double level, unsure;    /* log; its variance */
	float spread, spread_n;  /* dispersion: weighted sum and weight */
	uint32_t buckets;        /* seen in all */
	uint16_t since;          /* in the ring since the last run or gap */
	uint16_t run, quiet;     /* buckets of the open run, 0 none; quiet ones at its end */
	int8_t side;             /* of the open run: +1, -1 */
	float count[RING], mean[RING], vague[RING]; /* vague: variance of the log mean, level left out */
	double run_count, run_mean;
	struct factor *week_hour, *day_hour, *day;  /* the first two NULL for daily series */
};

struct watch {
	struct arena *mem;
	struct watch_opts opts;
	struct map keys;
	struct state *s;
	size_t n, cap;
	double tests, found;          /* the budget, decayed */
	double log_spread, spread_n;  /* over all series */
	struct factor pooled_hour[HOURS], pooled_day[DAYS];
	double walk, patience, warm;  /* level's variance a bucket; buckets till a run is a new level; till the first test */
};

struct watch *watch_new(struct arena *mem, struct watch_opts opts)
{
	struct watch *w = NEW(mem, struct watch);
	bool hourly = opts.unit == UNIT_HOUR;
	if (!(opts.fdr > 0))
		opts.fdr = 0.05;
	*w = (struct watch){ .mem = mem, .opts = opts, .keys = map_new(mem) };
	w->log_spread = log(FIRST_DISPERSION);
	w->walk = hourly ? 3e-5 : 1e-3;
	w->patience = hourly ? 24 : 10;
	w->warm = hourly ? 2 * WEEK : 3 * DAYS;
	return w;
}

size_t watch_series(struct watch *w, struct str key)
{
	int64_t *at = map_at(&w->keys, key);
	if (*at)
		return (size_t)*at - 1;
	key = arena_str(w->mem, key);
	at = map_at(&w->keys, key);
	GROW(w->mem, w->s, w->n, w->cap);
	struct state *s = &w->s[w->n];
	*s = (struct state){ .key = key, .id = hash64(key.p, key.n, w->opts.seed), .day = NEW_ARRAY(w->mem, struct factor, DAYS) };
	if (w->opts.unit == UNIT_HOUR) {
		s->week_hour = NEW_ARRAY(w->mem, struct factor, WEEK);
		s->day_hour = NEW_ARRAY(w->mem, struct factor, HOURS);
	}
	*at = (int64_t)++w->n;
	return w->n - 1;
}

struct str watch_key(const struct watch *w, size_t series)
{
	BUG_IF(series >= w->n);
	return w->s[series].key;
}

size_t watch_state_bytes(const struct watch *w)
{
	size_t cells = w->opts.unit == UNIT_HOUR ? WEEK + HOURS + DAYS : DAYS;
	return sizeof(struct state) + cells * sizeof(struct factor) + 2 * sizeof(struct map_slot);
}

/* ---- the mean ------------------------------------------------------------------------------------ */

static const double HOUR_TRUST = 4, DAY_TRUST = 8, CELL_TRUST = 100; /* 1 / variance of a log factor among series */

static double factor_value(const struct factor *f, double toward, double trust)
{
	return (f->seen + trust * toward) / (f->expected + trust);
}

struct place {
	size_t hour, day, cell;
};

/* Bucket 0 of both clocks is Thursday 1 January 1970; Monday is day 0. */
static struct place place_of(const struct watch *w, int64_t time)
{
	bool hourly = w->opts.unit == UNIT_HOUR;
	int64_t day = hourly ? time / 24 - (time % 24 < 0) : time, hour = hourly ? time - day * 24 : 0;
	int64_t weekday = ((day + 3) % 7 + 7) % 7;
	return (struct place){ (size_t)hour, (size_t)weekday, (size_t)(weekday * 24 + hour) };
}

struct outlook {
	double hour, day, cell, mean, spread, vague;
};

static double spread_of(const struct watch *w, const struct state *s)
{
	double d = (s->spread + DISPERSION_WEIGHT * exp(w->log_spread)) / (s->spread_n + DISPERSION_WEIGHT);
	return fmin(4, fmax(0.002, d));
}

static struct outlook outlook_at(const struct watch *w, const struct state *s, int64_t time)
{
	struct place at = place_of(w, time);
	struct outlook o = { 1, 1, 1, 0, spread_of(w, s), 0 };
	const double many = 200; /* what all series agree on is believed slowly */
	o.day = factor_value(&s->day[at.day], factor_value(&w->pooled_day[at.day], 1, many), DAY_TRUST);
	o.vague = 1 / (DAY_TRUST + s->day[at.day].expected);
	if (s->day_hour) {
		o.hour = factor_value(&s->day_hour[at.hour], factor_value(&w->pooled_hour[at.hour], 1, many), HOUR_TRUST);
		o.cell = factor_value(&s->week_hour[at.cell], 1, CELL_TRUST);
		o.vague += 1 / (HOUR_TRUST + s->day_hour[at.hour].expected) + 1 / (CELL_TRUST + s->week_hour[at.cell].expected);
	}
	o.mean = fmax(1e-6, exp(fmin(30, s->level)) * o.day * o.hour * o.cell);
	return o;
}

double watch_expected(const struct watch *w, size_t series, int64_t time)
{
	BUG_IF(series >= w->n);
	return w->s[series].buckets ? outlook_at(w, &w->s[series], time).mean : 0;
}

/* ---- learning ------------------------------------------------------------------------------------ */

static void factor_learn(struct factor *f, double count, double without, double info, double keep)
{
	f->seen = (float)(keep * f->seen + count * info);
	f->expected = (float)(keep * f->expected + without * info);
}

static void learn_spread(struct watch *w, struct state *s, const struct outlook *o, double count)
{
	double noise = o->mean + (o->spread + o->vague + s->unsure) * o->mean * o->mean;
	double off = fmin((count - o->mean) * (count - o->mean), 12 * noise);
	double weight = o->mean * o->spread / (1 + o->mean * o->spread);
	weight *= weight;
	double seen = (off - o->mean) / (o->mean * o->mean) - o->vague - s->unsure;
	s->spread = (float)(0.9985 * s->spread + weight * seen);
	s->spread_n = (float)(0.9985 * s->spread_n + weight);
	if (s->spread_n > 5) {
		double own = log(fmax(0.01, s->spread / s->spread_n));
		w->spread_n = fmin(w->spread_n + 1, 20000);
		w->log_spread += (own - w->log_spread) / (w->spread_n + 200);
	}
}

static void learn(struct watch *w, struct state *s, int64_t time, const struct outlook *o, double count)
{
	double noise = 1 / o->mean + o->spread + o->vague, sd = sqrt(noise + s->unsure);
	double limit = s->buckets < w->warm / 4 ? 6 : 3;
	double off = fmax(-limit * sd, fmin(limit * sd, count / o->mean - 1));
	double gain = s->unsure / (s->unsure + noise), cut = o->mean * (1 + off), info = 1 / (1 + o->spread * o->mean);
	struct place at = place_of(w, time);
	bool hourly = s->day_hour != NULL;
	learn_spread(w, s, o, count);
	factor_learn(&s->day[at.day], cut, o->mean / o->day, info, hourly ? 0.997 : 0.98);
	factor_learn(&w->pooled_day[at.day], cut, o->mean / o->day, info, 0.9999);
	if (hourly) {
		factor_learn(&s->day_hour[at.hour], cut, o->mean / o->hour, info, 0.99);
		factor_learn(&w->pooled_hour[at.hour], cut, o->mean / o->hour, info, 0.9999);
		factor_learn(&s->week_hour[at.cell], cut, o->mean / o->cell, info, 0.98);
	}
	s->level += gain * off;
	s->unsure = fmax((1 - gain) * s->unsure, 1e-6) + w->walk;
}

/* ---- testing ------------------------------------------------------------------------------------- */

struct finding {
	double p, count, mean;
	size_t window;
	int side;
};

static double dice(const struct state *s, int64_t time, size_t window)
{
	uint64_t h = hash_mix(s->id ^ hash_mix((uint64_t)time * 16 + window));
	return ((double)(h >> 11) + 0.5) * 0x1p-53;
}

/* One side of one window. What can be unsure about the mean widens the negative binomial. */
static struct finding window_test(const struct watch *w, const struct state *s, size_t window, int side)
{
	struct finding f = { .p = 1, .window = window, .side = side };
	double extra = 0, vague = 0, spread = spread_of(w, s);
	for (size_t i = 0; i < window; i++) {
		f.count += s->count[i];
		f.mean += s->mean[i];
		extra += spread * s->mean[i] * s->mean[i];
		vague += sqrt(s->vague[i]) * s->mean[i];
	}
	extra += vague * vague + s->unsure * f.mean * f.mean;
	double z = (f.count - f.mean) / sqrt(f.mean + extra);
	if (z * side < 1)
		return f;
	double size = f.mean * f.mean / extra, u = dice(s, s->time, window), here = nb_point(f.count, f.mean, size);
	f.p = (side > 0 ? nb_above(f.count, f.mean, size) : nb_below(f.count, f.mean, size)) - u * here;
	f.p = fmin(1, fmax(f.p, 1e-300));
	return f;
}

static struct finding scan(const struct watch *w, const struct state *s)
{
	struct finding best = { .p = 1, .window = 1 };
	for (size_t k = 0; k < COUNT(WINDOW) && WINDOW[k] <= s->since; k++)
		for (int side = -1; side <= 1; side += 2) {
			struct finding f = window_test(w, s, WINDOW[k], side);
			if (f.p < best.p)
				best = f;
		}
	best.p = fmin(1, best.p * SCAN_COST);
	return best;
}

/* ---- runs ---------------------------------------------------------------------------------------- */

static void run_close(struct state *s)
{
	s->run = s->quiet = 0;
	s->since = 0; /* a window never reaches back into what was already told */
}

static void alarm_fill(const struct watch *w, const struct state *s, const struct finding *f, struct watch_alarm *ret)
{
	*ret = (struct watch_alarm){
		.series = (size_t)(s - w->s), .kind = f->side > 0 ? WATCH_BURST : WATCH_OUTAGE,
		.from = s->time - (int64_t)f->window + 1, .to = s->time, .count = f->count, .expected = f->mean, .p = f->p,
		.q = fmin(1, f->p * (w->tests + START_TESTS) / (w->found + 1)),
	};
}

/* An open run goes on, ends, or is taken as the new level; true with a notice in the last case. */
static bool run_go_on(struct watch *w, struct state *s, struct watch_alarm *ret)
{
	struct finding f = window_test(w, s, MIN(2, s->since), s->side);
	s->run++;
	s->run_count += s->count[0];
	s->run_mean += s->mean[0];
	s->quiet = f.p > 0.1 ? s->quiet + 1 : 0;
	if (s->quiet >= QUIET_ENDS) {
		run_close(s);
		return false;
	}
	if (s->run < w->patience)
		return false;
	f = (struct finding){ 0, s->run_count, s->run_mean, s->run, s->side };
	alarm_fill(w, s, &f, ret);
	ret->kind = WATCH_SHIFT;
	ret->p = ret->q = 0;
	s->level += log((s->run_count + 0.5) / (s->run_mean + 0.5));
	s->unsure = 0.05;
	run_close(s);
	return true;
}

static bool judge(struct watch *w, struct state *s, struct watch_alarm *ret)
{
	struct finding f = scan(w, s);
	w->tests = w->tests * (1 - MEMORY) + 1;
	w->found *= 1 - MEMORY;
	double level = w->opts.fdr * (w->found + 1) / (w->tests + START_TESTS);
	if (f.p > fmin(MOST_LEVEL, fmax(LEAST_LEVEL, level)))
		return false;
	alarm_fill(w, s, &f, ret);
	w->found++;
	s->run = 1;
	s->quiet = 0;
	s->side = (int8_t)f.side;
	s->run_count = s->count[0];
	s->run_mean = s->mean[0];
	return true;
}

static void ring_push(struct state *s, const struct outlook *o, double count)
{
	memmove(s->count + 1, s->count, sizeof s->count - sizeof *s->count);
	memmove(s->mean + 1, s->mean, sizeof s->mean - sizeof *s->mean);
	memmove(s->vague + 1, s->vague, sizeof s->vague - sizeof *s->vague);
	s->count[0] = (float)count;
	s->mean[0] = (float)o->mean;
	s->vague[0] = (float)o->vague;
	s->since = (uint16_t)MIN(s->since + 1, RING);
}

bool watch_push(struct watch *w, size_t series, int64_t time, double count, struct watch_alarm *ret)
{
	BUG_IF(series >= w->n);
	struct state *s = &w->s[series];
	if (!isfinite(count) || count < 0 || count > 1e15 || (s->buckets && time <= s->time))
		return false;
	if (!s->buckets) {
		s->level = log(count + 0.5);
		s->unsure = 2;
	} else if (time > s->time + 1) {
		double gap = (double)time - (double)s->time;
		s->unsure = fmin(2, s->unsure + w->walk * gap);
		run_close(s);
	}
	struct outlook o = outlook_at(w, s, time);
	s->time = time;
	s->buckets++;
	ring_push(s, &o, count);
	bool told = false;
	if (s->run)
		told = run_go_on(w, s, ret);
	else if (s->buckets > w->warm)
		told = judge(w, s, ret);
	if (!s->run)
		learn(w, s, time, &o, count);
	return told;
}
