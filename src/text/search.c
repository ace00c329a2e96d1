/*
 * search - tokens, queries, and the two query languages.
 *
 * Tokens are letters, digits and marks by Unicode category. A typed word that holds several tokens
 * ("covid-19", "TP.HCM") is a phrase. Both query texts quote every token all the same.
 */
#include "text/search.h"

#include "text/viet.h"

#include <utf8proc.h>

enum { POSITION_MAX = 16383, TSVECTOR_ROOM = 1000000 };

/* ---- tokens -------------------------------------------------------------------------------------- */

static bool is_token_cp(uint32_t cp, bool inside)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	if (viet_letter(cp)->lower)
		return true;
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	bool mark = c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC;
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) || c == UTF8PROC_CATEGORY_ND || (inside && mark);
}

/* Takes the next token off the front of clean text; false when none is left. */
static bool token_next(struct str *rest, struct str *ret)
{
	const char *from = NULL;
	for (uint32_t cp; rest->n;) {
		struct str before = *rest;
		utf8_next(rest, &cp);
		if (is_token_cp(cp, from)) {
			from = from ? from : before.p;
		} else if (from) {
			*ret = (struct str){ from, (size_t)(before.p - from) };
			return true;
		}
	}
	*ret = (struct str){ from, from ? (size_t)(rest->p - from) : 0 };
	return from;
}

struct str search_tokens(struct arena *a, struct str text)
{
	struct str key = viet_key(a, text), token;
	struct text out = text_new(a);
	text_need(&out, key.n + 1);
	while (token_next(&key, &token)) {
		if (out.n)
			text_c(&out, ' ');
		text_add(&out, utf8_cut(token, SEARCH_TOKEN_MAX));
	}
	return text_str(&out);
}

/* ---- what people type ------------------------------------------------------------------------------ */

/* The length of a quotation mark at the front; 0: none. */
static size_t quote_at(struct str s)
{
	static const struct str quotes[] = { S_INIT("\""), S_INIT("“"), S_INIT("”"), S_INIT("„"), S_INIT("«"), S_INIT("»") };
	for (size_t i = 0; i < COUNT(quotes); i++)
		if (str_starts(s, quotes[i]))
			return quotes[i].n;
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Up to the next quotation mark, or to the next space or quotation mark when `word`. */
static struct str take(struct str *rest, bool word)
{
	size_t n = 0;
	while (n < rest->n && !quote_at(str_sub(*rest, n, rest->n)) && !(word && is_space(rest->p[n])))
		n++;
	struct str got = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return got;
}

static bool can_carry_marks(struct str tokens)
{
	for (uint32_t cp; utf8_next(&tokens, &cp);)
		if (viet_letter(cp)->vowel || cp == 'd')
			return true;
	return false;
}

static void term_add(struct arena *a, struct search_query *q, struct str typed, bool not)
{
	struct str tokens = search_tokens(a, typed);
	if (!tokens.n)
		return;
	if (q->n == SEARCH_TERMS) {
		q->cut = true;
		return;
	}
	bool unmarked = str_eq(viet_fold(a, tokens), tokens);
	q->bare = q->bare && unmarked;
	q->terms[q->n++] = (struct search_term){ .tokens = tokens, .not = not, .bare = unmarked && can_carry_marks(tokens) };
}

void search_query_parse(struct arena *a, struct str words, struct search_query *ret)
{
	*ret = (struct search_query){ .bare = true };
	for (struct str rest = viet_nfc(a, words); rest.n;) {
		if (is_space(*rest.p)) {
			rest = str_sub(rest, 1, rest.n);
			continue;
		}
		bool not = *rest.p == '-' && rest.n > 1 && !is_space(rest.p[1]);
		if (not)
			rest = str_sub(rest, 1, rest.n);
		size_t quote = quote_at(rest);
		rest = str_sub(rest, quote, rest.n);
		term_add(a, ret, take(&rest, !quote), not);
		if (quote)
			rest = str_sub(rest, quote_at(rest), rest.n);
	}
}

/* ---- the two languages --------------------------------------------------------------------------------- */

struct grammar {
	const char *quote, *and, *or, *not_first, *next; /* `next` stands between the tokens of a phrase */
};
static const struct grammar fts5 = { "\"", " AND ", " OR ", " NOT ", " " };
static const struct grammar tsquery = { "'", " & ", " | ", " & !", " <-> " };

/* One phrase. FTS5 quotes it whole, PostgreSQL token by token. */
static void phrase_write(struct text *out, const struct grammar *g, struct str tokens)
{
	struct str token;
	bool whole = g == &fts5;
	text_z(out, whole ? g->quote : "(");
	for (bool first = true; str_split(&tokens, ' ', &token); first = false) {
		if (!first)
			text_z(out, g->next);
		if (!whole)
			text_z(out, g->quote);
		text_add(out, token);
		if (!whole)
			text_z(out, g->quote);
	}
	text_z(out, whole ? g->quote : ")");
}

static void term_write(struct text *out, const struct grammar *g, const struct search_term *t)
{
	text_c(out, '(');
	if (!t->nforms)
		phrase_write(out, g, t->tokens);
	for (size_t i = 0; i < t->nforms; i++) {
		if (i)
			text_z(out, g->or);
		phrase_write(out, g, t->forms[i].tokens);
	}
	text_c(out, ')');
}

static struct str query_write(struct arena *a, const struct search_query *q, const struct grammar *g)
{
	struct text out = text_new(a);
	for (size_t i = 0; i < q->n; i++) {
		if (q->terms[i].not)
			continue;
		text_z(&out, !out.n ? "(" : q->any ? g->or : g->and);
		term_write(&out, g, &q->terms[i]);
	}
	if (out.n)
		text_c(&out, ')');
	for (size_t i = 0; out.n && i < q->n; i++) {
		if (!q->terms[i].not)
			continue;
		text_z(&out, g->not_first);
		term_write(&out, g, &q->terms[i]);
	}
	return text_str(&out);
}

struct str search_fts5(struct arena *a, const struct search_query *q)
{
	return query_write(a, q, &fts5);
}

struct str search_tsquery(struct arena *a, const struct search_query *q)
{
	return query_write(a, q, &tsquery);
}

struct str search_tsvector(struct arena *a, struct str tokens)
{
	struct text out = text_new(a);
	struct str token;
	size_t room = TSVECTOR_ROOM;
	text_need(&out, MIN(tokens.n, room) * 2 + 16);
	for (int position = 1; str_split(&tokens, ' ', &token); position++) {
		if (!token.n)
			continue;
		if (room < token.n + 16)
			break;
		room -= token.n + 16;
		text_fmt(&out, "%s'%.*s':%d", out.n ? " " : "", FMT(token), MIN(position, POSITION_MAX));
	}
	return text_str(&out);
}
