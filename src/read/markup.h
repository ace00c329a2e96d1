/*
 * markup - tags, attributes and text of XML, well-formed or not, one event at a time, in one pass over
 * the bytes: time linear in them, memory bounded by the limits below. No DTD is obeyed, no entity
 * defined, nothing fetched. Breaks of the rules are counted, never fatal: that is what feeds need.
 * Slices of an event are good until the next call, except names and untouched text, which lie in the input.
 */
#ifndef READ_MARKUP_H
#define READ_MARKUP_H

#include "base/base.h"

enum { MARKUP_DEPTH = 200, MARKUP_ATTRS = 64, MARKUP_SPACES = 128 };
enum markup_kind { MARKUP_END, MARKUP_OPEN, MARKUP_CLOSE, MARKUP_TEXT };

struct markup_attr { struct str prefix, name, value; };

struct markup_event {
	enum markup_kind kind;
	struct str prefix, name, space;   /* of OPEN and CLOSE; space is the namespace's address, "" for none */
	struct str text;                  /* of TEXT: references undone */
	const struct markup_attr *attrs;  /* of OPEN */
	size_t nattrs;
};

struct markup_node { struct str full, prefix, name, space; size_t nspaces; };
struct markup_space { struct str prefix, address; };

struct markup {
	struct arena *mem;                /* for names and the tables; scratch is emptied at each event */
	struct arena scratch;
	const char *p, *end, *start;
	struct markup_node nodes[MARKUP_DEPTH];
	struct markup_space spaces[MARKUP_SPACES];
	struct markup_attr attrs[MARKUP_ATTRS];
	size_t depth, too_deep, nspaces, closing, roots;
	bool self_closed;
	bool malformed, truncated;        /* a rule was broken; the end came inside an element */
	const char *why;                  /* the first broken rule, in words */
};

struct markup markup_begin(struct arena *mem, struct str utf8);
bool markup_next(struct markup *m, struct markup_event *ret); /* false at the end */
void markup_done(struct markup *m);
struct str markup_attr(const struct markup_event *e, const char *name); /* without prefix; empty when absent */

#endif
