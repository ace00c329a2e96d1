/*
 * may - who may do what: one table of acts, asked by the route and asked again, with the row in hand, by
 * the function that does the deed. Roles are those of the province (domain: 4.3 of the analysis); a
 * person may hold several.
 */
#ifndef PEOPLE_MAY_H
#define PEOPLE_MAY_H

#include "store/cx.h"

#define ROLES(X) /* role, word in the database and the command line */ \
	X(PROVINCE_OFFICER, "province_comms_officer") \
	X(AGENCY_OFFICER, "agency_comms_officer") \
	X(SPOKESPERSON, "spokesperson") \
	X(AGENCY_HEAD, "agency_head") \
	X(LEADER, "province_leader") \
	X(ANALYST, "analyst") \
	X(AUDITOR, "auditor") \
	X(ADMIN, "system_admin")

enum role_place {
#define X(name, word) AT_##name,
	ROLES(X)
#undef X
	ROLE_COUNT
};

enum role {
	NOBODY = 0,
#define X(name, word) ROLE_##name = 1 << AT_##name,
	ROLES(X)
#undef X
};

enum { STAFF = (1 << ROLE_COUNT) - 1, EVERYBODY = -1 };
#define OFFICERS (ROLE_PROVINCE_OFFICER | ROLE_ANALYST)

#define ACTS(X) /*  act            roles                                              only within one's own unit */ \
	X(ABOUT_READ,      EVERYBODY,                                          false) \
	X(FEED_READ,       EVERYBODY,                                          false) /* the address holds a secret */ \
	X(OVERVIEW_READ,   STAFF & ~ROLE_ADMIN,                                false) \
	X(ARTICLE_READ,    STAFF & ~ROLE_ADMIN,                                false) \
	X(ARTICLE_LABEL,   OFFICERS,                                           false) \
	X(ARTICLE_ADD,     OFFICERS,                                           false) \
	X(STORY_EDIT,      OFFICERS,                                           false) \
	X(SOURCE_READ,     STAFF,                                              false) \
	X(SOURCE_EDIT,     OFFICERS,                                           false) \
	X(SOURCE_APPROVE,  ROLE_PROVINCE_OFFICER,                              false) \
	X(ALARM_READ,      STAFF & ~ROLE_ADMIN,                                false) \
	X(ALARM_TRIAGE,    OFFICERS,                                           false) \
	X(DIGEST_READ,     STAFF & ~ROLE_ADMIN,                                false) \
	X(DIGEST_EDIT,     OFFICERS,                                           false) \
	X(DIGEST_APPROVE,  ROLE_PROVINCE_OFFICER,                              false) \
	X(SEARCH_SAVE,     STAFF & ~ROLE_ADMIN & ~ROLE_AUDITOR,                false) \
	X(SETTINGS_READ,   STAFF,                                              false) \
	X(SETTINGS_EDIT,   ROLE_ADMIN,                                         false) \
	X(ACCOUNT_EDIT,    ROLE_ADMIN,                                         false) \
	X(AUDIT_READ,      ROLE_ADMIN | ROLE_AUDITOR,                          false) \
	X(METRICS_READ,    EVERYBODY,                                          false) /* loopback or with the key only */

enum act {
#define X(name, roles, own) ACT_##name,
	ACTS(X)
#undef X
	ACT_COUNT
};

MUST_USE enum err may(struct cx *cx, int act, int64_t unit); /* ERR_DENIED; `unit` counts where the act is one's own unit's */
bool may_ask(const struct cx *cx, int act);                  /* the same without a fault, for showing a button */
const char *act_name(int act);                               /* "ARTICLE_LABEL" */
unsigned act_roles(int act);
const char *role_word(int place);                            /* "analyst" */
MUST_USE bool roles_parse(struct str words, unsigned *ret);  /* "analyst,province_leader" */

#endif
