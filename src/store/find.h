/*
 * find - the index of words over articles. Tokens are made in C by text/search.h, the same for both engines;
 * SQLite keeps them in FTS5 without the text itself, PostgreSQL as a tsvector with a GIN index. The newest
 * matches come first and are capped: ranking them is the caller's (candidates, then rank).
 */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include "store/db.h"

struct search_query;

/* Title and body as search_tokens gives them; within a transaction. What is removed must be exactly what was added. */
MUST_USE enum err find_add(struct cx *cx, int64_t id, struct str title, struct str body);
MUST_USE enum err find_remove(struct cx *cx, int64_t id, struct str title, struct str body);
/* Ids of the newest `most` matches, newest first. A query with nothing to look for gives none. */
MUST_USE enum err find_ids(struct cx *cx, const struct search_query *q, int most, int64_t **ret, size_t *ret_n);

#endif
