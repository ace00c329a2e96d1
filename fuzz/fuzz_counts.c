/*
 * fuzz_counts - strangers' CSV through the door, then whatever numbers it gave through forecast, watch and score.
 */
#include "stats/anomaly.h"
#include "stats/csv.h"
#include "stats/forecast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void one_line(struct arena *mem, struct str line)
{
	struct csv_row row;
	struct fault fault = { 0 };
	struct forecast f;
	double *v;
	size_t count;
	if (csv_read(mem, line, &row, &fault) || csv_numbers(mem, &row, 1, &v, &count, &fault) || count > 400)
		return;
	struct series s = { .v = v, .n = count, .start = SERIES_NO_START, .season = row.field[0].n % 30 };
	if (forecast_run(mem, &s, 1 + line.n % 20, (struct forecast_opts){ .method = line.n % 3 }, &f, &fault))
		return;
	for (size_t i = 0; i < f.steps; i++)
		BUG_IF(!(f.lo95[i] <= f.mean[i] && f.mean[i] <= f.hi95[i]));
	struct watch *w = watch_new(mem, (struct watch_opts){ .unit = UNIT_DAY });
	struct score *score = score_new(mem, NULL, 0);
	struct watch_alarm a;
	watch_series(w, row.field[0]);
	for (size_t i = 0; i < count; i++) {
		watch_push(w, 0, (int64_t)i, v[i], &a);
		struct score_row r = score_push(score, v[i]);
		BUG_IF(!(r.score >= 0 && r.score <= 1));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena mem = { 0 };
	struct str rest = { (const char *)data, n }, line;
	while (str_split(&rest, '\n', &line))
		one_line(&mem, line);
	arena_done(&mem);
	return 0;
}
