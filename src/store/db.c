/*
 * db - what both engines share: opening by address, the table of prepared statements, transactions.
 * A statement that fails to prepare is a bug of the house, told as ERR_STORE with the engine's words.
 */
#include "store/db_engine.h"

#include <stdlib.h>

SQL2(begin_write, "BEGIN IMMEDIATE", "BEGIN");
SQL(commit_all, "COMMIT");
SQL(rollback_all, "ROLLBACK");

static const struct engine_face *face(const struct db *db)
{
	return db->engine == SQLITE ? &face_sqlite : &face_postgres;
}

enum err db_told(struct db *db, enum err err, const char *message)
{
	snprintf(db->message, sizeof db->message, "%s", message ? message : "no message");
	return err;
}

enum err db_open(const char *url, struct db **ret, struct fault *f)
{
	struct db *db = calloc(1, sizeof *db);
	BUG_IF(!db);
	bool pg = !strncmp(url, "postgres:", 9) || !strncmp(url, "postgresql:", 11);
	db->engine = pg ? POSTGRES : SQLITE;
	const char *conninfo = strncmp(url, "postgres:", 9) || !strncmp(url, "postgres://", 11) ? url : url + 9;
	enum err e = pg ? postgres_connect(db, conninfo) : sqlite_connect(db, strncmp(url, "sqlite:", 7) ? url : url + 7);
	if (e) {
		e = FAULT(f, e, "store.closed", "the database %s cannot be opened: %s", pg ? "on PostgreSQL" : db->path, db->message);
		db_close(db);
		return e;
	}
	*ret = db;
	return OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	face(db)->close(db);
	free(db);
}

enum engine db_engine(const struct db *db)
{
	return db->engine;
}

const char *db_path(const struct db *db)
{
	return db->engine == SQLITE ? db->path : NULL;
}

int64_t db_changes(struct db *db)
{
	return db->changes;
}

static struct prepared *place_of(struct db *db, const struct sql *q)
{
	size_t i = hash_mix((uint64_t)(uintptr_t)q) % PREPARED_MOST;
	BUG_IF(db->nprepared >= PREPARED_MOST * 3 / 4);
	while (db->prepared[i].of && db->prepared[i].of != q)
		i = (i + 1) % PREPARED_MOST;
	return &db->prepared[i];
}

static enum err prepare(struct db *db, const struct sql *q, struct prepared **ret)
{
	struct prepared *p = place_of(db, q);
	if (!p->of) {
		p->of = q;
		snprintf(p->name, sizeof p->name, "q%d", db->nprepared);
		enum err e = face(db)->prepare(db, p);
		if (e) {
			*p = (struct prepared){ 0 };
			return e;
		}
		db->nprepared++;
	}
	*ret = p;
	return OK;
}

enum err db_prepares(struct db *db, const struct sql *q, struct fault *f)
{
	struct prepared *p;
	enum err e = prepare(db, q, &p);
	return e ? FAULT(f, e, "store.statement", "%s at %s: %s", q->name, q->at, db->message) : OK;
}

struct rows db_query(struct cx *cx, const struct sql *q, const struct arg *args, int nargs)
{
	struct rows r = { .db = cx->db, .row = -1 };
	struct prepared *p;
	BUG_IF(nargs > ARGS_MOST);
	r.err = prepare(cx->db, q, &p);
	if (r.err)
		return r;
	BUG_IF(p->busy);
	face(cx->db)->start(&r, p, args, nargs);
	return r;
}

bool db_next(struct rows *r)
{
	return r->st && face(r->db)->next(r);
}

void rows_stop(struct rows *r)
{
	if (r->st)
		face(r->db)->stop(r);
}

enum err db_end(struct cx *cx, struct rows *r)
{
	rows_stop(r);
	if (!r->err)
		return OK;
	static const char *const say[] = { [ERR_CONFLICT] = "store.conflict", [ERR_BUSY] = "store.busy", [ERR_LIMIT] = "store.full",
		                           [ERR_STORE] = "store.broken" };
	return FAIL(cx, r->err, say[r->err], "%s", r->db->message);
}

enum err db_first_at(struct cx *cx, struct rows *r, const char *at, const char *say, int64_t id)
{
	if (db_next(r))
		return OK;
	TRY(db_end(cx, r));
	return fault_set(&cx->fault, at, ERR_NOT_FOUND, say, "there is no row %lld", (long long)id);
}

enum err db_run(struct cx *cx, const struct sql *q, const struct arg *args, int nargs)
{
	struct rows r = db_query(cx, q, args, nargs);
	while (db_next(&r))
		;
	return db_end(cx, &r);
}

enum err db_number(struct cx *cx, const struct sql *q, const struct arg *args, int nargs, int64_t otherwise, int64_t *ret)
{
	struct rows r = db_query(cx, q, args, nargs);
	int64_t v = otherwise;
	if (db_next(&r))
		v = col_null(&r, 0) ? otherwise : col_int(&r, 0);
	TRY(db_end(cx, &r));
	*ret = v;
	return OK;
}

enum err db_script(struct db *db, const char *sql, struct fault *f)
{
	enum err e = face(db)->script(db, sql);
	return e ? FAULT(f, e, "store.script", "%s", db->message) : OK;
}

enum err db_writes_much(struct db *db, struct fault *f)
{
	return db->engine == SQLITE ? db_script(db, "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16384", f) : OK;
}

enum err db_begin(struct cx *cx)
{
	return db_run(cx, &begin_write, NO_ARGS);
}

enum err db_commit(struct cx *cx)
{
	enum err e = db_run(cx, &commit_all, NO_ARGS);
	if (e)
		db_rollback(cx);
	return e;
}

void db_rollback(struct cx *cx)
{
	struct fault kept = cx->fault;
	if (db_run(cx, &rollback_all, NO_ARGS) != OK) /* the engine has rolled back already */
		cx->fault = kept;
}

enum err db_finish(struct cx *cx, enum err e)
{
	if (!e)
		return db_commit(cx);
	db_rollback(cx);
	return e;
}
