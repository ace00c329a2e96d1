/*
 * local - what a province brings of its own: DIR/places.tsv and DIR/bodies.tsv beside the database, added to the
 * built-in gazetteer (form: text/gazetteer.h). Absent files are fine; wrong ones are said.
 */
#ifndef APP_LOCAL_H
#define APP_LOCAL_H

#include "base/base.h"

struct labeller;

MUST_USE enum err local_labeller(struct arena *mem, const char *dir, struct labeller **ret, struct fault *f);
MUST_USE enum err file_read(struct arena *mem, const char *path, size_t most, struct str *ret, struct fault *f); /* ERR_NOT_FOUND */
MUST_USE enum err file_write(const char *path, struct str bytes, struct fault *f); /* whole or not at all */

#endif
