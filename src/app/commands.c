/*
 * commands - the command line as a table.
 */
#include "app/commands.h"
#include "app/filter_stats.h"

extern const struct command command_copies, command_stories, command_keywords, command_summarise;

extern const struct command command_segment, command_fold;

const struct command *const commands[] = {
	&forecast_row, &anomalies_row, &watch_row,
	&command_copies, &command_stories, &command_keywords, &command_summarise,
	&command_segment, &command_fold,
	NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
