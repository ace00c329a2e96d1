/*
 * page_check - what the tests of pages share: a site with the tables of a room, a visitor by role or by session, and
 * a look at the HTML that comes back. Answers live in the arena of the cx.
 */
#ifndef WEB_PAGE_CHECK_TEST_H
#define WEB_PAGE_CHECK_TEST_H

#include "web/web.h"

/* The whole answer. session: the value of the cookie, empty for nobody. form NULL: GET, else POST of these fields. */
struct str page_ask_of(struct cx *cx, const struct site *site, struct str session, const char *target, const char *form);

/* A site without accounts: the cookie "analyst" is the session of a person with that role; role NULL: nobody. */
void page_site(const struct route_table *tables, size_t n);           /* what the two calls below ask */
struct str page_ask(struct cx *cx, const char *role, const char *target, const char *form); /* the token of the session goes with a form */
struct str page_ask_raw(struct cx *cx, const char *role, const char *target, const char *form); /* without the token */

bool says(struct str answer, const char *what);
bool page_is(struct str answer, int status);
/* Every tag is closed in its order and no id is given twice; says on stderr what is wrong. */
bool page_sound(struct str answer);

#endif
