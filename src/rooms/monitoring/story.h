/*
 * story - one matter told by several articles (story: sự việc, cụm tin). Its id is that of the article that
 * founded it. The machine groups; a person merges, splits, renames, pins. What a person decided stands in
 * story_decision, is only ever added to, and binds every later run of the machine (text/cluster.h).
 */
#ifndef ROOMS_MONITORING_STORY_H
#define ROOMS_MONITORING_STORY_H

#include "store/db.h"

struct story {
	int64_t id, first_at, last_at, n, outlets, good, neutral, bad, unfavourable, public, named_by, merged_into;
	struct str title, topic;
	bool pinned;
	int64_t recent; /* articles within the window of the list */
};

struct story_list { struct story *v; size_t n; };

struct story_decision { int64_t id, at, who, story, article, other; struct str kind, words; };
struct story_decision_list { struct story_decision *v; size_t n; };

struct story_outlet { int64_t outlet, n, first_at, good, neutral, bad, copies; struct str name, kind; bool origin; };
struct story_outlet_list { struct story_outlet *v; size_t n; };

/* A story that was merged into another gives that other one. ERR_NOT_FOUND. */
MUST_USE enum err story_load(struct cx *cx, int64_t id, struct story *ret);
/* With at least `least` articles after `since`, most first. label_kind empty: any. */
struct story_filter { int64_t since, until; int least, most; struct str label_kind, label_code; bool public_only; };
MUST_USE enum err story_list(struct cx *cx, const struct story_filter *f, struct story_list *ret);
MUST_USE enum err story_outlets(struct cx *cx, int64_t id, struct story_outlet_list *ret); /* in order of first article */
/* Articles an hour from the first to `until`, at most `most` hours back: total and those of bad tone. */
MUST_USE enum err story_hours(struct cx *cx, int64_t id, int64_t until, int most, int64_t *ret_from, int64_t **ret_all, int64_t **ret_bad);
MUST_USE enum err story_decisions(struct cx *cx, int64_t after_id, int64_t story, struct story_decision_list *ret); /* story 0: of all */

MUST_USE enum err story_rename(struct cx *cx, int64_t id, struct str title); /* ERR_INPUT: empty or over 300 bytes */
MUST_USE enum err story_pin(struct cx *cx, int64_t id, bool pinned);
MUST_USE enum err story_merge(struct cx *cx, int64_t from, int64_t into);    /* ERR_INPUT: the same one */
/* These articles leave for a story of their own. ERR_INPUT: none, all of them, or one that is not in it. */
MUST_USE enum err story_split(struct cx *cx, int64_t id, const int64_t *articles, size_t n, int64_t *ret_new);

/* For those who change articles: counts the story again, within their transaction. */
MUST_USE enum err story_refresh(struct cx *cx, int64_t id);
MUST_USE enum err story_found(struct cx *cx, int64_t id, struct str title, int64_t at); /* its row, before its article's */
MUST_USE enum err story_take(struct cx *cx, int64_t article, int64_t story);
MUST_USE enum err story_forget(struct cx *cx, int64_t id); /* the machine no longer holds it in mind */

#endif
