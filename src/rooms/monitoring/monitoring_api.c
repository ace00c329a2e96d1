/*
 * monitoring_api - the same over /api/v1, as JSON. Every label carries its probability, the model's name and
 * whether a person has confirmed it (PR-14).
 */
#include "people/may.h"
#include "rooms/monitoring/search_pages.h"
#include "rooms/monitoring/stream_pages.h"
#include "rooms/monitoring/tools.h"

#include "net/schedule.h"

#define SET(o, key, value) json_object_set_new((o), (key), (value))

static json_t *label_json(struct str code, double p)
{
	json_t *o = json_object();
	SET(o, "answer", json_text(code));
	SET(o, "p", json_real(p));
	return o;
}

static json_t *article_json(struct cx *cx, const struct article *a)
{
	json_t *o = json_object();
	SET(o, "id", json_id(a->id));
	SET(o, "url", json_text(a->url));
	SET(o, "title", json_text(a->title));
	SET(o, "lead", json_text(a->lead));
	SET(o, "outlet", json_id(a->outlet));
	SET(o, "outlet_name", json_text(a->outlet_name));
	SET(o, "published_at", api_time(cx->mem, a->published_at));
	SET(o, "copy_of", json_id(a->copy_of));
	SET(o, "story", json_id(a->story));
	SET(o, "scope", label_json(a->scope, a->scope_p));
	SET(o, "tone", label_json(a->tone, a->tone_p));
	SET(o, "stance", label_json(a->stance, a->stance_p));
	SET(o, "model", json_text(a->model));
	SET(o, "confirmed", json_boolean(a->confirmed_at != 0));
	return o;
}

static enum err articles(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct article_list list;
	struct cursor last;
	json_t *items = json_array();
	enum err e = stream_load(cx, ask, (int)api_limit(ask), &list, &last);
	for (size_t i = 0; !e && i < list.n; i++)
		json_array_append_new(items, article_json(cx, &list.v[i]));
	if (!e)
		return api_list(reply, ask, items, last);
	json_decref(items);
	return e;
}

static json_t *labels_json(struct cx *cx, const struct article_label_list *labels)
{
	json_t *list = json_array();
	for (size_t i = 0; i < labels->n; i++) {
		json_t *o = json_object();
		SET(o, "kind", json_text(labels->v[i].kind));
		SET(o, "code", json_text(labels->v[i].code));
		SET(o, "name", json_text(label_say(cx, &labels->v[i])));
		SET(o, "p", json_real(labels->v[i].p));
		SET(o, "by_person", json_boolean(labels->v[i].by_person));
		json_array_append_new(list, o);
	}
	return list;
}

static enum err article(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct article a;
	struct article_label_list labels;
	struct str body, evidence;
	TRY(article_load(cx, ask_id(ask, "id"), &a));
	TRY(article_labels(cx, a.id, &labels));
	TRY(article_text(cx, a.id, &body, &evidence));
	json_t *o = article_json(cx, &a), *cues = json_loadb(evidence.p, evidence.n, 0, NULL);
	SET(o, "body", json_text(body));
	SET(o, "labels", labels_json(cx, &labels));
	SET(o, "evidence", cues ? cues : json_array());
	SET(o, "versions", json_integer(a.versions));
	return reply_json(reply, 200, o);
}

static json_t *story_json(struct cx *cx, const struct story *s)
{
	json_t *o = json_object(), *tone = json_object();
	SET(o, "id", json_id(s->id));
	SET(o, "title", json_text(s->title));
	SET(o, "topic", json_text(s->topic));
	SET(o, "first_at", api_time(cx->mem, s->first_at));
	SET(o, "last_at", api_time(cx->mem, s->last_at));
	SET(o, "articles", json_integer(s->n));
	SET(o, "outlets", json_integer(s->outlets));
	SET(tone, "good", json_integer(s->good));
	SET(tone, "neutral", json_integer(s->neutral));
	SET(tone, "bad", json_integer(s->bad));
	SET(o, "tone", tone);
	SET(o, "unfavourable", json_integer(s->unfavourable));
	SET(o, "pinned", json_boolean(s->pinned));
	return o;
}

static enum err stories(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct story_filter f = { .since = cx->now - ask_int(ask, "hours", 1, 24 * 366, 24) * HOUR, .least = (int)ask_int(ask, "least", 1, 1000, 2),
		.most = (int)api_limit(ask) };
	struct story_list list;
	if (ask_param(ask, "topic").n) {
		f.label_kind = S("topic");
		f.label_code = ask_param(ask, "topic");
	}
	TRY(story_list(cx, &f, &list));
	json_t *items = json_array();
	for (size_t i = 0; i < list.n; i++) {
		json_t *o = story_json(cx, &list.v[i]);
		SET(o, "recent", json_integer(list.v[i].recent));
		json_array_append_new(items, o);
	}
	return api_list(reply, ask, items, (struct cursor){ 0 });
}

static enum err story(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct story s;
	struct article_list list;
	TRY(story_load(cx, ask_id(ask, "id"), &s));
	TRY(article_of_story(cx, s.id, API_PAGE_MOST, &list));
	json_t *o = story_json(cx, &s), *items = json_array();
	for (size_t i = 0; i < list.n; i++)
		json_array_append_new(items, article_json(cx, &list.v[i]));
	SET(o, "items", items);
	return reply_json(reply, 200, o);
}

static enum err sources(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct source_list list;
	TRY(source_list(cx, &list));
	json_t *items = json_array();
	for (size_t i = 0; i < list.n; i++) {
		const struct source *s = &list.v[i];
		json_t *o = json_object();
		SET(o, "id", json_id(s->id));
		SET(o, "outlet", json_id(s->outlet));
		SET(o, "outlet_name", json_text(s->outlet_name));
		SET(o, "kind", json_text(s->kind));
		SET(o, "url", json_text(s->url));
		SET(o, "permission", json_text(s->permission));
		SET(o, "approved_at", api_time(cx->mem, s->approved_at));
		SET(o, "paused", json_boolean(s->paused));
		SET(o, "health", json_string(source_health_name(s->health)));
		SET(o, "state", json_text(s->state));
		SET(o, "ok_at", api_time(cx->mem, s->ok_at));
		SET(o, "next_poll_at", api_time(cx->mem, s->next_poll_at));
		SET(o, "items", json_integer(s->items));
		json_array_append_new(items, o);
	}
	return api_list(reply, ask, items, (struct cursor){ 0 });
}

static enum err outlets(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct outlet_list list;
	TRY(outlet_list(cx, &list));
	json_t *items = json_array();
	for (size_t i = 0; i < list.n; i++) {
		json_t *o = json_object();
		SET(o, "id", json_id(list.v[i].id));
		SET(o, "name", json_text(list.v[i].name));
		SET(o, "kind", json_text(list.v[i].kind));
		SET(o, "home", json_text(list.v[i].home));
		SET(o, "approved_at", api_time(cx->mem, list.v[i].approved_at));
		json_array_append_new(items, o);
	}
	return api_list(reply, ask, items, (struct cursor){ 0 });
}

static enum err search(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct search_result found;
	TRY(search_ask(cx, ask, (int)api_limit(ask), &found));
	json_t *o = json_object(), *items = json_array();
	for (size_t i = 0; i < found.n; i++) {
		json_t *one = article_json(cx, &found.v[i].article);
		SET(one, "score", json_real(found.v[i].score));
		json_array_append_new(items, one);
	}
	SET(o, "items", items);
	SET(o, "capped", json_boolean(found.capped));
	SET(o, "meant", found.meant.n ? json_text(found.meant) : json_null());
	return reply_json(reply, 200, o);
}

/* ---- what may be asked ---------------------------------------------------------------------------- */

static const struct route_param articles_params[] = {
	{ "topic", "query", "string", "A topic's code" },
	{ "place", "query", "string", "A place's code" },
	{ "body", "query", "string", "A public body's code" },
	{ "tone", "query", "string", "good, neutral, bad or unknown" },
	{ "stance", "query", "string", "favourable, neither, unfavourable or unknown" },
	{ "scope", "query", "string", "vietnamese_public, other_vietnam or foreign" },
	{ "outlet", "query", "string", "An outlet's id" },
	{ "from", "query", "date", "The first day" },
	{ "unconfirmed", "query", "string", "1: only those no person has confirmed" },
	{ "after", "query", "string", "Where the page before ended" },
	{ "limit", "query", "integer", "At most so many, 1 to 500" },
	{ 0 },
};
static const struct route_param stories_params[] = {
	{ "hours", "query", "integer", "How far back, 24 when absent" },
	{ "least", "query", "integer", "Only stories of at least so many articles, 2 when absent" },
	{ "topic", "query", "string", "A topic's code" },
	{ "limit", "query", "integer", "At most so many, 1 to 500" },
	{ 0 },
};
static const struct route_param search_params[] = {
	{ "q", "query", "string", "Words, \"phrases\", -words" },
	{ "from", "query", "date", "The first day" },
	{ "to", "query", "date", "The last day" },
	{ "tone", "query", "string", "good, neutral, bad or unknown" },
	{ "limit", "query", "integer", "At most so many, 1 to 500" },
	{ 0 },
};

const struct route monitoring_api_rows[7] = {
	{ "GET", "/api/v1/articles", ACT_ARTICLE_READ, articles, "Articles, newest first", API, articles_params },
	{ "GET", "/api/v1/articles/:id", ACT_ARTICLE_READ, article, "One article with its text, labels and evidence", API },
	{ "GET", "/api/v1/stories", ACT_ARTICLE_READ, stories, "Stories of the last hours, largest first", API, stories_params },
	{ "GET", "/api/v1/stories/:id", ACT_ARTICLE_READ, story, "One story with its articles", API },
	{ "GET", "/api/v1/sources", ACT_SOURCE_READ, sources, "All sources and how each is", API },
	{ "GET", "/api/v1/outlets", ACT_SOURCE_READ, outlets, "All outlets", API },
	{ "GET", "/api/v1/search", ACT_ARTICLE_READ, search, "Articles by words", API, search_params },
};
