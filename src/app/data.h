/*
 * data - the folder a command keeps things in (--data, else $NHIPCAU_DATA, else ./data), or a PostgreSQL database
 * (--database, else $NHIPCAU_DATABASE). Opening it brings the schema forward.
 */
#ifndef APP_DATA_H
#define APP_DATA_H

#include "app/command.h"
#include "store/db.h"

/* The two flags that every command with data takes. */
#define DATA_FLAGS \
	{ "data", "DIR", "folder of the data (default: $NHIPCAU_DATA, else ./data)" }, \
	{ "database", "URL", "postgres://… instead of the file in the folder" }

const char *data_dir(const struct call *c);
bool data_folder(const struct call *c);              /* makes it; false: said why it cannot be made */
struct str data_url(const struct call *c);         /* what db_open takes */
/* Opens and migrates; on failure says why on standard error and gives the exit code in *ret_code. */
bool data_open(const struct call *c, struct cx *ret, int *ret_code);
/* The same, but only where there are data already: what only looks makes no folder. */
bool data_open_kept(const struct call *c, struct cx *ret, int *ret_code);
void data_close(struct cx *cx);
int data_failed(const struct call *c, const struct cx *cx); /* says the fault; returns the exit code, 1 */

#endif
