/*
 * import_pages - articles out of archives of the web. An archive's bytes go to the cage as they are, packed or not;
 * what comes back are pages. Only articles are taken, and none of a personal platform (PR-01). A reader that dies or
 * hangs on a record costs the rest of that archive, which is said; the next one goes on.
 */
#include "app/import.h"

#include "net/url.h"

#include <errno.h>

struct archives {
	struct import *im;
	int at;                     /* the next of the files named */
	const char *name;
	FILE *f;
	struct cage_warc *session;  /* of the file now read, or NULL */
	int64_t pages;              /* that came out of it */
	bool unreadable;            /* the file's own end came with an error */
};

static size_t more_bytes(void *env, char *to, size_t room)
{
	struct archives *a = env;
	size_t n = fread(to, 1, room, a->f);
	a->unreadable |= !n && ferror(a->f);
	return n;
}

/* The next file that can be opened. False: no more. */
static bool archive_begin(struct archives *a)
{
	while (a->at < a->im->call->nargs) {
		a->name = a->im->call->args[a->at++];
		a->f = strcmp(a->name, "-") ? fopen(a->name, "rb") : stdin;
		a->unreadable = false;
		a->pages = 0;
		if (a->f) {
			a->session = cage_warc_begin(a->im->cage, more_bytes, a);
			return true;
		}
		fprintf(stderr, "nhipcau: %s: %s\n", a->name, strerror(errno));
		a->im->failed = true;
	}
	return false;
}

static void say_sum(struct archives *a, const struct cage_warc_sum *s)
{
	if (a->unreadable) {
		fprintf(stderr, "nhipcau: %s: %s\n", a->name, strerror(EIO));
		a->im->failed = true;
	}
	if (!s->records && !s->lost_bytes && !a->unreadable)
		import_left_out(a->im, a->name, "the file is empty");
	else if (!s->records)
		import_left_out(a->im, a->name, "no record of an archive was found");
	else if (s->lost_records || s->lost_bytes)
		import_left_out(a->im, a->name, "%lld records and %lld bytes are damaged (%.*s); what is whole was read", (long long)s->lost_records,
		                (long long)s->lost_bytes, FMT(s->why));
	if (s->unreadable)
		fprintf(stderr, "%s: %lld pages are too large or empty and were passed over\n", a->name, (long long)s->unreadable);
}

static void archive_end(struct archives *a)
{
	cage_warc_end(a->session);
	a->session = NULL;
	if (a->f != stdin)
		fclose(a->f);
}

static bool next_page(struct archives *a, struct arena *mem, struct cage_record *ret)
{
	for (;;) {
		struct fault fault = { 0 };
		bool more = false;
		if (!a->session && !archive_begin(a))
			return false;
		enum err e = cage_warc_next(a->session, mem, ret, &more, &fault);
		if (!e && more) {
			a->pages++;
			return true;
		}
		struct cage_warc_sum sum = cage_warc_sum(a->session);
		if (e)
			import_left_out(a->im, a->name, "the rest after page %lld: %s", (long long)a->pages, fault.detail);
		else
			say_sum(a, &sum);
		archive_end(a);
	}
}

static bool wanted(struct arena *mem, const struct cage_record *r)
{
	struct str host = url_host(mem, r->url);
	return r->page.kind == PAGE_ARTICLE && host.n && !url_is_social(host);
}

static bool next_article(void *env, struct arena *mem, struct str *ret_line, struct str *ret_place)
{
	struct import *im = env;
	struct archives *a = im->of;
	struct cage_record r;
	struct arena_mark mark = arena_mark(mem);
	for (;;) {
		if (!next_page(a, mem, &r))
			return false;
		if (wanted(mem, &r))
			break;
		arena_rewind(mem, mark);
	}
	const struct page *p = &r.page;
	int64_t at = p->published != NO_TIME ? p->published : r.at;
	struct intake_item it = { .url = r.url, .title = p->title, .lead = p->lead, .body = p->text, .sections = p->section,
		.lang = p->language, .published_at = at == NO_TIME ? 0 : at, .truncated = p->truncated };
	*ret_line = import_pack(mem, &it);
	*ret_place = str_fmt(mem, "%s: %.*s", a->name, FMT(str_sub(r.url, 0, 200)));
	return true;
}

static bool resolve_host(void *env, struct cx *cx, struct intake_item *item)
{
	struct import *im = env;
	return !import_outlet_by_host(cx, &im->outlets, item->url, item);
}

enum err import_warc(struct import *im)
{
	static const struct pipeline_calls calls = { .next = next_article, .parse = import_unpack, .resolve = resolve_host };
	struct archives a = { .im = im };
	im->of = &a;
	TRY(import_outlets_load(im->cx, &im->outlets));
	enum err e = import_items(im, &calls);
	if (a.session)
		archive_end(&a);
	return e;
}
