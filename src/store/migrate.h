/*
 * migrate - the schema moves forward. Each numbered file of src/store/migrations is run once, in a
 * transaction, and remembered with its hash; a file that changed after it ran stops the start (ERR_STORE).
 * Before an older SQLite database is changed, it is copied beside itself (NAME.before-N).
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

MUST_USE enum err migrate(struct db *db, struct fault *f);
/* The same, but no further than step `upto`: how tests come by the database of an older program. */
MUST_USE enum err migrate_upto(struct db *db, int upto, struct fault *f);
int migrate_newest(void);                                       /* number of the last step in this binary */
MUST_USE enum err migrate_level(struct db *db, int *ret, struct fault *f); /* 0: an empty database */

#endif
