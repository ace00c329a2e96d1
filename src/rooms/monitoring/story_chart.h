/*
 * story_chart - the bars of a story's 48 hours: articles an hour, those of bad tone apart, with numbered events.
 */
#ifndef ROOMS_MONITORING_STORY_CHART_H
#define ROOMS_MONITORING_STORY_CHART_H

#include "base/html.h"

struct story_event { int64_t at; struct str text; };

struct story_bars {
	int64_t from;                  /* hour of UTC of the first bar */
	const int64_t *all, *bad;
	size_t n;
	const struct story_event *events; /* in order of time */
	size_t nevents;
	const char *lang;
	struct str title;
};

void story_chart(struct html *out, const struct story_bars *b);
void story_chart_table(struct html *out, const struct story_bars *b);

#endif
