/*
 * audit - who did what to which record, when. Lines are only added; each carries a keyed hash over itself
 * and the one before, so that a line changed or taken out later shows (audit_verify).
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/cx.h"

/* Within the transaction of the deed itself. `detail` holds no personal data. */
MUST_USE enum err audit_add(struct cx *cx, const char *deed, const char *object, int64_t object_id, struct str detail);
MUST_USE enum err audit_verify(struct cx *cx, int64_t *ret_first_broken); /* 0: whole */

#endif
