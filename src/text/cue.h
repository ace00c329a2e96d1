/*
 * cue - patterns of words that speak for an answer: "chậm tiến độ" for bad news, "người dân bức xúc" against the
 * body. They are the evidence shown to the officer, and features of the trained model.
 */
#ifndef TEXT_CUE_H
#define TEXT_CUE_H

#include "text/gazetteer_inner.h"

enum cue_answer {
	CUE_GOOD, CUE_BAD, CUE_FAVOURABLE, CUE_UNFAVOURABLE, CUE_PUBLIC, CUE_VIETNAM, CUE_FOREIGN,
	CUE_TOPIC, /* and the topic's number added */
	CUE_ANSWERS = CUE_TOPIC + 12,
	CUE_NOTHING = CUE_ANSWERS, /* an everyday word that holds a cue by chance: takes it away */
};

/* Words parted by spaces, alternatives by |. "@body" is a public body or an office named, "*" up to four words
 * within the sentence. A pattern that begins with "@body" needs it; the others only weigh more with one. */
struct cue_row { uint8_t answer; uint8_t weight; /* tenths */ const char *patterns; };
extern const struct cue_row cue_rows[];
extern const size_t cue_rows_n;
extern const char *const cue_negations, *const cue_offices; /* words, alternatives by | */

struct cue_hit {
	uint32_t start, end;  /* tokens */
	uint16_t row;
	uint8_t answer;       /* after turning, if it was negated */
	bool negated, dropped; /* dropped: negated, and the contrary says nothing */
};
struct cue_hits { struct cue_hit *v; size_t n, cap; };

struct cue_book; /* patterns compiled; read-only once built */
struct cue_book *cue_book_new(struct arena *mem);
/* `m` are the mentions of the text, in order. Found in the first `most` tokens. */
struct cue_hits cue_find(const struct cue_book *b, struct arena *mem, const struct label_text *text, const struct mentions *m, size_t most);

#endif
