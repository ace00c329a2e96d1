/*
 * trail - reads the audit by its key; lines are never changed here.
 */
#include "rooms/accounts/trail.h"

#include "people/may.h"
#include "store/db.h"

SQL(trail_newest,
    "SELECT t.id, t.at, t.who, t.object_id, s.name, t.deed, t.object, t.detail FROM audit t LEFT JOIN staff_account s ON s.id = t.who"
    " WHERE t.id < $1 AND ($2 = '' OR t.object = $2) AND ($3 = '' OR t.deed = $3) ORDER BY t.id DESC LIMIT $4");
SQL(trail_object_words, "SELECT DISTINCT object FROM audit ORDER BY object");

enum err trail_list(struct cx *cx, const struct trail_filter *f, struct trail_list *ret)
{
	struct trail_list list = { 0 };
	TRY(may(cx, ACT_AUDIT_READ, 0));
	struct rows r = db_query(cx, &trail_newest, ARGS(f->before_id ? f->before_id : INT64_MAX, str_some(f->object), str_some(f->deed), f->most));
	DB_LIST(cx, r, list, (struct trail_line){ col_int(&r, 0), col_int(&r, 1), col_int(&r, 2), col_int(&r, 3),
		str_some(col_str(&r, cx->mem, 4)), col_str(&r, cx->mem, 5), col_str(&r, cx->mem, 6), str_some(col_str(&r, cx->mem, 7)) });
	*ret = list;
	return OK;
}

enum err trail_objects(struct cx *cx, struct trail_words *ret)
{
	struct trail_words list = { 0 };
	struct rows r = db_query(cx, &trail_object_words, NO_ARGS);
	DB_LIST(cx, r, list, col_str(&r, cx->mem, 0));
	*ret = list;
	return OK;
}
