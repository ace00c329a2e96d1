/*
 * db_postgres - the same face over PostgreSQL 15. Rows of a query come whole; a lost connection is taken
 * up again and told as ERR_BUSY, so that the caller's one place of retrying serves both engines.
 */
#include "store/db_engine.h"

#include <libpq-fe.h>
#include <stdlib.h>

static void ignore_notice(void *arg, const char *message)
{
	(void)arg, (void)message;
}

enum err postgres_connect(struct db *db, const char *conninfo)
{
	PGconn *pg = PQconnectdb(conninfo);
	db->handle = pg;
	if (PQstatus(pg) != CONNECTION_OK)
		return db_told(db, ERR_STORE, PQerrorMessage(pg));
	PQsetNoticeProcessor(pg, ignore_notice, NULL);
	PQclear(PQexec(pg, "SET client_min_messages = warning"));
	return OK;
}

/* SQLSTATE classes: 23 a constraint, 40001/40P01/55P03 try again, 53100 the disk is full. */
static enum err kind_of(const char *state)
{
	if (!state)
		return ERR_STORE;
	if (!strncmp(state, "23", 2))
		return ERR_CONFLICT;
	if (!strcmp(state, "40001") || !strcmp(state, "40P01") || !strcmp(state, "55P03"))
		return ERR_BUSY;
	return strcmp(state, "53100") ? ERR_STORE : ERR_LIMIT;
}

static enum err told(struct db *db, PGresult *res)
{
	enum err e = kind_of(PQresultErrorField(res, PG_DIAG_SQLSTATE));
	db_told(db, e, PQresultErrorMessage(res));
	PQclear(res);
	if (PQstatus(db->handle) == CONNECTION_OK)
		return e;
	PQreset(db->handle);
	memset(db->prepared, 0, sizeof db->prepared);
	db->nprepared = 0;
	return ERR_BUSY;
}

static bool went_well(const PGresult *res)
{
	ExecStatusType s = PQresultStatus(res);
	return s == PGRES_TUPLES_OK || s == PGRES_COMMAND_OK;
}

static enum err pg_prepare(struct db *db, struct prepared *p)
{
	PGresult *res = PQprepare(db->handle, p->name, p->of->pg ? p->of->pg : p->of->text, 0, NULL);
	if (!went_well(res))
		return told(db, res);
	PQclear(res);
	return OK;
}

static const char *hex_bytes(struct arena *mem, struct str s)
{
	static const char digit[] = "0123456789abcdef";
	char *p = arena_raw(mem, s.n * 2 + 3);
	p[0] = '\\';
	p[1] = 'x';
	for (size_t i = 0; i < s.n; i++) {
		p[2 + i * 2] = digit[(unsigned char)s.p[i] >> 4];
		p[3 + i * 2] = digit[s.p[i] & 15];
	}
	p[2 + s.n * 2] = 0;
	return p;
}

static const char *as_text(struct arena *mem, const struct arg *a)
{
	switch (a->kind) {
	case ARG_INT: return str_fmt(mem, "%lld", (long long)a->i).p;
	case ARG_REAL: return str_fmt(mem, "%.17g", a->d).p;
	case ARG_TEXT: return arena_z(mem, a->s);
	case ARG_BYTES: return hex_bytes(mem, a->s);
	default: return NULL;
	}
}

static void pg_start(struct rows *r, struct prepared *p, const struct arg *args, int nargs)
{
	struct arena mem = { 0 };
	const char *values[ARGS_MOST];
	for (int i = 0; i < nargs; i++)
		values[i] = as_text(&mem, &args[i]);
	PGresult *res = PQexecPrepared(r->db->handle, p->name, nargs, values, NULL, NULL, 0);
	arena_done(&mem);
	if (!went_well(res)) {
		r->err = told(r->db, res);
		return;
	}
	r->st = res;
	r->n = PQntuples(res);
	r->db->changes = atoll(PQcmdTuples(res));
}

static void pg_stop(struct rows *r)
{
	PQclear(r->st);
	r->st = NULL;
}

static bool pg_next(struct rows *r)
{
	if (++r->row < r->n)
		return true;
	pg_stop(r);
	return false;
}

static enum err pg_script(struct db *db, const char *sql)
{
	PGresult *res = PQexec(db->handle, sql);
	if (!went_well(res))
		return told(db, res);
	PQclear(res);
	return OK;
}

static void pg_close(struct db *db)
{
	PQfinish(db->handle);
}

const struct engine_face face_postgres = { pg_prepare, pg_start, pg_next, pg_stop, pg_script, pg_close };
