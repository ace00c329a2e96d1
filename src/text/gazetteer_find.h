/*
 * gazetteer_find - where tokens name places and bodies; for the labeller alone.
 */
#ifndef TEXT_GAZETTEER_FIND_H
#define TEXT_GAZETTEER_FIND_H

#include "text/gazetteer.h"
#include "text/phrase.h"

struct gazetteer_hit {
	const struct gazetteer_row *row;
	struct str name, as_of;     /* a former name is true of the day before the row's */
	int32_t start, end;         /* code points of the NFC field */
	int field;
	bool body;
};

struct gazetteer_row {
	struct str code, name, parent, as_of;
	bool province, body, local;
};

/* At most `most` hits over the fields, one for each code, in order of the text. */
size_t gazetteer_find(const struct gazetteer *g, struct arena *scratch, const struct tokens *fields, int nfields,
                      struct gazetteer_hit *ret, size_t most);

#endif
