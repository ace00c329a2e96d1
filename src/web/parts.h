/*
 * parts - the pieces pages are put together from. Each writes HTML that fits assets/css/parts.css, whose
 * head lists every class. Colours never stand alone: a chip has a word, a bar has its numbers.
 */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

#include "web/web.h"

void part_icon(struct html *out, const char *name);                 /* of assets/icons.svg; decorative */
const char *asset(const char *name);                                /* "app.css": its path with the hash; a bug when unknown */

/* ---- words and bars ------------------------------------------------------------------------------ */

enum chip_kind { CHIP_PLAIN, CHIP_NEG, CHIP_NEU, CHIP_POS, CHIP_CRIT, CHIP_WARN, CHIP_OK, CHIP_INFO, CHIP_LINE };
void part_chip(struct html *out, enum chip_kind kind, struct str text);
void part_chip_icon(struct html *out, enum chip_kind kind, const char *icon, struct str text);

struct tone_counts { int64_t neg, neu, pos, unknown; };                    /* counts; the bar shows shares */
void part_tone(struct html *out, struct cx *cx, struct tone_counts t);     /* the bar alone, read aloud in words */
void part_tone_text(struct html *out, struct cx *cx, struct tone_counts t);/* the bar and "62% · 29% · 9%" */
void part_tone_row(struct html *out, struct cx *cx, struct str label, const char *href, struct tone_counts t);
void part_tone_legend(struct html *out, struct cx *cx);
void part_meter(struct html *out, enum chip_kind kind, double share); /* a thin progress bar; the number stands beside it */
void part_spark(struct html *out, const double *v, size_t n, enum chip_kind kind); /* 92 × 24 line */

/* A sentence with the pieces that speak for a label lit. Marks are byte ranges, rising, not overlapping. */
struct cue { size_t from, to; enum chip_kind kind; };
void part_cues(struct html *out, struct str sentence, const struct cue *cues, size_t n);

/* ---- heads, lists, empty places ------------------------------------------------------------------ */

struct figure { struct str label, value, unit, note; const char *href; bool bad; enum chip_kind note_kind; };
void part_figures(struct html *out, const struct figure *v, size_t n);

struct tab { struct str label; const char *href; int64_t n; bool here; }; /* n < 0: no number */
void part_tabs(struct html *out, struct cx *cx, const struct tab *v, size_t n);
void part_crumbs(struct html *out, struct cx *cx, const struct crumb *v, size_t n);

struct step { struct str label; enum { STEP_TODO, STEP_NOW, STEP_DONE } state; };
void part_steps(struct html *out, struct cx *cx, const struct step *v, size_t n);

/* Keyset paging: addresses of the page before and after, empty where there is none. */
struct pager { struct str before, after; struct str shown; };        /* shown: "1–50 trong 1.234" */
void part_pager(struct html *out, struct cx *cx, const struct pager *p);
/* Nothing here: why, and what to do about it. href may be NULL. */
void part_empty(struct html *out, const char *icon, struct str title, struct str why, const char *href, struct str link);

/* ---- forms --------------------------------------------------------------------------------------- */

enum field_kind { FIELD_TEXT, FIELD_AREA, FIELD_SELECT, FIELD_DATE, FIELD_NUMBER, FIELD_MAIL, FIELD_SECRET, FIELD_CHECK, FIELD_FILE,
	FIELD_RADIO, FIELD_URL };

struct choice { struct str value, label; };

struct field_view {
	const char *name;
	struct str label, hint, value; /* hint may be empty */
	enum field_kind kind;
	bool need;
	int most;                      /* characters; 0: no limit shown */
	const char *autocomplete;      /* NULL: the browser's guess */
	const struct choice *choices;
	size_t nchoices;
};
void part_field(struct html *out, struct cx *cx, const struct field_view *f, const struct mistakes *m);
void part_mistakes(struct html *out, struct cx *cx, const struct mistakes *m); /* the summary on top; nothing when there are none */
void part_csrf(struct html *out, const struct ask *ask);             /* the hidden field every POST form holds */

#endif
