/*
 * filter_words - `nhipcau keywords` and `nhipcau summarise`: what an article is about, against what the
 * stream said before it, and a story in a few of its own sentences.
 */
#include "app/items.h"
#include "text/keyword.h"
#include "text/summary.h"

enum { MOST_TERMS = 100, MOST_SENTENCES = 50, MOST_ARTICLES = 1000 };

static double rounded(double x)
{
	return (double)(long long)(x * 100 + 0.5) / 100;
}

static int run_keywords(struct call *call)
{
	struct items in = { .lines = lines_open(call->mem, call->args, call->nargs) };
	struct keyword_ground *ground = keyword_ground_new(call->mem);
	size_t most = (size_t)call_int(call, "most", 1, MOST_TERMS, 10);
	struct arena scratch = { 0 };
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		error = error ? error : item_empty(&item);
		if (error) {
			item_error(&in, &item, error);
			continue;
		}
		struct keyword words[MOST_TERMS];
		struct str whole = str_fmt(&scratch, "%.*s\n%.*s\n%.*s", FMT(item.title), FMT(item.summary), FMT(item.text));
		size_t n = keyword_pick(&scratch, ground, whole, most, words);
		json_t *list = json_array();
		for (size_t i = 0; i < n; i++)
			json_array_append_new(list, json_pack("{ss%sf}", "term", words[i].term.p, words[i].term.n, "score", rounded(words[i].score)));
		json_line(json_pack("{sOso}", "id", item.id, "keywords", list));
		keyword_ground_add(ground, &scratch, whole);
	}
	arena_done(&scratch);
	return items_end(&in);
}

static const struct flag keywords_flags[] = {
	{ "most", "N", "at most so many terms an article (10)" },
	{ 0 },
};

const struct command command_keywords = {
	.name = "keywords",
	.usage = "[--most N] [FILE…]",
	.about = "says which words and names an article uses more than those before it",
	.example = "nhipcau keywords < articles.jsonl",
	.flags = keywords_flags,
	.run = run_keywords,
};

/* The story's articles; an item with text of its own is a story of one. */
static const char *take_articles(struct arena *mem, const struct item *item, struct summary_article **ret, json_t **ret_ids, size_t *ret_n)
{
	json_t *list = json_object_get(item->whole, "articles"), *one;
	size_t n = json_array_size(list), i;
	*ret = NEW_ARRAY(mem, struct summary_article, n + 1);
	*ret_n = n;
	*ret_ids = list;
	if (!list) {
		**ret = (struct summary_article){ item->title, item->text.n ? item->text : item->summary };
		*ret_n = 1;
		return NULL;
	}
	if (!json_is_array(list) || n > MOST_ARTICLES)
		return "articles is a list of at most 1000";
	json_array_foreach(list, i, one) {
		struct summary_article *a = *ret + i;
		if (!json_is_object(one) || !item_member(one, "title", &a->title) || !item_member(one, "text", &a->text))
			return "an article is an object with title and text";
	}
	return NULL;
}

/* What an article is called: its id, or its place in the list from 1. */
static json_t *article_name(const json_t *list, const struct item *item, size_t i)
{
	json_t *id = list ? json_object_get(json_array_get(list, i), "id") : item->id;
	return id ? json_incref(id) : json_integer((json_int_t)i + 1);
}

static void summarise(struct items *in, struct arena *mem, const struct item *item, size_t most)
{
	struct summary_article *articles;
	json_t *list;
	size_t n;
	const char *error = take_articles(mem, item, &articles, &list, &n);
	if (error) {
		item_error(in, item, error);
		return;
	}
	struct summary_sentence picked[MOST_SENTENCES];
	size_t got = summary_pick(mem, articles, n, most, picked);
	json_t *sentences = json_array();
	for (size_t i = 0; i < got; i++)
		json_array_append_new(sentences, json_pack("{ss%so}", "text", picked[i].s.p, picked[i].s.n, "article",
			article_name(list, item, picked[i].article)));
	json_line(json_pack("{sOso}", "id", item->id, "sentences", sentences));
}

static int run_summarise(struct call *call)
{
	struct items in = { .lines = lines_open(call->mem, call->args, call->nargs) };
	size_t most = (size_t)call_int(call, "sentences", 1, MOST_SENTENCES, 3);
	struct arena scratch = { 0 };
	struct item item;
	for (const char *error; items_next(&in, &item, &error); item_done(&item), arena_reset(&scratch)) {
		if (error)
			item_error(&in, &item, error);
		else
			summarise(&in, &scratch, &item, most);
	}
	arena_done(&scratch);
	return items_end(&in);
}

static const struct flag summarise_flags[] = {
	{ "sentences", "N", "at most so many (3)" },
	{ 0 },
};

const struct command command_summarise = {
	.name = "summarise",
	.usage = "[--sentences N] [FILE…]",
	.about = "tells a story in a few exact sentences of its articles",
	.example = "nhipcau summarise --sentences 4 < stories.jsonl",
	.flags = summarise_flags,
	.run = run_summarise,
};
