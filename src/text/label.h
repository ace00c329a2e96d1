/*
 * label - what an article is about and how it reads: scope, tone of the event, stance toward the public body,
 * topics, places, bodies, and the words that speak for each answer.
 *
 * Three answers, never one number: the scope says whether a Vietnamese public body or policy is the matter; the
 * tone is good or bad news; the stance is how the body is shown, and is asked only within the scope. Numbers
 * are calibrated probabilities of the answer given. No name of a private person is ever taken out.
 * A labeller is built once, read-only after, and shared by threads; an article costs no more than its arena.
 */
#ifndef TEXT_LABEL_H
#define TEXT_LABEL_H

#include "text/gazetteer.h"

enum scope { SCOPE_PUBLIC, SCOPE_VIETNAM, SCOPE_FOREIGN };
enum tone { TONE_GOOD, TONE_NEUTRAL, TONE_BAD, TONE_UNKNOWN };
enum stance { STANCE_FAVOURABLE, STANCE_NEITHER, STANCE_UNFAVOURABLE, STANCE_UNKNOWN };

enum { LABEL_TOPICS = 3, LABEL_MOST = 16 };

struct label_topic { const char *topic; double p; };   /* one of label_topics */
struct label_place { struct str code, name, as_of; };  /* of the gazetteer */
struct label_body { struct str id, name; };

/* A piece of the article that speaks for an answer: code points [start, end) of the clean (NFC) field, in
 * "title", "summary" or "text". answer: "scope", "tone", "stance" or "topic"; speaks_for: the value it speaks for,
 * as "bad" or "health"; it may be another than the one given, for a reader is owed both sides. */
struct label_cue { struct str answer; const char *field; int start, end; struct str speaks_for; };

struct labels {
	enum scope scope;
	enum tone tone;
	enum stance stance;
	double scope_p, tone_p, stance_p;
	bool has_stance;              /* false outside the scope: stance is unknown then, and stance_p 0 */
	bool tone_sure, stance_sure;  /* false below the threshold of abstention */
	struct label_topic topics[LABEL_TOPICS]; /* likeliest first */
	struct label_place places[LABEL_MOST];
	struct label_body bodies[LABEL_MOST];
	struct label_cue cues[LABEL_MOST];
	size_t ntopics, nplaces, nbodies, ncues;
	const char *model;            /* names the model in records; of the labeller */
};

struct label_input { struct str title, summary, text; };

struct labeller;

/* `extra`: a gazetteer with local tables, which must live as long; NULL: the built-in one. */
MUST_USE enum err labeller_new(struct arena *mem, const struct gazetteer *extra, struct labeller **ret, struct fault *f);
/* Texts in *ret are the labeller's or lie in `mem`; scratch is given back. */
void label_article(const struct labeller *l, struct arena *mem, const struct label_input *in, struct labels *ret);
const struct gazetteer *labeller_places(const struct labeller *l);

const char *scope_name(enum scope);   /* vietnamese_public, other_vietnam, foreign */
const char *tone_name(enum tone);     /* good, neutral, bad, unknown */
const char *stance_name(enum stance); /* favourable, neither, unfavourable, unknown */

extern const char *const label_topics[12];

#endif
