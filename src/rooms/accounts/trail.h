/*
 * trail - the audit as it is read: who did what to which record, newest first (nhật ký hệ thống). Deeds are counted
 * by nobody here: there is no ranking of staff (PR-16).
 */
#ifndef ROOMS_ACCOUNTS_TRAIL_H
#define ROOMS_ACCOUNTS_TRAIL_H

#include "store/cx.h"

struct trail_line { int64_t id, at, who, object_id; struct str name, deed, object, detail; }; /* name empty: the machine */
struct trail_list { struct trail_line *v; size_t n; };
struct trail_filter { int64_t before_id; struct str object, deed; int most; }; /* 0 and empty: any */

MUST_USE enum err trail_list(struct cx *cx, const struct trail_filter *f, struct trail_list *ret);
/* The kinds of records the audit speaks of. */
struct trail_words { struct str *v; size_t n; };
MUST_USE enum err trail_objects(struct cx *cx, struct trail_words *ret);

#endif
