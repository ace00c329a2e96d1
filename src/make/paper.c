/*
 * paper - building the document; see the header for its shape.
 */
#include "make/paper.h"

enum { BLOCKS_MOST = 20000 };

/* Length of the UTF-8 sequence that starts here, or 0: shortest form only, no surrogates (Unicode 3.9, table 3-7). */
static size_t sequence(const unsigned char *p, size_t left)
{
	size_t n = p[0] < 0x80                   ? 1
		   : p[0] >= 0xC2 && p[0] < 0xE0 ? 2
		   : (p[0] & 0xF0) == 0xE0       ? 3
		   : p[0] >= 0xF0 && p[0] < 0xF5 ? 4
						 : 0;
	if (!n || n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	bool bad = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
		(p[0] == 0xF4 && p[1] > 0x8F) || (p[0] == 0xEF && p[1] == 0xBF && p[2] > 0xBD);
	return bad ? 0 : n;
}

struct str paper_clean(struct arena *mem, struct str s)
{
	struct text t = text_new(mem);
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		size_t n = sequence((const unsigned char *)s.p + i, s.n - i);
		if (!n)
			text_code(&t, 0xFFFD);
		else if (c >= ' ' && c != 0x7F)
			text_add(&t, str_sub(s, i, i + n));
		else if (c == '\n' || c == '\t')
			text_c(&t, ' ');
		i += n ? n : 1;
	}
	return text_str(&t);
}

struct paper *paper_new(struct arena *mem)
{
	struct paper *p = NEW(mem, struct paper);
	p->mem = mem;
	return p;
}

static struct block *block_add(struct paper *p, enum block_kind kind)
{
	GROW(p->mem, p->blocks, p->n, p->cap);
	struct block *b = &p->blocks[p->n++];
	*b = (struct block){ .kind = kind };
	p->open = &b->runs;
	return b;
}

static void run_add(struct paper *p, struct run r)
{
	BUG_IF(!p->open);
	if (!r.text.n)
		return;
	struct runs *o = p->open;
	GROW(p->mem, o->v, o->n, o->cap);
	r.text = paper_clean(p->mem, r.text);
	o->v[o->n++] = r;
}

void paper_run(struct paper *p, struct str text, unsigned style)
{
	run_add(p, (struct run){ .text = text, .style = style });
}

void paper_link(struct paper *p, struct str text, struct str url)
{
	bool known = str_starts(url, S("http://")) || str_starts(url, S("https://")) || str_starts(url, S("mailto:"));
	run_add(p, (struct run){ .text = text, .link = known ? paper_clean(p->mem, url) : S("") });
}

void paper_heading(struct paper *p, int level, struct str text)
{
	block_add(p, BLOCK_HEADING)->level = level > 1 ? 2 : 1;
	paper_run(p, text, RUN_BOLD);
}

void paper_paragraph(struct paper *p, struct str text)
{
	block_add(p, BLOCK_PARAGRAPH);
	paper_run(p, text, RUN_PLAIN);
}

/* The item this one goes on from: what stands under an item (its quotations, a proposal) does not end the list. */
static const struct block *item_before(const struct paper *p)
{
	for (size_t i = p->n; i-- && p->blocks[i].kind != BLOCK_HEADING;)
		if (p->blocks[i].kind == BLOCK_ITEM)
			return &p->blocks[i];
	return NULL;
}

void paper_item(struct paper *p, struct str text)
{
	const struct block *before = item_before(p);
	int number = before ? before->number + 1 : 1;
	p->lists += !before;
	struct block *b = block_add(p, BLOCK_ITEM);
	b->number = number;
	b->list = p->lists;
	paper_run(p, text, RUN_PLAIN);
}

void paper_table(struct paper *p, size_t columns, const int *shares)
{
	BUG_IF(!columns || columns > 40);
	struct block *b = block_add(p, BLOCK_TABLE);
	b->table.columns = columns;
	b->table.shares = shares;
	p->open = NULL;
}

void paper_cell(struct paper *p, struct str text, unsigned style)
{
	struct block *b = &p->blocks[p->n - 1];
	BUG_IF(b->kind != BLOCK_TABLE);
	struct paper_table *t = &b->table;
	GROW(p->mem, t->cells, t->ncells, t->cap);
	t->cells[t->ncells] = (struct runs){ 0 };
	p->open = &t->cells[t->ncells++];
	paper_run(p, text, style);
}

size_t paper_rows(const struct paper_table *t)
{
	return (t->ncells + t->columns - 1) / t->columns;
}

int paper_column(const struct paper_table *t, size_t column, int width)
{
	int64_t sum = 0, before = 0;
	for (size_t i = 0; i < t->columns; i++)
		sum += t->shares ? MAX(1, t->shares[i]) : 1;
	for (size_t i = 0; i < column; i++)
		before += t->shares ? MAX(1, t->shares[i]) : 1;
	int64_t after = before + (t->shares ? MAX(1, t->shares[column]) : 1);
	return (int)(after * width / sum - before * width / sum);
}

struct str paper_title(const struct paper *p)
{
	bool both = p->head.kind.n && p->head.about.n;
	struct str s = str_fmt(p->mem, "%.*s%s%.*s", FMT(p->head.kind), both ? " – " : "", FMT(p->head.about));
	return paper_clean(p->mem, s);
}

enum err paper_check(const struct paper *p, struct fault *fault)
{
	if (p->n > BLOCKS_MOST)
		return FAULT(fault, ERR_LIMIT, "paper.too_long", "%zu blocks, at most %d", p->n, BLOCKS_MOST);
	return OK;
}
