/*
 * cluster - the door of the story engine: one article in, one decision out; starting again from the store.
 */
#include "text/cluster_inner.h"

#include <math.h>

struct cluster *cluster_new(struct arena *mem, struct cluster_settings settings)
{
	struct cluster *c = NEW(mem, struct cluster);
	c->mem = mem;
	c->set = settings;
	c->set.room = settings.room ? settings.room : 20000;
	c->set.quiet_days = settings.quiet_days ? settings.quiet_days : 7;
	c->set.again_every = settings.again_every ? settings.again_every : 900;
	unsigned log2 = settings.slots_log2 ? settings.slots_log2 : 20;
	term_counts_init(&c->counts, mem, MIN(MAX(log2, 10u), 24u));
	c->by_article.heap = c->by_story.heap = &c->heap;
	c->clock = INT64_MIN;
	return c;
}

void cluster_done(struct cluster *c)
{
	cluster_heap_done(&c->heap);
}

static int64_t tick_of(int64_t at, int64_t every)
{
	return at / every - (at % every < 0);
}

/* Moves the stream's clock on. `live`: what fell due is done; else (starting again) it was done before. */
static void clock_to(struct cluster *c, int64_t at, bool live)
{
	if (c->clock == INT64_MIN)
		c->clock = at;
	if (at <= c->clock)
		return;
	bool due = c->set.again_every > 0 && tick_of(at, c->set.again_every) != tick_of(c->clock, c->set.again_every);
	bool hour = tick_of(at, 3600) != tick_of(c->clock, 3600);
	if (due && live)
		cluster_link_again(c);
	if (due)
		c->fresh.n = 0;
	c->clock = at;
	if (hour && live)
		held_forget(c);
}

void cluster_again(struct cluster *c)
{
	cluster_link_again(c);
	c->fresh.n = 0;
}

static enum err check_new(const struct cluster *c, int64_t id, struct fault *fault)
{
	if (id <= 0)
		return FAULT(fault, ERR_INPUT, "cluster.id", "an article's id is positive, not %lld", (long long)id);
	if (place_get(&c->by_article, (uint64_t)id) != NONE)
		return FAULT(fault, ERR_INPUT, "cluster.twice", "article %lld is held already", (long long)id);
	return OK;
}

static void evidence(const struct cluster *c, struct arena *mem, const struct features *all, const struct probe *q, uint32_t story,
	struct cluster_answer *r)
{
	double weight[CLUSTER_EVIDENCE] = { 0 };
	const struct feature *top[CLUSTER_EVIDENCE];
	uint32_t sum[CLUSTER_TERMS];
	held_sums(c, story_at(c, story), q, sum);
	for (size_t i = 0; i < MIN(all->n, (size_t)CLUSTER_TERMS); i++) {
		unsigned at = cluster_probe_find(q, all->v[i].f);
		double w = at < CLUSTER_TERMS ? (double)all->v[i].weight * sum[at] : 0;
		if (w <= 0 || (r->nevidence == CLUSTER_EVIDENCE && w <= weight[CLUSTER_EVIDENCE - 1]))
			continue;
		size_t k = r->nevidence < CLUSTER_EVIDENCE ? r->nevidence++ : CLUSTER_EVIDENCE - 1;
		for (; k && weight[k - 1] < w; k--) {
			weight[k] = weight[k - 1];
			top[k] = top[k - 1];
		}
		weight[k] = w;
		top[k] = &all->v[i];
	}
	for (size_t k = 0; k < r->nevidence; k++)
		r->evidence[k] = top[k]->next.n ? str_fmt(mem, "%.*s %.*s", FMT(top[k]->word), FMT(top[k]->next)) : top[k]->word;
}

/* The story to join, or NONE. */
static uint32_t decide(struct cluster *c, const struct article *a, struct cluster_answer *r)
{
	struct near_story near[CANDIDATES + 1];
	size_t n = cluster_search(c, a, near);
	if (!n)
		return NONE;
	double margin = near[0].similarity - (n > 1 ? near[1].similarity : 0);
	double odds = cluster_odds(c, a, &near[0], margin);
	r->nearest = story_at(c, near[0].story)->id;
	r->similarity = near[0].similarity;
	r->p = 1 / (1 + exp(-odds));
	return odds > 0 ? near[0].story : NONE;
}

enum err cluster_add(struct cluster *c, struct arena *mem, const struct cluster_item *item, struct cluster_answer *ret, struct fault *fault)
{
	TRY(check_new(c, item->id, fault));
	struct cluster_answer r = { 0 };
	clock_to(c, item->published, true);
	struct features all = cluster_features_of(mem, item);
	struct features counted = all;
	cluster_features_weigh(&c->counts, &all, item->published);
	term_counts_add(&c->counts, &counted, item->published);
	struct vec_room room;
	struct vec v = cluster_vec_of(&all, &room);
	uint32_t at = held_article(c, item, &v);
	places_add(&c->heap, &c->fresh, at);
	uint32_t story = decide(c, art_at(c, at), &r);
	if (story != NONE) {
		struct probe q;
		cluster_probe(&q, &v);
		evidence(c, mem, &all, &q, story, &r);
	}
	r.is_new = story == NONE;
	if (r.is_new)
		story = held_new(c, item->id);
	held_join(c, story, at);
	r.story = story_at(c, story)->id;
	r.vector = cluster_vec_write(&v, mem);
	*ret = r;
	return OK;
}

void cluster_count(struct cluster *c, const struct cluster_item *item)
{
	struct arena mem = { 0 };
	struct features all = cluster_features_of(&mem, item);
	term_counts_add(&c->counts, &all, item->published);
	arena_done(&mem);
}

enum err cluster_restore(struct cluster *c, const struct cluster_kept *kept, struct fault *fault)
{
	struct vec_room room;
	struct vec v;
	TRY(check_new(c, kept->item.id, fault));
	if (kept->story <= 0 || !cluster_vec_read(kept->vector, &room, &v))
		return FAULT(fault, ERR_INPUT, "cluster.vector", "article %lld: a vector of %zu bytes for story %lld", (long long)kept->item.id,
			kept->vector.n, (long long)kept->story);
	clock_to(c, kept->item.published, false);
	if (!kept->counted)
		cluster_count(c, &kept->item);
	uint32_t at = held_article(c, &kept->item, &v), story = place_get(&c->by_story, (uint64_t)kept->story);
	places_add(&c->heap, &c->fresh, at);
	held_join(c, story == NONE ? held_new(c, kept->story) : story, at);
	return OK;
}

bool cluster_event_next(struct cluster *c, struct cluster_event *ret)
{
	if (c->at_event == c->nevent)
		return false;
	*ret = c->event[c->at_event++];
	return true;
}

int64_t cluster_story_of(const struct cluster *c, int64_t article)
{
	uint32_t at = article > 0 ? place_get(&c->by_article, (uint64_t)article) : NONE;
	return at == NONE ? 0 : story_at(c, art_at(c, at)->story)->id;
}

size_t cluster_articles(const struct cluster *c)
{
	return c->articles;
}

size_t cluster_stories(const struct cluster *c)
{
	return c->stories;
}

size_t cluster_bytes(const struct cluster *c)
{
	return c->heap.held + 2 * (sizeof(float) << c->counts.log2);
}
