/*
 * gazetteer - tables of places and bodies read into names.
 *
 * The tables are files of models/gazetteer, built in. Names are kept without the word of their level ("Phường Ba
 * Đình" is found by "Ba Đình" with "phường" before it); names of foreign countries are here only to be told apart.
 */
#include "text/gazetteer_inner.h"

#include "text/viet.h"

size_t name_hashes(struct arena *mem, struct str name, uint64_t *hashes, size_t most)
{
	struct str field[FIELDS] = { viet_nfc(mem, name), S(""), S("") };
	struct label_text text = label_text_of(mem, field);
	size_t n = MIN(text.n, most);
	for (size_t i = 0; i < n; i++)
		hashes[i] = text.t[i].hash;
	return n;
}

/* ---- a table: tab-separated, columns by name ----------------------------------------------------------- */

enum { COLUMNS = 6 };

struct table {
	struct str rest;
	const char *const *want; /* COLUMNS names, NULL for none */
	int column[COLUMNS];     /* where each stands; -1: nowhere */
	int line;
	struct str cell[COLUMNS];
};

static bool line_take(struct table *t, struct str *ret)
{
	while (str_split(&t->rest, '\n', ret)) {
		t->line++;
		if (ret->n && ret->p[ret->n - 1] == '\r')
			ret->n--;
		if (str_trim(*ret).n && ret->p[0] != '#')
			return true;
	}
	return false;
}

static bool table_open(struct table *t, struct str tsv, const char *const *want)
{
	struct str line, cell;
	*t = (struct table){ .rest = tsv, .want = want };
	if (str_starts(t->rest, S("\xEF\xBB\xBF")))
		t->rest = str_sub(t->rest, 3, t->rest.n);
	for (int k = 0; k < COLUMNS; k++)
		t->column[k] = -1;
	if (!line_take(t, &line))
		return false;
	for (int c = 0; str_split(&line, '\t', &cell); c++)
		for (int k = 0; k < COLUMNS; k++)
			if (want[k] && t->column[k] < 0 && str_eq_nocase(str_trim(cell), str_z(want[k])))
				t->column[k] = c;
	return true;
}

static bool table_next(struct table *t)
{
	struct str line, cell;
	if (!line_take(t, &line))
		return false;
	for (int k = 0; k < COLUMNS; k++)
		t->cell[k] = S("");
	for (int c = 0; str_split(&line, '\t', &cell); c++)
		for (int k = 0; k < COLUMNS; k++)
			if (t->column[k] == c)
				t->cell[k] = str_trim(cell);
	return true;
}

/* ---- names ---------------------------------------------------------------------------------------------- */

static struct node_names *at_node(struct gazetteer *g, uint32_t node)
{
	if (node >= g->at_cap) {
		size_t cap = MAX(g->at_cap * 2, (size_t)1024);
		struct node_names *wider = NEW_ARRAY(g->mem, struct node_names, MAX(cap, (size_t)node + 1));
		if (g->at_cap)
			memcpy(wider, g->at, g->at_cap * sizeof *wider);
		g->at = wider;
		g->at_cap = MAX(cap, (size_t)node + 1);
	}
	return &g->at[node];
}

static struct node_names *name_add(struct gazetteer *g, struct str name)
{
	uint64_t hash[NAME_WORDS];
	struct arena scratch = { 0 };
	size_t n = name_hashes(&scratch, name, hash, NAME_WORDS);
	arena_done(&scratch);
	uint32_t node = TRIE_ROOT;
	for (size_t i = 0; i < n; i++)
		node = name_trie_make(&g->trie, node, hash[i]);
	return n ? at_node(g, node) : NULL;
}

/* Without the word of its level in front; *ret_head says there was one. */
static struct str core_of(struct str name, bool *ret_head)
{
	static const struct str heads[] = { S_INIT("Tỉnh "), S_INIT("tỉnh "), S_INIT("Thành phố "), S_INIT("thành phố "),
		S_INIT("Phường "), S_INIT("phường "), S_INIT("Xã "), S_INIT("xã "), S_INIT("Thị trấn "), S_INIT("thị trấn "),
		S_INIT("Đặc khu "), S_INIT("đặc khu "), S_INIT("Thị xã "), S_INIT("thị xã ") };
	*ret_head = false;
	for (size_t i = 0; i < COUNT(heads); i++)
		if (str_starts(name, heads[i])) {
			*ret_head = true;
			return str_trim(str_sub(name, heads[i].n, name.n));
		}
	return name;
}

static void unit_name_add(struct gazetteer *g, uint32_t unit, struct str name, bool former)
{
	bool head;
	struct str core = core_of(name, &head);
	struct node_names *at = name_add(g, core);
	if (!at)
		return;
	const struct unit *u = &g->units[unit];
	bool lonely = u->province && u->local && str_chr(core, ' ') < 0;
	GROW(g->mem, g->named, g->nnamed, g->named_cap);
	g->named[g->nnamed] = (struct named){ unit, at->units, former, lonely || str_eq(core, S("Hồ Chí Minh")) };
	at->units = (uint32_t)g->nnamed++;
}

static bool is_shouted(struct str name)
{
	size_t letters = 0;
	for (uint32_t cp; utf8_next(&name, &cp);) {
		const struct letter *l = viet_letter(cp);
		if (l->lower && !l->upper)
			return false;
		letters += l->lower != 0;
	}
	return letters > 0;
}

static void body_name_add(struct gazetteer *g, uint32_t body, struct str name)
{
	struct node_names *at = name_add(g, name);
	if (!at)
		return;
	uint32_t *place = g->bodies[body].local ? &at->local_body : &at->body;
	if (!*place)
		*place = body;
	at->shouted = is_shouted(name);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static uint64_t level_of(struct str name)
{
	uint64_t hash = 0;
	struct arena scratch = { 0 };
	name_hashes(&scratch, name, &hash, 1);
	arena_done(&scratch);
	return hash;
}

static enum err unit_add(struct gazetteer *g, const struct table *t, bool local, struct fault *f)
{
	const struct str *c = t->cell;
	bool province = str_eq(c[1], S("province"));
	if (!c[0].n || !c[2].n || (!province && !str_eq(c[1], S("commune"))))
		return FAULT(f, ERR_INPUT, "gazetteer.row", "places, line %d: needs code, level province or commune, name", t->line);
	int64_t *known = map_at(&g->by_code, c[0]);
	if (*known && (*known < 0 || g->units[*known].local == local))
		return FAULT(f, ERR_INPUT, "gazetteer.twice", "places, line %d: code %.*s stands twice", t->line, FMT(c[0]));
	if (!*known) {
		GROW(g->mem, g->units, g->nunits, g->units_cap);
		*known = (int64_t)g->nunits++;
	}
	uint32_t unit = (uint32_t)*known; /* a local row for a built-in code takes its place */
	g->units[unit] = (struct unit){ c[0], c[2], c[3], c[5], level_of(c[2]), 0, province, local };
	unit_name_add(g, unit, c[2], false);
	struct str former = c[4], name;
	while (str_split(&former, ';', &name))
		unit_name_add(g, unit, str_trim(name), true);
	return OK;
}

static enum err places_add(struct gazetteer *g, struct str tsv, bool local, struct fault *f)
{
	static const char *const want[COLUMNS] = { "code", "level", "name", "parent", "former", "as_of" };
	struct table t;
	if (!table_open(&t, tsv, want))
		return OK;
	if (t.column[0] < 0 || t.column[1] < 0 || t.column[2] < 0)
		return FAULT(f, ERR_INPUT, "gazetteer.header", "places: the header line needs code, level and name");
	while (table_next(&t))
		TRY(unit_add(g, &t, local, f));
	for (size_t i = 1; i < g->nunits; i++) {
		const int64_t *parent = map_get(&g->by_code, g->units[i].parent_code);
		g->units[i].parent = parent && *parent > 0 ? (uint32_t)*parent : 0;
	}
	return OK;
}

static enum err body_add(struct gazetteer *g, const struct table *t, bool local, struct fault *f)
{
	const struct str *c = t->cell;
	struct str id = c[0].n ? c[0] : c[1];
	if (!id.n || !c[2].n)
		return FAULT(f, ERR_INPUT, "gazetteer.row", "bodies, line %d: needs id and name", t->line);
	int64_t *known = map_at(&g->by_code, id);
	if (*known > 0 || (*known && g->bodies[-*known].local == local))
		return FAULT(f, ERR_INPUT, "gazetteer.twice", "bodies, line %d: id %.*s stands twice", t->line, FMT(id));
	if (!*known) {
		GROW(g->mem, g->bodies, g->nbodies, g->bodies_cap);
		*known = -(int64_t)g->nbodies++;
	}
	uint32_t body = (uint32_t)-*known;
	g->bodies[body] = (struct body){ id, c[2], local };
	body_name_add(g, body, c[2]);
	struct str all = c[3], piece, name;
	while (str_split(&all, '|', &piece))
		while (str_split(&piece, ';', &name))
			body_name_add(g, body, str_trim(name));
	return OK;
}

static enum err bodies_add(struct gazetteer *g, struct str tsv, bool local, struct fault *f)
{
	static const char *const want[COLUMNS] = { "id", "code", "name", "abbreviations" };
	struct table t;
	if (!table_open(&t, tsv, want))
		return OK;
	if ((t.column[0] < 0 && t.column[1] < 0) || t.column[2] < 0)
		return FAULT(f, ERR_INPUT, "gazetteer.header", "bodies: the header line needs id (or code) and name");
	while (table_next(&t))
		TRY(body_add(g, &t, local, f));
	return OK;
}

static void foreign_add(struct gazetteer *g, struct str names)
{
	struct str line, name;
	while (str_split(&names, '\n', &line))
		while (line.n && line.p[0] != '#' && str_split(&line, '|', &name)) {
			struct node_names *at = name_add(g, str_trim(name));
			if (at)
				at->foreign = true;
		}
}

static void words_add(struct name_words *w, const char *z)
{
	struct arena scratch = { 0 };
	w->n = name_hashes(&scratch, str_z(z), w->v, COUNT(w->v));
	arena_done(&scratch);
}

static void deciding_words(struct gazetteer *g)
{
	words_add(&g->titles, "ông bà anh chị cô chú bác cháu bé em thầy cụ sĩ viên thủ");
	words_add(&g->families, "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Lương Mai Tô Trương Tạ Cao"
	                        " Đoàn Đào Lâm Vương Quách Tăng Giàng Thạch");
	words_add(&g->levels, "tỉnh phố TP xã phường P khu X TT trấn");
	words_add(&g->commune_levels, "xã phường P X trấn khu");
	words_add(&g->town_words, "thị");
	words_add(&g->streets, "đường ngõ hẻm cầu chợ trường CLB");
}

/* ---- doors ------------------------------------------------------------------------------------------------ */

enum err gazetteer_load(struct arena *mem, struct str places_tsv, struct str bodies_tsv, struct gazetteer **ret, struct fault *f)
{
	struct gazetteer *g = NEW(mem, struct gazetteer);
	*g = (struct gazetteer){ .mem = mem, .trie = name_trie_new(mem), .by_code = map_new(mem) };
	GROW(mem, g->units, g->nunits, g->units_cap);
	GROW(mem, g->bodies, g->nbodies, g->bodies_cap);
	GROW(mem, g->named, g->nnamed, g->named_cap);
	g->nunits = g->nbodies = g->nnamed = 1;
	TRY(places_add(g, gazetteer_places(), false, f));
	TRY(bodies_add(g, gazetteer_bodies(), false, f));
	TRY(places_add(g, places_tsv, true, f));
	TRY(bodies_add(g, bodies_tsv, true, f));
	deciding_words(g);
	foreign_add(g, gazetteer_foreign());
	at_node(g, g->trie.nodes);
	*ret = g;
	return OK;
}

enum err gazetteer_builtin(struct arena *mem, struct gazetteer **ret, struct fault *f)
{
	return gazetteer_load(mem, S(""), S(""), ret, f);
}

bool gazetteer_name(const struct gazetteer *g, struct str code, struct str *ret_name)
{
	const int64_t *known = map_get(&g->by_code, code);
	if (!known || !*known)
		return false;
	*ret_name = *known > 0 ? g->units[*known].name : g->bodies[-*known].name;
	return true;
}
