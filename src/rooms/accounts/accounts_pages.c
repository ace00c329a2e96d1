/*
 * accounts_pages - the tables of this room's addresses; signing in and out, and one's own account. A wrong name and a
 * wrong password are told with the same words, after the same time.
 */
#include "rooms/accounts/accounts_pages.h"
#include "rooms/accounts/views_pages.h"
#include "store/db.h"

enum { SIGN_INS_A_MINUTE = 10 };

const struct route_table accounts_tables[] = {
	ROUTES("accounts", login_rows), ROUTES("accounts", staff_rows), ROUTES("accounts", settings_rows), ROUTES("accounts", about_rows),
};
const size_t accounts_tables_n = COUNT(accounts_tables);

enum err deed_end(struct cx *cx, enum err e, const char *field, struct mistakes *m)
{
	if (!e)
		return db_commit(cx);
	db_rollback(cx);
	if (e != ERR_INPUT && e != ERR_CONFLICT && e != ERR_DENIED)
		return e;
	mistake_add(m, field, cx->fault.say, S(""));
	return OK;
}

/* ---- signing in and out ------------------------------------------------------------------------------------- */

static enum err login_send(struct cx *cx, const struct ask *ask, struct reply *reply, const struct login_view *v)
{
	struct html out = html_new(cx->mem);
	page_login(&out, cx, v);
	struct sheet s = { .title = str_z(say(cx, "accounts.sign_in")), .bare = true, .status = v->m ? 422 : 200 };
	return page_send(cx, ask, reply, &s, &out);
}

static enum err login(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	if (cx->who.id)
		return reply_redirect(reply, ask_param(ask, "next"));
	return login_send(cx, ask, reply, &(struct login_view){ .ask = ask, .next = ask_param(ask, "next") });
}

static enum err sign_in(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct mistakes m = { 0 };
	struct str token = S(""), password = { 0 };
	/* A password may begin or end with a space: taken as it was typed. */
	for (size_t i = 0; i < ask->fields.n; i++)
		if (str_eq(ask->fields.v[i].name, S("password")))
			password = ask->fields.v[i].value;
	TRY(db_begin(cx));
	TRY(deed_end(cx, session_open(cx, ask_field(ask, "login"), password, &token), "", &m));
	if (m.n) {
		struct login_view v = { ask, &m, ask_field(ask, "login"), ask_field(ask, "next") };
		return login_send(cx, ask, reply, &v);
	}
	reply_cookie(reply, SESSION_COOKIE, token, SESSION_SECONDS);
	return reply_redirect(reply, ask_field(ask, "next"));
}

static enum err sign_out(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	TRY(session_close(cx, ask_cookie(ask, SESSION_COOKIE)));
	reply_cookie(reply, SESSION_COOKIE, S(""), 0);
	return reply_redirect(reply, S("/dang-nhap"));
}

/* ---- one's own account --------------------------------------------------------------------------------------- */

static enum err me(struct cx *cx, struct staff *ret)
{
	struct staff_list list;
	TRY(staff_list(cx, &list));
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].id == cx->who.id) {
			*ret = list.v[i];
			return OK;
		}
	return FAIL(cx, ERR_NOT_FOUND, "people.none", "no account %lld", (long long)cx->who.id);
}

static enum err account_send(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	struct account_view v = { .ask = ask, .m = m, .saved = ask_param(ask, "saved").n > 0 };
	struct html out = html_new(cx->mem);
	TRY(me(cx, &v.me));
	page_account(&out, cx, &v);
	struct sheet s = { .title = str_z(say(cx, "accounts.mine")), .at = "/tai-khoan", .status = m ? 422 : 200 };
	return page_send(cx, ask, reply, &s, &out);
}

static enum err account(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return account_send(cx, ask, reply, NULL);
}

/* Who knows the old password may set a new one; every other session of theirs ends. */
static enum err change_password(struct cx *cx, struct str login, struct str old, struct str new, struct str *ret_token)
{
	TRY(session_open(cx, login, old, ret_token));
	TRY(staff_set_password(cx, login, new));
	return session_open(cx, login, new, ret_token);
}

static enum err new_password(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct mistakes m = { 0 };
	struct staff mine;
	struct str token = S("");
	TRY(me(cx, &mine));
	TRY(db_begin(cx));
	enum err e = change_password(cx, mine.login, ask_field(ask, "old"), ask_field(ask, "new"), &token);
	TRY(deed_end(cx, e, e == ERR_DENIED ? "old" : "new", &m));
	if (m.n)
		return account_send(cx, ask, reply, &m);
	reply_cookie(reply, SESSION_COOKIE, token, SESSION_SECONDS);
	return reply_redirect(reply, S("/tai-khoan?saved=1"));
}

static const struct route_param login_params[] = { { "next", "query", "string", "The page to go to after signing in" }, { 0 } };

const struct route login_rows[5] = {
	{ "GET", "/dang-nhap", ACT_NONE, login, "The form to sign in", PAGE, login_params },
	{ "POST", "/dang-nhap", ACT_NONE, sign_in, "Signs in; answers 303 or 422", PAGE, NULL, 0, SIGN_INS_A_MINUTE },
	{ "POST", "/dang-xuat", ACT_NONE, sign_out, "Signs out", PAGE },
	{ "GET", "/tai-khoan", ACT_SETTINGS_READ, account, "One's own account", PAGE },
	{ "POST", "/tai-khoan/mat-khau", ACT_SETTINGS_READ, new_password, "A new password for oneself", PAGE, NULL, 0, SIGN_INS_A_MINUTE },
};
