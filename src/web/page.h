/* page - what the shell's templates are given. Only page.c fills it. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/catalog.h"
#include "web/parts.h"

struct shell_item {
	const struct nav_item *item;
	struct badge badge;
	bool here, group;
};

struct shell {
	struct cx *cx;
	const struct ask *ask;
	const struct sheet *sheet;
	struct str initials;              /* of the person, at the top */
	const struct shell_item *items;   /* only what this person may open */
	size_t nitems;
	struct str to_vi, to_en, find;    /* addresses; what was searched for */
	bool may_find;
};

struct fault_view {
	struct cx *cx;
	int status;
	const char *title, *why, *what;   /* why: NULL when there is nothing more to say */
	struct str back;                  /* path of the page the reader came from; empty: unknown */
};

void page_shell_top(struct html *out, const struct shell *v);
void page_shell_bottom(struct html *out, const struct shell *v);
void page_fault_page(struct html *out, const struct fault_view *v);

#endif
