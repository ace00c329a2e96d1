/*
 * fetch - one loop that asks thousands of sources, politely: no more than a few connections a host with
 * a pause between, what is known is not sent again (ETag, Last-Modified), Retry-After is obeyed for the
 * whole host, and the name and contact of who asks stands in every request. Every want ends once, within
 * its limits of time and size, in one of the states below; sizes count bytes after unpacking. Only http
 * and https, only addresses of the open internet, checked at each connection and each redirect.
 *
 * A want's state is about the machine that was asked; what the bytes mean is read elsewhere, in the cage.
 */
#ifndef NET_FETCH_H
#define NET_FETCH_H

#include "base/base.h"

enum fetch_state {
	FETCH_OK,               /* body holds the answer (2xx) */
	FETCH_UNCHANGED,        /* 304: as last time */
	FETCH_ROBOTS,           /* robots.txt asks us to stay away */
	FETCH_NOT_FOUND,        /* 404, 410 */
	FETCH_FORBIDDEN,        /* 401, 403, 451: the site keeps us out */
	FETCH_RATE_LIMITED,     /* 429, or 503 with Retry-After; or the host said so to a want before this one */
	FETCH_HTTP_ERROR,       /* any other status */
	FETCH_TOO_LARGE,        /* body holds the first max_bytes */
	FETCH_TOO_SLOW,         /* body holds what had come */
	FETCH_NO_ANSWER,        /* the time was over before the first byte */
	FETCH_TOO_MANY_REDIRECTS,
	FETCH_BAD_ADDRESS,      /* not http or https, or no address at all; also after a redirect */
	FETCH_PRIVATE_ADDRESS,  /* resolves to a machine inside some building */
	FETCH_DNS,              /* the name does not resolve */
	FETCH_REFUSED,          /* nobody listens, or no way there */
	FETCH_TLS,              /* certificate or handshake */
	FETCH_CUT_OFF,          /* ended before its announced end; body holds what had come */
	FETCH_BAD_ENCODING,     /* packed wrongly */
	FETCH_NOT_HTTP,         /* what answered does not speak HTTP, or its headers have no end */
	FETCH_STATES
};

const char *fetch_state_name(enum fetch_state state);                    /* "too_large": for logs and JSON */
const char *fetch_state_say(enum fetch_state state, const char *lang);   /* a sentence; "vi" or "en" */
/* How much a failure says that the next try will fail too: 0 for success, 0.5 … 2. */
double fetch_state_weight(enum fetch_state state);

enum fetch_kind { FETCH_FEED, FETCH_PAGE, FETCH_ROBOTS_TXT };

struct fetch_want {
	int64_t id;               /* the caller's own, handed back */
	struct str url;           /* all four are copied */
	struct str etag;          /* as it came; empty: none */
	struct str modified;      /* as it came; empty: none */
	int64_t max_bytes;        /* 0: the fetcher's */
	enum fetch_kind kind;
};

struct fetch_limits {         /* 0 in a number means the value in brackets */
	const char *agent;        /* User-Agent; must name a contact: an address of mail or of a page */
	int connections;          /* at once [32] */
	int per_host;             /* at once to one host and port [1] */
	int delay_ms;             /* from start to start at one host [1000; < 0: none] */
	int redirects;            /* [5; < 0: none] */
	int connect_ms, total_ms; /* [10,000; 30,000], the total over all redirects */
	int64_t max_bytes;        /* [8 MB] */
	int max_header_bytes;     /* [64 KB] */
	bool allow_private;       /* tests only */
	/* Asked before the first request and before each redirect; may be NULL. FETCH_OK lets it go. */
	enum fetch_state (*judge)(void *ctx, const struct fetch_want *want, struct str url);
	void *ctx;
};

struct fetch_result {         /* all views: good during the callback only */
	int64_t id;
	enum fetch_kind kind;
	enum fetch_state state;
	int status;               /* of HTTP; 0: there was none */
	struct str url;           /* where the answer came from in the end */
	int redirects;
	bool moved;               /* redirected, and all redirects were permanent: keep url from now on */
	struct str etag, modified;
	struct str type;          /* lower case, without parameters: "text/html" */
	struct str charset;       /* lower case, as the server claims; empty: not said */
	struct str body;
	int64_t wire_bytes;       /* as it came, packed */
	int64_t retry_after;      /* seconds; 0: not said; at most a day */
	int64_t ms;               /* of the whole, redirects included */
	const char *detail;       /* libcurl's words, for the log; "" when there are none */
};

struct fetcher;
/* NULL, with the fault set, when the limits make no sense (ERR_INPUT: no contact in the agent). */
struct fetcher *fetcher_open(const struct fetch_limits *limits, struct fault *fault);
void fetcher_close(struct fetcher *f); /* what is still open is dropped without a word */
static inline void fetcher_closep(struct fetcher **f) { if (*f) fetcher_close(*f); }

/* Queues it; nothing goes out before fetch_run. May be called from the callback. */
void fetch_add(struct fetcher *f, const struct fetch_want *want);
/* Works until all wants have ended or the time is over; `done` is called once for each that ends.
 * Returns how many are still open: a later run goes on with them. */
size_t fetch_run(struct fetcher *f, void (*done)(void *ctx, const struct fetch_result *), void *ctx, int64_t timeout_ms);
size_t fetch_open_count(const struct fetcher *f);

#endif
