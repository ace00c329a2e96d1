/*
 * evidence - cues are sorted into the sentences that hold them. The text was cleaned before it was labelled and
 * stored as it was cleaned, so code points of the one are code points of the other.
 */
#include "rooms/monitoring/evidence.h"

#include "base/json.h"
#include "text/sentence.h"
#include "text/viet.h"

#include <stdlib.h>

struct raw { const char *field; size_t from, to; struct str question, code; };
struct raw_list { struct raw *v; size_t n; };

static int earlier(const void *x, const void *y)
{
	const struct raw *a = x, *b = y;
	return a->from != b->from ? (a->from < b->from ? -1 : 1) : (a->to < b->to) - (a->to > b->to);
}

static bool raw_read(struct arena *mem, const json_t *o, struct raw *ret)
{
	json_int_t from = json_integer_value(json_object_get(o, "start")), to = json_integer_value(json_object_get(o, "end"));
	if (from < 0 || to <= from)
		return false;
	*ret = (struct raw){ json_member(mem, o, "field").p, (size_t)from, (size_t)to, json_member(mem, o, "answer"), json_member(mem, o, "for") };
	return true;
}

static struct raw_list raw_load(struct arena *mem, struct str json)
{
	json_error_t e;
	json_t *list = json_loadb(json.p ? json.p : "", json.n, 0, &e), *one;
	struct raw_list ret = { NEW_ARRAY(mem, struct raw, json_array_size(list)), 0 };
	size_t i;
	json_array_foreach(list, i, one)
		ret.n += raw_read(mem, one, &ret.v[ret.n]);
	json_decref(list);
	if (ret.n)
		qsort(ret.v, ret.n, sizeof *ret.v, earlier);
	return ret;
}

/* Where the code point of that number begins; the end of the text when it has fewer. */
static size_t byte_of(struct str s, size_t point)
{
	struct str rest = s;
	uint32_t cp;
	while (point && utf8_next(&rest, &cp))
		point--;
	return s.n - rest.n;
}

static void cue_add(struct evidence *e, size_t at, const struct raw *r, size_t from, size_t to)
{
	size_t last = e->n ? e->cues[e->n - 1].to : 0;
	from = from > at ? from - at : 0;
	from = MAX(from, last);
	to = MIN(to - at, e->sentence.n);
	if (from < to && e->n < EVIDENCE_CUES)
		e->cues[e->n++] = (struct evidence_cue){ from, to, r->question, r->code };
}

struct gather { struct arena *mem; struct evidence_list list; size_t cap; };

static bool known(const struct evidence_list *l, struct str sentence)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].sentence, sentence))
			return true;
	return false;
}

static void field_read(struct gather *g, const struct raw_list *raws, const char *field, struct str text)
{
	struct str rest = text, s;
	size_t *from = NEW_ARRAY(g->mem, size_t, raws->n), *to = NEW_ARRAY(g->mem, size_t, raws->n);
	for (size_t i = 0; i < raws->n; i++)
		if (!strcmp(raws->v[i].field, field)) {
			from[i] = byte_of(text, raws->v[i].from);
			to[i] = byte_of(text, raws->v[i].to);
		}
	while (sentence_next(&rest, &s)) {
		struct evidence e = { .sentence = s };
		size_t at = (size_t)(s.p - text.p);
		for (size_t i = 0; i < raws->n; i++)
			if (to[i] > from[i] && from[i] < at + s.n && to[i] > at)
				cue_add(&e, at, &raws->v[i], from[i], to[i]);
		if (!e.n || known(&g->list, s))
			continue;
		GROW(g->mem, g->list.v, g->list.n, g->cap);
		g->list.v[g->list.n++] = e;
	}
}

void evidence_read(struct arena *mem, const struct evidence_text *t, struct evidence_list *ret)
{
	struct raw_list raws = raw_load(mem, t->json);
	struct gather g = { .mem = mem };
	if (raws.n) {
		field_read(&g, &raws, "title", t->title);
		field_read(&g, &raws, "summary", t->lead);
		field_read(&g, &raws, "text", t->body);
	}
	*ret = g.list;
}
