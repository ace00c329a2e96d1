/*
 * filter_story - `nhipcau copies` and `nhipcau stories`: the engines of text/near.h and text/cluster.h over
 * lines of JSON in order of time. Items are known to the engines by their count and to people by their id;
 * the ids are kept for the whole run, all else within the engines' bounds.
 */
#include "app/items.h"
#include "base/time.h"
#include "text/cluster.h"
#include "text/near.h"

struct names { /* ids as given, by count */
	json_t **v;
	size_t n, cap;
	struct arena *mem;
};

static int64_t name_add(struct names *all, const json_t *id)
{
	GROW(all->mem, all->v, all->n, all->cap);
	all->v[all->n++] = json_copy((json_t *)id);
	return (int64_t)all->n;
}

static json_t *name_of(const struct names *all, int64_t n)
{
	BUG_IF(n < 1 || (size_t)n > all->n);
	return all->v[n - 1];
}

static void names_done(struct names *all)
{
	for (size_t i = 0; i < all->n; i++)
		json_decref(all->v[i]);
}

static struct str body_of(struct arena *mem, const struct item *item)
{
	if (!item->summary.n || !item->text.n)
		return item->text.n ? item->text : item->summary;
	return str_fmt(mem, "%.*s\n%.*s", FMT(item->summary), FMT(item->text));
}

/* ---- copies ----------------------------------------------------------------------------------------- */

static void copies_line(const struct names *all, const struct item *item, const struct near_answer *r, bool explain)
{
	bool copy = r->kind > NEAR_CITES;
	json_t *line = json_pack("{sOsOsf}", "id", item->id, "first", name_of(all, r->first), "similarity", copy ? r->similarity : 1.0);
	if (explain) {
		json_object_set_new(line, "kind", json_string(copy || r->kind == NEAR_CITES ? near_kind_name(r->kind) : "first"));
		if (r->of) {
			json_object_set(line, "of", name_of(all, r->of));
			json_object_set_new(line, "contained", json_real(r->contained));
		}
	}
	json_line(line);
}

static int run_copies(struct call *call)
{
	struct items in = { .lines = lines_open(call->mem, call->args, call->nargs) };
	struct names all = { .mem = call->mem };
	size_t room = (size_t)call_int(call, "room", 64, 50000000, 1000000);
	struct near_index *ix = near_new(call->mem, room, (int)call_int(call, "days", 1, 3650, 30));
	bool explain = call_flag(call, "explain");
	struct arena scratch = { 0 };
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		if (error) {
			item_error(&in, &item, error);
			continue;
		}
		struct near_print p = near_print_of(&scratch, item.title, body_of(&scratch, &item));
		struct near_answer r = near_add(ix, name_add(&all, item.id), item.published, &p);
		copies_line(&all, &item, &r, explain);
	}
	int code = items_end(&in);
	names_done(&all);
	near_done(ix);
	arena_done(&scratch);
	return code;
}

static const struct flag copies_flags[] = {
	{ "explain", NULL, "also what kind of copy it is, and of which item" },
	{ "days", "N", "how long an item is remembered (30)" },
	{ "room", "N", "how many items are remembered at most (1000000)" },
	{ 0 },
};

const struct command command_copies = {
	.name = "copies",
	.usage = "[--explain] [--days N] [--room N] [FILE…]",
	.about = "says of each article, in order of time, which earlier one it is a copy of",
	.example = "nhipcau copies < articles.jsonl",
	.flags = copies_flags,
	.run = run_copies,
};

/* ---- stories ----------------------------------------------------------------------------------------- */

struct wrong { size_t before; json_t *id; const char *error; }; /* stands before the item of that count */

struct telling {
	struct items in;
	struct names all;
	int64_t *story;       /* by count: the story now */
	size_t nstory, story_cap;
	struct wrong *wrong;  /* kept for the end, when all is told there */
	size_t nwrong, wrong_cap;
	struct cluster *engine;
	struct near_index *copies;
	struct arena *scratch;
	bool explain, final, tsv;
};

static void tell_events(struct telling *t)
{
	struct cluster_event e;
	while (cluster_event_next(t->engine, &e)) {
		if (e.kind == CLUSTER_MOVED)
			t->story[e.article - 1] = e.to;
		if (e.kind == CLUSTER_MERGED && !t->final)
			json_line(json_pack("{sOsO}", "story", name_of(&t->all, e.from), "into", name_of(&t->all, e.to)));
	}
}

static void tell_one(struct telling *t, const struct item *item, const struct cluster_answer *r)
{
	json_t *line = json_pack("{sOsO}", "id", item->id, "story", name_of(&t->all, r->story));
	if (t->explain) {
		json_t *words = json_array();
		for (size_t i = 0; i < r->nevidence; i++)
			json_array_append_new(words, json_stringn(r->evidence[i].p, r->evidence[i].n));
		json_object_set_new(line, "new", json_boolean(r->is_new));
		json_object_set_new(line, "similarity", json_real(r->similarity));
		json_object_set_new(line, "p", json_real(r->p));
		if (r->nearest)
			json_object_set(line, "nearest", name_of(&t->all, r->nearest));
		json_object_set_new(line, "evidence", words);
	}
	json_line(line);
}

static void take_item(struct telling *t, const struct item *item)
{
	struct near_print p = near_print_of(t->scratch, item->title, body_of(t->scratch, item));
	int64_t n = name_add(&t->all, item->id);
	struct near_answer near = near_add(t->copies, n, item->published, &p);
	struct cluster_item article = { n, item->title, item->summary, item->text, item->published, near.kind > NEAR_CITES ? near.of : 0 };
	struct cluster_answer r;
	struct fault fault;
	enum err err = cluster_add(t->engine, t->scratch, &article, &r, &fault);
	BUG_IF(err); /* counts are positive and never come twice */
	GROW(t->all.mem, t->story, t->nstory, t->story_cap);
	t->story[t->nstory++] = r.story;
	tell_events(t);
	if (!t->final)
		tell_one(t, item, &r);
}

static void take_wrong(struct telling *t, const struct item *item, const char *error)
{
	if (!t->final) {
		item_error(&t->in, item, error);
		return;
	}
	GROW(t->all.mem, t->wrong, t->nwrong, t->wrong_cap);
	t->wrong[t->nwrong++] = (struct wrong){ t->nstory, json_copy(item->id), error };
}

static size_t tell_wrong(struct telling *t, size_t k, size_t before)
{
	for (; k < t->nwrong && t->wrong[k].before == before; k++) {
		item_error(&t->in, &(struct item){ .id = t->wrong[k].id }, t->wrong[k].error);
		json_decref(t->wrong[k].id);
	}
	return k;
}

static void tell_final(struct telling *t)
{
	size_t wrong = 0;
	for (size_t i = 0; i < t->nstory; i++) {
		wrong = tell_wrong(t, wrong, i);
		json_t *id = t->all.v[i], *story = name_of(&t->all, t->story[i]);
		if (!t->tsv) {
			json_line(json_pack("{sOsO}", "id", id, "story", story));
			continue;
		}
		for (int k = 0; k < 2; k++) {
			json_t *v = k ? story : id;
			if (json_is_string(v))
				fwrite(json_string_value(v), 1, json_string_length(v), stdout);
			else
				printf("%lld", (long long)json_integer_value(v));
			putchar(k ? '\n' : '\t');
		}
	}
	tell_wrong(t, wrong, t->nstory);
}

static int run_stories(struct call *call)
{
	struct arena scratch = { 0 };
	struct telling t = {
		.in = { .lines = lines_open(call->mem, call->args, call->nargs) },
		.all = { .mem = call->mem },
		.engine = cluster_new(call->mem, (struct cluster_settings){ 0 }),
		.copies = near_new(call->mem, 200000, 30),
		.scratch = &scratch,
		.explain = call_flag(call, "explain"),
		.tsv = call_flag(call, "tsv"),
	};
	t.final = t.tsv || call_flag(call, "final");
	struct item item;
	for (const char *error; items_next(&t.in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		if (error)
			take_wrong(&t, &item, error);
		else
			take_item(&t, &item);
	}
	cluster_again(t.engine);
	tell_events(&t);
	if (t.final)
		tell_final(&t);
	int code = items_end(&t.in);
	names_done(&t.all);
	near_done(t.copies);
	cluster_done(t.engine);
	arena_done(&scratch);
	return code;
}

static const struct flag stories_flags[] = {
	{ "explain", NULL, "also how like the nearest story it is, and the words they share" },
	{ "final", NULL, "one line an item at the end, after all merges" },
	{ "tsv", NULL, "id, tab, story; at the end, after all merges" },
	{ 0 },
};

const struct command command_stories = {
	.name = "stories",
	.usage = "[--explain] [--final] [--tsv] [FILE…]",
	.about = "puts each article, in order of time, into the story it belongs to",
	.example = "nhipcau stories --explain < articles.jsonl",
	.flags = stories_flags,
	.run = run_stories,
};
