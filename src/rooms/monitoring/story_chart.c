/*
 * story_chart - hands the counts to make/svg.h.
 */
#include "rooms/monitoring/story_chart.h"

#include "base/time.h"
#include "make/svg.h"

static struct chart_hours chart_of(struct arena *mem, const struct story_bars *b)
{
	struct chart_hour *hours = NEW_ARRAY(mem, struct chart_hour, b->n);
	struct chart_event *events = NEW_ARRAY(mem, struct chart_event, b->nevents);
	for (size_t i = 0; i < b->n; i++)
		hours[i] = (struct chart_hour){ (b->from + (int64_t)i) * HOUR, b->bad[i], b->all[i] - b->bad[i] };
	for (size_t i = 0; i < b->nevents; i++)
		events[i] = (struct chart_event){ b->events[i].at, b->events[i].text };
	return (struct chart_hours){ .id = "story-hours", .title = b->title, .hours = hours, .n = b->n, .events = events, .nevents = b->nevents,
		.words = b->lang && !strcmp(b->lang, "en") ? &chart_words_en : &chart_words_vi };
}

void story_chart(struct html *out, const struct story_bars *b)
{
	struct chart_hours c = chart_of(out->t.mem, b);
	svg_hours(out, &c);
}

void story_chart_table(struct html *out, const struct story_bars *b)
{
	struct chart_hours c = chart_of(out->t.mem, b);
	svg_hours_table(out, &c);
}
