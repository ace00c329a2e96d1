/*
 * hook - tells another program that something happened: a POST of JSON with a signature, so that the
 * receiver knows it is from us and not older than it says. The same limits as in fetch: only http and
 * https, only addresses of the open internet unless a person named the service in the settings, no
 * redirects, 10 s. The signature is HMAC-SHA256 over "<seconds>.<body>", in lower-case hexadecimal:
 *
 *     X-Nhipcau-Signature: t=1795000000,v1=5257a869…
 */
#ifndef NET_HOOK_H
#define NET_HOOK_H

#include "base/base.h"

struct hook {
	const char *agent;   /* User-Agent */
	struct str url;
	struct str secret;   /* 16 bytes or more */
	struct str event;    /* "alert.raised": sent as X-Nhipcau-Event; letters, digits, dot, dash, underscore */
	bool allow_private;
	int timeout_ms;      /* 0: 10,000 */
};

/* The value of the header; kept in `mem`. */
struct str hook_signature(struct arena *mem, struct str secret, int64_t at, struct str body);
/* For receivers, and for hooks that come in: false when it is not by this secret or more than `skew`
 * seconds away from `now`. Takes the same time whatever is wrong with the hash. */
bool hook_verify(struct str header, struct str secret, struct str body, int64_t now, int64_t skew);
/* OK when the receiver answered 2xx. ERR_INPUT: the hook itself is wrong. ERR_DENIED: a private address,
 * or refused for good (4xx but 408 and 429): not worth another try. ERR_REMOTE: try later. */
MUST_USE enum err hook_send(const struct hook *hook, struct str body, int64_t now, struct fault *fault);

#endif
