/*
 * anomaly - the watch. A series has a log level (Kalman, random walk) and multiplicative factors for hour of
 * day, day of week and hour of week: a two-way fit to a table of counts seen and counts the level alone would
 * give, each factor drawn to that of all series by how much such factors differ. Counts are negative-binomial; the dispersion is drawn to that of all series.
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
/* What the windows of a bucket cost, set on simulated streams so that the false share is the one asked for. */
static const double SCAN_COST_HOUR = 12, SCAN_COST_DAY = 4;
static const double MEMORY = 1.0 / 3e5;  /* decay of the budget, a test */
static const double LEAST_LOG = -5; /* of a level: rarer than 1 in 150 buckets cannot be told from never */
static const double LEAST_LEVEL = 1e-9, MOST_LEVEL = 1e-3, START_TESTS = 3000;
static const double VAGUE_SHARED = 0.2;  /* of the profile's variance, what neighbouring buckets have in common */
static const double DICE_REACH = 0.9;    /* a lucky throw may not make an alarm of what is not rare */
static const double CELL_KEEP = 0.985;   /* of a cell, a week */
static const double DISPERSION_WEIGHT = 20, FIRST_DISPERSION = 0.1;

struct cell {
	float seen, expected; /* counts, and counts by level alone; both in units of information: over 1 + dispersion x mean */
};

struct state {
	struct str key;
	int64_t time;            /* of the last bucket */
	uint64_t id;
	double level, unsure;    /* log; its variance */
	double total;            /* of all counts while warming up */
	float spread, spread_n;  /* dispersion: weighted sum and weight */
	uint32_t buckets;        /* seen in all */
	uint16_t since;          /* in the ring since the last run or gap */
	uint16_t run, quiet;     /* buckets of the open run, 0 none; quiet ones at its end */
	int8_t side;             /* of the open run: +1, -1 */
	float count[RING], mean[RING], vague[RING]; /* vague: variance of the log mean, level left out */
	double run_count, run_mean;
	struct cell *cell;       /* [168] hour of week, or [7] */
	float hour[HOURS], day[DAYS]; /* factors, fitted to the cells once a day; mean 1 over what was seen */
};

struct watch {
	struct arena *mem;
	struct watch_opts opts;
	struct map keys;
	struct state *s;
	size_t n, cap, cells;         /* cells a series */
	double tests, found;          /* the budget, decayed */
	double log_spread, spread_n;  /* over all series */
	double pooled_hour[HOURS], pooled_day[DAYS], fits; /* mean log factors over all series, and how many they are of */
	double walk;                  /* the level's variance a bucket */
	uint32_t patience, warm, first; /* buckets till a run is a new level; till the first fit; till the first test */
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
	w->warm = hourly ? 2 * WEEK : 2 * DAYS;
	w->first = hourly ? 3 * WEEK : 4 * DAYS;
	w->cells = hourly ? WEEK : DAYS;
	return w;
}

size_t watch_series(struct watch *w, struct str key)
{
	const int64_t *known = map_get(&w->keys, key);
	if (known)
		return (size_t)*known - 1;
	key = arena_str(w->mem, key); /* the map keeps the slice it is given */
	int64_t *at = map_at(&w->keys, key);
	GROW(w->mem, w->s, w->n, w->cap);
	struct state *s = &w->s[w->n];
	*s = (struct state){ .key = key, .id = hash64(key.p, key.n, w->opts.seed), .cell = NEW_ARRAY(w->mem, struct cell, w->cells) };
	for (size_t i = 0; i < HOURS; i++)
		s->hour[i] = 1;
	for (size_t i = 0; i < DAYS; i++)
		s->day[i] = 1;
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
	return sizeof(struct state) + w->cells * sizeof(struct cell) + 2 * sizeof(struct map_slot);
}

/* ---- the mean ------------------------------------------------------------------------------------ */

static const double HOUR_TRUST = 4, DAY_TRUST = 8, CELL_TRUST = 150; /* 1 / variance of a log factor among series */

struct place {
	size_t hour, day, cell;
};

/* Bucket 0 of both clocks is Thursday 1 January 1970; Monday is day 0. */
static struct place place_of(const struct watch *w, int64_t time)
{
	bool hourly = w->opts.unit == UNIT_HOUR;
	int64_t day = hourly ? time / 24 - (time % 24 < 0) : time, hour = hourly ? time - day * 24 : 0;
	int64_t weekday = ((day + 3) % 7 + 7) % 7;
	return (struct place){ (size_t)hour, (size_t)weekday, (size_t)(hourly ? weekday * 24 + hour : weekday) };
}

struct outlook {
	double level, mean, spread, vague;
};

static double spread_of(const struct watch *w, const struct state *s)
{
	double d = (s->spread + DISPERSION_WEIGHT * exp(w->log_spread)) / (s->spread_n + DISPERSION_WEIGHT);
	return fmin(4, fmax(0.002, d));
}

static struct outlook outlook_at(const struct watch *w, const struct state *s, int64_t time)
{
	struct place at = place_of(w, time);
	const struct cell *c = &s->cell[at.cell];
	double factor = (double)s->hour[at.hour] * s->day[at.day], weeks = (double)s->buckets / (double)w->cells;
	struct outlook o = { .level = exp(fmin(30, s->level)), .spread = spread_of(w, s) };
	if (s->buckets < w->warm)
		factor = 1;
	else if (w->cells == WEEK)
		factor *= (c->seen + CELL_TRUST) / (c->expected * factor + CELL_TRUST);
	o.mean = fmax(1e-6, o.level * factor);
	double known = (1 / (1 / o.mean + o.spread)) * weeks; /* information a cell has had */
	o.vague = 1 / (DAY_TRUST + known * HOURS);
	if (w->cells == WEEK)
		o.vague = 1 / (HOUR_TRUST + known * DAYS) + 1 / (DAY_TRUST + known * HOURS) + 1 / (CELL_TRUST + known);
	return o;
}

double watch_expected(const struct watch *w, size_t series, int64_t time)
{
	BUG_IF(series >= w->n);
	return w->s[series].buckets ? outlook_at(w, &w->s[series], time).mean : 0;
}

/* ---- learning ------------------------------------------------------------------------------------ */

/* One sweep of a two-way fit: factors of one side given the other's, drawn to what all series have. */
static void sweep(const struct watch *w, struct state *s, bool hours)
{
	size_t n = hours ? HOURS : DAYS, across = hours ? DAYS : w->cells / DAYS, stride = hours ? HOURS : 1;
	for (size_t i = 0; i < n; i++) {
		double trust = hours ? HOUR_TRUST : DAY_TRUST, expected = trust;
		double seen = trust * exp((hours ? w->pooled_hour[i] : w->pooled_day[i]) * w->fits / (w->fits + 50));
		for (size_t k = 0; k < across; k++) {
			const struct cell *c = &s->cell[hours ? i + k * stride : i * across + k];
			seen += c->seen;
			expected += c->expected * (hours ? s->day[k] : w->cells == WEEK ? s->hour[k] : 1);
		}
		*(hours ? &s->hour[i] : &s->day[i]) = (float)(seen / expected);
	}
}

/* Factors anew from the cells; the level takes what is common to all of them when it was never fitted. */
static void fit(struct watch *w, struct state *s)
{
	double seen = 1e-9, expected = 1e-9;
	for (size_t i = 0; i < w->cells; i++) {
		seen += s->cell[i].seen;
		expected += s->cell[i].expected;
	}
	for (size_t i = 0; i < w->cells; i++)
		s->cell[i].expected *= (float)(seen / expected);
	if (s->buckets == w->warm) {
		s->level += log((seen + 0.3) / expected); /* a third of a count: nothing seen yet is not never */
		s->unsure = 0.02;
	}
	for (int k = 0; k < (w->cells == WEEK ? 3 : 1); k++) {
		sweep(w, s, false);
		if (w->cells == WEEK)
			sweep(w, s, true);
	}
	w->fits = fmin(w->fits + 1, 1000);
	for (size_t i = 0; i < HOURS && w->cells == WEEK; i++)
		w->pooled_hour[i] += (log(s->hour[i]) - w->pooled_hour[i]) / w->fits;
	for (size_t i = 0; i < DAYS; i++)
		w->pooled_day[i] += (log(s->day[i]) - w->pooled_day[i]) / w->fits;
}

/* Before the first fit the level stands still, so that the cells are all measured with one rod. */
static void learn_warm(struct watch *w, struct state *s, int64_t time, double count)
{
	s->total += count;
	double mean = (s->total + 0.5) / (double)s->buckets, info = 1 / (1 + FIRST_DISPERSION * mean);
	struct cell *c = &s->cell[place_of(w, time).cell];
	double cut = s->buckets > w->warm / 4 ? fmin(count, mean + 8 * sqrt(mean + 0.4 * mean * mean)) : count;
	c->seen += (float)(cut * info);
	c->expected += (float)(exp(s->level) * info);
	if (s->buckets == w->warm)
		fit(w, s);
}

static void learn_spread(struct watch *w, struct state *s, const struct outlook *o, double count)
{
	double noise = o->mean + (o->spread + o->vague + s->unsure) * o->mean * o->mean;
	double off = fmin((count - o->mean) * (count - o->mean), 16 * noise);
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
	double off = fmax(-3 * sd, fmin(3 * sd, count / o->mean - 1));
	double gain = s->unsure / (s->unsure + noise), cut = o->mean * (1 + off), info = 1 / (1 + o->spread * o->mean);
	struct cell *c = &s->cell[place_of(w, time).cell];
	learn_spread(w, s, o, count);
	c->seen = (float)(CELL_KEEP * c->seen + cut * info);
	c->expected = (float)(CELL_KEEP * c->expected + o->level * info);
	s->level = fmax(LEAST_LOG, s->level + gain * off);
	s->unsure = fmax((1 - gain) * s->unsure, 1e-6) + w->walk;
	if (s->buckets % (w->cells / DAYS) == 0)
		fit(w, s);
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
	extra += VAGUE_SHARED * vague * vague + s->unsure * f.mean * f.mean;
	double z = (f.count - f.mean) / sqrt(f.mean + extra);
	if (z * side < 1)
		return f;
	double size = f.mean * f.mean / extra, u = DICE_REACH * dice(s, s->time, window), here = nb_point(f.count, f.mean, size);
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
	best.p = fmin(1, best.p * (w->cells == WEEK ? SCAN_COST_HOUR : SCAN_COST_DAY));
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

/* A run that has lasted and still goes on, as its newer half shows, is the new level; silence is given longer. */
static bool run_is_new_level(const struct watch *w, struct state *s, struct watch_alarm *ret)
{
	double count = 0, mean = 0;
	if (s->run < w->patience || s->quiet)
		return false;
	for (size_t i = 0; i < MIN(RING, s->run / 2u); i++) {
		count += s->count[i];
		mean += s->mean[i];
	}
	if (!count && s->run < 3 * w->patience)
		return false;
	struct finding f = { 0, s->run_count, s->run_mean, s->run, s->side };
	alarm_fill(w, s, &f, ret);
	ret->kind = WATCH_SHIFT;
	ret->p = ret->q = 0;
	s->level = fmax(LEAST_LOG, s->level + log((count + 0.3) / (mean + 0.3)));
	s->unsure = 0.05;
	run_close(s);
	return true;
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
	return run_is_new_level(w, s, ret);
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

bool watch_takes(const struct watch *w, size_t series, int64_t time)
{
	BUG_IF(series >= w->n);
	return !w->s[series].buckets || time > w->s[series].time;
}

bool watch_push(struct watch *w, size_t series, int64_t time, double count, struct watch_alarm *ret)
{
	if (!isfinite(count) || count < 0 || count > 1e15 || !watch_takes(w, series, time))
		return false;
	struct state *s = &w->s[series];
	if (!s->buckets) {
		s->level = log(count + 0.5);
		s->unsure = 0.5;
	} else if (time > s->time + 1) {
		double gap = (double)time - (double)s->time;
		s->unsure = fmin(0.5, s->unsure + w->walk * gap);
		run_close(s);
	}
	struct outlook o = outlook_at(w, s, time);
	s->time = time;
	s->buckets++;
	ring_push(s, &o, count);
	bool told = false;
	if (s->run)
		told = run_go_on(w, s, ret);
	else if (s->buckets > w->first)
		told = judge(w, s, ret);
	if (s->buckets <= w->warm)
		learn_warm(w, s, time, count);
	else if (!s->run)
		learn(w, s, time, &o, count);
	return told;
}
