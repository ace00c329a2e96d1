/*
 * csv_test - the door for numbers: M4's quotes and empty tails, and what it must refuse.
 */
#include "base/test.h"
#include "stats/csv.h"

#include <math.h>

static struct csv_row row(const char *line)
{
	struct csv_row r;
	struct fault f = { 0 };
	CHECK(csv_read(test_mem(), str_z(line), &r, &f) == OK);
	return r;
}

TEST(quotes_commas_and_empty_tails_are_read)
{
	struct csv_row r = row("\"W\"\"1, a\",\"1.5\",2,,\"\"\r");
	struct fault f = { 0 };
	double *v;
	size_t n;
	CHECK_INT(r.n, 5);
	CHECK_STR(r.field[0], "W\"1, a");
	CHECK(csv_numbers(test_mem(), &r, 1, &v, &n, &f) == OK);
	CHECK_INT(n, 2);
	CHECK_NEAR(v[0], 1.5, 0);
	CHECK_INT(row("").n, 1);
	CHECK_INT(row(",").n, 2);
}

TEST(a_hole_between_numbers_is_refused_with_its_place)
{
	struct csv_row r = row("a,1,,3");
	struct fault f = { 0 };
	double *v;
	size_t n;
	CHECK(csv_numbers(test_mem(), &r, 1, &v, &n, &f) == ERR_INPUT);
	CHECK(strstr(f.detail, "field 3"));
}

TEST(open_quotes_and_text_after_them_are_refused)
{
	struct csv_row r;
	struct fault f = { 0 };
	CHECK(csv_read(test_mem(), S("\"abc"), &r, &f) == ERR_INPUT);
	CHECK(csv_read(test_mem(), S("\"abc\"d,1"), &r, &f) == ERR_INPUT);
	CHECK(csv_read(test_mem(), S("\""), &r, &f) == ERR_INPUT);
}

TEST(only_finite_numbers_of_sane_size_are_numbers)
{
	double v;
	CHECK(csv_number(S(" 12.5 "), &v) && v == 12.5);
	CHECK(!csv_number(S("nan"), &v) && !csv_number(S("inf"), &v) && !csv_number(S("1e16"), &v) && !csv_number(S(""), &v));
}
