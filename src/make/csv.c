/*
 * csv - see the header. What counts as the start of a formula follows OWASP's note "CSV Injection".
 */
#include "make/csv.h"

#include <math.h>

static void next_column(struct csv *c)
{
	if (c->column++)
		text_c(c->out, ',');
}

static bool opens_formula(struct str s)
{
	static const struct str wide[] = { S_INIT("＝"), S_INIT("＋"), S_INIT("－"), S_INIT("＠") };
	size_t i = 0;
	while (i < s.n && s.p[i] == ' ')
		i++;
	if (i == s.n)
		return false;
	if ((unsigned char)s.p[i] < ' ' || strchr("=+-@", s.p[i]))
		return true;
	for (size_t k = 0; k < COUNT(wide); k++)
		if (str_starts(str_sub(s, i, s.n), wide[k]))
			return true;
	return false;
}

static bool needs_quotes(struct str s)
{
	if (!s.n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == ';' || (unsigned char)s.p[i] < ' ')
			return true;
	return s.p[0] == ' ' || s.p[s.n - 1] == ' ';
}

struct csv csv_start(struct text *out)
{
	text_code(out, 0xFEFF);
	return (struct csv){ .out = out };
}

void csv_str(struct csv *c, struct str s)
{
	next_column(c);
	bool quotes = needs_quotes(s);
	if (quotes)
		text_c(c->out, '"');
	if (opens_formula(s))
		text_c(c->out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			text_c(c->out, '"');
		if (s.p[i])
			text_c(c->out, s.p[i]);
	}
	if (quotes)
		text_c(c->out, '"');
}

void csv_int(struct csv *c, int64_t v)
{
	next_column(c);
	text_int(c->out, v);
}

void csv_real(struct csv *c, double v, int decimals)
{
	next_column(c);
	if (isfinite(v))
		text_fmt(c->out, "%.*f", MAX(0, MIN(decimals, 15)), v);
}

void csv_empty(struct csv *c)
{
	next_column(c);
}

void csv_row_end(struct csv *c)
{
	text_z(c->out, "\r\n");
	c->column = 0;
}
