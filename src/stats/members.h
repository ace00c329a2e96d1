/*
 * members - the single methods a forecast is combined of. Each sees a transformed series and answers at
 * every origin with `steps` values; parameters come from z[0 … fit) alone.
 */
#ifndef STATS_MEMBERS_H
#define STATS_MEMBERS_H

#include "base/base.h"

struct view {
	struct arena *mem;
	const double *z;
	size_t n, m, wide;    /* season; a longer one it is part of (168 for 24), 0 for none */
	size_t fit, steps;
	const size_t *origin; /* rising; an origin knows z[0 … origin) */
	size_t origins;
};

/* False: this member has nothing to say about this series. out[origin * steps + step]. */
typedef bool member_fn(const struct view *v, double *out);

struct member {
	const char *name;
	member_fn *run;
};

extern const struct member members[];
extern const size_t member_count;
bool member_snaive(const struct view *v, double *out);

#endif
