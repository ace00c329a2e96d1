/*
 * web - what every page shares: the question (struct ask), the answer (struct reply), the tables that
 * say which function answers which path, and the sheet around a page.
 *
 * A page is a function: it loads, checks, renders, and returns OK; or returns the failure, and the house
 * prints it (a page in words for people, problem+json under /api/). Nothing here is global: the site is a
 * const struct that the binary fills in once. Everything in an ask or a reply lives in cx->mem.
 *
 *	static enum err show(struct cx *cx, const struct ask *ask, struct reply *reply)
 *	{
 *		struct story s;
 *		TRY(story_load(cx, ask_id(ask, "id"), &s));
 *		struct html body = html_new(cx->mem);
 *		page_story_show(&body, cx, &s);
 *		return page_send(cx, ask, reply, &(struct sheet){ .title = s.title, .at = "/su-viec" }, &body);
 *	}
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/base.h"
#include "base/html.h"
#include "base/mistake.h"
#include "store/cx.h"

struct site;
struct route;
struct json_t;

/* ---- the question ------------------------------------------------------------------------------- */

struct pair { struct str name, value; };
struct pairs { const struct pair *v; size_t n; };

struct upload {
	struct str field, name, type; /* name: as the browser told it, only its last part; type: never believed */
	struct str bytes;
};

struct ask {
	struct str method;        /* "GET", "POST", … HEAD is answered as GET */
	struct str path, query;   /* decoded; as sent, after '?' */
	struct pairs params;      /* of the query */
	struct pairs places;      /* of the route: "id" of /su-viec/:id */
	struct pairs fields;      /* of a form */
	struct pairs cookies, heads;
	const struct upload *uploads;
	size_t nuploads;
	struct str body, type;    /* as sent, for the API; its Content-Type */
	struct str from;          /* the reader's address; never logged, never stored */
	struct str csrf;          /* what every form of this visitor carries in the field "_csrf" */
	bool htmx;                /* a part of a page is wanted: page_send leaves the sheet away */
	const struct site *site;
	const struct route *route;
};

/* The value, or the empty slice. A parameter given twice counts by its first. */
struct str ask_param(const struct ask *ask, const char *name);
struct str ask_field(const struct ask *ask, const char *name);  /* white space off both ends */
struct str ask_place(const struct ask *ask, const char *name);
struct str ask_cookie(const struct ask *ask, const char *name);
struct str ask_head(const struct ask *ask, const char *name);   /* any case */
const struct upload *ask_upload(const struct ask *ask, const char *field); /* NULL: none */
/* A number of the query; `otherwise` when it is absent, none, or outside [lo, hi]. */
int64_t ask_int(const struct ask *ask, const char *name, int64_t lo, int64_t hi, int64_t otherwise);
int64_t ask_id(const struct ask *ask, const char *place);       /* 0 when it is no number: no row has that id */
bool ask_is(const struct ask *ask, const char *method);
/* This page's address with one parameter set anew (empty: taken out); the place in a list is forgotten. */
struct str ask_with(struct arena *mem, const struct ask *ask, const char *name, struct str value);

/* ---- the answer --------------------------------------------------------------------------------- */

enum { REPLY_HEADS = 24 };

struct reply {
	struct arena *mem;
	int status;
	struct str type;
	struct text body;
	struct str lent;          /* instead of body: bytes that outlive the answer (assets) */
	struct pair heads[REPLY_HEADS];
	size_t nheads;
};

/* All return OK, so that a page may end with "return reply_…". */
enum err reply_html(struct reply *r, int status, const struct html *page);
enum err reply_text(struct reply *r, int status, const char *type, struct str body);
enum err reply_redirect(struct reply *r, struct str to);        /* 303; only paths of this site, else "/" */
enum err reply_json(struct reply *r, int status, struct json_t *take); /* frees it */
/* A download: Content-Disposition with the name in UTF-8. */
enum err reply_file(struct reply *r, const char *type, struct str name, struct str bytes);
void reply_head(struct reply *r, const char *name, struct str value);  /* line ends are dropped from the value */
void reply_cookie(struct reply *r, const char *name, struct str value, int64_t seconds); /* HttpOnly SameSite=Lax; <0: till the browser closes; 0: dropped */

/* ---- the tables --------------------------------------------------------------------------------- */

typedef enum err page_fn(struct cx *cx, const struct ask *ask, struct reply *reply);

enum route_kind { PAGE, API, FRAGMENT, FILE_OUT };
enum { ACT_NONE = -1 };           /* open to everybody: no act is asked for */

struct route_param {
	const char *name, *in;    /* in: "query", "path", "field", "body" */
	const char *type;         /* "integer", "string", "date", "boolean" */
	const char *about;
};

struct route {
	const char *method;       /* "GET" answers HEAD too */
	const char *path;         /* "/su-viec/:id"; a last part ":name*" takes the rest, slashes too */
	int act;                  /* enum act of people/may.h, or ACT_NONE */
	page_fn *page;
	const char *about;        /* one English sentence: help, OpenAPI, the permissions matrix */
	enum route_kind kind;
	const struct route_param *params; /* ends with a row whose name is NULL; may be NULL */
	size_t body_most;         /* larger bodies are refused with 413; 0: 64 KB */
	int pace;                 /* requests a minute from one address; 0: the site's */
	bool no_csrf;             /* only for posts that change nothing of a session (machines, receivers of hooks) */
};

struct route_table {
	const char *room;
	const struct route *v;
	size_t n;
};
#define ROUTES(room_, rows) ((struct route_table){ (room_), (rows), COUNT(rows) })

struct nav_item {
	const char *group;        /* catalogue key of the heading; NULL: the group before */
	const char *path, *icon, *label; /* label: catalogue key; icon: a name of the sprite */
	int act;
	bool mobile;              /* stands in the bottom bar of a phone; the first four */
};

/* How the gate learns who asks and what they may; handed in by the binary, so web/ knows no table. */
struct gate {
	/* Whose session has this token? *ret.id stays 0 for nobody. */
	enum err (*who)(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf);
	enum err (*key)(struct cx *cx, struct str token, struct actor *ret); /* "Authorization: Bearer"; may be NULL */
	enum err (*may)(struct cx *cx, int act, int64_t unit);
	const char *login;        /* the page that signs people in: "/dang-nhap" */
};

struct badge { int64_t n; bool hot; };

struct site {
	const struct route_table *tables;
	size_t ntables;
	const struct nav_item *nav;
	size_t nnav;
	struct gate gate;
	struct str province;          /* shown in the band: "Tỉnh Mẫu" */
	int find_act;                 /* who may search: the box in the band is theirs */
	struct str emblem;            /* path of a picture; empty: the neutral star */
	struct str notice;            /* the footer's first sentence; may be empty */
	/* The number beside an entry of the navigation, once a page; may be NULL. */
	void (*count)(struct cx *cx, const struct nav_item *item, struct badge *ret);
	bool https;                   /* cookies get Secure */
	int pace;                     /* requests a minute from one address; 0: no limit */
	struct pace *paces;           /* pace_new(); NULL: no limit */
};

#define SESSION_COOKIE "nhipcau"

/* ---- the sheet around a page -------------------------------------------------------------------- */

struct crumb { struct str label; const char *href; };

struct sheet {
	struct str title;             /* of the window; the page prints its own <h1> */
	const char *at;               /* the path of the navigation entry that is lit */
	const struct crumb *crumbs;   /* before the h1; the last is this page, without a link */
	size_t ncrumbs;
	bool bare;                    /* no navigation: sign-in and error pages */
	int status;                   /* 0: 200 */
};

enum err page_send(struct cx *cx, const struct ask *ask, struct reply *reply, const struct sheet *s, const struct html *body);
/* The failure in cx->fault as a page (or problem+json), logged once if it is ours. Used by the router. */
void page_fault(struct cx *cx, const struct ask *ask, struct reply *reply, enum err err);
int status_of(enum err err);

/* ---- the router --------------------------------------------------------------------------------- */

/* Finds the row, asks the gate, calls the page; always leaves a whole answer in *reply. */
void web_answer(struct cx *cx, struct ask *ask, struct reply *reply);
/* One request as bytes, head and body, answered without a socket: what `nhipcau http < request` does. The
 * answer is a whole HTTP/1.1 response; the request is held to the limits of listen.h. */
struct str web_once(struct cx *cx, const struct site *site, struct str raw);
/* The row for a method and a path, and the places in it; NULL with *ret_other set when the path has other methods. */
const struct route *route_find(const struct site *site, struct arena *mem, struct str method, struct str path,
	struct pairs *ret_places, bool *ret_other);

#endif
