/*
 * phrase - cutting into tokens, and the hash trie. See phrase.h.
 */
#include "text/phrase.h"

#include "text/viet.h"

struct phrase_edge {
	uint64_t token; /* 0: empty */
	int32_t state, to;
};

/* ---- tokens ------------------------------------------------------------------------------------- */

static bool is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	return viet_letter(cp)->lower || (cp >= 0x100 && cp < 0x2000 && cp != 0x37e) || (cp >= 0x2c00 && cp < 0xfff0 && (cp < 0x2e00 || cp > 0x303f));
}

static bool is_break(uint32_t cp)
{
	return cp == ',' || cp == ';' || cp == ':' || cp == '?' || cp == '!' || cp == '(' || cp == ')' || cp == '"' || cp == 0x201c ||
	       cp == 0x201d || cp == '\n';
}

/* A full stop ends something only when a space follows a word longer than two letters ("TP. Huế" goes on). */
static bool is_stop(uint32_t cp, const struct tokens *t)
{
	return (cp == '.' || cp == 0x2026) && t->n && t->v[t->n - 1].end - t->v[t->n - 1].start > 2;
}

static bool is_upper(uint32_t cp)
{
	return (cp >= 'A' && cp <= 'Z') || (cp >= 0x80 && viet_letter(cp)->upper);
}

static uint64_t token_hash(struct str key)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 0x100000001b3u;
	return hash_mix(h) | 1;
}

/* Keys have the code points of the text, one for one, but for a few letters of other languages: those texts are
 * then compared as written. */
static struct str key_beside(struct arena *a, struct str nfc)
{
	struct str key = viet_key(a, nfc);
	return utf8_count(key) == utf8_count(nfc) ? key : nfc;
}

static void token_see(struct token *t, uint32_t cp)
{
	bool up = is_upper(cp);
	t->upper |= t->from == t->to && (up || (cp >= '0' && cp <= '9'));
	t->caps = (t->from == t->to || t->caps) && up;
}

struct tokens tokens_of(struct arena *a, struct str text)
{
	struct tokens ret = { .nfc = viet_nfc(a, text) };
	struct str key = key_beside(a, ret.nfc), raw = ret.nfc;
	const char *raw_from = raw.p, *key_start = key.p;
	ret.v = NEW_ARRAY(a, struct token, MIN(ret.nfc.n / 2 + 2, (size_t)TOKENS_MOST));
	size_t most = MIN(ret.nfc.n / 2 + 2, (size_t)TOKENS_MOST);
	bool inside = false, broken = false;
	int32_t at = 0;
	struct token *t = NULL;
	for (uint32_t cp, low; ret.n <= most; at++) {
		const char *raw_here = raw.p, *key_here = key.p;
		bool more = utf8_next(&raw, &cp);
		more &= utf8_next(&key, &low);
		bool word = more && is_word(cp);
		if (inside && !word)
			t->hash = token_hash((struct str){ key_start, (size_t)(key_here - key_start) });
		if (!more)
			break;
		if (word && !inside) {
			if (ret.n == most)
				break;
			t = &ret.v[ret.n++];
			t->start = at;
			t->from = t->to = (uint32_t)(raw_here - raw_from);
			t->broken = broken;
			key_start = key_here;
			broken = false;
		}
		if (word) {
			token_see(t, cp);
			t->to = (uint32_t)(raw.p - raw_from);
			t->end = at + 1;
		} else {
			broken |= is_break(cp) || is_stop(cp, &ret);
		}
		inside = word;
	}
	return ret;
}

/* ---- the trie ------------------------------------------------------------------------------------ */

static uint64_t edge_hash(int32_t state, uint64_t token)
{
	return hash_mix(token ^ ((uint64_t)(uint32_t)state * 0x9e3779b97f4a7c15u));
}

static struct phrase_edge *edge_place(struct phrase_edge *edges, size_t cap, int32_t state, uint64_t token)
{
	size_t i = edge_hash(state, token) & (cap - 1);
	while (edges[i].token && (edges[i].token != token || edges[i].state != state))
		i = (i + 1) & (cap - 1);
	return &edges[i];
}

static int32_t state_new(struct phrases *p)
{
	GROW(p->mem, p->first, p->nstates, p->state_cap);
	p->first[p->nstates] = -1;
	return (int32_t)p->nstates++;
}

struct phrases phrases_new(struct arena *mem)
{
	struct phrases p = { .mem = mem, .edge_cap = 1024 };
	p.edges = NEW_ARRAY(mem, struct phrase_edge, p.edge_cap);
	state_new(&p);
	return p;
}

static void edges_grow(struct phrases *p)
{
	size_t cap = p->edge_cap * 2;
	struct phrase_edge *edges = NEW_ARRAY(p->mem, struct phrase_edge, cap);
	for (size_t i = 0; i < p->edge_cap; i++)
		if (p->edges[i].token)
			*edge_place(edges, cap, p->edges[i].state, p->edges[i].token) = p->edges[i];
	p->edges = edges;
	p->edge_cap = cap;
}

static int32_t step_made(struct phrases *p, int32_t state, uint64_t token)
{
	if (p->nedges * 2 >= p->edge_cap)
		edges_grow(p);
	struct phrase_edge *e = edge_place(p->edges, p->edge_cap, state, token);
	if (!e->token) {
		*e = (struct phrase_edge){ token, state, state_new(p) };
		p->nedges++;
	}
	return e->to;
}

int32_t phrases_step(const struct phrases *p, int32_t state, uint64_t token)
{
	const struct phrase_edge *e = edge_place(p->edges, p->edge_cap, state, token);
	return e->token ? e->to : -1;
}

void phrases_add(struct phrases *p, struct str words, unsigned kind, int id)
{
	struct arena mem = { 0 };
	struct tokens t = tokens_of(&mem, words);
	int32_t state = 0;
	for (size_t i = 0; i < t.n; i++)
		state = step_made(p, state, t.v[i].hash);
	if (state) {
		GROW(p->mem, p->v, p->n, p->cap);
		p->v[p->n] = (struct phrase){ id, p->first[state], (uint16_t)kind };
		p->first[state] = (int32_t)p->n++;
	}
	arena_done(&mem);
}
