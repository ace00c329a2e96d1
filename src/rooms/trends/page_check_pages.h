/*
 * page_check_pages - what the tests of pages share: a site with the tables of a room, a visitor by role, and a look at
 * the HTML that comes back. The cookie "nhipcau=analyst" is a session of a person with that role.
 */
#ifndef ROOMS_TRENDS_PAGE_CHECK_PAGES_H
#define ROOMS_TRENDS_PAGE_CHECK_PAGES_H

#include "web/web.h"

void page_site(const struct route_table *tables, size_t n);           /* what the calls below ask */
/* The whole answer. role NULL: nobody has signed in. A body NULL: GET; the token of the session goes with it. */
struct str page_ask(struct cx *cx, const char *role, const char *target, const char *body);
struct str page_ask_raw(struct cx *cx, const char *role, const char *target, const char *body); /* without the token */
bool page_holds(struct str answer, const char *what);
bool page_is(struct str answer, int status);
/* Every tag is closed in its order and no id is given twice; says on stderr what is wrong. */
bool page_sound(struct str answer);

#endif
