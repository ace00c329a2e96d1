/* article_pages - what the page of one article shows. */
#ifndef ROOMS_MONITORING_ARTICLE_PAGES_H
#define ROOMS_MONITORING_ARTICLE_PAGES_H

#include "rooms/monitoring/diff.h"
#include "rooms/monitoring/evidence.h"
#include "rooms/monitoring/monitoring_pages.h"

struct version_view { struct article_version v; struct diff title, body; }; /* what the version after it changed */

struct article_page {
	const struct ask *ask;
	struct article_view row;
	struct str body;
	struct evidence_list evidence;
	struct correction_list corrections;
	struct version_view *versions;
	size_t nversions;
	struct article_list copies;
	struct article original;         /* id 0: this one is not a copy */
	struct choice_list topics;       /* those it does not have yet */
	bool may_label;
};

/* One question with its answers as buttons; the one that stands is pressed. */
struct label_question { const char *question, *title, *prefix, *codes; struct str now; double p; };

void page_article(struct html *out, struct cx *cx, const struct article_page *v);
void page_label_buttons(struct html *out, struct cx *cx, const struct article_page *v, const struct label_question *q);
void part_evidence(struct html *out, struct cx *cx, const struct evidence *e); /* the sentence, its cues lit, and what they are */
enum chip_kind evidence_kind(const struct evidence *e);
void part_verdict(struct html *out, struct cx *cx, const struct evidence *e);         /* the answer it speaks for, as a chip */
const char *evidence_class(const struct evidence *e);                                  /* neg, neu, pos */
bool evidence_leans(const struct evidence *e);                                         /* speaks for a tone or a stance, not only for a topic */
struct str answer_say(struct cx *cx, struct str question, struct str answer); /* "-health": "bỏ Y tế" */
void part_diff(struct html *out, struct cx *cx, const struct diff *d);
void part_paragraphs(struct html *out, struct str text);

#endif
