/*
 * cue - the words that speak for an answer (models/gazetteer/cues.tsv), found with their places. "chưa", "không"
 * before a cue takes its vote away, for a remedy that is not done is no remedy.
 */
#include "text/label_inner.h"

#include "text/label_data.h"

static const struct { struct str answer, value; int column; } columns[] = {
	{ S_INIT("scope"), S_INIT("vietnamese_public"), 0 }, { S_INIT("scope"), S_INIT("other_vietnam"), 1 }, { S_INIT("scope"), S_INIT("foreign"), 2 },
	{ S_INIT("tone"), S_INIT("good"), 3 }, { S_INIT("tone"), S_INIT("neutral"), 4 }, { S_INIT("tone"), S_INIT("bad"), 5 },
	{ S_INIT("stance"), S_INIT("favourable"), 6 }, { S_INIT("stance"), S_INIT("neither"), 7 }, { S_INIT("stance"), S_INIT("unfavourable"), 8 },
};

const char *const label_topics[12] = { "economy_budget", "land_environment", "agriculture_rural", "construction_transport", "health",
	"education", "culture_sport_tourism", "labour_welfare", "justice_order", "science_digital", "home_affairs", "other" };

static int column_of(struct str answer, struct str value)
{
	for (size_t i = 0; i < COUNT(columns); i++)
		if (str_eq(columns[i].answer, answer) && str_eq(columns[i].value, value))
			return columns[i].column;
	for (int i = 0; i < 12; i++)
		if (str_eq(answer, S("topic")) && str_eq(value, str_z(label_topics[i])))
			return classify_from[3] + i;
	return -1;
}

static void cues_load(struct arena *mem, struct labeller *l, struct str tsv)
{
	struct str line, cells[4], words;
	str_split(&tsv, '\n', &line);
	while (str_split(&tsv, '\n', &line)) {
		int n = 0;
		while (n < 4 && str_split(&line, '\t', &cells[n]))
			n++;
		if (n < 4)
			continue;
		int column = column_of(cells[0], cells[1]);
		BUG_IF(column < 0);
		while (str_split(&cells[3], ';', &words)) {
			GROW(mem, l->cues, l->ncues, l->cap);
			l->cues[l->ncues] = (struct cue_row){ cells[0], cells[1], str_trim(words), column };
			phrases_add(&l->cue_words, str_trim(words), 0, (int)l->ncues++);
		}
	}
}

enum err labeller_rules(struct arena *mem, const struct gazetteer *extra, struct labeller **ret, struct fault *f)
{
	struct labeller *l = NEW(mem, struct labeller);
	struct gazetteer *own = NULL;
	l->cue_words = phrases_new(mem);
	cues_load(mem, l, label_cues_tsv());
	if (!extra)
		TRY(gazetteer_builtin(mem, &own, f));
	l->places = extra ? extra : own;
	*ret = l;
	return OK;
}

/* ---- reading an article ---------------------------------------------------------------------------- */

static bool negated(const struct tokens *t, size_t at)
{
	if (!at || t->v[at].broken)
		return false;
	const struct token *b = &t->v[at - 1];
	struct str w = str_sub(t->nfc, b->from, b->to);
	return str_eq(w, S("chưa")) || str_eq(w, S("không")) || str_eq(w, S("chẳng"));
}

static void cue_see(const struct labeller *l, struct reading *r, int field, size_t from, size_t to, int32_t phrase)
{
	const struct tokens *t = &r->fields[field];
	bool no = negated(t, from);
	for (int32_t i = phrase; i >= 0; i = l->cue_words.v[i].next) {
		int id = l->cue_words.v[i].id;
		features_mark(&r->features, no ? 3 : 2, id);
		features_mark(&r->features, (no ? 40 : 20) + (unsigned)field, l->cues[id].column);
		if (no)
			continue;
		r->votes[l->cues[id].column] += field ? 1.0f : 2.0f;
		if (r->ncues < LABEL_HITS)
			r->cues[r->ncues++] = (struct cue_hit){ id, t->v[from].start, t->v[to - 1].end, field };
	}
}

static void cues_find(const struct labeller *l, struct reading *r, int field, size_t most)
{
	const struct tokens *t = &r->fields[field];
	for (size_t i = 0; i < MIN(t->n, most); i++)
		for (size_t k = i, state = 0; k < t->n && (k == i || !t->v[k].broken); k++) {
			int32_t next = phrases_step(&l->cue_words, (int32_t)state, t->v[k].hash);
			if (next < 0)
				break;
			if (l->cue_words.first[next] >= 0)
				cue_see(l, r, field, i, k + 1, l->cue_words.first[next]);
			state = (size_t)next;
		}
}

enum { LEAD_TOKENS = 160 };

void label_read(const struct labeller *l, struct arena *mem, const struct label_input *in, struct reading *r)
{
	struct str given[3] = { in->title, in->summary, in->text };
	for (int i = 0; i < 3; i++)
		r->fields[i] = tokens_of(mem, given[i]);
	int lead = r->fields[1].n ? 1 : 2;
	features_text(&r->features, &r->fields[0], true, LEAD_TOKENS);
	features_text(&r->features, &r->fields[lead], false, LEAD_TOKENS);
	cues_find(l, r, 0, LEAD_TOKENS);
	cues_find(l, r, lead, LEAD_TOKENS);
	r->nnames = gazetteer_find(l->places, mem, r->fields, 3, r->names, LABEL_HITS);
	for (size_t i = 0; i < r->nnames; i++)
		features_mark(&r->features, r->names[i].body ? 60 : 61, r->names[i].field == 0);
}
