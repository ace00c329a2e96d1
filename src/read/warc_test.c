/*
 * Archives of the web: whole, cut short, packed, and spoilt on purpose.
 */
#include "read/warc.h"
#include "read/warc_sample.h"

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
	struct str a = sample_record("http://a.example/1", S("một")), b = sample_record("http://a.example/2", S("hai"));
	struct str forms[] = { sample_joined(a, b), sample_joined(sample_zipped(a), sample_zipped(b)), sample_zipped(sample_joined(a, b)) };
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
	struct str a = sample_zipped(sample_record("http://a.example/1", S("một"))), b = sample_zipped(sample_record("http://a.example/2", S("hai")));
	memset((char *)a.p + 30, 0xff, 20);
	struct seen s = run(sample_joined(a, b), 64, &loss);
	CHECK(s.n >= 1);
	CHECK_STR(str_z(s.urls[s.n - 1]), "http://a.example/2");
	CHECK(loss.records >= 1 && loss.why);
	s = run(sample_joined(S("WARC/1.0\r\nContent-Length: x\r\n\r\nrác\r\n"), sample_record("http://a.example/2", S("hai"))), 64, &loss);
	CHECK_INT(s.n, 1);
	CHECK_INT(loss.records, 1);
}

TEST(a_truncated_archive_gives_its_last_record_as_cut)
{
	struct warc_loss loss;
	struct str two = sample_joined(sample_record("http://a.example/1", S("một")), sample_record("http://a.example/2", S("hai ba bốn")));
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
