/*
 * site - put together once, before the first request; read by all workers. What a person may set is read anew for
 * each request into a copy of its own, so a changed setting holds from the next page on.
 */
#include "app/site.h"

#include "app/local.h"
#include "app/rooms.h"
#include "people/may.h"
#include "people/staff.h"
#include "web/gate.h"
#include "work/settings.h"

enum err shared_follow(struct cx *cx, struct shared *s)
{
	struct str province, lang, address, key;
	TRY(setting_text(cx, "province_name", &province));
	TRY(setting_text(cx, "metrics_key", &key));
	TRY(setting_text(cx, "language", &lang));
	TRY(setting_text(cx, "public_address", &address));
	s->metrics_key = key;
	s->lang = str_eq(lang, S("en")) ? "en" : "vi";
	s->site.province = province;
	s->site.https = str_starts(address, S("https:"));
	return OK;
}

static enum err fill_site(struct cx *cx, struct shared *s)
{
	s->site = (struct site){ .nav = rooms_nav, .nnav = rooms_nav_n, .count = rooms_count, .pace = 600,
		.gate = { .who = session_find, .may = may, .login = "/dang-nhap" },
		.find_act = ACT_ARTICLE_READ, .paces = pace_new(&s->mem) };
	s->site.tables = rooms_routes(&s->mem, &s->site.ntables);
	TRY(shared_follow(cx, s));
	s->metrics_key = arena_str(&s->mem, s->metrics_key);
	s->site.province = arena_str(&s->mem, s->site.province);
	return OK;
}

enum err shared_open(struct cx *cx, struct shared *s, const char *data_dir)
{
	struct labeller *labeller;
	s->vocab = vocab_new(&s->mem);
	TRY(vocab_load(cx, &s->vocab));
	TRY(local_labeller(&s->mem, data_dir, &labeller, &cx->fault));
	s->tools = (struct tools){ .vocab = &s->vocab, .labeller = labeller };
	s->started_at = cx->now;
	return fill_site(cx, s);
}

void shared_close(struct shared *s)
{
	arena_done(&s->mem);
}

const struct shared *shared_of(const struct ask *ask)
{
	return (const struct shared *)((const char *)ask->site - offsetof(struct shared, site));
}
