/*
 * monitoring_pages - what the pages of this room share: the words of codes, an article as a row, who a person is;
 * and the tables of all its addresses. PR-14: a label of the machine is never shown without saying so. No share in
 * percent is shown of fewer than SHARE_LEAST articles: counts stand there.
 */
#ifndef ROOMS_MONITORING_MONITORING_PAGES_H
#define ROOMS_MONITORING_MONITORING_PAGES_H

#include "rooms/monitoring/article.h"
#include "rooms/monitoring/story.h"
#include "web/catalog.h"
#include "web/parts.h"

enum { SHARE_LEAST = 30, PAGE_ROWS = 50 };

extern const struct route stream_rows[1], article_rows[2], story_rows[6], source_rows[6], search_rows[1], manual_rows[2],
	monitoring_api_rows[7];
extern const struct route_table monitoring_tables[];
extern const size_t monitoring_tables_n;

struct article_view {
	struct article a;
	struct article_label_list labels;
	struct story story;                 /* id 0: none, or of this article alone */
	bool box;                           /* a box to choose it stands before it */
};

struct article_views { struct article_view *v; size_t n; };

/* "tone." and "good": the text of the catalogue, or the code itself where there is none. */
struct str say_code(struct cx *cx, const char *prefix, struct str code);
struct str label_say(struct cx *cx, const struct article_label *l); /* a topic, place or body in words */
enum chip_kind tone_chip(struct str tone);                           /* good, neutral, bad; also favourable, unfavourable */
void part_labels_state(struct html *out, struct cx *cx, const struct article *a); /* "máy đoán, chưa kiểm duyệt", or confirmed */
/* Shares from SHARE_LEAST articles on, else counts; the bar beside it. */
void part_tone_counts(struct html *out, struct cx *cx, int64_t bad, int64_t neutral, int64_t good, int64_t all);
MUST_USE enum err article_views(struct cx *cx, const struct article_list *list, struct article_views *ret);
struct str staff_say(struct cx *cx, int64_t id);                     /* the name of an account; 0 is the machine */
struct str day_for_field(struct cx *cx, int64_t at);                 /* 2026-11-23 for <input type=date>; empty for 0 */
/* The choices of a select; `first` is the key of the text for no choice (NULL: "all"). */
struct choice_list { struct choice *v; size_t n; const char *first; };
struct choice_list choices_of(struct cx *cx, const char *prefix, const char *codes); /* codes parted by spaces */
struct choice_list topic_choices(struct cx *cx);
MUST_USE enum err outlet_choices(struct cx *cx, struct choice_list *ret);
void part_pick(struct html *out, struct cx *cx, const char *name, const char *label, const struct choice_list *c, struct str now);
extern const char *const tone_codes, *const stance_codes, *const scope_codes, *const outlet_kind_codes, *const source_kind_codes;

void page_article_row(struct html *out, struct cx *cx, const struct article_view *v);

#endif
