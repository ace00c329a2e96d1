/*
 * overview_pages - the leader's morning page: the last 24 hours in one sentence, six figures, the line with its
 * band, what rises, what calls for attention. Nothing stands here that was not counted; where an archive ended
 * long ago, its last 24 hours are shown.
 */
#include "people/may.h"
#include "rooms/trends/views_pages.h"
#include "stats/interval.h"

#include <math.h>

enum { RISING_LOOKED_AT = 16, HOURS_A_DAY = 24 };

static enum err counts_load(struct cx *cx, struct overview *v)
{
	int64_t until = hour_of(v->at - 1), from = until - HOURS_A_DAY + 1;
	TRY(rollup_sum(cx, BY_HOUR, S("all"), S(""), from, until, &v->now));
	TRY(rollup_sum(cx, BY_HOUR, S("all"), S(""), from - HOURS_A_DAY, from - 1, &v->before));
	TRY(rollup_sum(cx, BY_DAY, S("all"), S(""), v->today - 1, v->today - 1, &v->yesterday));
	TRY(rollup_by_code(cx, BY_HOUR, S("topic"), from, until, 6, &v->topics));
	return rollup_by_code(cx, BY_HOUR, S("place"), from, until, 6, &v->places);
}

static enum err rising_load(struct cx *cx, struct overview *v)
{
	struct story_list list;
	struct story_filter f = { .since = v->at - DAY, .until = v->at, .least = 2, .most = RISING_LOOKED_AT, .public_only = true };
	TRY(story_list(cx, &f, &list));
	for (size_t i = 0; i < list.n && v->nrising < RISING_MOST; i++) {
		struct rising r = { .s = list.v[i] };
		int64_t from, *all, *bad;
		TRY(story_hours(cx, r.s.id, v->at - 1, RISING_DAYS * HOURS_A_DAY, &from, &all, &bad));
		for (int h = 0; h < RISING_DAYS * HOURS_A_DAY; h++)
			r.days[h / HOURS_A_DAY] += (double)all[h];
		r.before = (int64_t)r.days[RISING_DAYS - 2];
		if (r.days[RISING_DAYS - 1] > r.days[RISING_DAYS - 2])
			v->rising[v->nrising++] = r;
	}
	return OK;
}

static enum err alarms_load(struct cx *cx, struct overview *v)
{
	struct alarm_list list;
	TRY(alarm_record(cx, &v->record));
	TRY(alarm_list(cx, &(struct alarm_filter){ .triage = S("open"), .most = COUNT(v->alarms) }, &list));
	for (size_t i = 0; i < list.n && v->nalarms < COUNT(v->alarms); i++)
		alarm_view(cx, &list.v[i], &v->alarms[v->nalarms++]);
	return OK;
}

/* ---- figures ----------------------------------------------------------------------------------------------- */

static struct str change_say(struct cx *cx, int64_t now, int64_t before)
{
	if (before < SHARE_LEAST)
		return SAY(cx, "trends.before", num(cx, before));
	double change = (double)(now - before) / (double)before;
	return SAY(cx, change < 0 ? "trends.change_down" : "trends.change_up", num_percent(cx, fabs(change)), num(cx, before));
}

static struct figure index_figure(struct cx *cx, const struct overview *v)
{
	struct figure f = { .label = str_z(say(cx, "trends.index")), .value = S("–"), .href = "/gioi-thieu#chi-so" };
	const struct counts *a = &v->now, *b = &v->before;
	if (a->n < SHARE_LEAST) {
		f.note = SAY(cx, "trends.index.few", num(cx, a->good), num(cx, a->bad), num(cx, a->n));
		return f;
	}
	double now = (double)(a->good - a->bad) / (double)a->n;
	f.value = num_real(cx, now, 2);
	f.note = SAY(cx, "trends.n", num(cx, a->n));
	if (b->n >= SHARE_LEAST) {
		double then = (double)(b->good - b->bad) / (double)b->n;
		f.note = SAY(cx, "trends.index.change", num_signed(cx, now - then, 2), num(cx, a->n));
		f.note_kind = now < then ? CHIP_NEG : CHIP_PLAIN;
	}
	return f;
}

static struct figure share_figure(struct cx *cx, const char *label, int64_t part, int64_t all, const char *href)
{
	struct figure f = { .label = str_z(say(cx, label)), .value = num(cx, part), .href = href };
	if (all >= SHARE_LEAST) {
		f.value = num_percent(cx, (double)part / (double)all);
		double lo, hi;
		wilson(part, all, &lo, &hi);
		f.note = SAY(cx, "trends.of_n_between", num(cx, part), num(cx, all), num_percent(cx, lo), num_percent(cx, hi));
	} else {
		f.unit = SAY(cx, "trends.of_all", num(cx, all));
	}
	return f;
}

static struct str record_say(struct cx *cx, const struct alarm_record *r)
{
	if (!(r->right + r->wrong))
		return str_z(say(cx, "trends.record.none"));
	return SAY(cx, "trends.record.short", num(cx, r->right), num(cx, r->right + r->wrong));
}

static void figures(struct cx *cx, struct overview *v)
{
	const struct coverage *c = &v->coverage;
	int64_t ailing = c->late + c->silent + c->broken + c->blocked;
	v->figures[0] = (struct figure){ .label = str_z(say(cx, "trends.day_count")), .value = num(cx, v->now.n), .href = "/tin",
		.note = change_say(cx, v->now.n, v->before.n) };
	v->figures[1] = index_figure(cx, v);
	v->figures[2] = share_figure(cx, "trends.bad_share", v->now.bad, v->now.n, "/tin?tone=bad");
	v->figures[3] = share_figure(cx, "trends.unfavourable_share", v->now.unfavourable, v->now.public, "/tin?stance=unfavourable");
	v->figures[4] = (struct figure){ .label = str_z(say(cx, "trends.open_alarms")), .value = num(cx, v->record.open), .href = "/canh-bao",
		.note = record_say(cx, &v->record), .bad = v->record.open > 0 };
	v->figures[5] = (struct figure){ .label = str_z(say(cx, "trends.sources_alive")), .value = num(cx, c->alive),
		.unit = SAY(cx, "trends.of_all", num(cx, c->all)), .href = "/nguon", .note = SAY(cx, "trends.sources_ailing", num(cx, ailing)),
		.note_kind = ailing ? CHIP_CRIT : CHIP_PLAIN };
}

/* What was forecast for yesterday, the evening before, against what came. */
static struct str compare_say(struct cx *cx, const struct overview *v)
{
	const struct outlook *o = &v->o;
	size_t back = (size_t)(o->today - o->first), i = back - 1;
	if (!back || !o->was_mean || isnan(o->was_mean[i]))
		return S("");
	double n = (double)o->past[i].n;
	const char *key = n > o->was_hi95[i] ? "trends.brief.above" : n < o->was_lo95[i] ? "trends.brief.below" : "trends.brief.within";
	return SAY(cx, key, say_day(cx, o->today - 1), num(cx, o->past[i].n), num_real(cx, o->was_mean[i], 0), num_real(cx, o->was_lo95[i], 0),
		num_real(cx, o->was_hi95[i], 0));
}

static enum err overview_load(struct cx *cx, struct overview *v)
{
	enum err e = outlook_today(cx, &v->today);
	TRY(source_coverage(cx, &v->coverage));
	if (e == ERR_NOT_FOUND) {
		v->empty = true;
		return OK;
	}
	TRY(e);
	v->at = v->today == day_of(cx->now) ? cx->now : day_start(v->today);
	TRY(counts_load(cx, v));
	TRY(outlook_of(cx, S("all"), S(""), PICTURE_BACK, &v->o));
	TRY(rising_load(cx, v));
	TRY(alarms_load(cx, v));
	figures(cx, v);
	v->compare = compare_say(cx, v);
	return OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct overview *v = NEW(cx->mem, struct overview);
	struct html out = html_new(cx->mem);
	v->ask = ask;
	TRY(overview_load(cx, v));
	page_overview(&out, cx, v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "trends.overview")), .at = "/" }, &out);
}

const struct route overview_rows[1] = {
	{ "GET", "/", ACT_OVERVIEW_READ, show, "The morning page: the last 24 hours, what rises and what calls for attention", PAGE },
};
