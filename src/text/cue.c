/*
 * cue - patterns compiled into paths of word hashes, and found.
 *
 * "*" and "@body" are steps of the path like words are, under hashes no word has (a word's is odd). Where several
 * ways through a text fit one row from one start, the longest is kept. A negation up to two words before turns
 * good into bad and favourable into unfavourable; "không ô nhiễm" is no good news, so what was bad is dropped.
 */
#include "text/cue.h"

enum { STEP_ANY = 2, STEP_BODY = 4, ANY_MOST = 4, HITS_MOST = 400, PATTERN_WORDS = 12 };

struct leaf { uint16_t row; uint32_t next; };

struct cue_book {
	struct name_trie patterns, negations, offices;
	uint32_t *leaf_at; /* by node of patterns: its first leaf, 0 none */
	bool *is_negation, *is_office; /* by node */
	struct leaf *leaves;
	size_t nleaves, leaves_cap, at_cap;
};

/* ---- compiled ------------------------------------------------------------------------------------------------ */

static uint32_t path_make(struct name_trie *t, struct str pattern)
{
	struct arena scratch = { 0 };
	uint32_t node = TRIE_ROOT;
	struct str word;
	uint64_t hash[PATTERN_WORDS];
	while (str_split(&pattern, ' ', &word)) {
		if (str_eq(word, S("*"))) {
			node = name_trie_make(t, node, STEP_ANY);
		} else if (str_eq(word, S("@body"))) {
			node = name_trie_make(t, node, STEP_BODY);
		} else {
			size_t n = name_hashes(&scratch, word, hash, PATTERN_WORDS);
			for (size_t i = 0; i < n; i++)
				node = name_trie_make(t, node, hash[i]);
		}
	}
	arena_done(&scratch);
	return node;
}

static void leaf_add(struct cue_book *b, struct arena *mem, uint32_t node, size_t row)
{
	if (node >= b->at_cap) {
		size_t cap = MAX(b->at_cap * 2, (size_t)node + 1024);
		uint32_t *wider = NEW_ARRAY(mem, uint32_t, cap);
		if (b->at_cap)
			memcpy(wider, b->leaf_at, b->at_cap * sizeof *wider);
		b->leaf_at = wider;
		b->at_cap = cap;
	}
	GROW(mem, b->leaves, b->nleaves, b->leaves_cap);
	b->leaves[b->nleaves] = (struct leaf){ (uint16_t)row, b->leaf_at[node] };
	b->leaf_at[node] = (uint32_t)b->nleaves++;
}

/* A list of words by | in a trie of its own; *ret_is says by node which end one. */
static struct name_trie list_of(struct arena *mem, const char *all, bool **ret_is)
{
	struct name_trie t = name_trie_new(mem);
	struct str rest = str_z(all), one;
	while (str_split(&rest, '|', &one))
		path_make(&t, one);
	bool *is = NEW_ARRAY(mem, bool, t.nodes + 1);
	rest = str_z(all);
	while (str_split(&rest, '|', &one))
		is[path_make(&t, one)] = true;
	*ret_is = is;
	return t;
}

struct cue_book *cue_book_new(struct arena *mem)
{
	struct cue_book *b = NEW(mem, struct cue_book);
	b->patterns = name_trie_new(mem);
	GROW(mem, b->leaves, b->nleaves, b->leaves_cap);
	b->nleaves = 1;
	for (size_t r = 0; r < cue_rows_n; r++) {
		struct str rest = str_z(cue_rows[r].patterns), one;
		while (str_split(&rest, '|', &one))
			leaf_add(b, mem, path_make(&b->patterns, one), r);
	}
	b->negations = list_of(mem, cue_negations, &b->is_negation);
	b->offices = list_of(mem, cue_offices, &b->is_office);
	return b;
}

/* ---- found ---------------------------------------------------------------------------------------------------- */

struct search {
	const struct cue_book *b;
	const struct label_token *t;
	size_t n;
	uint32_t *body_end; /* by token: where a body or office that begins here ends; 0 none */
	struct arena *mem;
	struct cue_hits out;
	size_t start, first; /* of the walk; its first hit */
};

static bool goes_on(const struct search *s, size_t k)
{
	return k < s->n && s->t[k].field == s->t[s->start].field && (k == s->start || s->t[k].gap != GAP_BREAK);
}

static void hit_add(struct search *s, size_t end, uint16_t row)
{
	for (size_t i = s->first; i < s->out.n; i++)
		if (s->out.v[i].row == row) {
			s->out.v[i].end = MAX(s->out.v[i].end, (uint32_t)end);
			return;
		}
	if (s->out.n >= HITS_MOST)
		return;
	GROW(s->mem, s->out.v, s->out.n, s->out.cap);
	s->out.v[s->out.n++] = (struct cue_hit){ (uint32_t)s->start, (uint32_t)end, row, cue_rows[row].answer, false, false };
}

static void walk(struct search *s, uint32_t node, size_t k)
{
	if (node < s->b->at_cap)
		for (uint32_t l = s->b->leaf_at[node]; l; l = s->b->leaves[l].next)
			hit_add(s, k, s->b->leaves[l].row);
	if (!goes_on(s, k))
		return;
	uint32_t word = name_trie_step(&s->b->patterns, node, s->t[k].hash);
	if (word)
		walk(s, word, k + 1);
	uint32_t body = s->body_end[k] ? name_trie_step(&s->b->patterns, node, STEP_BODY) : 0;
	if (body)
		walk(s, body, s->body_end[k]);
	uint32_t any = node == TRIE_ROOT ? 0 : name_trie_step(&s->b->patterns, node, STEP_ANY);
	for (size_t skip = 0; any && skip <= ANY_MOST && goes_on(s, k + skip); skip++)
		walk(s, any, k + skip);
}

/* How many words from k on are one of the list, 0: none. */
static size_t listed(const struct name_trie *t, const bool *is, const struct search *s, size_t k)
{
	size_t found = 0, from = k;
	for (uint32_t node = TRIE_ROOT; k < s->n && (k == from || s->t[k].gap <= GAP_SPACE); k++) {
		node = name_trie_step(t, node, s->t[k].hash);
		if (!node)
			break;
		if (is[node])
			found = k + 1 - from;
	}
	return found;
}

static void bodies_mark(struct search *s, const struct mentions *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].kind == MENTION_BODY && m->v[i].end <= s->n)
			s->body_end[m->v[i].start] = m->v[i].end;
	for (size_t i = 0; i < m->n; i++) /* the place that stands after a body belongs to it */
		if (m->v[i].kind == MENTION_PLACE && i && m->v[i - 1].kind == MENTION_BODY && m->v[i].end <= s->n &&
			m->v[i].start <= m->v[i - 1].end + 2)
			s->body_end[m->v[i - 1].start] = m->v[i].end;
	for (size_t k = 0; k < s->n; k++)
		if (!s->body_end[k]) {
			size_t n = listed(&s->b->offices, s->b->is_office, s, k);
			s->body_end[k] = n ? (uint32_t)(k + n) : 0;
		}
}

static bool is_negated(const struct search *s, const struct cue_hit *h)
{
	for (size_t back = 1; back <= 3 && back <= h->start; back++) {
		size_t k = h->start - back;
		if (s->t[k].field != s->t[h->start].field || s->t[k + 1].gap >= GAP_COMMA)
			return false;
		size_t n = listed(&s->b->negations, s->b->is_negation, s, k);
		if (n && k + n <= h->start && k + n + 1 >= h->start)
			return true;
	}
	return false;
}

static void turn(struct cue_hit *h)
{
	h->negated = true;
	h->answer = h->answer == CUE_GOOD ? CUE_BAD : h->answer == CUE_FAVOURABLE ? CUE_UNFAVOURABLE : h->answer;
	h->dropped = cue_rows[h->row].answer == CUE_BAD || cue_rows[h->row].answer == CUE_UNFAVOURABLE;
}

/* Takes away what an everyday word holds by chance, and the everyday words. */
static void drop_chances(struct cue_hits *all)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->n; i++) {
		struct cue_hit h = all->v[i];
		bool chance = h.answer == CUE_NOTHING;
		for (size_t k = 0; k < all->n && !chance; k++)
			chance = cue_rows[all->v[k].row].answer == CUE_NOTHING && all->v[k].start <= h.start && all->v[k].end >= h.end &&
				all->v[k].end - all->v[k].start > h.end - h.start;
		all->v[i].dropped = all->v[i].dropped || chance;
	}
	for (size_t i = 0; i < all->n; i++)
		if (!all->v[i].dropped)
			all->v[kept++] = all->v[i];
	all->n = kept;
}

struct cue_hits cue_find(const struct cue_book *b, struct arena *mem, const struct label_text *text, const struct mentions *m, size_t most)
{
	struct search s = { .b = b, .t = text->t, .n = MIN(text->n, most), .mem = mem };
	s.body_end = NEW_ARRAY(mem, uint32_t, s.n + 1);
	bodies_mark(&s, m);
	for (size_t i = 0; i < s.n; i++) {
		s.start = i;
		s.first = s.out.n;
		walk(&s, TRIE_ROOT, i);
	}
	for (size_t i = 0; i < s.out.n; i++)
		if (s.out.v[i].answer < CUE_PUBLIC && is_negated(&s, &s.out.v[i]))
			turn(&s.out.v[i]);
	drop_chances(&s.out);
	return s.out;
}
