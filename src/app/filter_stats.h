/* filter_stats - what the filters over counts share. */
#ifndef APP_FILTER_STATS_H
#define APP_FILTER_STATS_H

#include "app/command.h"
#include "base/time.h"
#include "stats/season.h"

#include <stdlib.h>

void filter_calendar(struct arena *mem, struct calendar *ret);      /* holidays and Tết, 2014 to 2035 */
bool filter_unit(const struct call *c, enum unit otherwise, enum unit *ret); /* false: said what is wrong */
/* {"id","error"} in the line's place, and a sentence on standard error; an empty id: the line's number. */
void filter_bad_line(const struct call *c, const struct lines *l, struct str id, const struct fault *f);

#endif
