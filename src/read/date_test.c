/*
 * Dates as newspapers write them, and what is no date.
 */
#include "base/test.h"
#include "read/date.h"

static struct str read(const char *z, int64_t offset)
{
	struct when w;
	return date_read(str_z(z), DATE_DAY_FIRST, &w) ? time_iso(test_mem(), when_at(w, offset)) : S("none");
}

TEST(a_date_of_a_feed_is_read_in_its_many_forms)
{
	CHECK_STR(read("Mon, 06 Feb 2017 10:00:00 +0700", 0), "2017-02-06T03:00:00Z");
	CHECK_STR(read("Sun, 04 Jan 2004 16:29:06 PST", 0), "2004-01-05T00:29:06Z");
	CHECK_STR(read("6 Feb 17 10:00 GMT", 0), "2017-02-06T10:00:00Z");
	CHECK_STR(read("2026-08-11T10:25:30.123+07:00", 0), "2026-08-11T03:25:30Z");
	CHECK_STR(read("2026-08-11 10:25", VIETNAM), "2026-08-11T03:25:00Z");
	CHECK_STR(read("20260811T102500Z", 0), "2026-08-11T10:25:00Z");
	CHECK_STR(read("2026-08", 0), "2026-08-01T00:00:00Z");
	CHECK_STR(read("Sun Jan  4 16:29:06 2004", 0), "2004-01-04T16:29:06Z");
}

TEST(a_date_in_vietnamese_is_read_with_the_day_first)
{
	CHECK_STR(read("Thứ ba, 11/8/2026, 10:25 (GMT+7)", 0), "2026-08-11T03:25:00Z");
	CHECK_STR(read("14:05 | 03/06/2026", VIETNAM), "2026-06-03T07:05:00Z");
	CHECK_STR(read("Ngày 11 tháng 8 năm 2026", VIETNAM), "2026-08-10T17:00:00Z");
	CHECK_STR(read("11 Th8 2026 9:05 CH", VIETNAM), "2026-08-11T14:05:00Z");
	CHECK_STR(read("10h25 ngày 11-8-2026", VIETNAM), "2026-08-11T03:25:00Z");
	CHECK_STR(read("Chủ nhật, 02/08/2026 07:00 SA", VIETNAM), "2026-08-02T00:00:00Z");
}

TEST(a_date_that_cannot_be_is_none)
{
	CHECK_STR(read("31/02/2026", 0), "none");
	CHECK_STR(read("00000000", 0), "none");
	CHECK_STR(read("hôm qua", 0), "none");
	CHECK_STR(read("", 0), "none");
	CHECK_STR(read("99/99/9999 99:99", 0), "none");
}
