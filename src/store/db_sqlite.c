/*
 * db_sqlite - the embedded engine: one file, WAL, one connection a thread, write transactions that take
 * their lock at once and wait at most five seconds for it. SQLite numbers $n by first appearance, so
 * arguments are bound by name.
 */
#include "store/db_engine.h"

#include <sqlite3.h>
#include <stdlib.h>

static enum err kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT: return ERR_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return ERR_BUSY;
	case SQLITE_FULL: return ERR_LIMIT;
	default: return ERR_STORE;
	}
}

static enum err told(struct db *db, int code)
{
	return db_told(db, kind_of(code), sqlite3_errmsg(db->handle));
}

/* A new database changes its journal's mode, once; the busy timeout does not hold for that. */
static int set_up(sqlite3 *h)
{
	enum { TRIES = 500, PAUSE_MS = 10 };
	int code = SQLITE_BUSY;
	for (int i = 0; i < TRIES && (code & 0xff) == SQLITE_BUSY; i++) {
		sqlite3_sleep(i ? PAUSE_MS : 0);
		code = sqlite3_exec(h,
		                    "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
		                    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=67108864",
		                    NULL, NULL, NULL);
	}
	return code;
}

enum err sqlite_connect(struct db *db, const char *path)
{
	sqlite3 *h;
	snprintf(db->path, sizeof db->path, "%s", path);
	int code = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	db->handle = h;
	if (code)
		return told(db, code);
	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, 5000);
	code = set_up(h);
	return code ? told(db, code) : OK;
}

static enum err lite_prepare(struct db *db, struct prepared *p)
{
	sqlite3_stmt *st;
	const char *tail;
	int code = sqlite3_prepare_v3(db->handle, p->of->text, -1, SQLITE_PREPARE_PERSISTENT, &st, &tail);
	if (code)
		return told(db, code);
	for (int i = 0; i < ARGS_MOST; i++) {
		char name[8];
		snprintf(name, sizeof name, "$%d", i + 1);
		p->place[i] = sqlite3_bind_parameter_index(st, name);
	}
	p->st = st;
	return OK;
}

static void bind(sqlite3_stmt *st, int place, const struct arg *a)
{
	switch (a->kind) {
	case ARG_NULL: sqlite3_bind_null(st, place); break;
	case ARG_INT: sqlite3_bind_int64(st, place, a->i); break;
	case ARG_REAL: sqlite3_bind_double(st, place, a->d); break;
	case ARG_TEXT: sqlite3_bind_text64(st, place, a->s.p, a->s.n, SQLITE_STATIC, SQLITE_UTF8); break;
	case ARG_BYTES: sqlite3_bind_blob64(st, place, a->s.n ? a->s.p : "", a->s.n, SQLITE_STATIC); break;
	}
}

static void lite_start(struct rows *r, struct prepared *p, const struct arg *args, int nargs)
{
	for (int i = 0; i < nargs; i++) {
		BUG_IF(!p->place[i]);
		bind(p->st, p->place[i], &args[i]);
	}
	p->busy = true;
	r->st = p;
}

static void lite_stop(struct rows *r)
{
	struct prepared *p = r->st;
	sqlite3_reset(p->st);
	sqlite3_clear_bindings(p->st);
	p->busy = false;
	r->st = NULL;
}

static bool lite_next(struct rows *r)
{
	struct prepared *p = r->st;
	int code = sqlite3_step(p->st);
	if (code == SQLITE_ROW) {
		r->row++;
		return true;
	}
	if (code != SQLITE_DONE)
		r->err = told(r->db, code);
	r->db->changes = sqlite3_changes64(r->db->handle);
	lite_stop(r);
	return false;
}

static enum err lite_script(struct db *db, const char *sql)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return code ? told(db, code) : OK;
}

static void lite_close(struct db *db)
{
	for (size_t i = 0; i < PREPARED_MOST; i++)
		sqlite3_finalize(db->prepared[i].st);
	sqlite3_close(db->handle);
}

const struct engine_face face_sqlite = { lite_prepare, lite_start, lite_next, lite_stop, lite_script, lite_close };
