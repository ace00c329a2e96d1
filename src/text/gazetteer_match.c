/*
 * gazetteer_match - where a text names places and bodies.
 *
 * The longest name wins. A province is known by its name alone; a commune needs the word of its level before it,
 * or its province in the same article, or a local table, and its name must lead to one unit only. A name after
 * "ông", "bà" or a family name is a person's and is passed over: no person is ever looked for.
 */
#include "text/gazetteer_inner.h"

struct finder {
	const struct gazetteer *g;
	const struct label_token *t;
	size_t n;
	struct mentions out;
	struct arena *mem;
	uint8_t *seen;     /* by unit: a province named in the article */
	bool in_local;     /* the name just taken is a local body's: communes may stand inside it */
};

/* ---- words that decide -------------------------------------------------------------------------------------- */

static bool is_among(const struct name_words *w, const struct label_token *t)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i] == t->hash)
			return true;
	return false;
}

static bool holds_together(const struct label_token *t, enum label_gap most)
{
	return t->gap <= most;
}

/* The token before, when nothing but space or a tight sign stands between. */
static const struct label_token *before(const struct finder *f, size_t i)
{
	return i && f->t[i].field == f->t[i - 1].field && holds_together(&f->t[i], GAP_SPACE) ? &f->t[i - 1] : NULL;
}

static bool is_persons(const struct finder *f, size_t i)
{
	const struct label_token *one = before(f, i);
	if (!one || is_among(&f->g->levels, one))
		return false;
	if (is_among(&f->g->titles, one) || (one->capital && is_among(&f->g->families, one)))
		return true;
	const struct label_token *two = one->capital ? before(f, i - 1) : NULL;
	return two && two->capital && is_among(&f->g->families, two);
}

static bool has_head(const struct finder *f, size_t i)
{
	const struct label_token *one = before(f, i);
	return one && is_among(&f->g->levels, one);
}

/* "xã", "phường" before a name: no province, whatever else is called so; "thị xã" is another thing. */
static bool has_commune_head(const struct finder *f, size_t i)
{
	const struct label_token *one = before(f, i), *two = one ? before(f, i - 1) : NULL;
	return one && is_among(&f->g->commune_levels, one) && !(two && is_among(&f->g->town_words, two));
}

static bool is_street(const struct finder *f, size_t i)
{
	const struct label_token *one = before(f, i);
	return one && is_among(&f->g->streets, one) && !has_head(f, i);
}

/* ---- the longest names from a word on ------------------------------------------------------------------------ */

struct longest { uint32_t place, body, foreign; size_t place_end, body_end, foreign_end; };

static struct longest names_from(const struct finder *f, size_t i)
{
	struct longest l = { 0 };
	uint32_t node = TRIE_ROOT;
	bool capitals = true, shouted = true, commas = false;
	for (size_t k = i; k < f->n && k < i + NAME_WORDS; k++) {
		const struct label_token *t = &f->t[k];
		if (k > i && (t->field != f->t[i].field || !holds_together(t, GAP_COMMA)))
			break;
		commas = commas || (k > i && t->gap == GAP_COMMA);
		capitals = capitals && (t->capital || t->number);
		shouted = shouted && (t->shouted || t->number);
		node = name_trie_step(&f->g->trie, node, t->hash);
		if (!node)
			break;
		const struct node_names *at = &f->g->at[node];
		if (at->units && capitals && !commas)
			l.place = node, l.place_end = k + 1;
		if (at->foreign && capitals && !commas)
			l.foreign = node, l.foreign_end = k + 1;
		if ((at->body || at->local_body) && (!at->shouted || shouted))
			l.body = node, l.body_end = k + 1;
	}
	return l;
}

static void mention_add(struct finder *f, size_t start, size_t end, enum mention_kind kind, uint32_t of)
{
	GROW(f->mem, f->out.v, f->out.n, f->out.cap);
	f->out.v[f->out.n++] = (struct mention){ (uint32_t)start, (uint32_t)end, of, (uint8_t)kind };
}

/* ---- provinces, bodies, foreign names -------------------------------------------------------------------------- */

static uint32_t province_of(const struct finder *f, uint32_t node, bool head)
{
	for (uint32_t k = f->g->at[node].units; k; k = f->g->named[k].next) {
		const struct named *n = &f->g->named[k];
		if (f->g->units[n->unit].province && (head || !n->needs_head))
			return n->unit;
	}
	return 0;
}

/* The local body, unless the name of another province follows; 0 when it is nobody's. */
static uint32_t body_of(const struct finder *f, const struct longest *l)
{
	const struct node_names *at = &f->g->at[l->body];
	if (!at->local_body)
		return at->body;
	size_t k = l->body_end;
	while (k < f->n && k < l->body_end + 2 && before(f, k) && is_among(&f->g->levels, &f->t[k]))
		k++;
	if (k < f->n && before(f, k)) {
		struct longest next = names_from(f, k);
		uint32_t unit = next.place ? province_of(f, next.place, true) : 0;
		if (unit && !f->g->units[unit].local)
			return at->body;
	}
	return at->local_body;
}

static bool foreign_follows(const struct finder *f, size_t end)
{
	return end < f->n && before(f, end) && names_from(f, end).foreign;
}

static size_t take_place(struct finder *f, size_t i, const struct longest *l)
{
	bool head = has_head(f, i);
	uint32_t unit = province_of(f, l->place, head);
	if (!unit || is_persons(f, i) || is_street(f, i) || has_commune_head(f, i))
		return 0;
	f->seen[unit] = 1;
	mention_add(f, i, l->place_end, MENTION_PLACE, unit);
	return l->place_end;
}

/* A single word between capitals ("Phú Mỹ Hưng") is part of another name. */
static bool is_foreign(const struct finder *f, size_t i, const struct longest *l)
{
	if (l->foreign_end > i + 1)
		return true;
	const struct label_token *one = before(f, i);
	bool left = one && one->capital && !is_among(&f->g->levels, one) && before(f, i - 1);
	return !(left && l->foreign_end < f->n && before(f, l->foreign_end) && f->t[l->foreign_end].capital);
}

/* A local body's name holds the names of its places. */
static void take_inner_places(struct finder *f, size_t i, size_t end)
{
	for (size_t k = i + 1; k < end; k++) {
		struct longest l = names_from(f, k);
		if (l.place && l.place_end <= end)
			take_place(f, k, &l);
	}
}

static size_t take_first(struct finder *f, size_t i)
{
	struct longest l = names_from(f, i);
	size_t end = 0;
	f->in_local = false;
	if (l.body && l.body_end >= l.place_end && !foreign_follows(f, l.body_end)) {
		uint32_t body = body_of(f, &l);
		if (body) {
			mention_add(f, i, l.body_end, MENTION_BODY, body);
			end = l.body_end;
			f->in_local = f->g->bodies[body].local;
			if (f->in_local)
				take_inner_places(f, i, end);
		}
	} else if (l.place && l.place_end >= l.foreign_end) {
		end = take_place(f, i, &l);
	}
	if (!end && l.foreign && l.foreign_end > l.place_end && is_foreign(f, i, &l)) {
		mention_add(f, i, l.foreign_end, MENTION_FOREIGN, 0);
		end = l.foreign_end;
	}
	return end;
}

/* ---- communes -------------------------------------------------------------------------------------------------- */

struct choice { uint32_t unit; unsigned n; };

static void choose(struct choice *c, uint32_t unit)
{
	if (c->unit != unit)
		*c = (struct choice){ unit, c->n + 1 };
}

/* The one unit that has the name, now or formerly, or 0: of a province named here, then local, then the only one.
 * `level`: only units with this word before their name; 0: any. */
static uint32_t unit_called(const struct finder *f, uint32_t node, bool head, bool former, uint64_t level)
{
	struct choice local = { 0 }, near = { 0 }, any = { 0 };
	for (uint32_t k = f->g->at[node].units; k; k = f->g->named[k].next) {
		const struct named *n = &f->g->named[k];
		const struct unit *u = &f->g->units[n->unit];
		if (u->province || n->former != former || (level && u->level != level))
			continue;
		choose(&any, n->unit);
		if (u->local)
			choose(&local, n->unit);
		if (f->seen[u->parent])
			choose(&near, n->unit);
	}
	if (near.n == 1)
		return near.unit;
	if (local.n == 1 && (head || any.n == 1))
		return local.unit;
	return head && any.n == 1 ? any.unit : 0;
}

/* `one`: the word of the level before the name, or NULL. "P" and "X" stand for any level. */
static uint32_t commune_of(const struct finder *f, uint32_t node, const struct label_token *one)
{
	uint32_t unit = one ? unit_called(f, node, true, false, one->hash) : 0;
	unit = unit ? unit : unit_called(f, node, one, false, 0);
	return unit || !one ? unit : unit_called(f, node, true, true, 0);
}

static void take_commune(struct finder *f, size_t i)
{
	struct longest l = names_from(f, i);
	if (!l.place || is_persons(f, i))
		return;
	bool head = has_head(f, i), follows = l.place_end < f->n && before(f, l.place_end) && f->t[l.place_end].capital;
	const struct label_token *one = before(f, i);
	if (!head && (l.place_end - i < 2 || follows || is_street(f, i) || (one && one->capital)))
		return;
	uint32_t unit = commune_of(f, l.place, head ? one : NULL);
	if (unit)
		mention_add(f, i, l.place_end, MENTION_PLACE, unit);
}

static void sort_by_start(struct mentions *m)
{
	for (size_t i = 1; i < m->n; i++)
		for (size_t k = i; k && m->v[k - 1].start > m->v[k].start; k--) {
			struct mention keep = m->v[k];
			m->v[k] = m->v[k - 1];
			m->v[k - 1] = keep;
		}
}

struct mentions gazetteer_find(const struct gazetteer *g, struct arena *mem, const struct label_text *text)
{
	struct finder f = { g, text->t, text->n, { 0 }, mem, NEW_ARRAY(mem, uint8_t, g->nunits) };
	uint8_t *taken = NEW_ARRAY(mem, uint8_t, text->n + 1);
	for (size_t i = 0, end; i < f.n; i = MAX(end, i + 1)) {
		end = take_first(&f, i);
		for (size_t k = i; k < end && !f.in_local; k++)
			taken[k] = 1;
	}
	f.seen[0] = 0;
	for (size_t i = 0; i < f.n; i++)
		if (!taken[i] && f.t[i].capital)
			take_commune(&f, i);
	sort_by_start(&f.out);
	return f.out;
}
