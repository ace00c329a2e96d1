/* fuzz_label - any bytes as title and lead. */
#include "text/label.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena keep, mem;
	static struct labeller *l;
	struct fault f;
	if (!l && labeller_new(&keep, NULL, &l, &f))
		return 0;
	size_t half = n / 2;
	struct labels ret;
	label_article(l, &mem, &(struct label_input){ { (const char *)data, half }, { (const char *)data + half, n - half }, { 0 } }, &ret);
	arena_reset(&mem);
	return 0;
}
