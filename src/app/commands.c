/*
 * commands - the command line as a table.
 */
#include "app/commands.h"
#include "app/filter_stats.h"

const struct command *const commands[] = {
	&command_demo,
	&command_import,
	&command_segment,
	&command_fold,
	&command_label,
	&command_keywords,
	&command_summarise,
	&command_read,
	&command_feed,
	&command_copies,
	&command_stories,
	&forecast_row,
	&anomalies_row,
	&watch_row,
	&effect_row,
	&command_manual,
	&command_completion,
	&command_manual,
	&command_completion,
	NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
