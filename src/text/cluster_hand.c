/*
 * cluster_hand - what a person decides stands above what the engine thinks: an article that was put
 * somewhere stays there, one that was taken out does not come back, in every later run. And the counts as
 * bytes, for the store.
 */
#include "text/cluster_inner.h"

static enum err find_article(const struct cluster *c, int64_t id, uint32_t *ret, struct fault *fault)
{
	uint32_t at = id > 0 ? place_get(&c->by_article, (uint64_t)id) : NONE;
	if (at == NONE)
		return FAULT(fault, ERR_NOT_FOUND, "cluster.article", "article %lld is not among the live ones", (long long)id);
	*ret = at;
	return OK;
}

static enum err find_story(const struct cluster *c, int64_t id, uint32_t *ret, struct fault *fault)
{
	uint32_t at = id > 0 ? place_get(&c->by_story, (uint64_t)id) : NONE;
	if (at == NONE)
		return FAULT(fault, ERR_NOT_FOUND, "cluster.story", "story %lld is not among the live ones", (long long)id);
	*ret = at;
	return OK;
}

static void drop_if_empty(struct cluster *c, uint32_t story, int64_t into)
{
	if (story_at(c, story)->members.n)
		return;
	held_event(c, (struct cluster_event){ CLUSTER_MERGED, 0, story_at(c, story)->id, into });
	held_drop(c, story);
}

static void put_by_hand(struct cluster *c, uint32_t article, uint32_t story)
{
	uint32_t was = art_at(c, article)->story;
	art_at(c, article)->fixed = true;
	held_move(c, article, story);
	if (was != story)
		drop_if_empty(c, was, story_at(c, story)->id);
}

enum err cluster_must(struct cluster *c, int64_t article, int64_t story, struct fault *fault)
{
	uint32_t a = NONE, s = NONE;
	TRY(find_article(c, article, &a, fault));
	TRY(find_story(c, story, &s, fault));
	if (held_banned(c, a, story))
		return FAULT(fault, ERR_CONFLICT, "cluster.banned", "article %lld may not be in story %lld", (long long)article, (long long)story);
	put_by_hand(c, a, s);
	return OK;
}

enum err cluster_cannot(struct cluster *c, int64_t article, int64_t story, struct fault *fault)
{
	uint32_t a = NONE;
	TRY(find_article(c, article, &a, fault));
	if (article == story && story_at(c, art_at(c, a)->story)->id == story)
		return FAULT(fault, ERR_CONFLICT, "cluster.founder", "article %lld founded the story", (long long)article);
	if (!held_banned(c, a, story))
		held_ban(c, a, story);
	if (story_at(c, art_at(c, a)->story)->id != story)
		return OK;
	art_at(c, a)->fixed = false;
	uint32_t alone = held_new(c, article);
	held_event(c, (struct cluster_event){ CLUSTER_SPLIT, 0, story, article });
	held_move(c, a, alone);
	return OK;
}

enum err cluster_pin(struct cluster *c, int64_t story, struct fault *fault)
{
	uint32_t s = NONE;
	TRY(find_story(c, story, &s, fault));
	story_at(c, s)->pinned = true;
	return OK;
}

enum err cluster_merge(struct cluster *c, int64_t from, int64_t into, struct fault *fault)
{
	uint32_t f = NONE, t = NONE;
	TRY(find_story(c, from, &f, fault));
	TRY(find_story(c, into, &t, fault));
	if (f == t)
		return FAULT(fault, ERR_CONFLICT, "cluster.self", "story %lld cannot go into itself", (long long)from);
	for (uint32_t i = 0; i < story_at(c, f)->members.n; i++)
		if (held_banned(c, story_at(c, f)->members.v[i], into))
			return FAULT(fault, ERR_CONFLICT, "cluster.banned", "an article of story %lld may not be in %lld", (long long)from, (long long)into);
	for (uint32_t i = 0; i < story_at(c, t)->members.n; i++)
		art_at(c, story_at(c, t)->members.v[i])->fixed = true;
	uint32_t last = story_at(c, f)->members.n;
	while (last--)
		put_by_hand(c, story_at(c, f)->members.v[last], t);
	return OK;
}

static enum err check_split(const struct cluster *c, const int64_t *articles, size_t n, uint32_t *ret_story, struct fault *fault)
{
	uint32_t story = NONE, a = NONE;
	for (size_t i = 0; i < n; i++) {
		TRY(find_article(c, articles[i], &a, fault));
		if (story != NONE && art_at(c, a)->story != story)
			return FAULT(fault, ERR_CONFLICT, "cluster.split", "article %lld is of another story", (long long)articles[i]);
		story = art_at(c, a)->story;
	}
	if (story == NONE || n >= story_at(c, story)->members.n)
		return FAULT(fault, ERR_CONFLICT, "cluster.split", "%zu articles leave nothing to split from", n);
	*ret_story = story;
	return OK;
}

/* The new story's name: the first of its articles whose id no story has. */
static int64_t free_name(const struct cluster *c, const int64_t *articles, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (place_get(&c->by_story, (uint64_t)articles[i]) == NONE)
			return articles[i];
	return 0;
}

enum err cluster_split(struct cluster *c, const int64_t *articles, size_t n, int64_t *ret_story, struct fault *fault)
{
	uint32_t from = NONE, a = NONE;
	TRY(check_split(c, articles, n, &from, fault));
	int64_t id = free_name(c, articles, n);
	if (!id)
		return FAULT(fault, ERR_CONFLICT, "cluster.split", "the founder of story %lld cannot be split from it alone", (long long)story_at(c, from)->id);
	held_event(c, (struct cluster_event){ CLUSTER_SPLIT, 0, story_at(c, from)->id, id });
	for (uint32_t i = 0; i < story_at(c, from)->members.n; i++)
		art_at(c, story_at(c, from)->members.v[i])->fixed = true;
	uint32_t to = held_new(c, id);
	for (size_t i = 0; i < n; i++) {
		TRY(find_article(c, articles[i], &a, fault));
		held_move(c, a, to);
	}
	*ret_story = id;
	return OK;
}

/* ---- the counts as bytes of this machine (x86-64, ARM64: little-endian): log2, total, zero, two rows ------------------ */

enum { HEAD = 1 + 8 + 8 };

struct str cluster_counts_write(const struct cluster *c, struct arena *mem)
{
	const struct counts *k = &c->counts;
	size_t n = (size_t)1 << k->log2;
	char *p = arena_raw(mem, HEAD + 2 * n * sizeof(float));
	p[0] = (char)k->log2;
	memcpy(p + 1, &k->total, 8);
	memcpy(p + 9, &k->zero, 8);
	for (int r = 0; r < 2; r++)
		memcpy(p + HEAD + (size_t)r * n * sizeof(float), k->cell[r], n * sizeof(float));
	return (struct str){ p, HEAD + 2 * n * sizeof(float) };
}

enum err cluster_counts_read(struct cluster *c, struct str bytes, struct fault *fault)
{
	struct counts *k = &c->counts;
	size_t n = (size_t)1 << k->log2;
	if (bytes.n != HEAD + 2 * n * sizeof(float) || bytes.p[0] != (char)k->log2)
		return FAULT(fault, ERR_INPUT, "cluster.counts", "%zu bytes of counts do not fit this engine", bytes.n);
	double total;
	memcpy(&total, bytes.p + 1, 8);
	if (!(total >= 0 && total < 1e300))
		return FAULT(fault, ERR_INPUT, "cluster.counts", "the total is not a number of documents");
	for (size_t i = 0; i < 2 * n; i++) {
		float x;
		memcpy(&x, bytes.p + HEAD + i * sizeof x, sizeof x);
		if (!(x >= 0 && x <= 3e38f))
			return FAULT(fault, ERR_INPUT, "cluster.counts", "cell %zu is no count", i);
	}
	k->total = total;
	memcpy(&k->zero, bytes.p + 9, 8);
	for (int r = 0; r < 2; r++)
		memcpy(k->cell[r], bytes.p + HEAD + (size_t)r * n * sizeof(float), n * sizeof(float));
	return OK;
}
