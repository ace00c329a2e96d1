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

struct cage_stats cage_stats(struct cage *c);
bool cage_is_locked(void); /* false in sanitizer builds, whose runtime needs what the locks forbid */

#endif
