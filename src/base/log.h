/*
 * log - one line an event on standard error: logfmt, with the priority that journald reads. Only the
 * edges log (a page's end, a job's end, the command line), so each failure is told once. Never a name
 * of a person, an address of a reader, or a text of an article.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/base.h"

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_INFO = 6 };

/* log_line(LOG_INFO, "fetch.done", "source=%lld ms=%d", …): the pairs come after event= as they are. */
void log_line(enum log_level level, const char *event, const char *fmt, ...) PRINTF(3, 4);
void log_fault(const char *event, const struct fault *f);
void log_quiet(bool quiet); /* tests: only errors */

#endif
