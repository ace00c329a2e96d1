/*
 * import - articles from files: JSON Lines as the press archives have them, archives of the web, feeds, and lists of
 * sources. The same input again brings nothing new; killed and run again it goes on where the database stands.
 */
#include "app/import.h"

#include "app/data.h"
#include "app/local.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/outlook.h"
#include "text/label.h"

#include <stdarg.h>
#include <unistd.h>

enum { SAY_MOST = 20 };

static const struct kind {
	const char *name;
	enum err (*bring)(struct import *);
	bool caged, items;          /* strangers' bytes; articles, which need the models */
} kinds[] = {
	{ "jsonl", import_jsonl, false, true },
	{ "warc", import_warc, true, true },
	{ "feed", import_feed, true, true },
	{ "opml", import_opml, true, false },
};

void import_left_out(struct import *im, const char *place, const char *fmt, ...)
{
	va_list args;
	if (im->errors++ >= SAY_MOST)
		return;
	fprintf(stderr, "%s: left out: ", place);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
}

struct str import_pack(struct arena *mem, const struct intake_item *item)
{
	return arena_str(mem, (struct str){ (const char *)item, sizeof *item });
}

bool import_unpack(void *env, struct arena *mem, struct str line, struct intake_item *ret, struct str *ret_error)
{
	(void)env;
	(void)mem;
	(void)ret_error;
	BUG_IF(line.n != sizeof *ret);
	memcpy(ret, line.p, sizeof *ret);
	return true;
}

static void tick(void *env, int64_t done)
{
	struct import *im = env;
	progress_tick(&im->progress, done);
}

enum err import_items(struct import *im, const struct pipeline_calls *calls)
{
	struct pipeline_calls all = { calls->next, calls->parse, calls->resolve, tick, im };
	struct pipeline_result result = { 0 };
	struct intake *in;
	int64_t raised;
	TRY(intake_open(im->cx, &in));
	im->progress = progress_start("import", 0);
	enum err e = pipeline_run(im->cx, in, im->labeller, im->threads, &all, &result);
	if (!e)
		e = intake_settle(im->cx, in);
	struct intake_totals t = intake_totals(in);
	progress_end(&im->progress, t.read);
	intake_close(in);
	im->read += t.read + result.errors;
	im->fresh += t.fresh;
	im->copies += t.copies;
	im->errors += result.errors;
	if (!e)
		e = alarm_watch(im->cx, &raised);
	return e || !t.fresh ? e : outlook_keep(im->cx);
}

static int bring(const struct call *c, struct cx *cx, const struct kind *kind, struct import *im)
{
	int64_t started = clock_ms();
	struct labeller *l = NULL;
	AUTO(cage_closep) struct cage *cage = NULL;
	if (kind->items && local_labeller(c->mem, data_dir(c), &l, &cx->fault))
		return data_failed(c, cx);
	if (kind->caged && cage_open(NULL, &cage, &cx->fault))
		return data_failed(c, cx);
	im->labeller = l;
	im->cage = cage;
	if (kind->bring(im))
		return data_failed(c, cx);
	printf("{\"read\":%lld,\"new\":%lld,\"copies\":%lld,\"errors\":%lld,\"seconds\":%.1f}\n", (long long)im->read,
	       (long long)im->fresh, (long long)im->copies, (long long)im->errors, (double)(clock_ms() - started) / 1000);
	return im->errors || im->failed ? 1 : 0;
}

static const struct kind *kind_named(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static int run(struct call *c)
{
	struct cx cx;
	int code;
	const char *given = call_flag(c, "kind");
	const struct kind *kind = kind_named(given ? given : "jsonl");
	struct arena mem = { 0 };
	int threads = (int)call_int(c, "threads", 1, 16, sysconf(_SC_NPROCESSORS_ONLN));
	if (!kind)
		return call_wrong(c, "--kind %s: one of jsonl, warc, opml, feed is wanted", given);
	if (call_flag(c, "outlet") && kind->bring != import_feed)
		return call_wrong(c, "--outlet goes with --kind feed");
	if (call_flag(c, "approve") && kind->bring != import_opml)
		return call_wrong(c, "--approve goes with --kind opml");
	if (!c->nargs)
		return call_wrong(c, "name the files to import, or - for standard input");
	if (!data_open(c, &cx, &code))
		return code;
	struct import im = { .call = c, .cx = &cx, .threads = threads, .mem = &mem, .outlets = import_outlets_new(&mem) };
	code = bring(c, &cx, kind, &im);
	arena_done(&mem);
	data_close(&cx);
	return code;
}

static const struct flag flags[] = {
	{ "kind", "KIND", "jsonl (default), warc, opml or feed" },
	{ "outlet", "NAME", "feed: whose the entries are (default: the feed's title)" },
	{ "approve", NULL, "opml: the sources are read from now on, in the owner's name" },
	{ "threads", "N", "threads that prepare items (default: all cores)" },
	DATA_FLAGS,
	{ 0 },
};

const struct command command_import = {
	.name = "import", .usage = "[--kind jsonl|warc|opml|feed] FILE…", .flags = flags, .run = run,
	.about = "Takes articles in from files: read, labelled, gathered into stories, counted, watched. Archives of the web (warc) "
	         "give the articles among their pages; a list of feeds (opml) gives sources, which wait for approval. "
	         "At the end one line {\"read\",\"new\",\"copies\",\"errors\",\"seconds\"}; the same input again gives \"new\":0. "
	         "Of a list of feeds, copies are the sources known already.",
	.example = "nhipcau import press.jsonl.zst",
};
