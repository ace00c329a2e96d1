/*
 * filter_label - `nhipcau label`: scope, tone, stance, topics, places, bodies and the words that speak for them,
 * over lines of JSON. Items are read in batches; threads share the labeller and each labels its slice; answers
 * are printed in the order of the input.
 */
#include "app/filter_jsonl.h"
#include "app/items.h"
#include "text/label.h"

#include <pthread.h>
#include <unistd.h>

enum { BATCH = 512, MOST_THREADS = 64 };

struct job { struct item item; const char *error; struct labels labels; };

struct slice {
	pthread_t thread;
	const struct labeller *labeller;
	struct job *jobs;
	size_t n;
	struct arena mem;
};

struct labelling {
	struct items in;
	struct labeller *labeller;
	struct job jobs[BATCH];
	size_t n, nslices;
	struct slice slices[MOST_THREADS];
	bool abstain;
};

static void *label_slice(void *arg)
{
	struct slice *s = arg;
	for (size_t i = 0; i < s->n; i++) {
		struct job *j = &s->jobs[i];
		if (!j->error)
			label_article(s->labeller, &s->mem, &(struct label_input){ j->item.title, j->item.summary, j->item.text }, &j->labels);
	}
	return NULL;
}

static void label_batch(struct labelling *l)
{
	size_t from = 0, nslices = MIN(l->nslices, l->n / 16 + 1);
	for (size_t i = 0; i < nslices; i++) {
		struct slice *s = &l->slices[i];
		size_t to = l->n * (i + 1) / nslices;
		s->labeller = l->labeller;
		s->jobs = &l->jobs[from];
		s->n = to - from;
		from = to;
		if (i && pthread_create(&s->thread, NULL, label_slice, s))
			BUG_IF("no thread to be had");
	}
	label_slice(&l->slices[0]);
	for (size_t i = 1; i < nslices; i++)
		pthread_join(l->slices[i].thread, NULL);
}

/* ---- out ------------------------------------------------------------------------------------------------------ */

static void put_answer(struct text *out, const char *key, const char *value, double p)
{
	jsonl_field(out, key, str_z(value));
	jsonl_key(out, arena_z(out->mem, str_fmt(out->mem, "%s_p", key)));
	text_fmt(out, "%.4f", p);
}

static void open_object(struct text *out, bool first)
{
	text_z(out, first ? "{" : ",{");
}

static void put_names(struct text *out, const struct labels *l)
{
	jsonl_key(out, "topics");
	text_c(out, '[');
	for (size_t i = 0; i < l->ntopics; i++) {
		open_object(out, !i);
		jsonl_field(out, "topic", str_z(l->topics[i].topic));
		jsonl_key(out, "p");
		text_fmt(out, "%.4f}", l->topics[i].p);
	}
	text_c(out, ']');
	jsonl_key(out, "places");
	text_c(out, '[');
	for (size_t i = 0; i < l->nplaces; i++) {
		open_object(out, !i);
		jsonl_field(out, "code", l->places[i].code);
		jsonl_field(out, "name", l->places[i].name);
		jsonl_field(out, "as_of", l->places[i].as_of);
		text_c(out, '}');
	}
	text_c(out, ']');
	jsonl_key(out, "bodies");
	text_c(out, '[');
	for (size_t i = 0; i < l->nbodies; i++) {
		open_object(out, !i);
		jsonl_field(out, "id", l->bodies[i].id);
		jsonl_field(out, "name", l->bodies[i].name);
		text_c(out, '}');
	}
	text_c(out, ']');
}

static void put_cues(struct text *out, const struct labels *l)
{
	jsonl_key(out, "cues");
	text_c(out, '[');
	for (size_t i = 0; i < l->ncues; i++) {
		const struct label_cue *c = &l->cues[i];
		open_object(out, !i);
		jsonl_field(out, "answer", c->answer);
		jsonl_field(out, "field", str_z(c->field));
		jsonl_number(out, "start", c->start);
		jsonl_number(out, "end", c->end);
		jsonl_field(out, "speaks_for", c->speaks_for);
		text_c(out, '}');
	}
	text_c(out, ']');
}

static void put_id(struct text *out, const json_t *id)
{
	if (json_is_string(id))
		jsonl_field(out, "id", (struct str){ json_string_value(id), json_string_length(id) });
	else {
		jsonl_key(out, "id");
		text_int(out, json_integer_value(id));
	}
}

static void put_labels(struct arena *mem, const struct job *j, bool abstain)
{
	const struct labels *l = &j->labels;
	struct text out = text_new(mem);
	text_c(&out, '{');
	put_id(&out, j->item.id);
	put_answer(&out, "scope", scope_name(l->scope), l->scope_p);
	put_answer(&out, "tone", tone_name(abstain && !l->tone_sure ? TONE_UNKNOWN : l->tone), l->tone_p);
	if (l->has_stance) {
		put_answer(&out, "stance", stance_name(abstain && !l->stance_sure ? STANCE_UNKNOWN : l->stance), l->stance_p);
	} else {
		jsonl_null(&out, "stance");
		jsonl_null(&out, "stance_p");
	}
	put_names(&out, l);
	put_cues(&out, l);
	jsonl_field(&out, "model", str_z(l->model));
	jsonl_line(&out);
}

/* ---- in -------------------------------------------------------------------------------------------------------- */

static bool take_batch(struct labelling *l)
{
	l->n = 0;
	while (l->n < BATCH) {
		struct job *j = &l->jobs[l->n];
		j->error = NULL;
		if (!items_next(&l->in, &j->item, &j->error))
			break;
		j->error = j->error ? j->error : item_empty(&j->item);
		l->n++;
	}
	return l->n;
}

static void run_batches(struct labelling *l)
{
	struct arena mem = { 0 };
	while (take_batch(l)) {
		label_batch(l);
		for (size_t i = 0; i < l->n; i++, arena_reset(&mem)) {
			struct job *j = &l->jobs[i];
			if (j->error)
				item_error(&l->in, &j->item, j->error);
			else
				put_labels(&mem, j, l->abstain);
			item_done(&j->item);
		}
		for (size_t i = 0; i < l->nslices; i++)
			arena_reset(&l->slices[i].mem);
	}
	arena_done(&mem);
}

static bool whole_file(struct call *call, const char *flag, struct str *ret)
{
	enum { TABLE_MOST = 16 << 20 };
	char *name = (char *)call_flag(call, flag);
	*ret = S("");
	if (!name)
		return true;
	struct lines *in = lines_open(call->mem, &name, 1);
	bool got = lines_whole(in, TABLE_MOST, ret, call->mem);
	got = got && !lines_failed(in);
	lines_close(in);
	return got;
}

static int run_label(struct call *call)
{
	struct labelling *l = NEW(call->mem, struct labelling);
	struct gazetteer *places = NULL;
	struct str place_rows, body_rows;
	struct fault fault;
	l->nslices = (size_t)call_int(call, "threads", 1, MOST_THREADS, MIN(MAX(sysconf(_SC_NPROCESSORS_ONLN), 1), MOST_THREADS));
	l->abstain = call_flag(call, "abstain");
	if (!whole_file(call, "places", &place_rows) || !whole_file(call, "bodies", &body_rows))
		return 1;
	if (gazetteer_load(call->mem, place_rows, body_rows, &places, &fault) != OK ||
		labeller_new(call->mem, places, &l->labeller, &fault) != OK) {
		fprintf(stderr, "nhipcau label: %s\n", fault.detail);
		return 1;
	}
	l->in.lines = lines_open(call->mem, call->args, call->nargs);
	run_batches(l);
	for (size_t i = 0; i < l->nslices; i++)
		arena_done(&l->slices[i].mem);
	return items_end(&l->in);
}

static const struct flag label_flags[] = {
	{ "abstain", NULL, "\"unknown\" where tone or stance is below the threshold" },
	{ "threads", "N", "threads; all cores when not given" },
	{ "places", "FILE.tsv", "local places on top of the built-in ones" },
	{ "bodies", "FILE.tsv", "local public bodies" },
	{ 0 },
};

const struct command command_label = {
	.name = "label",
	.usage = "[--abstain] [--threads N] [--places FILE.tsv] [--bodies FILE.tsv] [FILE…]",
	.about = "scope, tone, stance, topics, places and bodies of each article, with the words that speak for them",
	.example = "nhipcau label --abstain < articles.jsonl",
	.flags = label_flags,
	.run = run_label,
};
