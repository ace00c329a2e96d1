/*
 * views_pages - what the pages of this room show, put together before a template prints it, and the words of a
 * series and an alarm. Every sentence comes from the catalogue and the numbers of the row, never from a model.
 */
#ifndef ROOMS_TRENDS_VIEWS_PAGES_H
#define ROOMS_TRENDS_VIEWS_PAGES_H

#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/digest.h"
#include "rooms/trends/outlook.h"
#include "web/api.h"

enum { RISING_MOST = 6, RISING_DAYS = 10, PICTURE_BACK = 30 };

extern const struct route overview_rows[1], alarm_rows[3], outlook_rows[1], digest_rows[10], trends_api_rows[5];

/* ---- words ------------------------------------------------------------------------------------------------- */

struct str series_say(struct cx *cx, struct str kind, struct str code);      /* "Đất đai", "Xã Suối Trong", "Toàn bộ tin, bài" */
struct str stream_href(struct cx *cx, struct str kind, struct str code, int64_t from_day); /* 0: from no day */
struct str share_say(struct cx *cx, int64_t part, int64_t all);              /* 34%, or "4 trên 12" where all is under SHARE_LEAST */
struct str unconfirmed_say(struct cx *cx, const struct counts *c);           /* "chưa kiểm duyệt: 12 trên 14 tin" */

struct alarm_view { struct alarm a; struct drivers d; struct str name, say, more; const char *icon, *class; };
void alarm_view(struct cx *cx, const struct alarm *a, struct alarm_view *ret);
enum chip_kind triage_chip(struct str triage);
void part_alarm(struct html *out, struct cx *cx, const struct alarm_view *v); /* one of the list, with its two actions */

/* A topic or place with its count, its bar of tones, and the share of bad tone (counts where they are few). */
void part_label_row(struct html *out, struct cx *cx, struct str label, struct str href, const struct counts *c);

/* ---- charts: the file that draws them must not see web/parts.h ------------------------------------------------ */

void part_outlook_chart(struct html *out, struct cx *cx, const char *id, const struct outlook *o);
/* The days around an alarm; `c` holds a count a day from `first`. The band is drawn where one was kept. */
struct alarm_days { int64_t first; const struct counts *c; size_t n; };
void part_alarm_chart(struct html *out, struct cx *cx, const struct alarm *a, const struct outlook *o, const struct alarm_days *d);

/* ---- views --------------------------------------------------------------------------------------------------- */

struct rising { struct story s; double days[RISING_DAYS]; int64_t before; };

struct overview {
	const struct ask *ask;
	int64_t at, today;               /* the end of the 24 hours; the day that counts as today */
	struct outlook o;
	struct counts now, before, yesterday;
	struct rising rising[RISING_MOST];
	size_t nrising;
	struct alarm_view alarms[4];
	size_t nalarms;
	struct alarm_record record;
	struct counted_list topics, places;
	struct coverage coverage;
	struct figure figures[6];
	struct str compare;              /* yesterday against what was forecast for it; empty: nothing was */
	bool empty;
};

struct alarm_page {
	const struct ask *ask;
	struct tab tabs[5];
	struct alarm_record record;
	struct alarm_view *v;
	size_t n;
	struct pager pager;
};

struct alarm_show {
	const struct ask *ask;
	struct alarm_view v;
	struct outlook o;
	struct alarm_days days;
	struct str triaged_by, stream;
	bool can_triage;
};

struct outlook_page {
	const struct ask *ask;
	struct str kind, code, name;
	struct outlook o;
	struct counted_list topics, places;
	bool none, empty;                /* none: it did not beat the naive one; empty: nothing was counted yet */
};

struct digest_page {
	const struct ask *ask;
	int64_t day;
	struct digest d;
	struct digest_item_list items;
	struct story_list offers;        /* stories that may be added */
	struct str approved_by;
	bool there, can_edit, can_approve, paper; /* paper: to be printed, without forms */
};

void page_overview(struct html *out, struct cx *cx, const struct overview *v);
void page_alarm_list(struct html *out, struct cx *cx, const struct alarm_page *v);
void page_alarm_show(struct html *out, struct cx *cx, const struct alarm_show *v);
void page_alarm_row(struct html *out, struct cx *cx, const struct alarm_view *v);
void page_outlook(struct html *out, struct cx *cx, const struct outlook_page *v);
void page_digest_show(struct html *out, struct cx *cx, const struct digest_page *v);
void page_digest_item(struct html *out, struct cx *cx, const struct digest_page *v, const struct digest_item *it);
void page_digest_forms(struct html *out, struct cx *cx, const struct digest_page *v, const struct digest_item *it);

#endif
