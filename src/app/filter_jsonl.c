/* filter_jsonl - see filter_jsonl.h. RFC 8259; bytes are taken to be UTF-8, as everything in the house is. */
#include "app/filter_jsonl.h"

#include <math.h>

static void quoted(struct text *out, struct str s)
{
	text_c(out, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 32 && c != '"' && c != '\\')
			continue;
		text_add(out, str_sub(s, from, i));
		from = i + 1;
		if (c == '"' || c == '\\')
			text_fmt(out, "\\%c", c);
		else if (c == '\n')
			text_z(out, "\\n");
		else
			text_fmt(out, "\\u%04x", c);
	}
	text_add(out, str_sub(s, from, s.n));
	text_c(out, '"');
}

static void comma(struct text *out)
{
	if (out->n && out->p[out->n - 1] != '{' && out->p[out->n - 1] != '[')
		text_c(out, ',');
}

void jsonl_key(struct text *out, const char *key)
{
	comma(out);
	quoted(out, str_z(key));
	text_c(out, ':');
}

void jsonl_field(struct text *out, const char *key, struct str value)
{
	jsonl_key(out, key);
	quoted(out, value);
}

void jsonl_number(struct text *out, const char *key, double value)
{
	jsonl_key(out, key);
	if (value == floor(value) && fabs(value) < 1e15)
		text_int(out, (int64_t)value);
	else
		text_fmt(out, "%.4f", value);
}

void jsonl_bool(struct text *out, const char *key, bool value)
{
	jsonl_key(out, key);
	text_z(out, value ? "true" : "false");
}

void jsonl_null(struct text *out, const char *key)
{
	jsonl_key(out, key);
	text_z(out, "null");
}

void jsonl_item(struct text *out, struct str value)
{
	comma(out);
	quoted(out, value);
}

void jsonl_line(struct text *out)
{
	text_z(out, "}\n");
	fwrite(out->p, 1, out->n, stdout);
}
