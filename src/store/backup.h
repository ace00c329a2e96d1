/*
 * backup - a copy of the database while it serves (SQLite's online backup; writers wait at most one step
 * of 256 pages), read back and checked before it counts. PostgreSQL has its own tools; here it is refused
 * with a sentence that says so.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/db.h"

MUST_USE enum err backup_to(struct db *db, const char *path, struct fault *f);
/* Whole and at a level this program knows: integrity_check, the migration ledger. */
MUST_USE enum err backup_check(const char *path, struct fault *f);

#endif
