/*
 * What the cage promises of archives: pages come out whole and in order whatever the packing; what is damaged, cut
 * or hostile costs itself or the archive's rest, never the caller, and is said.
 */
#include "base/time.h"
#include "cage/cage.h"
#include "cage/frame.h"
#include "read/warc_sample.h"

#include <zstd.h>

enum { PAGES = 40 };

struct bytes { struct str s; size_t piece; };

static size_t some(void *env, char *to, size_t room)
{
	struct bytes *b = env;
	size_t n = MIN(MIN(room, b->piece), b->s.n);
	memcpy(to, b->s.p, n);
	b->s = str_sub(b->s, n, b->s.n);
	return n;
}

struct got { enum err err; int n; struct cage_record records[PAGES]; struct cage_warc_sum sum; struct fault fault; };

static struct got read_all(struct cage *c, struct str archive, size_t piece)
{
	struct got g = { 0 };
	struct bytes b = { archive, piece };
	struct cage_warc *w = cage_warc_begin(c, some, &b);
	bool more = true;
	while (more && !g.err && g.n < PAGES) {
		g.err = cage_warc_next(w, test_mem(), &g.records[g.n], &more, &g.fault);
		g.n += !g.err && more;
	}
	g.sum = cage_warc_sum(w);
	g.sum.why = arena_str(test_mem(), g.sum.why);
	cage_warc_end(w);
	return g;
}

static struct cage *quick(void)
{
	struct cage *c;
	CHECK(cage_open(&(struct cage_limits){ .deadline_ms = 500, .memory = (int64_t)64 << 20 }, &c, NULL) == OK);
	return c;
}

static struct str page_of(int i)
{
	struct text t = text_new(test_mem());
	text_fmt(&t, "<html><head><title>Xã Khe Lau mở cầu số %d</title></head><body><article><h1>Xã Khe Lau mở cầu số %d</h1>", i, i);
	for (int k = 0; k < 6; k++)
		text_fmt(&t, "<p>Sáng nay, xã Khe Lau mở cầu số %d cho người dân đi lại, đoạn thứ %d dài hơn trăm mét, xe tải nhỏ qua được.</p>", i, k);
	text_z(&t, "</article></body></html>");
	return text_str(&t);
}

static struct str record_of(int i)
{
	return sample_record(str_fmt(test_mem(), "https://mau.example/bai-%d.html", i).p, page_of(i));
}

static struct str archive_of(int n, bool zipped)
{
	struct text t = text_new(test_mem());
	struct str head = S("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nmade\r\n\r\n");
	text_add(&t, zipped ? sample_zipped(head) : head);
	for (int i = 0; i < n; i++)
		text_add(&t, zipped ? sample_zipped(record_of(i)) : record_of(i));
	return text_str(&t);
}

TEST(an_archives_pages_come_out_of_the_cage_in_order_whatever_the_packing_and_pieces)
{
	static const size_t pieces[] = { 999, 1 << 20 };
	AUTO(cage_closep) struct cage *c = quick();
	for (int zipped = 0; zipped < 2; zipped++)
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct got g = read_all(c, archive_of(7, zipped), pieces[p]);
			CHECK_INT(g.err, OK);
			CHECK_INT(g.n, 7);
			CHECK_INT(g.sum.records, 8);
			CHECK_INT(g.sum.pages, 7);
			CHECK_INT(g.sum.lost_bytes, 0);
			CHECK_STR(g.records[6].url, "https://mau.example/bai-6.html");
			CHECK_INT(g.records[6].at, 1772330584);
			CHECK_STR(g.records[6].page.title, "Xã Khe Lau mở cầu số 6");
			CHECK_INT(g.records[6].page.kind, PAGE_ARTICLE);
			CHECK(g.records[6].offset > g.records[5].offset);
		}
	CHECK_INT(cage_stats(c).started, 1);
	CHECK_INT(cage_stats(c).lost, 0);
}

TEST(what_is_no_page_in_an_archive_is_counted_and_passed_over)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str gone = S("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://mau.example/x\r\nContent-Length: 50\r\n\r\n"
	                    "HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\n<p>\r\n\r\n");
	struct str image = S("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://mau.example/i\r\nContent-Length: 46\r\n\r\n"
	                     "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG\r\n\r\n");
	struct got g = read_all(c, sample_joined(sample_joined(gone, image), record_of(1)), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK_INT(g.n, 1);
	CHECK_INT(g.sum.records, 3);
	CHECK_INT(g.sum.pages, 1);
}

TEST(a_truncated_archive_gives_what_is_whole_and_says_the_loss)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str plain = archive_of(3, false), zipped = archive_of(3, true);
	struct got g = read_all(c, str_sub(plain, 0, plain.n - record_of(2).n / 2), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK_INT(g.n, 3);
	CHECK(!g.records[1].page.truncated && g.records[2].page.truncated);
	CHECK(g.sum.lost_bytes > 0 && g.sum.why.n > 0);
	g = read_all(c, str_sub(zipped, 0, zipped.n - 50), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK(g.n >= 2);
	g = read_all(c, S(""), 1);
	CHECK_INT(g.err, OK);
	CHECK_INT(g.sum.records, 0);
}

TEST(damage_in_the_middle_of_an_archive_costs_the_damaged_record_alone)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str bad = sample_zipped(record_of(9));
	memset((char *)bad.p + 20, 0x55, 40);
	struct got g = read_all(c, sample_joined(sample_joined(archive_of(2, true), bad), archive_of(2, true)), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK(g.n == 4 || g.n == 5);
	CHECK(g.sum.lost_records > 0);
}

/* Frames of zeros: some hundred kilobytes that unpack to terabytes. */
static struct str bomb(void)
{
	size_t room = 32 << 20;
	char *packed = arena_raw(test_mem(), 1 << 20);
	void *zeros = arena_get(test_mem(), room);
	size_t n = ZSTD_compress(packed, 1 << 20, zeros, room, 3);
	CHECK(!ZSTD_isError(n));
	struct text t = text_new(test_mem());
	while (t.n < 250000)
		text_add(&t, (struct str){ packed, n });
	return text_str(&t);
}

static struct str zstd_of(struct str s)
{
	char *packed = arena_raw(test_mem(), ZSTD_compressBound(s.n));
	size_t n = ZSTD_compress(packed, ZSTD_compressBound(s.n), s.p, s.n, 3);
	return (struct str){ packed, n };
}

TEST(an_archive_that_hangs_its_reader_keeps_the_pages_before_and_loses_its_rest_alone)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str hostile = sample_joined(sample_joined(zstd_of(archive_of(2, false)), bomb()), zstd_of(archive_of(1, false)));
	CHECK_INT(read_all(c, archive_of(1, true), 1 << 20).n, 1);
	int64_t from = clock_ms();
	struct got g = read_all(c, hostile, 1 << 20);
	CHECK_INT(g.err, ERR_LIMIT);
	CHECK(str_find(str_z(g.fault.detail), S("did not finish")) >= 0);
	CHECK_INT(g.n, 2);
	CHECK(clock_ms() - from < 10000);
	CHECK_INT(read_all(c, archive_of(3, true), 1 << 20).n, 3);
	CHECK_INT(cage_stats(c).hangs, 1);
	CHECK_INT(cage_stats(c).started, 2);
}

TEST(an_archive_that_starves_its_reader_keeps_the_pages_before_and_loses_its_rest_alone)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct text t = text_new(test_mem());
	if (!cage_is_locked())
		return;
	while (t.n < CAGE_PAGE_MOST - 100)
		text_z(&t, "<p>a");
	struct str greedy = sample_record("https://mau.example/lon", text_str(&t));
	struct got g = read_all(c, sample_joined(archive_of(2, true), sample_joined(sample_zipped(greedy), archive_of(1, true))), 1 << 20);
	CHECK(g.err == ERR_INPUT || g.err == ERR_LIMIT);
	CHECK_INT(g.n, 2);
	CHECK_INT(read_all(c, archive_of(3, false), 1 << 20).n, 3);
}

TEST(a_page_too_large_for_an_archive_is_passed_over_and_the_next_is_read)
{
	AUTO(cage_closep) struct cage *c = quick();
	char *large = arena_raw(test_mem(), CAGE_PAGE_MOST + 1);
	memset(large, 'a', CAGE_PAGE_MOST + 1);
	struct str big = sample_record("https://mau.example/lon", (struct str){ large, CAGE_PAGE_MOST + 1 });
	struct got g = read_all(c, sample_joined(big, archive_of(2, false)), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK_INT(g.n, 2);
	CHECK_INT(g.sum.unreadable, 1);
}

TEST(a_page_that_was_packed_on_its_way_is_read_and_a_bomb_among_them_is_passed_over)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str page = sample_record("https://mau.example/goi.html", sample_zipped(page_of(3)));
	struct str bomb = sample_record("https://mau.example/bom.html", sample_zipped((struct str){ arena_get(test_mem(), 8 << 20), 8 << 20 }));
	struct str broken = sample_record("https://mau.example/hong.html", S("\x1f\x8b\x08\x00rubbish"));
	struct got g = read_all(c, sample_joined(sample_joined(bomb, broken), page), 1 << 20);
	CHECK_INT(g.err, OK);
	CHECK_INT(g.n, 1);
	CHECK_STR(g.records[0].page.title, "Xã Khe Lau mở cầu số 3");
	CHECK_INT(g.sum.unreadable, 2);
}

TEST(an_archive_left_in_the_middle_does_not_disturb_the_next_one)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct cage_record r;
	bool more;
	struct bytes b = { archive_of(20, false), 4000 };
	struct cage_warc *w = cage_warc_begin(c, some, &b);
	CHECK(cage_warc_next(w, test_mem(), &r, &more, NULL) == OK && more);
	cage_warc_end(w);
	CHECK_INT(read_all(c, archive_of(3, false), 1 << 20).n, 3);
	CHECK_INT(cage_stats(c).lost, 0);
}

TEST(a_record_survives_the_trip_and_a_cut_one_is_refused)
{
	struct cage_record r = { .url = S("https://mau.example/1"), .at = 1772330584, .offset = 77, .page = { .title = S("Mở cầu"), .confidence = 0.5 } };
	struct cage_record back;
	struct text t = text_new(test_mem());
	pack_record(&t, &r);
	CHECK(unpack_record(test_mem(), text_str(&t), &back));
	CHECK_STR(back.page.title, "Mở cầu");
	CHECK_INT(back.offset, 77);
	for (size_t n = 0; n < t.n; n++)
		CHECK(!unpack_record(test_mem(), str_sub(text_str(&t), 0, n), &back));
}
