/*
 * main - finds the word on the command line in the table and carries it out.
 */
#include "app/commands.h"

#include <signal.h>
#include <stdlib.h>

/* The first sentence, without its full stop; a dot within a word ("OpenAPI 3.1") ends none. */
static int first_sentence(const char *about)
{
	const char *end = strstr(about, ". ");
	size_t n = end ? (size_t)(end - about) : strlen(about);
	return (int)(n && about[n - 1] == '.' ? n - 1 : n);
}

static int help(FILE *out)
{
	fprintf(out, "usage: nhipcau COMMAND [OPTIONS] [FILES]\n\n");
	for (size_t i = 0; commands[i]; i++)
		fprintf(out, "  %-12s %.*s\n", commands[i]->name, first_sentence(commands[i]->about), commands[i]->about);
	fprintf(out, "\nnhipcau COMMAND --help tells more of one. Data are kept in --data DIR, else $NHIPCAU_DATA, else ./data\n");
	return out == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2)
		return help(stderr);
	const char *word = argv[1];
	if (!strcmp(word, "help") && argc > 2)
		word = argv[2];
	else if (!strcmp(word, "help") || !strcmp(word, "--help") || !strcmp(word, "-h"))
		return help(stdout);
	if (!strcmp(word, "version") || !strcmp(word, "--version"))
		return puts("nhipcau " NHIPCAU_VERSION) < 0;
	const struct command *c = command_find(word);
	if (!c) {
		fprintf(stderr, "nhipcau: no command \"%s\"; nhipcau help lists them\n", word);
		return 2;
	}
	if (!strcmp(argv[1], "help")) {
		command_help(stdout, c);
		return 0;
	}
	return command_run(c, argc - 1, argv + 1);
}
