/*
 * page - one article out of a web page: title, lead (sapô), text, time, and how sure that is. Lists and
 * forums are told apart, because a monitor must refuse them. The bytes of a stranger: only in the cage.
 */
#ifndef READ_PAGE_H
#define READ_PAGE_H

#include "base/base.h"
#include "read/date.h"

enum page_kind { PAGE_ARTICLE, PAGE_LIST, PAGE_FORUM, PAGE_OTHER };

struct page {
	struct str url;          /* as the page says (canonical), else as asked */
	struct str title, lead;  /* one line each; the lead is not in the text's first line twice */
	struct str text;         /* paragraphs separated by one newline */
	struct str language;     /* "vi", "en", "" unknown */
	struct str site, section, encoding;
	int64_t published;       /* UTC, or NO_TIME */
	enum page_kind kind;
	double confidence;       /* 0 to 1 that kind and text are right */
	bool truncated;          /* nested too deep: the parser dropped what came after */
};

const char *page_kind_name(enum page_kind kind); /* "article", "list", "forum", "other" */
/* The text is given whatever the kind; who wants articles only looks at `kind`. */
MUST_USE enum err page_read(struct arena *mem, struct str bytes, struct str url, struct page *ret, struct fault *fault);

#endif
