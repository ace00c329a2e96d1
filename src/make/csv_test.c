/*
 * CSV as spreadsheets read it: quoting, formulas made harmless.
 */
#include "make/csv.h"

#include <math.h>

#include "base/test.h"

static struct str one(struct str field)
{
	struct text t = text_new(test_mem());
	struct csv c = { .out = &t };
	csv_str(&c, field);
	return text_str(&t);
}

TEST(a_table_opens_with_the_mark_and_ends_its_rows_as_rfc_4180_says)
{
	struct text t = text_new(test_mem());
	struct csv c = csv_start(&t);
	csv_str(&c, S("Xã"));
	csv_str(&c, S("Số tin"));
	csv_row_end(&c);
	csv_empty(&c);
	csv_int(&c, -5);
	csv_real(&c, -0.25, 2);
	csv_real(&c, NAN, 2);
	csv_row_end(&c);
	CHECK_STR(text_str(&t), "\xEF\xBB\xBFXã,Số tin\r\n,-5,-0.25,\r\n");
}

TEST(quotes_commas_and_line_ends_stay_inside_their_field)
{
	CHECK_STR(one(S("a \"b\", c")), "\"a \"\"b\"\", c\"");
	CHECK_STR(one(S("a\nb")), "\"a\nb\"");
	CHECK_STR(one(S("a;b")), "\"a;b\"");
	CHECK_STR(one(S(" a")), "\" a\"");
	CHECK_STR(one(S("")), "");
}

TEST(text_never_becomes_a_formula)
{
	CHECK_STR(one(S("=1+2")), "'=1+2");
	CHECK_STR(one(S("@SUM(A1)")), "'@SUM(A1)");
	CHECK_STR(one(S("-2+3")), "'-2+3");
	CHECK_STR(one(S("+84")), "'+84");
	CHECK_STR(one(S("\t=1")), "\"'\t=1\"");
	CHECK_STR(one(S("  =1")), "\"'  =1\"");
	CHECK_STR(one(S("＝1")), "'＝1");
	CHECK_STR(one(S("=HYPERLINK(\"x\",\"y\")")), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
	CHECK_STR(one(S("a=1")), "a=1");
	CHECK_STR(one(S("   ")), "\"   \"");
}
