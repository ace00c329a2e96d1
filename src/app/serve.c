/*
 * serve - the site on a socket, and beside it the child that works: fetches, reads, watches. Stopped by SIGTERM or
 * SIGINT: takes no more, finishes what was begun, at most ten seconds.
 */
#include "app/data.h"
#include "app/site.h"
#include "base/log.h"
#include "net/sdnotify.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct service { struct shared shared; const char *url; };

static volatile sig_atomic_t asked_to_stop;

static void on_stop(int sig)
{
	(void)sig;
	asked_to_stop = 1;
}

static void *worker_open(void *env)
{
	struct service *s = env;
	struct fault f;
	struct db *db = NULL;
	if (db_open(s->url, &db, &f))
		log_fault("worker.open", &f);
	return db;
}

static void worker_close(void *env, void *worker)
{
	(void)env;
	db_close(worker);
}

static void answer(void *env, void *worker, struct arena *mem, const struct http_request *q, struct reply *reply)
{
	struct service *s = env;
	struct shared now = s->shared;
	struct cx cx = { .mem = mem, .db = worker, .now = clock_now(), .tools = &s->shared.tools };
	/* Without the settings the page is shown as at the start; if the database is away, the page itself says so. */
	bool fixed = str_starts(q->target, S("/assets/")) || str_eq(q->target, S("/healthz"));
	if (!fixed && worker && shared_follow(&cx, &now))
		cx.fault = (struct fault){ 0 };
	cx.lang = now.lang;
	web_request(&cx, &now.site, q, reply);
}

static size_t body_most(void *env, struct str method, struct str target)
{
	struct service *s = env;
	return web_body_most(&s->shared.site, method, target);
}

static pid_t start_work(const struct call *c)
{
	pid_t pid;
	char *argv[] = { "nhipcau", "work", "--with-parent", "--database", arena_z(c->mem, data_url(c)), "--data", (char *)data_dir(c), NULL };
	int e = posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ);
	if (!e)
		return pid;
	log_line(LOG_ERROR, "work.start", "why=\"%s\"", strerror(e));
	return 0;
}

/* A worker that died is started again, a minute later at the earliest, so that a bug does not spin. */
static void wait_and_watch(const struct call *c, bool work)
{
	pid_t child = work ? start_work(c) : 0;
	int64_t started = clock_ms();
	while (!asked_to_stop) {
		int status;
		sleep(1);
		sd_tell("WATCHDOG=1");
		if (child && waitpid(child, &status, WNOHANG) == child) {
			log_line(LOG_ERROR, "work.ended", "status=%d", status);
			child = 0;
		}
		if (work && !child && clock_ms() - started > 60000) {
			child = start_work(c);
			started = clock_ms();
		}
	}
	if (child) {
		kill(child, SIGTERM);
		waitpid(child, NULL, 0);
	}
}

static enum err listen_here(const struct call *c, struct service *s, struct fault *f)
{
	const char *host = call_flag(c, "listen");
	struct listen_opts o = { .address = host ? host : "127.0.0.1", .port = (int)call_int(c, "port", 0, 65535, 8080),
		                 .workers = (int)call_int(c, "workers", 1, 64, 4), .spool = data_dir(c) };
	struct listen_calls calls = { worker_open, worker_close, answer, body_most, s };
	TRY(listen_start(&o, &calls, &s->shared.listen, f));
	printf("Nhịp Cầu is at http://%s:%d/ (stop with Ctrl-C)\n", o.address, listen_port(s->shared.listen));
	fflush(stdout);
	return OK;
}

static int run(struct call *c)
{
	struct cx cx;
	int code;
	struct service s = { .url = data_url(c).p };
	if (call_bare(c))
		return 2;
	if (!data_open(c, &cx, &code))
		return code;
	enum err e = shared_open(&cx, &s.shared, data_dir(c));
	s.shared.site.pace = (int)call_int(c, "pace", 0, 1000000, s.shared.site.pace);
	if (!e)
		e = listen_here(c, &s, &cx.fault);
	code = e ? data_failed(c, &cx) : 0;
	data_close(&cx);
	if (!e) {
		struct sigaction stop = { .sa_handler = on_stop };
		sigaction(SIGTERM, &stop, NULL);
		sigaction(SIGINT, &stop, NULL);
		sd_tell("READY=1");
		wait_and_watch(c, !call_flag(c, "no-work"));
		sd_tell("STOPPING=1");
		listen_stop(s.shared.listen, 10000);
	}
	shared_close(&s.shared);
	return code;
}

static const struct flag flags[] = {
	{ "listen", "ADDRESS", "address to listen on (default: 127.0.0.1)" },
	{ "port", "N", "port (default: 8080; 0: any free one)" },
	{ "workers", "N", "threads that answer (default: 4)" },
	{ "pace", "N", "requests a minute from one address (default: 600; 0: no limit)" },
	{ "no-work", NULL, "pages only: no fetching, no watching" },
	DATA_FLAGS,
	{ 0 },
};

const struct command command_serve = {
	.name = "serve", .usage = "[--listen ADDRESS] [--port N] [--data DIR | --database URL]", .flags = flags, .run = run,
	.about = "Serves the pages and the API, and fetches and watches beside it.",
	.example = "nhipcau serve --data data --port 8080",
};

/* ---- one request from standard input, and the description ------------------------------------------------------- */

static int run_http(struct call *c)
{
	struct cx cx;
	int code;
	struct shared s = { 0 };
	struct text raw = text_new(c->mem);
	char part[65536];
	if (call_bare(c))
		return 2;
	if (!data_open(c, &cx, &code))
		return code;
	for (ssize_t n; raw.n < 20 << 20 && (n = read(STDIN_FILENO, part, sizeof part)) > 0;)
		text_add(&raw, (struct str){ part, (size_t)n });
	if (shared_open(&cx, &s, data_dir(c))) {
		code = data_failed(c, &cx);
	} else {
		cx.who = (struct actor){ 0 };
		cx.tools = &s.tools;
		cx.lang = s.lang;
		struct str out = web_once(&cx, &s.site, text_str(&raw));
		fwrite(out.p, 1, out.n, stdout);
		code = 0;
	}
	data_close(&cx);
	shared_close(&s);
	return code;
}

static const struct flag data_flags[] = { DATA_FLAGS, { 0 } };

const struct command command_http = {
	.name = "http", .usage = "[--data DIR] < REQUEST", .flags = data_flags, .run = run_http,
	.about = "Answers one HTTP request from standard input, without a socket.",
	.example = "printf 'GET /healthz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' | nhipcau http",
};
