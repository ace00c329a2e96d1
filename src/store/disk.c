/*
 * disk - asks the file system that holds the database file.
 */
#include "store/disk.h"

#include <sys/statvfs.h>

bool disk_is_full(const struct db *db)
{
	struct statvfs v;
	const char *path = db_path(db);
	if (!path || statvfs(path, &v))
		return false;
	uint64_t left = (uint64_t)v.f_bavail * v.f_frsize, all = (uint64_t)v.f_blocks * v.f_frsize;
	return left < MIN(all / 20, (uint64_t)1 << 30);
}
