/*
 * keep - the commands that look after the data: backup, restore, check, user, openapi.
 */
#include "app/data.h"
#include "app/local.h"
#include "app/rooms.h"
#include "app/site.h"
#include "people/may.h"
#include "people/staff.h"
#include "store/audit.h"
#include "store/backup.h"
#include "web/api.h"

#include <stdlib.h>
#include <unistd.h>

static const struct flag data_flags[] = { DATA_FLAGS, { 0 } };

static int run_backup(struct call *c)
{
	struct cx cx;
	int code;
	if (c->nargs != 1)
		return call_wrong(c, "name the file to write");
	if (!data_open_kept(c, &cx, &code))
		return code;
	code = backup_to(cx.db, c->args[0], &cx.fault) ? data_failed(c, &cx) : 0;
	data_close(&cx);
	if (!code)
		printf("%s is whole and checked\n", c->args[0]);
	return code;
}

/* The former database is kept beside the restored one, under a name that says when. */
static enum err restore(const struct call *c, const char *from, struct fault *f)
{
	struct str to = data_url(c), part = str_fmt(c->mem, "%.*s.restored", FMT(to)), old;
	struct db *db;
	TRY(backup_check(from, f));
	TRY(db_open(from, &db, f));
	enum err e = backup_to(db, part.p, f);
	db_close(db);
	TRY(e);
	old = str_fmt(c->mem, "%.*s.before-restore-%lld", FMT(to), (long long)clock_now());
	if (!access(to.p, F_OK) && rename(to.p, old.p))
		return FAULT(f, ERR_STORE, "store.restore", "%.*s cannot be set aside", FMT(to));
	/* The log may hold commits that the file does not yet: it goes with its file. */
	rename(str_fmt(c->mem, "%.*s-wal", FMT(to)).p, str_fmt(c->mem, "%.*s-wal", FMT(old)).p);
	remove(str_fmt(c->mem, "%.*s-shm", FMT(to)).p);
	if (rename(part.p, to.p))
		return FAULT(f, ERR_STORE, "store.restore", "%.*s cannot be put in place", FMT(to));
	return OK;
}

static int run_restore(struct call *c)
{
	struct cx cx = { 0 };
	if (c->nargs != 1)
		return call_wrong(c, "name the backup to restore");
	bool only_check = call_flag(c, "verify-only");
	if (!only_check && str_starts(data_url(c), S("postgres")))
		return call_wrong(c, "a PostgreSQL database is restored with pg_restore, not here");
	if (!only_check && !data_folder(c))
		return 1;
	if (only_check ? backup_check(c->args[0], &cx.fault) : restore(c, c->args[0], &cx.fault))
		return data_failed(c, &cx);
	printf(only_check ? "%s is whole\n" : "%s is restored; what stood there before is kept beside it\n", c->args[0]);
	return 0;
}

SQL(check_orphans, "SELECT count(*) FROM article a LEFT JOIN article_text t ON t.article = a.id WHERE t.article IS NULL");
SQL(check_counts,
    "SELECT (SELECT count(*) FROM article) - COALESCE((SELECT CAST(sum(n) AS BIGINT) FROM rollup_day WHERE kind = 'all'), 0)");
SQL(check_stories,
    "SELECT count(*) FROM story s WHERE s.merged_into IS NULL AND s.n <> (SELECT count(*) FROM article a WHERE a.story = s.id)");

static enum err look(struct cx *cx, int *ret_bad)
{
	static const struct { const struct sql *q; const char *what; } checks[] = {
		{ &check_orphans, "articles without text" },
		{ &check_counts, "articles that the counts do not know" },
		{ &check_stories, "stories whose count is not that of their articles" },
	};
	int64_t n, broken;
	for (size_t i = 0; i < COUNT(checks); i++) {
		TRY(db_number(cx, checks[i].q, NO_ARGS, 0, &n));
		printf("%-52s %lld\n", checks[i].what, (long long)n);
		*ret_bad += n != 0;
	}
	TRY(audit_verify(cx, &broken));
	printf("%-52s %s\n", "chain of the audit", broken ? "BROKEN" : "whole");
	*ret_bad += broken != 0;
	return OK;
}

static int run_check(struct call *c)
{
	struct cx cx;
	int code, bad = 0;
	if (call_bare(c))
		return 2;
	if (!data_open_kept(c, &cx, &code))
		return code;
	code = 0;
	if (db_path(cx.db) && backup_check(db_path(cx.db), &cx.fault))
		code = data_failed(c, &cx);
	else if (look(&cx, &bad))
		code = data_failed(c, &cx);
	data_close(&cx);
	if (!code)
		puts(bad ? "something is wrong: restore the last backup, or report this" : "all is well");
	return code ? code : bad != 0;
}

/* ---- accounts ------------------------------------------------------------------------------------------------------ */

static enum err read_password(const struct call *c, struct str *ret, struct fault *f)
{
	char line[256];
	if (isatty(STDIN_FILENO))
		fputs("password: ", stderr);
	if (!fgets(line, sizeof line, stdin))
		return FAULT(f, ERR_INPUT, "people.password_short", "the password is read from standard input, and there is none");
	*ret = arena_str(c->mem, str_trim(str_z(line)));
	return OK;
}

static enum err user_list(struct cx *cx)
{
	struct staff_list list;
	TRY(staff_list(cx, &list));
	for (size_t i = 0; i < list.n; i++) {
		const struct staff *s = &list.v[i];
		printf("%.*s\t%.*s\t%s", FMT(s->login), FMT(s->name), s->active ? "active" : "inactive");
		for (int r = 0; r < ROLE_COUNT; r++)
			if (s->roles & 1u << r)
				printf("\t%s", role_word(r));
		putchar('\n');
	}
	return OK;
}

static enum err user_do(const struct call *c, struct cx *cx, const char *deed, struct str login)
{
	struct str password;
	const char *name = call_flag(c, "name"), *words = call_flag(c, "roles");
	struct staff s = { .login = login, .name = str_z(name ? name : "") };
	int64_t id;
	if (words && !roles_parse(str_z(words), &s.roles))
		return FAIL(cx, ERR_INPUT, "people.roles", "--roles %s: known are province_comms_officer, agency_comms_officer, spokesperson, "
		            "agency_head, province_leader, analyst, auditor, system_admin", words);
	if (!strcmp(deed, "add") || !strcmp(deed, "password"))
		TRY(read_password(c, &password, &cx->fault));
	if (!strcmp(deed, "add"))
		return staff_add(cx, &s, password, &id);
	if (!strcmp(deed, "password"))
		return staff_set_password(cx, login, password);
	if (!strcmp(deed, "roles"))
		return staff_set_roles(cx, login, s.roles);
	return staff_set_active(cx, login, !strcmp(deed, "on"));
}

static int run_user(struct call *c)
{
	static const char *const deeds[] = { "add", "password", "roles", "on", "off" };
	struct cx cx;
	int code;
	const char *deed = c->nargs ? c->args[0] : "list";
	bool known = !strcmp(deed, "list") && c->nargs <= 1;
	for (size_t i = 0; i < COUNT(deeds); i++)
		known |= c->nargs == 2 && !strcmp(deed, deeds[i]);
	if (!known)
		return call_wrong(c, "list, or one of add, password, roles, on, off with a login");
	if (!data_open(c, &cx, &code))
		return code;
	enum err e = c->nargs < 2 ? user_list(&cx) : user_do(c, &cx, deed, str_z(c->args[1]));
	code = e ? data_failed(c, &cx) : 0;
	data_close(&cx);
	return code;
}

static int run_openapi(struct call *c)
{
	if (call_bare(c))
		return 2;
	struct site site = { 0 };
	site.tables = rooms_routes(c->mem, &site.ntables);
	struct str text = openapi_text(c->mem, &site);
	fwrite(text.p, 1, text.n, stdout);
	putchar('\n');
	return 0;
}

static const struct flag restore_flags[] = { { "verify-only", NULL, "look at the backup, change nothing" }, DATA_FLAGS, { 0 } };
static const struct flag user_flags[] = {
	{ "name", "NAME", "with add: the name that is shown, an office rather than a person" },
	{ "roles", "ROLE,ROLE…", "with add and roles: analyst, province_leader, system_admin …" },
	DATA_FLAGS,
	{ 0 },
};

const struct command command_backup = { .name = "backup", .usage = "FILE", .flags = data_flags, .run = run_backup,
	.about = "Copies the database while it serves, reads the copy back and checks it before it counts.",
	.example = "nhipcau backup /var/backups/nhipcau-2026-11-25.db" };
const struct command command_restore = { .name = "restore", .usage = "[--verify-only] FILE", .flags = restore_flags, .run = run_restore,
	.about = "Puts a backup in the place of the database, which is kept beside it. Stop the service first.",
	.example = "nhipcau restore --verify-only /var/backups/nhipcau-2026-11-25.db" };
const struct command command_check = { .name = "check", .usage = "[--data DIR]", .flags = data_flags, .run = run_check,
	.about = "Looks whether the database is whole: its pages, its counts, its stories, the chain of the audit.",
	.example = "nhipcau check --data data" };
const struct command command_user = { .name = "user", .usage = "list | add|password|roles|on|off LOGIN", .flags = user_flags, .run = run_user,
	.about = "Accounts of those who work here. Passwords are read from standard input.",
	.example = "nhipcau user add chuyenvien --name 'Chuyên viên' --roles analyst" };
const struct command command_openapi = { .name = "openapi", .usage = "", .run = run_openapi,
	.about = "Prints the description of the API (OpenAPI 3.1), made from the table of routes.",
	.example = "nhipcau openapi > openapi.json" };
