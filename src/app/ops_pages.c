/*
 * ops_pages - what machines ask of the house: is it alive, is it ready, how does it fare, what can it do.
 */
#include "app/site.h"

#include "people/may.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/monitoring/rollup.h"
#include "rooms/trends/alarm.h"
#include "store/disk.h"
#include "store/migrate.h"
#include "web/api.h"
#include "work/queue.h"


static enum err healthz(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	(void)cx, (void)ask;
	return reply_text(reply, 200, "text/plain; charset=utf-8", S("ok\n"));
}

static enum err readyz(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	int level;
	(void)ask;
	bool good = migrate_level(cx->db, &level, &cx->fault) == OK && level == migrate_newest();
	if (!good)
		return reply_text(reply, 503, "text/plain; charset=utf-8", S("the database does not answer or is not at this program's level\n"));
	if (disk_is_full(cx->db))
		return reply_text(reply, 503, "text/plain; charset=utf-8", S("the disk is nearly full: intake has stopped\n"));
	return reply_text(reply, 200, "text/plain; charset=utf-8", S("ready\n"));
}

static void metric(struct text *t, const char *name, const char *kind, const char *help, int64_t value)
{
	text_fmt(t, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, kind, name, (long long)value);
}


static enum err add_metrics(struct cx *cx, const struct shared *s, struct text *t)
{
	struct job_counts jobs;
	struct coverage sources;
	struct alarm_record alarms;
	struct counts all;
	TRY(job_counts(cx, &jobs));
	TRY(source_coverage(cx, &sources));
	TRY(alarm_record(cx, &alarms));
	TRY(rollup_sum(cx, BY_DAY, S("all"), S(""), day_of(cx->now) - 400, day_of(cx->now) + 1, &all));
	metric(t, "nhipcau_up_seconds", "gauge", "Seconds since the start.", cx->now - s->started_at);
	metric(t, "nhipcau_articles", "gauge", "Articles of the last 400 days.", all.n);
	metric(t, "nhipcau_sources", "gauge", "Approved sources.", sources.all);
	metric(t, "nhipcau_sources_alive", "gauge", "Of these, healthy.", sources.alive);
	metric(t, "nhipcau_jobs_waiting", "gauge", "Jobs waiting or in work.", jobs.waiting);
	metric(t, "nhipcau_jobs_late", "gauge", "Jobs waiting for over five minutes.", jobs.late);
	metric(t, "nhipcau_jobs_dead", "gauge", "Jobs given up after eight tries.", jobs.dead);
	metric(t, "nhipcau_alarms_open", "gauge", "Alarms without a person's answer.", alarms.open);
	metric(t, "nhipcau_disk_full", "gauge", "1 while intake has stopped for want of room.", disk_is_full(cx->db));
	if (!s->listen)
		return OK;
	struct listen_counts c = listen_counts(s->listen);
	metric(t, "nhipcau_requests_total", "counter", "Requests answered.", c.requests);
	metric(t, "nhipcau_requests_refused_total", "counter", "Malformed requests.", c.refused);
	metric(t, "nhipcau_requests_shed_total", "counter", "Requests answered 503 because the queue was long.", c.shed);
	metric(t, "nhipcau_connections_cut_total", "counter", "Connections cut for want of progress.", c.cut);
	return OK;
}

/* From this machine, or with the key of the settings: figures of a house are not for everybody. */
static enum err metrics(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	const struct shared *s = shared_of(ask);
	struct str given = ask_head(ask, "authorization");
	bool local = str_eq(ask->from, S("127.0.0.1")) || str_eq(ask->from, S("::1")) || !ask->from.n;
	struct str want = str_fmt(cx->mem, "Bearer %.*s", FMT(s->metrics_key));
	if (!local && (!s->metrics_key.n || !str_eq(given, want)))
		return FAIL(cx, ERR_DENIED, "people.denied", "metrics from elsewhere need the key");
	struct text t = text_new(cx->mem);
	TRY(add_metrics(cx, s, &t));
	return reply_text(reply, 200, "text/plain; version=0.0.4; charset=utf-8", text_str(&t));
}

static enum err openapi(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return reply_text(reply, 200, "application/json", openapi_text(cx->mem, ask->site));
}

static const struct route rows[] = {
	{ "GET", "/healthz", ACT_NONE, healthz, "Is the process alive", FILE_OUT },
	{ "GET", "/readyz", ACT_NONE, readyz, "Does the database answer, is it at this program's level, is there room on the disk", FILE_OUT },
	{ "GET", "/metrics", ACT_METRICS_READ, metrics, "Figures for Prometheus; from this machine, or with the key of the settings", FILE_OUT },
	{ "GET", "/api/v1/openapi.json", ACT_NONE, openapi, "This description", API },
};

const struct route_table ops_routes = { "ops", rows, COUNT(rows) };
