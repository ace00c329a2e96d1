/*
 * views_pages - what the pages of accounts show, put together before a template prints it.
 */
#ifndef ROOMS_ACCOUNTS_VIEWS_PAGES_H
#define ROOMS_ACCOUNTS_VIEWS_PAGES_H

#include "people/may.h"
#include "people/staff.h"
#include "rooms/accounts/trail.h"
#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/outlet.h"
#include "web/api.h"
#include "work/settings.h"

extern const struct route login_rows[5], staff_rows[5], settings_rows[3], about_rows[2];

struct login_view { const struct ask *ask; const struct mistakes *m; struct str login, next; };
struct account_view { const struct ask *ask; struct staff me; const struct mistakes *m; bool saved; };

struct setting_view { const struct setting *s; struct str value; };
struct settings_view {
	const struct ask *ask;
	struct setting_view *v;
	const struct mistakes *m;
	bool can_edit, can_staff, can_audit, saved;
};

struct staff_view {
	const struct ask *ask;
	struct staff_list list;
	const struct mistakes *m;
	struct str login, name;          /* as typed, when the form comes back */
	unsigned roles;
};

struct trail_view { const struct ask *ask; struct trail_list list; struct trail_words objects; struct pager pager; struct str object; };

struct about_view { const struct ask *ask; struct outlet_list outlets; struct source_list sources; int64_t days; };

void page_login(struct html *out, struct cx *cx, const struct login_view *v);
void page_account(struct html *out, struct cx *cx, const struct account_view *v);
void page_settings(struct html *out, struct cx *cx, const struct settings_view *v);
void page_staff(struct html *out, struct cx *cx, const struct staff_view *v);
void page_staff_row(struct html *out, struct cx *cx, const struct staff_view *v, const struct staff *s);
void page_trail(struct html *out, struct cx *cx, const struct trail_view *v);
void page_about(struct html *out, struct cx *cx, const struct about_view *v);
void page_help(struct html *out, struct cx *cx);

/* Ends the deed's transaction as it went; a failure that the person can mend is put into `m` beside `field`. */
MUST_USE enum err deed_end(struct cx *cx, enum err e, const char *field, struct mistakes *m);

#endif
