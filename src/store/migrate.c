/*
 * migrate - runs what is missing, one statement a call, because PostgreSQL's extensions refuse several at
 * once. @id@ and @bytes@ stand for the two words in which the engines differ.
 */
#include "store/migrate.h"

#include "base/time.h"

#include <inttypes.h>

extern const char embed_0001_house_sql[], embed_0002_monitoring_sql[], embed_0002_search_sqlite_sql[],
	embed_0002_search_postgres_sql[], embed_0003_trends_sql[];

struct step {
	int number;
	const char *name, *sql, *sqlite, *postgres;
};

static const struct step steps[] = {
	{ 1, "house", embed_0001_house_sql, NULL, NULL },
	{ 2, "monitoring", embed_0002_monitoring_sql, embed_0002_search_sqlite_sql, embed_0002_search_postgres_sql },
	{ 3, "trends", embed_0003_trends_sql, NULL, NULL },
};

static const char ledger[] =
	"CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL,"
	" run_at BIGINT NOT NULL)";

/* Not enrolled with SQL(): the ledger is not there before the first step, when all others cannot prepare either. */
static const struct sql ledger_read = { "ledger_read", "SELECT number, hash FROM migration ORDER BY number", NULL, HERE };
static const struct sql ledger_has = { "ledger_has", "SELECT count(*) FROM migration WHERE number = $1", NULL, HERE };
static const struct sql ledger_write = { "ledger_write",
	"INSERT INTO migration (number, name, hash, run_at) VALUES ($1, $2, $3, $4)", NULL, HERE };

int migrate_newest(void)
{
	return steps[COUNT(steps) - 1].number;
}

static struct str step_hash(struct arena *mem, const struct step *s)
{
	uint64_t h = hash_str(str_z(s->sql));
	if (s->sqlite)
		h = hash64(s->sqlite, strlen(s->sqlite), h);
	if (s->postgres)
		h = hash64(s->postgres, strlen(s->postgres), h);
	return str_fmt(mem, "%016" PRIx64, h);
}

static void add_statement(struct text *t, struct str s, enum engine engine)
{
	static const struct { struct str mark; const char *word[2]; } words[] = {
		{ S_INIT("@id@"), { "INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY" } },
		{ S_INIT("@bytes@"), { "BLOB", "BYTEA" } },
	};
	while (s.n) {
		size_t w = 0;
		while (w < COUNT(words) && !str_starts(s, words[w].mark))
			w++;
		if (w < COUNT(words))
			text_z(t, words[w].word[engine]);
		else
			text_c(t, s.p[0]);
		s = str_sub(s, w < COUNT(words) ? words[w].mark.n : 1, s.n);
	}
}

static enum err run_file(struct cx *cx, const char *sql)
{
	struct str rest = str_z(sql ? sql : ""), one;
	while (str_split(&rest, ';', &one)) {
		if (!str_trim(one).n)
			continue;
		struct text t = text_new(cx->mem);
		add_statement(&t, one, db_engine(cx->db));
		TRY(db_script(cx->db, text_str(&t).p, &cx->fault));
	}
	return OK;
}

/* Within the transaction: two programs started together on a new folder each find no step run, and one waits. */
static enum err step_in(struct cx *cx, const struct step *s)
{
	int64_t ran;
	if (db_engine(cx->db) != SQLITE)
		TRY(db_script(cx->db, "LOCK TABLE migration", &cx->fault));
	TRY(db_number(cx, &ledger_has, ARGS(s->number), 0, &ran));
	if (ran)
		return OK;
	TRY(run_file(cx, s->sql));
	TRY(run_file(cx, db_engine(cx->db) == SQLITE ? s->sqlite : s->postgres));
	return db_run(cx, &ledger_write, ARGS(s->number, s->name, step_hash(cx->mem, s), clock_now()));
}

static enum err run_step(struct cx *cx, const struct step *s)
{
	TRY(db_begin(cx));
	return db_finish(cx, step_in(cx, s));
}

static enum err read_level(struct cx *cx, int *ret)
{
	int level = 0;
	TRY(db_script(cx->db, ledger, &cx->fault));
	struct rows r = db_query(cx, &ledger_read, NO_ARGS);
	while (db_next(&r)) {
		size_t i = (size_t)level;
		level = (int)col_int(&r, 0);
		if (i < COUNT(steps) && !str_eq(col_str(&r, cx->mem, 1), step_hash(cx->mem, &steps[i]))) {
			rows_stop(&r);
			return FAIL(cx, ERR_STORE, "store.changed", "migration %d (%s) has changed since it ran: restore the program that "
				    "made this database, or its backup", steps[i].number, steps[i].name);
		}
	}
	TRY(db_end(cx, &r));
	if (level > migrate_newest())
		return FAIL(cx, ERR_STORE, "store.newer", "the database is at step %d, this program knows %d: use a newer program", level,
		            migrate_newest());
	*ret = level;
	return OK;
}

static enum err copy_first(struct cx *cx, int level)
{
	const char *path = db_path(cx->db);
	if (!path || !level || !strcmp(path, ":memory:"))
		return OK;
	struct str copy = str_fmt(cx->mem, "%s.before-%d", path, migrate_newest());
	remove(copy.p);
	return db_script(cx->db, str_fmt(cx->mem, "VACUUM INTO '%.*s'", FMT(copy)).p, &cx->fault);
}

static enum err migrate_in(struct cx *cx, int upto)
{
	int level;
	TRY(read_level(cx, &level));
	if (level < upto)
		TRY(copy_first(cx, level));
	for (size_t i = 0; i < COUNT(steps); i++)
		if (steps[i].number > level && steps[i].number <= upto)
			TRY(run_step(cx, &steps[i]));
	return OK;
}

enum err migrate_upto(struct db *db, int upto, struct fault *f)
{
	struct arena mem = { 0 };
	struct cx cx = { .mem = &mem, .db = db };
	enum err e = migrate_in(&cx, upto);
	*f = cx.fault;
	arena_done(&mem);
	return e;
}

enum err migrate(struct db *db, struct fault *f)
{
	return migrate_upto(db, migrate_newest(), f);
}

enum err migrate_level(struct db *db, int *ret, struct fault *f)
{
	struct arena mem = { 0 };
	struct cx cx = { .mem = &mem, .db = db };
	enum err e = read_level(&cx, ret);
	*f = cx.fault;
	arena_done(&mem);
	return e;
}
