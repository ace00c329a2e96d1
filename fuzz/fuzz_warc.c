/* fuzz_warc - whatever the bytes, the reader ends and stays within its memory. */
#include "read/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void take(void *of, const struct warc_record *r)
{
	BUG_IF(r->body.n > WARC_BODY_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct warc *w = warc_open(&mem, take, NULL);
	size_t piece = s.n ? 1 + (unsigned char)s.p[0] * 16u : 1;
	for (; s.n; s = str_sub(s, piece, s.n))
		warc_feed(w, str_sub(s, 0, piece));
	warc_end(w);
	arena_done(&mem);
	return 0;
}
