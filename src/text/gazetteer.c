/*
 * gazetteer - reading the tables, and telling a place from a word or a person that is called the same.
 *
 * Built in: models/gazetteer/places.tsv and bodies.tsv. A bare commune name counts only when its province is named
 * in the article too, or when it has three syllables and is the only one; "xã X" counts when one unit is left.
 */
#include "text/gazetteer_find.h"

#include "base/map.h"
#include "text/label_data.h"

enum { PLACE_NOW, PLACE_FORMER, BODY };
enum { UNIT_NONE, UNIT_COMMUNE, UNIT_PROVINCE, PERSON };

struct gazetteer {
	struct arena *mem;
	struct gazetteer_row *rows;
	size_t n, cap;
	struct phrases names;
	struct map by_code, units; /* units: token hash to UNIT_ or PERSON */
};

/* ---- reading ------------------------------------------------------------------------------------- */

static const char *const unit_words[] = { "phường", "xã", "khu", "trấn", "quận", "huyện", "p", "x", "q" };
static const char *const province_words[] = { "tỉnh", "phố", "tp" };
static const char *const person_words[] = { "ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu", "nguyễn", "trần", "lê", "phạm",
	"hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đường" };

static void words_put(struct gazetteer *g, const char *const *words, size_t n, int64_t kind)
{
	for (size_t i = 0; i < n; i++) {
		struct tokens t = tokens_of(g->mem, str_z(words[i]));
		*map_at_int(&g->units, t.v[0].hash) = kind;
	}
}

static const char *const prefixes[] = { "Thành phố ", "thành phố ", "Tỉnh ", "tỉnh ", "Phường ", "phường ", "Xã ", "xã ", "Đặc khu ",
	"đặc khu ", "thị trấn ", "Thị trấn ", "quận ", "Quận ", "huyện ", "Huyện ", "thị xã ", "Thị xã " };

static struct str bare(struct str name)
{
	for (size_t i = 0; i < COUNT(prefixes); i++)
		if (str_starts(name, str_z(prefixes[i])))
			return str_sub(name, strlen(prefixes[i]), name.n);
	return name;
}

static void names_put(struct gazetteer *g, struct str list, int kind, size_t row)
{
	for (size_t i = 0; i < list.n; i++) {
		size_t from = i;
		while (i < list.n && list.p[i] != ';' && list.p[i] != '|')
			i++;
		struct str name = str_trim(str_sub(list, from, i));
		phrases_add(&g->names, kind == BODY ? name : bare(name), (unsigned)kind, (int)row);
	}
}

struct columns { int code, level, name, parent, former, as_of, aliases; };

static int *column_of(struct columns *c, struct str head)
{
	static const struct { struct str name; size_t at; } known[] = {
		{ S_INIT("code"), offsetof(struct columns, code) },       { S_INIT("id"), offsetof(struct columns, code) },
		{ S_INIT("level"), offsetof(struct columns, level) },     { S_INIT("name"), offsetof(struct columns, name) },
		{ S_INIT("parent"), offsetof(struct columns, parent) },   { S_INIT("former"), offsetof(struct columns, former) },
		{ S_INIT("as_of"), offsetof(struct columns, as_of) },     { S_INIT("aliases"), offsetof(struct columns, aliases) },
		{ S_INIT("abbreviations"), offsetof(struct columns, aliases) },
	};
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_eq(known[i].name, head))
			return (int *)((char *)c + known[i].at);
	return NULL;
}

static struct columns columns_read(struct str line)
{
	struct columns c = { -1, -1, -1, -1, -1, -1, -1 };
	struct str piece;
	for (int i = 0; str_split(&line, '\t', &piece); i++) {
		int *at = column_of(&c, str_trim(piece));
		if (at)
			*at = i;
	}
	return c;
}

static struct str cell(const struct str *cells, int n, int at)
{
	return at >= 0 && at < n ? str_trim(cells[at]) : S("");
}

static enum err row_add(struct gazetteer *g, const struct columns *c, struct str line, bool body, bool local)
{
	struct str cells[12];
	int n = 0;
	while (n < 12 && str_split(&line, '\t', &cells[n]))
		n++;
	struct gazetteer_row row = { cell(cells, n, c->code), cell(cells, n, c->name), cell(cells, n, c->parent), cell(cells, n, c->as_of),
		str_eq(cell(cells, n, c->level), S("province")), body, local };
	if (!row.code.n || !row.name.n)
		return ERR_INPUT;
	size_t at = g->n;
	GROW(g->mem, g->rows, g->n, g->cap);
	g->rows[g->n++] = row;
	*map_at(&g->by_code, row.code) = (int64_t)at + 1;
	names_put(g, row.name, body ? BODY : PLACE_NOW, at);
	names_put(g, cell(cells, n, c->aliases), body ? BODY : PLACE_NOW, at);
	names_put(g, cell(cells, n, c->former), PLACE_FORMER, at);
	return OK;
}

static enum err table_read(struct gazetteer *g, struct str tsv, bool body, bool local, struct fault *f)
{
	struct columns c = { 0 };
	bool head = false;
	struct str line;
	for (int number = 1; str_split(&tsv, '\n', &line); number++) {
		if (!str_trim(line).n || line.p[0] == '#')
			continue;
		if (!head) {
			c = columns_read(line);
			head = true;
			if (c.code < 0 || c.name < 0)
				return FAULT(f, ERR_INPUT, "gazetteer.head", "line %d: the header names no code and name", number);
		} else if (row_add(g, &c, line, body, local)) {
			return FAULT(f, ERR_INPUT, "gazetteer.row", "line %d: a row without code or name", number);
		}
	}
	return OK;
}

enum err gazetteer_load(struct arena *mem, struct str places_tsv, struct str bodies_tsv, struct gazetteer **ret, struct fault *f)
{
	struct gazetteer *g = NEW(mem, struct gazetteer);
	*g = (struct gazetteer){ .mem = mem, .names = phrases_new(mem), .by_code = map_new(mem), .units = map_new(mem) };
	words_put(g, unit_words, COUNT(unit_words), UNIT_COMMUNE);
	words_put(g, province_words, COUNT(province_words), UNIT_PROVINCE);
	words_put(g, person_words, COUNT(person_words), PERSON);
	TRY(table_read(g, label_places_tsv(), false, false, f));
	TRY(table_read(g, label_bodies_tsv(), true, false, f));
	TRY(table_read(g, places_tsv, false, true, f));
	TRY(table_read(g, bodies_tsv, true, true, f));
	*ret = g;
	return OK;
}

enum err gazetteer_builtin(struct arena *mem, struct gazetteer **ret, struct fault *f)
{
	return gazetteer_load(mem, S(""), S(""), ret, f);
}

bool gazetteer_name(const struct gazetteer *g, struct str code, struct str *ret_name)
{
	const int64_t *at = map_get(&g->by_code, code);
	if (at)
		*ret_name = g->rows[*at - 1].name;
	return at != NULL;
}

/* ---- finding ------------------------------------------------------------------------------------- */

struct candidate { int32_t phrase; int32_t from, to; int field; int unit; };

static bool all_upper(const struct token *v, int32_t from, int32_t to)
{
	for (int32_t i = from; i < to; i++)
		if (!v[i].upper)
			return false;
	return true;
}

static int unit_before(const struct gazetteer *g, const struct tokens *t, int32_t at)
{
	if (!at || t->v[at].broken)
		return UNIT_NONE;
	const int64_t *kind = map_get_int(&g->units, t->v[at - 1].hash);
	return kind ? (int)*kind : UNIT_NONE;
}

/* The longest phrase that begins at token `at`; its end, or `at` when there is none. */
static int32_t longest(const struct phrases *p, const struct tokens *t, int32_t at, int32_t *ret_phrase)
{
	int32_t end = at;
	for (int32_t i = at, state = 0; (size_t)i < t->n && (i == at || !t->v[i].broken); i++) {
		state = phrases_step(p, state, t->v[i].hash);
		if (state < 0)
			break;
		if (p->first[state] >= 0) {
			*ret_phrase = p->first[state];
			end = i + 1;
		}
	}
	return end;
}

enum { CANDIDATES = 256 };

static size_t candidates_of(const struct gazetteer *g, const struct tokens *t, int field, struct candidate *ret, size_t n)
{
	for (int32_t i = 0; (size_t)i < t->n && n < CANDIDATES;) {
		int32_t phrase = -1, end = t->v[i].upper ? longest(&g->names, t, i, &phrase) : i;
		if (end == i) {
			i++;
			continue;
		}
		ret[n++] = (struct candidate){ phrase, i, end, field, unit_before(g, t, i) };
		i = end;
	}
	return n;
}

struct named { struct str code[8]; size_t n; };

static bool is_named(const struct named *p, struct str code)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->code[i], code))
			return true;
	return false;
}

/* Whether this reading of the name may stand; communes need more than the name. */
static bool may_stand(const struct gazetteer_row *r, const struct candidate *c, const struct tokens *t, const struct named *provinces)
{
	if (r->body)
		return true;
	if (c->unit == PERSON || !all_upper(t->v, c->from, c->to))
		return false;
	if (r->province)
		return c->unit != UNIT_COMMUNE;
	if (c->unit == UNIT_COMMUNE)
		return true;
	return r->local || (c->to - c->from >= 2 && is_named(provinces, r->parent)) || c->to - c->from >= 3;
}

static const struct phrase *reading_of(const struct gazetteer *g, const struct candidate *c, const struct tokens *t, const struct named *named)
{
	const struct phrase *best = NULL;
	int best_rank = 0, ties = 0;
	for (int32_t i = c->phrase; i >= 0; i = g->names.v[i].next) {
		const struct phrase *p = &g->names.v[i];
		const struct gazetteer_row *r = &g->rows[p->id];
		if (!may_stand(r, c, t, named))
			continue;
		int rank = 1 + (p->kind == PLACE_NOW) + 2 * is_named(named, r->parent) + 8 * r->local + 16 * (r->province || r->body);
		ties = rank == best_rank && best && best->id != p->id ? ties + 1 : rank > best_rank ? 0 : ties;
		if (rank > best_rank) {
			best = p;
			best_rank = rank;
		}
	}
	return ties ? NULL : best;
}

static void provinces_of(const struct gazetteer *g, const struct candidate *c, size_t n, const struct tokens *fields, struct named *ret)
{
	for (size_t i = 0; i < n && ret->n < COUNT(ret->code); i++) {
		const struct phrase *p = reading_of(g, &c[i], &fields[c[i].field], &(struct named){ 0 });
		if (p && g->rows[p->id].province)
			ret->code[ret->n++] = g->rows[p->id].code;
		else if (p && g->rows[p->id].body && str_chr(g->rows[p->id].code, '-') > 0)
			ret->code[ret->n++] = str_sub(g->rows[p->id].code, (size_t)str_chr(g->rows[p->id].code, '-') + 1, g->rows[p->id].code.n);
	}
}

static bool has_code(const struct gazetteer_hit *hits, size_t n, const struct gazetteer_row *row)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].row == row)
			return true;
	return false;
}

size_t gazetteer_find(const struct gazetteer *g, struct arena *scratch, const struct tokens *fields, int nfields,
                      struct gazetteer_hit *ret, size_t most)
{
	struct candidate *c = NEW_ARRAY(scratch, struct candidate, CANDIDATES);
	struct named named = { 0 };
	size_t n = 0, hits = 0;
	for (int f = 0; f < nfields; f++)
		n = candidates_of(g, &fields[f], f, c, n);
	provinces_of(g, c, n, fields, &named);
	for (size_t i = 0; i < n && hits < most; i++) {
		const struct tokens *t = &fields[c[i].field];
		const struct phrase *p = reading_of(g, &c[i], t, &named);
		if (!p || has_code(ret, hits, &g->rows[p->id]))
			continue;
		const struct gazetteer_row *row = &g->rows[p->id];
		const struct token *a = &t->v[c[i].from], *z = &t->v[c[i].to - 1];
		bool former = p->kind == PLACE_FORMER;
		ret[hits++] = (struct gazetteer_hit){ row, former ? str_sub(t->nfc, a->from, z->to) : row->name,
			former && str_eq(row->as_of, S("2025-07-01")) ? S("2025-06-30") : row->as_of, a->start, z->end, c[i].field, row->body };
	}
	return hits;
}
