/*
 * story_view_pages - gathers what a story's page shows. Every sentence is taken whole from an article that is named
 * with it; the events beside the chart are worded from counts by fixed patterns.
 */
#include "rooms/monitoring/story_pages.h"

#include "base/map.h"
#include "text/summary.h"

#include <stdlib.h>

enum { QUOTED_ARTICLES = 30, RISING_LEAST = 3, RISING_HOURS = 6 };

struct texts { struct str *bodies; struct evidence_list *evidence; size_t n; };

static enum err load_texts(struct cx *cx, const struct story_page *v, struct texts *t)
{
	t->n = MIN(v->articles.n, (size_t)QUOTED_ARTICLES);
	t->bodies = NEW_ARRAY(cx->mem, struct str, t->n);
	t->evidence = NEW_ARRAY(cx->mem, struct evidence_list, t->n);
	for (size_t i = 0; i < t->n; i++) {
		const struct article *a = &v->articles.v[i].a;
		struct str json;
		TRY(article_text(cx, a->id, &t->bodies[i], &json));
		evidence_read(cx->mem, &(struct evidence_text){ a->title, a->lead, t->bodies[i], json }, &t->evidence[i]);
		if (!t->bodies[i].n)
			t->bodies[i] = a->lead;
	}
	return OK;
}

static void pick_quotes(struct cx *cx, struct story_page *v, const struct texts *t)
{
	struct summary_article *in = NEW_ARRAY(cx->mem, struct summary_article, t->n);
	const struct article **of = NEW_ARRAY(cx->mem, const struct article *, t->n);
	struct summary_sentence found[STORY_QUOTES];
	size_t n = 0, numbers = 0, last = SIZE_MAX;
	for (size_t i = 0; i < t->n; i++)
		if (!v->articles.v[i].a.copy_of || t->n == 1) {
			in[n] = (struct summary_article){ v->articles.v[i].a.title, t->bodies[i] };
			of[n++] = &v->articles.v[i].a;
		}
	v->nquotes = n ? summary_pick(cx->mem, in, n, STORY_QUOTES, found) : 0;
	for (size_t i = 0; i < v->nquotes; i++) {
		numbers += found[i].article != last;
		last = found[i].article;
		v->quotes[i] = (struct quote_view){ found[i].s, numbers, of[last] };
	}
}

/* Sentences that speak for a tone or a stance. The same one in twenty reprints is shown once, with the first that had it. */
static void pick_sentences(struct story_page *v, const struct texts *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->evidence[i].n && v->nsentences < STORY_SENTENCES; k++) {
			bool known = !evidence_leans(&t->evidence[i].v[k]);
			for (size_t j = 0; j < v->nsentences; j++)
				known |= str_eq(v->sentences[j].e.sentence, t->evidence[i].v[k].sentence);
			if (!known)
				v->sentences[v->nsentences++] = (struct sentence_view){ t->evidence[i].v[k], &v->articles.v[i].a };
		}
	}
}

static int oftener(const void *x, const void *y)
{
	const struct place_count *a = x, *b = y;
	return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(a->label.code, b->label.code);
}

static void count_places(struct cx *cx, struct story_page *v)
{
	struct place_count *all = NULL;
	struct map at = map_new(cx->mem);
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < v->articles.n; i++)
		for (size_t k = 0; k < v->articles.v[i].labels.n; k++) {
			const struct article_label *l = &v->articles.v[i].labels.v[k];
			if (!str_eq(l->kind, S("place")))
				continue;
			int64_t *place = map_at(&at, l->code);
			if (!*place) {
				GROW(cx->mem, all, n, cap);
				all[n++] = (struct place_count){ *l, 0 };
				*place = (int64_t)n;
			}
			all[*place - 1].n++;
		}
	if (n)
		qsort(all, n, sizeof *all, oftener);
	for (size_t p = 0; p < MIN(n, COUNT(v->places)); p++)
		v->places[p] = all[p];
}

/* ---- 48 hours ------------------------------------------------------------------------------------ */

static void event_add(struct story_page *v, int64_t at, struct str text)
{
	if (v->bars.nevents < STORY_EVENTS && hour_of(at) >= v->bars.from)
		v->events[v->bars.nevents++] = (struct story_event){ at, text };
}

static size_t peak_of(const struct story_bars *b)
{
	size_t peak = 0;
	for (size_t i = 0; i < b->n; i++)
		if (b->all[i] > b->all[peak])
			peak = i;
	return peak;
}

static void sort_events(struct story_page *v)
{
	for (size_t i = 1; i < v->bars.nevents; i++)
		for (size_t k = i; k && v->events[k].at < v->events[k - 1].at; k--) {
			struct story_event e = v->events[k];
			v->events[k] = v->events[k - 1];
			v->events[k - 1] = e;
		}
}

/* The first article; the next outlet with an article of its own; the busiest hour; the state's own word or the newest. */
static void pick_events(struct cx *cx, struct story_page *v)
{
	const struct article *first = &v->articles.v[0].a, *second = NULL, *portal = NULL;
	size_t peak = peak_of(&v->bars);
	for (size_t i = 1; i < v->articles.n; i++) {
		const struct article *a = &v->articles.v[i].a;
		if (!second && !a->copy_of && a->outlet != first->outlet)
			second = a;
		if (!portal && str_eq(a->outlet_kind, S("portal")))
			portal = a;
	}
	const struct article *last = &v->articles.v[v->articles.n - 1].a;
	event_add(v, first->published_at, SAY(cx, "monitoring.event_first", first->outlet_name));
	if (second)
		event_add(v, second->published_at, SAY(cx, "monitoring.event_second", second->outlet_name));
	if (v->bars.all[peak] > 1)
		event_add(v, (v->bars.from + (int64_t)peak) * HOUR, SAY(cx, "monitoring.event_peak", num(cx, v->bars.all[peak])));
	if (portal)
		event_add(v, portal->published_at, SAY(cx, "monitoring.event_portal", portal->outlet_name));
	else if (last != first && last != second)
		event_add(v, last->published_at, SAY(cx, "monitoring.event_last", last->outlet_name));
	sort_events(v);
	v->official = portal || str_eq(first->outlet_kind, S("portal"));
}

static enum err load_hours(struct cx *cx, struct story_page *v)
{
	int64_t until = MIN(cx->now, v->s.last_at + 6 * HOUR), *all, *bad, now6 = 0, before6 = 0;
	TRY(story_hours(cx, v->s.id, until, STORY_HOURS, &v->bars.from, &all, &bad));
	v->bars.all = all;
	v->bars.bad = bad;
	v->bars.n = STORY_HOURS;
	v->bars.lang = cx->lang;
	v->bars.title = str_z(say(cx, "monitoring.hours"));
	for (int i = 0; i < RISING_HOURS; i++) {
		now6 += all[STORY_HOURS - 1 - i];
		before6 += all[STORY_HOURS - 1 - RISING_HOURS - i];
	}
	v->rising = until == cx->now && now6 >= RISING_LEAST && now6 >= 2 * before6;
	if (v->articles.n)
		pick_events(cx, v);
	v->bars.events = v->events;
	return OK;
}

/* A fixed pattern for each kind of decision, with what it touched. */
struct str decision_say(struct cx *cx, const struct story_decision *d)
{
	struct str other = str_fmt(cx->mem, "%lld", (long long)(d->other ? d->other : d->article));
	struct str key = str_fmt(cx->mem, "decision.%.*s", FMT(d->kind));
	if (!say_known(cx->lang, key.p))
		return d->kind;
	return SAY(cx, key.p, str_eq(d->kind, S("rename")) && d->words.p ? d->words : other);
}

enum err story_page_load(struct cx *cx, int64_t id, struct story_page *v)
{
	struct article_list list;
	struct texts t;
	TRY(story_load(cx, id, &v->s));
	TRY(article_of_story(cx, v->s.id, STORY_ARTICLES, &list));
	TRY(article_views(cx, &list, &v->articles));
	TRY(story_outlets(cx, v->s.id, &v->outlets));
	TRY(story_decisions(cx, 0, v->s.id, &v->log));
	for (size_t i = 0; i < v->articles.n; i++) {
		v->confirmed += v->articles.v[i].a.confirmed_at != 0;
		v->copies += v->articles.v[i].a.copy_of != 0;
		v->articles.v[i].story.id = 0;
		v->articles.v[i].box = v->may_edit && v->articles.n > 1;
	}
	TRY(load_texts(cx, v, &t));
	pick_quotes(cx, v, &t);
	pick_sentences(v, &t);
	count_places(cx, v);
	return load_hours(cx, v);
}
