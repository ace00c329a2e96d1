/*
 * html - a parsed page for the readers in this folder: libxml2's tree, read once into blocks of text and
 * the elements that hold them. Every element's blocks lie in one run, so that a judgement of a subtree is
 * a difference of sums.
 */
#ifndef READ_HTML_H
#define READ_HTML_H

#include "base/base.h"

#include <libxml/HTMLparser.h>

struct block {
	struct str text;         /* white space made single */
	int chars, linked;       /* code points; those inside links */
	int words, stops;        /* words; how many of them are function words of Vietnamese or English */
	xmlNode *of;             /* the nearest block element */
	const char *tag;         /* its name */
	int list;                /* inside ul or ol */
	int figure;              /* inside figure, figcaption or a caption by class */
	bool good;               /* speaks like prose */
	double worth;            /* what choosing it gains; negative for clutter */
};

struct element {
	xmlNode *node;
	size_t from, to;         /* its blocks */
	int depth;
};

struct html_page {
	xmlDoc *doc;
	struct block *blocks;
	struct element *elements;
	size_t nblocks, nelements, blocks_cap, elements_cap;
	bool truncated;
};

/* ERR_INPUT when no element is found. The tree is libxml2's: html_close. */
MUST_USE enum err html_open(struct arena *mem, struct str utf8, struct html_page *ret, struct fault *fault);
void html_close(struct html_page *h);
void html_blocks(struct arena *mem, struct html_page *h, xmlNode *root); /* after pruning */
void html_prune(xmlNode *root);                                          /* takes out what is never article */

struct str html_attr(const xmlNode *n, const char *name);                /* lent by the tree; empty when absent */
bool html_is(const xmlNode *n, const char *name);
bool html_names(const xmlNode *n, const char *const *words, size_t count); /* class or id holds one of the words */
struct str html_text(struct arena *mem, const xmlNode *n);               /* all text below, on one line */
xmlNode *html_next(const xmlNode *n, const xmlNode *root);               /* in document order */

#endif
