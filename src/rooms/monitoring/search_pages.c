/*
 * search_pages - /tim: words in, articles out, and plainly said what was taken to be meant and what was left out.
 */
#include "rooms/monitoring/search_pages.h"

#include "people/may.h"
#include "rooms/monitoring/tools.h"

enum { WORDS_MOST = 500 };

enum err search_ask(struct cx *cx, const struct ask *ask, int most, struct search_result *ret)
{
	struct search_filter f = { .tone = ask_param(ask, "tone"), .most = most };
	struct str words = str_trim(ask_param(ask, "q"));
	const struct vocab *vocab;
	int64_t day;
	*ret = (struct search_result){ 0 };
	if (!words.n)
		return OK;
	if (day_parse(ask_param(ask, "from"), &day))
		f.from_at = day_start(day);
	if (day_parse(ask_param(ask, "to"), &day))
		f.until_at = day_start(day + 1);
	TRY(tools_vocab(cx, &vocab));
	return search_run(cx, vocab, str_sub(words, 0, WORDS_MOST), &f, ret);
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct search_view v = { .ask = ask, .words = str_trim(ask_param(ask, "q")), .tones = choices_of(cx, "tone.", tone_codes),
		.may_save = may_ask(cx, ACT_SEARCH_SAVE) };
	struct html out = html_new(cx->mem);
	TRY(search_ask(cx, ask, PAGE_ROWS, &v.found));
	struct article_list list = { NEW_ARRAY(cx->mem, struct article, v.found.n), v.found.n };
	for (size_t i = 0; i < list.n; i++)
		list.v[i] = v.found.v[i].article;
	TRY(article_views(cx, &list, &v.rows));
	page_search(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.search")), .at = "/tim" }, &out);
}

const struct route search_rows[1] = {
	{ "GET", "/tim", ACT_ARTICLE_READ, show, "Articles by words, with or without marks", PAGE },
};
