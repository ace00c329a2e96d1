#include "base/test.h"
#include "read/warc.h"

#include <zlib.h>

struct seen { int n, cut; char urls[8][64], bodies[8][64]; int status[8]; };

static void take(void *of, const struct warc_record *r)
{
	struct seen *s = of;
	if (s->n < 8) {
		snprintf(s->urls[s->n], 64, "%.*s", FMT(r->url));
		snprintf(s->bodies[s->n], 64, "%.*s", FMT(r->body));
		s->status[s->n] = r->status;
	}
	s->cut += r->cut;
	s->n++;
}

static struct str record(const char *url, const char *body)
{
	struct str http = str_fmt(test_mem(), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s", body);
	return str_fmt(test_mem(), "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <%s>\r\nContent-Length: %zu\r\n\r\n%.*s\r\n\r\n", url,
	               http.n, FMT(http));
}

static struct str zipped(struct str s)
{
	z_stream z = { 0 };
	char *out = arena_raw(test_mem(), s.n + 200);
	CHECK(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)s.n + 200;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	struct str r = { out, z.total_out };
	deflateEnd(&z);
	return r;
}

static struct str joined(struct str a, struct str b)
{
	struct text t = text_new(test_mem());
	text_add(&t, a);
	text_add(&t, b);
	return text_str(&t);
}

static struct seen run(struct str s, size_t piece, struct warc_loss *loss)
{
	struct seen seen = { 0 };
	struct warc *w = warc_open(test_mem(), take, &seen);
	for (; s.n; s = str_sub(s, piece, s.n))
		warc_feed(w, str_sub(s, 0, piece));
	warc_end(w);
	*loss = warc_loss(w);
	return seen;
}

TEST(records_are_found_whatever_the_pieces_and_the_packing)
{
	static const size_t pieces[] = { 1, 7, 100, 1 << 20 };
	struct str a = record("http://a.example/1", "một"), b = record("http://a.example/2", "hai");
	struct str forms[] = { joined(a, b), joined(zipped(a), zipped(b)), zipped(joined(a, b)) };
	struct warc_loss loss;
	for (size_t f = 0; f < COUNT(forms); f++)
		for (size_t i = 0; i < COUNT(pieces); i++) {
			if (f && pieces[i] < 2)
				continue;
			struct seen s = run(forms[f], pieces[i], &loss);
			CHECK_INT(s.n, 2);
			CHECK_STR(str_z(s.urls[1]), "http://a.example/2");
			CHECK_STR(str_z(s.bodies[0]), "một");
			CHECK_INT(s.status[1], 200);
			CHECK_INT(loss.records, 0);
		}
}

TEST(a_damaged_record_costs_itself_and_the_loss_is_said)
{
	struct warc_loss loss;
	struct str a = zipped(record("http://a.example/1", "một")), b = zipped(record("http://a.example/2", "hai"));
	memset((char *)a.p + 30, 0xff, 20);
	struct seen s = run(joined(a, b), 64, &loss);
	CHECK(s.n >= 1);
	CHECK_STR(str_z(s.urls[s.n - 1]), "http://a.example/2");
	CHECK(loss.records >= 1 && loss.why);
	s = run(joined(S("WARC/1.0\r\nContent-Length: x\r\n\r\nrác\r\n"), record("http://a.example/2", "hai")), 64, &loss);
	CHECK_INT(s.n, 1);
	CHECK_INT(loss.records, 1);
}

TEST(a_truncated_archive_gives_its_last_record_as_cut)
{
	struct warc_loss loss;
	struct str two = joined(record("http://a.example/1", "một"), record("http://a.example/2", "hai ba bốn"));
	struct seen s = run(str_sub(two, 0, two.n - 10), 50, &loss);
	CHECK_INT(s.n, 2);
	CHECK_INT(s.cut, 1);
	CHECK(loss.bytes > 0);
}

TEST(an_arc_file_is_read_too)
{
	struct warc_loss loss;
	struct seen s = run(S("filedesc://a.arc 0.0.0.0 20260811000000 text/plain 7\n1 0 Ab\n\nhttp://a.example/1 1.2.3.4 20260811000000 "
			      "text/html 3\nabc\n"), 9, &loss);
	CHECK_INT(s.n, 2);
	CHECK_STR(str_z(s.urls[1]), "http://a.example/1");
	CHECK_STR(str_z(s.bodies[1]), "abc");
}
