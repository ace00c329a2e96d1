/*
 * search - articles by words, typed with or without marks; exact matches first.
 *
 * The newest SEARCH_CANDIDATES matches are ranked by BM25 over title (four times) and lead, by the likelihood
 * of the marked form that matched, and by age; what was left out is said (`capped`). Looking for a person's
 * name in the published press is possible; keeping such a search is not (PR-02, saved.h of trends).
 */
#ifndef ROOMS_MONITORING_SEARCH_H
#define ROOMS_MONITORING_SEARCH_H

#include "rooms/monitoring/article.h"
#include "text/search.h"

enum { SEARCH_CANDIDATES = 400 };

struct found { struct article article; double score; };

struct search_result {
	struct found *v;
	size_t n;
	bool capped;         /* more matched than were ranked */
	struct str meant;    /* the marked form taken for a query without marks; empty: as typed */
};

struct search_filter { int64_t from_at, until_at; struct str tone; int most; };

MUST_USE enum err search_run(struct cx *cx, const struct vocab *vocab, struct str words, const struct search_filter *f,
	struct search_result *ret);
/* All words and pairs seen at least twice, for vocab_expand. */
MUST_USE enum err vocab_load(struct cx *cx, struct vocab *v);
MUST_USE enum err vocab_save(struct cx *cx, const struct vocab *fresh); /* adds what was counted since; within a transaction */

#endif
