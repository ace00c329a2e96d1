/*
 * label_inner - an article made ready for its answers: words, mentions, cues; and the answers of each question as
 * scores. Shared by label.c, label_score.c and the trainer.
 */
#ifndef TEXT_LABEL_INNER_H
#define TEXT_LABEL_INNER_H

#include "text/cue.h"
#include "text/label.h"

enum label_question { ASK_SCOPE, ASK_TONE, ASK_STANCE, ASK_TOPIC, LABEL_QUESTIONS };
enum { LABEL_TOPICS_ALL = 12, LABEL_LEAD = 160 /* words that answer scope, tone and stance */ };

struct label_ready {
	struct label_text text;
	size_t lead;          /* the words before this are title and lead */
	struct mentions mentions;
	struct cue_hits cues;
	double sum[CUE_ANSWERS]; /* weights of cues in title and lead, by answer */
};

/* Softmaxed: scope, tone, stance have three places each, topics twelve. */
struct label_scores { double scope[3], tone[3], stance[3], topic[LABEL_TOPICS_ALL]; };

struct label_model;

struct labeller {
	const struct gazetteer *places;
	struct cue_book *cues;
	const struct label_model *model;
};

void label_prepare(const struct labeller *l, struct arena *mem, const struct label_input *in, struct label_ready *ret);
void label_score(const struct labeller *l, struct arena *mem, const struct label_ready *r, struct label_scores *ret);

#endif
