/*
 * article - what a newspaper published (article: tin, bài), its versions, and what is known of it.
 *
 * Tone (sắc thái) and stance (có lợi, bất lợi) are of the article about a public matter, never of a person
 * (PR-03); no author is kept (PR-02). A label of the machine is "chưa kiểm duyệt" until a person has
 * confirmed or corrected it; corrections are only ever added to label_correction.
 */
#ifndef ROOMS_MONITORING_ARTICLE_H
#define ROOMS_MONITORING_ARTICLE_H

#include "store/db.h"

struct article {
	int64_t id, outlet, source, published_at, fetched_at, copy_of, story, confirmed_by, confirmed_at, versions;
	struct str url, title, lead, sections, lang, copy_kind;
	struct str scope, tone, stance, model, outlet_name, outlet_kind;
	double scope_p, tone_p, stance_p, similarity;
};

struct article_list { struct article *v; size_t n; };

struct article_label { struct str kind, code; double p; bool by_person; };
struct article_label_list { struct article_label *v; size_t n; };

struct article_version { int64_t version, until_at; struct str title, lead, body; };
struct article_version_list { struct article_version *v; size_t n; };

struct correction { int64_t at, who; struct str question, old, new, model; };
struct correction_list { struct correction *v; size_t n; };

/* Empty or 0 in a field: any. before_at and before_id say where a page of the list goes on. */
struct article_filter {
	struct str label_kind, label_code, tone, stance, scope;
	int64_t outlet, from_at, before_at, before_id;
	bool unconfirmed;
	int most;
};

MUST_USE enum err article_load(struct cx *cx, int64_t id, struct article *ret);            /* ERR_NOT_FOUND */
MUST_USE enum err article_list(struct cx *cx, const struct article_filter *f, struct article_list *ret); /* newest first */
MUST_USE enum err article_of_story(struct cx *cx, int64_t story, int most, struct article_list *ret);    /* oldest first */
MUST_USE enum err article_text(struct cx *cx, int64_t id, struct str *ret_body, struct str *ret_evidence);
MUST_USE enum err article_labels(struct cx *cx, int64_t id, struct article_label_list *ret);
MUST_USE enum err article_versions(struct cx *cx, int64_t id, struct article_version_list *ret); /* former ones, newest first */
MUST_USE enum err article_corrections(struct cx *cx, int64_t id, struct correction_list *ret);

/* A person answers: question is scope, tone, stance or topic (answer: a topic's id, "-id" takes it away), or
 * confirm (all labels stand as they are). Counts and the story follow in the same transaction. ERR_INPUT for
 * an answer that is none. */
MUST_USE enum err article_correct(struct cx *cx, int64_t id, struct str question, struct str answer);

struct article article_read(const struct rows *r, struct arena *mem); /* columns of ARTICLE_COLUMNS */
#define ARTICLE_COLUMNS \
	"a.id, a.outlet, a.source, a.url, a.title, a.lead, a.sections, a.lang, a.published_at, a.fetched_at, a.copy_of, a.copy_kind," \
	" a.similarity, a.story, a.scope, a.scope_p, a.tone, a.tone_p, a.stance, a.stance_p, a.model, a.confirmed_by, a.confirmed_at," \
	" a.versions, o.name, o.kind"

#endif
