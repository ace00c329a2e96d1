/*
 * filter_jsonl - one JSON object on one line, written straight into text: no tree, no second copy. Begin with
 * text_c(&out, '{'); jsonl_line closes the object and prints it.
 */
#ifndef APP_FILTER_JSONL_H
#define APP_FILTER_JSONL_H

#include "base/base.h"

void jsonl_key(struct text *out, const char *key);                   /* ,"key": */
void jsonl_field(struct text *out, const char *key, struct str value);
void jsonl_number(struct text *out, const char *key, double value);  /* up to four places */
void jsonl_bool(struct text *out, const char *key, bool value);
void jsonl_null(struct text *out, const char *key);
void jsonl_item(struct text *out, struct str value);                 /* of an array of texts */
void jsonl_line(struct text *out);

#endif
