/*
 * fuzz_robots - the first line is the path that is asked for, the rest the robots.txt.
 */
#include "net/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str rest = { (const char *)data, n }, path = S("/");
	const struct str *maps;
	(void)str_split(&rest, '\n', &path);
	struct robots *r = robots_new(&mem, rest);
	(void)robots_allows(r, path, S("nhipcau"));
	(void)robots_delay(r, S("nhipcau"));
	(void)robots_sitemaps(r, &maps);
	arena_done(&mem);
	return 0;
}
