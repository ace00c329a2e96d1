/*
 * store_test - a database for a test: SQLite in the test's own folder, migrated. Where the test script has
 * started PostgreSQL (NHIPCAU_TEST_PG holds its address), test_cx_pg gives a schema of its own there.
 */
#ifndef STORE_STORE_TEST_H
#define STORE_STORE_TEST_H

#include "store/db.h"

struct cx test_cx(void);                 /* SQLite; closed after the test by test_cx_done */
bool test_cx_pg(struct cx *ret);         /* false: no PostgreSQL here */
void test_cx_done(struct cx *cx);

#endif
