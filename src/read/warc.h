/*
 * warc - archives of the web: WARC 1.0, 1.1 (ISO 28500) and the older ARC; plain, gzip by record or as one
 * member, zstd. Fed in pieces of any size, gives records as they become whole. What is damaged is passed
 * over to the next record's start, and the loss is counted and said. The bytes of strangers: in the cage.
 */
#ifndef READ_WARC_H
#define READ_WARC_H

#include "base/base.h"

enum { WARC_BODY_MOST = 16 << 20 };

struct warc_record {         /* lent for the time of the call */
	struct str type;     /* "response", "resource", "revisit", "warcinfo" …; "arc" for ARC */
	struct str url, date, id;
	struct str content_type; /* of the HTTP answer when there is one, else of the record */
	int status;          /* HTTP status; 0: not HTTP */
	struct str body;     /* after the HTTP head, chunks joined; packed bodies as they are */
	int64_t offset;      /* of the record in the unpacked stream: where an import resumes */
	bool cut;            /* the body is shorter than promised, or over WARC_BODY_MOST */
};

struct warc_loss { int64_t records, bytes; const char *why; }; /* damaged records passed over; the last reason */

typedef void warc_taker(void *of, const struct warc_record *r);

struct warc;
struct warc *warc_open(struct arena *mem, warc_taker *take, void *of);
void warc_feed(struct warc *w, struct str bytes);
void warc_end(struct warc *w);                  /* no more bytes: takes what is left; frees what is foreign */
struct warc_loss warc_loss(const struct warc *w);
int64_t warc_records(const struct warc *w);

#endif
