/*
 * press_test - tests only: a small invented press. Four matters, each told in many ways that share words and are no
 * copies of each other; a way in for them; a body of a test that runs on SQLite and, where it is there, PostgreSQL.
 */
#ifndef ROOMS_MONITORING_PRESS_TEST_H
#define ROOMS_MONITORING_PRESS_TEST_H

#include "rooms/monitoring/intake.h"

enum { PRESS_MATTERS = 4, PRESS_OUTLETS = 3 };

void press_on_both(void (*body)(struct cx *cx));       /* all roles; nothing in the database yet */
const struct labeller *press_labeller(void);
int64_t press_outlet(struct cx *cx, int which);        /* made when it is not there */
/* One telling: its address is of matter and telling. */
struct intake_item press_item(struct cx *cx, int matter, int telling, int64_t at);
enum intake_state press_add(struct cx *cx, struct intake *in, const struct intake_item *item); /* a batch of one */
int64_t press_id(struct cx *cx, const struct intake_item *item);    /* of the article; 0: it is not there */
int64_t press_story(struct cx *cx, const struct intake_item *item); /* of its row */
int64_t press_count(struct cx *cx, const struct sql *q);
/* Counts by day and hour, stories and their articles, texts and labels all agree; fails the test otherwise. */
void press_agrees(struct cx *cx);
void press_must(enum err e, const struct cx *cx);

#endif
