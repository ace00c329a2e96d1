/*
 * cage - the parent's side: starts children, sends requests, waits with a deadline, believes nothing. A
 * child that fails is killed and reaped at once; the next request starts another.
 */
#include "cage/cage.h"
#include "base/time.h"
#include "cage/child.h"
#include "cage/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_ROOM = 1 << 20, CHILDREN_MOST = 64 };

struct child {
	pid_t pid;      /* 0: not running */
	int to, from;
	int documents;
	bool busy;
};

struct cage {
	struct cage_limits limits;
	struct child children[CHILDREN_MOST];
	struct cage_stats stats;
	pthread_mutex_t lock;
	pthread_cond_t free;
};

enum err cage_open(const struct cage_limits *limits, struct cage **ret, struct fault *fault)
{
	struct cage *c = calloc(1, sizeof *c);
	if (!c)
		return FAULT(fault, ERR_LIMIT, "cage.memory", "no memory for a cage");
	if (limits)
		c->limits = *limits;
	c->limits.children = c->limits.children < 1 ? 1 : MIN(c->limits.children, CHILDREN_MOST);
	c->limits.deadline_ms = c->limits.deadline_ms > 0 ? c->limits.deadline_ms : 2000;
	c->limits.memory = c->limits.memory > 0 ? c->limits.memory : (int64_t)256 << 20;
	c->limits.documents = c->limits.documents > 0 ? c->limits.documents : 5000;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->free, NULL);
	signal(SIGPIPE, SIG_IGN);
	*ret = c;
	return OK;
}

static void child_end(struct child *k, bool kill_it)
{
	if (!k->pid)
		return;
	close(k->to);
	close(k->from);
	if (kill_it)
		kill(k->pid, SIGKILL);
	while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
		;
	k->pid = 0;
	k->documents = 0;
}

void cage_close(struct cage *c)
{
	if (!c)
		return;
	for (int i = 0; i < c->limits.children; i++)
		child_end(&c->children[i], true);
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->free);
	free(c);
}

static int spawn(struct child *k, int in, int out, int64_t memory)
{
	char room[24];
	snprintf(room, sizeof room, "%lld", (long long)memory);
	char *argv[] = { (char *)CAGE_CHILD_NAME, room, NULL }, *no_environment[] = { NULL };
	posix_spawn_file_actions_t acts;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&acts);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawn_file_actions_adddup2(&acts, in, 0);
	posix_spawn_file_actions_adddup2(&acts, out, 1);
	posix_spawn_file_actions_addclosefrom_np(&acts, 2);
	int r = posix_spawn(&k->pid, "/proc/self/exe", &acts, &attr, argv, no_environment);
	posix_spawn_file_actions_destroy(&acts);
	posix_spawnattr_destroy(&attr);
	return r;
}

/* Both ends high enough that putting one on 0 and 1 never hits the other. */
static bool high_pipe(int ends[2])
{
	int raw[2];
	if (pipe2(raw, O_CLOEXEC))
		return false;
	ends[0] = fcntl(raw[0], F_DUPFD_CLOEXEC, 10);
	ends[1] = fcntl(raw[1], F_DUPFD_CLOEXEC, 10);
	close(raw[0]);
	close(raw[1]);
	if (ends[0] >= 0 && ends[1] >= 0) {
		fcntl(ends[0], F_SETPIPE_SZ, PIPE_ROOM);
		return true;
	}
	close(ends[0]);
	close(ends[1]);
	return false;
}

static enum err child_start(struct cage *c, struct child *k, struct fault *fault)
{
	int to[2], from[2];
	if (!high_pipe(to))
		return FAULT(fault, ERR_BUSY, "cage.start", "no pipe for a reader: %s", strerror(errno));
	if (!high_pipe(from)) {
		close(to[0]);
		close(to[1]);
		return FAULT(fault, ERR_BUSY, "cage.start", "no pipe for a reader: %s", strerror(errno));
	}
	int r = spawn(k, to[0], from[1], c->limits.memory);
	close(to[0]);
	close(from[1]);
	if (r) {
		k->pid = 0;
		close(to[1]);
		close(from[0]);
		return FAULT(fault, ERR_BUSY, "cage.start", "no reader could be started: %s", strerror(r));
	}
	k->to = to[1];
	k->from = from[0];
	fcntl(k->to, F_SETFL, O_NONBLOCK);
	fcntl(k->from, F_SETFL, O_NONBLOCK);
	return OK;
}

static struct child *child_take(struct cage *c)
{
	pthread_mutex_lock(&c->lock);
	for (;;) {
		struct child *idle = NULL;
		for (int i = 0; i < c->limits.children; i++) {
			struct child *k = &c->children[i];
			if (!k->busy && (!idle || (k->pid && !idle->pid)))
				idle = k;
		}
		if (idle) {
			idle->busy = true;
			c->stats.documents++;
			pthread_mutex_unlock(&c->lock);
			return idle;
		}
		pthread_cond_wait(&c->free, &c->lock);
	}
}

static void child_give(struct cage *c, struct child *k)
{
	bool old = k->pid && ++k->documents >= c->limits.documents;
	if (old)
		child_end(k, false);
	pthread_mutex_lock(&c->lock);
	c->stats.retired += old;
	k->busy = false;
	pthread_cond_signal(&c->free);
	pthread_mutex_unlock(&c->lock);
}

struct talk {
	struct child *k;
	struct str parts[3];      /* what is still to be sent */
	int part;
	int64_t until_ms;
	char *in;                 /* what came, and what is wanted */
	size_t have, want;
	bool hung;
	bool many;                /* records may come before the answer */
};

static bool send_some(struct talk *t)
{
	while (t->part < 3) {
		struct str *s = &t->parts[t->part];
		if (!s->n) {
			t->part++;
			continue;
		}
		ssize_t r = write(t->k->to, s->p, s->n);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return errno == EAGAIN;
		*s = str_sub(*s, (size_t)r, s->n);
	}
	return true;
}

static bool take_some(struct talk *t)
{
	while (t->have < t->want) {
		ssize_t r = read(t->k->from, t->in + t->have, t->want - t->have);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return r < 0 && errno == EAGAIN;
		t->have += (size_t)r;
	}
	return true;
}

/* Sends what is left and takes until `want` bytes are there. False: the child is gone or too late. */
static bool exchange(struct talk *t)
{
	for (;;) {
		if (!send_some(t) || !take_some(t))
			return false;
		if (t->have == t->want)
			return true;
		int64_t left = t->until_ms - clock_ms();
		struct pollfd p[] = { { t->k->from, POLLIN, 0 }, { t->k->to, POLLOUT, 0 } };
		if (left <= 0 || poll(p, t->part < 3 ? 2 : 1, (int)left) == 0) {
			t->hung = true;
			return false;
		}
	}
}

static bool answer_possible(const struct talk *t, const struct frame_answer *a)
{
	bool known = a->err == OK || a->err == ERR_INPUT || a->err == ERR_LIMIT;
	return a->magic == CAGE_MAGIC && known && a->bytes <= CAGE_ANSWER_MOST && (a->more == 0 || (a->more == 1 && t->many));
}

enum outcome { FINE, CRASHED, HUNG, BABBLED };

static enum outcome ask(struct talk *t, struct arena *mem, struct frame_answer *a, struct str *body)
{
	t->in = (char *)a;
	t->have = 0;
	t->want = sizeof *a;
	if (!exchange(t))
		return t->hung ? HUNG : CRASHED;
	if (!answer_possible(t, a) || t->part < 3)
		return BABBLED;
	t->in = arena_raw(mem, (size_t)a->bytes + 1);
	t->have = 0;
	t->want = a->bytes;
	if (!exchange(t))
		return t->hung ? HUNG : CRASHED;
	t->in[a->bytes] = 0;
	*body = (struct str){ t->in, a->bytes };
	return FINE;
}

static void count(struct cage *c, enum outcome o, bool started)
{
	pthread_mutex_lock(&c->lock);
	c->stats.started += started;
	c->stats.lost += o != FINE;
	c->stats.crashes += o == CRASHED;
	c->stats.hangs += o == HUNG;
	c->stats.wrong_frames += o == BABBLED;
	pthread_mutex_unlock(&c->lock);
}

static enum err lost(const struct cage *c, enum outcome o, struct fault *fault)
{
	if (o == HUNG)
		return FAULT(fault, ERR_LIMIT, "cage.hang", "the reader did not finish within %d ms and was stopped", c->limits.deadline_ms);
	if (o == CRASHED)
		return FAULT(fault, ERR_INPUT, "cage.crash", "the reader died on this document: a fault of its own, or more memory or rights wanted than it has");
	return FAULT(fault, ERR_INPUT, "cage.frame", "the reader's answer made no sense and was thrown away");
}

struct question { enum cage_kind kind; struct str url, bytes; };

static enum err child_ready(struct cage *c, struct child *k, bool *ret_fresh, struct fault *fault)
{
	char stray;
	if (k->pid && read(k->from, &stray, 1) != -1) /* it died, or speaks unasked */
		child_end(k, true);
	*ret_fresh = !k->pid;
	return *ret_fresh ? child_start(c, k, fault) : OK;
}

static enum err one(struct cage *c, struct child *k, struct arena *mem, const struct question *q, struct str *body, struct fault *fault)
{
	struct frame_request head = { CAGE_MAGIC, q->kind, (uint32_t)q->url.n, (uint32_t)q->bytes.n };
	struct frame_answer a;
	bool fresh;
	TRY(child_ready(c, k, &fresh, fault));
	struct talk t = { .k = k, .parts = { { (const char *)&head, sizeof head }, q->url, q->bytes },
		          .until_ms = clock_ms() + c->limits.deadline_ms + (fresh ? 2000 : 0) };
	enum outcome o = ask(&t, mem, &a, body);
	count(c, o, fresh);
	if (o != FINE) {
		child_end(k, true);
		return lost(c, o, fault);
	}
	if (a.err)
		return FAULT(fault, (enum err)a.err, "cage.document", "%.*s", (int)MIN(body->n, (size_t)250), body->p);
	return OK;
}

static enum err question(struct cage *c, struct arena *mem, struct question q, struct str *body, struct fault *fault)
{
	if (q.bytes.n > CAGE_REQUEST_MOST)
		return FAULT(fault, ERR_LIMIT, "cage.large", "%zu bytes are more than the %d MB a document may have", q.bytes.n, CAGE_REQUEST_MOST >> 20);
	q.url = str_sub(q.url, 0, CAGE_URL_MOST);
	struct child *k = child_take(c);
	enum err err = one(c, k, mem, &q, body, fault);
	child_give(c, k);
	return err;
}

static enum err nonsense(struct cage *c, struct fault *fault)
{
	count(c, BABBLED, false);
	return lost(c, BABBLED, fault);
}

enum err cage_read_feed(struct cage *c, struct arena *mem, struct str bytes, struct feed *ret, struct fault *fault)
{
	struct str body;
	TRY(question(c, mem, (struct question){ CAGE_FEED, S(""), bytes }, &body, fault));
	return unpack_feed(mem, body, ret) ? OK : nonsense(c, fault);
}

enum err cage_read_opml(struct cage *c, struct arena *mem, struct str bytes, struct opml *ret, struct fault *fault)
{
	struct str body;
	TRY(question(c, mem, (struct question){ CAGE_OPML, S(""), bytes }, &body, fault));
	return unpack_opml(mem, body, ret) ? OK : nonsense(c, fault);
}

enum err cage_read_page(struct cage *c, struct arena *mem, struct str bytes, struct str url, struct page *ret, struct fault *fault)
{
	struct str body;
	TRY(question(c, mem, (struct question){ CAGE_PAGE, url, bytes }, &body, fault));
	return unpack_page(mem, body, ret) ? OK : nonsense(c, fault);
}

enum err cage_probe(struct cage *c, struct arena *mem, struct str deed, struct str *ret, struct fault *fault)
{
	return question(c, mem, (struct question){ CAGE_PROBE, deed, S("") }, ret, fault);
}

/* ---- archives ---- */

enum { PIECE = 256 << 10 };

struct cage_warc {
	struct cage *cage;
	struct child *child;         /* NULL: given back */
	cage_source *source;
	void *env;
	struct talk talk;
	struct frame_request head;
	char piece[PIECE];
	bool fresh, asking, last;    /* the child was started now; its answer is not whole; no piece comes after */
	struct arena answer, words;  /* of one frame; of the sum's words */
	struct cage_warc_sum sum;
};

struct cage_warc *cage_warc_begin(struct cage *c, cage_source *source, void *env)
{
	struct cage_warc *w = calloc(1, sizeof *w);
	BUG_IF(!w);
	w->cage = c;
	w->source = source;
	w->env = env;
	return w;
}

/* A child that has part of an archive in it is of no use to anybody else. */
static void give_back(struct cage_warc *w, bool in_peace)
{
	if (!w->child)
		return;
	if (!in_peace)
		child_end(w->child, true);
	child_give(w->cage, w->child);
	w->child = NULL;
	w->asking = false;
	w->last = true;
}

static enum err send_piece(struct cage_warc *w, struct fault *fault)
{
	if (!w->child) {
		w->child = child_take(w->cage);
		enum err e = child_ready(w->cage, w->child, &w->fresh, fault);
		if (e) {
			give_back(w, false);
			return e;
		}
		count(w->cage, FINE, w->fresh);
	}
	struct str piece = { w->piece, w->source(w->env, w->piece, PIECE) };
	w->last = !piece.n;
	w->head = (struct frame_request){ CAGE_MAGIC, w->last ? CAGE_WARC_END : CAGE_WARC, 0, (uint32_t)piece.n };
	w->talk = (struct talk){ .k = w->child, .parts = { { (const char *)&w->head, sizeof w->head }, S(""), piece }, .many = true };
	w->asking = true;
	return OK;
}

/* One frame: a record, or a piece's sum. */
static enum outcome take_frame(struct cage_warc *w, struct arena *mem, struct cage_record *ret, bool *ret_record)
{
	struct frame_answer a;
	struct str body;
	if (w->answer.top)
		arena_reset(&w->answer);
	w->talk.until_ms = clock_ms() + w->cage->limits.deadline_ms + (w->fresh ? 2000 : 0);
	enum outcome o = ask(&w->talk, &w->answer, &a, &body);
	if (o != FINE)
		return o;
	*ret_record = a.more;
	if (a.more)
		return unpack_record(mem, body, ret) ? FINE : BABBLED;
	w->asking = w->fresh = false;
	if (w->words.top)
		arena_reset(&w->words);
	return !a.err && unpack_sum(&w->words, body, &w->sum) ? FINE : BABBLED;
}

enum err cage_warc_next(struct cage_warc *w, struct arena *mem, struct cage_record *ret, bool *ret_more, struct fault *fault)
{
	bool record = false;
	while (w->asking || !w->last) {
		if (!w->asking)
			TRY(send_piece(w, fault));
		enum outcome o = take_frame(w, mem, ret, &record);
		if (o != FINE) {
			count(w->cage, o, false);
			give_back(w, false);
			return lost(w->cage, o, fault);
		}
		if (record)
			break;
	}
	*ret_more = record;
	if (!record)
		give_back(w, true);
	return OK;
}

struct cage_warc_sum cage_warc_sum(const struct cage_warc *w)
{
	return w->sum;
}

void cage_warc_end(struct cage_warc *w)
{
	if (!w)
		return;
	give_back(w, !w->asking && w->last);
	arena_done(&w->answer);
	arena_done(&w->words);
	free(w);
}

struct cage_stats cage_stats(struct cage *c)
{
	pthread_mutex_lock(&c->lock);
	struct cage_stats s = c->stats;
	pthread_mutex_unlock(&c->lock);
	return s;
}
