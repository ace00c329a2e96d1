/*
 * demo - the demonstration province: invented places, bodies, outlets and articles (demo/README.md), 120 days of them
 * counted back from today, taken in the same way as any article. The same day gives everybody the same province.
 */
#include "app/data.h"
#include "app/demo_items.h"
#include "app/local.h"
#include "people/may.h"
#include "people/staff.h"
#include "rooms/monitoring/intake.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/digest.h"
#include "rooms/trends/outlook.h"

extern const char embed_places_tsv[], embed_bodies_tsv[];
extern const size_t embed_places_tsv_size, embed_bodies_tsv_size;

enum { BATCH = 500 };
#define DEMO_PASSWORD "nhipcau-demo-2026"

static const struct { const char *login, *name; unsigned roles; } people[] = {
	{ "chuyenvien", "Chuyên viên theo dõi báo chí", ROLE_ANALYST | ROLE_PROVINCE_OFFICER },
	{ "lanhdao", "Lãnh đạo UBND tỉnh", ROLE_LEADER },
	{ "quantri", "Quản trị hệ thống", ROLE_ADMIN },
};

static enum err add_people(struct cx *cx)
{
	for (size_t i = 0; i < COUNT(people); i++) {
		struct staff s = { .login = str_z(people[i].login), .name = str_z(people[i].name), .roles = people[i].roles };
		int64_t id;
		TRY(staff_add(cx, &s, S(DEMO_PASSWORD), &id));
	}
	return OK;
}

SQL(demo_source_seen,
    "UPDATE source SET checked_at = $2, ok_at = $2, new_at = $3, items = $4, state = 'ok', status = 200, verified_at = $5,"
    " approved_at = $5 WHERE id = $1");
SQL(demo_outlet_facts, "SELECT count(*), max(published_at) FROM article WHERE outlet = $1");
SQL(demo_outlet_licence, "UPDATE outlet SET licence = $2 WHERE id = $1");
#define DEMO_PROVINCE "Tỉnh Mẫu"

SQL(demo_others, "SELECT count(*) FROM article WHERE NOT EXISTS (SELECT 1 FROM setting WHERE name = 'province_name' AND value = $1)");
SQL(demo_setting, "INSERT INTO setting (name, value, changed_at, changed_by) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING");

static enum err add_outlets(struct cx *cx, struct demo *d)
{
	for (size_t i = 0; i < d->noutlets; i++) {
		struct demo_outlet *o = &d->outlets[i];
		TRY(outlet_find_or_add(cx, o->name, o->kind, o->home, &o->row));
		TRY(db_run(cx, &demo_outlet_licence, ARGS(o->row, o->licence)));
		struct source s = { .outlet = o->row, .kind = S("manual"), .url = o->home, .title = o->name, .permission = o->licence };
		TRY(source_add(cx, &s, &o->source));
		TRY(source_approve(cx, o->source));
	}
	return OK;
}

/* What a poll would have left behind, so that the page of sources tells of a working week. */
static enum err tell_sources(struct cx *cx, const struct demo *d)
{
	for (size_t i = 0; i < d->noutlets; i++) {
		const struct demo_outlet *o = &d->outlets[i];
		struct rows r = db_query(cx, &demo_outlet_facts, ARGS(o->row));
		int64_t n = 0, newest = 0;
		if (db_next(&r)) {
			n = col_int(&r, 0);
			newest = col_int(&r, 1);
		}
		TRY(db_end(cx, &r));
		TRY(db_run(cx, &demo_source_seen, ARGS(o->source, cx->now - 600, newest, n, cx->now - DEMO_DAYS * DAY)));
	}
	return OK;
}

static enum err take_in(struct cx *cx, struct intake *in, const struct labeller *l, const struct demo *d)
{
	struct prepared *batch = NEW_ARRAY(cx->mem, struct prepared, BATCH);
	enum intake_state *states = NEW_ARRAY(cx->mem, enum intake_state, BATCH);
	for (size_t at = 0; at < d->nitems;) {
		struct arena_mark mark = arena_mark(cx->mem);
		size_t n = 0;
		for (; n < BATCH && at < d->nitems; at++) {
			intake_prepare(l, cx->mem, &d->items[at], cx->now, &batch[n]);
			BUG_IF(batch[n].error.n);
			n++;
		}
		TRY(intake_batch(cx, in, batch, n, states));
		arena_rewind(cx->mem, mark);
	}
	return intake_settle(cx, in);
}

static enum err add_articles(struct cx *cx, const struct call *c, struct demo *d)
{
	struct intake *in;
	struct labeller *l;
	TRY(local_labeller(c->mem, data_dir(c), &l, &cx->fault));
	demo_items(d, cx->now);
	TRY(intake_open(cx, &in));
	enum err e = take_in(cx, in, l, d);
	intake_close(in);
	return e;
}

static enum err look_back(struct cx *cx)
{
	int64_t raised;
	struct digest d;
	TRY(alarm_watch(cx, &raised));
	TRY(outlook_keep(cx));
	TRY(digest_make(cx, day_of(cx->now) - 1, &d));
	TRY(digest_approve(cx, day_of(cx->now) - 1));
	return digest_make(cx, day_of(cx->now), &d);
}

static enum err make_province(struct cx *cx, const struct call *c)
{
	struct demo d = { .mem = c->mem };
	const char *dir = data_dir(c);
	TRY(file_write(str_fmt(c->mem, "%s/places.tsv", dir).p, (struct str){ embed_places_tsv, embed_places_tsv_size }, &cx->fault));
	TRY(file_write(str_fmt(c->mem, "%s/bodies.tsv", dir).p, (struct str){ embed_bodies_tsv, embed_bodies_tsv_size }, &cx->fault));
	TRY(db_run(cx, &demo_setting, ARGS("province_name", DEMO_PROVINCE, cx->now)));
	demo_read(&d);
	TRY(add_outlets(cx, &d));
	TRY(add_articles(cx, c, &d));
	TRY(tell_sources(cx, &d));
	TRY(look_back(cx));
	return add_people(cx); /* last: their being there says that the province is whole */
}

/* Articles that a demonstration broken off has not brought: they are not to be mixed with invented ones. */
static enum err others_data(struct cx *cx, bool *ret)
{
	int64_t n;
	TRY(db_number(cx, &demo_others, ARGS(DEMO_PROVINCE), 0, &n));
	*ret = n;
	return OK;
}

static int run(struct call *c)
{
	struct cx cx;
	struct staff_list staff;
	int code;
	bool strange;
	if (call_bare(c))
		return 2;
	if (!data_open(c, &cx, &code))
		return code;
	code = 0;
	if (staff_list(&cx, &staff) || others_data(&cx, &strange))
		code = data_failed(c, &cx);
	else if (staff.n)
		fprintf(stderr, "nhipcau demo: there are accounts already; the data are left as they are\n");
	else if (strange)
		code = call_wrong(c, "%s holds articles that are not of the demonstration; choose another folder with --data DIR", data_dir(c));
	else if (make_province(&cx, c))
		code = data_failed(c, &cx);
	data_close(&cx);
	if (code || staff.n)
		return code;
	printf("The demonstration province is in %s. Sign in with the password %s as:\n", data_dir(c), DEMO_PASSWORD);
	for (size_t i = 0; i < COUNT(people); i++)
		printf("  %-12s %s\n", people[i].login, people[i].name);
	return 0;
}

static const struct flag flags[] = { DATA_FLAGS, { 0 } };

const struct command command_demo = {
	.name = "demo", .usage = "[--data DIR]", .flags = flags, .run = run,
	.about = "Fills an empty data folder with the demonstration province: invented places, bodies, outlets and 120 days of articles. "
	         "Data that are there already are left alone.",
	.example = "nhipcau demo --data data && nhipcau serve --data data",
};
