/*
 * pipeline - items on their way in: read by one thread, prepared by many (cleaned, labelled, fingerprinted), added
 * by one writer in the order they were read. What is added does not depend on the number of threads.
 */
#ifndef APP_PIPELINE_H
#define APP_PIPELINE_H

#include "rooms/monitoring/intake.h"

enum { PIPELINE_BATCH = 1000 };

struct pipeline_calls {
	/* Fills *ret with the next line's item in `mem`; false at the end. An error goes to *ret_error, with its
	 * place; the item is then left out. Called by one thread at a time. */
	bool (*next)(void *env, struct arena *mem, struct str *ret_line, struct str *ret_place);
	/* A line into an item: pure, called by many threads. False: *ret_error says why. */
	bool (*parse)(void *env, struct arena *mem, struct str line, struct intake_item *ret, struct str *ret_error);
	/* The writer's thread: gives the item its outlet. False: it is left out, as an error. */
	bool (*resolve)(void *env, struct cx *cx, struct intake_item *item);
	void (*progress)(void *env, int64_t done);
	void *env;
};

struct pipeline_result { int64_t errors; };

MUST_USE enum err pipeline_run(struct cx *cx, struct intake *in, const struct labeller *l, int threads,
	const struct pipeline_calls *calls, struct pipeline_result *ret);

#endif
