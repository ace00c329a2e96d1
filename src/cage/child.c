/*
 * child - what runs inside the cage: it takes a request off standard input, reads the document, answers on
 * standard output, forgets everything, and takes the next. Started as "nhipcau-cage MEMORY" by cage.c; a
 * constructor catches that name, so that any program of the house (the tests and fuzzers too) can be the child.
 */
#include "cage/child.h"
#include "cage/frame.h"
#include "cage/lock.h"
#include "read/charset.h"
#include "read/warc.h"

#include <fcntl.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

static bool read_whole(void *to, size_t n)
{
	for (char *p = to; n;) {
		ssize_t r = read(0, p, n);
		if (r <= 0)
			return false;
		p += r;
		n -= (size_t)r;
	}
	return true;
}

static bool write_whole(struct str s)
{
	while (s.n) {
		ssize_t r = write(1, s.p, s.n);
		if (r <= 0)
			return false;
		s = str_sub(s, (size_t)r, s.n);
	}
	return true;
}

static bool could(bool yes, struct text *out)
{
	text_z(out, yes ? "could" : "could not");
	return true;
}

static void take_memory(struct text *out)
{
	struct arena heap = { 0 };
	for (int i = 0; i < 1024; i++)
		memset(arena_raw(&heap, 4 << 20), 1, 4 << 20);
	could(heap.held > 0, out);
	arena_done(&heap);
}

static bool misdeed(struct str deed, struct text *out)
{
	if (str_eq(deed, S("open")))
		return could(open("/etc/hostname", O_RDONLY) >= 0, out);
	if (str_eq(deed, S("socket")))
		return could(socket(AF_INET, SOCK_STREAM, 0) >= 0, out);
	if (str_eq(deed, S("exec")))
		return could(execl("/bin/true", "true", NULL) == 0, out);
	if (str_eq(deed, S("fork"))) {
		pid_t pid = fork();
		if (!pid)
			_exit(0);
		return could(pid > 0, out);
	}
	if (str_eq(deed, S("memory")))
		take_memory(out);
	else if (str_eq(deed, S("hang")))
		for (volatile int on = 1; on;)
			;
	else if (str_eq(deed, S("crash")))
		__builtin_trap();
	else if (str_eq(deed, S("babble")))
		return write_whole(S("this is no frame, whatever it may look like to a trusting reader"));
	else if (str_eq(deed, S("environment")))
		text_fmt(out, "%s", environ && environ[0] ? environ[0] : "empty");
	else
		text_z(out, "nothing to see");
	return true;
}

static enum err answer(struct arena *mem, uint32_t kind, struct str url, struct str bytes, struct text *out, struct fault *fault)
{
	struct feed feed;
	struct page page;
	struct opml opml;
	switch (kind) {
	case CAGE_FEED:
		TRY(feed_read(mem, bytes, &feed, fault));
		pack_feed(out, &feed);
		return OK;
	case CAGE_PAGE:
		TRY(page_read(mem, bytes, url, &page, fault));
		pack_page(out, &page);
		return OK;
	case CAGE_OPML:
		TRY(opml_read(mem, bytes, &opml, fault));
		pack_opml(out, &opml);
		return OK;
	case CAGE_PROBE:
		misdeed(url, out);
		return OK;
	default:
		return FAULT(fault, ERR_INPUT, "cage.kind", "no reader of kind %u", kind);
	}
}

/* ---- archives: the reader lives on from piece to piece ---- */

enum { PIECE_OUT = 64 << 10 };

struct archive {
	struct arena mem, page_mem;  /* of the archive; of one page */
	struct warc *warc;
	struct cage_warc_sum sum;
	bool deaf;                   /* the parent listens no more */
};

static bool reply(enum err err, struct str body, bool more)
{
	struct frame_answer a = { CAGE_MAGIC, (uint32_t)err, (uint32_t)body.n, more };
	return write_whole((struct str){ (const char *)&a, sizeof a }) && write_whole(body);
}

static bool is_page(const struct warc_record *r)
{
	bool answered = str_eq(r->type, S("response")) || str_eq(r->type, S("resource")) || str_eq(r->type, S("arc"));
	struct str kind = str_trim(str_sub(r->content_type, 0, (size_t)MAX(str_chr(r->content_type, ';'), 0)));
	kind = kind.n ? kind : str_trim(r->content_type);
	return answered && (r->status == 0 || r->status == 200) && r->url.n &&
	       (str_eq_nocase(kind, S("text/html")) || str_eq_nocase(kind, S("application/xhtml+xml")));
}

/* "2026-03-01T02:03:04Z", or ARC's "20260301020304". */
static int64_t archived_at(struct arena *mem, struct str s)
{
	int64_t at, digits;
	if (s.n == 14 && str_int(s, &digits))
		s = str_fmt(mem, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s.p, s.p + 4, s.p + 6, s.p + 8, s.p + 10, s.p + 12);
	return time_parse_iso(s, &at) ? at : NO_TIME;
}

/* A page as it came over the wire may be packed once more; its first bytes say so more truly than its head, which
 * crawlers keep after unpacking. Empty: larger than CAGE_PAGE_MOST. */
static struct str page_bytes(struct arena *mem, struct str body)
{
	if (!str_starts(body, S("\x1f\x8b")))
		return body.n > CAGE_PAGE_MOST ? S("") : body;
	z_stream z = { .next_in = (unsigned char *)body.p, .avail_in = (unsigned)body.n };
	struct text out = text_new(mem);
	int r = inflateInit2(&z, 15 + 16);
	while (r == Z_OK && out.n <= CAGE_PAGE_MOST) {
		text_need(&out, PIECE_OUT);
		z.next_out = (unsigned char *)out.p + out.n;
		z.avail_out = PIECE_OUT;
		r = inflate(&z, Z_NO_FLUSH);
		out.n += PIECE_OUT - z.avail_out;
	}
	inflateEnd(&z);
	return out.n > CAGE_PAGE_MOST ? S("") : text_str(&out);
}

static void take_record(void *of, const struct warc_record *r)
{
	struct archive *a = of;
	struct cage_record out = { .url = str_sub(r->url, 0, CAGE_URL_MOST), .offset = r->offset };
	struct fault fault;
	a->sum.records++;
	if (a->deaf || !is_page(r))
		return;
	if (a->page_mem.top)
		arena_reset(&a->page_mem);
	if (page_read(&a->page_mem, page_bytes(&a->page_mem, r->body), out.url, &out.page, &fault)) {
		a->sum.unreadable++;
		return;
	}
	out.at = archived_at(&a->page_mem, r->date);
	out.page.truncated |= r->cut;
	struct text t = text_new(&a->page_mem);
	pack_record(&t, &out);
	a->deaf = !reply(OK, text_str(&t), true);
	a->sum.pages++;
}

static bool archive_piece(struct arena *mem, bool end, struct str bytes)
{
	static struct archive a;
	if (!a.warc)
		a.warc = warc_open(&a.mem, take_record, &a);
	warc_feed(a.warc, bytes);
	if (end)
		warc_end(a.warc);
	struct warc_loss loss = warc_loss(a.warc);
	a.sum.lost_records = loss.records;
	a.sum.lost_bytes = loss.bytes;
	a.sum.why = str_z(loss.why);
	struct text t = text_new(mem);
	pack_sum(&t, &a.sum);
	bool heard = !a.deaf && reply(OK, text_str(&t), false);
	if (end) {
		arena_done(&a.page_mem);
		arena_done(&a.mem);
		a = (struct archive){ 0 };
	}
	return heard;
}

static bool one(struct arena *mem)
{
	struct frame_request q;
	if (!read_whole(&q, sizeof q) || q.magic != CAGE_MAGIC || q.url > CAGE_URL_MOST || q.bytes > CAGE_REQUEST_MOST)
		return false;
	char *in = arena_raw(mem, (size_t)q.url + q.bytes + 1);
	if (!read_whole(in, (size_t)q.url + q.bytes))
		return false;
	in[(size_t)q.url + q.bytes] = 0;
	struct str url = { in, q.url }, bytes = { in + q.url, q.bytes };
	if (q.kind == CAGE_WARC || q.kind == CAGE_WARC_END)
		return archive_piece(mem, q.kind == CAGE_WARC_END, bytes);
	struct text out = text_new(mem);
	struct fault fault = { 0 };
	enum err err = answer(mem, q.kind, url, bytes, &out, &fault);
	return reply(err, err ? str_z(fault.detail) : text_str(&out), false);
}

int cage_child_main(int64_t memory)
{
	struct arena mem = { 0 };
	charset_warm();
	xmlInitParser();
	json_object_seed(0); /* it reads its seed from a file */
	if (!lock_in(memory))
		return 3;
	while (one(&mem))
		arena_reset(&mem);
	return 0;
}

__attribute__((constructor)) static void caught(int argc, char **argv)
{
	int64_t memory;
	if (argc != 2 || strcmp(argv[0], CAGE_CHILD_NAME) || !str_int(str_z(argv[1]), &memory))
		return;
	_exit(cage_child_main(memory));
}
