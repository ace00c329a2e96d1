/*
 * staff - accounts are never deleted: a person who leaves is made inactive, so that old decisions keep
 * their name.
 */
#include "people/staff.h"

#include "people/may.h"
#include "store/audit.h"
#include "store/db.h"

#include <sodium.h>

SQL(staff_insert,
    "INSERT INTO staff_account (id, login, name, password, roles, unit, active, lang, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)");
#define STAFF_COLUMNS "id, unit, login, name, lang, roles, active"
SQL(staff_all, "SELECT " STAFF_COLUMNS " FROM staff_account ORDER BY login");
SQL(staff_by_login, "SELECT " STAFF_COLUMNS " FROM staff_account WHERE login = $1");
SQL(staff_password_of, "SELECT password FROM staff_account WHERE login = $1 AND active = 1");
SQL(staff_new_password, "UPDATE staff_account SET password = $2 WHERE login = $1");
SQL(staff_new_active, "UPDATE staff_account SET active = $2 WHERE login = $1");
SQL(staff_new_roles, "UPDATE staff_account SET roles = $2 WHERE login = $1");
SQL(staff_sessions_end, "DELETE FROM session WHERE account = (SELECT id FROM staff_account WHERE login = $1)");

static struct staff staff_read(const struct rows *r, struct arena *mem)
{
	return (struct staff){ .id = col_int(r, 0), .unit = col_int(r, 1), .login = col_str(r, mem, 2), .name = col_str(r, mem, 3),
		               .lang = col_str(r, mem, 4), .roles = (unsigned)col_int(r, 5), .active = col_int(r, 6) != 0 };
}

static bool login_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", s.p[i]))
			return false;
	return s.n >= 2 && s.n <= 40;
}

static enum err password_hash(struct cx *cx, struct str password, char hash[crypto_pwhash_STRBYTES])
{
	if (password.n < PASSWORD_LEAST || password.n > 200)
		return FAIL(cx, ERR_INPUT, "people.password_short", "a password has %d to 200 bytes", PASSWORD_LEAST);
	BUG_IF(crypto_pwhash_str(hash, password.p, password.n, 2, 19u << 20));
	return OK;
}

enum err staff_add(struct cx *cx, const struct staff *s, struct str password, int64_t *ret_id)
{
	char hash[crypto_pwhash_STRBYTES];
	int64_t id = id_new();
	if (!login_good(s->login))
		return FAIL(cx, ERR_INPUT, "people.login_bad", "a login has 2 to 40 of a-z 0-9 . _ -");
	if (!str_trim(s->name).n || s->name.n > 200)
		return FAIL(cx, ERR_INPUT, "people.name_missing", "the account needs a name");
	TRY(password_hash(cx, password, hash));
	enum err e = db_run(cx, &staff_insert,
	                    ARGS(id, s->login, s->name, (const char *)hash, s->roles, s->unit ? arg_int(s->unit) : ARG_NONE,
	                         s->lang.n ? s->lang : S("vi"), cx->now));
	if (e == ERR_CONFLICT)
		return FAIL(cx, e, "people.login_taken", "the login %.*s is taken", FMT(s->login));
	TRY(e);
	TRY(audit_add(cx, "add", "staff_account", id, s->login));
	*ret_id = id;
	return OK;
}

/* One column of one account; the audit keeps what was done, never the value of a password. */
static enum err change(struct cx *cx, const struct sql *q, struct str login, struct arg value, const char *deed)
{
	TRY(db_run(cx, q, ARGS(login, value)));
	if (!db_changes(cx->db))
		return FAIL(cx, ERR_NOT_FOUND, "people.none", "no account %.*s", FMT(login));
	TRY(db_run(cx, &staff_sessions_end, ARGS(login)));
	return audit_add(cx, deed, "staff_account", 0, login);
}

enum err staff_set_password(struct cx *cx, struct str login, struct str password)
{
	char hash[crypto_pwhash_STRBYTES];
	TRY(password_hash(cx, password, hash));
	return change(cx, &staff_new_password, login, arg_z(hash), "password");
}

enum err staff_set_active(struct cx *cx, struct str login, bool active)
{
	return change(cx, &staff_new_active, login, arg_int(active), active ? "activate" : "deactivate");
}

enum err staff_set_roles(struct cx *cx, struct str login, unsigned roles)
{
	return change(cx, &staff_new_roles, login, arg_int(roles), "roles");
}

enum err staff_list(struct cx *cx, struct staff_list *ret)
{
	struct staff_list list = { 0 };
	struct rows r = db_query(cx, &staff_all, NO_ARGS);
	DB_LIST(cx, r, list, staff_read(&r, cx->mem));
	*ret = list;
	return OK;
}

enum err staff_find(struct cx *cx, struct str login, struct staff *ret)
{
	bool found = false;
	struct staff s;
	struct rows r = db_query(cx, &staff_by_login, ARGS(login));
	if (db_next(&r)) {
		s = staff_read(&r, cx->mem);
		found = true;
	}
	TRY(db_end(cx, &r));
	if (!found)
		return FAIL(cx, ERR_NOT_FOUND, "people.none", "no account %.*s", FMT(login));
	*ret = s;
	return OK;
}

/* ---- sessions ----------------------------------------------------------------------------------- */

SQL(session_insert, "INSERT INTO session (token_hash, account, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)");
SQL(session_by_token,
    "SELECT a.id, a.roles, a.unit, a.name, s.csrf FROM session s JOIN staff_account a ON a.id = s.account"
    " WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.active = 1");
SQL(session_delete, "DELETE FROM session WHERE token_hash = $1");
SQL(session_delete_old, "DELETE FROM session WHERE expires_at <= $1");

struct str random_token(struct arena *mem)
{
	unsigned char raw[32];
	char hex[65];
	randombytes_buf(raw, sizeof raw);
	sodium_bin2hex(hex, sizeof hex, raw, sizeof raw);
	return arena_str(mem, str_z(hex));
}

static struct str token_hash(struct arena *mem, struct str token)
{
	unsigned char digest[32];
	char hex[65];
	crypto_generichash(digest, sizeof digest, (const unsigned char *)token.p, token.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
	return arena_str(mem, str_z(hex));
}

static enum err password_of(struct cx *cx, struct str login, struct str *ret_hash)
{
	struct rows r = db_query(cx, &staff_password_of, ARGS(login));
	*ret_hash = S("");
	if (db_next(&r))
		*ret_hash = col_str(&r, cx->mem, 0);
	return db_end(cx, &r);
}

/* An unknown name costs the time of a wrong password. */
static bool password_right(struct str hash, struct str password)
{
	char waste[crypto_pwhash_STRBYTES];
	if (password.n > 200)
		return false;
	if (hash.n)
		return !crypto_pwhash_str_verify(hash.p, password.p, password.n);
	bool spent = !crypto_pwhash_str(waste, password.p, password.n, 2, 19u << 20);
	BUG_IF(!spent);
	return false;
}

enum err session_open(struct cx *cx, struct str login, struct str password, struct str *ret_token)
{
	struct str hash, token = random_token(cx->mem);
	struct staff s;
	TRY(password_of(cx, login, &hash));
	if (!password_right(hash, password))
		return FAIL(cx, ERR_DENIED, "people.wrong", "wrong name or password");
	TRY(staff_find(cx, login, &s));
	TRY(db_run(cx, &session_insert,
	           ARGS(token_hash(cx->mem, token), s.id, random_token(cx->mem), cx->now, cx->now + SESSION_SECONDS)));
	cx->who.id = s.id;
	TRY(audit_add(cx, "sign_in", "staff_account", s.id, S("")));
	*ret_token = token;
	return OK;
}

enum err session_find(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf)
{
	struct actor who = { 0 };
	struct str csrf = S("");
	if (!token.n || token.n > 128)
		return OK;
	struct rows r = db_query(cx, &session_by_token, ARGS(token_hash(cx->mem, token), cx->now));
	if (db_next(&r)) {
		who = (struct actor){ col_int(&r, 0), (unsigned)col_int(&r, 1), col_int(&r, 2), col_str(&r, cx->mem, 3) };
		csrf = col_str(&r, cx->mem, 4);
	}
	TRY(db_end(cx, &r));
	*ret = who;
	*ret_csrf = csrf;
	return OK;
}

enum err session_close(struct cx *cx, struct str token)
{
	return db_run(cx, &session_delete, ARGS(token_hash(cx->mem, token)));
}

enum err sessions_sweep(struct cx *cx)
{
	return db_run(cx, &session_delete_old, ARGS(cx->now));
}
