/*
 * train_labels - makes models/vi-labels.model.
 *
 * usage: train_labels OUT LABELLED.jsonl STREAM.jsonl[.zst]
 * LABELLED: items with scope, tone, stance and day. STREAM: items with title, summary, sections and day, not labelled:
 * word vectors are learnt from all of them, topics from those whose section or cues leave no doubt.
 * Prints what was measured: on the last two months after learning from those before, and by five folds of weeks.
 * Temperatures and thresholds come from the folds; the model written has learnt from all. Same files, same bytes.
 */
#include "labels_train.h"

#include <math.h>
#include <zlib.h>

enum { EPOCHS = 6, FOLDS = 5, SPLIT_DAY = 20260301 };

static const struct head heads[] = { { ASK_SCOPE, 0, 3 }, { ASK_TONE, 3, 3 }, { ASK_STANCE, 6, 3 } };
static const char *const questions[] = { "scope", "tone", "stance" };

struct trainer {
	struct arena mem;
	struct labeller *labeller;
	struct label_head head;
	struct label_slot *slots;
	int8_t (*vectors)[LABEL_DIM];
	size_t nvectors;
	struct sample *s;
	size_t n, cap;
};

/* ---- samples ----------------------------------------------------------------------------------------------------- */

static struct label_model vectors_only(const struct trainer *t)
{
	return (struct label_model){ .slots = t->slots, .vectors = (const int8_t (*)[LABEL_DIM])t->vectors };
}

static struct sample *sample_add(struct trainer *t, const struct label_features *f, int day)
{
	GROW(&t->mem, t->s, t->n, t->cap);
	struct sample *s = &t->s[t->n++];
	*s = (struct sample){ .n = (uint32_t)f->n, .nwords = (uint32_t)f->nwords, .weight = { 1, 1, 1, 1 }, .day = day, .answer = { -1, -1, -1, -1 } };
	s->v = arena_raw(&t->mem, f->n * sizeof *s->v + 1);
	memcpy(s->v, f->v, f->n * sizeof *s->v);
	memcpy(s->dense, f->dense, sizeof s->dense);
	int d = (day / 10000 * 12 + day / 100 % 100) * 31 + day % 100;
	s->fold = d / 7 % FOLDS;
	return s;
}

static int number_of(struct str value, const char *(*name)(int))
{
	for (int k = 0; k < 3; k++)
		if (str_eq(value, str_z(name(k))))
			return k;
	return -1;
}

static const char *scope_of(int k) { return scope_name((enum scope)k); }
static const char *tone_of(int k) { return tone_name((enum tone)k); }
static const char *stance_of(int k) { return stance_name((enum stance)k); }

static int day_of(const struct item *item)
{
	struct str day;
	int64_t y, m, d;
	if (!item_member(item->whole, "day", &day) || day.n != 10 || !str_int(str_sub(day, 0, 4), &y) || !str_int(str_sub(day, 5, 7), &m) ||
		!str_int(str_sub(day, 8, 10), &d))
		return 0;
	return (int)(y * 10000 + m * 100 + d);
}

static void labelled_read(struct trainer *t, char *file)
{
	struct items in = { .lines = lines_open(&t->mem, &file, 1) };
	struct label_model m = vectors_only(t);
	struct arena scratch = { 0 };
	struct label_features *f = NEW(&t->mem, struct label_features);
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		struct str scope, tone, stance;
		struct label_ready r;
		if (error || !item_member(item.whole, "scope", &scope) || !item_member(item.whole, "tone", &tone) ||
			!item_member(item.whole, "stance", &stance))
			continue;
		label_prepare(t->labeller, &scratch, &(struct label_input){ item.title, item.summary, item.text }, &r);
		label_features(&m, &r, f);
		struct sample *s = sample_add(t, f, day_of(&item));
		s->answer[ASK_SCOPE] = number_of(scope, scope_of);
		s->answer[ASK_TONE] = number_of(tone, tone_of);
		s->answer[ASK_STANCE] = s->answer[ASK_SCOPE] == SCOPE_PUBLIC ? number_of(stance, stance_of) : -1;
	}
	arena_done(&scratch);
	lines_close(in.lines);
}

/* Rare answers count more, by about the root of how rare they are: what is aimed at is the mean over answers. */
static void class_weights(struct trainer *t)
{
	for (int q = 0; q < 3; q++) {
		double n[3] = { 0 }, all = 0;
		for (size_t i = 0; i < t->n; i++)
			if (t->s[i].answer[q] >= 0)
				n[t->s[i].answer[q]]++, all++;
		for (size_t i = 0; i < t->n; i++)
			if (t->s[i].answer[q] >= 0)
				t->s[i].weight[q] = (float)pow(all / (3 * n[t->s[i].answer[q]]), 0.6);
	}
}

/* ---- measured ------------------------------------------------------------------------------------------------------ */

static double macro_f1(const unsigned seen[3][3], double ret_f1[3])
{
	double sum = 0;
	for (int c = 0; c < 3; c++) {
		unsigned gold = 0, said = 0;
		for (int k = 0; k < 3; k++)
			gold += seen[c][k], said += seen[k][c];
		sum += ret_f1[c] = gold + said ? 2.0 * seen[c][c] / (gold + said) : 0;
	}
	return sum / 3;
}

static void report(const char *what, const struct trainer *t, const double (*z)[LABEL_OUT], const bool *use)
{
	for (int q = 0; q < 3; q++) {
		unsigned seen[3][3] = { { 0 } }, n = 0;
		double f1[3];
		for (size_t i = 0; i < t->n; i++) {
			int gold = t->s[i].answer[q];
			if (!use[i] || gold < 0)
				continue;
			const double *v = &z[i][heads[q].from];
			seen[gold][v[0] >= v[1] && v[0] >= v[2] ? 0 : v[1] >= v[2] ? 1 : 2]++;
			n++;
		}
		double all = macro_f1(seen, f1);
		printf("%s %s: macro-F1 %.3f (%.3f %.3f %.3f), %u items, right %.3f\n", what, questions[q], all, f1[0], f1[1], f1[2], n,
		       (double)(seen[0][0] + seen[1][1] + seen[2][2]) / MAX(n, 1u));
	}
}

static void split_measure(const struct trainer *t, struct learner *l, double (*z)[LABEL_OUT], bool *use)
{
	for (size_t i = 0; i < t->n; i++)
		use[i] = t->s[i].day < SPLIT_DAY;
	learner_reset(l);
	learner_train(l, t->s, use, t->n, EPOCHS);
	for (size_t i = 0; i < t->n; i++) {
		use[i] = !use[i];
		learner_score(l, &t->s[i], z[i]);
	}
	report("time split", t, (const double (*)[LABEL_OUT])z, use);
}

static void folds_measure(const struct trainer *t, struct learner *l, double (*z)[LABEL_OUT], bool *use)
{
	for (int fold = 0; fold < FOLDS; fold++) {
		for (size_t i = 0; i < t->n; i++)
			use[i] = t->s[i].fold != fold;
		learner_reset(l);
		learner_train(l, t->s, use, t->n, EPOCHS);
		for (size_t i = 0; i < t->n; i++)
			if (!use[i])
				learner_score(l, &t->s[i], z[i]);
	}
	for (size_t i = 0; i < t->n; i++)
		use[i] = true;
	report("folds", t, (const double (*)[LABEL_OUT])z, use);
}

/* ---- calibrated ------------------------------------------------------------------------------------------------------ */

/* Probability of the answer with the highest score; *ret_right. */
static double surest(const double *v, double temperature, int gold, bool *ret_right)
{
	int best = v[0] >= v[1] && v[0] >= v[2] ? 0 : v[1] >= v[2] ? 1 : 2;
	double sum = 0;
	for (int k = 0; k < 3; k++)
		sum += exp((v[k] - v[best]) / temperature);
	*ret_right = best == gold;
	return 1 / sum;
}

static double log_loss(const struct trainer *t, const double (*z)[LABEL_OUT], int q, double temperature)
{
	double loss = 0;
	for (size_t i = 0; i < t->n; i++) {
		int gold = t->s[i].answer[q];
		const double *v = &z[i][heads[q].from];
		if (gold < 0)
			continue;
		double top = MAX(v[0], MAX(v[1], v[2])), sum = 0;
		for (int k = 0; k < 3; k++)
			sum += exp((v[k] - top) / temperature);
		loss += log(sum) - (v[gold] - top) / temperature;
	}
	return loss;
}

/* The lowest threshold above which at least `aim` of the answers are right. */
static double threshold(const struct trainer *t, const double (*z)[LABEL_OUT], int q, double temperature, double aim)
{
	for (double p = 0.34; p < 0.99; p += 0.01) {
		unsigned right = 0, n = 0, all = 0;
		for (size_t i = 0; i < t->n; i++) {
			bool good;
			if (t->s[i].answer[q] < 0)
				continue;
			all++;
			if (surest(&z[i][heads[q].from], temperature, t->s[i].answer[q], &good) < p)
				continue;
			right += good;
			n++;
		}
		if (n && right >= aim * n) {
			printf("%s: sure from p %.2f, %u of %u answers, %.3f right\n", questions[q], p, n, all, (double)right / n);
			return p;
		}
	}
	return 0.99;
}

static void calibrate(struct trainer *t, const double (*z)[LABEL_OUT])
{
	for (int q = 0; q < 3; q++) {
		double best = 1, least = INFINITY, gap = 0, said[10] = { 0 }, was[10] = { 0 }, n = 0;
		for (double T = 0.3; T < 5; T += 0.02) {
			double loss = log_loss(t, z, q, T);
			if (loss < least)
				least = loss, best = T;
		}
		for (size_t i = 0; i < t->n; i++) {
			bool right;
			if (t->s[i].answer[q] < 0)
				continue;
			double p = surest(&z[i][heads[q].from], best, t->s[i].answer[q], &right);
			said[MIN((int)(p * 10), 9)] += p;
			was[MIN((int)(p * 10), 9)] += right;
			n++;
		}
		for (int b = 0; b < 10; b++)
			gap += fabs(said[b] - was[b]) / n;
		printf("%s: temperature %.2f, log-loss %.3f, calibration error %.3f\n", questions[q], best, least / n, gap);
		t->head.temperature[q] = (float)best;
		t->head.sure[q] = (float)threshold(t, z, q, best, 0.85);
	}
	t->head.temperature[ASK_TOPIC] = 1;
}

/* ---- written ------------------------------------------------------------------------------------------------------------- */

static void put_weights(struct text *out, const struct learner *l)
{
	for (size_t i = 0; i < (size_t)l->out << l->bits; i++) {
		int16_t w = (int16_t)MAX(-32767, MIN(32767, lroundf(l->w[i] * LABEL_SCALE)));
		text_add(out, (struct str){ (const char *)&w, sizeof w });
	}
}

static bool model_write(struct trainer *t, const struct learner *l, const struct learner *topics, const char *path)
{
	struct text out = text_new(&t->mem);
	struct label_head *h = &t->head;
	memcpy(h->magic, "VILABEL", 8);
	h->version = LABEL_VERSION;
	h->nvectors = (uint32_t)t->nvectors;
	snprintf(h->name, sizeof h->name, "vi-labels-%d", LABEL_VERSION);
	memcpy(h->dense, l->d, sizeof h->dense);
	memcpy(h->topic_dense, topics->d, sizeof h->topic_dense);
	text_add(&out, (struct str){ (const char *)h, sizeof *h });
	text_add(&out, (struct str){ (const char *)t->slots, sizeof(struct label_slot) << LABEL_SLOT_BITS });
	text_add(&out, (struct str){ (const char *)t->vectors, t->nvectors * LABEL_DIM });
	put_weights(&out, l);
	put_weights(&out, topics);
	size_t covered = offsetof(struct label_head, nvectors);
	uint32_t crc = (uint32_t)crc32_z(0, (const Bytef *)out.p + covered, out.n - covered);
	memcpy(out.p + offsetof(struct label_head, crc), &crc, sizeof crc);
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(out.p, 1, out.n, f) == out.n;
	return f && !fclose(f) && good;
}

int main(int argc, char **argv)
{
	static struct trainer t;
	struct fault fault;
	if (argc != 4)
		return fprintf(stderr, "usage: train_labels OUT LABELLED.jsonl STREAM.jsonl\n"), 2;
	struct gazetteer *places;
	if (gazetteer_builtin(&t.mem, &places, &fault) != OK)
		return fprintf(stderr, "train_labels: %s\n", fault.detail), 1;
	t.labeller = NEW(&t.mem, struct labeller);
	*t.labeller = (struct labeller){ .places = places, .cues = cue_book_new(&t.mem) };
	t.slots = NEW_ARRAY(&t.mem, struct label_slot, (size_t)1 << LABEL_SLOT_BITS);
	t.vectors = arena_array(&t.mem, LABEL_VECTORS, LABEL_DIM);
	t.nvectors = train_vectors(&t.mem, argv[3], t.slots, t.vectors);
	labelled_read(&t, argv[2]);
	class_weights(&t);
	struct learner l = learner_new(&t.mem, LABEL_BITS, heads, COUNT(heads));
	double (*z)[LABEL_OUT] = arena_array(&t.mem, t.n, sizeof *z);
	bool *use = NEW_ARRAY(&t.mem, bool, t.n);
	split_measure(&t, &l, z, use);
	folds_measure(&t, &l, z, use);
	calibrate(&t, (const double (*)[LABEL_OUT])z);
	learner_reset(&l);
	learner_train(&l, t.s, use, t.n, EPOCHS);
	struct label_model vectors = vectors_only(&t);
	struct learner topics = train_topics(&t.mem, t.labeller, &vectors, argv[3]);
	if (!model_write(&t, &l, &topics, argv[1]))
		return fprintf(stderr, "train_labels: cannot write %s\n", argv[1]), 1;
	arena_done(&t.mem);
	return 0;
}
