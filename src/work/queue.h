/*
 * queue - what is done later: a table in the same database, so a job is there exactly when the deed that made it
 * is. A job is taken for a lease; when its worker dies the lease runs out and another takes it: work must bear
 * being done twice. After eight tries it lies still, with what was said last, for a person to look at.
 */
#ifndef WORK_QUEUE_H
#define WORK_QUEUE_H

#include "store/db.h"

enum job_state { JOB_WAITING = 0, JOB_TAKEN = 1, JOB_DONE = 2, JOB_DEAD = 3 };
enum { JOB_LEASE = 600, JOB_TRIES = 8 };

struct job { int64_t id, run_at, tries; struct str kind, arg; };

/* `once` not empty: there is only ever one job of that key (a clock's stroke); a second is quietly not made. */
MUST_USE enum err job_add(struct cx *cx, const char *kind, struct str arg, int64_t run_at, struct str once);
/* The next that is due, leased; ret->id 0 when there is none. `owner` names the worker. */
MUST_USE enum err job_take(struct cx *cx, struct str owner, struct job *ret);
MUST_USE enum err job_done(struct cx *cx, const struct job *j);
MUST_USE enum err job_failed(struct cx *cx, const struct job *j, struct str said); /* tried again later, each time later */
MUST_USE enum err job_sweep(struct cx *cx);      /* forgets what was done over a week ago */
struct job_counts { int64_t waiting, late, dead; };
MUST_USE enum err job_counts(struct cx *cx, struct job_counts *ret);

/* ---- the clock: work that comes back; each stroke is a job made once, whoever makes it first --------------- */

struct schedule_row { const char *kind; int64_t every, at; const char *about; }; /* every `every` seconds, `at` seconds into it (Việt Nam) */
MUST_USE enum err clock_strike(struct cx *cx, const struct schedule_row *rows, size_t n);

#endif
