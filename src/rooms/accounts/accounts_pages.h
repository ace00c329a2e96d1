/* accounts_pages - the addresses of this room, for the binary's list of rooms. */
#ifndef ROOMS_ACCOUNTS_ACCOUNTS_PAGES_H
#define ROOMS_ACCOUNTS_ACCOUNTS_PAGES_H

#include "web/web.h"

extern const struct route_table accounts_tables[];
extern const size_t accounts_tables_n;

#endif
