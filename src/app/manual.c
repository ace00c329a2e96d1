/*
 * manual - the manual page and the completion of the shell, printed from the table of commands: a word or an
 * option that is in the table is in all three of help, manual and completion. The page is man(7), the
 * completion is for bash. Both go to standard output; `make install` lays them where they belong.
 */
#include "app/commands.h"

/* One line of running text; a dot or quote at its start and every backslash and minus would mean something. */
static void roff_text(const char *s)
{
	bool start = true;
	for (; *s; s++) {
		if (start && (*s == '.' || *s == '\''))
			fputs("\\&", stdout);
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '-')
			fputs("\\-", stdout);
		else
			putchar(*s);
		start = *s == '\n';
	}
}

static void roff_command(const struct command *c)
{
	printf(".SS ");
	roff_text(c->name);
	printf("\n.B nhipcau ");
	roff_text(c->name);
	printf("\n");
	if (c->usage[0]) {
		roff_text(c->usage);
		printf("\n");
	}
	printf(".PP\n");
	roff_text(c->about);
	printf("\n");
	for (const struct flag *f = c->flags; f && f->name; f++) {
		printf(".TP\n.B \\-\\-");
		roff_text(f->name);
		if (f->value) {
			putchar(' ');
			roff_text(f->value);
		}
		printf("\n");
		roff_text(f->about);
		printf("\n");
	}
	if (!c->example)
		return;
	printf(".PP\n.RS\n.EX\n");
	roff_text(c->example);
	printf("\n.EE\n.RE\n");
}

static int run_manual(struct call *call)
{
	if (call->nargs)
		return call_wrong(call, "takes no word: \"%s\"", call->args[0]);
	printf(".TH NHIPCAU 1 \"\" \"nhipcau " NHIPCAU_VERSION "\" \"User commands\"\n"
	       ".SH NAME\nnhipcau \\- policy communication of a province\n"
	       ".SH SYNOPSIS\n.B nhipcau\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIFILES\\fR]\n"
	       ".SH DESCRIPTION\nOne program: a server for browsers, and filters for the shell. A filter reads the files named, or "
	       "standard input, and writes standard output line by line in input order; messages go to standard error.\n"
	       ".SH COMMANDS\n");
	for (size_t i = 0; commands[i]; i++)
		roff_command(commands[i]);
	printf(".SH EXIT STATUS\n0 when all was handled, 1 when some lines had errors, 2 when the call itself was wrong.\n"
	       ".SH ENVIRONMENT\n.TP\n.B NHIPCAU_DATA\nthe folder of the data where \\-\\-data names none; ./data where neither does\n");
	return 0;
}

const struct command command_manual = {
	"manual", "", "prints the manual page, from the same table as the help",
	"nhipcau manual | man -l -", NULL, run_manual,
};

static int run_completion(struct call *call)
{
	if (call->nargs)
		return call_wrong(call, "takes no word: \"%s\"", call->args[0]);
	printf("# bash completion of nhipcau, printed by: nhipcau completion\n"
	       "_nhipcau()\n{\n\tlocal word=${COMP_WORDS[COMP_CWORD]} options=--help\n"
	       "\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tmapfile -t COMPREPLY < <(compgen -W \"help version");
	for (size_t i = 0; commands[i]; i++)
		printf(" %s", commands[i]->name);
	printf("\" -- \"$word\")\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; commands[i]; i++) {
		if (!commands[i]->flags || !commands[i]->flags->name)
			continue;
		printf("\t%s) options=\"--help", commands[i]->name);
		for (const struct flag *f = commands[i]->flags; f->name; f++)
			printf(" --%s", f->name);
		printf("\" ;;\n");
	}
	printf("\tesac\n\tcase $word in\n\t-*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
	       "\t*) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n\tesac\n}\n"
	       "complete -o filenames -F _nhipcau nhipcau\n");
	return 0;
}

const struct command command_completion = {
	"completion", "", "prints the completion of bash, from the same table as the help",
	"nhipcau completion > ~/.local/share/bash-completion/completions/nhipcau", NULL, run_completion,
};
