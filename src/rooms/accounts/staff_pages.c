/*
 * staff_pages - /cai-dat/tai-khoan: accounts, their roles, whether they may sign in. Nobody takes their own
 * administrator's role or account away, so that one always stays.
 */
#include "rooms/accounts/views_pages.h"
#include "store/db.h"

static enum err staff_send(struct cx *cx, const struct ask *ask, struct reply *reply, struct staff_view *v)
{
	struct html out = html_new(cx->mem);
	const struct crumb crumbs[] = { { str_z(say(cx, "accounts.settings")), "/cai-dat" }, { str_z(say(cx, "accounts.staff")), NULL } };
	v->ask = ask;
	TRY(staff_list(cx, &v->list));
	page_staff(&out, cx, v);
	struct sheet s = { .title = str_z(say(cx, "accounts.staff")), .at = "/cai-dat", .crumbs = crumbs, .ncrumbs = COUNT(crumbs),
		.status = v->m ? 422 : 200 };
	return page_send(cx, ask, reply, &s, &out);
}

static enum err list(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return staff_send(cx, ask, reply, &(struct staff_view){ 0 });
}

/* Boxes named "role_analyst" … that are ticked. */
static unsigned roles_ticked(struct cx *cx, const struct ask *ask)
{
	unsigned roles = 0;
	for (int i = 0; i < ROLE_COUNT; i++)
		if (ask_field(ask, str_fmt(cx->mem, "role_%s", role_word(i)).p).n)
			roles |= 1u << i;
	return roles;
}

/* The field a failure of staff_add speaks of. */
static const char *field_of(const struct cx *cx)
{
	static const char *const fields[][2] = { { "people.password_short", "password" }, { "people.name_missing", "name" } };
	for (size_t i = 0; i < COUNT(fields); i++)
		if (cx->fault.say && !strcmp(cx->fault.say, fields[i][0]))
			return fields[i][1];
	return "login";
}

static enum err add(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct mistakes m = { 0 };
	struct staff s = { .login = ask_field(ask, "login"), .name = ask_field(ask, "name"), .roles = roles_ticked(cx, ask), .lang = S("vi") };
	int64_t id;
	if (!s.roles)
		mistake_add(&m, "role_analyst", "accounts.no_role", S(""));
	if (!m.n) {
		TRY(db_begin(cx));
		enum err e = staff_add(cx, &s, ask_field(ask, "password"), &id);
		TRY(deed_end(cx, e, field_of(cx), &m));
	}
	if (m.n)
		return staff_send(cx, ask, reply, &(struct staff_view){ .m = &m, .login = s.login, .name = s.name, .roles = s.roles });
	return reply_redirect(reply, S("/cai-dat/tai-khoan"));
}

/* Who is meant, and that it is not oneself. */
static enum err other(struct cx *cx, const struct ask *ask, struct staff *ret)
{
	TRY(may(cx, ACT_ACCOUNT_EDIT, 0));
	TRY(staff_find(cx, ask_place(ask, "login"), ret));
	if (ret->id == cx->who.id)
		return FAIL(cx, ERR_CONFLICT, "accounts.not_oneself", "an administrator does not change their own account here");
	return OK;
}

static enum err done(struct cx *cx, const struct ask *ask, struct reply *reply, enum err e)
{
	struct mistakes m = { 0 };
	TRY(deed_end(cx, e, "", &m));
	if (m.n)
		return staff_send(cx, ask, reply, &(struct staff_view){ .m = &m });
	return reply_redirect(reply, S("/cai-dat/tai-khoan"));
}

static enum err roles(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct staff s;
	TRY(other(cx, ask, &s));
	TRY(db_begin(cx));
	return done(cx, ask, reply, staff_set_roles(cx, s.login, roles_ticked(cx, ask)));
}

static enum err active(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct staff s;
	TRY(other(cx, ask, &s));
	TRY(db_begin(cx));
	return done(cx, ask, reply, staff_set_active(cx, s.login, str_eq(ask_field(ask, "active"), S("1"))));
}

static enum err password(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct staff s;
	TRY(other(cx, ask, &s));
	TRY(db_begin(cx));
	return done(cx, ask, reply, staff_set_password(cx, s.login, ask_field(ask, "password")));
}

const struct route staff_rows[5] = {
	{ "GET", "/cai-dat/tai-khoan", ACT_ACCOUNT_EDIT, list, "The accounts of staff", PAGE },
	{ "POST", "/cai-dat/tai-khoan", ACT_ACCOUNT_EDIT, add, "A new account; answers 303 or 422", PAGE },
	{ "POST", "/cai-dat/tai-khoan/:login/vai-tro", ACT_ACCOUNT_EDIT, roles, "Other roles for an account", PAGE },
	{ "POST", "/cai-dat/tai-khoan/:login/hoat-dong", ACT_ACCOUNT_EDIT, active, "Lets an account sign in, or no longer", PAGE },
	{ "POST", "/cai-dat/tai-khoan/:login/mat-khau", ACT_ACCOUNT_EDIT, password, "A new password for an account", PAGE },
};
