/*
 * pipeline - a ring of batches. A batch is filled (lines), prepared (by whichever thread is free), written (by
 * the caller's thread, in order). The writer helps with preparing when its next batch is not ready, so two
 * cores are kept busy with two threads.
 */
#include "app/pipeline.h"

#include <pthread.h>

enum { RING = 6 };
enum batch_state { EMPTY, FILLED, PREPARING, PREPARED };

struct batch {
	struct arena mem;
	struct str lines[PIPELINE_BATCH], places[PIPELINE_BATCH];
	struct prepared items[PIPELINE_BATCH];
	size_t n;
	enum batch_state state;
};

struct line_of {
	struct batch ring[RING];
	int64_t filled, prepared, written; /* batches so far; prepared: given out for preparing */
	bool ended, stop;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	const struct pipeline_calls *calls;
	const struct labeller *labeller;
	int64_t now;
};

static struct batch *batch_at(struct line_of *p, int64_t number)
{
	return &p->ring[number % RING];
}

static void fill(struct line_of *p, struct batch *b)
{
	arena_reset(&b->mem);
	b->n = 0;
	while (b->n < PIPELINE_BATCH && p->calls->next(p->calls->env, &b->mem, &b->lines[b->n], &b->places[b->n]))
		b->n++;
}

static void prepare(struct line_of *p, struct batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct intake_item item = { 0 };
		struct str error = S("");
		if (p->calls->parse(p->calls->env, &b->mem, b->lines[i], &item, &error))
			intake_prepare(p->labeller, &b->mem, &item, p->now, &b->items[i]);
		else
			b->items[i] = (struct prepared){ .error = error };
	}
}

/* One step of work that any thread may do; called and left with the lock held. False: nothing to do now. */
static bool step(struct line_of *p)
{
	if (p->prepared < p->filled) {
		struct batch *b = batch_at(p, p->prepared++);
		b->state = PREPARING;
		pthread_mutex_unlock(&p->lock);
		prepare(p, b);
		pthread_mutex_lock(&p->lock);
		b->state = PREPARED;
		pthread_cond_broadcast(&p->moved);
		return true;
	}
	return false;
}

static bool may_fill(const struct line_of *p)
{
	return !p->ended && p->filled - p->written < RING;
}

static void *helper(void *arg)
{
	struct line_of *p = arg;
	pthread_mutex_lock(&p->lock);
	while (!p->stop)
		if (!step(p))
			pthread_cond_wait(&p->moved, &p->lock);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* The writer reads, before it looks for a batch to write. */
static void fill_ahead(struct line_of *p)
{
	while (may_fill(p)) {
		struct batch *b = batch_at(p, p->filled);
		pthread_mutex_unlock(&p->lock); /* nobody else looks at a batch that is not FILLED */
		fill(p, b);
		pthread_mutex_lock(&p->lock);
		p->ended = !b->n;
		b->state = FILLED;
		p->filled += b->n > 0;
		pthread_cond_broadcast(&p->moved);
		if (p->filled - p->written >= 2)
			break;
	}
}

/* The kept items move to the front; errors are said with their place. */
static size_t keep_good(struct cx *cx, struct line_of *p, struct batch *b, struct pipeline_result *r)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct prepared *it = &b->items[i];
		if (!it->error.n && p->calls->resolve && !p->calls->resolve(p->calls->env, cx, &it->item))
			it->error = arena_str(&b->mem, str_z(cx->fault.detail));
		if (!it->error.n) {
			b->items[n++] = *it;
			continue;
		}
		if (r->errors++ < 20)
			fprintf(stderr, "%.*s: left out: %.*s\n", FMT(b->places[i]), FMT(it->error));
	}
	return n;
}

static enum err write_batch(struct cx *cx, struct line_of *p, struct intake *in, struct batch *b, struct pipeline_result *r)
{
	struct arena_mark mark = arena_mark(cx->mem);
	enum intake_state *states = NEW_ARRAY(cx->mem, enum intake_state, PIPELINE_BATCH);
	size_t n = keep_good(cx, p, b, r);
	enum err e = n ? intake_batch(cx, in, b->items, n, states) : OK;
	if (!e)
		arena_rewind(cx->mem, mark);
	return e;
}

static enum err write_all(struct cx *cx, struct line_of *p, struct intake *in, struct pipeline_result *r)
{
	enum err e = OK;
	int64_t done = 0;
	pthread_mutex_lock(&p->lock);
	while (!e) {
		fill_ahead(p);
		struct batch *b = batch_at(p, p->written);
		if (p->written == p->filled)
			break;
		if (b->state == PREPARED) {
			pthread_mutex_unlock(&p->lock);
			e = write_batch(cx, p, in, b, r);
			done += (int64_t)b->n;
			p->calls->progress(p->calls->env, done);
			pthread_mutex_lock(&p->lock);
			p->written++;
		} else if (!step(p)) {
			pthread_cond_wait(&p->moved, &p->lock);
		}
	}
	p->stop = true;
	pthread_cond_broadcast(&p->moved);
	pthread_mutex_unlock(&p->lock);
	return e;
}

enum err pipeline_run(struct cx *cx, struct intake *in, const struct labeller *l, int threads, const struct pipeline_calls *calls,
                      struct pipeline_result *ret)
{
	struct line_of *p = NEW(cx->mem, struct line_of);
	pthread_t ids[16];
	int n = MIN(threads - 1, 15);
	p->calls = calls;
	p->labeller = l;
	p->now = cx->now;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->moved, NULL);
	for (int i = 0; i < n; i++)
		BUG_IF(pthread_create(&ids[i], NULL, helper, p));
	*ret = (struct pipeline_result){ 0 };
	enum err e = write_all(cx, p, in, ret);
	for (int i = 0; i < n; i++)
		pthread_join(ids[i], NULL);
	for (int i = 0; i < RING; i++)
		arena_done(&p->ring[i].mem);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->moved);
	return e;
}
