/*
 * catalog - every word a person reads, by key, in Vietnamese and English: lang/vi/NAME.txt and
 * lang/en/NAME.txt, lines of "key = text", one pair of files a room, put into the binary. Both
 * languages hold the same keys; a test proves it, and that every key used in the code is there.
 *
 *	say(cx, "stream.title")                            "Dòng tin"
 *	SAY(cx, "stream.found", num(cx, n), place)         "{1} tin ở {2}" with both put in
 *
 * Numbers and dates for people: 1.234 and 0,14 in Vietnamese, 1,234 and 0.14 in English; 23/11/2026
 * in both.
 */
#ifndef WEB_CATALOG_H
#define WEB_CATALOG_H

#include "base/base.h"
#include "store/cx.h"

const char *say(const struct cx *cx, const char *key);      /* a key that is not there is shown as it is */
const char *say_in(const char *lang, const char *key);
bool say_known(const char *lang, const char *key);
struct str say_with(struct cx *cx, const char *key, const struct str *args, size_t n);
#define SAY(cx, key, ...) \
	say_with((cx), (key), (const struct str[]){ __VA_ARGS__ }, sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

struct str num(struct cx *cx, int64_t n);                   /* 1.234 */
struct str num_real(struct cx *cx, double x, int places);   /* −0,14 with the true minus */
struct str num_percent(struct cx *cx, double share);        /* 0.34: 34% */
struct str num_signed(struct cx *cx, double x, int places); /* +0,14 −0,14 */
struct str num_bytes(struct cx *cx, int64_t n);             /* 1,2 MB */
struct str say_day(struct cx *cx, int64_t day);             /* 23/11/2026 */
struct str say_weekday(struct cx *cx, int64_t day);         /* thứ Hai, 23/11/2026 */
struct str say_time(struct cx *cx, int64_t at);             /* 07:40 today, 07:40 23/11 this year, else 07:40 23/11/2026 */
struct str say_ago(struct cx *cx, int64_t at);              /* 5 phút trước; a day and longer: the date */

#endif
