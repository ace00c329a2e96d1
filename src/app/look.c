/*
 * look - the commands that read: search, digest, export.
 */
#include "app/data.h"
#include "app/local.h"
#include "base/json.h"
#include "make/paper.h"
#include "rooms/monitoring/search.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/trends/digest.h"
#include "rooms/trends/outlook.h"
#include "work/settings.h"

static void print_json(json_t *take)
{
	json_dumpf(take, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(take);
}

static json_t *article_json(struct cx *cx, const struct article *a)
{
	struct str id = str_fmt(cx->mem, "%lld", (long long)a->id);
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", json_text(id), "title", json_text(a->title), "outlet", json_text(a->outlet_name),
	                 "link", json_text(a->url), "published", json_text(time_iso_vn(cx->mem, a->published_at)));
}

static enum err search(struct call *c, struct cx *cx, struct str words, int most)
{
	struct vocab vocab = vocab_new(c->mem);
	struct search_result found;
	TRY(vocab_load(cx, &vocab));
	TRY(search_run(cx, &vocab, words, &(struct search_filter){ .most = most }, &found));
	for (size_t i = 0; i < found.n; i++) {
		json_t *o = article_json(cx, &found.v[i].article);
		json_object_set_new(o, "score", json_real(found.v[i].score));
		print_json(o);
	}
	if (found.meant.n)
		fprintf(stderr, "nhipcau search: taken as \"%.*s\"\n", FMT(found.meant));
	if (found.capped)
		fprintf(stderr, "nhipcau search: more than %d match; the newest %d were ranked\n", SEARCH_CANDIDATES, SEARCH_CANDIDATES);
	return OK;
}

static int run_search(struct call *c)
{
	struct cx cx;
	int code, most = (int)call_int(c, "limit", 1, SEARCH_CANDIDATES, 20);
	struct text words = text_new(c->mem);
	if (!c->nargs)
		return call_wrong(c, "name the words to look for");
	for (int i = 0; i < c->nargs; i++)
		text_fmt(&words, "%s%s", i ? " " : "", c->args[i]);
	if (!data_open_kept(c, &cx, &code))
		return code;
	code = search(c, &cx, text_str(&words), most) ? data_failed(c, &cx) : 0;
	data_close(&cx);
	return code;
}

/* ---- digest --------------------------------------------------------------------------------------------------------- */

static void print_digest(struct cx *cx, const struct digest *d, const struct digest_item_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct digest_item *it = &list->v[i];
		json_t *quotes = json_array();
		for (size_t k = 0; k < it->nquotes; k++)
			json_array_append_new(quotes, json_pack("{s:o, s:o, s:o}", "text", json_text(it->quotes[k].text), "outlet",
			                                        json_text(it->quotes[k].outlet), "link", json_text(it->quotes[k].url)));
		json_t *o = json_pack("{s:o, s:s%, s:i, s:o, s:I, s:I, s:o, s:o, s:o, s:b, s:o}", "day", json_text(day_iso(cx->mem, d->day)), "state",
		                      d->state.p, d->state.n, "section", (int)it->section, "title", json_text(it->title), "articles",
		                      (json_int_t)it->n, "outlets", (json_int_t)it->outlets, "tone", json_text(it->first.tone), "stance",
		                      json_text(it->first.stance), "proposal", json_text(it->proposal), "confirmed", it->confirmed, "quotes", quotes);
		print_json(o);
	}
}

static enum err write_papers(const struct call *c, struct cx *cx, const struct digest *d)
{
	struct str province, bytes;
	struct paper *p;
	TRY(setting_text(cx, "province_name", &province));
	TRY(digest_paper(cx, d, province, &p));
	if (call_flag(c, "docx")) {
		TRY(paper_docx(cx->mem, p, &bytes, &cx->fault));
		TRY(file_write(call_flag(c, "docx"), bytes, &cx->fault));
	}
	if (call_flag(c, "pdf")) {
		TRY(paper_pdf(cx->mem, p, &bytes, &cx->fault));
		TRY(file_write(call_flag(c, "pdf"), bytes, &cx->fault));
	}
	return OK;
}

static enum err digest(const struct call *c, struct cx *cx, int64_t day)
{
	struct digest d;
	struct digest_item_list items;
	TRY(digest_make(cx, day, &d));
	TRY(digest_items(cx, &d, &items));
	if (call_flag(c, "docx") || call_flag(c, "pdf"))
		return write_papers(c, cx, &d);
	print_digest(cx, &d, &items);
	return OK;
}

static int run_digest(struct call *c)
{
	struct cx cx;
	int code;
	int64_t day;
	if (c->nargs != 1 || !day_parse(str_z(c->args[0]), &day))
		return call_wrong(c, "name the day as 2026-11-25 or 25/11/2026");
	if (!data_open_kept(c, &cx, &code))
		return code;
	code = digest(c, &cx, day) ? data_failed(c, &cx) : 0;
	data_close(&cx);
	return code;
}

/* ---- export --------------------------------------------------------------------------------------------------------- */

SQL(export_articles,
    "SELECT " ARTICLE_COLUMNS " FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.published_at >= $1 AND a.published_at < $2"
    " AND a.id > $3 ORDER BY a.id LIMIT 500");

static enum err export_page(struct cx *cx, const int64_t span[2], int64_t *after, size_t *ret_n)
{
	struct article_list list = { 0 };
	struct rows r = db_query(cx, &export_articles, ARGS(span[0], span[1], *after));
	DB_LIST(cx, r, list, article_read(&r, cx->mem));
	for (size_t i = 0; i < list.n; i++) {
		const struct article *a = &list.v[i];
		json_t *o = article_json(cx, a);
		json_object_set_new(o, "summary", json_text(a->lead));
		json_object_set_new(o, "scope", json_text(a->scope));
		json_object_set_new(o, "tone", json_text(a->tone));
		json_object_set_new(o, "stance", json_text(a->stance));
		json_object_set_new(o, "story", json_text(str_fmt(cx->mem, "%lld", (long long)a->story)));
		json_object_set_new(o, "confirmed", json_boolean(a->confirmed_at != 0));
		json_object_set_new(o, "model", json_text(a->model));
		print_json(o);
		*after = a->id;
	}
	*ret_n = list.n;
	return OK;
}

static enum err export_all(struct cx *cx, const int64_t span[2])
{
	int64_t after = 0;
	for (size_t n = 1; n;) {
		struct arena_mark mark = arena_mark(cx->mem);
		TRY(export_page(cx, span, &after, &n));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}

static int run_export(struct call *c)
{
	struct cx cx;
	int code;
	int64_t span[2] = { INT64_MIN / 2, INT64_MAX / 2 }, day;
	static const char *const names[] = { "from", "to" };
	for (int i = 0; i < 2; i++) {
		const char *given = call_flag(c, names[i]);
		if (given && !day_parse(str_z(given), &day))
			return call_wrong(c, "--%s %s is no day (2026-11-25 or 25/11/2026)", names[i], given);
		if (given)
			span[i] = day_start(day + i);
	}
	if (span[0] >= span[1])
		return call_wrong(c, "--to lies before --from");
	if (call_bare(c))
		return 2;
	if (!data_open_kept(c, &cx, &code))
		return code;
	struct str opml;
	enum err e = call_flag(c, "opml") ? source_opml(&cx, &opml) : export_all(&cx, span);
	if (!e && call_flag(c, "opml"))
		fwrite(opml.p, 1, opml.n, stdout);
	code = e ? data_failed(c, &cx) : 0;
	data_close(&cx);
	return code;
}

static const struct flag search_flags[] = { { "limit", "N", "at most so many (default: 20)" }, DATA_FLAGS, { 0 } };
static const struct flag digest_flags[] = {
	{ "docx", "FILE", "write the paper as DOCX" }, { "pdf", "FILE", "write the paper as PDF" }, DATA_FLAGS, { 0 } };
static const struct flag export_flags[] = {
	{ "from", "DAY", "published on that day or later" }, { "to", "DAY", "published on that day or before" },
	{ "opml", NULL, "the list of sources instead of the articles" }, DATA_FLAGS, { 0 } };

const struct command command_search = { .name = "search", .usage = "[--limit N] WORDS", .flags = search_flags, .run = run_search,
	.about = "Articles by words, best first, typed with or without marks.", .example = "nhipcau search 'bồi thường đường ven sông'" };
const struct command command_digest = { .name = "digest", .usage = "DAY [--docx FILE] [--pdf FILE]", .flags = digest_flags, .run = run_digest,
	.about = "The morning digest of a day, one item a line, or as a paper; made when there is none yet.",
	.example = "nhipcau digest 2026-11-25 --docx diem-bao.docx" };
const struct command command_export = { .name = "export", .usage = "[--from DAY] [--to DAY] [--opml]", .flags = export_flags, .run = run_export,
	.about = "Articles with their labels as JSON Lines, or the list of sources as OPML.", .example = "nhipcau export --from 2026-11-01 > articles.jsonl" };
