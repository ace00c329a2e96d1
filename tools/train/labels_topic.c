/*
 * labels_topic - topics learnt without labels: an item counts where its section or its cues leave no doubt. The words
 * of the cues are hidden in half of the items, so that the company they keep is learnt too.
 */
#include "labels_train.h"

enum { TOPIC_EVERY = 2, TOPIC_EPOCHS = 3 };

static const struct { struct str section; int topic; } sections[] = { { S_INIT("Thể thao"), 6 }, { S_INIT("Kinh doanh"), 0 },
	{ S_INIT("Công nghệ"), 9 } };

static int topic_of_section(const struct item *item)
{
	json_t *all = json_object_get(item->whole, "sections"), *one;
	size_t i;
	json_array_foreach(all, i, one)
		for (size_t k = 0; k < COUNT(sections); k++)
			if (json_is_string(one) && str_eq(str_z(json_string_value(one)), sections[k].section))
				return sections[k].topic;
	return -1;
}

/* The topic whose cues weigh most, when they weigh enough and twice as much as the next; -1: in doubt. */
static int topic_of_cues(const struct label_ready *r)
{
	int best = 0;
	double second = 0;
	const double *v = &r->sum[CUE_TOPIC];
	for (int k = 1; k < LABEL_TOPICS_ALL; k++)
		if (v[k] > v[best])
			best = k;
	for (int k = 0; k < LABEL_TOPICS_ALL; k++)
		if (k != best)
			second = MAX(second, v[k]);
	return v[best] >= 4 && v[best] >= 2 * second ? best : v[best] == 0 ? LABEL_TOPICS_ALL - 1 : -1;
}

static void hide_cues(const struct label_ready *r, bool *skip)
{
	for (size_t i = 0; i < r->cues.n; i++)
		for (uint32_t k = r->cues.v[i].start; k < r->cues.v[i].end && r->cues.v[i].answer >= CUE_TOPIC; k++)
			skip[k] = true;
}

struct learner train_topics(struct arena *mem, const struct labeller *l, const struct label_model *m, char *stream)
{
	static const struct head heads[] = { { ASK_TOPIC, 0, LABEL_TOPICS_ALL } };
	struct items in = { .lines = lines_open(mem, &stream, 1) };
	struct arena scratch = { 0 };
	struct label_features *f = NEW(mem, struct label_features);
	struct sample *s = NULL;
	size_t n = 0, cap = 0, seen = 0, sectioned[LABEL_TOPICS_ALL] = { 0 };
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		struct label_ready r;
		if (error || seen++ % TOPIC_EVERY)
			continue;
		label_prepare(l, &scratch, &(struct label_input){ item.title, item.summary, S("") }, &r);
		int topic = topic_of_section(&item);
		topic = topic >= 0 ? topic : topic_of_cues(&r);
		if (topic < 0)
			continue;
		bool *skip = NEW_ARRAY(&scratch, bool, r.text.n + 1);
		if (seen % 8 < 4)
			hide_cues(&r, skip);
		label_topic_features(&r, skip, f);
		label_dense(m, &r, f->dense);
		GROW(mem, s, n, cap);
		struct sample *one = &s[n++];
		*one = (struct sample){ .n = (uint32_t)f->n, .nwords = (uint32_t)f->n, .weight = { 1, 1, 1, topic == LABEL_TOPICS_ALL - 1 ? 0.2f : 1 }, .answer = { -1, -1, -1, topic } };
		one->v = arena_raw(mem, f->n * sizeof *one->v + 1);
		memcpy(one->v, f->v, f->n * sizeof *one->v);
		memcpy(one->dense, f->dense, sizeof one->dense);
		sectioned[topic]++;
	}
	for (int k = 0; k < LABEL_TOPICS_ALL; k++)
		printf("topic %s: %zu items\n", label_topics[k], sectioned[k]);
	struct learner topics = learner_new(mem, LABEL_TOPIC_BITS, heads, COUNT(heads));
	bool *use = NEW_ARRAY(mem, bool, n + 1);
	memset(use, 1, n);
	learner_train(&topics, s, use, n, TOPIC_EPOCHS);
	arena_done(&scratch);
	lines_close(in.lines);
	return topics;
}
