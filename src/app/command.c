/*
 * command - reads one call against its row of the table. A wrong call ends with exit code 2 and says
 * what was wrong and how to get help; `--help` prints the row.
 */
#include "app/commands.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

static size_t flag_count(const struct command *c)
{
	size_t n = 0;
	while (c->flags && c->flags[n].name)
		n++;
	return n;
}

void command_help(FILE *out, const struct command *c)
{
	fprintf(out, "usage: nhipcau %s %s\n\n%s\n", c->name, c->usage, c->about);
	if (flag_count(c))
		fprintf(out, "\noptions:\n");
	for (size_t i = 0; i < flag_count(c); i++) {
		char left[64];
		snprintf(left, sizeof left, "--%s%s%s", c->flags[i].name, c->flags[i].value ? " " : "",
		         c->flags[i].value ? c->flags[i].value : "");
		fprintf(out, "  %-22s %s\n", left, c->flags[i].about);
	}
	if (c->example)
		fprintf(out, "\nexample:\n  %s\n", c->example);
}

const char *call_flag(const struct call *c, const char *name)
{
	for (size_t i = 0; i < flag_count(c->of); i++)
		if (!strcmp(c->of->flags[i].name, name))
			return c->given[i];
	bug_at(__FILE__, __LINE__, name);
}

int call_wrong(const struct call *c, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "nhipcau %s: ", c->of->name);
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n  see: nhipcau %s --help\n", c->of->name);
	va_end(ap);
	return 2;
}

int call_bare(const struct call *c)
{
	return c->nargs ? call_wrong(c, "takes no word: \"%s\"", c->args[0]) : 0;
}

int64_t call_int(const struct call *c, const char *name, int64_t lo, int64_t hi, int64_t otherwise)
{
	const char *given = call_flag(c, name);
	int64_t v;
	if (!given)
		return otherwise;
	if (!str_int(str_z(given), &v) || v < lo || v > hi)
		exit(call_wrong(c, "--%s %s: a whole number from %lld to %lld is wanted", name, given, (long long)lo, (long long)hi));
	return v;
}

static struct option *long_options(struct arena *mem, const struct command *c)
{
	size_t n = flag_count(c);
	struct option *o = NEW_ARRAY(mem, struct option, n + 2);
	for (size_t i = 0; i < n; i++)
		o[i] = (struct option){ c->flags[i].name, c->flags[i].value ? required_argument : no_argument, NULL, (int)i + 256 };
	o[n] = (struct option){ "help", no_argument, NULL, 'h' };
	return o;
}

/* A reader that went away (| head) has what it wanted; a full disk is said. */
static int output_end(const struct command *of, int code)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	bool left = poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
	if (!left)
		fprintf(stderr, "nhipcau %s: the output cannot be written%s%s\n", of->name, errno ? ": " : "", errno ? strerror(errno) : "");
	return code ? code : 1;
}

int command_run(const struct command *of, int argc, char **argv)
{
	struct arena mem = { 0 };
	const char **given = NEW_ARRAY(&mem, const char *, flag_count(of) + 1);
	struct call call = { .mem = &mem, .of = of, .given = given };
	struct option *options = long_options(&mem, of);
	int code = 0, k;
	opterr = 0;
	optind = 1;
	while ((k = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		if (k == 'h') {
			command_help(stdout, of);
			arena_done(&mem);
			return 0;
		}
		if (k < 256) {
			code = call_wrong(&call, "%s %s", argv[optind - 1], k == ':' ? "needs a value" : "is not known here");
			arena_done(&mem);
			return code;
		}
		given[k - 256] = optarg ? optarg : "";
	}
	call.args = argv + optind;
	call.nargs = argc - optind;
	code = output_end(of, of->run(&call));
	arena_done(&mem);
	return code;
}
