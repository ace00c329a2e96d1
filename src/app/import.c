/*
 * import - articles from files: JSON Lines as the press archives have them, feeds and OPML lists. The same input
 * again brings nothing new; killed and run again it goes on where the database stands.
 */
#include "app/import.h"

#include "app/data.h"
#include "app/local.h"
#include "app/pipeline.h"
#include "base/map.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/outlook.h"
#include "text/label.h"

#include <jansson.h>
#include <unistd.h>

struct import {
	struct lines *lines;
	struct progress progress;
	struct map outlets;      /* name to 1 + place in ids */
	struct outlet *known;
	size_t n, cap;
	struct arena *mem;
};

static bool next_line(void *env, struct arena *mem, struct str *ret_line, struct str *ret_place)
{
	struct import *im = env;
	struct str line;
	do
		if (!lines_next(im->lines, &line))
			return false;
	while (!str_trim(line).n);
	*ret_line = arena_str(mem, line);
	*ret_place = str_fmt(mem, "%s:%lld", lines_name(im->lines), (long long)lines_number(im->lines));
	return true;
}

static struct str member(struct arena *mem, const json_t *o, const char *name)
{
	json_t *v = json_object_get(o, name);
	return json_is_string(v) ? arena_str(mem, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static struct str sections_of(struct arena *mem, const json_t *o)
{
	struct text t = text_new(mem);
	size_t i;
	json_t *one, *all = json_object_get(o, "sections");
	json_array_foreach(all, i, one) if (json_is_string(one)) {
		text_z(&t, t.n ? ", " : "");
		text_z(&t, json_string_value(one));
	}
	return text_str(&t);
}

static bool read_object(struct arena *mem, const json_t *o, struct intake_item *ret, struct str *ret_error)
{
	struct str published = member(mem, o, "published");
	*ret = (struct intake_item){ .url = member(mem, o, "link"), .title = member(mem, o, "title"), .lead = member(mem, o, "summary"),
		.body = member(mem, o, "text"), .sections = sections_of(mem, o), .outlet_kind = member(mem, o, "outlet") };
	if (!json_is_object(o))
		*ret_error = S("the line is no JSON object");
	else if (!ret->title.n)
		*ret_error = S("no \"title\"");
	else if (!ret->outlet_kind.n)
		*ret_error = S("no \"outlet\"");
	else if (!time_parse_iso(published, &ret->published_at))
		*ret_error = str_fmt(mem, "\"published\" is no time: \"%.*s\"", FMT(str_sub(published, 0, 60)));
	return !ret_error->n;
}

/* Until the writer resolves it, the outlet's name travels in outlet_kind. */
static bool parse_line(void *env, struct arena *mem, struct str line, struct intake_item *ret, struct str *ret_error)
{
	json_error_t why;
	json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
	(void)env;
	if (!o) {
		*ret_error = str_fmt(mem, "the line is no JSON: %s at column %d", why.text, why.column);
		return false;
	}
	bool good = read_object(mem, o, ret, ret_error);
	json_decref(o);
	return good;
}

static bool resolve_outlet(void *env, struct cx *cx, struct intake_item *item)
{
	struct import *im = env;
	const int64_t *at = map_get(&im->outlets, item->outlet_kind);
	if (!at) {
		struct outlet o = { .name = arena_str(im->mem, item->outlet_kind), .kind = S("online") };
		if (outlet_find_or_add(cx, o.name, o.kind, S(""), &o.id) || outlet_kind_of(cx, o.id, &o.kind))
			return false;
		o.kind = arena_str(im->mem, o.kind);
		GROW(im->mem, im->known, im->n, im->cap);
		im->known[im->n++] = o;
		*map_at(&im->outlets, o.name) = (int64_t)im->n;
		at = map_get(&im->outlets, o.name);
	}
	item->outlet = im->known[*at - 1].id;
	item->outlet_kind = im->known[*at - 1].kind;
	return true;
}

static void tick(void *env, int64_t done)
{
	struct import *im = env;
	progress_tick(&im->progress, done);
}

int import_jsonl(const struct call *c, struct cx *cx, const struct labeller *l, int threads)
{
	struct intake *in;
	struct pipeline_result result;
	struct arena mem = { 0 };
	int64_t started = clock_ms(), raised = 0;
	AUTO(lines_closep) struct lines *lines = lines_open(c->mem, c->args, c->nargs);
	struct import im = { .lines = lines, .progress = progress_start("import", 0), .outlets = map_new(&mem), .mem = &mem };
	struct pipeline_calls calls = { next_line, parse_line, resolve_outlet, tick, &im };
	enum err e = intake_open(cx, &in);
	if (e)
		return data_failed(c, cx);
	e = pipeline_run(cx, in, l, threads, &calls, &result);
	if (!e)
		e = intake_settle(cx, in);
	struct intake_totals t = intake_totals(in);
	progress_end(&im.progress, t.read);
	intake_close(in);
	arena_done(&mem);
	if (!e)
		e = alarm_watch(cx, &raised);
	if (e)
		return data_failed(c, cx);
	printf("{\"read\":%lld,\"new\":%lld,\"copies\":%lld,\"errors\":%lld,\"seconds\":%.1f}\n", (long long)(t.read + result.errors),
	       (long long)t.fresh, (long long)t.copies, (long long)result.errors, (double)(clock_ms() - started) / 1000);
	return result.errors || lines_failed(lines) ? 1 : 0;
}

static int run(struct call *c)
{
	struct cx cx;
	int code;
	struct labeller *l;
	const char *kind = call_flag(c, "kind");
	int threads = (int)call_int(c, "threads", 1, 16, sysconf(_SC_NPROCESSORS_ONLN));
	if (kind && strcmp(kind, "jsonl") && strcmp(kind, "warc") && strcmp(kind, "opml") && strcmp(kind, "feed"))
		return call_wrong(c, "--kind %s: one of jsonl, warc, opml, feed is wanted", kind);
	if (!c->nargs)
		return call_wrong(c, "name the files to import, or - for standard input");
	if (!data_open(c, &cx, &code))
		return code;
	if (local_labeller(c->mem, data_dir(c), &l, &cx.fault))
		code = data_failed(c, &cx);
	else
		code = import_jsonl(c, &cx, l, threads);
	data_close(&cx);
	return code;
}

static const struct flag flags[] = {
	{ "kind", "KIND", "jsonl (default), warc, opml or feed" },
	{ "threads", "N", "threads that prepare items (default: all cores)" },
	DATA_FLAGS,
	{ 0 },
};

const struct command command_import = {
	.name = "import", .usage = "[--kind jsonl|warc|opml|feed] FILE…", .flags = flags, .run = run,
	.about = "Takes articles in from files: read, labelled, gathered into stories, counted, watched. "
	         "At the end one line {\"read\",\"new\",\"copies\",\"errors\",\"seconds\"}; the same input again gives \"new\":0.",
	.example = "nhipcau import press.jsonl.zst",
};
