/* story_pages - what the pages of stories show. */
#ifndef ROOMS_MONITORING_STORY_PAGES_H
#define ROOMS_MONITORING_STORY_PAGES_H

#include "rooms/monitoring/article_pages.h"
#include "rooms/monitoring/story_chart.h"

enum { SPARK_DAYS = 10, STORY_HOURS = 48, STORY_ARTICLES = 200, STORY_SENTENCES = 40, STORY_EVENTS = 4, STORY_QUOTES = 4 };

struct story_row { struct story s; double days[SPARK_DAYS]; };

struct stories_view {
	const struct ask *ask;
	struct story_row *v;
	size_t n;
	struct choice_list windows, topics;
	struct str window;
};

enum story_tab { TAB_OVERVIEW, TAB_ARTICLES, TAB_EVIDENCE, TAB_LOG };

struct quote_view { struct str sentence; size_t number; const struct article *a; };          /* number: of the citation, from 1 */
struct sentence_view { struct evidence e; const struct article *a; };
struct place_count { struct article_label label; int64_t n; };

struct story_page {
	const struct ask *ask;
	struct story s;
	enum story_tab tab;
	struct article_views articles;   /* oldest first, at most STORY_ARTICLES */
	struct story_outlet_list outlets;
	struct story_decision_list log;
	struct quote_view quotes[STORY_QUOTES];
	size_t nquotes;
	struct sentence_view sentences[STORY_SENTENCES];
	size_t nsentences;
	struct place_count places[3];
	struct story_bars bars;
	struct story_event events[STORY_EVENTS];
	int64_t confirmed, copies;
	bool rising, official, may_edit, may_label; /* official: a portal of the state has spoken */
};

void page_stories(struct html *out, struct cx *cx, const struct stories_view *v);
void page_story(struct html *out, struct cx *cx, const struct story_page *v);
void page_story_overview(struct html *out, struct cx *cx, const struct story_page *v);
void page_story_evidence(struct html *out, struct cx *cx, const struct story_page *v);
void page_story_articles(struct html *out, struct cx *cx, const struct story_page *v);
void page_story_log(struct html *out, struct cx *cx, const struct story_page *v);

MUST_USE enum err story_page_load(struct cx *cx, int64_t id, struct story_page *ret);
struct str decision_say(struct cx *cx, const struct story_decision *d);

#endif
