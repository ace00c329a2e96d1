/*
 * db - one face for SQLite and PostgreSQL: SQL is written once, with $1 $2 …, prepared once a connection,
 * bound by place, read by column. A statement stands above the function that reads it:
 *
 *	SQL(late_requests, "SELECT id, subject FROM request WHERE due_on < $1 ORDER BY due_on, id");
 *
 *	struct rows r = db_query(cx, &late_requests, ARGS(today));
 *	while (db_next(&r)) { … col_int(&r, 0) … col_str(&r, cx->mem, 1) … }
 *	TRY(db_end(cx, &r));
 *
 * House dialect: instants BIGINT seconds UTC (…_at), days INTEGER (…_on), booleans 0/1, ids 63-bit made by
 * id_new(), no LIKE, no date functions, no upper(), NULLS FIRST/LAST always said, sums and counts divided
 * in C. A handle belongs to one thread.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "store/cx.h"

struct db;

struct sql {
	const char *name, *text, *pg; /* pg NULL: the same text serves both engines */
	const char *at;
};

/* A statement enrols itself, so that one test prepares every one on both engines. */
#define SQL2(id, lite_, pg_) \
	static const struct sql id = { #id, lite_, pg_, HERE }; \
	static const struct sql *const id##_enrolled __attribute__((used, section("sql_all"))) = &id
#define SQL(id, text_) SQL2(id, text_, NULL)

enum engine { SQLITE, POSTGRES };

/* "sqlite:PATH" (a bare path too) or "postgres://…" (or "postgres:conninfo"). The handle is the caller's. */
MUST_USE enum err db_open(const char *url, struct db **ret, struct fault *f);
void db_close(struct db *db);
static inline void db_closep(struct db **db) { db_close(*db); }
enum engine db_engine(const struct db *db);

struct arg {
	enum { ARG_NULL, ARG_INT, ARG_REAL, ARG_TEXT, ARG_BYTES } kind;
	int64_t i;
	double d;
	struct str s;
};

static inline struct arg arg_int(int64_t i) { return (struct arg){ .kind = ARG_INT, .i = i }; }
static inline struct arg arg_real(double d) { return (struct arg){ .kind = ARG_REAL, .d = d }; }
static inline struct arg arg_str(struct str s) { return (struct arg){ .kind = s.p ? ARG_TEXT : ARG_NULL, .s = s }; }
static inline struct arg arg_z(const char *z) { return z ? arg_str(str_z(z)) : (struct arg){ .kind = ARG_NULL }; }
static inline struct arg arg_same(struct arg a) { return a; }
static inline struct arg arg_bytes(struct str s) { return (struct arg){ .kind = ARG_BYTES, .s = s }; }
#define ARG_NONE ((struct arg){ .kind = ARG_NULL })
#define TO_ARG(x) \
	_Generic((x), int: arg_int, long: arg_int, long long: arg_int, unsigned: arg_int, size_t: arg_int, bool: arg_int, \
	         double: arg_real, struct str: arg_str, char *: arg_z, const char *: arg_z, struct arg: arg_same)(x)
#define ARG_N(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, _23, _24, n, ...) n
#define ARG_1(a) TO_ARG(a)
#define ARG_2(a, ...) TO_ARG(a), ARG_1(__VA_ARGS__)
#define ARG_3(a, ...) TO_ARG(a), ARG_2(__VA_ARGS__)
#define ARG_4(a, ...) TO_ARG(a), ARG_3(__VA_ARGS__)
#define ARG_5(a, ...) TO_ARG(a), ARG_4(__VA_ARGS__)
#define ARG_6(a, ...) TO_ARG(a), ARG_5(__VA_ARGS__)
#define ARG_7(a, ...) TO_ARG(a), ARG_6(__VA_ARGS__)
#define ARG_8(a, ...) TO_ARG(a), ARG_7(__VA_ARGS__)
#define ARG_9(a, ...) TO_ARG(a), ARG_8(__VA_ARGS__)
#define ARG_10(a, ...) TO_ARG(a), ARG_9(__VA_ARGS__)
#define ARG_11(a, ...) TO_ARG(a), ARG_10(__VA_ARGS__)
#define ARG_12(a, ...) TO_ARG(a), ARG_11(__VA_ARGS__)
#define ARG_13(a, ...) TO_ARG(a), ARG_12(__VA_ARGS__)
#define ARG_14(a, ...) TO_ARG(a), ARG_13(__VA_ARGS__)
#define ARG_15(a, ...) TO_ARG(a), ARG_14(__VA_ARGS__)
#define ARG_16(a, ...) TO_ARG(a), ARG_15(__VA_ARGS__)
#define ARG_17(a, ...) TO_ARG(a), ARG_16(__VA_ARGS__)
#define ARG_18(a, ...) TO_ARG(a), ARG_17(__VA_ARGS__)
#define ARG_19(a, ...) TO_ARG(a), ARG_18(__VA_ARGS__)
#define ARG_20(a, ...) TO_ARG(a), ARG_19(__VA_ARGS__)
#define ARG_21(a, ...) TO_ARG(a), ARG_20(__VA_ARGS__)
#define ARG_22(a, ...) TO_ARG(a), ARG_21(__VA_ARGS__)
#define ARG_23(a, ...) TO_ARG(a), ARG_22(__VA_ARGS__)
#define ARG_24(a, ...) TO_ARG(a), ARG_23(__VA_ARGS__)
#define ARG_CAT2(a, b) a##b
#define ARG_CAT(a, b) ARG_CAT2(a, b)
#define ARG_COUNT(...) ARG_N(__VA_ARGS__, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
#define ARGS(...) (const struct arg[]){ ARG_CAT(ARG_, ARG_COUNT(__VA_ARGS__))(__VA_ARGS__) }, ARG_COUNT(__VA_ARGS__)
#define NO_ARGS NULL, 0

/* Rows end themselves when db_next says false; rows_stop ends them early. db_end tells whether all went
 * well: ERR_CONFLICT (a key or a check stands against it), ERR_BUSY (try again), ERR_LIMIT (the disk is full),
 * ERR_STORE. */
struct rows {
	struct db *db;
	void *st;
	int row, n;
	enum err err;
};

struct rows db_query(struct cx *cx, const struct sql *q, const struct arg *args, int nargs);
bool db_next(struct rows *r);
void rows_stop(struct rows *r);
MUST_USE enum err db_end(struct cx *cx, struct rows *r);
/* Steps to the row of one thing that should be there; ERR_NOT_FOUND, said as `say`, when it is not. Read it, then db_end. */
#define db_first(cx, r, say, id) db_first_at((cx), (r), HERE, (say), (id))
MUST_USE enum err db_first_at(struct cx *cx, struct rows *r, const char *at, const char *say, int64_t id);
/* All rows into `list` (members v and n), in cx->mem; the last argument makes one of a row. Returns from the function on failure. */
#define DB_LIST(cx, r, list, ...) \
	do { \
		size_t cap_ = 0; \
		while (db_next(&(r))) { \
			GROW((cx)->mem, (list).v, (list).n, cap_); \
			(list).v[(list).n] = __VA_ARGS__; \
			(list).n++; \
		} \
		TRY(db_end((cx), &(r))); \
	} while (0)
MUST_USE enum err db_run(struct cx *cx, const struct sql *q, const struct arg *args, int nargs); /* no rows wanted */
/* The first column of the first row; `otherwise` when there is none. */
MUST_USE enum err db_number(struct cx *cx, const struct sql *q, const struct arg *args, int nargs, int64_t otherwise, int64_t *ret);

bool col_null(const struct rows *r, int c);
int64_t col_int(const struct rows *r, int c);                     /* NULL: 0 */
double col_real(const struct rows *r, int c);
struct str col_str(const struct rows *r, struct arena *mem, int c);   /* copied; NULL gives p == NULL */
struct str col_bytes(const struct rows *r, struct arena *mem, int c); /* copied */

/* Transactions do not nest. db_begin takes the write lock at once (BEGIN IMMEDIATE). */
MUST_USE enum err db_begin(struct cx *cx);
MUST_USE enum err db_commit(struct cx *cx);
void db_rollback(struct cx *cx);
/* Ends what db_begin began: commits when `e` is OK, else takes all back. Returns `e`, or why it could not be committed. */
MUST_USE enum err db_finish(struct cx *cx, enum err e);

MUST_USE enum err db_script(struct db *db, const char *sql, struct fault *f); /* migrations; one statement a call on PostgreSQL */
MUST_USE enum err db_prepares(struct db *db, const struct sql *q, struct fault *f);
/* For the one writer: more memory and fewer checkpoints (SQLite: 64 MB each). */
MUST_USE enum err db_writes_much(struct db *db, struct fault *f);
int64_t db_changes(struct db *db); /* rows touched by the last db_run */
const char *db_path(const struct db *db); /* SQLite's file, else NULL */

/* Statements with another text on each engine are rare; those that are made at run time do not exist. */
extern const struct sql *const __start_sql_all[], *const __stop_sql_all[];

/* 63 bits: 41 of milliseconds since 2020-01-01, 10 of the node, 12 of a sequence. Rises within a process. */
int64_t id_new(void);
void id_node(int node); /* 0…1023 */

#endif
