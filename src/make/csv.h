/*
 * csv - tables for spreadsheets: RFC 4180, CRLF, UTF-8 with a mark so that Excel reads Vietnamese.
 *
 * Text never becomes a formula: a field of text that opens with = + - @ or a control character (also in
 * their full-width forms, also behind blanks) gets an apostrophe in front. Figures go through csv_int and
 * csv_real and stay figures, minus sign and all.
 */
#ifndef MAKE_CSV_H
#define MAKE_CSV_H

#include "base/base.h"

struct csv {
	struct text *out;
	size_t column; /* of the row being written */
};

struct csv csv_start(struct text *out);       /* writes the byte order mark */
void csv_str(struct csv *c, struct str s);
void csv_int(struct csv *c, int64_t v);
void csv_real(struct csv *c, double v, int decimals); /* decimal point; empty for what is no number */
void csv_empty(struct csv *c);
void csv_row_end(struct csv *c);

#endif
