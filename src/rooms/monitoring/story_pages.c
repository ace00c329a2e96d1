/*
 * story_pages - /su-viec: the stories of a day, a week, a month; one story; and what a person does with it.
 */
#include "rooms/monitoring/story_pages.h"

#include "people/may.h"

enum { STORIES_SHOWN = 60, LEAST_OF_A_STORY = 2 };

static const struct { const char *code; int64_t seconds; } windows[] = { { "24h", DAY }, { "7d", 7 * DAY }, { "30d", 30 * DAY } };

static enum err fill_row(struct cx *cx, const struct story *s, struct story_row *ret)
{
	int64_t from, *all, *bad;
	*ret = (struct story_row){ .s = *s };
	TRY(story_hours(cx, s->id, cx->now, SPARK_DAYS * 24, &from, &all, &bad));
	for (int h = 0; h < SPARK_DAYS * 24; h++)
		ret->days[h / 24] += (double)all[h];
	return OK;
}

static enum err list_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct stories_view v = { .ask = ask, .windows = choices_of(cx, "monitoring.window_", "24h 7d 30d"), .topics = topic_choices(cx),
		.window = S("24h") };
	struct story_filter f = { .since = cx->now - DAY, .least = LEAST_OF_A_STORY, .most = STORIES_SHOWN };
	struct story_list list;
	struct html out = html_new(cx->mem);
	for (size_t i = 0; i < COUNT(windows); i++)
		if (str_eq(ask_param(ask, "ky"), str_z(windows[i].code))) {
			f.since = cx->now - windows[i].seconds;
			v.window = str_z(windows[i].code);
		}
	if (ask_param(ask, "topic").n) {
		f.label_kind = S("topic");
		f.label_code = ask_param(ask, "topic");
	}
	TRY(story_list(cx, &f, &list));
	v.v = NEW_ARRAY(cx->mem, struct story_row, list.n);
	for (v.n = 0; v.n < list.n; v.n++)
		TRY(fill_row(cx, &list.v[v.n], &v.v[v.n]));
	page_stories(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.stories")), .at = "/su-viec" }, &out);
}

static enum story_tab tab_of(struct str s)
{
	static const char *const names[] = { [TAB_OVERVIEW] = "", [TAB_ARTICLES] = "tin", [TAB_EVIDENCE] = "bang-chung", [TAB_LOG] = "nhat-ky" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq(s, str_z(names[i])))
			return (enum story_tab)i;
	return TAB_OVERVIEW;
}

static struct str story_path(struct cx *cx, int64_t id)
{
	return str_fmt(cx->mem, "/su-viec/%lld", (long long)id);
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct story_page v = { .ask = ask, .tab = tab_of(ask_param(ask, "phan")), .may_edit = may_ask(cx, ACT_STORY_EDIT),
		.may_label = may_ask(cx, ACT_ARTICLE_LABEL) };
	struct html out = html_new(cx->mem);
	int64_t id = ask_id(ask, "id");
	TRY(story_page_load(cx, id, &v));
	if (v.s.id != id)
		return reply_redirect(reply, story_path(cx, v.s.id));
	const struct crumb crumbs[] = { { str_z(say(cx, "monitoring.overview")), "/" }, { str_z(say(cx, "monitoring.stories")), "/su-viec" },
		{ str_fmt(cx->mem, "SV-%lld", (long long)v.s.id), NULL } };
	page_story(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = v.s.title, .at = "/su-viec", .crumbs = crumbs, .ncrumbs = 3 }, &out);
}

/* ---- what a person decides ------------------------------------------------------------------------ */

static enum err rename_it(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t id = ask_id(ask, "id");
	TRY(story_rename(cx, id, ask_field(ask, "title")));
	return reply_redirect(reply, story_path(cx, id));
}

static enum err pin_it(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t id = ask_id(ask, "id");
	TRY(story_pin(cx, id, str_eq(ask_field(ask, "pin"), S("1"))));
	return reply_redirect(reply, story_path(cx, id));
}

/* "12", "SV-12" or an address that ends in /su-viec/12. */
static int64_t story_meant(struct str s)
{
	int64_t id = 0;
	size_t from = s.n;
	ptrdiff_t query = str_chr(s, '?');
	if (query >= 0)
		s = str_sub(s, 0, (size_t)query);
	for (from = s.n; from && s.p[from - 1] >= '0' && s.p[from - 1] <= '9';)
		from--;
	return str_int(str_sub(s, from, s.n), &id) ? id : 0;
}

static enum err merge_it(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t from = ask_id(ask, "id"), into = story_meant(ask_field(ask, "into"));
	TRY(story_merge(cx, from, into));
	return reply_redirect(reply, story_path(cx, into));
}

static enum err split_it(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int64_t id = ask_id(ask, "id"), fresh, *chosen = NEW_ARRAY(cx->mem, int64_t, ask->fields.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < ask->fields.n; i++)
		if (str_eq(ask->fields.v[i].name, S("article")) && str_int(ask->fields.v[i].value, &chosen[n]))
			n++;
	TRY(story_split(cx, id, chosen, n, &fresh));
	return reply_redirect(reply, story_path(cx, fresh));
}

const struct route story_rows[6] = {
	{ "GET", "/su-viec", ACT_ARTICLE_READ, list_page, "Stories of the last day, week or month", PAGE },
	{ "GET", "/su-viec/:id", ACT_ARTICLE_READ, show, "One story: summary, 48 hours, evidence, sources, articles, decisions", PAGE },
	{ "POST", "/su-viec/:id/ten", ACT_STORY_EDIT, rename_it, "Gives a story another title", PAGE },
	{ "POST", "/su-viec/:id/ghim", ACT_STORY_EDIT, pin_it, "Pins a story, or lets it go", PAGE },
	{ "POST", "/su-viec/:id/gop", ACT_STORY_EDIT, merge_it, "Merges a story into another", PAGE },
	{ "POST", "/su-viec/:id/tach", ACT_STORY_EDIT, split_it, "Splits chosen articles off into a story of their own", PAGE },
};
