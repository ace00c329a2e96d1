/*
 * cluster_inner - what the files of the story engine share. Articles and stories are numbered places in two
 * arrays, used again after they are given up; lists of changing length come from a heap of size classes,
 * so that a stream of any length stays in the memory its live part needs. A story's state is a function of
 * its articles in order of arrival alone: that is what makes an engine rebuilt from the store equal.
 */
#ifndef TEXT_CLUSTER_INNER_H
#define TEXT_CLUSTER_INNER_H

#include "text/cluster.h"

enum { NONE = UINT32_MAX, EXEMPLARS = 8 };

/* ---- vectors ---- */

struct vec { /* a view: the numbers lie in a vec_room, or in the heap */
	const uint32_t *f; /* hashes of terms, ascending, none 0 */
	const uint8_t *w;  /* 1 … 255, of a vector of length about 255 */
	uint32_t norm2;
	uint8_t n;
};

struct vec_room {
	uint32_t f[CLUSTER_TERMS];
	uint8_t w[CLUSTER_TERMS];
};

/* A vector laid out for finding: most words of others are not in it, and one look says so. */
struct probe {
	const struct vec *v;
	uint8_t slot[1024]; /* 1 + place */
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
struct vec cluster_vec_of(struct features *all, struct vec_room *room); /* sorts them, heaviest first */
struct str cluster_vec_write(const struct vec *v, struct arena *mem);
bool cluster_vec_read(struct str bytes, struct vec_room *room, struct vec *ret);
void cluster_probe(struct probe *q, const struct vec *v);
unsigned cluster_probe_find(const struct probe *q, uint32_t f); /* its place in the vector; CLUSTER_TERMS: none */
uint32_t cluster_probe_dot(const struct probe *q, const struct vec *v);

/* ---- a heap of size classes; one table from a number to a place ---- */

enum { HEAP_CLASSES = 48 };

struct heap {
	struct arena mem;        /* small blocks, never given back */
	struct heap_large *large; /* each an arena of its own, given back at once */
	size_t held;             /* bytes of both */
	void *free[HEAP_CLASSES];
};

size_t cluster_heap_size(size_t bytes); /* of the block that would be given for so many */
void *cluster_heap_get(struct heap *h, size_t bytes, size_t *ret_bytes);
void cluster_heap_give(struct heap *h, void *p, size_t bytes);
void cluster_heap_done(struct heap *h);

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
	int64_t id, published, copy_of; /* an id, 0: of nothing */
	uint64_t serial;        /* order of arrival */
	struct vec v;           /* in the heap, in one block */
	uint32_t story;         /* place */
	bool fixed;             /* a person put it there */
	bool barred;            /* there are stories it may not be in */
};

struct cell { uint32_t f, sum; };

struct story {
	int64_t id, first_at, last_at;
	struct list members;    /* places of articles in order of arrival */
	double norm2;           /* of the centre, the sum of the members' vectors */
	struct cell *cell;      /* the centre once there are more members than exemplars: open addressing, f 0 empty */
	uint32_t cells, cap;    /* places used, all places */
	uint32_t words;         /* distinct ones among the members */
	bool pinned;
};

/* Which stories have a word: up to two of them in the slot itself. */
struct posting {
	uint32_t f, n;          /* n 0: empty slot */
	union { uint32_t few[2], *many; } in;
};

struct bar { int64_t article, story; };

enum { ARTICLE_CHUNK = 512, STORY_CHUNK = 256 };

struct cluster {
	struct cluster_settings set;
	struct arena *mem;
	struct heap heap;
	struct counts counts;
	struct article **article; /* chunks, so that nothing moves and nothing is copied as they grow */
	struct story **story;
	size_t narticle, article_bytes, nstory, story_bytes; /* places used so far */
	struct list free_article, free_story;
	struct table by_article, by_story;
	size_t articles, stories;
	struct posting *posting;
	size_t npostings, posting_cap, posting_bytes;
	struct bar *bar;        /* what persons forbade: few */
	size_t nbar, bar_bytes;
	uint64_t serial;
	int64_t clock;          /* the latest published seen */
	struct list fresh;      /* places of articles since the last re-clustering */
	struct cluster_event *event;
	size_t nevent, at_event, event_bytes;
	uint32_t *score, *touched; /* scratch of the search, one a story place, scores all 0 between calls */
	size_t score_bytes, touched_bytes, ntouched;
};

static inline struct article *art_at(const struct cluster *c, uint32_t place)
{
	return &c->article[place / ARTICLE_CHUNK][place % ARTICLE_CHUNK];
}

static inline struct story *story_at(const struct cluster *c, uint32_t place)
{
	return &c->story[place / STORY_CHUNK][place % STORY_CHUNK];
}

/* cluster_held.c: articles and stories come and go */
uint32_t held_article(struct cluster *c, const struct cluster_item *item, const struct vec *v);
uint32_t held_new(struct cluster *c, int64_t id);
void held_join(struct cluster *c, uint32_t story, uint32_t article);
void held_leave(struct cluster *c, uint32_t article);  /* the story stays, if empty too */
void held_drop(struct cluster *c, uint32_t story);     /* with the articles still in it */
void held_move(struct cluster *c, uint32_t article, uint32_t to);
/* The centre of a story at the words of a vector, one sum each. */
void held_sums(const struct cluster *c, const struct story *s, const struct probe *q, uint32_t ret[CLUSTER_TERMS]);
const struct posting *held_posting(const struct cluster *c, uint32_t f); /* NULL: no story has the word */
void held_posting_soon(const struct cluster *c, uint32_t f); /* brings it near before it is asked for */
const uint32_t *held_stories(const struct posting *p);
void *held_room(struct cluster *c, void *v, size_t n, size_t each, size_t *bytes); /* for one more than n */
void held_event(struct cluster *c, struct cluster_event e);
void held_forget(struct cluster *c);
bool held_banned(const struct cluster *c, uint32_t article, int64_t story_id);
void held_ban(struct cluster *c, uint32_t article, int64_t story_id);

/* cluster_search.c: which stories an article resembles */
struct near_story {
	uint32_t story;
	double centre, best, mean3;  /* cosines: to the centre, to the best exemplar, mean of the three best */
	double similarity;           /* the three in one number */
	bool copy;
};
enum { CANDIDATES = 5 };
size_t cluster_search(struct cluster *c, const struct article *a, struct near_story ret[CANDIDATES]);
double cluster_odds(const struct cluster *c, const struct article *a, const struct near_story *s, double margin); /* log odds */

/* cluster_again.c */
void cluster_link_again(struct cluster *c);

/* What cluster_again gathers and cluster_link groups. */
struct bunch {
	struct cluster *c;
	struct arena *mem;
	uint32_t *story;     /* places, by age */
	uint32_t *article;   /* places, in order of arrival */
	uint32_t *group;     /* which article stands for each one's group */
	size_t nstory, n;
};

static inline const struct article *bunch_art(const struct bunch *b, size_t i)
{
	return art_at(b->c, b->article[i]);
}

static inline bool bunch_fixed(const struct bunch *b, size_t i)
{
	return bunch_art(b, i)->fixed || story_at(b->c, bunch_art(b, i)->story)->pinned;
}

/* cluster_link.c */
void cluster_link(struct bunch *b); /* fills group */

#endif
