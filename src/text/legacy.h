/*
 * legacy - text from before Unicode, or spoilt on its way: TCVN3 (ABC fonts), VNI, VISCII, VPS, Windows-1258, and
 * UTF-8 that was taken for Western text and encoded again. The encoding is guessed from whether the words come
 * out as Vietnamese syllables; the guess is named, because it may be wrong.
 */
#ifndef TEXT_LEGACY_H
#define TEXT_LEGACY_H

#include "base/base.h"

/* Clean text (viet_nfc) of any bytes. *ret_name: "utf-8" when nothing was converted (broken bytes are U+FFFD),
 * else "tcvn3", "vni", "viscii", "vps", "windows-1258", or one of them with " in utf-8" behind it when its bytes
 * had been encoded once more; "utf-8 in utf-8" is the double encoding. */
struct str legacy_to_utf8(struct arena *a, struct str bytes, const char **ret_name);

/* Whether a word of clean text can be one Vietnamese syllable: known beginning, rhyme and end, at most one tone. */
bool legacy_is_syllable(struct str word);

#endif
