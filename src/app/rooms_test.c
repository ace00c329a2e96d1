/*
 * The tables that register everything: who may what, every address with its act, every command with its sentence.
 */
#include "app/rooms.h"

#include "app/commands.h"
#include "base/test.h"
#include "people/may.h"
#include "web/api.h"

#include <stdlib.h>

/* Who may do what, and which addresses lead there: a change of rights is a change of tests/permissions.txt, which a
 * person reads. NHIPCAU_UPDATE=1 writes it anew. */
static struct str matrix(struct arena *mem)
{
	struct text t = text_new(mem);
	size_t n;
	const struct route_table *tables = rooms_routes(mem, &n);
	for (int act = 0; act < ACT_COUNT; act++) {
		text_fmt(&t, "%s:", act_name(act));
		for (int r = 0; r < ROLE_COUNT; r++)
			if (act_roles(act) & 1u << r)
				text_fmt(&t, " %s", role_word(r));
		text_z(&t, act_roles(act) == (unsigned)EVERYBODY ? " (everybody)\n" : "\n");
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < tables[i].n; k++)
				if (tables[i].v[k].act == act)
					text_fmt(&t, "    %-4s %s\n", tables[i].v[k].method, tables[i].v[k].path);
	}
	text_z(&t, "open to everybody, no act is asked for:\n");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			if (tables[i].v[k].act == ACT_NONE)
				text_fmt(&t, "    %-4s %s\n", tables[i].v[k].method, tables[i].v[k].path);
	return text_str(&t);
}

TEST(who_may_do_what_is_as_written_down)
{
	struct str now = matrix(test_mem());
	if (getenv("NHIPCAU_UPDATE")) {
		FILE *f = fopen(str_fmt(test_mem(), "%s/tests/permissions.txt", test_root()).p, "w");
		fwrite(now.p, 1, now.n, f);
		fclose(f);
	}
	CHECK(str_eq(now, test_file("tests/permissions.txt")));
}

TEST(every_post_asks_for_an_act_or_is_the_door_itself)
{
	size_t n;
	const struct route_table *tables = rooms_routes(test_mem(), &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++) {
			const struct route *r = &tables[i].v[k];
			bool door = !strcmp(r->path, "/dang-nhap") || !strcmp(r->path, "/dang-xuat") || str_starts(str_z(r->path), S("/tai-khoan"));
			if (strcmp(r->method, "GET"))
				CHECK(r->act != ACT_NONE || door);
			CHECK(r->about && *r->about);
		}
}

TEST(no_address_searches_or_counts_by_person)
{
	static const char *const forbidden[] = { "author", "tac-gia", "byline", "person", "nguoi" };
	size_t n;
	const struct route_table *tables = rooms_routes(test_mem(), &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			for (size_t f = 0; f < COUNT(forbidden); f++) {
				CHECK(!strstr(tables[i].v[k].path, forbidden[f]));
				for (const struct route_param *p = tables[i].v[k].params; p && p->name; p++)
					CHECK(!strstr(p->name, forbidden[f]));
			}
}

TEST(every_command_has_its_sentence_and_an_example)
{
	for (size_t i = 0; commands[i]; i++) {
		CHECK(commands[i]->about && commands[i]->example && commands[i]->run);
		CHECK(command_find(commands[i]->name) == commands[i]);
	}
}
