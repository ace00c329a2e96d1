/*
 * gate - between the router and a page: who asks (session cookie or bearer key), in which language, how often,
 * with the form's token, and may they. Nothing of it is left to a page to remember.
 */
#ifndef WEB_GATE_H
#define WEB_GATE_H

#include "web/web.h"

struct pace;

struct pace *pace_new(struct arena *mem);    /* shared by all workers; addresses live in it at most minutes, and only as keyed hashes */
/* One more request: false when this address has had its `a_minute`. Safe from any thread. */
bool pace_take(struct pace *p, struct str from, const struct route *route, int a_minute, int64_t now_ms);

/* Fills cx->who, cx->lang and ask->csrf. */
MUST_USE enum err gate_open(struct cx *cx, struct ask *ask, struct reply *reply);
/* Pace, token, act. ERR_DENIED with nobody signed in on a page leads to the login page: *ret_login is set. */
MUST_USE enum err gate_check(struct cx *cx, const struct ask *ask, bool *ret_login);

#endif
