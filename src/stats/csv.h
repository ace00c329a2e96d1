/*
 * csv - one line of comma-separated values at a time, as spreadsheets and benchmarks write them: fields may
 * be in double quotes, with "" for a quote; a carriage return at the end is dropped.
 */
#ifndef STATS_CSV_H
#define STATS_CSV_H

#include "base/base.h"

enum { CSV_FIELDS_MOST = 1 << 20 };

struct csv_row {
	struct str *field;
	size_t n;
};

/* ERR_INPUT: a quote that is not closed, or text after a closing one. Fields live as long as line and arena. */
MUST_USE enum err csv_read(struct arena *mem, struct str line, struct csv_row *ret, struct fault *fault);

/* The row's fields from `from` as numbers; the empty tail ("", NA) is cut off. ERR_INPUT names the column. */
MUST_USE enum err csv_numbers(struct arena *mem, const struct csv_row *row, size_t from, double **ret, size_t *ret_n,
                              struct fault *fault);
/* A finite number of magnitude <= 1e15. */
MUST_USE bool csv_number(struct str s, double *ret);

#endif
