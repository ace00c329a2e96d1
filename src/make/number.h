/*
 * number - figures the way a Vietnamese reader writes them: 1.240 and 0,86, a true minus sign, and
 * "1,2 triệu" or "3 tỷ" on an axis, where a long row of digits would not fit.
 */
#ifndef MAKE_NUMBER_H
#define MAKE_NUMBER_H

#include "base/base.h"

struct str number_vi(struct arena *a, double v, int decimals);  /* 1.240 · −0,14; "–" for what is no number */
struct str number_short(struct arena *a, double v);             /* at most 8 characters or so: 950 · 12.000 · 1,2 triệu */
struct str day_month_vi(struct arena *a, int64_t day);          /* 05/11 */

#endif
