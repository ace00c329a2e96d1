/*
 * Both engines behind one face: statements, transactions, migrations, the audit, backup.
 */
#include "store/store_test.h"

#include "base/test.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/migrate.h"

#include <stdlib.h>

struct cx test_cx(void)
{
	struct cx cx = { .mem = test_mem(), .lang = "vi", .now = 1795478400, .who = { .id = 1 } };
	char url[200];
	snprintf(url, sizeof url, "%s/test.db", test_dir());
	if (db_open(url, &cx.db, &cx.fault) || migrate(cx.db, &cx.fault))
		test_failed(__FILE__, __LINE__, cx.fault.detail);
	return cx;
}

bool test_cx_pg(struct cx *ret)
{
	const char *url = getenv("NHIPCAU_TEST_PG");
	if (!url)
		return false;
	*ret = (struct cx){ .mem = test_mem(), .lang = "vi", .now = 1795478400, .who = { .id = 1 } };
	if (db_open(url, &ret->db, &ret->fault) ||
	    db_script(ret->db, "DROP SCHEMA IF EXISTS test CASCADE", &ret->fault) ||
	    db_script(ret->db, "CREATE SCHEMA test", &ret->fault) ||
	    db_script(ret->db, "SET search_path TO test", &ret->fault) || migrate(ret->db, &ret->fault))
		test_failed(__FILE__, __LINE__, ret->fault.detail);
	return true;
}

void test_cx_done(struct cx *cx)
{
	db_close(cx->db);
	cx->db = NULL;
}

static void all_prepare(struct cx *cx)
{
	for (const struct sql *const *q = __start_sql_all; q < __stop_sql_all; q++)
		if (db_prepares(cx->db, *q, &cx->fault))
			test_failed(__FILE__, __LINE__, cx->fault.detail);
	test_cx_done(cx);
}

TEST(every_statement_prepares_on_sqlite)
{
	struct cx cx = test_cx();
	all_prepare(&cx);
}

TEST(every_statement_prepares_on_postgresql)
{
	struct cx cx;
	if (test_cx_pg(&cx))
		all_prepare(&cx);
}

SQL(test_put, "INSERT INTO setting (name, value, changed_at, changed_by) VALUES ($1, $2, $3, $4)");
SQL(test_get, "SELECT value, changed_at FROM setting WHERE changed_by = $2 AND name = $1");
SQL(test_count, "SELECT count(*) FROM setting");

static void writes_and_reads(struct cx *cx)
{
	CHECK(db_run(cx, &test_put, ARGS("tỉnh", "Mẫu", cx->now, 7)) == OK);
	CHECK(db_run(cx, &test_put, ARGS("tỉnh", "Khác", cx->now, 7)) == ERR_CONFLICT);
	struct rows r = db_query(cx, &test_get, ARGS("tỉnh", 7));
	CHECK(db_next(&r));
	CHECK_STR(col_str(&r, cx->mem, 0), "Mẫu");
	CHECK_INT(col_int(&r, 1), cx->now);
	CHECK(!db_next(&r));
	CHECK(db_end(cx, &r) == OK);
}

static void rolls_back(struct cx *cx)
{
	int64_t n;
	CHECK(db_begin(cx) == OK);
	CHECK(db_run(cx, &test_put, ARGS("a", "b", cx->now, 7)) == OK);
	db_rollback(cx);
	CHECK(db_number(cx, &test_count, NO_ARGS, -1, &n) == OK);
	CHECK_INT(n, 1);
}

TEST(a_row_goes_in_comes_out_and_a_second_of_its_key_is_a_conflict)
{
	struct cx cx = test_cx();
	writes_and_reads(&cx);
	rolls_back(&cx);
	test_cx_done(&cx);
	if (test_cx_pg(&cx)) {
		writes_and_reads(&cx);
		rolls_back(&cx);
		test_cx_done(&cx);
	}
}

TEST(ids_rise_and_never_meet)
{
	int64_t before = 0;
	for (int i = 0; i < 20000; i++) {
		int64_t id = id_new();
		CHECK(id > before);
		before = id;
	}
}

TEST(a_migration_that_changed_after_it_ran_stops_the_start)
{
	struct cx cx = test_cx();
	CHECK(migrate(cx.db, &cx.fault) == OK);
	CHECK(db_script(cx.db, "UPDATE migration SET hash = 'x' WHERE number = 1", &cx.fault) == OK);
	CHECK(migrate(cx.db, &cx.fault) == ERR_STORE);
	CHECK(strstr(cx.fault.detail, "has changed"));
	test_cx_done(&cx);
}

SQL(test_articles, "SELECT count(*) FROM article");

/* A setting written at the first step, and every later step over it. */
static void moves_forward(struct cx *cx)
{
	struct fault unread;
	int level = -1;
	int64_t n = -1;
	CHECK(migrate_upto(cx->db, 1, &cx->fault) == OK);
	CHECK(migrate_level(cx->db, &level, &cx->fault) == OK && level == 1);
	CHECK(db_prepares(cx->db, &test_articles, &unread) != OK);
	CHECK(db_run(cx, &test_put, ARGS("tỉnh", "Mẫu", cx->now, 7)) == OK);
	CHECK(migrate(cx->db, &cx->fault) == OK);
	CHECK(migrate_level(cx->db, &level, &cx->fault) == OK && level == migrate_newest());
	CHECK(db_number(cx, &test_articles, NO_ARGS, -1, &n) == OK && n == 0);
	CHECK(db_number(cx, &test_count, NO_ARGS, -1, &n) == OK && n == 1);
}

TEST(an_older_database_is_copied_and_moved_forward_with_what_it_holds)
{
	struct cx cx = { .mem = test_mem(), .now = 1795478400 }, kept = cx;
	struct str path = str_fmt(cx.mem, "%s/old.db", test_dir()), copy = str_fmt(cx.mem, "%s.before-%d", path.p, migrate_newest());
	int level = -1;
	int64_t n = -1;
	CHECK(db_open(path.p, &cx.db, &cx.fault) == OK);
	moves_forward(&cx);
	test_cx_done(&cx);
	CHECK(db_open(copy.p, &kept.db, &kept.fault) == OK);
	CHECK(migrate_level(kept.db, &level, &kept.fault) == OK && level == 1);
	CHECK(db_number(&kept, &test_count, NO_ARGS, -1, &n) == OK && n == 1);
	test_cx_done(&kept);
}

TEST(a_new_database_is_not_copied_and_one_at_the_newest_step_is_left_as_it_is)
{
	struct cx cx = test_cx();
	CHECK(migrate(cx.db, &cx.fault) == OK);
	FILE *copy = fopen(str_fmt(cx.mem, "%s.before-%d", db_path(cx.db), migrate_newest()).p, "r");
	CHECK(!copy);
	test_cx_done(&cx);
}

TEST(an_older_database_on_postgresql_is_moved_forward_with_what_it_holds)
{
	struct cx cx;
	if (!test_cx_pg(&cx))
		return;
	CHECK(db_script(cx.db, "DROP SCHEMA test CASCADE", &cx.fault) == OK && db_script(cx.db, "CREATE SCHEMA test", &cx.fault) == OK);
	moves_forward(&cx);
	test_cx_done(&cx);
}

TEST(a_database_of_a_newer_program_is_left_alone)
{
	struct cx cx = test_cx();
	CHECK(db_script(cx.db, "INSERT INTO migration VALUES (999, 'later', 'x', 0)", &cx.fault) == OK);
	CHECK(migrate(cx.db, &cx.fault) == ERR_STORE);
	test_cx_done(&cx);
}

TEST(an_audit_line_that_was_changed_shows)
{
	struct cx cx = test_cx();
	int64_t broken = -1;
	for (int i = 0; i < 5; i++)
		CHECK(audit_add(&cx, "rename", "story", i, S("chi tiết")) == OK);
	CHECK(audit_verify(&cx, &broken) == OK);
	CHECK_INT(broken, 0);
	CHECK(db_script(cx.db, "UPDATE audit SET detail = 'khác' WHERE object_id = 3", &cx.fault) == OK);
	CHECK(audit_verify(&cx, &broken) == OK);
	CHECK(broken != 0);
	test_cx_done(&cx);
}

TEST(a_backup_is_whole_and_rubbish_is_refused)
{
	struct cx cx = test_cx();
	struct str to = str_fmt(cx.mem, "%s/copy.db", test_dir()), junk = str_fmt(cx.mem, "%s/junk", test_dir());
	CHECK(db_run(&cx, &test_put, ARGS("a", "b", cx.now, 7)) == OK);
	CHECK(backup_to(cx.db, to.p, &cx.fault) == OK);
	CHECK(backup_check(to.p, &cx.fault) == OK);
	FILE *f = fopen(junk.p, "w");
	fputs("not a database at all, but long enough to look at", f);
	fclose(f);
	CHECK(backup_check(junk.p, &cx.fault) == ERR_INPUT);
	CHECK(backup_to(cx.db, "/no/such/folder/x.db", &cx.fault) == ERR_INPUT);
	test_cx_done(&cx);
}
