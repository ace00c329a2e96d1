/*
 * The socket under bad manners and under load. Sizes are small enough for a second or two each.
 */
#include "base/test.h"
#include "base/log.h"
#include "base/time.h"
#include "web/demo_site.h"
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static struct site site;
static struct listen *server;

static void answer(void *env, void *worker, struct arena *mem, const struct http_request *q, struct reply *reply)
{
	struct cx *cx = NEW(mem, struct cx);
	*cx = demo_cx(mem);
	web_request(cx, env, q, reply);
}

static size_t body_most(void *env, struct str method, struct str target)
{
	return web_body_most(env, method, target);
}

static void start(int head_ms, int queue_most)
{
	struct fault f = { 0 };
	struct listen_opts o = { .address = "127.0.0.1", .workers = 4, .head_ms = head_ms, .still_ms = head_ms, .queue_most = queue_most };
	struct listen_calls c = { .answer = answer, .body_most = body_most, .env = &site };
	log_quiet(true);
	site = demo_site(test_mem());
	CHECK(listen_start(&o, &c, &server, &f) == OK);
}

static int dial(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)listen_port(server)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(fd >= 0 && !connect(fd, (struct sockaddr *)&a, sizeof a));
	return fd;
}

static void say_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		s = str_sub(s, (size_t)n, s.n);
	}
}

/* What comes until the other side closes, or nothing more for `ms`. */
static struct str hear(int fd, struct arena *mem, int ms)
{
	struct text t = text_new(mem);
	char b[4096];
	struct pollfd p = { fd, POLLIN, 0 };
	while (poll(&p, 1, ms) > 0) {
		ssize_t n = recv(fd, b, sizeof b, 0);
		if (n <= 0)
			break;
		text_add(&t, (struct str){ b, (size_t)n });
	}
	return text_str(&t);
}

static int status_for(struct str raw)
{
	int fd = dial();
	char b[64] = "";
	struct pollfd p = { fd, POLLIN, 0 };
	say_all(fd, raw);
	ssize_t n = poll(&p, 1, 3000) > 0 ? recv(fd, b, sizeof b - 1, 0) : 0;
	close(fd);
	return n > 12 ? atoi(b + 9) : 0;
}

#define H "Host: x\r\n"

TEST(requests_that_can_be_read_two_ways_are_refused)
{
	static char long_head[20 << 10], huge_head[100 << 10];
	memset(long_head, 'a', sizeof long_head);
	memset(huge_head, 'a', sizeof huge_head);
	struct arena *m = test_mem();
	struct str with_long = str_fmt(m, "GET /so HTTP/1.1\r\n" H "X: %.*s\r\n\r\n", (int)sizeof long_head, long_head);
	struct str with_huge = str_fmt(m, "GET /so HTTP/1.1\r\n" H "X: %.*s\r\n\r\n", (int)sizeof huge_head, huge_head);
	const struct { struct str raw; int a, b; } shapes[] = {
		{ S("GET /so HTTP/1.1\r\n" H "\r\n"), 200, 200 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nabcde"), 200, 200 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, 411 },
		{ S("POST /dai HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"), 411, 411 },
		{ S("POST /dai HTTP/1.1\r\n" H "Transfer-Encoding: x\r\n\r\n"), 411, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 5, 5\r\n\r\nabcde"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: +5\r\n\r\nabcde"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: -5\r\n\r\nabcde"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 0x5\r\n\r\nabcde"), 400, 400 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n\r\n"), 400, 413 },
		{ S("POST /dai HTTP/1.1\r\n" H "Content-Length: 2000000\r\n\r\n"), 413, 413 },
		{ S("POST /bieu-mau HTTP/1.1\r\n" H "Content-Length: 70000\r\n\r\n"), 413, 413 },
		{ S("GET /so HTTP/1.1\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\nHost: x y\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\nHost: \r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\n" H "X : y\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\n" H "X: a\0b\r\nY: c\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\n" H "X: a\0b\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\n" H "X: a\r\n folded\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\r\n" H "X: a\n Y: b\r\n\r\n"), 400, 400 },
		{ S("GET /so HTTP/1.1\nHost: x\n\n"), 400, 0 },
		{ S("GET /so HTTP/1.1\r\n" H "no colon here\r\n\r\n"), 400, 400 },
		{ S("GET http://evil.example/ HTTP/1.1\r\n" H "\r\n"), 400, 400 },
		{ S("GET /so#x HTTP/1.1\r\n" H "\r\n"), 400, 400 },
		{ S("BREW /so HTTP/1.1\r\n" H "\r\n"), 501, 501 },
		{ S("GET /so HTTP/3.0\r\n" H "\r\n"), 505, 400 },
		{ with_long, 431, 431 },
		{ with_huge, 431, 431 },
	};
	int bad = 0;
	start(2000, 0);
	for (size_t i = 0; i < COUNT(shapes); i++) {
		int got = status_for(shapes[i].raw);
		if (got != shapes[i].a && got != shapes[i].b) {
			fprintf(stderr, "shape %zu: %d, wanted %d: %.60s\n", i, got, shapes[i].a, shapes[i].raw.p);
			bad++;
		}
	}
	listen_stop(server, 1000);
	CHECK_INT(bad, 0);
}

TEST(a_large_body_waits_in_a_file_and_arrives_whole)
{
	enum { N = 300000 };
	struct text body = text_new(test_mem());
	for (int i = 0; body.n < N; i++)
		text_fmt(&body, "%d,", i);
	body.n = N;
	start(3000, 0);
	int fd = dial();
	say_all(fd, str_fmt(test_mem(), "POST /dai HTTP/1.1\r\n" H "Connection: close\r\nContent-Length: %d\r\n\r\n", N));
	say_all(fd, text_str(&body));
	struct str r = hear(fd, test_mem(), 2000);
	close(fd);
	listen_stop(server, 1000);
	CHECK(str_find(r, str_fmt(test_mem(), "\r\n\r\n%d %016llx", N, (unsigned long long)hash_str(text_str(&body)))) > 0);
}

TEST(who_drips_is_cut_while_others_are_served)
{
	enum { DRIPPERS = 150 };
	int fds[DRIPPERS], cut = 0;
	start(1000, 0);
	for (int i = 0; i < DRIPPERS; i++) {
		fds[i] = dial();
		say_all(fds[i], S("GET /so HTTP/1.1\r\nX"));
	}
	for (int round = 0; round < 9; round++) {
		for (int i = 0; i < DRIPPERS; i++)
			say_all(fds[i], S("-"));
		int64_t from = clock_ms();
		int status = status_for(S("GET /so HTTP/1.1\r\n" H "\r\n"));
		CHECK_INT(status, 200);
		CHECK(clock_ms() - from < 500);
		usleep(200 * 1000);
	}
	for (int i = 0; i < DRIPPERS; i++) {
		char b[256];
		struct pollfd p = { fds[i], POLLIN | POLLHUP, 0 };
		cut += poll(&p, 1, 0) > 0 && recv(fds[i], b, sizeof b, 0) <= 0;
		close(fds[i]);
	}
	listen_stop(server, 1000);
	CHECK_INT(cut, DRIPPERS);
}

/* ---- load ---------------------------------------------------------------------------------------- */

enum { CLIENTS = 16, EACH = 250 };

struct client { pthread_t thread; int no, right; };

static bool one_answer(int fd, struct arena *mem, int n)
{
	struct text t = text_new(mem);
	char b[2048];
	struct str want = str_fmt(mem, " %d", n);
	say_all(fd, str_fmt(mem, "GET /so?n=%d HTTP/1.1\r\n" H "\r\n", n));
	for (int i = 0; i < 50; i++) {
		struct pollfd p = { fd, POLLIN, 0 };
		ssize_t got = poll(&p, 1, 3000) > 0 ? recv(fd, b, sizeof b, 0) : -1;
		if (got <= 0)
			return false;
		text_add(&t, (struct str){ b, (size_t)got });
		if (str_find(text_str(&t), S("\r\n\r\n")) > 0 && str_ends(text_str(&t), want))
			return true;
	}
	return false;
}

static void *client(void *arg)
{
	struct client *c = arg;
	struct arena mem = { 0 };
	int fd = dial();
	for (int i = 0; i < EACH; i++) {
		c->right += one_answer(fd, &mem, c->no * EACH + i + 1000000);
		arena_reset(&mem);
		if (i % 50 == 49) {
			close(fd);
			fd = dial();
		}
	}
	close(fd);
	arena_done(&mem);
	return NULL;
}

TEST(under_load_every_request_gets_its_own_answer)
{
	struct client clients[CLIENTS] = { 0 };
	int right = 0;
	start(5000, 0);
	for (int i = 0; i < CLIENTS; i++) {
		clients[i].no = i;
		CHECK(!pthread_create(&clients[i].thread, NULL, client, &clients[i]));
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(clients[i].thread, NULL);
		right += clients[i].right;
	}
	listen_stop(server, 1000);
	CHECK_INT(right, CLIENTS * EACH);
}

TEST(when_the_queue_is_long_the_rest_are_told_to_come_back)
{
	enum { N = 12 };
	int fds[N], busy = 0, served = 0;
	start(3000, 2);
	for (int i = 0; i < N; i++) {
		fds[i] = dial();
		say_all(fds[i], S("GET /cham HTTP/1.1\r\n" H "Connection: close\r\n\r\n"));
	}
	for (int i = 0; i < N; i++) {
		struct str r = hear(fds[i], test_mem(), 3000);
		busy += str_starts(r, S("HTTP/1.1 503")) && str_find(r, S("Retry-After: 2")) > 0;
		served += str_starts(r, S("HTTP/1.1 200"));
		close(fds[i]);
	}
	listen_stop(server, 1000);
	CHECK_INT(busy + served, N);
	CHECK(busy >= 2 && served >= 2);
}

TEST(what_was_begun_is_answered_before_the_end)
{
	start(3000, 0);
	int fd = dial();
	say_all(fd, S("GET /cham HTTP/1.1\r\n" H "\r\n"));
	usleep(50 * 1000);
	listen_stop(server, 2000);
	CHECK(str_starts(hear(fd, test_mem(), 500), S("HTTP/1.1 200")));
	close(fd);
}
