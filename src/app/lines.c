/*
 * lines - what filters read: the files named or standard input, one line at a time, packed or not.
 * gzip and zstd are known by their first bytes, never by a file's name. Constant memory: one buffer that
 * grows to the longest line, at most 16 MB.
 */
#include "app/command.h"
#include "base/time.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { RAW_ROOM = 256 << 10, LONGEST = 16 << 20 };

enum packing { PLAIN, GZIP, ZSTD };

struct lines {
	char **files;
	int nfiles, next;
	FILE *f;
	const char *name;
	enum packing packing;
	unsigned char *raw;
	size_t rawn, rawat;
	bool ended, failed;
	const char *broken; /* why the file now read is not whole; NULL while it is */
	bool fresh;         /* no line of the file was given yet */
	bool unfinished; /* inside a packed frame: the file must not end here */
	z_stream gz;
	ZSTD_DStream *zs;
	char *buf;
	size_t n, at, cap;
	int64_t number, bytes;
};

struct lines *lines_open(struct arena *mem, char **files, int nfiles)
{
	struct lines *l = NEW(mem, struct lines);
	l->files = files;
	l->nfiles = nfiles;
	l->raw = arena_raw(mem, RAW_ROOM);
	l->cap = 1 << 20;
	l->buf = malloc(l->cap);
	BUG_IF(!l->buf);
	return l;
}

static void fail(struct lines *l, const char *why)
{
	fprintf(stderr, "nhipcau: %s: %s\n", l->name, why);
	l->broken = why;
	l->failed = true;
	l->ended = true;
}

/* What is there now, not a full buffer: a line typed or piped slowly is answered when it comes. */
static void raw_fill(struct lines *l)
{
	ssize_t n;
	do
		n = read(fileno(l->f), l->raw, RAW_ROOM);
	while (n < 0 && errno == EINTR);
	l->rawat = 0;
	l->rawn = n > 0 ? (size_t)n : 0;
	if (n < 0)
		fail(l, strerror(errno));
}

static void unpack_begin(struct lines *l)
{
	static const unsigned char gz[] = { 0x1f, 0x8b }, zs[] = { 0x28, 0xb5, 0x2f, 0xfd };
	l->packing = PLAIN;
	if (l->rawn >= 2 && !memcmp(l->raw, gz, 2)) {
		l->packing = GZIP;
		l->gz = (z_stream){ 0 };
		BUG_IF(inflateInit2(&l->gz, 15 + 32) != Z_OK);
	} else if (l->rawn >= 4 && !memcmp(l->raw, zs, 4)) {
		l->packing = ZSTD;
		l->zs = ZSTD_createDStream();
		BUG_IF(!l->zs);
	}
}

static void file_end(struct lines *l)
{
	if (l->packing == GZIP)
		inflateEnd(&l->gz);
	if (l->packing == ZSTD)
		ZSTD_freeDStream(l->zs);
	if (l->f && l->f != stdin)
		fclose(l->f);
	l->f = NULL;
	l->packing = PLAIN;
}

/* Opens the next file; l->f stays NULL, and broken says why, when it cannot be read. False: no more files. */
static bool file_begin(struct lines *l)
{
	bool none_named = !l->nfiles && !l->next;
	if (!none_named && l->next >= l->nfiles)
		return false;
	l->broken = NULL;
	l->fresh = true;
	l->name = none_named ? "-" : l->files[l->next];
	l->next++;
	l->f = strcmp(l->name, "-") ? fopen(l->name, "rb") : stdin;
	l->ended = l->unfinished = false;
	l->n = l->at = 0;
	if (!l->f) {
		fail(l, strerror(errno));
		return true;
	}
	raw_fill(l);
	unpack_begin(l);
	if (l->broken)
		file_end(l);
	return true;
}

static size_t inflate_some(struct lines *l, char *to, size_t room)
{
	l->gz.next_in = l->raw + l->rawat;
	l->gz.avail_in = (unsigned)(l->rawn - l->rawat);
	l->gz.next_out = (unsigned char *)to;
	l->gz.avail_out = (unsigned)room;
	int r = inflate(&l->gz, Z_NO_FLUSH);
	l->rawat = l->rawn - l->gz.avail_in;
	l->unfinished = r == Z_STREAM_END ? false : l->unfinished || l->rawn;
	if (r == Z_STREAM_END && l->rawat < l->rawn)
		inflateReset(&l->gz);
	else if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
		fail(l, "the gzip data are damaged; what came before was read");
	return room - l->gz.avail_out;
}

static size_t zstd_some(struct lines *l, char *to, size_t room)
{
	ZSTD_inBuffer in = { l->raw, l->rawn, l->rawat };
	ZSTD_outBuffer out = { to, room, 0 };
	size_t r = ZSTD_decompressStream(l->zs, &out, &in);
	l->rawat = in.pos;
	l->unfinished = r && (l->unfinished || l->rawn);
	if (ZSTD_isError(r))
		fail(l, "the zstd data are damaged; what came before was read");
	return out.pos;
}

static size_t plain_some(struct lines *l, char *to, size_t room)
{
	size_t n = MIN(room, l->rawn - l->rawat);
	memcpy(to, l->raw + l->rawat, n);
	l->rawat += n;
	return n;
}

/* More unpacked bytes at the end of the buffer; none only at the end of the file. */
static size_t fill(struct lines *l)
{
	for (size_t got = 0; !l->ended;) {
		if (l->rawat == l->rawn)
			raw_fill(l);
		bool dry = l->rawn == 0;
		char *to = l->buf + l->n;
		size_t room = l->cap - l->n;
		got = l->packing == GZIP ? inflate_some(l, to, room) : l->packing == ZSTD ? zstd_some(l, to, room) : plain_some(l, to, room);
		l->n += got;
		l->bytes += (int64_t)got;
		if (got)
			return got;
		if (dry && l->unfinished && !l->broken)
			fail(l, "the packed data end too soon; what came before was read");
		if (dry)
			l->ended = true;
	}
	return 0;
}

static void make_room(struct lines *l)
{
	if (l->at) {
		memmove(l->buf, l->buf + l->at, l->n - l->at);
		l->n -= l->at;
		l->at = 0;
	}
	if (l->n < l->cap)
		return;
	l->cap *= 2;
	l->buf = realloc(l->buf, l->cap);
	BUG_IF(!l->buf);
}

/* The line is too long: forget its middle until its end comes. */
static void skip_rest(struct lines *l)
{
	fprintf(stderr, "nhipcau: %s: line %lld is longer than %d MB; the rest of it was left out\n", l->name,
		(long long)l->number + 1, LONGEST >> 20);
	l->failed = true;
	for (;;) {
		char *end = memchr(l->buf + LONGEST, '\n', l->n - LONGEST);
		if (end) {
			size_t tail = l->n - (size_t)(end - l->buf);
			memmove(l->buf + LONGEST, end, tail);
			l->n = LONGEST + tail;
			return;
		}
		l->n = LONGEST;
		if (!fill(l))
			return;
	}
}

static bool take(struct lines *l, size_t end, bool newline, struct str *ret)
{
	static const struct str mark = S_INIT("\xef\xbb\xbf");
	*ret = (struct str){ l->buf + l->at, end - l->at };
	if (l->fresh && str_starts(*ret, mark))
		*ret = str_sub(*ret, mark.n, ret->n);
	if (ret->n && ret->p[ret->n - 1] == '\r')
		ret->n--;
	l->at = end + newline;
	l->fresh = false;
	l->number++;
	return true;
}

/* The output was cut off (| head, a full disk): what is read from now on would be read for nothing. */
static bool nobody_listens(struct lines *l)
{
	l->failed |= ferror(stdout) != 0;
	return ferror(stdout);
}

bool lines_next(struct lines *l, struct str *ret)
{
	size_t seen = 0;
	for (;;) {
		while (!l->f)
			if (nobody_listens(l) || !file_begin(l))
				return false;
		char *nl = memchr(l->buf + l->at + seen, '\n', l->n - l->at - seen);
		if (nl)
			return take(l, (size_t)(nl - l->buf), true, ret);
		seen = l->n - l->at;
		if (seen > LONGEST) {
			make_room(l);
			skip_rest(l);
			seen = 0;
			continue;
		}
		if (l->n == l->cap || l->at)
			make_room(l);
		if (nobody_listens(l))
			return false;
		if (fill(l))
			continue;
		if (l->n > l->at)
			return take(l, l->n, false, ret);
		file_end(l);
		seen = 0;
	}
}

bool lines_whole(struct lines *l, size_t most, struct str *ret, struct arena *mem)
{
	if (!l->f && (nobody_listens(l) || !file_begin(l)))
		return false;
	*ret = S("");
	if (!l->f)
		return true;
	while (l->n < most) {
		if (l->n == l->cap)
			make_room(l);
		if (!fill(l))
			break;
	}
	*ret = arena_str(mem, (struct str){ l->buf, MIN(l->n, most) });
	file_end(l);
	return true;
}

const char *lines_broken(const struct lines *l)
{
	return l->broken;
}

const char *lines_name(const struct lines *l)
{
	return l->name ? l->name : "-";
}

int64_t lines_number(const struct lines *l)
{
	return l->number;
}

int64_t lines_bytes(const struct lines *l)
{
	return l->bytes;
}

bool lines_failed(const struct lines *l)
{
	return l->failed;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	file_end(l);
	free(l->buf);
	l->buf = NULL;
}

struct progress progress_start(const char *what, int64_t total)
{
	return (struct progress){ what, clock_ms(), clock_ms(), total };
}

static void progress_line(const struct progress *p, int64_t done, int64_t now)
{
	double sec = (double)(now - p->started_ms) / 1000.0, rate = sec > 0 ? (double)done / sec : 0;
	fprintf(stderr, "\r%s: %lld, %.0f/s", p->what, (long long)done, rate);
	if (p->total > done && rate > 0)
		fprintf(stderr, ", %.0f s left   ", (double)(p->total - done) / rate);
}

void progress_tick(struct progress *p, int64_t done)
{
	int64_t now = clock_ms();
	if (now - p->started_ms < 2000 || now - p->last_ms < 250 || !isatty(STDERR_FILENO))
		return;
	p->last_ms = now;
	progress_line(p, done, now);
}

void progress_end(struct progress *p, int64_t done)
{
	int64_t now = clock_ms();
	if (now - p->started_ms < 2000 || !isatty(STDERR_FILENO))
		return;
	progress_line(p, done, now);
	fputs("          \n", stderr);
}
