/* fuzz_sitemap - whatever the bytes, the reader ends and stays within its memory. */
#include "read/feed.h"
#include "read/opml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct feed f;
	struct opml o;
	(void)!sitemap_read(&mem, s, &f, NULL);
	(void)!opml_read(&mem, s, &o, NULL);
	arena_done(&mem);
	return 0;
}
