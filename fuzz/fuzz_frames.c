/* fuzz_frames - whatever the bytes, the reader ends and stays within its memory. */
#include "cage/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct feed f;
	struct page p;
	struct opml o;
	(void)!unpack_feed(&mem, s, &f);
	(void)!unpack_page(&mem, s, &p);
	(void)!unpack_opml(&mem, s, &o);
	struct cage_record r;
	struct cage_warc_sum sum;
	(void)!unpack_record(&mem, s, &r);
	(void)!unpack_sum(&mem, s, &sum);
	arena_done(&mem);
	return 0;
}
