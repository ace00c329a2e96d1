/*
 * cluster - articles become stories as they come in. Same input in the same order, same stories.
 *
 * An article is a vector of its 64 weightiest words and word pairs (title three times, first 400 words,
 * tf-idf against a document count that fades over 90 days). It joins the live story it resembles most when
 * a logistic model of likeness to the centre, likeness to the eight exemplars, margin, size and gap says
 * so, or founds one. Every quarter of an hour of the stream the neighbourhood of what is new is clustered
 * again by average link; stories then merge or split, the older id stays, and each change is an event.
 * What a person decided (must, cannot, pinned, merged, split) is never undone by a later run.
 *
 * A story is closed after 7 quiet days, and forgotten when it is closed and the engine holds more than
 * `room` articles: a thin stream remembers long, a thick one stays within bounds. An article of a headline and
 * a lead takes 1.4 KB.
 */
#ifndef TEXT_CLUSTER_H
#define TEXT_CLUSTER_H

#include "base/base.h"

enum { CLUSTER_TERMS = 64, CLUSTER_EVIDENCE = 6, CLUSTER_VECTOR_MAX = 1 + CLUSTER_TERMS * 5 };

struct cluster_settings {
	size_t room;     /* articles kept beyond the quiet days; 0: 20,000 */
	int quiet_days;  /* 0: 7 */
	int again_every; /* seconds of stream time between re-clusterings; 0: 900; negative: never */
	unsigned slots_log2; /* width of the document count, 10 … 24; 0: 20, which is 8 MB */
};

struct cluster_item {
	int64_t id;                      /* positive, never used before */
	struct str title, summary, text; /* any may be empty; words are taken in this order */
	int64_t published;               /* instant; may run a little out of order */
	int64_t copy_of;                 /* 0, or an article this one is a copy of (near.h) */
};

struct cluster_answer {
	int64_t story;       /* the id of the article that founded it, or one given by a person */
	bool is_new;
	double similarity;   /* to the story it joined, or to the nearest one it did not join; 0 … 1 */
	double p;            /* what the model thinks of that: probability of the same story */
	int64_t nearest;     /* the story meant; 0: there was none */
	struct str evidence[CLUSTER_EVIDENCE]; /* the words and pairs most in common, heaviest first */
	size_t nevidence;
	struct str vector;   /* bytes for the store, at most CLUSTER_VECTOR_MAX */
};

enum cluster_event_kind {
	CLUSTER_MOVED,     /* article went from one story to another */
	CLUSTER_MERGED,    /* `from` is gone, all of it is in `to` */
	CLUSTER_SPLIT,     /* `to` is new, made of articles of `from` */
	CLUSTER_FORGOTTEN, /* `from` was quiet and is no longer held; later articles found new stories */
};

struct cluster_event {
	enum cluster_event_kind kind;
	int64_t article, from, to;
};

struct cluster;
struct cluster *cluster_new(struct arena *mem, struct cluster_settings settings);
void cluster_done(struct cluster *c); /* gives back what was taken outside the arena */

/* Adds an article; events of a re-clustering that fell due are first in line for cluster_events. Strings of
 * the answer lie in `mem`. An id that is held already, or not positive, is ERR_INPUT. */
MUST_USE enum err cluster_add(struct cluster *c, struct arena *mem, const struct cluster_item *item,
	struct cluster_answer *ret, struct fault *fault);
/* Re-clusters now: at the end of a file, or before stories are shown. */
void cluster_again(struct cluster *c);
/* Takes the next event in order of happening; false when there is none. */
bool cluster_event_next(struct cluster *c, struct cluster_event *ret);

/* ---- a person decides ------------------------------------------------------------------------------- */

MUST_USE enum err cluster_must(struct cluster *c, int64_t article, int64_t story, struct fault *fault);
MUST_USE enum err cluster_cannot(struct cluster *c, int64_t article, int64_t story, struct fault *fault);
/* All its articles stay in it, and it never merges into another; new ones may still join. */
MUST_USE enum err cluster_pin(struct cluster *c, int64_t story, struct fault *fault);
/* All articles of `from` go to `into` and stay there. */
MUST_USE enum err cluster_merge(struct cluster *c, int64_t from, int64_t into, struct fault *fault);
/* These articles of the story leave it for a new one, whose id is their first one's; both sides stay so. */
MUST_USE enum err cluster_split(struct cluster *c, const int64_t *articles, size_t n, int64_t *ret_story, struct fault *fault);

/* ---- starting again ---------------------------------------------------------------------------------- */

/* An engine is rebuilt by: cluster_counts_read of the last saved counts; cluster_restore of every article of
 * the stories not forgotten, in the order they were first added, with the story each is in now; then the
 * decisions of persons again. Articles added after the counts were saved bring their text (`counted`
 * false), so that they are counted again; for the others the vector is enough. What the engine then
 * decides is what it would have decided without the interruption. */
struct cluster_kept {
	struct cluster_item item;
	int64_t story;
	struct str vector;  /* as cluster_answer gave it */
	bool counted;       /* the counts that were read know it already */
};
MUST_USE enum err cluster_restore(struct cluster *c, const struct cluster_kept *kept, struct fault *fault);
/* An article added after the counts were saved whose story is forgotten by now: its words count all the same. In order
 * with the calls of cluster_restore. */
void cluster_count(struct cluster *c, const struct cluster_item *item);
struct str cluster_counts_write(const struct cluster *c, struct arena *mem);
MUST_USE enum err cluster_counts_read(struct cluster *c, struct str bytes, struct fault *fault);

/* ---- looking in ---------------------------------------------------------------------------------------- */

int64_t cluster_story_of(const struct cluster *c, int64_t article); /* 0: not held */
size_t cluster_articles(const struct cluster *c);
size_t cluster_stories(const struct cluster *c);
size_t cluster_bytes(const struct cluster *c); /* all it holds, counts included */
bool cluster_vector_sound(struct str bytes);

#endif
