/* newsroom_test - a small newsroom for the tests of pages: two outlets, a story of three articles, three persons. */
#ifndef ROOMS_MONITORING_NEWSROOM_TEST_H
#define ROOMS_MONITORING_NEWSROOM_TEST_H

#include "store/db.h"
#include "web/page_check_test.h"

struct newsroom {
	struct cx cx;                     /* of nobody; each request gets its own copy */
	struct site site;
	struct str analyst, leader, admin; /* tokens of sessions */
	struct str csrf;                  /* of the analyst */
	int64_t outlet, other, story, article[3];
};

struct newsroom newsroom_open(const struct route_table *tables, size_t n);
void newsroom_close(struct newsroom *r);
struct str newsroom_get(struct newsroom *r, struct str token, const char *path);
struct str newsroom_post(struct newsroom *r, const char *path, struct str body); /* the analyst's, with the token of the form */

#endif
