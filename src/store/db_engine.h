/*
 * db_engine - what an engine must be able to do; seen only by db.c and the two engines. Each keeps its
 * prepared statements beside the statement's address, so a statement is prepared once a connection.
 */
#ifndef STORE_DB_ENGINE_H
#define STORE_DB_ENGINE_H

#include "store/db.h"

enum { ARGS_MOST = 24, PREPARED_MOST = 1024 };

struct prepared {
	const struct sql *of;
	void *st;                    /* SQLite's statement */
	char name[16];               /* PostgreSQL's name for it */
	int place[ARGS_MOST];        /* SQLite: where $1 … stand */
	bool busy;                   /* its rows are being read */
};

struct db {
	enum engine engine;
	void *handle;                /* sqlite3 * or PGconn * */
	char path[512];
	struct prepared prepared[PREPARED_MOST];
	int nprepared;
	char message[300];
	int64_t changes;
};

struct engine_face {
	enum err (*prepare)(struct db *, struct prepared *);
	void (*start)(struct rows *, struct prepared *, const struct arg *, int);
	bool (*next)(struct rows *);
	void (*stop)(struct rows *);
	enum err (*script)(struct db *, const char *);
	void (*close)(struct db *);
};

extern const struct engine_face face_sqlite, face_postgres;
enum err sqlite_connect(struct db *db, const char *path);
enum err postgres_connect(struct db *db, const char *conninfo);
enum err db_told(struct db *db, enum err err, const char *message); /* keeps the message, returns err */

#endif
