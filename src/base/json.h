/*
 * json - four words that every reader and writer of JSON here needs beside jansson's own. Text that comes out is a
 * copy in the arena; text that goes in is copied by jansson.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/base.h"

#include <jansson.h>

json_t *json_id(int64_t id);                                                /* as text: JavaScript rounds beyond 2^53; 0: null */
json_t *json_text(struct str s);                                             /* absent (NULL): null; no UTF-8: "" */
struct str json_member(struct arena *mem, const json_t *of, const char *name); /* absent or no text: the empty slice */
struct str json_printed(struct arena *mem, json_t *take);                    /* compact, and lets the value go */

#endif
