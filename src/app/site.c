/*
 * site - put together once, before the first request; read by all workers.
 */
#include "app/site.h"

#include "app/local.h"
#include "app/rooms.h"
#include "people/may.h"
#include "people/staff.h"
#include "text/label.h"
#include "web/gate.h"
#include "work/settings.h"

static enum err who(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf)
{
	return session_find(cx, token, ret, ret_csrf);
}

static enum err labels_open(struct cx *cx, struct shared *s)
{
	struct labeller *l;
	TRY(local_labeller(&s->mem, s->data_dir, &l, &cx->fault));
	s->tools.labeller = l;
	return OK;
}

enum err shared_open(struct cx *cx, struct shared *s)
{
	s->vocab = vocab_new(&s->mem);
	TRY(vocab_load(cx, &s->vocab));
	TRY(labels_open(cx, s));
	s->tools.vocab = &s->vocab;
	s->started_at = cx->now;
	s->site = (struct site){ .tables = rooms_routes, .ntables = rooms_routes_n, .nav = rooms_nav, .nnav = rooms_nav_n,
		.gate = { .who = who, .may = may, .login = "/dang-nhap" }, .product = S("Truyền thông chính sách"), .pace = 600 };
	s->site.paces = pace_new(&s->mem);
	s->site.count = rooms_count;
	struct str province = setting_text(cx, "province_name");
	s->site.province = arena_str(&s->mem, province);
	s->metrics_key = arena_str(&s->mem, setting_text(cx, "metrics_key"));
	return OK;
}

void shared_close(struct shared *s)
{
	arena_done(&s->mem);
}
