/*
 * commands - the command line as a table.
 */
#include "app/commands.h"

const struct command *const commands[] = {
	NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
