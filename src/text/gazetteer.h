/*
 * gazetteer - the places and public bodies of Vietnam, by code and by every name they go or went by, and where
 * a text names them.
 *
 * Places are the 34 provinces and 3,321 communes that stand since 1 July 2025; a former name leads to the unit
 * it became part of. Bodies are kinds of public bodies ("ubnd", "cong-an"), told without their place, unless a
 * local table gives a body of its own. A table may be added to the built-in one: its rows are local, and its
 * unambiguous names are known without "xã" or "phường" before them. Read-only once built; shared by threads.
 */
#ifndef TEXT_GAZETTEER_H
#define TEXT_GAZETTEER_H

#include "base/base.h"

struct gazetteer;

/* The tables inside the program; never fails but by a bug. */
MUST_USE enum err gazetteer_builtin(struct arena *mem, struct gazetteer **ret, struct fault *f);
/* The same with local tables on top. Tab-separated, columns by the names of the header line, others ignored; lines
 * that begin with # and empty lines are passed over. Places: code, level (province, commune), name, parent,
 * former (parted by ;), as_of. Bodies: id (or code), name, abbreviations (parted by | or ;). Either may be
 * empty. The slices must live as long as the gazetteer. ERR_INPUT names the line. */
MUST_USE enum err gazetteer_load(struct arena *mem, struct str places_tsv, struct str bodies_tsv, struct gazetteer **ret,
                                 struct fault *f);
/* What a place or a body is called; false when the code is not known. */
bool gazetteer_name(const struct gazetteer *g, struct str code, struct str *ret_name);

#endif
