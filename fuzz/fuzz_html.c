/* fuzz_html - whatever the bytes, the reader ends and stays within its memory. */
#include "read/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct page p;
	(void)!page_read(&mem, s, S("https://a.example/2026/08/11/x"), &p, NULL);
	arena_done(&mem);
	return 0;
}
