/*
 * column - a row's values, read by place. Text and bytes are copied into the caller's arena, because the
 * engine's own are gone at the next row.
 */
#include "store/db_engine.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>

static sqlite3_stmt *lite(const struct rows *r)
{
	return ((struct prepared *)r->st)->st;
}

bool col_null(const struct rows *r, int c)
{
	return r->db->engine == SQLITE ? sqlite3_column_type(lite(r), c) == SQLITE_NULL : PQgetisnull(r->st, r->row, c);
}

int64_t col_int(const struct rows *r, int c)
{
	return r->db->engine == SQLITE ? sqlite3_column_int64(lite(r), c) : strtoll(PQgetvalue(r->st, r->row, c), NULL, 10);
}

double col_real(const struct rows *r, int c)
{
	return r->db->engine == SQLITE ? sqlite3_column_double(lite(r), c) : strtod(PQgetvalue(r->st, r->row, c), NULL);
}

struct str col_str(const struct rows *r, struct arena *mem, int c)
{
	if (col_null(r, c))
		return (struct str){ 0 };
	if (r->db->engine == POSTGRES)
		return arena_str(mem, (struct str){ PQgetvalue(r->st, r->row, c), (size_t)PQgetlength(r->st, r->row, c) });
	const char *p = (const char *)sqlite3_column_text(lite(r), c);
	return arena_str(mem, (struct str){ p, (size_t)sqlite3_column_bytes(lite(r), c) });
}

struct str col_bytes(const struct rows *r, struct arena *mem, int c)
{
	if (col_null(r, c))
		return (struct str){ 0 };
	if (r->db->engine == SQLITE) {
		const char *p = sqlite3_column_blob(lite(r), c);
		return arena_str(mem, (struct str){ p, (size_t)sqlite3_column_bytes(lite(r), c) });
	}
	size_t n;
	unsigned char *p = PQunescapeBytea((const unsigned char *)PQgetvalue(r->st, r->row, c), &n);
	BUG_IF(!p);
	struct str s = arena_str(mem, (struct str){ (const char *)p, n });
	PQfreemem(p);
	return s;
}
