/*
 * guard - the door's rules for a request's head, before anything else looks at it. A request that two
 * servers could read differently is refused: that is the raw material of request smuggling.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "web/web.h"

enum { HEAD_MOST = 16 << 10, HEADS_MOST = 100, BODY_DEFAULT = 64 << 10 };

struct http_request {
	struct str method, target, version; /* "HTTP/1.1" */
	struct pairs heads;
	struct str body;
	struct str from;
};

/* 0, or the status with which the request is refused. *ret_body: the length that was announced. */
int guard_refuses(const struct http_request *q, int64_t *ret_body);
/* Bytes to a request, strictly by RFC 9112; 0, or the status. The body may be shorter than announced only
 * by being absent altogether. */
int guard_parse(struct arena *mem, struct str raw, struct http_request *ret);

#endif
