/*
 * train_labels - trains models/vi-labels.model; the same input gives the same file, byte for byte.
 *
 *   train_labels labels-dev.jsonl stream.jsonl.zst OUT.model
 *
 * Scope, tone and stance: softmax regression on the labelled items (AdaGrad, fixed order). Topics: the votes of the
 * cues on the unlabelled stream. Prints macro-F1 by 5-fold cross-validation (folds are stretches of time) and on
 * a split at 2026-03-01; temperatures and thresholds of abstention come from the parts held out.
 */
#include "app/command.h"
#include "text/label_inner.h"

#include <jansson.h>
#include <math.h>
#include <zlib.h>

struct item { struct features *f; int y[CLASSIFY_HEADS]; /* -1: not known */ bool late; };
struct items { struct item *v; size_t n, cap; };
struct weights { float w[CLASSIFY_ROWS][CLASSIFY_WIDE], g[CLASSIFY_ROWS][CLASSIFY_WIDE], bias[CLASSIFY_WIDE]; };

enum { EPOCHS = 12, FOLDS = 5, STREAM_MOST = 40000 };
static const float rate = 0.25f, decay = 2e-4f;

static int name_index(const char *name, const char *(*names)(int), int n)
{
	for (int i = 0; name && i < n; i++)
		if (!strcmp(name, names(i)))
			return i;
	return -1;
}
static const char *name_scope(int i) { return scope_name((enum scope)i); }
static const char *name_tone(int i) { return tone_name((enum tone)i); }
static const char *name_stance(int i) { return stance_name((enum stance)i); }

static int topic_voted(const struct reading *r)
{
	int best = 20;
	float top = 0, sum = 0;
	for (int i = classify_from[3]; i < 20; i++) {
		sum += r->votes[i];
		if (r->votes[i] > top) {
			top = r->votes[i];
			best = i;
		}
	}
	return !sum ? 11 : top >= 2 && top >= 0.6f * sum ? best - classify_from[3] : -1;
}

static struct features *features_kept(struct arena *mem, const struct features *f)
{
	struct features *kept = arena_get(mem, offsetof(struct features, v) + sizeof *f);
	memcpy(kept, f, sizeof *f);
	return kept;
}

static void item_read(const struct labeller *l, struct arena *mem, struct str line, struct items *ret)
{
	json_t *j = json_loadb(line.p, line.n, 0, NULL);
	struct arena scratch = { 0 };
	struct reading *r = NEW(&scratch, struct reading);
	struct label_input in = { str_z(json_string_value(json_object_get(j, "title"))), str_z(json_string_value(json_object_get(j, "summary"))), S("") };
	label_read(l, &scratch, &in, r);
	const char *day = json_string_value(json_object_get(j, "day"));
	struct item it = { .late = day && strcmp(day, "2026-03-01") >= 0 };
	it.y[0] = name_index(json_string_value(json_object_get(j, "scope")), name_scope, 3);
	it.y[1] = name_index(json_string_value(json_object_get(j, "tone")), name_tone, 3);
	it.y[2] = name_index(json_string_value(json_object_get(j, "stance")), name_stance, 3);
	it.y[3] = topic_voted(r);
	if (it.y[0] >= 0 || it.y[3] >= 0) {
		it.f = features_kept(mem, &r->features);
		GROW(mem, ret->v, ret->n, ret->cap);
		ret->v[ret->n++] = it;
	}
	arena_done(&scratch);
	json_decref(j);
}

static void items_read(const struct labeller *l, struct arena *mem, char *file, size_t every, struct items *ret)
{
	struct lines *in = lines_open(mem, &file, 1);
	struct str line;
	for (size_t i = 0; lines_next(in, &line) && ret->n < STREAM_MOST; i++)
		if (i % every == 0)
			item_read(l, mem, line, ret);
	lines_close(in);
}

/* ---- the model ------------------------------------------------------------------------------------ */

static void scores(const struct weights *m, const struct item *it, float s[CLASSIFY_WIDE])
{
	memcpy(s, m->bias, sizeof m->bias);
	float norm = 1 / sqrtf((float)it->f->n + 1e-9f);
	for (size_t i = 0; i < it->f->n; i++)
		for (int k = 0; k < CLASSIFY_WIDE; k++)
			s[k] += norm * m->w[it->f->v[i]][k];
}

static void learn(struct weights *m, const struct item *it, const float balance[CLASSIFY_WIDE])
{
	float s[CLASSIFY_WIDE], d[CLASSIFY_WIDE] = { 0 }, norm = 1 / sqrtf((float)it->f->n + 1e-9f);
	scores(m, it, s);
	for (int h = 0; h < CLASSIFY_HEADS; h++) {
		if (it->y[h] < 0)
			continue;
		classify_softmax(s, classify_from[h], classify_from[h + 1], 1);
		for (int k = classify_from[h]; k < classify_from[h + 1]; k++)
			d[k] = balance[classify_from[h] + it->y[h]] * (s[k] - (k == classify_from[h] + it->y[h]));
	}
	for (int k = 0; k < CLASSIFY_WIDE; k++)
		m->bias[k] -= 0.01f * d[k];
	for (size_t i = 0; i < it->f->n; i++)
		for (int k = 0; k < CLASSIFY_WIDE; k++) {
			float *w = &m->w[it->f->v[i]][k], *g = &m->g[it->f->v[i]][k], x = d[k] * norm;
			if (x == 0)
				continue;
			x += decay * *w;
			*g += x * x;
			*w -= rate * x / (sqrtf(*g) + 0.05f);
		}
}

static void balance_of(const struct items *v, const bool *held, float ret[CLASSIFY_WIDE])
{
	float n[CLASSIFY_WIDE] = { 0 }, all[CLASSIFY_HEADS] = { 0 };
	for (size_t i = 0; i < v->n; i++)
		for (int h = 0; h < CLASSIFY_HEADS; h++)
			if (!held[i] && v->v[i].y[h] >= 0) {
				n[classify_from[h] + v->v[i].y[h]]++;
				all[h]++;
			}
	for (int h = 0; h < CLASSIFY_HEADS; h++)
		for (int k = classify_from[h]; k < classify_from[h + 1]; k++)
			ret[k] = fminf(3, powf(all[h] / ((float)(classify_from[h + 1] - classify_from[h]) * n[k] + 1), 0.8f));
}

static void train(struct weights *m, const struct items *v, const bool *held)
{
	memset(m, 0, sizeof *m);
	float balance[CLASSIFY_WIDE] = { 0 };
	balance_of(v, held, balance);
	struct rng rng = { 7 };
	for (size_t step = 0; step < EPOCHS * v->n; step++) {
		size_t i = rng_next(&rng) % v->n;
		if (!held[i])
			learn(m, &v->v[i], balance);
	}
}

/* ---- measures -------------------------------------------------------------------------------------- */

struct held_out { float (*p)[CLASSIFY_WIDE]; bool *held; };

static float f1_of(const struct items *v, const struct held_out *o, int h, bool print)
{
	int from = classify_from[h], n = classify_from[h + 1] - from, tp[12] = { 0 }, said[12] = { 0 }, is[12] = { 0 };
	for (size_t i = 0; i < v->n; i++) {
		if (!o->held[i] || v->v[i].y[h] < 0)
			continue;
		int best = 0;
		for (int k = 1; k < n; k++)
			best = o->p[i][from + k] > o->p[i][from + best] ? k : best;
		said[best]++;
		is[v->v[i].y[h]]++;
		tp[best] += best == v->v[i].y[h];
	}
	float sum = 0;
	for (int k = 0; k < n; k++) {
		float f = 2.0f * (float)tp[k] / (float)MAX(1, said[k] + is[k]);
		sum += f;
		if (print)
			printf("  class %d: precision %.3f recall %.3f of %d\n", k, tp[k] / (double)MAX(1, said[k]), tp[k] / (double)MAX(1, is[k]), is[k]);
	}
	return sum / (float)n;
}

static void predict(const struct weights *m, const struct items *v, const bool *held, struct held_out *o)
{
	for (size_t i = 0; i < v->n; i++)
		if (held[i]) {
			scores(m, &v->v[i], o->p[i]);
			o->held[i] = true;
		}
}

static double log_loss(const struct items *v, const struct held_out *o, int h, float t)
{
	double sum = 0;
	for (size_t i = 0; i < v->n; i++)
		if (o->held[i] && v->v[i].y[h] >= 0) {
			float p[CLASSIFY_WIDE];
			memcpy(p, o->p[i], sizeof p);
			classify_softmax(p, classify_from[h], classify_from[h + 1], t);
			sum -= log(p[classify_from[h] + v->v[i].y[h]] + 1e-9);
		}
	return sum;
}

/* The lowest threshold above which nine answers of ten are right. */
static float sure_above(const struct items *v, const struct held_out *o, int h, float t)
{
	for (float at = 0.34f; at < 0.95f; at += 0.01f) {
		int right = 0, n = 0, all = 0;
		for (size_t i = 0; i < v->n; i++) {
			if (!o->held[i] || v->v[i].y[h] < 0)
				continue;
			float p[CLASSIFY_WIDE];
			memcpy(p, o->p[i], sizeof p);
			classify_softmax(p, classify_from[h], classify_from[h + 1], t);
			int best = classify_from[h];
			for (int k = best; k < classify_from[h + 1]; k++)
				best = p[k] > p[best] ? k : best;
			all++;
			n += p[best] >= at;
			right += p[best] >= at && best - classify_from[h] == v->v[i].y[h];
		}
		if (n && right >= 0.9 * n) {
			printf("head %d: sure above %.2f, %d of %d answered, %.3f right\n", h, at, n, all, right / (double)n);
			return at;
		}
	}
	return 0.95f;
}

static void cross_validate(struct arena *mem, struct weights *m, const struct items *v, struct classify_head *head)
{
	bool *held = NEW_ARRAY(mem, bool, v->n);
	struct held_out all = { arena_array(mem, v->n, sizeof *all.p), NEW_ARRAY(mem, bool, v->n) }, late = all;
	late.held = NEW_ARRAY(mem, bool, v->n);
	for (size_t i = 0; i < v->n; i++)
		held[i] = v->v[i].late;
	train(m, v, held);
	predict(m, v, held, &late);
	for (int h = 0; h < 3; h++)
		printf("time split, head %d: macro-F1 %.3f\n", h, f1_of(v, &late, h, true));
	for (size_t f = 0; f < FOLDS; f++) {
		for (size_t i = 0; i < v->n; i++)
			held[i] = i * FOLDS / v->n == f;
		train(m, v, held);
		predict(m, v, held, &all);
	}
	for (int h = 0; h < 3; h++) {
		printf("cross-validation, head %d: macro-F1 %.3f\n", h, f1_of(v, &all, h, true));
		for (float t = 0.2f; t < 4; t += 0.05f)
			if (log_loss(v, &all, h, t) < log_loss(v, &all, h, head->temperature[h]))
				head->temperature[h] = t;
		head->sure[h] = sure_above(v, &all, h, head->temperature[h]);
	}
}

static int write_model(const struct weights *m, struct classify_head *head, const char *path)
{
	static int8_t rows[CLASSIFY_ROWS][CLASSIFY_WIDE];
	for (int k = 0; k < CLASSIFY_WIDE; k++) {
		float top = 1e-6f;
		for (int i = 0; i < CLASSIFY_ROWS; i++)
			top = fmaxf(top, fabsf(m->w[i][k]));
		head->scale[k] = top / 127;
		head->bias[k] = m->bias[k];
		for (int i = 0; i < CLASSIFY_ROWS; i++)
			rows[i][k] = (int8_t)lrintf(m->w[i][k] / head->scale[k]);
	}
	size_t after = offsetof(struct classify_head, version);
	uLong crc = crc32(0, (const unsigned char *)head + after, (uInt)(sizeof *head - after));
	head->crc = (uint32_t)crc32(crc, (const unsigned char *)rows, sizeof rows);
	FILE *out = fopen(path, "wb");
	if (!out)
		return 1;
	bool bad = fwrite(head, sizeof *head, 1, out) != 1 || fwrite(rows, sizeof rows, 1, out) != 1;
	return fclose(out) || bad;
}

int main(int argc, char **argv)
{
	static struct weights m;
	struct arena mem = { 0 };
	struct labeller *l;
	struct fault fault;
	struct items labelled = { 0 }, all = { 0 };
	struct classify_head head = { .magic = "NCLABEL", .version = 1, .temperature = { 1, 1, 1, 1 }, .name = "vi-labels 1" };
	if (argc != 4 || labeller_rules(&mem, NULL, &l, &fault))
		return fprintf(stderr, "usage: train_labels LABELS STREAM OUT\n"), 2;
	items_read(l, &mem, argv[1], 1, &labelled);
	cross_validate(&mem, &m, &labelled, &head);
	items_read(l, &mem, argv[2], 12, &all);
	printf("%zu labelled, %zu of the stream\n", labelled.n, all.n);
	/* Each labelled item is met as often as in the measures; the stream teaches topics only. */
	bool *held = NEW_ARRAY(&mem, bool, labelled.n + all.n);
	for (size_t i = 0; i < labelled.n; i++) {
		GROW(&mem, all.v, all.n, all.cap);
		all.v[all.n++] = labelled.v[i];
	}
	train(&m, &all, held);
	return write_model(&m, &head, argv[3]);
}
