/*
 * html - what templates write with. A value is escaped by its type and its place; text that is HTML
 * already has a type of its own (struct safe_html) that only the house makes.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/base.h"

struct html { struct text t; };
struct safe_html { struct str s; };

static inline struct html html_new(struct arena *mem) { return (struct html){ text_new(mem) }; }
static inline struct str html_str(const struct html *h) { return text_str(&h->t); }

void put_raw(struct html *out, const char *p, size_t n); /* for the template compiler only */
void put_str(struct html *out, struct str s);            /* escapes < > & " ' */
void put_z(struct html *out, const char *z);
void put_int(struct html *out, int64_t i);
void put_safe(struct html *out, struct safe_html s);
void put_url(struct html *out, struct str s);            /* at the start of href/src/action: http, https, mailto, tel or relative; else "#" */
void put_url_z(struct html *out, const char *z);
void put_part_str(struct html *out, struct str s);       /* inside a URL: percent-encodes all but unreserved */
void put_part_z(struct html *out, const char *z);

#define put(out, x) \
	_Generic((x), struct str: put_str, char *: put_z, const char *: put_z, int: put_int, long: put_int, long long: put_int, \
	         unsigned: put_int, size_t: put_int, struct safe_html: put_safe)(out, x)
#define put_address(out, x) _Generic((x), struct str: put_url, char *: put_url_z, const char *: put_url_z)(out, x)
#define put_url_part(out, x) \
	_Generic((x), struct str: put_part_str, char *: put_part_z, const char *: put_part_z, int: put_int, long: put_int, \
	         long long: put_int, unsigned: put_int, size_t: put_int)(out, x)

/* The same escaping for XML parts of office documents: also drops characters XML 1.0 forbids. */
void xml_add(struct text *out, struct str s);

#endif
