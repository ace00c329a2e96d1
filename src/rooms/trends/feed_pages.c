/*
 * feed_pages - /feeds/TOKEN.rss, .atom, .json: what a saved search finds, for any reader program. The address holds a
 * secret instead of a session; a wrong one is simply not there.
 */
#include "make/feedout.h"
#include "people/may.h"
#include "rooms/monitoring/tools.h"
#include "rooms/trends/saved_pages.h"
#include "text/viet.h"

#include <stdlib.h>

enum { ENTRIES = 50, SUMMARY_BYTES = 600 };

static const struct feed_form { const char *end, *type; struct str (*write)(struct arena *mem, const struct feed_out *f); } forms[] = {
	{ ".rss", "application/rss+xml; charset=utf-8", feed_rss },
	{ ".atom", "application/atom+xml; charset=utf-8", feed_atom },
	{ ".json", "application/feed+json; charset=utf-8", feed_json },
};

static const struct feed_form *form_of(struct str name, struct str *ret_token)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if (str_ends(name, str_z(forms[i].end))) {
			*ret_token = str_sub(name, 0, name.n - strlen(forms[i].end));
			return &forms[i];
		}
	return NULL;
}

static int newer(const void *x, const void *y)
{
	const struct found *a = x, *b = y;
	if (a->article.published_at != b->article.published_at)
		return a->article.published_at < b->article.published_at ? 1 : -1;
	return (a->article.id < b->article.id) - (a->article.id > b->article.id);
}

static struct feed_entry entry_of(struct cx *cx, const struct article *a)
{
	struct str lead = utf8_cut(a->lead, SUMMARY_BYTES);
	return (struct feed_entry){ .id = str_fmt(cx->mem, "urn:nhipcau:article:%lld", (long long)a->id), .url = a->url, .title = a->title,
		.summary = lead, .source = a->outlet_name, .at = a->published_at };
}

static enum err entries_of(struct cx *cx, const struct saved *s, struct feed_out *f)
{
	struct search_result found;
	const struct vocab *vocab;
	TRY(tools_vocab(cx, &vocab));
	TRY(search_run(cx, vocab, s->query, &(struct search_filter){ .most = SEARCH_CANDIDATES }, &found));
	if (found.n)
		qsort(found.v, found.n, sizeof *found.v, newer);
	f->n = MIN(found.n, (size_t)ENTRIES);
	struct feed_entry *entries = NEW_ARRAY(cx->mem, struct feed_entry, f->n);
	for (size_t i = 0; i < f->n; i++)
		entries[i] = entry_of(cx, &found.v[i].article);
	f->entries = entries;
	f->updated = f->n ? entries[0].at : s->created_at;
	return OK;
}

static enum err feed(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct saved s;
	struct str token;
	const struct feed_form *form = form_of(ask_place(ask, "name"), &token);
	if (!form)
		return FAIL(cx, ERR_NOT_FOUND, "trends.no_saved", "a feed ends in .rss, .atom or .json");
	TRY(saved_by_token(cx, token, &s));
	struct str base = site_base(cx, ask);
	struct feed_out f = { .title = s.name, .about = SAY(cx, "saved.feed_about", s.query), .home = str_fmt(cx->mem, "%.*s/tim", FMT(base)),
		.self = str_fmt(cx->mem, "%.*s%.*s", FMT(base), FMT(ask->path)) };
	TRY(entries_of(cx, &s, &f));
	return reply_text(reply, 200, form->type, form->write(cx->mem, &f));
}

static const struct route_param feed_params[] = {
	{ "name", "path", "string", "The secret of a saved search, with .rss, .atom or .json after it" },
	{ 0 },
};

const struct route feed_rows[1] = {
	{ "GET", "/feeds/:name", ACT_FEED_READ, feed, "What a saved search finds, as RSS 2.0, Atom or JSON Feed", FILE_OUT, feed_params },
};
