/*
 * label_text - fields cut into words. "TP.HCM" and "GD-ĐT" are two words each, held together by a tight gap, so
 * that one spelling of a name finds all.
 */
#include "text/label_text.h"

#include "text/viet.h"

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static enum label_gap gap_of(uint32_t cp)
{
	switch (cp) {
	case ' ': case '\t':
		return GAP_SPACE;
	case '-': case '/': case '&': case '_': case '\'':
		return GAP_TIGHT;
	case 0x2013: case 0x2014:
		return GAP_DASH;
	case ',': case '(': case ')':
		return GAP_COMMA;
	case '"': case 0x201C: case 0x201D: case 0x2018: case 0x2019: case 0xAB: case 0xBB:
		return GAP_QUOTE;
	default:
		return GAP_BREAK;
	}
}

/* The gap so far, with one more sign in it: " - " is a dash, "." between letters is tight, ". " ends a sentence. */
struct gap { uint8_t widest; bool stop, space, dash; };

static void gap_add(struct gap *g, uint32_t cp)
{
	if (cp == '.' && !g->stop && !g->space) {
		g->stop = true;
		return;
	}
	enum label_gap one = gap_of(cp);
	g->space = g->space || one == GAP_SPACE;
	g->dash = g->dash || cp == '-';
	g->widest = MAX(g->widest, (uint8_t)one);
}

/* A stop after a short word of capitals ("TP. HCM", "P.5") ends no sentence. */
static uint8_t gap_close(const struct gap *g, const struct label_token *before)
{
	if (!before)
		return GAP_BREAK;
	if (g->stop && g->space && !(before->capital && before->s.n <= 3))
		return GAP_BREAK;
	return g->dash && g->space ? MAX(g->widest, (uint8_t)GAP_DASH) : g->widest;
}

/* Takes a word off the front; the hash as told in the header. */
static void word_take(struct str *rest, struct label_token *t, int32_t *at)
{
	uint64_t h = 0x243F6A8885A308D3u;
	unsigned tone = 0, letters = 0, uppers = 0;
	bool consonant = false;
	uint32_t cp, last = 0;
	struct str from = *rest;
	t->start = *at;
	for (;;) {
		struct str before = *rest;
		if (!utf8_next(rest, &cp))
			break;
		const struct letter *l = viet_letter(cp);
		if (!l->lower && !is_digit(cp)) {
			*rest = before;
			break;
		}
		if (last) {
			h = (h ^ last) * 0x9E3779B97F4A7C15u;
			h ^= h >> 29;
		}
		t->capital = t->capital || (*at == t->start && l->upper);
		consonant = last && last < 100;
		tone = l->tone ? l->tone : tone;
		letters += l->lower != 0;
		uppers += l->upper;
		last = l->lower ? (l->vowel ? 100u + l->vowel : l->rank) : 200 + cp;
		++*at;
	}
	/* kỹ and kĩ, mỹ and mĩ: y (vowel 12) alone after a consonant is i (vowel 6) */
	last = last == 112 && consonant ? 106 : last;
	h = (h ^ last) * 0x9E3779B97F4A7C15u;
	h = (h ^ h >> 29 ^ tone) * 0xD6E8FEB86659FD93u;
	t->hash = (h ^ h >> 32) | 1;
	t->number = !letters;
	t->shouted = letters && uppers == letters;
	t->end = *at;
	t->s = str_sub(from, 0, from.n - rest->n);
}

static void field_take(struct label_text *text, struct str rest, enum label_field field)
{
	struct gap gap = { 0 };
	size_t first = text->n;
	int32_t at = 0;
	for (uint32_t cp; text->n < LABEL_TOKENS;) {
		struct str before = rest;
		if (!utf8_next(&rest, &cp))
			break;
		struct label_token *last = text->n > first ? &text->t[text->n - 1] : NULL;
		if (viet_letter(cp)->lower || is_digit(cp)) {
			struct label_token *t = &text->t[text->n++];
			*t = (struct label_token){ .field = (uint8_t)field, .gap = gap_close(&gap, last) };
			word_take(&before, t, &at);
			rest = before;
			gap = (struct gap){ 0 };
			continue;
		}
		gap_add(&gap, cp);
		if (cp == '?' && last)
			last->asked = true;
		at++;
	}
	text->field_end[field] = text->n;
}

struct label_text label_text_of(struct arena *mem, const struct str field[FIELDS])
{
	size_t most = 1;
	for (int f = 0; f < FIELDS; f++)
		most += field[f].n;
	struct label_text text = { .t = arena_raw(mem, MIN(most, (size_t)LABEL_TOKENS) * sizeof(struct label_token)) };
	for (int f = 0; f < FIELDS; f++)
		field_take(&text, field[f], (enum label_field)f);
	return text;
}
