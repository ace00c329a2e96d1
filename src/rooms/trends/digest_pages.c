/*
 * digest_pages - /diem-bao: the morning digest as it is read, arranged, approved, printed and handed out. Until it
 * is approved every copy says so; once approved nothing in it moves.
 */
#include "make/paper.h"
#include "people/may.h"
#include "rooms/trends/views_pages.h"

enum { OFFERS_MOST = 30 };

/* The day in the address: "2026-11-25"; ERR_NOT_FOUND for anything else. */
static enum err day_asked(struct cx *cx, struct str s, int64_t *ret)
{
	if (day_parse(s, ret))
		return OK;
	return FAIL(cx, ERR_NOT_FOUND, "trends.digest.no_day", "%.*s is no day", FMT(str_sub(s, 0, 40)));
}

static enum err offers_load(struct cx *cx, struct digest_page *v)
{
	int64_t until = day_start(v->day) + 7 * HOUR;
	return story_list(cx, &(struct story_filter){ .since = until - 2 * DAY, .until = until, .least = 1, .most = OFFERS_MOST }, &v->offers);
}

static enum err digest_page_load(struct cx *cx, const struct ask *ask, struct digest_page *v)
{
	enum err e = digest_load(cx, v->day, &v->d);
	v->ask = ask;
	v->there = e == OK;
	v->can_edit = may_ask(cx, ACT_DIGEST_EDIT) && (!v->there || !str_eq(v->d.state, S("approved"))) && !v->paper;
	v->can_approve = may_ask(cx, ACT_DIGEST_APPROVE) && v->can_edit;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	v->approved_by = v->d.approved_by ? staff_say(cx, v->d.approved_by) : S("");
	TRY(digest_items(cx, &v->d, &v->items));
	return v->can_edit ? offers_load(cx, v) : OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct digest_page v = { .day = day_of(cx->now) };
	struct html out = html_new(cx->mem);
	if (ask_param(ask, "ngay").n)
		TRY(day_asked(cx, ask_param(ask, "ngay"), &v.day));
	TRY(digest_page_load(cx, ask, &v));
	page_digest_show(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = SAY(cx, "trends.digest.of", say_day(cx, v.day)), .at = "/diem-bao" }, &out);
}

static enum err print(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct digest_page v = { .paper = true };
	struct html out = html_new(cx->mem);
	TRY(day_asked(cx, ask_place(ask, "day"), &v.day));
	TRY(digest_page_load(cx, ask, &v));
	if (!v.there)
		return FAIL(cx, ERR_NOT_FOUND, "trends.digest.none", "no digest of that day");
	page_digest_show(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = SAY(cx, "trends.digest.of", say_day(cx, v.day)), .bare = true }, &out);
}

/* "2026-11-25.docx", "2026-11-25.pdf"; without an ending the page of the day. */
static enum err file(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	static const char DOCX[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	struct str name = ask_place(ask, "file"), bytes;
	ptrdiff_t dot = str_chr(name, '.');
	struct digest d;
	struct paper *paper;
	int64_t day;
	TRY(day_asked(cx, dot < 0 ? name : str_sub(name, 0, (size_t)dot), &day));
	if (dot < 0)
		return reply_redirect(reply, str_fmt(cx->mem, "/diem-bao?ngay=%.*s", FMT(day_iso(cx->mem, day))));
	bool docx = str_ends(name, S(".docx")), pdf = str_ends(name, S(".pdf"));
	if (!docx && !pdf)
		return FAIL(cx, ERR_NOT_FOUND, "trends.digest.no_kind", "%.*s is neither .docx nor .pdf", FMT(str_sub(name, 0, 60)));
	TRY(digest_load(cx, day, &d));
	TRY(digest_paper(cx, &d, ask->site->province, &paper));
	TRY(docx ? paper_docx(cx->mem, paper, &bytes, &cx->fault) : paper_pdf(cx->mem, paper, &bytes, &cx->fault));
	return reply_file(reply, docx ? DOCX : "application/pdf",
		str_fmt(cx->mem, "diem-bao-%.*s%s", FMT(day_iso(cx->mem, day)), docx ? ".docx" : ".pdf"), bytes);
}

/* ---- the editor: every deed leads back to the day ---------------------------------------------------------------- */

static enum err back(struct cx *cx, struct reply *reply, int64_t day)
{
	return reply_redirect(reply, str_fmt(cx->mem, "/diem-bao?ngay=%.*s", FMT(day_iso(cx->mem, day))));
}

/* A number of a form; 0 when it is none, which no section, place, item or story is. */
static int64_t number(const struct ask *ask, const char *name)
{
	int64_t n = 0;
	return str_int(ask_field(ask, name), &n) ? n : 0;
}

static int small(const struct ask *ask, const char *name)
{
	return (int)MIN(MAX(number(ask, name), 0), 10000);
}

static enum err make(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	struct digest d;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_make(cx, day, &d));
	return back(cx, reply, day);
}

static enum err move(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_move(cx, day, number(ask, "item"), small(ask, "section"), small(ask, "place")));
	return back(cx, reply, day);
}

static enum err note(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_note(cx, day, number(ask, "item"), ask_field(ask, "proposal"), ask_field(ask, "note")));
	return back(cx, reply, day);
}

static enum err drop(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_drop(cx, day, number(ask, "item")));
	return back(cx, reply, day);
}

static enum err add(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_add(cx, day, small(ask, "section"), number(ask, "story")));
	return back(cx, reply, day);
}

static enum err intro(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_intro(cx, day, ask_field(ask, "intro")));
	return back(cx, reply, day);
}

static enum err approve(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t day;
	TRY(day_asked(cx, ask_place(ask, "day"), &day));
	TRY(digest_approve(cx, day));
	return back(cx, reply, day);
}

static const struct route_param show_params[] = { { "ngay", "query", "date", "The day; today without it" }, { 0 } };

const struct route digest_rows[10] = {
	{ "GET", "/diem-bao", ACT_DIGEST_READ, show, "The press digest of a day", PAGE, show_params },
	{ "GET", "/diem-bao/:file", ACT_DIGEST_READ, file, "The digest as 2026-11-25.docx or 2026-11-25.pdf", FILE_OUT },
	{ "GET", "/diem-bao/:day/in", ACT_DIGEST_READ, print, "The digest alone, to be printed", PAGE },
	{ "POST", "/diem-bao/:day/lap", ACT_DIGEST_EDIT, make, "Puts the digest of a day together", PAGE },
	{ "POST", "/diem-bao/:day/chuyen", ACT_DIGEST_EDIT, move, "Moves an item to a section and place", PAGE },
	{ "POST", "/diem-bao/:day/ghi", ACT_DIGEST_EDIT, note, "Proposal and note of an item", PAGE },
	{ "POST", "/diem-bao/:day/bo", ACT_DIGEST_EDIT, drop, "Takes an item out", PAGE },
	{ "POST", "/diem-bao/:day/them", ACT_DIGEST_EDIT, add, "Adds a story to a section", PAGE },
	{ "POST", "/diem-bao/:day/loi-dan", ACT_DIGEST_EDIT, intro, "The words on top", PAGE },
	{ "POST", "/diem-bao/:day/duyet", ACT_DIGEST_APPROVE, approve, "Approves it; nothing moves after that", PAGE },
};
