/*
 * cluster_inner - what the files of the story engine share. Articles and stories are numbered places in two
 * arrays, used again after they are given up; lists of changing length come from a heap of powers of two,
 * so that a stream of any length stays in the memory its live part needs. A story's state is a function of
 * its articles in order of arrival alone: that is what makes an engine rebuilt from the store equal.
 */
#ifndef TEXT_CLUSTER_INNER_H
#define TEXT_CLUSTER_INNER_H

#include "text/cluster.h"

enum { NONE = UINT32_MAX, EXEMPLARS = 8 };

/* ---- vectors ---- */

struct vec {
	uint32_t f[CLUSTER_TERMS]; /* hashes of terms, ascending, none 0 */
	uint8_t w[CLUSTER_TERMS];  /* 1 … 255, of a vector of length about 255 */
	uint8_t n;
	uint32_t norm2;
};

struct feature {
	uint32_t f;
	float weight;      /* first its count, then tf-idf */
	struct str word, next; /* next is empty for a single word */
};

struct features {
	struct feature *v;
	size_t n;
};

/* Counts of documents that fade: a count-min sketch of two rows with conservative update (Estan, Varghese 2002). */
struct counts {
	float *cell[2];
	unsigned log2;
	double total;      /* documents, in the same fading money as the cells */
	int64_t zero;      /* instant at which one document counts 1 */
};

struct features cluster_features_of(struct arena *mem, const struct cluster_item *item);
void term_counts_init(struct counts *k, struct arena *mem, unsigned log2);
void term_counts_add(struct counts *k, const struct features *all, int64_t at);
void cluster_features_weigh(const struct counts *k, struct features *all, int64_t at);
struct vec cluster_vec_of(struct features *all); /* sorts them, heaviest first */
struct str cluster_vec_write(const struct vec *v, struct arena *mem);
bool cluster_vec_read(struct str bytes, struct vec *ret);
uint32_t cluster_vec_dot(const struct vec *a, const struct vec *b);
double cluster_vec_cos(const struct vec *a, const struct vec *b);

/* ---- a heap of powers of two; one table from a number to a place ---- */

struct heap {
	struct arena mem;
	void *free[40];
};

void *cluster_heap_get(struct heap *h, size_t bytes, size_t *ret_bytes);
void cluster_heap_give(struct heap *h, void *p, size_t bytes);

struct table {
	struct heap *heap;
	struct table_slot { uint64_t key; uint32_t place; } *slot; /* key 0: empty */
	size_t n, cap, bytes;
};

uint32_t place_get(const struct table *t, uint64_t key); /* NONE: not there */
void place_put(struct table *t, uint64_t key, uint32_t place);
void place_drop(struct table *t, uint64_t key);

struct list { /* of places, from the heap */
	uint32_t *v;
	uint32_t n;
	size_t bytes;
};

void places_add(struct heap *h, struct list *l, uint32_t x);
void places_take(struct list *l, uint32_t x); /* the last one comes into its place */
void places_done(struct heap *h, struct list *l);

/* ---- what is held ---- */

struct article {
	int64_t id, published;
	uint64_t serial;        /* order of arrival */
	uint32_t story, copy_of; /* places; copy_of NONE when it is none, or its first is gone */
	bool fixed;             /* a person put it there */
	struct vec v;
	struct list cannot;     /* ids of stories it may not be in, low half and high half in turn */
};

struct cell { uint32_t f, sum; };

struct story {
	int64_t id, first_at, last_at;
	struct list members;    /* places of articles in order of arrival */
	struct cell *cell;      /* the centre: sums of the members' weights, open addressing, f 0 empty */
	uint32_t cells, words, cap; /* places used, of them with a sum, all places */
	double norm2;
	bool pinned;
};

struct posting { uint32_t f; struct list stories; };

struct cluster {
	struct cluster_settings set;
	struct arena *mem;
	struct heap heap;
	struct counts counts;
	struct article *article;
	struct story *story;
	size_t narticle, article_bytes, nstory, story_bytes; /* places used so far */
	struct list free_article, free_story;
	struct table by_article, by_story;
	size_t articles, stories;
	struct posting *posting;
	size_t npostings, posting_cap, posting_bytes;
	uint64_t serial;
	int64_t clock;          /* the latest published seen */
	struct list fresh;      /* places of articles since the last re-clustering */
	struct cluster_event *event;
	size_t nevent, at_event, event_bytes;
	float *score;           /* scratch of the search, one a story place, all 0 between calls */
	size_t score_bytes;
	struct list touched;
};

/* cluster_held.c: articles and stories come and go */
uint32_t held_article(struct cluster *c, const struct cluster_item *item, const struct vec *v);
uint32_t held_new(struct cluster *c, int64_t id);
void held_join(struct cluster *c, uint32_t story, uint32_t article);
void held_leave(struct cluster *c, uint32_t article);  /* the story stays, if empty too */
void held_drop(struct cluster *c, uint32_t story);     /* with the articles still in it */
void held_move(struct cluster *c, uint32_t article, uint32_t to);
uint32_t held_sum(const struct story *s, uint32_t f);  /* of the centre */
void held_event(struct cluster *c, struct cluster_event e);
void held_forget(struct cluster *c);
bool held_banned(const struct cluster *c, uint32_t article, int64_t story_id);

/* cluster_search.c: which stories an article resembles */
struct near_story {
	uint32_t story;
	double centre, best, mean3;  /* cosines: to the centre, to the best exemplar, mean of the three best */
	double similarity;           /* the three in one number */
	bool copy;
};
enum { CANDIDATES = 8 };
size_t cluster_search(struct cluster *c, const struct article *a, struct near_story ret[CANDIDATES]);
double cluster_odds(const struct cluster *c, const struct article *a, const struct near_story *s, double margin); /* log odds */

/* cluster_again.c */
void cluster_link_again(struct cluster *c);

#endif
