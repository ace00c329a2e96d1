/*
 * routes - the living table of addresses: which method and path, who may, what it does. Printed from the rows that the
 * server itself goes by, so it is never out of date.
 */
#include "app/command.h"
#include "app/rooms.h"
#include "people/may.h"

static void print_who(int act)
{
	bool first = true;
	if (act == ACT_NONE || act_roles(act) == (unsigned)EVERYBODY) {
		fputs("everybody", stdout);
		return;
	}
	for (int r = 0; r < ROLE_COUNT; r++)
		if (act_roles(act) & 1u << r) {
			printf("%s%s", first ? "" : ",", role_word(r));
			first = false;
		}
}

static int run_routes(struct call *c)
{
	size_t n;
	const struct route_table *tables = rooms_routes(c->mem, &n);
	if (c->nargs)
		return call_wrong(c, "nothing more is needed");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++) {
			const struct route *r = &tables[i].v[k];
			printf("%s\t%s\t%s\t%s\t", tables[i].room, r->method, r->path, r->act == ACT_NONE ? "-" : act_name(r->act));
			print_who(r->act);
			printf("\t%s\n", r->about);
		}
	return 0;
}

const struct command command_routes = { .name = "routes", .usage = "", .run = run_routes,
	.about = "Prints every address the server answers, one a line: room, method, path, act, who may, what it does.",
	.example = "nhipcau routes | grep POST" };
