/*
 * items - articles in, one JSON object a line, for the filters copies, stories, keywords and summarise. An
 * item without an id gets its line number; without a time, that of the item before it. A line that is no
 * such object is answered in its place with {"id":…,"error":"…"}, and the run goes on.
 */
#ifndef APP_ITEMS_H
#define APP_ITEMS_H

#include "app/command.h"

#include <jansson.h>

struct item {
	json_t *id;                      /* borrowed of `whole`, or a number of its own */
	struct str title, summary, text; /* empty when absent; of `whole` */
	int64_t published;
	json_t *whole;
};

struct items {
	struct lines *lines;
	int64_t last_published;
	bool had_errors;
};

/* The next line that is not blank. False at the end. When the line was wrong, *ret_error says how and only
 * ret->id is there. The item holds until item_done. */
bool items_next(struct items *in, struct item *ret, const char **ret_error);
void item_done(struct item *item);
/* A string member, empty when absent or null. False when it is there and no string. */
bool item_member(const json_t *of, const char *name, struct str *ret);
const char *item_empty(const struct item *item); /* why there is nothing to read in it; NULL: there is */
void item_error(struct items *in, const struct item *item, const char *error); /* prints the error object */
void json_line(json_t *v);           /* prints it as one line, and lets it go */
int items_end(struct items *in);     /* closes the files; the exit code */

#endif
