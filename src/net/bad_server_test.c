/*
 * bad_server - raw sockets, one thread a connection. Every way ends by itself when the client goes.
 */
#include "net/bad_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char last_request[16384], last_mail[65536], paths[4096][64];
static int npaths;

static bool say(int s, const void *p, size_t n)
{
	return send(s, p, n, MSG_NOSIGNAL) == (ssize_t)n;
}

static bool say_z(int s, const char *z)
{
	return say(s, z, strlen(z));
}

static void rest(int ms)
{
	poll(NULL, 0, ms);
}

static void drip(int s, const char *head, const char *one)
{
	say_z(s, head);
	for (int i = 0; i < 100 && say_z(s, one); i++)
		rest(50);
}

static void endless(int s, const char *head)
{
	static char much[65536];
	say_z(s, head);
	memset(much, 'x', sizeof much);
	for (int i = 0; i < 10000 && say(s, much, sizeof much); i++)
		;
}

/* 64 MB of zeros in 64 KB of gzip. */
static void bomb(int s)
{
	static unsigned char zeros[65536], out[65536];
	z_stream z = { 0 };
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	say_z(s, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
	for (int i = 0; i < 1024; i++) {
		z.next_in = zeros;
		z.avail_in = sizeof zeros;
		do {
			z.next_out = out;
			z.avail_out = sizeof out;
			deflate(&z, i == 1023 ? Z_FINISH : Z_NO_FLUSH);
			if (z.avail_out < sizeof out && !say(s, out, sizeof out - z.avail_out))
				i = 1024;
		} while (!z.avail_out);
	}
	deflateEnd(&z);
}

static void header_flood(int s)
{
	char line[128];
	say_z(s, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; i < 100000; i++) {
		int n = snprintf(line, sizeof line, "X-Number-%d: %0100d\r\n", i, i);
		if (!say(s, line, (size_t)n))
			return;
	}
}

static void gzip_ok(int s, bool whole)
{
	unsigned char packed[256];
	char head[256];
	z_stream z = { 0 };
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (unsigned char *)(uintptr_t)"xin chao, day la tin da nen";
	z.avail_in = 27;
	z.next_out = packed;
	z.avail_out = sizeof packed;
	deflate(&z, Z_FINISH);
	size_t n = sizeof packed - z.avail_out;
	deflateEnd(&z);
	if (!whole)
		packed[12] ^= 0xff, packed[14] ^= 0x55;
	snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", n);
	say_z(s, head);
	say(s, packed, n);
}

/* To another name of this machine, which then asks for rest. */
static void to_tired(int s)
{
	char head[128];
	snprintf(head, sizeof head, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/429\r\nContent-Length: 0\r\n\r\n", bad_server_port());
	say_z(s, head);
}

struct way {
	const char *path, *answer;
};

/* A `|` at the end means: say nothing more and hold the line open. */
static const struct way ways[] = {
	{ "/ok", "HTTP/1.1 200 OK\r\nContent-Type: Text/XML; charset=\"UTF-8\"\r\nETag: \"v1\"\r\nLast-Modified: Mon, 23 Nov 2026 00:00:00 GMT\r\nContent-Length: 5\r\n\r\nhello" },
	{ "/304", "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n" },
	{ "/404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone" },
	{ "/410", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n" },
	{ "/403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n" },
	{ "/500", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" },
	{ "/503", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" },
	{ "/503-later", "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n" },
	{ "/429", "HTTP/1.1 429 Slow down\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n" },
	{ "/429-never", "HTTP/1.1 429 Slow down\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n" },
	{ "/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n" },
	{ "/moved", "HTTP/1.1 301 Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n" },
	{ "/moved-twice", "HTTP/1.1 308 Moved\r\nLocation: /moved\r\nContent-Length: 0\r\n\r\n" },
	{ "/found", "HTTP/1.1 307 For now\r\nLocation: ok\r\nContent-Length: 0\r\n\r\n" },
	{ "/nowhere", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n" },
	{ "/to-file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n" },
	{ "/to-gopher", "HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1:25/_x\r\nContent-Length: 0\r\n\r\n" },
	{ "/to-forbidden", "HTTP/1.1 302 Found\r\nLocation: /kin/1\r\nContent-Length: 0\r\n\r\n" },
	{ "/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this" },
	{ "/long", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and much more" },
	{ "/negative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello" },
	{ "/bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n" },
	{ "/cut-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nff\r\nabc" },
	{ "/huge-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\nabc" },
	{ "/silent", "|" },
	{ "/half-head", "HTTP/1.1 200 OK\r\nContent-Ty|" },
	{ "/closes", "" },
	{ "/not-http", "SSH-2.0-OpenSSH_9.2\r\n" },
	{ "/binary", "\x01\x02\x03\x04\x05\xff\xfe" },
	{ "/not-gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot packed" },
	{ "/unknown-packing", "HTTP/1.1 200 OK\r\nContent-Encoding: compress-me\r\nContent-Length: 5\r\n\r\nhello" },
	{ "/charset-lie", "HTTP/1.1 200 OK\r\nContent-Type: text/html;charset='ISO-8859-1' ; x=y\r\nContent-Length: 12\r\n\r\nTi\xe1\xba\xbfng Vi\xe1\xbb" },
	{ "/type-junk", "HTTP/1.1 200 OK\r\nContent-Type: ;;;charset=\r\nContent-Length: 2\r\n\r\nok" },
	{ "/continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" },
	{ "/split", "HTTP/1.1 200 OK\r\nETag: a\r\nX-A: b\rSet-Cookie: c\r\nContent-Length: 2\r\n\r\nok" },
	{ "/empty", "HTTP/1.1 204 No Content\r\n\r\n" },
	{ "/hook", "HTTP/1.1 204 No Content\r\n\r\n" },
};

static void answer(int s, const char *path)
{
	if (!strcmp(path, "/drip"))
		drip(s, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x");
	else if (!strcmp(path, "/drip-head"))
		drip(s, "HTTP/1.1 200 OK\r\n", "X-Slow: 1\r\n");
	else if (!strcmp(path, "/endless"))
		endless(s, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
	else if (!strcmp(path, "/endless-line"))
		endless(s, "HTTP/1.1 200 OK\r\nX-Long: ");
	else if (!strcmp(path, "/bomb"))
		bomb(s);
	else if (!strcmp(path, "/headers"))
		header_flood(s);
	else if (!strcmp(path, "/to-tired"))
		to_tired(s);
	else if (!strcmp(path, "/gzip") || !strcmp(path, "/gzip-broken"))
		gzip_ok(s, !strcmp(path, "/gzip"));
	for (size_t i = 0; i < COUNT(ways); i++) {
		size_t n = strlen(ways[i].answer);
		bool hold = n && ways[i].answer[n - 1] == '|';
		if (strcmp(path, ways[i].path))
			continue;
		say(s, ways[i].answer, n - hold);
		if (hold)
			rest(3000);
	}
}

static void remember(const char *request, const char *path)
{
	pthread_mutex_lock(&lock);
	snprintf(last_request, sizeof last_request, "%s", request);
	if (npaths < (int)COUNT(paths))
		snprintf(paths[npaths++], sizeof paths[0], "%s", path);
	pthread_mutex_unlock(&lock);
}

static void *http_serve(void *arg)
{
	int s = (int)(intptr_t)arg;
	char request[16384], path[64] = "";
	size_t n = 0;
	while (n < sizeof request - 1) {
		ssize_t got = recv(s, request + n, sizeof request - 1 - n, 0);
		if (got <= 0)
			break;
		n += (size_t)got;
		request[n] = 0;
		if (request[0] == 0x16) { /* a TLS greeting: answered in the clear */
			say_z(s, "HTTP/1.1 400 No TLS here\r\n\r\n");
			break;
		}
		char *end = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "\r\nContent-Length:");
		size_t body = 0;
		if (length)
			sscanf(length + 17, "%zu", &body);
		if (!end || (size_t)(request + n - end - 4) < body)
			continue;
		sscanf(request, "%*s %63s", path);
		remember(request, path);
		answer(s, path);
		break;
	}
	shutdown(s, SHUT_WR);
	rest(20);
	close(s);
	return NULL;
}

static void mail_line(int s, const char *line, bool *data)
{
	if (*data && strcmp(line, "."))
		return;
	bool refused = strstr(line, "tu-choi@") != NULL, quit = !strncmp(line, "QUIT", 4);
	const char *reply = *data ? "250 kept\r\n" : !strncmp(line, "EHLO", 4) ? "250-sink\r\n250 8BITMIME\r\n" : !strncmp(line, "DATA", 4) ? "354 go on\r\n"
	                  : refused ? "550 no such box\r\n" : quit ? "221 bye\r\n" : "250 ok\r\n";
	*data = !strncmp(line, "DATA", 4);
	say_z(s, reply);
}

static void *mail_serve(void *arg)
{
	int s = (int)(intptr_t)arg;
	static char all[65536];
	size_t n = 0, at = 0;
	bool data = false;
	say_z(s, "220 sink ESMTP\r\n");
	for (ssize_t got; n < sizeof all - 1 && (got = recv(s, all + n, sizeof all - 1 - n, 0)) > 0;) {
		n += (size_t)got;
		all[n] = 0;
		for (char *end; (end = strstr(all + at, "\r\n"));) {
			char line[1024];
			snprintf(line, sizeof line, "%.*s", (int)(end - all - (ptrdiff_t)at), all + at);
			at = (size_t)(end - all) + 2;
			pthread_mutex_lock(&lock);
			memcpy(last_mail, all, n + 1);
			pthread_mutex_unlock(&lock);
			mail_line(s, line, &data);
		}
	}
	close(s);
	return NULL;
}

struct listener {
	int socket, port;
	void *(*serve)(void *);
};

static void *listen_on(void *arg)
{
	struct listener *l = arg;
	for (;;) {
		pthread_t thread;
		int s = accept(l->socket, NULL, NULL);
		if (s < 0)
			return NULL;
		if (pthread_create(&thread, NULL, l->serve, (void *)(intptr_t)s))
			close(s);
		else
			pthread_detach(thread);
	}
}

static void open_port(struct listener *l, bool listening)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	l->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	BUG_IF(l->socket < 0 || bind(l->socket, (struct sockaddr *)&a, sizeof a) || getsockname(l->socket, (struct sockaddr *)&a, &n));
	l->port = ntohs(a.sin_port);
	if (!listening)
		return;
	pthread_t thread;
	BUG_IF(listen(l->socket, 128) || pthread_create(&thread, NULL, listen_on, l));
	pthread_detach(thread);
}

int bad_server_port(void)
{
	static struct listener l = { .serve = http_serve };
	if (!l.port)
		open_port(&l, true);
	return l.port;
}

int mail_sink_port(void)
{
	static struct listener l = { .serve = mail_serve };
	if (!l.port)
		open_port(&l, true);
	return l.port;
}

int dead_port(void)
{
	static struct listener l;
	if (!l.port)
		open_port(&l, false);
	return l.port;
}

int bad_server_count(const char *path)
{
	int n = 0;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < npaths; i++)
		n += !strcmp(paths[i], path);
	pthread_mutex_unlock(&lock);
	return n;
}

struct str bad_server_last(struct arena *mem)
{
	pthread_mutex_lock(&lock);
	struct str s = arena_str(mem, str_z(last_request));
	pthread_mutex_unlock(&lock);
	return s;
}

struct str mail_sink_last(struct arena *mem)
{
	pthread_mutex_lock(&lock);
	struct str s = arena_str(mem, str_z(last_mail));
	pthread_mutex_unlock(&lock);
	return s;
}
