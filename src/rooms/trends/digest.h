/*
 * digest - the morning press digest (điểm báo ngày, form 5.5): put together by the machine from the stories of
 * the last 24 hours, arranged by an editor, approved by a person. Every sentence of a summary is quoted
 * exactly from an article that is named with it. Until a person has confirmed an item's labels it carries
 * "chưa kiểm duyệt" (PR-14).
 */
#ifndef ROOMS_TRENDS_DIGEST_H
#define ROOMS_TRENDS_DIGEST_H

#include "rooms/monitoring/article.h"
#include "rooms/monitoring/story.h"

struct digest {
	int64_t id, day, made_at, approved_by, approved_at;
	struct str state, intro;          /* draft, approved */
	int64_t articles, stories, outlets_alive, outlets_known; /* of the 24 hours before 07:00 */
};

struct digest_quote { struct str text, outlet, url; int64_t article; };

struct digest_item {
	int64_t id, story, article, section, place;
	struct str title, proposal, note; /* proposal: answer, explain, check, follow */
	struct digest_quote quotes[3];
	size_t nquotes;
	struct article first;             /* outlet, time, address, tone and stance of the article that leads */
	int64_t n, outlets;               /* of the story now */
	struct str topic;
	bool confirmed;                   /* a person has confirmed the labels of the leading article */
};

struct digest_item_list { struct digest_item *v; size_t n; };

/* That day's digest; made when there is none (ACT_DIGEST_EDIT), else ERR_NOT_FOUND. */
MUST_USE enum err digest_make(struct cx *cx, int64_t day, struct digest *ret);
MUST_USE enum err digest_load(struct cx *cx, int64_t day, struct digest *ret);
MUST_USE enum err digest_items(struct cx *cx, const struct digest *d, struct digest_item_list *ret);
/* The editor: refused with ERR_CONFLICT once it is approved. */
MUST_USE enum err digest_move(struct cx *cx, int64_t day, int64_t item, int section, int place);
MUST_USE enum err digest_note(struct cx *cx, int64_t day, int64_t item, struct str proposal, struct str note);
MUST_USE enum err digest_drop(struct cx *cx, int64_t day, int64_t item);
MUST_USE enum err digest_add(struct cx *cx, int64_t day, int section, int64_t story);
MUST_USE enum err digest_intro(struct cx *cx, int64_t day, struct str intro);
MUST_USE enum err digest_approve(struct cx *cx, int64_t day);

struct paper;
MUST_USE enum err digest_paper(struct cx *cx, const struct digest *d, struct str province, struct paper **ret);

#endif
