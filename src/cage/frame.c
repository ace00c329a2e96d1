/* frame - see frame.h. The order of fields here is the protocol; both ends are the same binary. */
#include "cage/frame.h"
#include "read/charset.h"

static void put_u32(struct text *out, uint32_t v)
{
	text_add(out, (struct str){ (const char *)&v, sizeof v });
}

static void put_i64(struct text *out, int64_t v)
{
	text_add(out, (struct str){ (const char *)&v, sizeof v });
}

static void put_text(struct text *out, struct str s)
{
	put_u32(out, (uint32_t)s.n);
	text_add(out, s);
}

static void get_raw(struct unpack *u, void *to, size_t n)
{
	if (u->bad || (size_t)(u->end - u->p) < n) {
		u->bad = true;
		memset(to, 0, n);
		return;
	}
	memcpy(to, u->p, n);
	u->p += n;
}

static uint32_t get_u32(struct unpack *u)
{
	uint32_t v;
	get_raw(u, &v, sizeof v);
	return v;
}

static int64_t get_i64(struct unpack *u)
{
	int64_t v;
	get_raw(u, &v, sizeof v);
	return v;
}

static bool get_bool(struct unpack *u)
{
	uint32_t v = get_u32(u);
	u->bad |= v > 1;
	return v == 1;
}

static struct str get_text(struct unpack *u, struct arena *mem)
{
	uint32_t n = get_u32(u);
	if (u->bad || (size_t)(u->end - u->p) < n) {
		u->bad = true;
		return S("");
	}
	struct str s = arena_str(mem, (struct str){ u->p, n });
	u->p += n;
	return charset_scrub(mem, s);
}

/* A count of things that take at least `each` bytes: more than fit into what is left is a lie. */
static size_t get_count(struct unpack *u, size_t each)
{
	uint32_t n = get_u32(u);
	if ((size_t)(u->end - u->p) / each < n)
		u->bad = true;
	return u->bad ? 0 : n;
}

static bool whole(const struct unpack *u)
{
	return !u->bad && u->p == u->end;
}

static void pack_entry(struct text *out, const struct feed_entry *e)
{
	put_text(out, e->id);
	put_text(out, e->title);
	put_text(out, e->link);
	put_text(out, e->summary);
	put_text(out, e->content);
	put_i64(out, e->published);
	put_i64(out, e->updated);
	put_u32(out, (uint32_t)e->ncategories);
	for (size_t i = 0; i < e->ncategories; i++)
		put_text(out, e->categories[i]);
	put_u32(out, (uint32_t)e->nenclosures);
	for (size_t i = 0; i < e->nenclosures; i++) {
		put_text(out, e->enclosures[i].url);
		put_text(out, e->enclosures[i].type);
		put_i64(out, e->enclosures[i].length);
	}
}

void pack_feed(struct text *out, const struct feed *f)
{
	put_text(out, f->version);
	put_text(out, f->encoding);
	put_text(out, f->title);
	put_text(out, f->link);
	put_text(out, f->language);
	put_u32(out, f->malformed);
	put_u32(out, f->truncated);
	put_u32(out, (uint32_t)f->nentries);
	for (size_t i = 0; i < f->nentries; i++)
		pack_entry(out, &f->entries[i]);
}

static void unpack_entry(struct unpack *u, struct arena *mem, struct feed_entry *e)
{
	e->id = get_text(u, mem);
	e->title = get_text(u, mem);
	e->link = get_text(u, mem);
	e->summary = get_text(u, mem);
	e->content = get_text(u, mem);
	e->published = get_i64(u);
	e->updated = get_i64(u);
	e->ncategories = get_count(u, 4);
	e->categories = NEW_ARRAY(mem, struct str, e->ncategories);
	for (size_t i = 0; i < e->ncategories; i++)
		e->categories[i] = get_text(u, mem);
	e->nenclosures = get_count(u, 16);
	e->enclosures = NEW_ARRAY(mem, struct feed_enclosure, e->nenclosures);
	for (size_t i = 0; i < e->nenclosures; i++) {
		e->enclosures[i].url = get_text(u, mem);
		e->enclosures[i].type = get_text(u, mem);
		e->enclosures[i].length = get_i64(u);
	}
}

bool unpack_feed(struct arena *mem, struct str bytes, struct feed *ret)
{
	struct unpack u = { bytes.p, bytes.p + bytes.n, false };
	struct feed f = { 0 };
	f.version = get_text(&u, mem);
	f.encoding = get_text(&u, mem);
	f.title = get_text(&u, mem);
	f.link = get_text(&u, mem);
	f.language = get_text(&u, mem);
	f.malformed = get_bool(&u);
	f.truncated = get_bool(&u);
	f.nentries = get_count(&u, 44);
	f.entries = NEW_ARRAY(mem, struct feed_entry, f.nentries);
	for (size_t i = 0; i < f.nentries; i++)
		unpack_entry(&u, mem, &f.entries[i]);
	if (!whole(&u))
		return false;
	*ret = f;
	return true;
}

void pack_page(struct text *out, const struct page *p)
{
	put_text(out, p->url);
	put_text(out, p->title);
	put_text(out, p->lead);
	put_text(out, p->text);
	put_text(out, p->language);
	put_text(out, p->site);
	put_text(out, p->section);
	put_text(out, p->encoding);
	put_i64(out, p->published);
	put_u32(out, p->kind);
	put_u32(out, (uint32_t)(p->confidence * 1e6));
	put_u32(out, p->truncated);
}

static void get_page(struct unpack *u, struct arena *mem, struct page *p)
{
	p->url = get_text(u, mem);
	p->title = get_text(u, mem);
	p->lead = get_text(u, mem);
	p->text = get_text(u, mem);
	p->language = get_text(u, mem);
	p->site = get_text(u, mem);
	p->section = get_text(u, mem);
	p->encoding = get_text(u, mem);
	p->published = get_i64(u);
	uint32_t kind = get_u32(u), confidence = get_u32(u);
	p->truncated = get_bool(u);
	u->bad |= kind > PAGE_OTHER || confidence > 1000000;
	p->kind = u->bad ? PAGE_OTHER : (enum page_kind)kind;
	p->confidence = (double)confidence / 1e6;
}

bool unpack_page(struct arena *mem, struct str bytes, struct page *ret)
{
	struct unpack u = { bytes.p, bytes.p + bytes.n, false };
	struct page p = { 0 };
	get_page(&u, mem, &p);
	if (!whole(&u))
		return false;
	*ret = p;
	return true;
}

void pack_record(struct text *out, const struct cage_record *r)
{
	put_text(out, r->url);
	put_i64(out, r->at);
	put_i64(out, r->offset);
	pack_page(out, &r->page);
}

bool unpack_record(struct arena *mem, struct str bytes, struct cage_record *ret)
{
	struct unpack u = { bytes.p, bytes.p + bytes.n, false };
	struct cage_record r = { 0 };
	r.url = get_text(&u, mem);
	r.at = get_i64(&u);
	r.offset = get_i64(&u);
	get_page(&u, mem, &r.page);
	if (!whole(&u))
		return false;
	*ret = r;
	return true;
}

void pack_sum(struct text *out, const struct cage_warc_sum *s)
{
	put_i64(out, s->records);
	put_i64(out, s->pages);
	put_i64(out, s->unreadable);
	put_i64(out, s->lost_records);
	put_i64(out, s->lost_bytes);
	put_text(out, s->why);
}

bool unpack_sum(struct arena *mem, struct str bytes, struct cage_warc_sum *ret)
{
	struct unpack u = { bytes.p, bytes.p + bytes.n, false };
	struct cage_warc_sum s = { 0 };
	s.records = get_i64(&u);
	s.pages = get_i64(&u);
	s.unreadable = get_i64(&u);
	s.lost_records = get_i64(&u);
	s.lost_bytes = get_i64(&u);
	s.why = get_text(&u, mem);
	if (!whole(&u))
		return false;
	*ret = s;
	return true;
}

void pack_opml(struct text *out, const struct opml *o)
{
	put_text(out, o->title);
	put_u32(out, o->malformed);
	put_u32(out, o->truncated);
	put_u32(out, (uint32_t)o->n);
	for (size_t i = 0; i < o->n; i++) {
		put_text(out, o->feeds[i].title);
		put_text(out, o->feeds[i].feed);
		put_text(out, o->feeds[i].site);
		put_text(out, o->feeds[i].folder);
		put_text(out, o->feeds[i].language);
		put_text(out, o->feeds[i].outlet);
		put_text(out, o->feeds[i].kind);
		put_text(out, o->feeds[i].licence);
		put_text(out, o->feeds[i].permission);
	}
}

bool unpack_opml(struct arena *mem, struct str bytes, struct opml *ret)
{
	struct unpack u = { bytes.p, bytes.p + bytes.n, false };
	struct opml o = { 0 };
	o.title = get_text(&u, mem);
	o.malformed = get_bool(&u);
	o.truncated = get_bool(&u);
	o.n = get_count(&u, 36);
	o.feeds = NEW_ARRAY(mem, struct opml_feed, o.n);
	for (size_t i = 0; i < o.n; i++) {
		struct opml_feed *f = &o.feeds[i];
		f->title = get_text(&u, mem);
		f->feed = get_text(&u, mem);
		f->site = get_text(&u, mem);
		f->folder = get_text(&u, mem);
		f->language = get_text(&u, mem);
		f->outlet = get_text(&u, mem);
		f->kind = get_text(&u, mem);
		f->licence = get_text(&u, mem);
		f->permission = get_text(&u, mem);
	}
	if (!whole(&u))
		return false;
	*ret = o;
	return true;
}
