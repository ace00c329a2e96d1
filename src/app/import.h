/*
 * import - what the kinds of import share: the counts, the way through the pipeline, the outlets met. A kind is a
 * function that brings items in and leaves what went wrong in the counts; the end of it all is the same for every kind.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/command.h"
#include "app/import_outlets.h"
#include "app/pipeline.h"
#include "cage/cage.h"

struct import {
	const struct call *call;
	struct cx *cx;
	const struct labeller *labeller;
	struct cage *cage;          /* NULL for jsonl, which is parsed here */
	int threads;
	struct import_outlets outlets;
	struct progress progress;
	struct arena *mem;          /* of the whole import */
	void *of;                   /* the kind's own */
	int64_t read, fresh, copies, errors;
	bool failed;                /* a file could not be read: said already */
};

/* Each says on standard error what it leaves out. An error is the database's; what was taken in before stays. */
MUST_USE enum err import_jsonl(struct import *im);
MUST_USE enum err import_warc(struct import *im);
MUST_USE enum err import_feed(struct import *im);
MUST_USE enum err import_opml(struct import *im);

/* Items through the pipeline until calls->next ends, then what follows every intake: the stories settled, the
 * alarms watched. env and progress of the calls are set here: env is the import. */
MUST_USE enum err import_items(struct import *im, const struct pipeline_calls *calls);
/* One thing left out: counted, and said unless many were. */
void import_left_out(struct import *im, const char *place, const char *fmt, ...) PRINTF(3, 4);

/* An item made by the reader travels through the pipeline as its own bytes: next packs, parse unpacks. */
struct str import_pack(struct arena *mem, const struct intake_item *item);
bool import_unpack(void *env, struct arena *mem, struct str line, struct intake_item *ret, struct str *ret_error);

#endif
