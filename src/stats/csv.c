/*
 * csv - the door through which strangers' numbers come in. RFC 4180 but for line breaks inside quotes,
 * which no table of counts has.
 */
#include "stats/csv.h"

#include <math.h>

static enum err quoted(struct arena *mem, struct str line, size_t *at, struct str *ret, struct fault *fault)
{
	struct text t = text_new(mem);
	size_t i = *at + 1;
	for (; i < line.n; i++) {
		if (line.p[i] != '"')
			text_c(&t, line.p[i]);
		else if (i + 1 < line.n && line.p[i + 1] == '"')
			text_c(&t, line.p[i++]);
		else
			break;
	}
	if (i >= line.n)
		return FAULT(fault, ERR_INPUT, "csv.quote", "a quote opened at column %zu is not closed", *at + 1);
	if (i + 1 < line.n && line.p[i + 1] != ',')
		return FAULT(fault, ERR_INPUT, "csv.quote", "text after the closing quote at column %zu", i + 1);
	*at = i + 1;
	*ret = text_str(&t);
	return OK;
}

enum err csv_read(struct arena *mem, struct str line, struct csv_row *ret, struct fault *fault)
{
	struct csv_row row = { 0 };
	size_t cap = 0;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	for (size_t at = 0;; at++) {
		struct str s = { line.p + at, 0 };
		if (row.n == CSV_FIELDS_MOST)
			return FAULT(fault, ERR_LIMIT, "csv.wide", "more than %d fields", CSV_FIELDS_MOST);
		if (at < line.n && line.p[at] == '"') {
			TRY(quoted(mem, line, &at, &s, fault));
		} else {
			while (at < line.n && line.p[at] != ',')
				at++;
			s.n = (size_t)(line.p + at - s.p);
		}
		GROW(mem, row.field, row.n, cap);
		row.field[row.n++] = s;
		if (at >= line.n)
			break;
	}
	*ret = row;
	return OK;
}

bool csv_number(struct str s, double *ret)
{
	double v;
	if (!str_real(str_trim(s), &v) || !isfinite(v) || fabs(v) > 1e15)
		return false;
	*ret = v;
	return true;
}

static bool is_empty(struct str s)
{
	s = str_trim(s);
	return !s.n || str_eq(s, S("NA"));
}

enum err csv_numbers(struct arena *mem, const struct csv_row *row, size_t from, double **ret, size_t *ret_n, struct fault *fault)
{
	size_t n = row->n;
	while (n > from && is_empty(row->field[n - 1]))
		n--;
	double *v = NEW_ARRAY(mem, double, n > from ? n - from : 1);
	for (size_t i = from; i < n; i++)
		if (!csv_number(row->field[i], &v[i - from]))
			return FAULT(fault, ERR_INPUT, "csv.number", "field %zu, “%.*s”, is not a number", i + 1,
			             (int)MIN(row->field[i].n, 40), row->field[i].p);
	*ret = v;
	*ret_n = n > from ? n - from : 0;
	return OK;
}
