/*
 * fetch - libcurl's multi interface with our manners around it. Redirects are followed here, one hop at
 * a time, so that each is judged like a first address. A want's body grows in an arena of its own.
 */
#include "net/fetch.h"
#include "base/map.h"
#include "base/time.h"
#include "net/address.h"
#include "net/url.h"

#include <stdlib.h>

enum { RETRY_MOST = DAY };

struct job {
	struct job *next;             /* in its host's queue, or free */
	struct fetch_want want;       /* its texts lie in `mem` of the struct below, malloced with it */
	size_t host;
	CURL *easy;
	struct curl_slist *headers;
	struct arena mem;             /* body and headers of the answer */
	struct text body;
	struct str url, etag, modified;
	int64_t began_ms, header_bytes, wire;
	int redirects;
	bool temporary, body_full, header_full;
	struct guard guard;
	char error[CURL_ERROR_SIZE];
	char text[];                  /* url, etag and modified of the want, each with a NUL */
};

struct host {
	struct job *first, *last;
	int active;
	int64_t next_ms;              /* no start before */
	int64_t closed_until_ms;      /* Retry-After */
	bool listed;
};

struct fetcher {
	struct fetch_limits limits;
	char *agent;
	CURLM *multi;
	struct arena mem;             /* hosts; lives as long as the fetcher */
	struct map by_origin;         /* origin -> place in hosts + 1 */
	struct host *hosts;
	size_t nhosts, hosts_cap;
	size_t *waiting;              /* hosts whose queue is not empty */
	size_t nwaiting, waiting_cap;
	size_t open;
	struct job *running;          /* at most limits.connections of them, in no order */
	int active;
	void (*done)(void *ctx, const struct fetch_result *);
	void *ctx;
};

static int or_else(int given, int otherwise)
{
	return given < 0 ? 0 : given ? given : otherwise;
}

struct fetcher *fetcher_open(const struct fetch_limits *limits, struct fault *fault)
{
	const char *agent = limits->agent;
	if (!agent || (!strchr(agent, '@') && !strstr(agent, "://")) || strpbrk(agent, "\r\n")) {
		(void)!FAULT(fault, ERR_INPUT, "fetch.agent", "the User-Agent must name an address of mail or of a page");
		return NULL;
	}
	BUG_IF(curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK);
	struct fetcher *f = calloc(1, sizeof *f);
	BUG_IF(!f);
	struct fetch_limits *l = &f->limits;
	*l = *limits;
	l->connections = MAX(1, or_else(l->connections, 32));
	l->per_host = MAX(1, or_else(l->per_host, 1));
	l->delay_ms = or_else(l->delay_ms, 1000);
	l->redirects = or_else(l->redirects, 5);
	l->connect_ms = MAX(1, or_else(l->connect_ms, 10000));
	l->total_ms = MAX(1, or_else(l->total_ms, 30000));
	l->max_header_bytes = MAX(1, or_else(l->max_header_bytes, 64 << 10));
	l->max_bytes = l->max_bytes > 0 ? l->max_bytes : 8 << 20;
	f->agent = arena_z(&f->mem, str_z(agent));
	f->by_origin = map_new(&f->mem);
	f->multi = curl_multi_init();
	BUG_IF(!f->multi);
	curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)l->connections);
	return f;
}

static void job_free(struct job *j)
{
	curl_slist_free_all(j->headers);
	if (j->easy)
		curl_easy_cleanup(j->easy);
	arena_done(&j->mem);
	free(j);
}

void fetcher_close(struct fetcher *f)
{
	for (struct job *j = f->running, *next; j; j = next) {
		next = j->next;
		curl_multi_remove_handle(f->multi, j->easy);
		job_free(j);
	}
	for (size_t i = 0; i < f->nhosts; i++)
		for (struct job *j = f->hosts[i].first, *next; j; j = next) {
			next = j->next;
			job_free(j);
		}
	curl_multi_cleanup(f->multi);
	arena_done(&f->mem);
	free(f);
	curl_global_cleanup();
}

size_t fetch_open_count(const struct fetcher *f)
{
	return f->open;
}

/* ---- queueing ------------------------------------------------------------------------------------ */

static struct str text_put(char **at, struct str s)
{
	struct str kept = { *at, s.n };
	if (s.n)
		memcpy(*at, s.p, s.n);
	(*at)[s.n] = 0;
	*at += s.n + 1;
	return kept;
}

/* The place of the url's host in f->hosts, made when it is new; what is no address has a place as well. */
static size_t host_find(struct fetcher *f, struct str url)
{
	struct arena mem = { 0 };
	struct str origin = url_origin(&mem, url);
	const int64_t *known = map_get(&f->by_origin, origin);
	size_t place = known ? (size_t)*known - 1 : f->nhosts;
	if (!known) {
		GROW(&f->mem, f->hosts, f->nhosts, f->hosts_cap);
		f->hosts[place] = (struct host){ 0 };
		*map_at(&f->by_origin, arena_str(&f->mem, origin)) = (int64_t)++f->nhosts;
	}
	arena_done(&mem);
	return place;
}

static struct job *job_new(const struct fetch_want *want)
{
	struct job *j = calloc(1, sizeof *j + want->url.n + want->etag.n + want->modified.n + 3);
	BUG_IF(!j);
	char *at = j->text;
	j->want = *want;
	j->want.url = text_put(&at, want->url);
	j->want.etag = text_put(&at, want->etag);
	j->want.modified = text_put(&at, want->modified);
	j->url = j->want.url;
	return j;
}

void fetch_add(struct fetcher *f, const struct fetch_want *want)
{
	struct job *j = job_new(want);
	j->host = host_find(f, want->url);
	struct host *h = &f->hosts[j->host];
	if (h->last)
		h->last->next = j;
	else
		h->first = j;
	h->last = j;
	f->open++;
	if (h->listed)
		return;
	h->listed = true;
	GROW(&f->mem, f->waiting, f->nwaiting, f->waiting_cap);
	f->waiting[f->nwaiting++] = j->host;
}

/* ---- what comes in ------------------------------------------------------------------------------- */

static size_t take_body(char *p, size_t each, size_t n, void *ctx)
{
	struct job *j = ctx;
	n *= each;
	size_t room = (size_t)j->want.max_bytes - j->body.n;
	text_add(&j->body, (struct str){ p, MIN(n, room) });
	j->body_full = n > room;
	return j->body_full ? 0 : n;
}

static bool header_is(struct str line, struct str name, struct str *ret)
{
	if (line.n <= name.n || line.p[name.n] != ':' || !str_eq_nocase(str_sub(line, 0, name.n), name))
		return false;
	*ret = str_trim(str_sub(line, name.n + 1, line.n));
	return true;
}

static size_t take_header(char *p, size_t each, size_t n, void *ctx)
{
	struct job *j = ctx;
	struct str line = { p, n * each }, value;
	j->header_bytes -= (int64_t)line.n;
	if (j->header_bytes < 0) {
		j->header_full = true;
		return 0;
	}
	if (header_is(line, S("ETag"), &value) && value.n <= 512)
		j->etag = arena_str(&j->mem, value);
	else if (header_is(line, S("Last-Modified"), &value) && value.n <= 128)
		j->modified = arena_str(&j->mem, value);
	return line.n;
}

/* ---- going out ----------------------------------------------------------------------------------- */

static void header_add(struct job *j, const char *name, struct str value)
{
	if (!value.n || memchr(value.p, '\n', value.n) || memchr(value.p, '\r', value.n))
		return;
	struct arena mem = { 0 };
	struct curl_slist *more = curl_slist_append(j->headers, str_fmt(&mem, "%s: %.*s", name, FMT(value)).p);
	BUG_IF(!more);
	j->headers = more;
	arena_done(&mem);
}

static const char *accepts(enum fetch_kind kind)
{
	switch (kind) {
	case FETCH_FEED:
		return "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
	case FETCH_ROBOTS_TXT:
		return "text/plain, */*;q=0.5";
	default:
		return "text/html, application/xhtml+xml, */*;q=0.5";
	}
}

static void easy_make(struct fetcher *f, struct job *j)
{
	CURL *e = j->easy = curl_easy_init();
	BUG_IF(!e);
	header_add(j, "Accept", str_z(accepts(j->want.kind)));
	header_add(j, "Accept-Language", S("vi, en;q=0.5"));
	header_add(j, "If-None-Match", j->want.etag);
	header_add(j, "If-Modified-Since", j->want.modified);
	j->guard.allow_private = f->limits.allow_private;
	guard_handle(e, &j->guard);
	curl_easy_setopt(e, CURLOPT_PRIVATE, j);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, j->headers);
	curl_easy_setopt(e, CURLOPT_USERAGENT, f->agent);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip, br, deflate");
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, j);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, j);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, j->error);
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)f->limits.connect_ms);
	curl_easy_setopt(e, CURLOPT_BUFFERSIZE, 64L << 10);
}

/* Sends the request for j->url; what is left of the time counts for all hops together. */
static void job_send(struct fetcher *f, struct job *j)
{
	int64_t left = f->limits.total_ms - (clock_ms() - j->began_ms);
	j->body = text_new(&j->mem);
	j->etag = j->modified = S("");
	j->header_bytes = f->limits.max_header_bytes;
	j->body_full = j->header_full = j->guard.refused = false;
	j->error[0] = 0;
	curl_easy_setopt(j->easy, CURLOPT_URL, arena_z(&j->mem, j->url));
	curl_easy_setopt(j->easy, CURLOPT_TIMEOUT_MS, (long)MAX(left, 1));
	BUG_IF(curl_multi_add_handle(f->multi, j->easy) != CURLM_OK);
}

static enum fetch_state judged(struct fetcher *f, struct job *j, struct str url)
{
	struct str canonical;
	if (!url_canonical(&j->mem, url, &canonical))
		return FETCH_BAD_ADDRESS;
	return f->limits.judge ? f->limits.judge(f->limits.ctx, &j->want, url) : FETCH_OK;
}

/* Seconds for which the host still wants no question; 0: it may be asked. */
static int64_t closed_for(const struct host *h)
{
	int64_t left = h->closed_until_ms - clock_ms();
	return left > 0 ? (left + 999) / 1000 : 0;
}

static void run_unlink(struct fetcher *f, struct job *j)
{
	struct job **at = &f->running;
	while (*at != j)
		at = &(*at)->next;
	*at = j->next;
	f->active--;
	f->hosts[j->host].active--;
}

static void finish(struct fetcher *f, struct job *j, struct fetch_result *r)
{
	r->id = j->want.id;
	r->kind = j->want.kind;
	r->url = j->url;
	r->redirects = j->redirects;
	r->moved = j->redirects && !j->temporary && (r->state == FETCH_OK || r->state == FETCH_UNCHANGED);
	r->ms = j->began_ms ? clock_ms() - j->began_ms : 0;
	r->detail = j->error;
	f->open--;
	f->done(f->ctx, r);
	job_free(j);
}

static void job_start(struct fetcher *f, struct job *j)
{
	struct host *h = &f->hosts[j->host];
	int64_t now = clock_ms();
	struct fetch_result r = { .state = FETCH_OK };
	r.retry_after = closed_for(h);
	r.state = r.retry_after ? FETCH_RATE_LIMITED : judged(f, j, j->url);
	if (r.state != FETCH_OK) {
		finish(f, j, &r);
		return;
	}
	j->began_ms = now;
	if (j->want.max_bytes <= 0)
		j->want.max_bytes = f->limits.max_bytes;
	h->next_ms = now + f->limits.delay_ms;
	h->active++;
	f->active++;
	j->next = f->running;
	f->running = j;
	easy_make(f, j);
	job_send(f, j);
}

static struct job *host_take(struct fetcher *f, size_t place)
{
	struct host *h = &f->hosts[f->waiting[place]];
	struct job *j = h->first;
	h->first = j->next;
	j->next = NULL;
	if (!h->first) {
		h->last = NULL;
		h->listed = false;
		f->waiting[place] = f->waiting[--f->nwaiting];
	}
	return j;
}

/* Starts what may start now; returns in how many ms something more may, at most `most`. */
static int64_t start_some(struct fetcher *f, int64_t most)
{
	int64_t now = clock_ms(), wait = most;
	for (size_t i = 0; i < f->nwaiting && f->active < f->limits.connections;) {
		struct host *h = &f->hosts[f->waiting[i]];
		bool closed = h->closed_until_ms > now;
		if (!closed && (h->active >= f->limits.per_host || h->next_ms > now)) {
			if (h->active < f->limits.per_host)
				wait = MIN(wait, h->next_ms - now);
			i++;
			continue;
		}
		job_start(f, host_take(f, i)); /* the place is looked at again: it may hold more, or another host */
	}
	return MAX(wait, 0);
}

/* ---- how it ended -------------------------------------------------------------------------------- */

static enum fetch_state state_of_status(const struct job *j, int status, int64_t retry_after)
{
	if (status >= 200 && status < 300)
		return FETCH_OK;
	if (status == 304 && (j->want.etag.n || j->want.modified.n))
		return FETCH_UNCHANGED;
	if (status == 429 || (status == 503 && retry_after))
		return FETCH_RATE_LIMITED;
	if (status == 404 || status == 410)
		return FETCH_NOT_FOUND;
	if (status == 401 || status == 403 || status == 451)
		return FETCH_FORBIDDEN;
	return FETCH_HTTP_ERROR;
}

static enum fetch_state state_of_trouble(const struct job *j, CURLcode code)
{
	curl_off_t first = 0;
	switch (code) {
	case CURLE_WRITE_ERROR:
		return j->header_full ? FETCH_NOT_HTTP : j->body_full ? FETCH_TOO_LARGE : FETCH_BAD_ENCODING;
	case CURLE_OPERATION_TIMEDOUT:
		curl_easy_getinfo(j->easy, CURLINFO_STARTTRANSFER_TIME_T, &first);
		return first || j->body.n ? FETCH_TOO_SLOW : FETCH_NO_ANSWER;
	case CURLE_COULDNT_RESOLVE_HOST:
		return FETCH_DNS;
	case CURLE_COULDNT_CONNECT:
		return j->guard.refused ? FETCH_PRIVATE_ADDRESS : FETCH_REFUSED;
	case CURLE_URL_MALFORMAT:
		return FETCH_BAD_ADDRESS;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return FETCH_TLS;
	case CURLE_BAD_CONTENT_ENCODING:
		return FETCH_BAD_ENCODING;
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
		return FETCH_CUT_OFF;
	default:
		return FETCH_NOT_HTTP;
	}
}

static struct str lowered(struct arena *mem, struct str s)
{
	char *p = arena_z(mem, s);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (struct str){ p, s.n };
}

static void read_type(struct job *j, struct fetch_result *r)
{
	char *z = NULL;
	curl_easy_getinfo(j->easy, CURLINFO_CONTENT_TYPE, &z);
	struct str rest = str_z(z), part;
	if (rest.n > 256 || !str_split(&rest, ';', &part))
		return;
	r->type = lowered(&j->mem, str_trim(part));
	while (str_split(&rest, ';', &part)) {
		part = str_trim(part);
		if (part.n < 8 || !str_eq_nocase(str_sub(part, 0, 8), S("charset=")))
			continue;
		struct str charset = str_trim(str_sub(part, 8, part.n));
		if (charset.n >= 2 && (charset.p[0] == '"' || charset.p[0] == '\'') && charset.p[charset.n - 1] == charset.p[0])
			charset = str_sub(charset, 1, charset.n - 1);
		r->charset = lowered(&j->mem, charset);
		return;
	}
}

/* True when another request is on its way; else r->state says why not, FETCH_OK meaning "no redirect". */
static bool redirected(struct fetcher *f, struct job *j, struct fetch_result *r)
{
	char *z = NULL;
	bool permanent = r->status == 301 || r->status == 308;
	curl_easy_getinfo(j->easy, CURLINFO_REDIRECT_URL, &z);
	if (!z || !(permanent || r->status == 302 || r->status == 303 || r->status == 307))
		return false;
	struct str to = arena_str(&j->mem, str_z(z));
	r->state = j->redirects >= f->limits.redirects ? FETCH_TOO_MANY_REDIRECTS : judged(f, j, to);
	if (r->state == FETCH_OK && (r->retry_after = closed_for(&f->hosts[host_find(f, to)])))
		r->state = FETCH_RATE_LIMITED;
	if (r->state != FETCH_OK)
		return false;
	j->redirects++;
	j->temporary |= !permanent;
	j->url = to;
	job_send(f, j);
	return true;
}

static void state_find(struct fetcher *f, struct job *j, CURLcode code, struct fetch_result *r)
{
	curl_off_t seconds = 0;
	curl_easy_getinfo(j->easy, CURLINFO_RETRY_AFTER, &seconds);
	r->retry_after = seconds < 0 ? 0 : MIN((int64_t)seconds, (int64_t)RETRY_MOST);
	r->state = code != CURLE_OK ? state_of_trouble(j, code) : state_of_status(j, r->status, r->retry_after);
	if (r->state == FETCH_RATE_LIMITED && r->retry_after)
		f->hosts[host_find(f, j->url)].closed_until_ms = clock_ms() + r->retry_after * 1000;
}

static void job_ended(struct fetcher *f, struct job *j, CURLcode code)
{
	struct fetch_result r = { 0 };
	long status = 0;
	curl_off_t wire = 0;
	curl_multi_remove_handle(f->multi, j->easy);
	curl_easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(j->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
	r.status = (int)status;
	r.wire_bytes = j->wire += wire;
	/* A redirect counts even when its own page is broken or too large. */
	if ((code == CURLE_OK || j->body_full) && redirected(f, j, &r))
		return;
	if (r.state == FETCH_OK)
		state_find(f, j, code, &r);
	read_type(j, &r);
	r.body = text_str(&j->body);
	r.etag = j->etag;
	r.modified = j->modified;
	run_unlink(f, j);
	finish(f, j, &r);
}

static void collect(struct fetcher *f)
{
	CURLMsg *m;
	for (int left; (m = curl_multi_info_read(f->multi, &left));) {
		struct job *j = NULL;
		if (m->msg != CURLMSG_DONE)
			continue;
		CURLcode code = m->data.result;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &j);
		job_ended(f, j, code);
	}
}

size_t fetch_run(struct fetcher *f, void (*done)(void *ctx, const struct fetch_result *), void *ctx, int64_t timeout_ms)
{
	int64_t end = clock_ms() + timeout_ms;
	f->done = done;
	f->ctx = ctx;
	while (f->open) {
		int64_t left = end - clock_ms();
		if (left <= 0)
			break;
		int64_t wait = start_some(f, MIN(left, 1000));
		int running = 0;
		BUG_IF(curl_multi_perform(f->multi, &running) != CURLM_OK);
		size_t open = f->open;
		collect(f);
		if (f->open && f->open == open)
			curl_multi_poll(f->multi, NULL, 0, (int)wait, NULL);
	}
	return f->open;
}
