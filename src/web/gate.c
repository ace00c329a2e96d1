/*
 * gate - a visitor without a session gets a random cookie too, so that even the form to sign in carries a
 * token bound to this browser. The token of a guest is a keyed hash of that cookie. Of an address only a hash
 * with a key of this process is kept, and it is forgotten when its minute is over.
 */
#include "web/gate.h"
#include "web/form.h"

#include "base/time.h"

#include <pthread.h>
#include <sodium.h>

#define GUEST_COOKIE "nhipcau_guest"
#define LANG_COOKIE "nhipcau_lang"

enum { PACE_SLOTS = 1 << 14, PACE_TRIES = 8 };

struct slot { uint64_t who; int64_t since_ms; int taken; };

struct pace {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct slot slots[PACE_SLOTS];
};

struct pace *pace_new(struct arena *mem)
{
	struct pace *p = NEW(mem, struct pace);
	BUG_IF(sodium_init() < 0);
	pthread_mutex_init(&p->lock, NULL);
	randombytes_buf(p->key, sizeof p->key);
	return p;
}

/* IPv6 is counted by /64: a household has a whole network of addresses. */
static struct str network_of(struct str from)
{
	int colons = 0;
	for (size_t i = 0; i < from.n; i++)
		if (from.p[i] == ':' && ++colons == 4)
			return str_sub(from, 0, i);
	return from;
}

/* This address's slot; else a stale one; else the oldest of those looked at. */
static struct slot *slot_of(struct pace *p, uint64_t who, int64_t now_ms)
{
	struct slot *best = NULL;
	for (int i = 0; i < PACE_TRIES; i++) {
		struct slot *s = &p->slots[(who + (uint64_t)i) % PACE_SLOTS];
		if (s->who == who)
			return s;
		if (!best || s->since_ms < best->since_ms)
			best = s;
	}
	*best = (struct slot){ who, now_ms, 0 };
	return best;
}

bool pace_take(struct pace *p, struct str from, const struct route *route, int a_minute, int64_t now_ms)
{
	uint64_t who;
	from = network_of(from);
	crypto_shorthash((unsigned char *)&who, (const unsigned char *)from.p, from.n, p->key);
	who = hash_mix(who ^ (route ? hash_str(str_z(route->path)) : 0)) | 1;
	pthread_mutex_lock(&p->lock);
	struct slot *s = slot_of(p, who, now_ms);
	if (now_ms - s->since_ms >= 60 * 1000) {
		s->since_ms = now_ms;
		s->taken = 0;
	}
	bool ok = s->taken < a_minute;
	s->taken += ok;
	pthread_mutex_unlock(&p->lock);
	return ok;
}

/* ---- who, in which language ---------------------------------------------------------------------- */

static bool is_lang(struct str s)
{
	return str_eq(s, S("vi")) || str_eq(s, S("en"));
}

static void choose_language(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct str asked = ask_param(ask, "lang"), kept = ask_cookie(ask, LANG_COOKIE);
	struct str use = is_lang(asked) ? asked : is_lang(kept) ? kept : str_z(cx->lang ? cx->lang : "vi");
	cx->lang = str_eq(use, S("en")) ? "en" : "vi";
	if (is_lang(asked) && !str_eq(asked, kept))
		reply_cookie(reply, LANG_COOKIE, asked, 365 * DAY);
}

static struct str guest_token(struct arena *mem, struct str cookie)
{
	unsigned char sum[24];
	char *hex = arena_raw(mem, sizeof sum * 2 + 1);
	crypto_generichash(sum, sizeof sum, (const unsigned char *)cookie.p, cookie.n, (const unsigned char *)"nhipcau form token", 18);
	sodium_bin2hex(hex, sizeof sum * 2 + 1, sum, sizeof sum);
	return (struct str){ hex, sizeof sum * 2 };
}

static bool is_guest_cookie(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.n == 48;
}

static void open_guest(struct cx *cx, struct ask *ask, struct reply *reply)
{
	struct str cookie = ask_cookie(ask, GUEST_COOKIE);
	if (!is_guest_cookie(cookie)) {
		unsigned char r[24];
		char hex[49];
		if (ask->route && (ask->route->kind == FILE_OUT || ask->route->kind == API))
			return;
		randombytes_buf(r, sizeof r);
		cookie = arena_str(cx->mem, str_z(sodium_bin2hex(hex, sizeof hex, r, sizeof r)));
		reply_cookie(reply, GUEST_COOKIE, cookie, -1);
	}
	ask->csrf = guest_token(cx->mem, cookie);
}

static struct str bearer(const struct ask *ask)
{
	struct str h = ask_head(ask, "Authorization");
	return h.n > 7 && str_eq_nocase(str_sub(h, 0, 7), S("Bearer ")) ? str_trim(str_sub(h, 7, h.n)) : (struct str){ 0 };
}

enum err gate_open(struct cx *cx, struct ask *ask, struct reply *reply)
{
	const struct gate *g = &ask->site->gate;
	struct str key = bearer(ask), session = ask_cookie(ask, SESSION_COOKIE);
	cx->who = (struct actor){ 0 };
	choose_language(cx, ask, reply);
	if (key.n && g->key)
		return g->key(cx, key, &cx->who);
	if (session.n && g->who)
		TRY(g->who(cx, session, &cx->who, &ask->csrf));
	if (!cx->who.id)
		open_guest(cx, ask, reply);
	return OK;
}

/* ---- may they ------------------------------------------------------------------------------------ */

static bool changes(const struct ask *ask)
{
	return !ask_is(ask, "GET") && !ask_is(ask, "OPTIONS");
}

/* Browsers say where a post comes from; one of another site is refused before its token is looked at. */
static bool from_elsewhere(const struct ask *ask)
{
	struct str site = ask_head(ask, "Sec-Fetch-Site");
	return site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none"));
}

static bool token_right(const struct ask *ask)
{
	struct str given = ask_field(ask, "_csrf");
	if (!given.n)
		given = ask_head(ask, "X-CSRF-Token");
	return ask->csrf.n && given.n == ask->csrf.n && !sodium_memcmp(given.p, ask->csrf.p, given.n);
}

static enum err check_token(struct cx *cx, const struct ask *ask)
{
	bool by_key = bearer(ask).n && cx->who.id;
	if (!changes(ask) || ask->route->no_csrf || by_key)
		return OK;
	if (from_elsewhere(ask) || !token_right(ask))
		return FAIL(cx, ERR_DENIED, "web.csrf", "%s %s: the form's token is missing or not of this session", ask->route->method,
			ask->route->path);
	return OK;
}

static enum err check_pace(struct cx *cx, const struct ask *ask)
{
	const struct site *s = ask->site;
	if (!s->paces || ask->route->kind == FILE_OUT)
		return OK;
	if (s->pace && !pace_take(s->paces, ask->from, NULL, s->pace, clock_ms()))
		return FAIL(cx, ERR_LIMIT, "web.pace", "%s", "more requests from one address than the site's pace");
	if (ask->route->pace && !pace_take(s->paces, ask->from, ask->route, ask->route->pace, clock_ms()))
		return FAIL(cx, ERR_LIMIT, "web.pace", "more requests from one address than %s allows", ask->route->path);
	return OK;
}

enum err gate_check(struct cx *cx, const struct ask *ask, bool *ret_login)
{
	const struct gate *g = &ask->site->gate;
	TRY(check_pace(cx, ask));
	if (ask->route->act != ACT_NONE) {
		BUG_IF(!g->may);
		enum err err = g->may(cx, ask->route->act, cx->who.unit);
		*ret_login = err == ERR_DENIED && !cx->who.id;
		TRY(err);
	}
	return check_token(cx, ask);
}
