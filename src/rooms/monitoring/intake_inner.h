/* intake_inner - what intake.c and intake_engine.c share; nobody else looks. */
#ifndef ROOMS_MONITORING_INTAKE_INNER_H
#define ROOMS_MONITORING_INTAKE_INNER_H

#include "rooms/monitoring/intake.h"
#include "rooms/monitoring/rollup.h"
#include "rooms/monitoring/search.h"
#include "text/cluster.h"
#include "text/label.h"

enum { INTAKE_SAVE_EVERY = 20000, NEAR_DAYS = 30, NEAR_ROOM = 65536, STORY_ROOM = 200 };
/* STORY_ROOM: a matter that comes up again after a week is a new story to the press officer; only in a thin stream
 * is an old one reopened. */

/* Stories to be counted again, in the order they were touched, which is the same in every run. */
struct touched { struct map seen; int64_t *ids; size_t n_ids, cap; };

struct intake {
	struct arena engine_mem, batch_mem;
	struct near_index *near;
	struct cluster *cluster;
	struct rollup counts;
	struct touched touched;
	struct vocab words;        /* counted since the last save */
	struct arena words_mem;
	int64_t newest, last_id;
	int64_t decided, newest_id; /* the last decision of a person, the last article, that the engines know */
	int64_t unsaved;           /* articles since the last save */
	struct intake_totals totals;
};

struct article_key { int64_t id; struct rollup_facts facts; };

/* A label below its threshold is kept as unknown: better no answer than a guess. */
const char *tone_kept(const struct labels *l);
const char *stance_kept(const struct labels *l);
struct str intake_words(struct arena *mem, struct str lead, struct str body); /* tokens of what is indexed below the title */
struct str evidence_json(struct arena *mem, const struct labels *l); /* [{"answer","field","start","end","for"}] */

void touch(struct intake *in, int64_t story);

MUST_USE enum err intake_catch_up(struct cx *cx, struct intake *in);       /* with decisions of persons, and other processes */
MUST_USE enum err intake_follow_engine(struct cx *cx, struct intake *in);  /* its moves, merges, splits go into the rows */
MUST_USE enum err intake_count_stories(struct cx *cx, struct intake *in);
MUST_USE enum err intake_save(struct cx *cx, struct intake *in);           /* counts of words, within a transaction */
MUST_USE enum err intake_rebuild(struct cx *cx, struct intake *in);

#endif
