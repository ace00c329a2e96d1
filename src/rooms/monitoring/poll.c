/*
 * poll - the round. Nothing of the network is asked within a transaction; what came is kept in memory, a source at a
 * time, until its articles are in. The address decides whether an entry is new, before its page is asked for.
 */
#include "rooms/monitoring/poll.h"

#include "base/log.h"
#include "base/map.h"
#include "net/fetch.h"
#include "net/robots.h"
#include "net/url.h"
#include "rooms/monitoring/outlet.h"

enum { NEW_MOST = 200, WHOLE_ARTICLE = 800, ROBOTS_FOR = DAY, ROUND_MS = 300000 };

SQL(poll_known, "SELECT title FROM article WHERE url_key = $1");
SQL(robots_of, "SELECT rules FROM robots WHERE host = $1 AND fetched_at > $2");
SQL(robots_put,
    "INSERT INTO robots (host, rules, fetched_at) VALUES ($1, $2, $3)"
    " ON CONFLICT (host) DO UPDATE SET rules = excluded.rules, fetched_at = excluded.fetched_at");

struct round {
	struct cx *cx;
	const struct poll_tools *t;
	struct fetcher *fetcher;
	struct map robots;                 /* origin to 1 + place */
	struct robots **rules;
	struct str *origins;
	enum fetch_state *closed;          /* why an origin's robots.txt could not be had; FETCH_OK: it could */
	size_t nrules, rules_cap, origins_cap, closed_cap;
	struct source_list due;
	struct source_seen *seen;          /* of each in due; noted once its articles are in */
	bool *came;
	struct map links;                  /* two feeds of an outlet name the same article: it is taken once */
	struct fresh *fresh;               /* entries not known yet, over all sources */
	size_t nfresh, fresh_cap;
	struct poll_counts counts;
	enum err failed;
};

struct fresh {
	size_t source;                     /* place in due */
	struct feed_entry entry;
	struct page page;
	bool has_page;
};

/* ---- robots.txt ------------------------------------------------------------------------------------------------ */

static struct robots **rules_at(struct round *r, struct str url)
{
	struct str origin = url_origin(r->cx->mem, url);
	int64_t *at = map_at(&r->robots, origin);
	if (!*at) {
		GROW(r->cx->mem, r->rules, r->nrules, r->rules_cap);
		GROW(r->cx->mem, r->origins, r->nrules, r->origins_cap);
		GROW(r->cx->mem, r->closed, r->nrules, r->closed_cap);
		r->origins[r->nrules] = origin;
		r->closed[r->nrules] = FETCH_OK;
		r->rules[r->nrules++] = NULL;
		*at = (int64_t)r->nrules;
	}
	return &r->rules[*at - 1];
}

static enum fetch_state judge(void *ctx, const struct fetch_want *want, struct str url)
{
	struct round *r = ctx;
	if (url_is_social(url_host(r->cx->mem, url)))
		return FETCH_ROBOTS;
	if (want->kind == FETCH_ROBOTS_TXT)
		return FETCH_OK;
	struct robots *rules = *rules_at(r, url);
	/* A redirect may lead to a host that was not asked what it wants: one request for an article that it is sent to. */
	if (!rules)
		return FETCH_OK;
	if (robots_allows(rules, url_path_query(r->cx->mem, url), S("nhipcau")))
		return FETCH_OK;
	enum fetch_state closed = r->closed[*map_at(&r->robots, url_origin(r->cx->mem, url)) - 1];
	return closed ? closed : FETCH_ROBOTS; /* a site that is down has not asked us to stay away */
}

static void robots_came(void *ctx, const struct fetch_result *f)
{
	struct round *r = ctx;
	struct str origin = r->origins[f->id], rules = S("");
	bool there = f->state == FETCH_OK || f->state == FETCH_TOO_LARGE;
	bool open = f->state == FETCH_NOT_FOUND || f->state == FETCH_FORBIDDEN || (f->status >= 400 && f->status < 500);
	if (there)
		rules = arena_str(r->cx->mem, f->body);
	r->rules[f->id] = there ? robots_new(r->cx->mem, rules) : robots_all(r->cx->mem, open);
	if (!there && !open) { /* unreachable: closed for this round, asked again in the next */
		r->closed[f->id] = f->state;
		return;
	}
	if (db_run(r->cx, &robots_put, ARGS(origin, rules, r->cx->now)))
		r->failed = r->cx->fault.err;
}

static enum err robots_known(struct round *r, size_t i)
{
	struct rows rows = db_query(r->cx, &robots_of, ARGS(r->origins[i], r->cx->now - ROBOTS_FOR));
	if (db_next(&rows))
		r->rules[i] = robots_new(r->cx->mem, col_str(&rows, r->cx->mem, 0));
	return db_end(r->cx, &rows);
}

/* Asks the origins that are new since `from` in the list. */
static enum err ask_robots(struct round *r, size_t from)
{
	for (size_t i = from; i < r->nrules; i++) {
		if (!r->rules[i])
			TRY(robots_known(r, i));
		if (r->rules[i])
			continue;
		struct fetch_want w = { .id = (int64_t)i, .url = str_fmt(r->cx->mem, "%.*s/robots.txt", FMT(r->origins[i])),
			                .max_bytes = ROBOTS_MOST, .kind = FETCH_ROBOTS_TXT };
		fetch_add(r->fetcher, &w);
	}
	fetch_run(r->fetcher, robots_came, r, ROUND_MS);
	return r->failed;
}

/* ---- feeds ------------------------------------------------------------------------------------------------------ */

/* Not known yet, or known under another title: then the outlet has changed it, and it is read again. */
static enum err is_wanted(struct round *r, struct str key, struct str title, bool *ret_wanted, bool *ret_known)
{
	struct rows rows = db_query(r->cx, &poll_known, ARGS(key));
	*ret_known = db_next(&rows);
	*ret_wanted = !*ret_known || (title.n && !str_eq(col_str(&rows, r->cx->mem, 0), intake_title(r->cx->mem, title)));
	return db_end(r->cx, &rows);
}

static enum err keep_fresh(struct round *r, size_t source, const struct feed *feed, int *ret_fresh)
{
	*ret_fresh = 0;
	for (size_t i = 0; i < feed->nentries && *ret_fresh < NEW_MOST; i++) {
		const struct feed_entry *e = &feed->entries[i];
		struct str key;
		bool wanted, known;
		if (!url_canonical(r->cx->mem, e->link.n ? e->link : e->id, &key))
			continue;
		TRY(is_wanted(r, key, e->title, &wanted, &known));
		if (!wanted || (*map_at(&r->links, key))++)
			continue;
		GROW(r->cx->mem, r->fresh, r->nfresh, r->fresh_cap);
		r->fresh[r->nfresh] = (struct fresh){ .source = source, .entry = *e };
		r->fresh[r->nfresh++].entry.link = key;
		*ret_fresh += !known;
	}
	return OK;
}

static enum err read_feed(struct round *r, size_t source, const struct fetch_result *f, struct source_seen *seen)
{
	struct feed feed;
	struct fault why = { 0 };
	int fresh;
	if (cage_read_feed(r->t->cage, r->cx->mem, f->body, &feed, &why)) {
		seen->unreadable = true;
		seen->said = arena_z(r->cx->mem, str_z(why.detail));
		r->counts.lost++;
		return OK;
	}
	seen->unreadable = !feed.nentries;
	TRY(keep_fresh(r, source, &feed, &fresh));
	seen->items = (int)feed.nentries;
	seen->fresh = fresh;
	/* The rest of a feed that brings more than a round takes is asked for again: not known by its tag then. */
	if (fresh == NEW_MOST)
		seen->etag = seen->modified = S("");
	r->counts.entries += seen->items;
	r->counts.fresh += fresh;
	return OK;
}

static struct str kept(struct round *r, struct str s)
{
	return arena_str(r->cx->mem, str_some(s));
}

static void feed_came(void *ctx, const struct fetch_result *f)
{
	struct round *r = ctx;
	struct source_seen *seen = &r->seen[f->id];
	*seen = (struct source_seen){ .state = fetch_state_name(f->state), .status = f->status, .failure = fetch_state_weight(f->state),
		.retry_after = f->retry_after, .etag = kept(r, f->etag), .modified = kept(r, f->modified),
		.said = f->detail ? arena_z(r->cx->mem, str_z(f->detail)) : NULL };
	r->came[f->id] = true;
	r->counts.sources++;
	r->counts.failed += seen->failure > 0;
	if (f->state == FETCH_OK && read_feed(r, (size_t)f->id, f, seen))
		r->failed = r->cx->fault.err;
}

/* After the articles: what is noted as seen is never asked for again, and must be in by then. */
static enum err note_sources(struct round *r)
{
	for (size_t i = 0; i < r->due.n; i++)
		if (r->came[i])
			TRY(source_note(r->cx, r->due.v[i].id, &r->seen[i]));
	return OK;
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static void page_came(void *ctx, const struct fetch_result *f)
{
	struct round *r = ctx;
	struct fresh *e = &r->fresh[f->id];
	struct fault why = { 0 };
	if (f->state != FETCH_OK)
		return;
	r->counts.pages++;
	if (cage_read_page(r->t->cage, r->cx->mem, f->body, f->url, &e->page, &why)) {
		r->counts.lost++;
		log_line(LOG_WARN, "page.lost", "err=%s detail=\"%s\"", err_name(why.err), why.detail);
		return;
	}
	e->has_page = e->page.kind == PAGE_ARTICLE;
}

static enum err ask_pages(struct round *r)
{
	size_t from = r->nrules;
	for (size_t i = 0; i < r->nfresh; i++)
		rules_at(r, r->fresh[i].entry.link);
	TRY(ask_robots(r, from));
	for (size_t i = 0; i < r->nfresh; i++) {
		if (r->fresh[i].entry.content.n >= WHOLE_ARTICLE)
			continue;
		struct fetch_want w = { .id = (int64_t)i, .url = r->fresh[i].entry.link, .kind = FETCH_PAGE };
		fetch_add(r->fetcher, &w);
	}
	fetch_run(r->fetcher, page_came, r, ROUND_MS);
	return r->failed;
}

/* ---- in ------------------------------------------------------------------------------------------------------------ */

static struct str first_of(struct str a, struct str b)
{
	return str_trim(a).n ? a : b;
}

static struct intake_item item_of(const struct round *r, const struct fresh *f)
{
	const struct source *s = &r->due.v[f->source];
	const struct feed_entry *e = &f->entry;
	int64_t at = e->published != NO_TIME ? e->published : f->has_page ? f->page.published : NO_TIME;
	struct intake_item it = { .outlet = s->outlet, .source = s->id, .outlet_kind = s->outlet_kind, .url = e->link,
		.title = first_of(e->title, f->page.title), .lead = first_of(e->summary, f->page.lead), .body = e->content,
		.published_at = at == NO_TIME ? r->cx->now : MIN(at, r->cx->now) };
	if (f->has_page) {
		it.body = f->page.text;
		it.lead = first_of(f->page.lead, e->summary);
		it.truncated = f->page.truncated;
		it.lang = f->page.language;
	}
	return it;
}

static enum err take_in(struct round *r)
{
	struct prepared *batch = NEW_ARRAY(r->cx->mem, struct prepared, r->nfresh);
	enum intake_state *states = NEW_ARRAY(r->cx->mem, enum intake_state, r->nfresh);
	size_t n = 0;
	for (size_t i = 0; i < r->nfresh; i++) {
		struct intake_item it = item_of(r, &r->fresh[i]);
		intake_prepare(r->t->labeller, r->cx->mem, &it, r->cx->now, &batch[n]);
		n += !batch[n].error.n;
	}
	return n ? intake_batch(r->cx, r->t->intake, batch, n, states) : OK;
}

static enum err run_round(struct round *r)
{
	r->seen = NEW_ARRAY(r->cx->mem, struct source_seen, r->due.n);
	r->came = NEW_ARRAY(r->cx->mem, bool, r->due.n);
	for (size_t i = 0; i < r->due.n; i++)
		rules_at(r, r->due.v[i].url);
	TRY(ask_robots(r, 0));
	for (size_t i = 0; i < r->due.n; i++) {
		const struct source *s = &r->due.v[i];
		struct fetch_want w = { .id = (int64_t)i, .url = s->url, .etag = s->etag, .modified = s->modified, .kind = FETCH_FEED };
		fetch_add(r->fetcher, &w);
	}
	fetch_run(r->fetcher, feed_came, r, ROUND_MS);
	TRY(r->failed);
	if (r->nfresh) {
		TRY(ask_pages(r));
		TRY(take_in(r));
	}
	return note_sources(r);
}

enum err poll_due(struct cx *cx, const struct poll_tools *t, int64_t most, struct poll_counts *ret)
{
	struct round r = { .cx = cx, .t = t, .robots = map_new(cx->mem), .links = map_new(cx->mem) };
	struct fetch_limits limits = { .agent = t->agent, .allow_private = t->allow_private, .judge = judge, .ctx = &r,
		                       .delay_ms = t->delay_ms, .connections = t->connections };
	TRY(sources_due(cx, most, &r.due));
	if (!r.due.n) {
		*ret = r.counts;
		return OK;
	}
	r.fetcher = fetcher_open(&limits, &cx->fault);
	if (!r.fetcher)
		return cx->fault.err;
	enum err e = run_round(&r);
	fetcher_close(r.fetcher);
	*ret = r.counts;
	return e;
}
