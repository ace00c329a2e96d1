/* fuzz_viet - every form of any bytes is valid UTF-8, and clean text stays as it is. */
#include "text/viet.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)p, n }, clean = viet_nfc(&mem, s);
	BUG_IF(utf8_bad(clean) || utf8_bad(viet_lower(&mem, s)) || utf8_bad(viet_fold(&mem, s)));
	BUG_IF(utf8_bad(viet_key(&mem, s)) || utf8_bad(viet_sort_key(&mem, s)));
	BUG_IF(n < 256 && !str_eq(viet_nfc(&mem, clean), clean));
	BUG_IF(utf8_bad(utf8_cut(clean, n / 2)));
	arena_done(&mem);
	return 0;
}
