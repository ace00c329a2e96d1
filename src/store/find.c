/*
 * find - one of the few places where the engines need two texts of SQL.
 */
#include "store/find.h"

#include "text/search.h"

SQL2(find_insert, "INSERT INTO article_fts (rowid, title, body) VALUES ($1, $2, $3)",
     "INSERT INTO article_fts (rowid, words) VALUES ($1, CAST($2 AS tsvector) || CAST($3 AS tsvector))");
SQL2(find_delete, "INSERT INTO article_fts (article_fts, rowid, title, body) VALUES ('delete', $1, $2, $3)",
     "DELETE FROM article_fts WHERE rowid = $1 AND CAST($2 AS TEXT) IS NOT NULL AND CAST($3 AS TEXT) IS NOT NULL");
SQL2(find_matches, "SELECT rowid FROM article_fts WHERE article_fts MATCH $1 ORDER BY rowid DESC LIMIT $2",
     "SELECT rowid FROM article_fts WHERE words @@ CAST($1 AS tsquery) ORDER BY rowid DESC LIMIT $2");

static struct str indexed(struct cx *cx, struct str tokens)
{
	return db_engine(cx->db) == SQLITE ? tokens : search_tsvector(cx->mem, tokens);
}

enum err find_add(struct cx *cx, int64_t id, struct str title, struct str body)
{
	return db_run(cx, &find_insert, ARGS(id, indexed(cx, title), indexed(cx, body)));
}

enum err find_remove(struct cx *cx, int64_t id, struct str title, struct str body)
{
	return db_run(cx, &find_delete, ARGS(id, indexed(cx, title), indexed(cx, body)));
}

enum err find_ids(struct cx *cx, const struct search_query *q, int most, int64_t **ret, size_t *ret_n)
{
	struct str match = db_engine(cx->db) == SQLITE ? search_fts5(cx->mem, q) : search_tsquery(cx->mem, q);
	int64_t *ids = NEW_ARRAY(cx->mem, int64_t, (size_t)most);
	size_t n = 0;
	if (match.n) {
		struct rows r = db_query(cx, &find_matches, ARGS(match, most));
		while (db_next(&r))
			ids[n++] = col_int(&r, 0);
		TRY(db_end(cx, &r));
	}
	*ret = ids;
	*ret_n = n;
	return OK;
}
