/*
 * filter_label - labels on the command line: JSON Lines in, JSON Lines out, in the order of the input.
 *
 * A bad line gets {"id":…,"error":…} in its place. Lines are taken in lots and shared among the threads.
 */
#include "app/command.h"
#include "text/label.h"

#include <jansson.h>
#include <pthread.h>
#include <unistd.h>

enum { LOT = 512, THREADS_MOST = 32 };

struct job { struct str line; int64_t number; struct str out; bool bad; };

struct lot {
	const struct labeller *labeller;
	struct job jobs[LOT];
	size_t n;
	bool abstain;
};

struct worker { struct lot *lot; size_t first, step; struct arena mem; pthread_t thread; };

static json_t *text_json(struct str s) { return json_stringn(s.p ? s.p : "", s.n); }

static struct str field_of(json_t *j, const char *key)
{
	json_t *v = json_object_get(j, key);
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : S("");
}

static void names_json(json_t *o, const struct labels *l)
{
	json_t *topics = json_array(), *places = json_array(), *bodies = json_array();
	for (size_t i = 0; i < l->ntopics; i++)
		json_array_append_new(topics, json_pack("{s:s,s:f}", "topic", l->topics[i].topic, "p", l->topics[i].p));
	for (size_t i = 0; i < l->nplaces; i++)
		json_array_append_new(places, json_pack("{s:o,s:o,s:o}", "code", text_json(l->places[i].code), "name", text_json(l->places[i].name),
		                                        "as_of", text_json(l->places[i].as_of)));
	for (size_t i = 0; i < l->nbodies; i++)
		json_array_append_new(bodies, json_pack("{s:o,s:o}", "id", text_json(l->bodies[i].id), "name", text_json(l->bodies[i].name)));
	json_object_set_new(o, "topics", topics);
	json_object_set_new(o, "places", places);
	json_object_set_new(o, "bodies", bodies);
}

static json_t *labels_json(const struct labels *l, bool abstain)
{
	const char *tone = abstain && !l->tone_sure ? "unknown" : tone_name(l->tone);
	json_t *o = json_pack("{s:s,s:f,s:s,s:f}", "scope", scope_name(l->scope), "scope_p", l->scope_p, "tone", tone, "tone_p", l->tone_p);
	const char *stance = abstain && !l->stance_sure ? "unknown" : stance_name(l->stance);
	json_object_set_new(o, "stance", l->has_stance ? json_string(stance) : json_null());
	json_object_set_new(o, "stance_p", l->has_stance ? json_real(l->stance_p) : json_null());
	names_json(o, l);
	json_t *cues = json_array();
	for (size_t i = 0; i < l->ncues; i++) {
		const struct label_cue *c = &l->cues[i];
		json_array_append_new(cues, json_pack("{s:o,s:s,s:i,s:i,s:o}", "answer", text_json(c->answer), "field", c->field, "start", c->start,
		                                      "end", c->end, "speaks_for", text_json(c->speaks_for)));
	}
	json_object_set_new(o, "cues", cues);
	json_object_set_new(o, "model", json_string(l->model));
	return o;
}

static json_t *answer_of(const struct lot *lot, struct arena *mem, json_t *in, const char **ret_error)
{
	struct label_input given = { field_of(in, "title"), field_of(in, "summary"), field_of(in, "text") };
	if (!json_is_object(in))
		*ret_error = "not a JSON object";
	else if (!given.title.n && !given.summary.n && !given.text.n)
		*ret_error = "no title, summary or text";
	if (*ret_error)
		return json_pack("{s:s}", "error", *ret_error);
	struct labels *l = NEW(mem, struct labels);
	label_article(lot->labeller, mem, &given, l);
	return labels_json(l, lot->abstain);
}

static void job_run(const struct lot *lot, struct arena *mem, struct job *job)
{
	struct arena_mark mark = arena_mark(mem);
	json_t *in = json_loadb(job->line.p, job->line.n, JSON_REJECT_DUPLICATES, NULL), *id = json_object_get(in, "id");
	const char *error = NULL;
	json_t *answer = answer_of(lot, mem, in, &error), *out = json_object();
	json_object_set_new(out, "id", id ? json_incref(id) : json_integer(job->number));
	json_object_update(out, answer);
	char *text = json_dumps(out, JSON_COMPACT | JSON_REAL_PRECISION(4));
	arena_rewind(mem, mark);
	job->bad = error != NULL;
	job->out = arena_str(mem, str_z(text));
	free(text);
	json_decref(answer);
	json_decref(out);
	json_decref(in);
}

static void *worker_run(void *arg)
{
	struct worker *w = arg;
	for (size_t i = w->first; i < w->lot->n; i += w->step)
		job_run(w->lot, &w->mem, &w->lot->jobs[i]);
	return NULL;
}

static bool lot_fill(struct lot *lot, struct lines *in, struct arena *mem)
{
	struct str line;
	arena_reset(mem);
	for (lot->n = 0; lot->n < LOT && lines_next(in, &line); lot->n++)
		lot->jobs[lot->n] = (struct job){ .line = arena_str(mem, line), .number = lines_number(in) };
	return lot->n > 0;
}

static bool lot_run(struct lot *lot, struct worker *w, int n)
{
	bool bad = false;
	for (int i = 0; i < n; i++) {
		arena_reset(&w[i].mem);
		w[i].lot = lot;
		w[i].first = (size_t)i;
		w[i].step = (size_t)n;
		if (n == 1 || pthread_create(&w[i].thread, NULL, worker_run, &w[i])) {
			worker_run(&w[i]);
			w[i].thread = 0;
		}
	}
	for (int i = 0; i < n; i++)
		if (w[i].thread)
			pthread_join(w[i].thread, NULL);
	for (size_t i = 0; i < lot->n; i++) {
		fwrite(lot->jobs[i].out.p, 1, lot->jobs[i].out.n, stdout);
		putc_unlocked('\n', stdout);
		bad |= lot->jobs[i].bad;
	}
	return bad;
}

static enum err labeller_of(struct call *c, struct labeller **ret, struct fault *f)
{
	const char *path = call_flag(c, "places");
	struct gazetteer *extra = NULL;
	if (path) {
		char *file = arena_z(c->mem, str_z(path));
		struct lines *in = lines_open(c->mem, &file, 1);
		struct str tsv;
		if (!lines_whole(in, 16 << 20, &tsv, c->mem))
			return FAULT(f, ERR_INPUT, "gazetteer.file", "cannot read %s", path);
		TRY(gazetteer_load(c->mem, tsv, S(""), &extra, f));
	}
	return labeller_new(c->mem, extra, ret, f);
}

static int label_run(struct call *c)
{
	struct labeller *labeller;
	struct fault fault;
	if (labeller_of(c, &labeller, &fault))
		return call_wrong(c, "%s", fault.detail);
	int n = (int)call_int(c, "threads", 1, THREADS_MOST, MIN(MAX(sysconf(_SC_NPROCESSORS_ONLN), 1), THREADS_MOST));
	struct lot *lot = NEW(c->mem, struct lot);
	lot->labeller = labeller;
	lot->abstain = call_flag(c, "abstain");
	struct worker *w = NEW_ARRAY(c->mem, struct worker, (size_t)n);
	struct arena mem = { 0 };
	struct lines *in = lines_open(c->mem, c->args, c->nargs);
	bool bad = false;
	while (lot_fill(lot, in, &mem))
		bad |= lot_run(lot, w, n);
	bad |= lines_failed(in);
	lines_close(in);
	arena_done(&mem);
	for (int i = 0; i < n; i++)
		arena_done(&w[i].mem);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "nhipcau label: cannot write the output\n");
		bad = true;
	}
	return bad ? 1 : 0;
}

static const struct flag label_flags[] = {
	{ "abstain", NULL, "unknown where the model is not sure enough" },
	{ "threads", "N", "threads; all cores when not given" },
	{ "places", "FILE.tsv", "a local table of places on top of the built-in one" },
	{ 0 },
};

const struct command command_label = {
	"label", "[--abstain] [--threads N] [--places FILE.tsv] [FILE...]", "scope, tone, stance, topics, places and bodies of articles",
	"echo '{\"id\":1,\"title\":\"UBND tỉnh khánh thành trạm y tế\"}' | nhipcau label", label_flags, label_run,
};
