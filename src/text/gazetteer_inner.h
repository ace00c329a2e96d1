/*
 * gazetteer_inner - what the tables (gazetteer.c) and the finding of names (gazetteer_match.c) share.
 *
 * Every name is a path of the trie. At a node stand the units of that name (a chain of `named`), the built-in and
 * the local body of that name, and whether it is a foreign name. Index 0 is never used: it says "none".
 */
#ifndef TEXT_GAZETTEER_INNER_H
#define TEXT_GAZETTEER_INNER_H

#include "base/map.h"
#include "text/gazetteer.h"
#include "text/label_text.h"
#include "text/name_trie.h"

struct unit { struct str code, name, parent_code, as_of; uint64_t level; uint32_t parent; bool province, local; }; /* level: hash of the name's first word */
struct body { struct str id, name; bool local; };

struct named {
	uint32_t unit, next;
	bool former;
	bool needs_head; /* "Hồ Chí Minh" is a city only after "thành phố" */
};

struct node_names { uint32_t units, body, local_body; bool foreign, shouted; }; /* shouted: written in capitals only */

struct name_words { uint64_t v[48]; size_t n; }; /* hashes of words that decide what a name is */

struct gazetteer {
	struct arena *mem;
	struct name_trie trie;
	struct node_names *at; /* by node */
	struct unit *units;
	struct body *bodies;
	struct named *named;
	size_t at_cap, nunits, units_cap, nbodies, bodies_cap, nnamed, named_cap;
	struct name_words titles, families, levels, commune_levels, town_words, streets;
	struct map by_code; /* unit number, or minus the body's */
};

enum mention_kind { MENTION_PLACE, MENTION_BODY, MENTION_FOREIGN };
struct mention { uint32_t start, end, of; uint8_t kind; }; /* tokens [start, end); of: unit or body, 0 for foreign */
struct mentions { struct mention *v; size_t n, cap; };

/* In order of their first token. In `mem`. */
struct mentions gazetteer_find(const struct gazetteer *g, struct arena *mem, const struct label_text *text);

/* The hash of each word of a name; at most `most`. */
size_t name_hashes(struct arena *mem, struct str name, uint64_t *hashes, size_t most);

struct str gazetteer_places(void), gazetteer_bodies(void), gazetteer_foreign(void); /* the tables as built in */

enum { NAME_WORDS = 16 };

#endif
