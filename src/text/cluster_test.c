/* cluster_test - stories are found, are the same every time, survive a restart, and obey a person. */
#include "text/cluster.h"

#include "base/test.h"

enum { ARTICLES = 600, EVENTS = 60 };

static const struct cluster_settings small = { .room = 300, .slots_log2 = 14 };

/* A made-up press: events of some twenty words of their own in the words of everybody, two weeks long. */
static struct cluster_item article(struct arena *mem, int64_t id)
{
	struct rng r = { (uint64_t)id * 31 + 5 };
	uint64_t event = rng_next(&r) % 7 ? (uint64_t)id * EVENTS / ARTICLES + rng_next(&r) % 5 : 1000 + (uint64_t)id;
	struct text title = text_new(mem), text = text_new(mem);
	for (int i = 0; i < 8; i++)
		text_fmt(&title, "%s%llu ", i % 2 ? "x" : "Y", (unsigned long long)(event * 20 + rng_next(&r) % 20));
	for (int i = 0; i < 60; i++)
		text_fmt(&text, rng_next(&r) % 3 ? "c%llu " : "x%llu ", (unsigned long long)(i % 3 ? rng_next(&r) % 400 : event * 20 + rng_next(&r) % 20));
	int64_t at = 1700000000 + id * 2016 + (int64_t)(rng_next(&r) % 3000);
	return (struct cluster_item){ .id = id, .title = text_str(&title), .text = text_str(&text), .published = at };
}

struct world {
	struct cluster *c;
	int64_t story[ARTICLES + 1];   /* now */
	bool gone[ARTICLES + 1];       /* forgotten, by story id */
	struct str vector[ARTICLES + 1];
	int merged, split, forgotten;
};

static void follow(struct world *w)
{
	for (struct cluster_event e; cluster_event_next(w->c, &e);) {
		if (e.kind == CLUSTER_MOVED)
			w->story[e.article] = e.to;
		if (e.kind == CLUSTER_FORGOTTEN)
			w->gone[e.from] = true;
		w->merged += e.kind == CLUSTER_MERGED;
		w->split += e.kind == CLUSTER_SPLIT;
		w->forgotten += e.kind == CLUSTER_FORGOTTEN;
	}
}

static struct cluster_answer add(struct world *w, int64_t id)
{
	struct cluster_item item = article(test_mem(), id);
	struct cluster_answer r;
	struct fault fault;
	CHECK_INT(cluster_add(w->c, test_mem(), &item, &r, &fault), OK);
	w->story[id] = r.story;
	w->vector[id] = r.vector;
	follow(w);
	return r;
}

static struct world *world_new(void)
{
	struct world *w = NEW(test_mem(), struct world);
	w->c = cluster_new(test_mem(), small);
	return w;
}

TEST(the_same_stream_gives_the_same_stories)
{
	struct world *a = world_new(), *b = world_new();
	for (int64_t i = 1; i <= ARTICLES; i++)
		CHECK_INT(add(a, i).story, add(b, i).story);
	CHECK(!memcmp(a->story, b->story, sizeof a->story));
	CHECK(cluster_stories(a->c) > 20);
	cluster_done(a->c);
	cluster_done(b->c);
}

TEST(what_events_say_is_what_the_engine_holds)
{
	struct world *w = world_new();
	int held = 0;
	for (int64_t i = 1; i <= ARTICLES; i++)
		add(w, i);
	for (int64_t i = 1; i <= ARTICLES; i++) {
		int64_t now = cluster_story_of(w->c, i);
		CHECK(now == w->story[i] || (!now && w->gone[w->story[i]]));
		held += now != 0;
	}
	CHECK_INT(held, cluster_articles(w->c));
	CHECK(w->forgotten > 0 && held < 460);
	cluster_done(w->c);
}

/* The engine is thrown away after `at` articles and rebuilt from what a store would have kept. */
static void restart(struct world *w, int64_t at, int64_t counted)
{
	struct world *fresh = world_new();
	struct world *before = world_new();
	struct fault fault;
	for (int64_t i = 1; i <= counted; i++)
		add(before, i);
	CHECK_INT(cluster_counts_read(fresh->c, cluster_counts_write(before->c, test_mem()), &fault), OK);
	cluster_done(before->c);
	for (int64_t i = 1; i <= at; i++) {
		if (w->gone[w->story[i]])
			continue;
		struct cluster_kept k = { article(test_mem(), i), w->story[i], w->vector[i], i <= counted };
		CHECK_INT(cluster_restore(fresh->c, &k, &fault), OK);
	}
	cluster_done(w->c);
	w->c = fresh->c;
}

TEST(a_restart_changes_no_later_decision)
{
	struct world *plain = world_new(), *stopped = world_new();
	for (int64_t i = 1; i <= ARTICLES; i++) {
		add(plain, i);
		add(stopped, i);
		if (i == 150 || i == 333 || i == 480)
			restart(stopped, i, i - 37);
		CHECK_INT(stopped->story[i], plain->story[i]);
		CHECK(str_eq(stopped->vector[i], plain->vector[i]));
		CHECK_INT(cluster_articles(stopped->c) - cluster_articles(plain->c), 0);
	}
	CHECK(!memcmp(plain->story, stopped->story, sizeof plain->story));
	cluster_done(plain->c);
	cluster_done(stopped->c);
}

/* Two live stories with at least two articles between them, for a person to decide on. */
static void two_stories(struct world *w, int64_t *a, int64_t *b)
{
	for (int64_t i = 1; i <= 200; i++)
		add(w, i);
	*a = 200;
	for (*b = 199; cluster_story_of(w->c, *b) == cluster_story_of(w->c, *a);)
		--*b;
}

TEST(an_article_put_into_a_story_by_hand_stays_there)
{
	struct world *w = world_new();
	struct fault fault;
	int64_t a, b;
	two_stories(w, &a, &b);
	int64_t into = cluster_story_of(w->c, b);
	CHECK_INT(cluster_must(w->c, a, into, &fault), OK);
	CHECK_INT(cluster_must(w->c, b, into, &fault), OK);
	follow(w);
	for (int64_t i = 201; i <= 320; i++) {
		add(w, i);
		CHECK_INT(cluster_story_of(w->c, a) - cluster_story_of(w->c, b), 0);
	}
	cluster_done(w->c);
}

TEST(an_article_taken_out_by_hand_never_comes_back)
{
	struct world *w = world_new();
	struct fault fault;
	int64_t out = 0, story = 0;
	for (int64_t i = 1; i <= 200; i++)
		add(w, i);
	for (int64_t i = 1; i <= 200 && !out; i++)
		if (cluster_story_of(w->c, i) && cluster_story_of(w->c, i) != i)
			out = i;
	story = cluster_story_of(w->c, out);
	CHECK_INT(cluster_cannot(w->c, out, story, &fault), OK);
	CHECK_INT(cluster_story_of(w->c, out), out);
	follow(w);
	for (int64_t i = 201; i <= 320; i++) {
		add(w, i);
		CHECK(cluster_story_of(w->c, out) != story);
	}
	CHECK_INT(cluster_must(w->c, out, story, &fault), ERR_CONFLICT);
	cluster_done(w->c);
}

TEST(stories_joined_by_a_person_stay_one_and_stories_parted_stay_two)
{
	struct world *w = world_new();
	struct fault fault;
	int64_t a, b, parted;
	two_stories(w, &a, &b);
	int64_t from = cluster_story_of(w->c, a), into = cluster_story_of(w->c, b);
	CHECK_INT(cluster_merge(w->c, from, into, &fault), OK);
	follow(w);
	CHECK_INT(cluster_story_of(w->c, a), into);
	CHECK_INT(cluster_merge(w->c, from, into, &fault), ERR_NOT_FOUND);
	for (int64_t i = 201; i <= 260; i++)
		add(w, i);
	CHECK_INT(cluster_story_of(w->c, a) - cluster_story_of(w->c, b), 0);
	CHECK_INT(cluster_split(w->c, &a, 1, &parted, &fault), OK);
	follow(w);
	for (int64_t i = 261; i <= 320; i++) {
		add(w, i);
		CHECK(cluster_story_of(w->c, a) != cluster_story_of(w->c, b));
	}
	cluster_done(w->c);
}

/* Of the articles that were in the story when 200 had come: how many are in it when all have, pinned or not. */
static int kept_of_story(bool pin, int *ret_were)
{
	struct world *w = world_new();
	struct fault fault;
	int64_t a, b;
	bool was[ARTICLES + 1] = { false };
	int kept = 0;
	two_stories(w, &a, &b);
	int64_t story = cluster_story_of(w->c, b);
	*ret_were = 0;
	for (int64_t i = 1; i <= 200; i++)
		*ret_were += was[i] = cluster_story_of(w->c, i) == story;
	if (pin)
		CHECK_INT(cluster_pin(w->c, story, &fault), OK);
	for (int64_t i = 201; i <= ARTICLES; i++)
		add(w, i);
	for (int64_t i = 1; i <= 200; i++)
		kept += was[i] && cluster_story_of(w->c, i) == story;
	if (pin)
		CHECK(!w->gone[story]);
	cluster_done(w->c);
	return kept;
}

TEST(a_pinned_story_keeps_all_its_articles_and_is_not_forgotten)
{
	int were, kept = kept_of_story(true, &were);
	CHECK(were > 0);
	CHECK_INT(kept, were);
	CHECK(kept_of_story(false, &were) < were);
}

TEST(what_is_not_there_and_what_is_there_twice_is_refused)
{
	struct world *w = world_new();
	struct fault fault;
	add(w, 1);
	struct cluster_item twice = article(test_mem(), 1), no_id = { .id = 0 };
	struct cluster_answer r;
	CHECK_INT(cluster_add(w->c, test_mem(), &twice, &r, &fault), ERR_INPUT);
	CHECK_INT(cluster_add(w->c, test_mem(), &no_id, &r, &fault), ERR_INPUT);
	CHECK_INT(cluster_must(w->c, 1, 99, &fault), ERR_NOT_FOUND);
	CHECK_INT(cluster_pin(w->c, 99, &fault), ERR_NOT_FOUND);
	struct cluster_kept bad = { { .id = 2 }, 1, S("\x02short"), true };
	CHECK_INT(cluster_restore(w->c, &bad, &fault), ERR_INPUT);
	CHECK_INT(cluster_counts_read(w->c, S("\x0e"), &fault), ERR_INPUT);
	cluster_done(w->c);
}

TEST(articles_without_a_word_are_stories_of_their_own)
{
	struct cluster *c = cluster_new(test_mem(), small);
	struct cluster_answer r;
	struct fault fault;
	for (int64_t i = 1; i < 5; i++) {
		struct cluster_item item = { .id = i, .title = S(" ?!"), .published = i };
		CHECK_INT(cluster_add(c, test_mem(), &item, &r, &fault), OK);
		CHECK(r.is_new && r.story == i);
	}
	cluster_done(c);
}

TEST(a_copy_goes_where_its_first_is_and_the_answer_says_why)
{
	struct cluster *c = cluster_new(test_mem(), small);
	struct cluster_answer r;
	struct fault fault;
	struct cluster_item a = { .id = 1, .title = S("Cháy chợ Đồng Xuân lúc nửa đêm"), .published = 100 };
	struct cluster_item b = { .id = 2, .title = S("Chợ Đồng Xuân cháy lớn, nhiều ki-ốt bị thiêu rụi"), .published = 200, .copy_of = 1 };
	CHECK_INT(cluster_add(c, test_mem(), &a, &r, &fault), OK);
	CHECK_INT(cluster_add(c, test_mem(), &b, &r, &fault), OK);
	CHECK_INT(r.story, 1);
	CHECK(!r.is_new && r.nevidence > 0 && r.p > 0.5);
	cluster_done(c);
}
