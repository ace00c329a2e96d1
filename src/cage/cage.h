/*
 * cage - strangers' bytes are read only in child processes that hold no file, no socket, no environment
 * and no right: two pipes, memory and time, nothing else. Bytes go in, a small framed record comes out. A
 * document that crashes, hangs or starves its reader is lost alone: the call says so, the child is
 * replaced, the next document goes on.
 *
 * The child is this same program, started anew (posix_spawn of /proc/self/exe), so threads are no matter.
 * One cage may be used by many threads; a call waits when all its children are busy. SIGPIPE is ignored from cage_open on.
 */
#ifndef CAGE_CAGE_H
#define CAGE_CAGE_H

#include "base/base.h"
#include "read/feed.h"
#include "read/opml.h"
#include "read/page.h"

struct cage;

struct cage_limits {
	int children;        /* at most so many at once; 0: 1 */
	int deadline_ms;     /* for one document; 0: 2,000 */
	int64_t memory;      /* bytes of data a child may hold; 0: 256 MB */
	int documents;       /* a child is replaced after so many, against slow leaks; 0: 5,000 */
};

struct cage_stats {
	int64_t documents, lost;            /* asked; lost to a crash, a hang or a wrong frame */
	int64_t crashes, hangs, wrong_frames;
	int64_t started, retired;           /* children begun; replaced in peace */
};

MUST_USE enum err cage_open(const struct cage_limits *limits, struct cage **ret, struct fault *fault);
void cage_close(struct cage *c);
static inline void cage_closep(struct cage **c) { cage_close(*c); }

/* ERR_INPUT: the document is not of the kind, or its reader crashed on it; ERR_LIMIT: it took too long or is
 * too large; ERR_BUSY: no child can be started. The fault's detail says which in words. Texts are in `mem`. */
MUST_USE enum err cage_read_feed(struct cage *c, struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault);
MUST_USE enum err cage_read_opml(struct cage *c, struct arena *mem, struct str bytes, struct opml *ret, struct fault *fault);
MUST_USE enum err cage_read_page(struct cage *c, struct arena *mem, struct str bytes, struct str url, struct page *ret,
                                 struct fault *fault);
/* Lets a child try what it must not be able to do: "open", "socket", "fork", "exec", "environment", "memory",
 * "hang", "crash", "babble", "handles". OK with its answer when it could, or when the question is harmless. */
MUST_USE enum err cage_probe(struct cage *c, struct arena *mem, struct str deed, struct str *ret, struct fault *fault);

/* ---- archives of the web, which may be larger than memory: fed to one child piece by piece ---- */

enum { CAGE_PAGE_MOST = 4 << 20 }; /* bytes of a page within an archive; larger ones are not read */

struct cage_record {
	struct str url;      /* as asked when it was archived */
	int64_t at;          /* when it was archived, UTC, or NO_TIME */
	int64_t offset;      /* of the record in the unpacked archive */
	struct page page;    /* of any kind: who wants articles only looks at page.kind */
};

struct cage_warc_sum {
	int64_t records, pages;         /* met; HTML pages that were answered and read */
	int64_t unreadable;             /* HTML pages that were too large or could not be read */
	int64_t lost_records, lost_bytes;
	struct str why;                 /* the last loss in words, "" none */
};

/* Fills at most `room` bytes with the archive's next ones; 0 at its end. */
typedef size_t cage_source(void *env, char *to, size_t room);

struct cage_warc;
struct cage_warc *cage_warc_begin(struct cage *c, cage_source *source, void *env);
/* The next HTML page; *ret_more false: the archive ended, the sum is whole. An error (as of cage_read_page) ends
 * the session: what stands from that record on is lost, what was given before is good. The deadline is of one
 * record, not of the archive; the time until the next call does not count. */
MUST_USE enum err cage_warc_next(struct cage_warc *w, struct arena *mem, struct cage_record *ret, bool *ret_more, struct fault *fault);
struct cage_warc_sum cage_warc_sum(const struct cage_warc *w); /* so far; good until cage_warc_end */
void cage_warc_end(struct cage_warc *w);                       /* at any time; gives the child back */

struct cage_stats cage_stats(struct cage *c);
bool cage_is_locked(void); /* false in sanitizer builds, whose runtime needs what the locks forbid */

#endif
