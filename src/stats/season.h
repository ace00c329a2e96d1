/*
 * season - what an hour or a day is worth before anything happens: the profile over a season, and the
 * days of the calendar (holidays, Tết) that are unlike their weekday. All on the scale of the values handed
 * in (the forecast hands in logs).
 */
#ifndef STATS_SEASON_H
#define STATS_SEASON_H

#include "stats/series.h"

/* Deviation of each of `m` phases from the level about it, over z[0 … n), newest cycles counting most;
 * drawn to `pooled` (may be NULL: to nothing) by how much each phase varies. Sums to zero. n < 2m: all zero. */
void season_profile(struct arena *mem, const double *z, size_t n, size_t m, const double *pooled, double *ret);

/* The kind of the calendar's day a bucket lies in, 0 for an ordinary one. For weeks: always 0. */
int calendar_kind(const struct series *s, size_t bucket);

/* Takes the calendar's effects out of z[0 … s->n) (logs): each kind's mean deviation from the values a
 * season away on both sides, drawn to its prior. ret_effect[CALENDAR_KINDS] is what to add back. */
void calendar_remove(const struct series *s, double *z, double *ret_effect);

#endif
