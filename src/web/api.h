/*
 * api - what the pages under /api/v1 share: objects of jansson, errors as problem+json (RFC 9457), lists
 * paged by key: {"items": […], "next": "/api/v1/…?after=…"}.
 *
 * A cursor is two numbers, the sort value and the id of the last row shown: "1763856000.42".
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "base/json.h"
#include "web/web.h"

enum { API_PAGE = 50, API_PAGE_MOST = 500 };

struct cursor { int64_t at, id; bool set; };

struct cursor api_cursor(const struct ask *ask, const char *param);       /* "after" or "before"; set false: from the start */
struct str api_cursor_text(struct arena *mem, int64_t at, int64_t id);
int64_t api_limit(const struct ask *ask);                                 /* "limit": 1…500, else 50 */
json_t *api_time(struct arena *mem, int64_t at);                          /* RFC 3339 with +07:00; null for 0 */
json_t *api_day(struct arena *mem, int64_t day);
/* Takes the items; `last` of the final one when a further page exists, else set false. */
enum err api_list(struct reply *r, const struct ask *ask, json_t *take_items, struct cursor last);
/* The body as a JSON object; ERR_INPUT with where it breaks. The caller owns it. */
MUST_USE enum err api_body(struct cx *cx, const struct ask *ask, json_t **ret);
void api_problem(struct cx *cx, struct reply *r, int status, const char *title, struct str detail);
/* 422 with every mistake: {"mistakes": [{"field": …, "say": …}]}. */
enum err api_mistakes(struct cx *cx, struct reply *r, const struct mistakes *m);

struct str openapi_text(struct arena *mem, const struct site *site);      /* the description, OpenAPI 3.1 */

#endif
