/*
 * search - candidates from the index, rank in C: so both engines answer alike.
 * BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; k1 = 1.2, b = 0.75.
 */
#include "rooms/monitoring/search.h"

#include "store/find.h"

#include <math.h>
#include <stdlib.h>

SQL(search_article,
    "SELECT " ARTICLE_COLUMNS " FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.id = $1 AND a.published_at >= $2"
    " AND a.published_at < $3 AND ($4 = '' OR a.tone = $4)");
SQL(vocab_all, "SELECT term, n FROM vocab WHERE n >= 2");
SQL(vocab_up, "INSERT INTO vocab (term, n) VALUES ($1, $2) ON CONFLICT (term) DO UPDATE SET n = vocab.n + excluded.n");

static const double TITLE_WEIGHT = 4, K1 = 1.2, B = 0.75, USUAL_LENGTH = 60, HALF_LIFE_DAYS = 60;

/* How often `tokens`, one or several words, stands in the tokens of a text. */
static int times(struct str text, struct str tokens)
{
	int n = 0;
	for (ptrdiff_t at; (at = str_find(text, tokens)) >= 0;) {
		size_t from = (size_t)at, to = from + tokens.n;
		bool whole = (!from || text.p[from - 1] == ' ') && (to == text.n || text.p[to] == ' ');
		n += whole;
		text = str_sub(text, from + 1, text.n);
	}
	return n;
}

static double weight_of(const struct vocab *vocab, struct str tokens)
{
	double total = (double)vocab->total + 1, n = (double)vocab_count(vocab, tokens);
	return log(1 + total / (n + 1));
}

struct seen { struct str title, lead; double length; };

static double bm25(const struct seen *s, struct str tokens)
{
	double tf = TITLE_WEIGHT * times(s->title, tokens) + times(s->lead, tokens);
	return tf * (K1 + 1) / (tf + K1 * (1 - B + B * s->length / USUAL_LENGTH));
}

static double term_score(const struct vocab *vocab, const struct seen *s, const struct search_term *t)
{
	double best = bm25(s, t->tokens) * weight_of(vocab, t->tokens);
	for (size_t i = 0; i < t->nforms; i++) {
		double form = t->forms[i].weight * bm25(s, t->forms[i].tokens) * weight_of(vocab, t->forms[i].tokens);
		best = MAX(best, form);
	}
	return best;
}

static double score(struct cx *cx, const struct vocab *vocab, const struct search_query *q, const struct article *a)
{
	struct arena_mark mark = arena_mark(cx->mem);
	struct seen s = { .title = search_tokens(cx->mem, a->title), .lead = search_tokens(cx->mem, a->lead) };
	double sum = 0, age = (double)(cx->now - a->published_at) / DAY;
	for (size_t i = 0; i < s.title.n + s.lead.n; i++)
		s.length += (i < s.title.n ? s.title.p[i] : s.lead.p[i - s.title.n]) == ' ';
	for (size_t i = 0; i < q->n; i++)
		if (!q->terms[i].not)
			sum += term_score(vocab, &s, &q->terms[i]);
	arena_rewind(cx->mem, mark);
	return sum * (0.7 + 0.3 * exp2(-MAX(age, 0) / HALF_LIFE_DAYS));
}

static int better(const void *x, const void *y)
{
	const struct found *a = x, *b = y;
	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return (a->article.id < b->article.id) - (a->article.id > b->article.id);
}

static struct str meant(struct cx *cx, const struct search_query *q)
{
	struct text t = text_new(cx->mem);
	bool changed = false;
	for (size_t i = 0; i < q->n; i++) {
		const struct search_term *term = &q->terms[i];
		if (term->not)
			continue;
		changed |= term->nforms > 0 && !str_eq(term->forms[0].tokens, term->tokens);
		text_z(&t, t.n ? " " : "");
		text_add(&t, term->nforms ? term->forms[0].tokens : term->tokens);
	}
	return changed ? text_str(&t) : S("");
}

static enum err load_candidates(struct cx *cx, const int64_t *ids, size_t n, const struct search_filter *f, struct search_result *ret)
{
	ret->v = NEW_ARRAY(cx->mem, struct found, n);
	for (size_t i = 0; i < n; i++) {
		struct rows r = db_query(cx, &search_article,
		                         ARGS(ids[i], f->from_at, f->until_at ? f->until_at : INT64_MAX, f->tone.p ? f->tone : S("")));
		if (db_next(&r))
			ret->v[ret->n++].article = article_read(&r, cx->mem);
		TRY(db_end(cx, &r));
	}
	return OK;
}

enum err search_run(struct cx *cx, const struct vocab *vocab, struct str words, const struct search_filter *f,
                    struct search_result *ret)
{
	struct search_result result = { 0 };
	struct search_query q;
	int64_t *ids;
	size_t n;
	search_query_parse(cx->mem, words, &q);
	vocab_expand(vocab, cx->mem, &q);
	TRY(find_ids(cx, &q, SEARCH_CANDIDATES + 1, &ids, &n));
	result.capped = n > SEARCH_CANDIDATES;
	TRY(load_candidates(cx, ids, MIN(n, (size_t)SEARCH_CANDIDATES), f, &result));
	for (size_t i = 0; i < result.n; i++)
		result.v[i].score = score(cx, vocab, &q, &result.v[i].article);
	if (result.n)
		qsort(result.v, result.n, sizeof *result.v, better);
	result.n = MIN(result.n, (size_t)(f->most ? f->most : 50));
	result.meant = meant(cx, &q);
	*ret = result;
	return OK;
}

enum err vocab_load(struct cx *cx, struct vocab *v)
{
	struct rows r = db_query(cx, &vocab_all, NO_ARGS);
	while (db_next(&r)) {
		struct str term = col_str(&r, v->mem, 0);
		ptrdiff_t space = str_chr(term, ' ');
		if (space < 0)
			vocab_add(v, term, col_int(&r, 1));
		else
			vocab_add_pair(v, str_sub(term, 0, (size_t)space), str_sub(term, (size_t)space + 1, term.n), col_int(&r, 1));
	}
	return db_end(cx, &r);
}

enum err vocab_save(struct cx *cx, const struct vocab *fresh)
{
	for (size_t i = 0; i < fresh->n; i++)
		TRY(db_run(cx, &vocab_up, ARGS(fresh->words[i].token, fresh->words[i].count)));
	for (size_t i = 0; i < fresh->npairs; i++) {
		struct arena_mark mark = arena_mark(cx->mem);
		const struct vocab_pair *p = &fresh->pair[i];
		struct str both = str_fmt(cx->mem, "%.*s %.*s", FMT(fresh->words[p->left].token), FMT(fresh->words[p->right].token));
		TRY(db_run(cx, &vocab_up, ARGS(both, p->count)));
		arena_rewind(cx->mem, mark);
	}
	return OK;
}
