/*
 * queue - taking is one statement: the row is chosen and leased at once, so two workers never hold one job.
 */
#include "work/queue.h"

SQL(job_insert,
    "INSERT INTO job (id, kind, arg, once_key, state, run_at) VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING");
#define TAKE(lock) \
	"UPDATE job SET state = 1, lease_until = $1 + $2, owner = $3, tries = tries + 1 WHERE id = (SELECT id FROM job" \
	" WHERE (state = 0 AND run_at <= $1) OR (state = 1 AND lease_until < $1) ORDER BY run_at, id LIMIT 1" lock ")" \
	" RETURNING id, kind, arg, run_at, tries"
SQL2(job_claim, TAKE(""), TAKE(" FOR UPDATE SKIP LOCKED"));
SQL(job_finish, "UPDATE job SET state = 2, done_at = $2 WHERE id = $1");
SQL(job_again, "UPDATE job SET state = $2, run_at = $3, said = $4 WHERE id = $1");
SQL(job_forget, "DELETE FROM job WHERE state = 2 AND done_at < $1");
SQL(job_count,
    "SELECT sum(CASE WHEN state IN (0, 1) THEN 1 ELSE 0 END), sum(CASE WHEN state = 0 AND run_at < $1 - 300 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) FROM job");

enum err job_add(struct cx *cx, const char *kind, struct str arg, int64_t run_at, struct str once)
{
	return db_run(cx, &job_insert, ARGS(id_new(), kind, arg, once.n ? arg_str(once) : ARG_NONE, run_at));
}

enum err job_take(struct cx *cx, struct str owner, struct job *ret)
{
	struct job j = { 0 };
	struct rows r = db_query(cx, &job_claim, ARGS(cx->now, (int64_t)JOB_LEASE, owner));
	while (db_next(&r))
		j = (struct job){ .id = col_int(&r, 0), .kind = col_str(&r, cx->mem, 1), .arg = col_str(&r, cx->mem, 2),
			          .run_at = col_int(&r, 3), .tries = col_int(&r, 4) };
	TRY(db_end(cx, &r));
	*ret = j;
	return OK;
}

enum err job_done(struct cx *cx, const struct job *j)
{
	return db_run(cx, &job_finish, ARGS(j->id, cx->now));
}

enum err job_failed(struct cx *cx, const struct job *j, struct str said)
{
	int64_t pause = 30LL << MIN(j->tries, 10);
	int state = j->tries >= JOB_TRIES ? JOB_DEAD : JOB_WAITING;
	return db_run(cx, &job_again, ARGS(j->id, state, cx->now + pause, str_sub(said, 0, 500)));
}

enum err job_sweep(struct cx *cx)
{
	return db_run(cx, &job_forget, ARGS(cx->now - 7 * DAY));
}

enum err job_counts(struct cx *cx, struct job_counts *ret)
{
	struct job_counts c = { 0 };
	struct rows r = db_query(cx, &job_count, ARGS(cx->now));
	if (db_next(&r))
		c = (struct job_counts){ col_int(&r, 0), col_int(&r, 1), col_int(&r, 2) };
	TRY(db_end(cx, &r));
	*ret = c;
	return OK;
}

enum err clock_strike(struct cx *cx, const struct schedule_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t local = cx->now + VIETNAM - rows[i].at, turn = local / rows[i].every;
		struct str once = str_fmt(cx->mem, "%s:%lld", rows[i].kind, (long long)turn);
		TRY(job_add(cx, rows[i].kind, S(""), turn * rows[i].every + rows[i].at - VIETNAM, once));
	}
	return OK;
}
