/*
 * search - the tokens of search, the same for SQLite and PostgreSQL, and what people type made into them.
 *
 * A token is a syllable or a number in the form of viet_key: lower case, marks kept, one tone placement.
 * The index keeps marks; a query typed without marks is widened by the vocabulary of what was indexed
 * ("da nang" finds "đà nẵng"), never the index folded: folding costs marked queries a sixth of their finds.
 * Tokens hold letters, digits and marks only, so nothing typed can become an operator of a query language.
 *
 * SQLite:     CREATE VIRTUAL TABLE … USING fts5(…, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'")
 * PostgreSQL: $1::tsvector and $1::tsquery, no text search configuration needed.
 */
#ifndef TEXT_SEARCH_H
#define TEXT_SEARCH_H

#include "base/map.h"

enum { SEARCH_TOKEN_MAX = 64, SEARCH_TERMS = 32, SEARCH_FORMS = 8 };

/* Tokens parted by single spaces; one longer than SEARCH_TOKEN_MAX bytes is cut. */
struct str search_tokens(struct arena *a, struct str text);

/* ---- a query ----------------------------------------------------------------------------------- */

struct search_form {
	struct str tokens; /* as many as the term has */
	double weight;     /* how likely it was meant, 0 to 1 */
};

struct search_term {
	struct str tokens; /* as typed; several make a phrase */
	bool not;          /* typed with - before it: must be absent */
	bool bare;         /* typed without any mark, though it holds a letter that could carry one */
	struct search_form *forms; /* after vocab_expand: what may have been meant, likeliest first */
	size_t nforms;     /* 0: only what was typed */
};

struct search_query {
	struct search_term terms[SEARCH_TERMS];
	size_t n;
	bool cut;          /* more was typed than is searched for */
	bool bare;         /* no term carries a mark */
	bool any;          /* set by the caller: one term is enough and rank decides (for pasted headlines) */
};

/* Words, "phrases" (also in curly or angle quotes), -not. Any bytes give a query; maybe one of no terms. */
void search_query_parse(struct arena *a, struct str words, struct search_query *ret);

/* For MATCH and ::tsquery: all terms (or, with `any`, one of them), none of those with -. The empty slice when there is nothing to look
 * for (no terms, or only ones with -): the caller then answers with nothing, without asking the index. */
struct str search_fts5(struct arena *a, const struct search_query *q);
struct str search_tsquery(struct arena *a, const struct search_query *q);

/* 'chính':1 'sách':2 for ::tsvector; stops before PostgreSQL's limit of one megabyte. */
struct str search_tsvector(struct arena *a, struct str tokens);

/* ---- the vocabulary: which marked forms a bare token has, and how often -------------------------------- */

struct vocab_word {
	struct str token;
	int64_t count;
	uint32_t next;     /* 1 + the next word with the same bare form; 0: none */
};

struct vocab_pair { uint32_t left, right; int64_t count; }; /* places in words */

struct vocab {
	struct arena *mem;
	struct vocab_word *words;
	struct vocab_pair *pair;
	size_t n, cap, npairs, pairs_cap;
	struct map by_token, by_fold, pairs; /* pairs: to 1 + the place in pair */
	int64_t total;
};

struct vocab vocab_new(struct arena *mem);                          /* lives in that arena */
void vocab_add(struct vocab *v, struct str token, int64_t count);   /* adds to what is counted; tokens of search_tokens */
void vocab_add_pair(struct vocab *v, struct str a, struct str b, int64_t count);
void vocab_add_tokens(struct vocab *v, struct str tokens);          /* one of each, and of each two neighbours */
int64_t vocab_count(const struct vocab *v, struct str token);       /* 0: never seen */
/* Gives bare terms the forms they may stand for, by frequency and by neighbours. A query with marks
 * somewhere was typed by one who types marks: there a bare term stays, unless nobody writes it so. */
void vocab_expand(const struct vocab *v, struct arena *a, struct search_query *q);

#endif
