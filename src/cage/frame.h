/*
 * frame - how the parent and the caged child talk: a header of four numbers, then the bytes. Records are
 * packed without addresses or padding: numbers of 4 and 8 bytes, texts with their length in front. The
 * child may be in a stranger's hand, so unpacking believes nothing: every length is held against what is left.
 */
#ifndef CAGE_FRAME_H
#define CAGE_FRAME_H

#include "cage/cage.h"

#define CAGE_MAGIC 0x4e430001u
enum { CAGE_REQUEST_MOST = 64 << 20, CAGE_ANSWER_MOST = 64 << 20, CAGE_URL_MOST = 8 << 10 };
enum cage_kind { CAGE_FEED = 1, CAGE_PAGE, CAGE_OPML, CAGE_PROBE, CAGE_WARC, CAGE_WARC_END };

struct frame_request { uint32_t magic, kind, url, bytes; };
/* more: 1 for a record of an archive, which others or the piece's sum follow; else 0. */
struct frame_answer { uint32_t magic, err, bytes, more; };

struct unpack { const char *p, *end; bool bad; };

void pack_feed(struct text *out, const struct feed *f);
void pack_page(struct text *out, const struct page *p);
void pack_opml(struct text *out, const struct opml *o);
void pack_record(struct text *out, const struct cage_record *r);
void pack_sum(struct text *out, const struct cage_warc_sum *s);
/* False: the record is not whole or not possible. Texts are copies in the arena, valid UTF-8. */
MUST_USE bool unpack_feed(struct arena *mem, struct str bytes, struct feed *ret);
MUST_USE bool unpack_page(struct arena *mem, struct str bytes, struct page *ret);
MUST_USE bool unpack_opml(struct arena *mem, struct str bytes, struct opml *ret);
MUST_USE bool unpack_record(struct arena *mem, struct str bytes, struct cage_record *ret);
MUST_USE bool unpack_sum(struct arena *mem, struct str bytes, struct cage_warc_sum *ret);

#endif
