/*
 * outlet - who publishes (outlet: cơ quan báo chí) and where we look (source: nguồn tin).
 *
 * A source belongs to an outlet with a press licence or an official portal, and is read only after a
 * person has approved it. The kinds are feed, sitemap, warc, jsonl and manual; there is none for a personal
 * account, page, group or channel (PR-01), and addresses on such platforms are refused. Outlets are shown
 * with counts, never ranked by tone (PR-04).
 */
#ifndef ROOMS_MONITORING_OUTLET_H
#define ROOMS_MONITORING_OUTLET_H

#include "net/schedule.h"
#include "store/cx.h"

struct outlet {
	int64_t id;
	struct str name, kind, home, licence; /* kind: online, print, radio_tv, aggregator, portal */
	int64_t approved_at;
};

struct outlet_list { struct outlet *v; size_t n; };

struct source {
	int64_t id, outlet;
	struct str kind, url, title, permission;
	struct str outlet_name, outlet_kind;
	int64_t approved_at, verified_at, next_poll_at, checked_at, ok_at, new_at, items;
	int failed_in_row, unreadable_in_row, status;
	struct str state, said, etag, modified; /* state: fetch_state_name(), or "new" */
	struct poll_history polls;
	enum source_health health;
	bool paused;
};

struct source_list { struct source *v; size_t n; };

/* Finds the outlet by name, or makes it, unapproved. ERR_INPUT: no name, unknown kind. */
MUST_USE enum err outlet_find_or_add(struct cx *cx, struct str name, struct str kind, struct str home, int64_t *ret);
MUST_USE enum err outlet_kind_of(struct cx *cx, int64_t id, struct str *ret);
/* Keeps the press licence as said, unless one is kept already; an empty one says nothing. */
MUST_USE enum err outlet_licence_note(struct cx *cx, int64_t id, struct str licence);
MUST_USE enum err outlet_list(struct cx *cx, struct outlet_list *ret);
bool outlet_kind_known(struct str kind);

/* ERR_INPUT: kind or address wrong, or the address is a personal platform's (say: monitoring.source_social);
 * ERR_CONFLICT: the address is there already. A new source waits for approval. */
MUST_USE enum err source_add(struct cx *cx, const struct source *s, int64_t *ret);
MUST_USE enum err source_approve(struct cx *cx, int64_t id);
MUST_USE enum err source_pause(struct cx *cx, int64_t id, bool paused);
MUST_USE enum err source_load(struct cx *cx, int64_t id, struct source *ret);
MUST_USE enum err source_list(struct cx *cx, struct source_list *ret); /* worst health first, then by outlet */
MUST_USE enum err sources_due(struct cx *cx, int64_t most, struct source_list *ret);
/* What a poll brought: moves the next one by net/schedule.h and keeps the state in a word. */
struct source_seen {
	const char *state, *said;    /* fetch_state_name(); more words for the log, or NULL */
	int status, items, fresh;
	double failure;              /* fetch_state_weight(); 0: it was answered */
	bool unreadable;             /* answered, but no entry was understood */
	int64_t retry_after;
	struct str etag, modified;
};
MUST_USE enum err source_note(struct cx *cx, int64_t id, const struct source_seen *seen);
/* Healthy sources of all approved ones, as said beside every figure ("3 of 214 late"). */
struct coverage { int64_t all, alive, late, silent, broken, blocked; };
MUST_USE enum err source_coverage(struct cx *cx, struct coverage *ret);

/* OPML out: every source with its outlet, licence and whether it was ever read. */
MUST_USE enum err source_opml(struct cx *cx, struct str *ret);

#endif
