/*
 * log - a line is put together first and written at once, so lines of several threads never mix.
 */
#include "base/log.h"

#include <unistd.h>

static bool quiet;

void log_quiet(bool only_errors)
{
	quiet = only_errors;
}

/* A line break inside a value would forge a second line. */
static void flatten(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x20)
			p[i] = ' ';
}

void log_line(enum log_level level, const char *event, const char *fmt, ...)
{
	char line[1024];
	va_list ap;
	if (quiet && level > LOG_ERROR)
		return;
	int n = snprintf(line, sizeof line, "<%d>event=%s ", (int)level, event);
	va_start(ap, fmt);
	int m = vsnprintf(line + n, sizeof line - (size_t)n, fmt, ap);
	va_end(ap);
	size_t len = MIN((size_t)(n + m), sizeof line - 2);
	flatten(line, len);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}

void log_fault(const char *event, const struct fault *f)
{
	log_line(LOG_ERROR, event, "err=%s say=%s at=%s detail=\"%s\"", err_name(f->err), f->say ? f->say : "-",
	         f->at ? f->at : "-", f->detail);
}
