/*
 * audit - the chain: BLAKE2b of the previous line's chain and this line's fields (libsodium).
 */
#include "store/audit.h"

#include "store/db.h"

#include <sodium.h>

SQL(audit_last, "SELECT chain FROM audit ORDER BY id DESC LIMIT 1");
SQL(audit_insert,
    "INSERT INTO audit (id, at, who, deed, object, object_id, detail, chain) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
SQL(audit_all, "SELECT id, at, who, deed, object, object_id, detail, chain FROM audit ORDER BY id");

struct line {
	int64_t id, at, who, object_id;
	struct str deed, object, detail;
};

static struct str chain(struct arena *mem, struct str before, const struct line *l)
{
	unsigned char digest[16];
	char hex[33];
	struct str all = str_fmt(mem, "%.*s|%lld|%lld|%lld|%.*s|%.*s|%lld|%.*s", FMT(before), (long long)l->id, (long long)l->at,
	                         (long long)l->who, FMT(l->deed), FMT(l->object), (long long)l->object_id, FMT(l->detail));
	crypto_generichash(digest, sizeof digest, (const unsigned char *)all.p, all.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
	return arena_str(mem, str_z(hex));
}

static enum err last_chain(struct cx *cx, struct str *ret)
{
	struct rows r = db_query(cx, &audit_last, NO_ARGS);
	*ret = S("");
	if (db_next(&r))
		*ret = col_str(&r, cx->mem, 0);
	return db_end(cx, &r);
}

enum err audit_add(struct cx *cx, const char *deed, const char *object, int64_t object_id, struct str detail)
{
	struct str before;
	struct line l = { id_new(), cx->now, cx->who.id, object_id, str_z(deed), str_z(object), detail.p ? detail : S("") };
	TRY(last_chain(cx, &before));
	return db_run(cx, &audit_insert,
	              ARGS(l.id, l.at, l.who, l.deed, l.object, l.object_id, l.detail, chain(cx->mem, before, &l)));
}

enum err audit_verify(struct cx *cx, int64_t *ret_first_broken)
{
	struct str before = S("");
	int64_t broken = 0;
	struct rows r = db_query(cx, &audit_all, NO_ARGS);
	while (!broken && db_next(&r)) {
		struct line l = { col_int(&r, 0), col_int(&r, 1), col_int(&r, 2), col_int(&r, 5), col_str(&r, cx->mem, 3),
			          col_str(&r, cx->mem, 4), col_str(&r, cx->mem, 6) };
		struct str kept = col_str(&r, cx->mem, 7);
		if (!str_eq(chain(cx->mem, before, &l), kept))
			broken = l.id;
		before = kept;
	}
	TRY(db_end(cx, &r));
	*ret_first_broken = broken;
	return OK;
}
