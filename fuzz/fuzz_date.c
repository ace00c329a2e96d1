/* fuzz_date - whatever the bytes, the reader ends and stays within its memory. */
#include "read/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)data, n };
	struct when w;
	(void)!date_read(s, DATE_DAY_FIRST, &w);
	(void)!date_read(s, DATE_MONTH_FIRST, &w);
	arena_done(&mem);
	return 0;
}
