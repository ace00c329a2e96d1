/*
 * warc - see warc.h. Two stages: unpacking, which begins anew after a damaged member at the next one's
 * magic; and splitting, which looks for the next "WARC/" at a line's start when a head makes no sense.
 */
#include "read/warc.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { HEAD_MOST = 64 << 10, OUT_ROOM = 128 << 10 };
enum packing { UNKNOWN, PLAIN, GZIP, ZSTD };

struct warc {
	struct arena *mem;
	struct arena scratch;      /* of one record */
	warc_taker *take;
	void *of;
	enum packing packing;
	z_stream gz;
	ZSTD_DStream *zs;
	bool gz_broken;            /* looking for the next member */
	unsigned char *out;
	char *buf;                 /* unpacked, not yet taken */
	size_t n, at, cap;
	int64_t offset;            /* of buf[at] in the unpacked stream */
	int64_t skip;              /* bytes of a too large record still to pass */
	bool arc;
	struct warc_loss loss;
	int64_t records;
};

struct warc *warc_open(struct arena *mem, warc_taker *take, void *of)
{
	struct warc *w = NEW(mem, struct warc);
	w->mem = mem;
	w->take = take;
	w->of = of;
	w->out = arena_raw(mem, OUT_ROOM);
	return w;
}

struct warc_loss warc_loss(const struct warc *w)
{
	return w->loss;
}

int64_t warc_records(const struct warc *w)
{
	return w->records;
}

static void lose(struct warc *w, int64_t records, int64_t bytes, const char *why)
{
	w->loss.records += records;
	w->loss.bytes += bytes;
	w->loss.why = why;
}

/* ---- heads ---- */

static bool line_of(struct str *rest, struct str *ret)
{
	if (!str_split(rest, '\n', ret))
		return false;
	if (ret->n && ret->p[ret->n - 1] == '\r')
		ret->n--;
	return true;
}

static struct str header(struct str head, const char *name)
{
	struct str line;
	while (line_of(&head, &line)) {
		ptrdiff_t colon = str_chr(line, ':');
		if (colon > 0 && str_eq_nocase(str_trim(str_sub(line, 0, (size_t)colon)), str_z(name)))
			return str_trim(str_sub(line, (size_t)colon + 1, line.n));
	}
	return S("");
}

/* Past the empty line that ends a head; 0 when it is not there. */
static size_t head_end(struct str s)
{
	ptrdiff_t crlf = str_find(s, S("\r\n\r\n")), lf = str_find(s, S("\n\n"));
	if (crlf >= 0 && (lf < 0 || crlf < lf))
		return (size_t)crlf + 4;
	return lf >= 0 ? (size_t)lf + 2 : 0;
}

static struct str unchunked(struct arena *mem, struct str s, bool *cut)
{
	struct text out = text_new(mem);
	struct str whole = s;
	text_need(&out, s.n);
	for (;;) {
		char digits[17] = "";
		size_t n = 0;
		while (n < 16 && n < s.n && strchr("0123456789abcdefABCDEF", s.p[n]))
			n++;
		ptrdiff_t nl = str_chr(str_sub(s, 0, 200), '\n');
		if (!n || nl < 0) {
			*cut = true;
			return out.n ? text_str(&out) : whole;
		}
		memcpy(digits, s.p, n);
		uint64_t size = strtoull(digits, NULL, 16);
		s = str_sub(s, (size_t)nl + 1, s.n);
		if (!size)
			return text_str(&out);
		*cut |= size > s.n;
		text_add(&out, str_sub(s, 0, MIN(size, s.n)));
		s = str_sub(s, MIN(size, s.n), s.n);
		s = str_starts(s, S("\r\n")) ? str_sub(s, 2, s.n) : s;
	}
}

static void http(struct warc *w, struct warc_record *r)
{
	size_t end = str_starts(r->body, S("HTTP/")) ? head_end(str_sub(r->body, 0, HEAD_MOST)) : 0;
	if (!end)
		return;
	struct str head = str_sub(r->body, 0, end), status = str_sub(head, 9, 12);
	int64_t code = 0;
	ptrdiff_t space = str_chr(head, ' ');
	if (space > 0)
		status = str_sub(head, (size_t)space + 1, (size_t)space + 4);
	r->status = str_int(status, &code) ? (int)code : 0;
	r->body = str_sub(r->body, end, r->body.n);
	struct str type = header(head, "Content-Type");
	r->content_type = type.n ? type : r->content_type;
	if (str_eq_nocase(header(head, "Transfer-Encoding"), S("chunked")))
		r->body = unchunked(&w->scratch, r->body, &r->cut);
}

static struct str unbracketed(struct str s)
{
	return str_starts(s, S("<")) && str_ends(s, S(">")) ? str_sub(s, 1, s.n - 1) : s;
}

static void give(struct warc *w, struct warc_record *r)
{
	w->records++;
	http(w, r);
	w->take(w->of, r);
	if (w->scratch.top)
		arena_reset(&w->scratch);
}

/* ---- splitting ---- */

static struct str ahead(const struct warc *w)
{
	return w->n > w->at ? (struct str){ w->buf + w->at, w->n - w->at } : S("");
}

static void advance(struct warc *w, size_t n)
{
	w->at += n;
	w->offset += (int64_t)n;
}

/* To the next place where a record can begin. False: none in sight; a tail is kept, it may begin one. */
static bool resync(struct warc *w, bool end)
{
	struct str s = ahead(w);
	ptrdiff_t hit = s.n > 1 ? str_find(str_sub(s, 1, s.n), S("\nWARC/")) : -1;
	size_t to = hit >= 0 ? (size_t)hit + 2 : end ? s.n : s.n > 8 ? s.n - 8 : 0;
	lose(w, hit >= 0 || end, (int64_t)to, "bytes that begin no record");
	advance(w, to);
	return hit >= 0;
}

static void record(struct warc *w, struct str head, struct str body, bool cut)
{
	struct warc_record r = { .offset = w->offset, .body = body, .cut = cut };
	r.type = header(head, "WARC-Type");
	r.url = unbracketed(header(head, "WARC-Target-URI"));
	r.date = header(head, "WARC-Date");
	r.id = unbracketed(header(head, "WARC-Record-ID"));
	r.content_type = header(head, "Content-Type");
	give(w, &r);
}

/* An ARC head: address, IP, date, type, length on one line. False: it is not one. */
static bool arc_head(struct str line, struct warc_record *r, int64_t *length)
{
	struct str field[16], piece;
	size_t n = 0;
	while (n < COUNT(field) && str_split(&line, ' ', &piece))
		field[n++] = piece;
	if (n < 5 || !str_int(str_trim(field[n - 1]), length) || *length < 0 || str_chr(field[0], ':') < 0)
		return false;
	r->type = S("arc");
	r->url = (struct str){ field[0].p, (size_t)(field[n - 4].p - field[0].p) - 1 };
	r->date = field[n - 3];
	r->content_type = field[n - 2];
	return true;
}

/* One step of splitting. False: more bytes are needed (or, at the end, nothing is left). */
static bool split_warc(struct warc *w, bool end)
{
	struct str s = ahead(w);
	if (!str_starts(s, S("WARC/")))
		return resync(w, end);
	size_t head = head_end(str_sub(s, 0, HEAD_MOST));
	if (!head)
		return s.n >= HEAD_MOST || end ? resync(w, end) : false;
	int64_t length;
	if (!str_int(header(str_sub(s, 0, head), "Content-Length"), &length) || length < 0)
		return resync(w, end);
	bool large = length > WARC_BODY_MOST;
	size_t want = large ? WARC_BODY_MOST : (size_t)length;
	if (s.n - head < want && !end)
		return false;
	struct str body = str_sub(s, head, head + want);
	bool cut = body.n < want || large;
	record(w, str_sub(s, 0, head), body, cut);
	if (cut)
		lose(w, 0, length - (int64_t)body.n, large ? "a record larger than 16 MB was cut" : "the last record is cut");
	advance(w, head + body.n);
	w->skip = large ? length - (int64_t)body.n : 0;
	return true;
}

static bool split_arc(struct warc *w, bool end)
{
	struct str s = ahead(w), line;
	struct warc_record r = { .offset = w->offset };
	int64_t length;
	ptrdiff_t nl = str_chr(str_sub(s, 0, HEAD_MOST), '\n');
	if (nl < 0 && !end && s.n < HEAD_MOST)
		return false;
	line = str_sub(s, 0, nl < 0 ? s.n : (size_t)nl);
	size_t head = MIN(line.n + 1, s.n);
	if (!arc_head(line, &r, &length)) {
		lose(w, 0, (int64_t)head, "a line that begins no ARC record");
		advance(w, head);
		return head > 0;
	}
	size_t want = (size_t)MIN(length, (int64_t)WARC_BODY_MOST);
	if (s.n - head < want && !end)
		return false;
	r.body = str_sub(s, head, head + want);
	r.cut = (int64_t)r.body.n < length;
	size_t body = r.body.n;
	if (r.cut)
		lose(w, 0, length - (int64_t)body, "a record was cut");
	give(w, &r);
	advance(w, head + body);
	w->skip = length - (int64_t)want;
	return true;
}

static void split(struct warc *w, bool end)
{
	for (;;) {
		size_t left = w->n - w->at, pass = (size_t)MIN(w->skip, (int64_t)left);
		advance(w, pass);
		w->skip -= (int64_t)pass;
		while (w->at < w->n && (w->buf[w->at] == '\r' || w->buf[w->at] == '\n'))
			advance(w, 1);
		struct str s = ahead(w);
		if (!s.n || w->skip)
			return;
		if (!w->records && !w->arc && str_starts(s, S("filedesc:")))
			w->arc = true;
		if (!(w->arc ? split_arc(w, end) : split_warc(w, end)))
			return;
	}
}

static void unpacked(struct warc *w, const void *p, size_t n)
{
	if (w->at > w->n / 2) {
		memmove(w->buf, w->buf + w->at, w->n - w->at);
		w->n -= w->at;
		w->at = 0;
	}
	if (w->n + n > w->cap) {
		w->cap = MAX(w->cap * 2, w->n + n + OUT_ROOM);
		w->buf = realloc(w->buf, w->cap);
		BUG_IF(!w->buf);
	}
	memcpy(w->buf + w->n, p, n);
	w->n += n;
	split(w, false);
}

/* ---- unpacking ---- */

static size_t next_member(struct str s)
{
	ptrdiff_t hit = str_find(s, S("\x1f\x8b\x08"));
	return hit < 0 ? s.n : (size_t)hit;
}

static void inflate_all(struct warc *w, struct str s)
{
	while (s.n) {
		if (w->gz_broken) {
			size_t skip = next_member(s);
			lose(w, 0, (int64_t)skip, "a gzip member is damaged");
			s = str_sub(s, skip, s.n);
			if (!s.n)
				return;
			inflateReset(&w->gz);
			w->gz_broken = false;
		}
		w->gz.next_in = (unsigned char *)s.p;
		w->gz.avail_in = (unsigned)MIN(s.n, (size_t)1 << 30);
		size_t given = w->gz.avail_in;
		w->gz.next_out = w->out;
		w->gz.avail_out = OUT_ROOM;
		int r = inflate(&w->gz, Z_NO_FLUSH);
		size_t got = OUT_ROOM - w->gz.avail_out, used = given - w->gz.avail_in;
		if (got)
			unpacked(w, w->out, got);
		s = str_sub(s, used, s.n);
		if (r == Z_STREAM_END)
			inflateReset(&w->gz);
		else if (r != Z_OK && r != Z_BUF_ERROR) {
			w->gz_broken = true;
			lose(w, 1, 0, "a gzip member is damaged");
			s = used ? s : str_sub(s, 1, s.n);
		} else if (!used && !got)
			return;
	}
}

static void unzstd_all(struct warc *w, struct str s)
{
	ZSTD_inBuffer in = { s.p, s.n, 0 };
	while (in.pos < in.size) {
		ZSTD_outBuffer out = { w->out, OUT_ROOM, 0 };
		size_t r = ZSTD_decompressStream(w->zs, &out, &in);
		if (out.pos)
			unpacked(w, w->out, out.pos);
		if (ZSTD_isError(r)) {
			lose(w, 1, (int64_t)(in.size - in.pos), "a zstd frame is damaged");
			ZSTD_DCtx_reset(w->zs, ZSTD_reset_session_only);
			ptrdiff_t hit = str_find(str_sub(s, in.pos + 1, s.n), S("\x28\xb5\x2f\xfd"));
			in.pos = hit < 0 ? in.size : in.pos + 1 + (size_t)hit;
		}
	}
}

static void know_packing(struct warc *w, struct str s)
{
	w->packing = PLAIN;
	if (str_starts(s, S("\x1f\x8b"))) {
		w->packing = GZIP;
		BUG_IF(inflateInit2(&w->gz, 15 + 16) != Z_OK);
	} else if (str_starts(s, S("\x28\xb5\x2f\xfd"))) {
		w->packing = ZSTD;
		w->zs = ZSTD_createDStream();
		BUG_IF(!w->zs);
	}
}

void warc_feed(struct warc *w, struct str bytes)
{
	if (!bytes.n)
		return;
	if (w->packing == UNKNOWN)
		know_packing(w, bytes);
	if (w->packing == GZIP)
		inflate_all(w, bytes);
	else if (w->packing == ZSTD)
		unzstd_all(w, bytes);
	else
		for (struct str s = bytes; s.n; s = str_sub(s, OUT_ROOM, s.n))
			unpacked(w, s.p, MIN(s.n, (size_t)OUT_ROOM));
}

void warc_end(struct warc *w)
{
	split(w, true);
	if (w->packing == GZIP)
		inflateEnd(&w->gz);
	if (w->packing == ZSTD)
		ZSTD_freeDStream(w->zs);
	free(w->buf);
	w->buf = NULL;
	w->n = w->at = w->cap = 0;
	arena_done(&w->scratch);
}
