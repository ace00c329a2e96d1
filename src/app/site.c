/*
 * site - put together once, before the first request; read by all workers.
 */
#include "app/site.h"

#include "app/local.h"
#include "app/rooms.h"
#include "people/may.h"
#include "people/staff.h"
#include "web/gate.h"
#include "work/settings.h"

static enum err fill_site(struct cx *cx, struct shared *s)
{
	struct str province, lang, address;
	TRY(setting_text(cx, "province_name", &province));
	TRY(setting_text(cx, "metrics_key", &s->metrics_key));
	s->metrics_key = arena_str(&s->mem, s->metrics_key);
	TRY(setting_text(cx, "language", &lang));
	TRY(setting_text(cx, "public_address", &address));
	s->lang = str_eq(lang, S("en")) ? "en" : "vi";
	s->site = (struct site){ .nav = rooms_nav, .nnav = rooms_nav_n, .count = rooms_count, .pace = 600,
		.gate = { .who = session_find, .may = may, .login = "/dang-nhap" }, .province = arena_str(&s->mem, province),
		.product = S("Truyền thông chính sách"), .paces = pace_new(&s->mem),
		.https = str_starts(address, S("https:")) };
	s->site.tables = rooms_routes(&s->mem, &s->site.ntables);
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
