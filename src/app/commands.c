/*
 * commands - the command line as a table.
 */
#include "app/commands.h"

extern const struct command command_feed, command_read;
const struct command *const commands[] = {
	&command_feed, &command_read,
	NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
