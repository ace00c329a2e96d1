/*
 * listen - libmicrohttpd behind a guard and a watchdog. The library never cuts a client that drips one byte
 * a second and takes some requests that two servers would read differently, so both are ours.
 *
 * Who touches what: a request belongs to its loop thread until it is queued, then to one worker until its
 * connection is resumed, then to the loop thread again. The list of connections has one lock.
 */
#include "web/listen.h"

#include "base/log.h"
#include "base/time.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SPOOL_FROM = 64 << 10, BODY_MS = 60 * 1000, LOOPS = 2, WORKERS_MOST = 64 };

struct conn { struct conn *next, *prev; int fd; int64_t deadline, last; bool cut; };

struct request {
	struct arena mem;
	struct request *next;
	struct MHD_Connection *c;
	struct conn *conn;
	struct http_request q;
	struct text body;
	struct str mapped;
	int64_t length, got;
	int file;
	int refused;
	bool queued, done;
	struct reply reply;
};

struct listen {
	struct arena mem;
	struct listen_opts o;
	struct listen_calls calls;
	struct MHD_Daemon *daemon;
	int port, nworkers, nqueued, busy, nopen;
	bool stopping, drained;
	pthread_t workers[WORKERS_MOST], watchdog;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct request *first, *last;
	struct conn conns; /* head of the ring */
	struct listen_counts counts;
};

/* ---- the watchdog -------------------------------------------------------------------------------- */

static void conn_notify(void *cls, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct listen *l = cls;
	pthread_mutex_lock(&l->lock);
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
		struct conn *n = calloc(1, sizeof *n);
		BUG_IF(!n);
		n->fd = info ? (int)info->connect_fd : -1;
		n->deadline = clock_ms() + l->o.head_ms;
		n->next = l->conns.next;
		n->prev = &l->conns;
		n->next->prev = n;
		l->conns.next = n;
		l->nopen++;
		*socket_context = n;
	} else if (*socket_context) {
		struct conn *n = *socket_context;
		n->next->prev = n->prev;
		n->prev->next = n->next;
		l->nopen--;
		free(n);
		*socket_context = NULL;
	}
	pthread_mutex_unlock(&l->lock);
}

static void set_deadline(struct listen *l, struct conn *n, int64_t at)
{
	pthread_mutex_lock(&l->lock);
	n->deadline = at;
	pthread_mutex_unlock(&l->lock);
}

static void *watch(void *cls)
{
	struct listen *l = cls;
	pthread_mutex_lock(&l->lock);
	while (!l->drained) {
		int64_t now = clock_ms();
		for (struct conn *n = l->conns.next; n != &l->conns; n = n->next)
			if (!n->cut && n->deadline && now > n->deadline && n->fd >= 0) {
				n->cut = true;
				l->counts.cut++;
				shutdown(n->fd, SHUT_RDWR);
			}
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += 250 * 1000 * 1000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_mutex_unlock(&l->lock);
		clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL);
		pthread_mutex_lock(&l->lock);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

/* ---- workers ------------------------------------------------------------------------------------- */

static struct request *take(struct listen *l)
{
	pthread_mutex_lock(&l->lock);
	while (!l->first && !l->stopping)
		pthread_cond_wait(&l->wake, &l->lock);
	struct request *r = l->first;
	if (r) {
		l->first = r->next;
		l->last = l->first ? l->last : NULL;
		l->nqueued--;
		l->busy++;
	}
	pthread_mutex_unlock(&l->lock);
	return r;
}

static void *work(void *cls)
{
	struct listen *l = cls;
	void *worker = l->calls.worker_open ? l->calls.worker_open(l->calls.env) : NULL;
	for (struct request *r; (r = take(l));) {
		struct MHD_Connection *c = r->c;
		r->reply = (struct reply){ .mem = &r->mem };
		l->calls.answer(l->calls.env, worker, &r->mem, &r->q, &r->reply);
		r->done = true;
		MHD_resume_connection(c); /* r belongs to the loop thread from here on */
		pthread_mutex_lock(&l->lock);
		l->busy--;
		l->counts.requests++;
		pthread_mutex_unlock(&l->lock);
	}
	if (l->calls.worker_close)
		l->calls.worker_close(l->calls.env, worker);
	return NULL;
}

static bool queue(struct listen *l, struct request *r)
{
	pthread_mutex_lock(&l->lock);
	bool room = l->nqueued < l->o.queue_most;
	l->counts.shed += !room;
	pthread_mutex_unlock(&l->lock);
	if (!room)
		return false;
	set_deadline(l, r->conn, 0);
	/* First asleep, then handed over: a quick worker must not wake what does not sleep yet. */
	MHD_suspend_connection(r->c);
	pthread_mutex_lock(&l->lock);
	if (l->last)
		l->last->next = r;
	else
		l->first = r;
	l->last = r;
	l->nqueued++;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	return true;
}

/* ---- reading a request --------------------------------------------------------------------------- */

struct heads { struct request *r; struct pair *v; size_t n, cap; const char *end; bool odd; };

/* The library's views point into the one buffer that holds the head as it came, line ends overwritten by NULs.
 * A value that does not end in two of them, or names that do not follow one another, betray a NUL inside, a bare
 * line end, or a folded line. */
static enum MHD_Result take_head(void *cls, enum MHD_ValueKind kind, const char *key, size_t nkey, const char *value, size_t nvalue)
{
	struct heads *h = cls;
	if (!value)
		value = "", nvalue = 0;
	if (nvalue && (value < key || value - key > 2 * HEAD_MOST || value[nvalue] || value[nvalue + 1]))
		h->odd = true;
	if (h->end && (key < h->end || key - h->end > 2))
		h->odd = true;
	h->end = nvalue ? value + nvalue : NULL;
	GROW(&h->r->mem, h->v, h->n, h->cap);
	h->v[h->n++] = (struct pair){ arena_str(&h->r->mem, (struct str){ key, nkey }),
		str_trim(arena_str(&h->r->mem, (struct str){ value, nvalue })) };
	return h->n <= HEADS_MOST ? MHD_YES : MHD_NO;
}

static struct str address_of(struct arena *mem, struct MHD_Connection *c)
{
	char host[64] = "";
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info && info->client_addr) {
		socklen_t n = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
		getnameinfo(info->client_addr, n, host, sizeof host, NULL, 0, NI_NUMERICHOST);
	}
	return arena_str(mem, str_z(host));
}

/* libmicrohttpd calls this with the whole target, before it looks into it. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *c)
{
	struct arena mem = { 0 };
	struct request *r = NEW(&mem, struct request);
	r->file = -1;
	r->q.target = arena_str(&mem, str_z(target));
	r->mem = mem;
	return r;
}

static void begin(struct listen *l, struct request *r, const char *method, const char *version)
{
	struct heads h = { .r = r, .odd = version[strlen(version) + 1] != 0 };
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	r->conn = info->socket_context;
	r->q.method = arena_str(&r->mem, str_z(method));
	r->q.version = arena_str(&r->mem, str_z(version));
	r->q.from = address_of(&r->mem, r->c);
	MHD_get_connection_values_n(r->c, MHD_HEADER_KIND, take_head, &h);
	r->q.heads = (struct pairs){ h.v, h.n };
	r->body = text_new(&r->mem);
	r->refused = guard_refuses(&r->q, &r->length);
	if (!r->refused && h.odd)
		r->refused = 400;
	size_t most = BODY_DEFAULT;
	if (!r->refused && r->length && l->calls.body_most)
		most = l->calls.body_most(l->calls.env, r->q.method, r->q.target);
	if (!r->refused && (uint64_t)r->length > most)
		r->refused = 413;
	r->conn->last = clock_ms() + BODY_MS;
	set_deadline(l, r->conn, clock_ms() + l->o.still_ms);
}

static int spool_open(const struct listen *l)
{
	int fd = open(l->o.spool, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	char path[512];
	snprintf(path, sizeof path, "%s/nhipcau-body-XXXXXX", l->o.spool);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

static void more(struct listen *l, struct request *r, const char *p, size_t n)
{
	set_deadline(l, r->conn, MIN(clock_ms() + l->o.still_ms, r->conn->last));
	r->got += (int64_t)n;
	if (r->refused || r->got > r->length)
		return;
	if (r->length <= SPOOL_FROM) {
		text_add(&r->body, (struct str){ p, n });
		return;
	}
	if (r->file < 0)
		r->file = spool_open(l);
	if (r->file < 0 || !write_all(r->file, p, n)) {
		log_line(LOG_ERROR, "web.spool", "errno=%d", errno);
		r->refused = 503;
	}
}

static bool body_ready(struct request *r)
{
	if (r->got != r->length) {
		r->refused = 400;
	} else if (r->file >= 0) {
		void *p = mmap(NULL, (size_t)r->length, PROT_READ, MAP_PRIVATE, r->file, 0);
		if (p == MAP_FAILED)
			r->refused = 503;
		else
			r->q.body = r->mapped = (struct str){ p, (size_t)r->length };
	} else {
		r->q.body = text_str(&r->body);
	}
	return !r->refused;
}

/* ---- answering ----------------------------------------------------------------------------------- */

static enum MHD_Result refuse(struct listen *l, struct request *r, int status)
{
	struct str say = str_fmt(&r->mem, "%d %s\n", status, web_reason(status));
	struct MHD_Response *m = MHD_create_response_from_buffer(say.n, (void *)say.p, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(m, "Content-Type", "text/plain; charset=utf-8");
	MHD_add_response_header(m, "Connection", "close");
	if (status == 503)
		MHD_add_response_header(m, "Retry-After", "2");
	pthread_mutex_lock(&l->lock);
	l->counts.refused += status != 503;
	pthread_mutex_unlock(&l->lock);
	enum MHD_Result ok = MHD_queue_response(r->c, (unsigned)status, m);
	MHD_destroy_response(m);
	return ok;
}

/* The bytes stay in the request's arena until `ended`, so nothing is copied. */
static enum MHD_Result send_reply(struct listen *l, struct request *r)
{
	struct str body = r->reply.lent.p ? r->reply.lent : text_str(&r->reply.body);
	struct MHD_Response *m = MHD_create_response_from_buffer(body.n, (void *)body.p, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(m, "Content-Type", arena_z(&r->mem, r->reply.type));
	for (size_t i = 0; i < r->reply.nheads; i++)
		MHD_add_response_header(m, arena_z(&r->mem, r->reply.heads[i].name), arena_z(&r->mem, r->reply.heads[i].value));
	if (l->stopping)
		MHD_add_response_header(m, "Connection", "close");
	enum MHD_Result ok = MHD_queue_response(r->c, (unsigned)r->reply.status, m);
	MHD_destroy_response(m);
	return ok;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *path, const char *method, const char *version,
	const char *data, size_t *ndata, void **context)
{
	struct listen *l = cls;
	struct request *r = *context;
	if (!r)
		return MHD_NO;
	if (r->done)
		return send_reply(l, r);
	if (!r->c) {
		r->c = c;
		begin(l, r, method, version);
		return r->refused ? refuse(l, r, r->refused) : MHD_YES;
	}
	if (*ndata) {
		more(l, r, data, *ndata);
		*ndata = 0;
		return MHD_YES;
	}
	if (r->queued)
		return MHD_YES;
	r->queued = true;
	if (!body_ready(r))
		return refuse(l, r, r->refused);
	return queue(l, r) ? MHD_YES : refuse(l, r, 503);
}

static void ended(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode why)
{
	struct listen *l = cls;
	struct request *r = *context;
	if (!r)
		return;
	if (r->conn)
		set_deadline(l, r->conn, clock_ms() + l->o.head_ms);
	if (r->mapped.p)
		munmap((void *)r->mapped.p, r->mapped.n);
	if (r->file >= 0)
		close(r->file);
	struct arena mem = r->mem;
	arena_done(&mem);
	*context = NULL;
}

/* ---- start and stop ------------------------------------------------------------------------------ */

static MUST_USE enum err open_socket(const struct listen_opts *o, int *ret, struct fault *f)
{
	char port[8];
	struct addrinfo hint = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV }, *a;
	snprintf(port, sizeof port, "%d", o->port);
	if (getaddrinfo(o->address, port, &hint, &a))
		return FAULT(f, ERR_INPUT, "web.listen", "%s is no address to listen on", o->address);
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	bool bound = fd >= 0 && !bind(fd, a->ai_addr, a->ai_addrlen) && !listen(fd, 1024);
	int why = errno;
	freeaddrinfo(a);
	if (bound) {
		*ret = fd;
		return OK;
	}
	if (fd >= 0)
		close(fd);
	return FAULT(f, why == EADDRINUSE ? ERR_CONFLICT : ERR_REMOTE, "web.listen", "%s port %d: %s", o->address, o->port, strerror(why));
}

static int port_of(int fd)
{
	struct sockaddr_storage s;
	socklen_t n = sizeof s;
	if (getsockname(fd, (struct sockaddr *)&s, &n))
		return 0;
	return ntohs(s.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&s)->sin6_port : ((struct sockaddr_in *)&s)->sin_port);
}

static void quiet(void *cls, const char *fmt, va_list ap)
{
}

static void fill_defaults(struct listen *l)
{
	struct listen_opts *o = &l->o;
	o->workers = MIN(o->workers ? o->workers : 4, (int)WORKERS_MOST);
	o->queue_most = o->queue_most ? o->queue_most : 256;
	o->connections_most = o->connections_most ? o->connections_most : 4096;
	o->head_ms = o->head_ms ? o->head_ms : 10000;
	o->still_ms = o->still_ms ? o->still_ms : 10000;
	o->spool = o->spool ? o->spool : "/tmp";
}

enum err listen_start(const struct listen_opts *o, const struct listen_calls *c, struct listen **ret, struct fault *f)
{
	int fd = -1;
	TRY(open_socket(o, &fd, f));
	struct arena mem = { 0 };
	struct listen *l = NEW(&mem, struct listen);
	l->mem = mem;
	l->o = *o;
	l->calls = *c;
	fill_defaults(l);
	l->port = port_of(fd);
	l->conns.next = l->conns.prev = &l->conns;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	l->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, l,
		MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)LOOPS,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(48 << 10), MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)l->o.connections_most, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)MAX(1, l->o.still_ms / 1000),
		MHD_OPTION_NOTIFY_CONNECTION, conn_notify, l, MHD_OPTION_NOTIFY_COMPLETED, ended, l, MHD_OPTION_URI_LOG_CALLBACK, on_target, l,
		MHD_OPTION_END);
	if (!l->daemon) {
		close(fd);
		arena_done(&mem);
		return FAULT(f, ERR_REMOTE, "web.listen", "the server on port %d did not start", o->port);
	}
	for (; l->nworkers < l->o.workers; l->nworkers++)
		BUG_IF(pthread_create(&l->workers[l->nworkers], NULL, work, l));
	BUG_IF(pthread_create(&l->watchdog, NULL, watch, l));
	*ret = l;
	return OK;
}

int listen_port(const struct listen *l)
{
	return l->port;
}

static bool idle(struct listen *l)
{
	pthread_mutex_lock(&l->lock);
	bool none = !l->nqueued && !l->busy;
	pthread_mutex_unlock(&l->lock);
	return none;
}

void listen_stop(struct listen *l, int drain_ms)
{
	int fd = MHD_quiesce_daemon(l->daemon);
	int64_t until = clock_ms() + drain_ms;
	while (!idle(l) && clock_ms() < until)
		usleep(10 * 1000);
	pthread_mutex_lock(&l->lock);
	l->stopping = true;
	pthread_cond_broadcast(&l->wake);
	pthread_mutex_unlock(&l->lock);
	/* Workers finish what is queued: a connection that sleeps may not be taken down. */
	for (int i = 0; i < l->nworkers; i++)
		pthread_join(l->workers[i], NULL);
	usleep(50 * 1000);
	pthread_mutex_lock(&l->lock);
	l->drained = true;
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->watchdog, NULL);
	MHD_stop_daemon(l->daemon);
	if (fd >= 0)
		close(fd);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->wake);
	struct arena mem = l->mem;
	arena_done(&mem);
}

struct listen_counts listen_counts(struct listen *l)
{
	pthread_mutex_lock(&l->lock);
	struct listen_counts c = l->counts;
	c.open = l->nopen;
	c.queued = l->nqueued;
	pthread_mutex_unlock(&l->lock);
	return c;
}
