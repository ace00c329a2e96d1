/*
 * listen - the socket. The only file that knows libmicrohttpd: two loop threads read requests; each complete
 * one is handed to one of N workers, which may block, and its connection sleeps until the answer is there.
 *
 * Every request is held to guard.h; a head has 10 s, a connection without progress 10 s, a body a minute;
 * when the queue is long the answer is 503 with Retry-After at once. Bodies over 64 KB wait in a nameless file.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "web/guard.h"

struct listen_calls {
	void *(*worker_open)(void *env);                /* in the worker's thread: its database handle; NULL result is fine */
	void (*worker_close)(void *env, void *worker);
	/* Fills a whole answer; memory from `mem`, which dies after it is sent. */
	void (*answer)(void *env, void *worker, struct arena *mem, const struct http_request *q, struct reply *reply);
	size_t (*body_most)(void *env, struct str method, struct str target); /* NULL: 64 KB; called in the loop thread */
	void *env;
};

struct listen_opts {
	const char *address;    /* "127.0.0.1", "::1", "0.0.0.0" */
	int port;               /* 0: any free one, see listen_port */
	int workers;            /* 0: 4 */
	int queue_most;         /* requests waiting; 0: 256 */
	int connections_most;   /* 0: 4096 */
	int head_ms, still_ms;  /* 0: 10 000 */
	const char *spool;      /* folder for large bodies; NULL: /tmp */
};

struct listen;

MUST_USE enum err listen_start(const struct listen_opts *o, const struct listen_calls *c, struct listen **ret, struct fault *f);
int listen_port(const struct listen *l);
/* Takes no more; waits at most `drain_ms` for what was begun; ends. */
void listen_stop(struct listen *l, int drain_ms);
struct listen_counts { int64_t requests, refused, shed, cut; int open, queued; };
struct listen_counts listen_counts(struct listen *l);

/* What `answer` calls once its cx has a database: a request of this site. */
void web_request(struct cx *cx, const struct site *site, const struct http_request *q, struct reply *reply);
size_t web_body_most(const struct site *site, struct str method, struct str target);
const char *web_reason(int status);

#endif
