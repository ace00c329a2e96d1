/* lock - the child gives up all rights, for good. */
#ifndef CAGE_LOCK_H
#define CAGE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

bool lock_in(int64_t memory); /* false: some lock did not hold, and nothing may be read */

#endif
