/*
 * data - a command line is trusted like the machine's owner: it acts with all roles, under the name of no
 * account, and its deeds stand in the audit as those of number 0.
 */
#include "app/data.h"

#include "people/may.h"
#include "store/migrate.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *data_dir(const struct call *c)
{
	const char *given = call_flag(c, "data"), *env = getenv("NHIPCAU_DATA");
	return given ? given : env && *env ? env : "data";
}

struct str data_url(const struct call *c)
{
	const char *given = call_flag(c, "database"), *env = getenv("NHIPCAU_DATABASE");
	if (given || (env && *env))
		return str_z(given ? given : env);
	return str_fmt(c->mem, "%s/nhipcau.db", data_dir(c));
}

bool data_folder(const struct call *c)
{
	const char *dir = data_dir(c);
	if (!mkdir(dir, 0700) || errno == EEXIST)
		return true;
	fprintf(stderr, "nhipcau %s: the folder %s cannot be made: %s\n  choose another with --data DIR\n", c->of->name, dir, strerror(errno));
	return false;
}

bool data_open(const struct call *c, struct cx *ret, int *ret_code)
{
	struct cx cx = { .mem = c->mem, .now = clock_now(), .lang = "vi", .who = { .roles = STAFF, .name = S_INIT("nhipcau") } };
	*ret_code = 1;
	if (!data_folder(c))
		return false;
	if (db_open(data_url(c).p, &cx.db, &cx.fault) || migrate(cx.db, &cx.fault)) {
		*ret_code = data_failed(c, &cx);
		db_close(cx.db);
		return false;
	}
	*ret = cx;
	return true;
}

bool data_open_kept(const struct call *c, struct cx *ret, int *ret_code)
{
	struct str url = data_url(c);
	*ret_code = 1;
	if (str_starts(url, S("postgres")) || !access(url.p, F_OK))
		return data_open(c, ret, ret_code);
	fprintf(stderr, "nhipcau %s: no data in %s: there is no %.*s\n  name the folder with --data DIR; nhipcau import or demo fills one\n",
		c->of->name, data_dir(c), FMT(url));
	return false;
}

void data_close(struct cx *cx)
{
	db_close(cx->db);
	cx->db = NULL;
}

int data_failed(const struct call *c, const struct cx *cx)
{
	static const char *const what_to_do[] = { [ERR_BUSY] = "another nhipcau is writing: try again when it has finished",
		                                  [ERR_LIMIT] = "the disk is full: make room, then run the same command again; nothing is lost",
		                                  [ERR_STORE] = "nhipcau check looks into the database; nhipcau restore puts a backup in its place" };
	fprintf(stderr, "nhipcau %s: %s\n", c->of->name, cx->fault.detail);
	if (!access(data_dir(c), F_OK) && access(data_dir(c), W_OK))
		fprintf(stderr, "  the folder %s cannot be written: %s\n", data_dir(c), strerror(errno));
	else if ((size_t)cx->fault.err < COUNT(what_to_do) && what_to_do[cx->fault.err])
		fprintf(stderr, "  %s\n", what_to_do[cx->fault.err]);
	return 1;
}
