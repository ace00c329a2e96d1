/*
 * intake_forget - whole texts are kept for a year (PR-11; a setting), then title, lead, address and counts remain.
 */
#include "rooms/monitoring/intake_inner.h"

#include "store/find.h"

enum { FORGET_BATCH = 200 };

SQL(forget_due,
    "SELECT a.id, a.title, a.lead, t.body FROM article a JOIN article_text t ON t.article = a.id WHERE a.published_at < $1"
    " AND t.body <> '' ORDER BY a.published_at, a.id LIMIT $2");
SQL(forget_text, "UPDATE article_text SET body = '', forgotten = 1 WHERE article = $1");
SQL(forget_versions, "UPDATE article_version SET body = '' WHERE article = $1");

struct due { int64_t id; struct str title, lead, body; };

static enum err due_list(struct cx *cx, int64_t before, struct due *ret, size_t *ret_n)
{
	size_t n = 0;
	struct rows r = db_query(cx, &forget_due, ARGS(before, (int)FORGET_BATCH));
	while (db_next(&r))
		ret[n++] = (struct due){ col_int(&r, 0), col_str(&r, cx->mem, 1), col_str(&r, cx->mem, 2), col_str(&r, cx->mem, 3) };
	TRY(db_end(cx, &r));
	*ret_n = n;
	return OK;
}

static enum err forget_one(struct cx *cx, const struct due *d)
{
	struct str title = search_tokens(cx->mem, d->title);
	TRY(find_remove(cx, d->id, title, intake_words(cx->mem, d->lead, d->body)));
	TRY(find_add(cx, d->id, title, intake_words(cx->mem, d->lead, S(""))));
	TRY(db_run(cx, &forget_versions, ARGS(d->id)));
	return db_run(cx, &forget_text, ARGS(d->id));
}

static enum err forget_batch(struct cx *cx, int64_t before, size_t *ret_n)
{
	struct due *due = NEW_ARRAY(cx->mem, struct due, FORGET_BATCH);
	enum err e = OK;
	TRY(due_list(cx, before, due, ret_n));
	TRY(db_begin(cx));
	for (size_t i = 0; i < *ret_n && !e; i++)
		e = forget_one(cx, &due[i]);
	return db_finish(cx, e);
}

enum err intake_forget_texts(struct cx *cx, int64_t before, int64_t most, int64_t *ret_n)
{
	*ret_n = 0;
	for (size_t n = 1; n && *ret_n < most; *ret_n += (int64_t)n) {
		struct arena_mark mark = arena_mark(cx->mem);
		TRY(forget_batch(cx, before, &n));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}
