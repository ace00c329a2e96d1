/*
 * charset - whatever bytes a stranger sent become UTF-8. The order of belief: a byte order mark, then
 * the bytes themselves when they are UTF-8, then what the document or the server declares, then
 * windows-1252 (what browsers do). Nothing is refused: what cannot be read becomes U+FFFD.
 */
#ifndef READ_CHARSET_H
#define READ_CHARSET_H

#include "base/base.h"

enum charset_of { CHARSET_XML, CHARSET_HTML };

struct charset_text {
	struct str utf8;   /* in the arena, or the bytes given when they were UTF-8 already */
	struct str name;   /* lower case: "utf-8", "windows-1258" … as declared or found */
	bool damaged;      /* some bytes had no meaning, or the declaration was false */
};

struct charset_text charset_read(struct arena *mem, struct str bytes, enum charset_of kind);
bool charset_valid(struct str s);                                   /* UTF-8 without surrogates or overlong forms */
struct str charset_scrub(struct arena *mem, struct str s);          /* invalid bytes become U+FFFD */
/* Opens the converters once, so that they work later where no file can be opened (in the cage). */
void charset_warm(void);

#endif
