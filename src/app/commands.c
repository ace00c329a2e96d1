/*
 * commands - the command line as a table.
 */
#include "app/commands.h"

const struct command *const commands[] = {
	&command_serve,
	&command_work,
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
	&command_forecast,
	&command_anomalies,
	&command_watch,
	&command_effect,
	&command_search,
	&command_digest,
	&command_export,
	&command_fetch,
	&command_http,
	&command_backup,
	&command_restore,
	&command_check,
	&command_user,
	&command_openapi,
	&command_routes,
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
