/*
 * Rounds over a small web of this test's own: one server thread on this machine, with robots.txt, feeds and pages,
 * good ones and bad ones. Each path counts how often it was asked.
 */
#include "rooms/monitoring/poll.h"

#include "base/log.h"
#include "base/map.h"
#include "base/test.h"
#include "rooms/monitoring/article.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { char path[64]; int n; } asked[64];
static int nasked, port, entries;
static const char *matter = "cầu Khe Lau"; /* what the titles of the feeds speak of */

static void count_path(const char *path)
{
	int i = 0;
	pthread_mutex_lock(&lock);
	while (i < nasked && strcmp(asked[i].path, path))
		i++;
	if (i == nasked && nasked < (int)COUNT(asked))
		snprintf(asked[nasked++].path, sizeof asked[0].path, "%s", path);
	if (i < nasked)
		asked[i].n++;
	pthread_mutex_unlock(&lock);
}

static int times_asked(const char *path)
{
	int n = 0;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < nasked; i++)
		n += strcmp(asked[i].path, path) ? 0 : asked[i].n;
	pthread_mutex_unlock(&lock);
	return n;
}

static void feed(struct text *out, const char *place, int n)
{
	text_z(out, "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Báo Mẫu</title>");
	for (int i = 1; i <= n; i++)
		text_fmt(out, "<item><title>Tin số %d của %s về %s</title><link>http://127.0.0.1:%d/%s/%d.html</link><description>Tóm tắt %d."
			"</description><pubDate>Mon, 23 Nov 2026 0%d:00:00 GMT</pubDate></item>", i, place, matter, port, place, i, i, i % 10);
	text_z(out, "</channel></rss>");
}

static void page(struct text *out, const char *path)
{
	text_fmt(out, "<html><head><title>Trang %s</title></head><body><article><h1>Tin về cầu Khe Lau</h1>", path);
	for (int i = 0; i < 8; i++)
		text_fmt(out, "<p>Đoạn %d của bài %s kể rằng nhịp giữa cầu Khe Lau bị sập sau trận mưa lớn, xe tải phải đi đường vòng qua đập Bến Đá"
			" trong lúc đoàn kiểm tra của Sở Xây dựng làm việc tại hiện trường.</p>", i, path);
	text_z(out, "</article></body></html>");
}

static void put(struct text *out, const char *status, const char *headers, struct str body)
{
	text_fmt(out, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n%.*s", status, headers, body.n, FMT(body));
}

static void answer(struct text *out, struct arena *mem, struct str request, const char *path)
{
	struct text body = text_new(mem);
	bool tagged = str_find(request, S("If-None-Match: \"tag-1\"")) >= 0;
	if (!strcmp(path, "/robots.txt")) {
		put(out, "200 OK", "Content-Type: text/plain\r\n", S("User-agent: *\nDisallow: /kin/\nDisallow: /tot/2.html\n"));
	} else if (!strcmp(path, "/tot.rss") && tagged) {
		put(out, "304 Not Modified", "ETag: \"tag-1\"\r\n", S(""));
	} else if (!strcmp(path, "/tot.rss") || !strcmp(path, "/nhieu.rss") || !strcmp(path, "/kin/a.rss")) {
		feed(&body, strcmp(path, "/nhieu.rss") ? "tot" : "nhieu", strcmp(path, "/nhieu.rss") ? entries : 205);
		put(out, "200 OK", "Content-Type: application/rss+xml\r\nETag: \"tag-1\"\r\n", text_str(&body));
	} else if (!strcmp(path, "/rac.rss")) {
		put(out, "200 OK", "", S("\x01\x02 không phải là một bảng tin <<<>>>"));
	} else if (!strcmp(path, "/mat.rss")) {
		put(out, "500 Oops", "", S(""));
	} else if (!strcmp(path, "/tot/3.html")) {
		for (int i = 0; i < 300000; i++)
			text_z(&body, "<div>");
		put(out, "200 OK", "Content-Type: text/html\r\n", text_str(&body));
	} else {
		page(&body, path);
		put(out, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", text_str(&body));
	}
}

static void serve_one(int s)
{
	char request[8192];
	struct arena mem = { 0 };
	struct text out = text_new(&mem);
	size_t n = 0;
	for (ssize_t got; n < sizeof request - 1 && (got = recv(s, request + n, sizeof request - 1 - n, 0)) > 0;) {
		n += (size_t)got;
		request[n] = 0;
		if (strstr(request, "\r\n\r\n"))
			break;
	}
	char path[64] = "";
	if (n && sscanf(request, "GET %63s", path) == 1) {
		count_path(path);
		answer(&out, &mem, (struct str){ request, n }, path);
		for (size_t at = 0; at < out.n;) {
			ssize_t sent = send(s, text_str(&out).p + at, out.n - at, MSG_NOSIGNAL);
			if (sent <= 0)
				break;
			at += (size_t)sent;
		}
	}
	close(s);
	arena_done(&mem);
}

static void *serve(void *arg)
{
	int listening = (int)(intptr_t)arg;
	for (int s; (s = accept(listening, NULL, NULL)) >= 0;)
		serve_one(s);
	return NULL;
}

static void start(void)
{
	pthread_t id;
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	memset(asked, 0, sizeof asked);
	nasked = 0;
	entries = 3;
	if (port)
		return;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(s >= 0 && !bind(s, (struct sockaddr *)&a, n) && !listen(s, 64) && !getsockname(s, (struct sockaddr *)&a, &n));
	port = ntohs(a.sin_port);
	CHECK(!pthread_create(&id, NULL, serve, (void *)(intptr_t)s));
	pthread_detach(id);
}

/* ---- a newsroom that polls ------------------------------------------------------------------------------------- */

struct room { struct cx *cx; struct poll_tools t; };

static struct room opened(struct cx *cx)
{
	struct room r = { .cx = cx, .t = { .labeller = press_labeller(), .agent = "NhipCau/1 (+mailto:thu@mau.example)", .allow_private = true, .delay_ms = -1 } };
	start();
	log_quiet(true);
	press_must(cage_open(&(struct cage_limits){ .children = 1, .deadline_ms = 8000 }, &r.t.cage, &cx->fault), cx);
	press_must(intake_open(cx, &r.t.intake), cx);
	return r;
}

static void closed(struct room *r)
{
	intake_close(r->t.intake);
	cage_close(r->t.cage);
	press_agrees(r->cx);
}

static int64_t source_at(struct room *r, int at_port, const char *path)
{
	int64_t id;
	struct source s = { .outlet = press_outlet(r->cx, 0), .kind = S("feed"), .url = str_fmt(r->cx->mem, "http://127.0.0.1:%d%s", at_port, path) };
	press_must(source_add(r->cx, &s, &id), r->cx);
	press_must(source_approve(r->cx, id), r->cx);
	return id;
}

static int64_t source(struct room *r, const char *path)
{
	return source_at(r, port, path);
}

static struct poll_counts round_of(struct room *r)
{
	struct poll_counts c;
	press_must(poll_due(r->cx, &r->t, 100, &c), r->cx);
	return c;
}

static struct source look(struct room *r, int64_t id)
{
	struct source s;
	press_must(source_load(r->cx, id, &s), r->cx);
	return s;
}

SQL(poll_untag, "UPDATE source SET etag = NULL, next_poll_at = $2 WHERE id = $1");
SQL(poll_articles, "SELECT count(*) FROM article");
SQL(poll_whole, "SELECT count(*) FROM article a JOIN article_text t ON t.article = a.id WHERE length(t.body) > 600");

static void rounds(struct cx *cx)
{
	struct room r = opened(cx);
	int64_t id = source(&r, "/tot.rss");
	struct poll_counts c = round_of(&r);
	CHECK(c.sources == 1 && !c.failed && c.entries == 3 && c.fresh == 3);
	CHECK_INT(press_count(cx, &poll_articles), 3);
	/* The second page is closed by robots.txt, the third is no page for a reader: both stand with what the feed said. */
	CHECK_INT(press_count(cx, &poll_whole), 1);
	CHECK_INT(times_asked("/tot/2.html"), 0);
	CHECK_INT(times_asked("/tot/1.html"), 1);
	struct source s = look(&r, id);
	CHECK_STR(s.state, "ok");
	CHECK_STR(s.etag, "\"tag-1\"");
	CHECK(s.next_poll_at > cx->now && s.items == 3 && s.verified_at == cx->now);
	CHECK_INT(round_of(&r).sources, 0); /* not due yet */
	cx->now = s.next_poll_at;
	c = round_of(&r);
	CHECK(c.sources == 1 && !c.failed && !c.entries && !c.fresh);
	CHECK_STR(look(&r, id).state, "unchanged");
	CHECK_INT(times_asked("/tot.rss"), 2);
	CHECK_INT(times_asked("/robots.txt"), 1);
	CHECK_INT(press_count(cx, &poll_articles), 3);
	closed(&r);
}

SQL(poll_versions, "SELECT count(*) FROM article_version");
SQL(poll_new_title, "SELECT count(*) FROM article WHERE title = 'Tin số 1 của tot về cầu Khe Lau (đính chính)' AND versions = 2");

static void changes(struct cx *cx)
{
	struct room r = opened(cx);
	int64_t id = source(&r, "/tot.rss");
	CHECK_INT(round_of(&r).fresh, 3);
	matter = "cầu Khe Lau (đính chính)";
	press_must(db_run(cx, &poll_untag, ARGS(id, cx->now)), cx);
	struct poll_counts c = round_of(&r);
	matter = "cầu Khe Lau";
	CHECK(c.entries == 3 && c.fresh == 0);
	CHECK_INT(press_count(cx, &poll_articles), 3);
	CHECK_INT(press_count(cx, &poll_versions), 3);
	CHECK_INT(press_count(cx, &poll_new_title), 1);
	closed(&r);
}

TEST(an_article_that_its_outlet_changed_is_read_again_and_keeps_its_former_version)
{
	press_on_both(changes);
}

TEST(a_feed_is_taken_in_once_and_not_sent_again)
{
	press_on_both(rounds);
}

static void bad_ones(struct cx *cx)
{
	struct room r = opened(cx);
	int64_t rubbish = source(&r, "/rac.rss"), broken = source(&r, "/mat.rss"), closed_one = source(&r, "/kin/a.rss"), good = source(&r, "/tot.rss");
	struct poll_counts c = round_of(&r);
	CHECK_INT(c.sources, 4);
	CHECK_INT(c.fresh, 3);
	CHECK_INT(press_count(cx, &poll_articles), 3);
	struct source s = look(&r, rubbish);
	CHECK(s.unreadable_in_row == 1 && s.said.n);
	s = look(&r, broken);
	CHECK_STR(s.state, "http_error");
	CHECK(s.failed_in_row == 1 && s.status == 500);
	CHECK_STR(look(&r, closed_one).state, "forbidden_by_robots");
	for (int i = 0; i < 2; i++) {
		cx->now = look(&r, closed_one).next_poll_at;
		round_of(&r);
	}
	CHECK_INT(look(&r, closed_one).health, HEALTH_BLOCKED);
	CHECK_INT(times_asked("/kin/a.rss"), 0);
	CHECK_INT(times_asked("/kin/a.rss"), 0);
	CHECK_STR(look(&r, good).state, "unchanged");
	closed(&r);
}

static void down(struct cx *cx)
{
	enum { NOBODY_LISTENS = 1 };
	struct room r = opened(cx);
	int64_t id = source_at(&r, NOBODY_LISTENS, "/a.rss");
	round_of(&r);
	CHECK_STR(look(&r, id).state, "refused");
	cx->now = look(&r, id).next_poll_at;
	r.t.allow_private = false;
	round_of(&r);
	CHECK_STR(look(&r, id).state, "private_address");
	closed(&r);
}

TEST(a_site_that_is_down_is_not_said_to_have_sent_us_away)
{
	press_on_both(down);
}

TEST(a_bad_source_says_so_and_the_others_go_on)
{
	press_on_both(bad_ones);
}

static void interrupted(struct cx *cx)
{
	struct room r = opened(cx);
	struct poll_counts c;
	int64_t id = source(&r, "/tot.rss");
	press_must(db_script(cx->db, "ALTER TABLE rollup_hour RENAME TO rollup_gone", &cx->fault), cx);
	CHECK(poll_due(cx, &r.t, 100, &c) != OK);
	press_must(db_script(cx->db, "ALTER TABLE rollup_gone RENAME TO rollup_hour", &cx->fault), cx);
	CHECK_INT(press_count(cx, &poll_articles), 0);
	CHECK_INT(look(&r, id).etag.n, 0);
	CHECK_INT(round_of(&r).fresh, 3);
	CHECK_INT(press_count(cx, &poll_articles), 3);
	closed(&r);
}

TEST(a_round_whose_articles_did_not_go_in_is_asked_again)
{
	press_on_both(interrupted);
}

static void many(struct cx *cx)
{
	struct room r = opened(cx);
	int64_t id = source(&r, "/nhieu.rss"), twin = source(&r, "/nhieu.rss?muc=2");
	entries = 0;
	struct poll_counts c = round_of(&r);
	CHECK_INT(c.fresh, 200);
	CHECK_INT(look(&r, id).etag.n, 0);
	cx->now = MAX(look(&r, id).next_poll_at, look(&r, twin).next_poll_at);
	c = round_of(&r);
	CHECK_INT(c.fresh, 5);
	CHECK_INT(press_count(cx, &poll_articles), 205);
	closed(&r);
}

TEST(what_a_round_does_not_take_is_taken_by_the_next)
{
	struct cx cx = test_cx();
	cx.who.roles = -1u >> 1;
	many(&cx);
	test_cx_done(&cx);
}
