/*
 * cx - who is asking, and in what surroundings. One a web request, job, command or test; dies with its
 * arena. From the store up, every function that can fail takes it first.
 */
#ifndef STORE_CX_H
#define STORE_CX_H

#include "base/base.h"
#include "base/time.h"

struct db;
struct tools; /* read-only helpers of the pages: rooms/monitoring/tools.h */

struct actor {
	int64_t id;      /* staff account; 0: nobody has signed in */
	unsigned roles;  /* bits of enum role (people/may.h) */
	int64_t unit;    /* the organisation the person works for */
	struct str name; /* as shown at the top of the page */
};

struct cx {
	struct arena *mem;
	struct db *db;
	struct actor who;
	int64_t now;      /* frozen at the start, so a page and its rows agree; tests set it */
	const char *lang; /* "vi" or "en" */
	const struct tools *tools; /* shared by all threads; NULL: none */
	struct fault fault;
};

#define FAIL(cx, err, say, ...) fault_set(&(cx)->fault, HERE, (err), (say), __VA_ARGS__)

#endif
