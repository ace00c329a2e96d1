/*
 * tools - what pages share and nobody changes: the vocabulary that widens searches, and the labeller with its
 * gazetteer. The binary fills one in and lends it to every cx; without one, places and bodies are shown by their
 * codes and the vocabulary is read from the database.
 */
#ifndef ROOMS_MONITORING_TOOLS_H
#define ROOMS_MONITORING_TOOLS_H

#include "rooms/monitoring/search.h"

struct labeller;

struct tools {
	const struct vocab *vocab;
	const struct labeller *labeller;
};

struct str place_name(struct cx *cx, struct str code); /* the code itself when it is not known */
struct str body_name(struct cx *cx, struct str code);
MUST_USE enum err tools_vocab(struct cx *cx, const struct vocab **ret);

#endif
