/*
 * disk - is there room to go on? Below 5 % of the disk, or 1 GB on large ones, intake stops until there is room again;
 * pages and decisions of persons go on. PostgreSQL's disk is its own affair: never full here.
 */
#ifndef STORE_DISK_H
#define STORE_DISK_H

#include "store/db.h"

bool disk_is_full(const struct db *db);

#endif
