/*
 * form - what browsers send: urlencoded, cookies, multipart. Strict and bounded: at most PAIRS_MOST pairs,
 * values must be UTF-8 without control characters other than line ends and tabs, or the whole is refused.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/web.h"

enum { PAIRS_MOST = 256, UPLOADS_MOST = 16 };

/* "a=1&b=%C3%A0": false when it is malformed or too much. */
MUST_USE bool form_urlencoded(struct arena *mem, struct str s, struct pairs *ret);
/* "a=1; b=2": broken pieces are skipped, as cookies of others may stand beside ours. */
struct pairs form_cookies(struct arena *mem, struct str s);
struct form { struct pairs fields; const struct upload *uploads; size_t nuploads; };
/* A multipart body; `type` is the whole Content-Type. Bytes of files are views into the body. */
MUST_USE bool form_multipart(struct arena *mem, struct str type, struct str body, struct form *ret);
/* %XX undone; '+' is a space when `plus`. False when it is no UTF-8 or holds a NUL. */
MUST_USE bool form_unescape(struct arena *mem, struct str s, bool plus, struct str *ret);
bool form_utf8(struct str s);   /* well-formed, and no control character but \t \r \n */

#endif
