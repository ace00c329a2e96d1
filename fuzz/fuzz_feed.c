/* fuzz_feed - whatever the bytes, the reader ends and stays within its memory. */
#include "read/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct feed f;
	(void)!feed_read(&mem, s, &f, NULL);
	arena_done(&mem);
	return 0;
}
