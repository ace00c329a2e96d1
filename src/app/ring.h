/*
 * ring - what leaves the building: an e-mail and a signed webhook for what is new in a saved search. Each becomes a job
 * in the transaction that marks the search as told, so nothing is told twice and nothing is forgotten; a receiver
 * that is away is tried again.
 */
#ifndef APP_RING_H
#define APP_RING_H

#include "rooms/trends/saved.h"

MUST_USE enum err ring_saved(struct cx *cx, const struct vocab *vocab);
MUST_USE enum err ring_message(struct cx *cx, struct str json); /* a job of kind "message" */

#endif
