/*
 * evidence - the sentences that speak for the labels of an article, with the words that do. What the labeller
 * kept counts code points of a field; here it becomes bytes of a sentence, ready to be lit on a page.
 */
#ifndef ROOMS_MONITORING_EVIDENCE_H
#define ROOMS_MONITORING_EVIDENCE_H

#include "base/base.h"

enum { EVIDENCE_CUES = 8 };

struct evidence_cue {
	size_t from, to;              /* bytes of the sentence; rising, not overlapping */
	struct str question, code;    /* "tone", "bad": as the labeller's cues say "answer" and "speaks_for" */
};

struct evidence {
	struct str sentence;          /* a slice of the title, the lead or the body */
	struct evidence_cue cues[EVIDENCE_CUES];
	size_t n;
};

struct evidence_list { struct evidence *v; size_t n; };

struct evidence_text { struct str title, lead, body, json; };

/* Only sentences with a cue, in the order of the text; a sentence that stands in the lead and again in the body
 * is given once. Damaged JSON and places outside the text give nothing. */
void evidence_read(struct arena *mem, const struct evidence_text *t, struct evidence_list *ret);

#endif
