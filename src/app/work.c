/*
 * work - the process that does what is done later: it takes jobs from the queue, one at a time, and lets the clock
 * strike. The only writer of articles while the house serves.
 */
#include "app/data.h"
#include "app/local.h"
#include "app/ring.h"
#include "base/json.h"
#include "base/log.h"
#include "people/staff.h"
#include "rooms/monitoring/poll.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/digest.h"
#include "rooms/trends/outlook.h"
#include "store/disk.h"
#include "work/queue.h"
#include "work/settings.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { SOURCES_A_ROUND = 200, ALL_SOURCES = 100000, MINUTE = 60, TEXTS_A_NIGHT = 20000 };

struct desk {
	struct cx cx;
	struct arena round_mem;     /* of one job */
	struct intake *intake;
	struct cage *cage;
	struct labeller *labeller;
	struct vocab vocab;
	int64_t vocab_at;
	struct arena vocab_mem;
	const char *contact;        /* of this call; NULL: the setting's */
	bool allow_private;
	int delay_ms;
};

static volatile sig_atomic_t asked_to_stop;

static void on_stop(int sig)
{
	(void)sig;
	asked_to_stop = 1;
}

static enum err agent_of(struct cx *cx, const char *given, const char **ret)
{
	struct str contact = str_z(given ? given : "");
	if (!given)
		TRY(setting_text(cx, "user_agent_contact", &contact));
	if (str_chr(contact, '@') < 0 && str_find(contact, S("://")) < 0)
		return FAIL(cx, ERR_INPUT, "work.no_contact", "newsrooms are to know who asks: no address of mail or of a page is set; "
			    "set it on the page Settings, under sources, or give --contact");
	*ret = str_fmt(cx->mem, "NhipCau/" NHIPCAU_VERSION " (+%.*s)", FMT(contact)).p;
	return OK;
}

static enum err poll_round(struct desk *d, int64_t most, struct poll_counts *ret)
{
	struct poll_tools t = { .cage = d->cage, .intake = d->intake, .labeller = d->labeller, .allow_private = d->allow_private,
		                .delay_ms = d->delay_ms };
	int64_t connections;
	if (disk_is_full(d->cx.db))
		return FAIL(&d->cx, ERR_LIMIT, "store.full", "the disk is nearly full: intake waits until there is room");
	TRY(agent_of(&d->cx, d->contact, &t.agent));
	TRY(setting_int(&d->cx, "poll_workers", &connections));
	t.connections = (int)connections;
	return poll_due(&d->cx, &t, most, ret);
}

static enum err do_poll(struct desk *d, const struct job *j)
{
	struct poll_counts c;
	(void)j;
	TRY(poll_round(d, SOURCES_A_ROUND, &c));
	if (c.sources)
		log_line(LOG_INFO, "poll.done", "sources=%lld failed=%lld entries=%lld new=%lld pages=%lld lost=%lld", (long long)c.sources,
		         (long long)c.failed, (long long)c.entries, (long long)c.fresh, (long long)c.pages, (long long)c.lost);
	return OK;
}

static enum err do_watch(struct desk *d, const struct job *j)
{
	int64_t raised;
	(void)j;
	TRY(intake_settle(&d->cx, d->intake));
	TRY(alarm_watch(&d->cx, &raised));
	if (raised)
		log_line(LOG_INFO, "watch.done", "raised=%lld", (long long)raised);
	return OK;
}

static enum err do_outlook(struct desk *d, const struct job *j)
{
	(void)j;
	return outlook_keep(&d->cx);
}

static enum err do_digest(struct desk *d, const struct job *j)
{
	struct digest digest;
	(void)j;
	return digest_make(&d->cx, day_of(d->cx.now), &digest);
}

static enum err vocab_fresh(struct desk *d)
{
	if (d->vocab_at && d->cx.now - d->vocab_at < HOUR)
		return OK;
	arena_reset(&d->vocab_mem);
	d->vocab = vocab_new(&d->vocab_mem);
	d->vocab_at = d->cx.now;
	return vocab_load(&d->cx, &d->vocab);
}

static enum err do_ring(struct desk *d, const struct job *j)
{
	(void)j;
	TRY(vocab_fresh(d));
	return ring_saved(&d->cx, &d->vocab);
}

static enum err do_message(struct desk *d, const struct job *j)
{
	return ring_message(&d->cx, j->arg);
}

static enum err do_sweep(struct desk *d, const struct job *j)
{
	(void)j;
	int64_t days, forgotten;
	TRY(sessions_sweep(&d->cx));
	TRY(job_sweep(&d->cx));
	TRY(setting_int(&d->cx, "article_text_days", &days));
	TRY(intake_forget_texts(&d->cx, d->cx.now - days * DAY, TEXTS_A_NIGHT, &forgotten));
	if (forgotten)
		log_line(LOG_INFO, "sweep.texts", "forgotten=%lld", (long long)forgotten);
	return OK;
}

static enum err do_manual(struct desk *d, const struct job *j)
{
	struct cx *cx = &d->cx;
	json_t *o = json_loadb(j->arg.p, j->arg.n, 0, NULL);
	struct intake_item it = { .outlet = json_integer_value(json_object_get(o, "outlet")),
		.outlet_kind = json_member(cx->mem, o, "outlet_kind"), .url = json_member(cx->mem, o, "url"),
		.title = json_member(cx->mem, o, "title"), .lead = json_member(cx->mem, o, "lead"), .body = json_member(cx->mem, o, "body"),
		.published_at = json_integer_value(json_object_get(o, "published_at")) };
	struct prepared p;
	enum intake_state state;
	json_decref(o);
	intake_prepare(d->labeller, cx->mem, &it, cx->now, &p);
	if (p.error.n)
		return FAIL(cx, ERR_INPUT, "monitoring.manual", "%.*s", FMT(p.error));
	return intake_batch(cx, d->intake, &p, 1, &state);
}

static const struct {
	const char *kind;
	enum err (*run)(struct desk *, const struct job *);
} deeds[] = {
	{ "poll", do_poll }, { "watch", do_watch }, { "outlook", do_outlook }, { "digest", do_digest },
	{ "ring", do_ring }, { "sweep", do_sweep }, { "manual", do_manual }, { "message", do_message },
};

static const struct schedule_row schedule[] = {
	{ "poll", MINUTE, 0, "asks the sources that are due" },
	{ "watch", 15 * MINUTE, 0, "settles stories, looks for what is out of the usual" },
	{ "outlook", DAY, 30 * MINUTE, "keeps the forecasts of the day" },
	{ "digest", DAY, 7 * HOUR + 5 * MINUTE, "puts the morning digest together" },
	{ "ring", 5 * MINUTE, 0, "tells of what is new in saved searches" },
	{ "sweep", DAY, 3 * HOUR, "forgets sessions and jobs that are over, and whole texts past their time" },
};

static void do_job(struct desk *d, const struct job *j)
{
	enum err e = ERR_INPUT;
	bool known = false;
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (str_eq(j->kind, str_z(deeds[i].kind))) {
			known = true;
			e = deeds[i].run(d, j);
		}
	if (!known)
		e = FAIL(&d->cx, ERR_INPUT, "work.unknown", "no work of the kind %.*s", FMT(j->kind));
	struct fault why = d->cx.fault;
	if (e)
		log_fault(arena_z(d->cx.mem, j->kind), &why);
	if ((e ? job_failed(&d->cx, j, str_z(why.detail)) : job_done(&d->cx, j)))
		log_fault("queue", &d->cx.fault);
}

/* One look at the queue; false when there was nothing to do. */
static bool turn(struct desk *d)
{
	struct job j;
	arena_reset(&d->round_mem);
	d->cx.mem = &d->round_mem;
	d->cx.now = clock_now();
	if (clock_strike(&d->cx, schedule, COUNT(schedule)) || job_take(&d->cx, S("work"), &j)) {
		log_fault("queue", &d->cx.fault);
		return false;
	}
	if (j.id)
		do_job(d, &j);
	return j.id != 0;
}

static enum err desk_open(const struct call *c, struct desk *d)
{
	TRY(local_labeller(c->mem, data_dir(c), &d->labeller, &d->cx.fault));
	TRY(cage_open(&(struct cage_limits){ .children = 2 }, &d->cage, &d->cx.fault));
	return intake_open(&d->cx, &d->intake);
}

static void desk_close(struct desk *d)
{
	intake_close(d->intake);
	cage_close(d->cage);
	arena_done(&d->round_mem);
	arena_done(&d->vocab_mem);
}

static int with_desk(struct call *c, enum err (*go)(struct desk *))
{
	struct desk d = { .contact = call_flag(c, "contact"), .allow_private = call_flag(c, "allow-private") != NULL,
		          .delay_ms = call_flag(c, "allow-private") ? -1 : 0 };
	int code;
	if (!data_open(c, &d.cx, &code))
		return code;
	code = desk_open(c, &d) || go(&d) ? data_failed(c, &d.cx) : 0;
	desk_close(&d);
	d.cx.mem = c->mem;
	data_close(&d.cx);
	return code;
}

static enum err go_on(struct desk *d)
{
	struct sigaction stop = { .sa_handler = on_stop };
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	while (!asked_to_stop)
		if (!turn(d))
			sleep(1);
	return OK;
}

static int run_work(struct call *c)
{
	if (call_flag(c, "with-parent") && prctl(PR_SET_PDEATHSIG, SIGTERM))
		log_line(LOG_WARN, "work.parent", "why=\"the end of the parent will not be noticed\"");
	return call_bare(c) ? 2 : with_desk(c, go_on);
}

static enum err one_round(struct desk *d)
{
	struct poll_counts n = { 0 };
	TRY(poll_round(d, ALL_SOURCES, &n));
	TRY(intake_settle(&d->cx, d->intake));
	printf("{\"sources\":%lld,\"failed\":%lld,\"entries\":%lld,\"new\":%lld,\"pages\":%lld,\"lost\":%lld}\n", (long long)n.sources,
	       (long long)n.failed, (long long)n.entries, (long long)n.fresh, (long long)n.pages, (long long)n.lost);
	return OK;
}

static int run_fetch(struct call *c)
{
	return call_bare(c) ? 2 : with_desk(c, one_round);
}

static const struct flag flags[] = {
	{ "with-parent", NULL, "ends when the process that started it ends" },
	{ "contact", "ADDRESS", "told to the newsrooms: mail or a page (default: the setting)" },
	{ "allow-private", NULL, "addresses inside this building too, without a pause: for tests only" },
	DATA_FLAGS,
	{ 0 },
};

const struct command command_work = { .name = "work", .usage = "[--data DIR]", .flags = flags, .run = run_work,
	.about = "Does what is done later: fetches, watches, rings. nhipcau serve starts it by itself.",
	.example = "nhipcau work --data data" };
const struct command command_fetch = { .name = "fetch", .usage = "[--data DIR]", .flags = flags, .run = run_fetch,
	.about = "Asks every approved source that is due, once, and takes in what is new. One line of JSON at the end.",
	.example = "nhipcau fetch --data data" };
