/*
 * staff - the accounts of those who work here, their passwords and sessions (staff_account: tài khoản cán bộ).
 *
 * Passwords are kept as argon2id (libsodium; 19 MiB, 2 passes, OWASP's floor of 2023), never shorter than
 * ten characters; a session is a random token of which only the hash is kept. Signing in is slow on
 * purpose and the same for a wrong name and a wrong password.
 */
#ifndef PEOPLE_STAFF_H
#define PEOPLE_STAFF_H

#include "store/cx.h"

enum { PASSWORD_LEAST = 10, SESSION_SECONDS = 12 * HOUR };

struct staff {
	int64_t id, unit;
	struct str login, name, lang;
	unsigned roles;
	bool active;
};

struct staff_list { struct staff *v; size_t n; };

/* ERR_INPUT: login not [a-z0-9._-]{2,40}, name empty or password too short; ERR_CONFLICT: the login is taken. */
MUST_USE enum err staff_add(struct cx *cx, const struct staff *s, struct str password, int64_t *ret_id);
MUST_USE enum err staff_set_password(struct cx *cx, struct str login, struct str password); /* ends the person's sessions */
MUST_USE enum err staff_set_active(struct cx *cx, struct str login, bool active);
MUST_USE enum err staff_set_roles(struct cx *cx, struct str login, unsigned roles);
MUST_USE enum err staff_list(struct cx *cx, struct staff_list *ret);
MUST_USE enum err staff_find(struct cx *cx, struct str login, struct staff *ret); /* ERR_NOT_FOUND */

/* Checks login and password; a new session's token for the cookie. ERR_DENIED for every wrong pair. */
MUST_USE enum err session_open(struct cx *cx, struct str login, struct str password, struct str *ret_token);
/* Whose session? ret->id stays 0 for nobody; never fails for a wrong token. */
MUST_USE enum err session_find(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf);
MUST_USE enum err session_close(struct cx *cx, struct str token);
MUST_USE enum err sessions_sweep(struct cx *cx); /* forgets those that have ended */
struct str random_token(struct arena *mem);      /* 32 random bytes as hex: for addresses that are secrets */

#endif
