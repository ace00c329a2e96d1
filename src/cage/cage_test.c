/*
 * What the cage promises, tried from inside: nothing can be opened, started or seen; a document that hangs
 * or crashes its reader is lost alone. Sanitizer builds cannot be locked in, so those promises are tried in the plain build.
 */
#include "base/test.h"
#include "base/time.h"
#include "cage/cage.h"
#include "cage/frame.h"

static struct cage *quick(void)
{
	struct cage *c;
	CHECK(cage_open(&(struct cage_limits){ .deadline_ms = 400, .memory = (int64_t)64 << 20 }, &c, NULL) == OK);
	return c;
}

static const char item[] = "<rss version='2.0'><channel><title>Báo Sông Trăng</title><item><title>Mở cầu</title>"
			   "<link>https://songtrang.example/1</link></item></channel></rss>";

static void next_document_is_read(struct cage *c)
{
	struct feed f;
	CHECK(cage_read_feed(c, test_mem(), str_z(item), &f, NULL) == OK);
	CHECK_STR(f.title, "Báo Sông Trăng");
	CHECK_INT(f.nentries, 1);
	CHECK_STR(f.entries[0].link, "https://songtrang.example/1");
}

TEST(a_caged_reader_hands_a_feed_back_whole)
{
	AUTO(cage_closep) struct cage *c = quick();
	next_document_is_read(c);
	next_document_is_read(c);
	CHECK_INT(cage_stats(c).started, 1);
	CHECK_INT(cage_stats(c).lost, 0);
}

TEST(a_caged_reader_can_open_nothing_start_nothing_and_take_no_more_memory)
{
	static const char *const deeds[] = { "open", "socket", "fork", "exec", "memory" };
	AUTO(cage_closep) struct cage *c = quick();
	if (!cage_is_locked())
		return;
	for (size_t i = 0; i < COUNT(deeds); i++) {
		struct fault fault = { 0 };
		struct str said;
		CHECK(cage_probe(c, test_mem(), str_z(deeds[i]), &said, &fault) == ERR_INPUT);
		CHECK(str_find(str_z(fault.detail), S("died")) >= 0);
		next_document_is_read(c);
	}
	CHECK_INT(cage_stats(c).crashes, COUNT(deeds));
	CHECK_INT(cage_stats(c).lost, COUNT(deeds));
}

TEST(a_caged_reader_sees_no_environment)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str said;
	CHECK(cage_probe(c, test_mem(), S("environment"), &said, NULL) == OK);
	CHECK_STR(said, "empty");
}

TEST(a_document_that_hangs_its_reader_is_lost_alone)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct fault fault = { 0 };
	struct str said;
	next_document_is_read(c);
	int64_t from = clock_ms();
	CHECK(cage_probe(c, test_mem(), S("hang"), &said, &fault) == ERR_LIMIT);
	CHECK(clock_ms() - from < 5000);
	CHECK(str_find(str_z(fault.detail), S("did not finish")) >= 0);
	next_document_is_read(c);
	CHECK_INT(cage_stats(c).hangs, 1);
	CHECK_INT(cage_stats(c).started, 2);
}

TEST(a_document_that_crashes_its_reader_is_lost_alone)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str said;
	CHECK(cage_probe(c, test_mem(), S("crash"), &said, NULL) == ERR_INPUT);
	next_document_is_read(c);
	CHECK_INT(cage_stats(c).crashes, 1);
}

TEST(a_reader_that_breaks_the_protocol_is_not_believed)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct str said;
	CHECK(cage_probe(c, test_mem(), S("babble"), &said, NULL) == ERR_INPUT);
	CHECK_INT(cage_stats(c).wrong_frames, 1);
	next_document_is_read(c);
}

TEST(a_child_is_replaced_after_its_share_of_documents)
{
	struct cage *c;
	CHECK(cage_open(&(struct cage_limits){ .documents = 2 }, &c, NULL) == OK);
	for (int i = 0; i < 5; i++)
		next_document_is_read(c);
	CHECK_INT(cage_stats(c).retired, 2);
	CHECK_INT(cage_stats(c).lost, 0);
	cage_close(c);
}

TEST(what_is_no_feed_is_said_so_and_costs_no_child)
{
	AUTO(cage_closep) struct cage *c = quick();
	struct fault fault = { 0 };
	struct feed f;
	CHECK(cage_read_feed(c, test_mem(), S("<html><body>404</body></html>"), &f, &fault) == ERR_INPUT);
	CHECK(str_find(str_z(fault.detail), S("no feed")) >= 0);
	CHECK_INT(cage_stats(c).lost, 0);
}

TEST(a_frame_survives_the_trip_and_a_cut_one_is_refused)
{
	struct feed f, back;
	struct text t = text_new(test_mem());
	CHECK(feed_read(test_mem(), str_z(item), &f, NULL) == OK);
	pack_feed(&t, &f);
	CHECK(unpack_feed(test_mem(), text_str(&t), &back));
	CHECK_INT(back.nentries, 1);
	CHECK_STR(back.entries[0].title, "Mở cầu");
	for (size_t n = 0; n < t.n; n++)
		CHECK(!unpack_feed(test_mem(), str_sub(text_str(&t), 0, n), &back));
}
