/*
 * mistake - what a person got wrong in a form: data, not a failure. All mistakes of one form are gathered
 * and shown at once, each beside its field and again in the summary on top.
 */
#ifndef BASE_MISTAKE_H
#define BASE_MISTAKE_H

#include "base/base.h"

enum { MISTAKES_MOST = 64 };

struct mistake {
	const char *field; /* the field's name in the form; "" for the form as a whole */
	const char *say;   /* key of the catalogue; its text may hold {1} */
	struct str arg;    /* what stands in for {1} */
};

struct mistakes {
	struct mistake v[MISTAKES_MOST];
	size_t n;
};

/* The names must outlive the list. One past MISTAKES_MOST is dropped: the form is refused anyway. */
static inline void mistake_add(struct mistakes *m, const char *field, const char *say, struct str arg)
{
	if (m->n < MISTAKES_MOST)
		m->v[m->n++] = (struct mistake){ field, say, arg };
}

static inline const struct mistake *mistake_of(const struct mistakes *m, const char *field)
{
	for (size_t i = 0; m && i < m->n; i++)
		if (!strcmp(m->v[i].field, field))
			return &m->v[i];
	return NULL;
}

#endif
