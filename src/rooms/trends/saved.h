/*
 * saved - a search that is kept: a feed of its own at an address that holds a secret, and, where wanted, an
 * e-mail and a signed webhook for what is new. A search for a person's name is not kept (PR-02).
 */
#ifndef ROOMS_TRENDS_SAVED_H
#define ROOMS_TRENDS_SAVED_H

#include "rooms/monitoring/search.h"

struct saved {
	int64_t id, owner, seen_id, created_at;
	struct str name, query, feed_token, mail_to, hook_url, hook_secret;
};

struct saved_list { struct saved *v; size_t n; };

/* ERR_INPUT: name or query empty, an address that is none, or a query that is a person's name. */
MUST_USE enum err saved_add(struct cx *cx, struct saved *s); /* fills id, feed_token, hook_secret */
MUST_USE enum err saved_drop(struct cx *cx, int64_t id);
MUST_USE enum err saved_mine(struct cx *cx, struct saved_list *ret);
MUST_USE enum err saved_by_token(struct cx *cx, struct str token, struct saved *ret); /* ERR_NOT_FOUND */
/* Two to four syllables, the first a common family name, all with capitals (or with Văn or Thị second); no known place. */
bool looks_like_a_person(struct arena *mem, struct str words);

/* What is new since it was last rung, newest first; `ring` marks it as told. */
MUST_USE enum err saved_fresh(struct cx *cx, const struct vocab *vocab, const struct saved *s, struct article_list *ret);
MUST_USE enum err saved_told(struct cx *cx, const struct saved *s, int64_t newest_id);
MUST_USE enum err saved_to_ring(struct cx *cx, struct saved_list *ret); /* all with an e-mail or a hook */

#endif
