/* child - the inside of the cage; see child.c. */
#ifndef CAGE_CHILD_H
#define CAGE_CHILD_H

#include <stdint.h>

#define CAGE_CHILD_NAME "nhipcau-cage"

int cage_child_main(int64_t memory); /* returns when standard input ends */

#endif
