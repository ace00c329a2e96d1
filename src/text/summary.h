/*
 * summary - a story in a few sentences, each taken whole and unchanged from one of its articles. Sentences
 * are weighed by how central they are (the walk on the graph of like sentences of LexRank, Erkan and Radev
 * 2004) and by their place in the article, and chosen so that none says what another said (maximal marginal
 * relevance, Carbonell and Goldstein 1998).
 */
#ifndef TEXT_SUMMARY_H
#define TEXT_SUMMARY_H

#include "base/base.h"

struct summary_article { struct str title, text; };

struct summary_sentence {
	size_t article;     /* index */
	struct str s;       /* a slice of that article's text */
	double weight;      /* 0 … 1, of the best */
};

/* At most `most` sentences, in order of article and place. Looks at the first 40 sentences of each article
 * and 400 in all; articles beyond that are not read. */
size_t summary_pick(struct arena *mem, const struct summary_article *articles, size_t n, size_t most, struct summary_sentence *ret);

#endif
