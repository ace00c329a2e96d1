/*
 * err - bugs stop the program; failures are one of nine words, told once with the place they came from.
 */
#include "base/base.h"

#include <stdlib.h>

_Noreturn void bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "nhipcau: bug at %s:%d: %s\n", file, line, what);
	abort();
}

enum err fault_set(struct fault *f, const char *at, enum err err, const char *say, const char *fmt, ...)
{
	va_list ap;
	if (!f)
		return err;
	f->err = err;
	f->say = say;
	f->at = at;
	va_start(ap, fmt);
	vsnprintf(f->detail, sizeof f->detail, fmt, ap);
	va_end(ap);
	return err;
}

const char *err_name(enum err err)
{
	static const char *const names[] = { "ok", "input", "not_found", "denied", "conflict", "busy", "limit", "remote", "store" };
	return (size_t)err < COUNT(names) ? names[err] : "unknown";
}
