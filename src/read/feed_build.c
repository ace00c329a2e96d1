/* feed_build - see feed_build.h. */
#include "read/feed_build.h"

void feed_entry_begin(struct feed_build *b)
{
	b->now = (struct feed_entry){ .published = NO_TIME, .updated = NO_TIME };
	b->now_dates = (struct feed_dates){ 0 };
	b->categories_cap = b->enclosures_cap = 0;
}

void feed_entry_keep(struct feed_build *b)
{
	if (b->feed.nentries == FEED_ENTRIES) {
		b->feed.truncated = true;
		return;
	}
	size_t n = b->feed.nentries;
	GROW(b->mem, b->feed.entries, n, b->cap);
	GROW(b->mem, b->dates, n, b->dates_cap);
	b->feed.entries[n] = b->now;
	b->dates[n] = b->now_dates;
	b->feed.nentries++;
}

void feed_category(struct feed_build *b, struct str term)
{
	term = str_trim(term);
	if (!term.n || b->now.ncategories == FEED_CATEGORIES)
		return;
	GROW(b->mem, b->now.categories, b->now.ncategories, b->categories_cap);
	b->now.categories[b->now.ncategories++] = arena_str(b->mem, term);
}

void feed_enclose(struct feed_build *b, struct feed_enclosure e)
{
	if (!e.url.n || b->now.nenclosures == FEED_ENCLOSURES)
		return;
	GROW(b->mem, b->now.enclosures, b->now.nenclosures, b->enclosures_cap);
	e.url = arena_str(b->mem, e.url);
	e.type = arena_str(b->mem, e.type);
	b->now.enclosures[b->now.nenclosures++] = e;
}

/* 3/4/2026 with AM or PM is how American servers write; all others put the day first. */
static bool read_when(struct str s, struct when *ret)
{
	bool american = str_ends(s, S("AM")) || str_ends(s, S("PM"));
	return date_read(s, american ? DATE_MONTH_FIRST : DATE_DAY_FIRST, ret);
}

void feed_published(struct feed_build *b, struct str s)
{
	if (!b->now_dates.has_published)
		b->now_dates.has_published = read_when(s, &b->now_dates.published);
}

void feed_updated(struct feed_build *b, struct str s)
{
	if (!b->now_dates.has_updated)
		b->now_dates.has_updated = read_when(s, &b->now_dates.updated);
}

static bool host_in_vietnam(struct str url)
{
	if (!url.n)
		return false;
	ptrdiff_t scheme = str_find(url, S("://"));
	struct str host = scheme < 0 ? url : str_sub(url, (size_t)scheme + 3, url.n);
	ptrdiff_t slash = str_chr(host, '/');
	host = slash < 0 ? host : str_sub(host, 0, (size_t)slash);
	return str_ends(host, S(".vn"));
}

struct feed feed_finish(struct feed_build *b)
{
	struct feed *f = &b->feed;
	bool vietnamese = str_starts(f->language, S("vi")) || host_in_vietnam(f->link);
	for (size_t i = 0; i < f->nentries; i++) {
		struct feed_dates *d = &b->dates[i];
		bool here = vietnamese || host_in_vietnam(f->entries[i].link) || d->published.vietnamese;
		if (d->has_published)
			f->entries[i].published = when_at(d->published, here ? VIETNAM : 0);
		if (d->has_updated)
			f->entries[i].updated = when_at(d->updated, here ? VIETNAM : 0);
	}
	return *f;
}
