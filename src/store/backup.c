/*
 * backup - written to PATH.part, checked, synced, then renamed: a file under the final name is whole.
 */
#include "store/backup.h"

#include "store/db_engine.h"
#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_PAGES = 256 };

static enum err copy_pages(struct db *db, sqlite3 *to, struct fault *f)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", db->handle, "main");
	int code = SQLITE_OK;
	if (!b)
		return FAULT(f, ERR_STORE, "store.backup", "the copy cannot begin: %s", sqlite3_errmsg(to));
	do {
		code = sqlite3_backup_step(b, STEP_PAGES);
		if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
			sqlite3_sleep(5);
	} while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
	sqlite3_backup_finish(b);
	if (code == SQLITE_DONE)
		return OK;
	return FAULT(f, (code & 0xff) == SQLITE_FULL ? ERR_LIMIT : ERR_STORE, "store.backup", "the copy broke off: %s", sqlite3_errstr(code));
}

static enum err sync_and_name(const char *part, const char *path, struct fault *f)
{
	int fd = open(part, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && !fsync(fd) && !rename(part, path);
	int why = errno;
	if (fd >= 0)
		close(fd);
	return good ? OK : FAULT(f, ERR_STORE, "store.backup", "%s cannot be kept: %s", path, strerror(why));
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return a && !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static void leave_nothing(const char *part)
{
	char journal[620];
	snprintf(journal, sizeof journal, "%s-journal", part);
	remove(journal);
	remove(part);
}

enum err backup_to(struct db *db, const char *path, struct fault *f)
{
	char part[600];
	sqlite3 *to = NULL;
	if (db->engine != SQLITE)
		return FAULT(f, ERR_INPUT, "store.backup_pg", "a PostgreSQL database is saved with pg_dump or pg_basebackup, not here");
	if ((size_t)snprintf(part, sizeof part, "%s.part", path) >= sizeof part)
		return FAULT(f, ERR_INPUT, "store.backup", "the name of the backup is longer than %zu bytes", sizeof part - 6);
	if (same_file(db_path(db), path))
		return FAULT(f, ERR_INPUT, "store.backup", "%s is the database itself: name another file", path);
	remove(part);
	int code = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	enum err e = code ? FAULT(f, ERR_INPUT, "store.backup", "%s cannot be written: %s", part, sqlite3_errmsg(to)) : copy_pages(db, to, f);
	if (!e)
		sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	sqlite3_close(to);
	if (!e)
		e = backup_check(part, f);
	if (!e)
		e = sync_and_name(part, path, f);
	if (e)
		leave_nothing(part);
	return e;
}

static int first_word(void *to, int n, char **values, char **names)
{
	(void)n, (void)names;
	snprintf(to, 200, "%s", values[0] ? values[0] : "");
	return 0;
}

enum err backup_check(const char *path, struct fault *f)
{
	sqlite3 *h = NULL;
	char whole[200] = "", level[200] = "";
	int code = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL);
	if (!code)
		code = sqlite3_exec(h, "PRAGMA integrity_check(1)", first_word, whole, NULL);
	if (!code)
		code = sqlite3_exec(h, "SELECT max(number) FROM migration", first_word, level, NULL);
	enum err e = OK;
	if (code)
		e = FAULT(f, ERR_INPUT, "store.not_ours", "%s is not a database of this program: %s", path, sqlite3_errmsg(h));
	else if (strcmp(whole, "ok"))
		e = FAULT(f, ERR_INPUT, "store.damaged", "%s is damaged: %s", path, whole);
	else if (atoi(level) > migrate_newest())
		e = FAULT(f, ERR_INPUT, "store.newer", "%s comes from a newer program (step %s)", path, level);
	sqlite3_close(h);
	return e;
}
