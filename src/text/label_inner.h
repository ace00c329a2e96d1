/* label_inner - what the labeller and its trainer share: the features of an article and its cues. */
#ifndef TEXT_LABEL_INNER_H
#define TEXT_LABEL_INNER_H

#include "text/classify.h"
#include "text/gazetteer_find.h"
#include "text/label.h"

enum { LABEL_HITS = 64 };

struct cue_row { struct str answer, value, speaks_for; int column; /* of the classifier */ };
struct cue_hit { int cue; int32_t start, end; int field; };

struct reading { /* of one article, before the model is asked */
	struct tokens fields[3];
	struct gazetteer_hit names[LABEL_HITS];
	struct cue_hit cues[LABEL_HITS];
	size_t nnames, ncues;
	float votes[CLASSIFY_WIDE]; /* of the cues, by column */
	struct features features;
};

struct labeller {
	const struct gazetteer *places;
	struct phrases cue_words;
	struct cue_row *cues;
	size_t ncues, cap;
	struct classifier model;
};

MUST_USE enum err labeller_rules(struct arena *mem, const struct gazetteer *extra, struct labeller **ret, struct fault *f); /* no model */
void label_read(const struct labeller *l, struct arena *mem, const struct label_input *in, struct reading *ret);

#endif
