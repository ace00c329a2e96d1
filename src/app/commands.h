/* commands - the rows of the command line, one a line; each is defined in the file that carries it out. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/command.h"

extern const struct command command_serve, command_work, command_demo, command_import, command_segment, command_fold, command_label,
	command_keywords, command_summarise, command_read, command_feed, command_copies, command_stories, command_forecast,
	command_anomalies, command_watch, command_effect, command_search, command_digest, command_export, command_fetch, command_http,
	command_backup, command_restore, command_check, command_user, command_openapi, command_routes, command_manual, command_completion;

extern const struct command *const commands[]; /* ends with NULL */
const struct command *command_find(const char *name); /* NULL: no such word */
int command_run(const struct command *c, int argc, char **argv); /* argv[0] is the word itself */
void command_help(FILE *out, const struct command *c);

#endif
