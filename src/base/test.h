/*
 * test - a test is a sentence that enrols itself. Put TEST(a_clerk_of_another_unit_may_not_answer) { … }
 * beside the code; one program runs them all and prints "N passed, N failed". CHECK ends the test at
 * the first thing that is not so.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include "base/base.h"

struct test {
	const char *name, *file;
	void (*run)(void);
};

#define TEST(id) \
	static void id(void); \
	static const struct test id##_test __attribute__((used, section("tests"), aligned(8))) = { #id, __FILE__, id }; \
	static void id(void)

#define CHECK(cond) \
	do { \
		if (!(cond)) \
			test_failed(__FILE__, __LINE__, #cond); \
	} while (0)
#define CHECK_STR(got, want) test_same(__FILE__, __LINE__, (got), str_z(want))
#define CHECK_INT(got, want) test_same_int(__FILE__, __LINE__, (long long)(got), (long long)(want))
#define CHECK_NEAR(got, want, eps) test_near(__FILE__, __LINE__, (got), (want), (eps))

_Noreturn void test_failed(const char *file, int line, const char *what);
void test_same(const char *file, int line, struct str got, struct str want);
void test_same_int(const char *file, int line, long long got, long long want);
void test_near(const char *file, int line, double got, double want, double eps);
struct arena *test_mem(void);                    /* emptied before each test */
const char *test_root(void);                     /* the repository's folder, for tests/corpus and the like */
struct str test_file(const char *path);          /* a file below it, whole */
const char *test_dir(void);                      /* a fresh empty folder of this test, removed after it */

#endif
