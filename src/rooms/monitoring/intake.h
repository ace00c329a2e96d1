/*
 * intake - the way of an article: prepared (cleaned, labelled, fingerprinted: pure work that may run in many
 * threads), then added by the one writer in batches of one transaction: known or changed or new, copy of
 * which, part of which story, counted, indexed. An article that was accepted is never lost and never
 * doubled: its address is its key, and a batch is whole or not there at all.
 */
#ifndef ROOMS_MONITORING_INTAKE_H
#define ROOMS_MONITORING_INTAKE_H

#include "store/db.h"
#include "text/near.h"

struct labeller;
struct labels;

struct intake_item {
	int64_t outlet, source;          /* source 0: none */
	struct str outlet_kind;
	struct str url, title, lead, body, sections, lang;
	int64_t published_at;
	bool truncated;
};

struct prepared {
	struct intake_item item;         /* cleaned: NFC, plain text, lengths bounded */
	struct str url_key;
	struct str title_tokens, words_tokens; /* of the title; of lead and body: what the index gets */
	const struct labels *labels;
	struct near_print print;
	struct str error;                /* not empty: why it cannot be taken */
};

/* Pure; texts of the result lie in `mem`. An item without a title, or dated before 2000 or more than a day
 * ahead of `now`, is not taken and says so. */
void intake_prepare(const struct labeller *l, struct arena *mem, const struct intake_item *item, int64_t now, struct prepared *ret);

enum intake_state { INTAKE_NEW, INTAKE_KNOWN, INTAKE_CHANGED };
struct intake_totals { int64_t read, fresh, copies, changed, known; };

struct str intake_title(struct arena *mem, struct str title); /* as it will be kept: clean, bounded */

struct intake;
/* Takes up where the database stands: fingerprints of 30 days, the live stories, the decisions of persons. */
MUST_USE enum err intake_open(struct cx *cx, struct intake **ret);
void intake_close(struct intake *in);
/* A batch in one transaction: begin, add …, end. After a failure the batch is gone and the engines are read
 * anew from the database; the caller may offer the same items again. ERR_LIMIT: the disk is full. */
MUST_USE enum err intake_batch(struct cx *cx, struct intake *in, const struct prepared *items, size_t n, enum intake_state *ret_states);
/* Settles the last stories and keeps the engines' counts; at the end of an import and now and then. */
MUST_USE enum err intake_settle(struct cx *cx, struct intake *in);
/* PR-11: of articles published before `before`, the whole text and its former versions go; title, lead, address and
 * counts stay, and the index keeps what stays. At most `most` articles, in batches of one transaction. */
MUST_USE enum err intake_forget_texts(struct cx *cx, int64_t before, int64_t most, int64_t *ret_n);
struct intake_totals intake_totals(const struct intake *in);

#endif
