/*
 * test - runs what enrolled itself, as one cmocka group. NHIPCAU_ONLY=word runs only the tests whose
 * name or file holds the word.
 */
#include "base/test.h"
#include "base/log.h"

#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>
#include <ftw.h>

#include <cmocka.h>

extern const struct test __start_tests[], __stop_tests[];

static struct arena mem;
static char dir[64];

struct arena *test_mem(void)
{
	return &mem;
}

const char *test_root(void)
{
	const char *root = getenv("NHIPCAU_ROOT");
	return root ? root : ".";
}

struct str test_file(const char *path)
{
	struct str full = str_fmt(&mem, "%s/%s", test_root(), path);
	FILE *f = fopen(full.p, "rb");
	if (!f)
		test_failed(full.p, 0, "the file is not there");
	struct text t = text_new(&mem);
	char part[65536];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		text_add(&t, (struct str){ part, n });
	fclose(f);
	return text_str(&t);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

const char *test_dir(void)
{
	if (dir[0])
		return dir;
	snprintf(dir, sizeof dir, "/tmp/nhipcau-test-XXXXXX");
	BUG_IF(!mkdtemp(dir));
	return dir;
}

_Noreturn void test_failed(const char *file, int line, const char *what)
{
	print_error("%s:%d: %s\n", file, line, what);
	_fail(file, line);
	abort(); /* not reached: _fail jumps */
}

void test_same(const char *file, int line, struct str got, struct str want)
{
	if (str_eq(got, want))
		return;
	print_error("%s:%d:\n  got  \"%.*s\"\n  want \"%.*s\"\n", file, line, FMT(got), FMT(want));
	_fail(file, line);
}

void test_same_int(const char *file, int line, long long got, long long want)
{
	if (got == want)
		return;
	print_error("%s:%d: got %lld, want %lld\n", file, line, got, want);
	_fail(file, line);
}

void test_near(const char *file, int line, double got, double want, double eps)
{
	if (got >= want - eps && got <= want + eps)
		return;
	print_error("%s:%d: got %.9g, want %.9g\n", file, line, got, want);
	_fail(file, line);
}

static int before(void **state)
{
	(void)state;
	arena_done(&mem);
	return 0;
}

static int after(void **state)
{
	(void)state;
	if (dir[0])
		nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	dir[0] = 0;
	return 0;
}

static void run(void **state)
{
	const struct test *t = *state;
	t->run();
}

int main(void)
{
	const char *only = getenv("NHIPCAU_ONLY");
	struct arena list = { 0 };
	size_t all = (size_t)(__stop_tests - __start_tests), n = 0;
	struct CMUnitTest *group = NEW_ARRAY(&list, struct CMUnitTest, all + 1);
	for (const struct test *t = __start_tests; t < __stop_tests; t++)
		if (!only || strstr(t->name, only) || strstr(t->file, only))
			group[n++] = (struct CMUnitTest){ t->name, run, before, after, (void *)t };
	log_quiet(true);
	int failed = _cmocka_run_group_tests("nhipcau", group, n, NULL, NULL);
	printf("%zu passed, %d failed\n", n - (size_t)failed, failed);
	arena_done(&mem);
	arena_done(&list);
	return failed != 0;
}
