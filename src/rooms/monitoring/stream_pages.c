/*
 * stream_pages - /tin: the newest articles, narrowed by what is chosen, page by page by key.
 *
 * The index serves one label; when two or three are asked for (a topic and a place) the others are asked of each
 * row, over at most ROUNDS pages of candidates, so a rare pair may need another click on "next".
 */
#include "people/may.h"
#include "rooms/monitoring/rollup.h"
#include "rooms/monitoring/stream_pages.h"
#include "rooms/monitoring/tools.h"

enum { ROUNDS = 20, PLACES_SHOWN = 60, PLACE_DAYS = 30 };

static const char *const kinds[] = { "place", "body", "topic" }; /* the rarest first: it goes to the index */

static struct str stream_label(const struct ask *ask, const char *kind)
{
	return ask_param(ask, kind);
}

static void stream_filter(const struct ask *ask, struct article_filter *ret)
{
	struct article_filter f = { .tone = ask_param(ask, "tone"), .stance = ask_param(ask, "stance"), .scope = ask_param(ask, "scope"),
		.outlet = ask_int(ask, "outlet", 1, INT64_MAX, 0), .unconfirmed = ask_param(ask, "unconfirmed").n > 0 };
	struct cursor after = api_cursor(ask, "after");
	int64_t day;
	if (day_parse(ask_param(ask, "from"), &day))
		f.from_at = day_start(day);
	if (after.set) {
		f.before_at = after.at;
		f.before_id = after.id;
	}
	for (size_t k = 0; k < COUNT(kinds) && !f.label_kind.n; k++)
		if (stream_label(ask, kinds[k]).n) {
			f.label_kind = str_z(kinds[k]);
			f.label_code = stream_label(ask, kinds[k]);
		}
	*ret = f;
}

static enum err has_labels(struct cx *cx, const struct ask *ask, int64_t id, bool *ret)
{
	struct article_label_list labels;
	*ret = true;
	TRY(article_labels(cx, id, &labels));
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct str code = stream_label(ask, kinds[k]);
		bool found = !code.n;
		for (size_t i = 0; i < labels.n; i++)
			found |= str_eq(labels.v[i].kind, str_z(kinds[k])) && str_eq(labels.v[i].code, code);
		*ret &= found;
	}
	return OK;
}

static int labels_asked(const struct ask *ask)
{
	int n = 0;
	for (size_t k = 0; k < COUNT(kinds); k++)
		n += stream_label(ask, kinds[k]).n > 0;
	return n;
}

enum err stream_load(struct cx *cx, const struct ask *ask, int most, struct article_list *ret, struct cursor *ret_last)
{
	struct article_filter f;
	struct article_list list = { NEW_ARRAY(cx->mem, struct article, (size_t)most), 0 }, some;
	stream_filter(ask, &f);
	f.most = most + 1;
	*ret_last = (struct cursor){ 0 };
	for (int round = 0; round < ROUNDS; round++) {
		TRY(article_list(cx, &f, &some));
		for (size_t i = 0; i < some.n; i++) {
			bool wanted = true;
			if (labels_asked(ask) > 1)
				TRY(has_labels(cx, ask, some.v[i].id, &wanted));
			if (wanted && (int)list.n == most) {
				ret_last->set = true;
				break;
			}
			if (wanted)
				list.v[list.n++] = some.v[i];
			f.before_at = ret_last->at = some.v[i].published_at;
			f.before_id = ret_last->id = some.v[i].id;
		}
		if (ret_last->set || (int)some.n < f.most)
			break;
		ret_last->set = round + 1 == ROUNDS;
	}
	*ret = list;
	return OK;
}

static enum err place_choices(struct cx *cx, const struct ask *ask, struct choice_list *ret)
{
	struct counted_list places;
	struct str now = ask_param(ask, "place");
	int64_t today = day_of(cx->now);
	TRY(rollup_by_code(cx, BY_DAY, S("place"), today - PLACE_DAYS, today, PLACES_SHOWN, &places));
	struct choice_list list = { NEW_ARRAY(cx->mem, struct choice, places.n + 1), 0 };
	bool there = !now.n;
	for (size_t i = 0; i < places.n; i++) {
		list.v[list.n++] = (struct choice){ places.v[i].code, place_name(cx, places.v[i].code) };
		there |= str_eq(places.v[i].code, now);
	}
	if (!there)
		list.v[list.n++] = (struct choice){ now, place_name(cx, now) };
	*ret = list;
	return OK;
}

static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct stream_view v = { .ask = ask, .topics = topic_choices(cx), .tones = choices_of(cx, "tone.", tone_codes),
		.stances = choices_of(cx, "stance.", stance_codes), .scopes = choices_of(cx, "scope.", scope_codes) };
	struct article_list list;
	struct cursor last;
	struct html out = html_new(cx->mem);
	TRY(stream_load(cx, ask, PAGE_ROWS, &list, &last));
	TRY(article_views(cx, &list, &v.rows));
	TRY(outlet_choices(cx, &v.outlets));
	TRY(place_choices(cx, ask, &v.places));
	TRY(source_coverage(cx, &v.coverage));
	if (last.set)
		v.pager.after = ask_with(cx->mem, ask, "after", api_cursor_text(cx->mem, last.at, last.id));
	v.pager.shown = SAY(cx, "monitoring.rows_shown", num(cx, (int64_t)list.n));
	v.deep = ask_param(ask, "after").n > 0;
	v.can_add = may_ask(cx, ACT_ARTICLE_ADD);
	page_stream(&out, cx, &v);
	return page_send(cx, ask, reply, &(struct sheet){ .title = str_z(say(cx, "monitoring.stream")), .at = "/tin" }, &out);
}

const struct route stream_rows[1] = {
	{ "GET", "/tin", ACT_ARTICLE_READ, show, "The newest articles, filtered", PAGE },
};
