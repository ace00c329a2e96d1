/* The first byte picks the door: urlencoded, cookies, multipart, or a whole request head. */
#include "web/form.h"
#include "web/guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem = { 0 };
	struct str s = { (const char *)p + 1, n ? n - 1 : 0 };
	struct pairs pairs;
	struct form form;
	struct http_request q;
	if (!n)
		return 0;
	switch (p[0] % 4) {
	case 0: (void)!form_urlencoded(&mem, s, &pairs); break;
	case 1: form_cookies(&mem, s); break;
	case 2: (void)!form_multipart(&mem, S("multipart/form-data; boundary=x"), s, &form); break;
	default: (void)!guard_parse(&mem, s, &q); break;
	}
	arena_done(&mem);
	return 0;
}
