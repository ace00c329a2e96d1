/*
 * command - one row a word of the command line: what it is called, takes, does, and an example. The help,
 * the manual page and the shell completion are printed from these rows; there is no other list.
 *
 * A filter (segment, feed, stories …) reads the files named or standard input and writes standard output,
 * line by line, in input order; messages go to standard error. It returns 0 when all was handled, 1 when
 * some lines had errors, 2 when the call itself was wrong.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/base.h"

struct flag {
	const char *name;  /* "threads": given as --threads */
	const char *value; /* "N"; NULL for a switch */
	const char *about;
};

struct call {
	struct arena *mem;         /* of the whole command; long filters rewind their own */
	const struct command *of;
	const char *const *given;  /* one place a flag of the row: its value, "" for a switch, NULL when absent */
	char **args;               /* what is left: file names, words */
	int nargs;
};

struct command {
	const char *name, *usage, *about, *example;
	const struct flag *flags;  /* ends with a row whose name is NULL; may be NULL */
	int (*run)(struct call *);
};

const char *call_flag(const struct call *c, const char *name); /* NULL: not given; an unknown name is a bug */
/* The flag's number, or `otherwise` when it is not given. One that is no number in [lo, hi] ends the
 * program with exit code 2 and a sentence. */
int64_t call_int(const struct call *c, const char *name, int64_t lo, int64_t hi, int64_t otherwise);
int call_bare(const struct call *c); /* of a command that takes no words: 0, or 2 when one was given, which is said */
int call_wrong(const struct call *c, const char *fmt, ...) PRINTF(2, 3); /* prints, with how to get help; returns 2 */

/* ---- lines in, from the files named or standard input; .gz and .zst are opened by their first bytes --- */

struct lines;
struct lines *lines_open(struct arena *mem, char **files, int nfiles); /* no files: standard input; "-" too */
/* The next line without its end and without a mark of byte order; good until the next call. A file that
 * cannot be read is passed over, a line over 16 MB is cut: both are said, and lines_failed is true from then
 * on. False at the end of all files, or when standard output takes no more. */
bool lines_next(struct lines *l, struct str *ret);
/* Everything of the next file at once, for pages and feeds; at most `most` bytes. False: no more files. */
bool lines_whole(struct lines *l, size_t most, struct str *ret, struct arena *mem);
const char *lines_name(const struct lines *l);   /* the file now read, "-" for standard input */
int64_t lines_number(const struct lines *l);     /* counted over all files, from 1 */
int64_t lines_bytes(const struct lines *l);      /* read so far, after unpacking */
const char *lines_broken(const struct lines *l); /* why the file now read is not whole; NULL: it is */
bool lines_failed(const struct lines *l);        /* some file was not; said on standard error already */
void lines_close(struct lines *l);
static inline void lines_closep(struct lines **l) { lines_close(*l); }

/* ---- progress on a terminal, silent in a pipe ------------------------------------------------------- */

struct progress { const char *what; int64_t started_ms, last_ms, total; };
struct progress progress_start(const char *what, int64_t total); /* total 0: not known */
void progress_tick(struct progress *p, int64_t done);
void progress_end(struct progress *p, int64_t done);

#endif
