/* parts_in - what parts.c and its templates share with nobody else. */
#ifndef WEB_PARTS_IN_H
#define WEB_PARTS_IN_H

#include "web/parts.h"

const char *field_type(enum field_kind kind);
struct str field_value(const struct field_view *f);
void field_mark(struct html *out, struct cx *cx, const struct field_view *f);

void page_field(struct html *out, struct cx *cx, const struct field_view *f, const struct mistake *m);

#endif
