/* search - tests of tokens, queries in both languages, and the vocabulary. */
#include "text/search.h"

#include "base/test.h"

#include <sqlite3.h>

static struct search_query parsed(const char *z)
{
	struct search_query q;
	search_query_parse(test_mem(), str_z(z), &q);
	return q;
}

static struct vocab small_vocab(void)
{
	struct vocab v = vocab_new(test_mem());
	for (int i = 0; i < 50; i++)
		vocab_add_tokens(&v, search_tokens(test_mem(), S("thành phố Đà Nẵng")));
	for (int i = 0; i < 80; i++)
		vocab_add_tokens(&v, search_tokens(test_mem(), S("đã qua, nắng lên, nay đã khác")));
	vocab_add_tokens(&v, search_tokens(test_mem(), S("chính sách đất đai")));
	return v;
}

TEST(tokens_are_keys_of_syllables_and_numbers)
{
	CHECK_STR(search_tokens(test_mem(), S("Hoà bình – 1.234,5 tỉ; TP.HCM (Covid-19)")), "hòa bình 1 234 5 tỉ tp hcm covid 19");
	CHECK_STR(search_tokens(test_mem(), S(" \t“…” ☂ ")), "");
	CHECK_STR(search_tokens(test_mem(), S("\xFFnhà\xFFở_mới")), "nhà ở mới");
}

TEST(a_query_knows_phrases_absence_and_bare_words)
{
	struct search_query q = parsed("đất \"chính sách\" -xe “Hoà Bình” TP.HCM 2026");
	CHECK_INT(q.n, 6);
	CHECK_STR(q.terms[1].tokens, "chính sách");
	CHECK(q.terms[2].not && q.terms[2].bare);
	CHECK_STR(q.terms[3].tokens, "hòa bình");
	CHECK_STR(q.terms[4].tokens, "tp hcm");
	CHECK(!q.terms[5].bare && !q.bare && !q.terms[0].bare);
	CHECK(parsed("da nang").bare && parsed("da nang").terms[1].bare);
}

TEST(both_languages_say_the_same)
{
	struct search_query q = parsed("đất \"chính sách\" -xe");
	CHECK_STR(search_fts5(test_mem(), &q), "((\"đất\") AND (\"chính sách\")) NOT (\"xe\")");
	CHECK_STR(search_tsquery(test_mem(), &q), "((('đất')) & (('chính' <-> 'sách'))) & !(('xe'))");
	q.any = true;
	CHECK_STR(search_fts5(test_mem(), &q), "((\"đất\") OR (\"chính sách\")) NOT (\"xe\")");
	q = parsed("-xe");
	CHECK_STR(search_fts5(test_mem(), &q), "");
	CHECK_STR(search_tsvector(test_mem(), S("chính sách mới")), "'chính':1 'sách':2 'mới':3");
}

static void expand(struct search_query *q)
{
	struct vocab v = small_vocab();
	vocab_expand(&v, test_mem(), q);
}

TEST(neighbours_decide_what_a_bare_word_means)
{
	struct search_query q = parsed("da nang");
	expand(&q);
	CHECK_STR(q.terms[0].forms[0].tokens, "đà");
	CHECK_STR(q.terms[1].forms[0].tokens, "nẵng");
	q = parsed("da");
	expand(&q);
	CHECK_STR(q.terms[0].forms[0].tokens, "đã");
	CHECK_STR(q.terms[0].forms[1].tokens, "đà");
	q = parsed("\"da nang\"");
	expand(&q);
	CHECK_STR(q.terms[0].forms[0].tokens, "đà nẵng");
}

TEST(one_who_types_marks_means_what_is_typed)
{
	struct search_query q = parsed("nay đã");
	expand(&q);
	CHECK_INT(q.terms[0].nforms, 0);
	q = parsed("đất dai");
	expand(&q);
	CHECK_STR(q.terms[1].forms[0].tokens, "đai");
}

static int64_t found(sqlite3 *db, struct str match, int *ret_rc)
{
	sqlite3_stmt *st = NULL;
	BUG_IF(sqlite3_prepare_v2(db, "SELECT count(*) FROM t WHERE t MATCH $1", -1, &st, NULL) != SQLITE_OK);
	sqlite3_bind_text(st, 1, match.p, (int)match.n, SQLITE_STATIC);
	*ret_rc = sqlite3_step(st);
	int64_t n = *ret_rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
	sqlite3_finalize(st);
	return n;
}

static sqlite3 *small_index(void)
{
	static const char *const texts[] = { "Hoà Bình họp báo", "Thành phố Đà Nẵng", "nắng lên, mọi việc đã khác" };
	sqlite3 *db;
	BUG_IF(sqlite3_open(":memory:", &db) != SQLITE_OK);
	BUG_IF(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")",
		NULL, NULL, NULL) != SQLITE_OK);
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct str tokens = search_tokens(test_mem(), str_z(texts[i]));
		sqlite3_stmt *st;
		BUG_IF(sqlite3_prepare_v2(db, "INSERT INTO t VALUES ($1)", -1, &st, NULL) != SQLITE_OK);
		sqlite3_bind_text(st, 1, tokens.p, (int)tokens.n, SQLITE_STATIC);
		BUG_IF(sqlite3_step(st) != SQLITE_DONE);
		sqlite3_finalize(st);
	}
	return db;
}

TEST(an_index_finds_both_spellings_and_bare_queries)
{
	static const struct { const char *typed; int64_t n; } cases[] = {
		{ "hòa bình", 1 }, { "HOÀ BÌNH", 1 }, { "da nang", 2 }, { "\"da nang\"", 1 }, { "nang -thanh", 1 }, { "đà -nẵng", 0 },
	};
	sqlite3 *db = small_index();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct search_query q = parsed(cases[i].typed);
		int rc;
		expand(&q);
		CHECK_INT(found(db, search_fts5(test_mem(), &q), &rc), cases[i].n);
	}
	sqlite3_close(db);
}

TEST(rubbish_is_never_a_syntax_error)
{
	static const char *const rubbish[] = { "\" OR ( * ^ NEAR", "NEAR(a b, 2)", "x:y AND", "'; DROP TABLE t; --", "a\" OR \"b", "NOT NOT",
		"--a -\"b", "(((", "\xFF\xFE\"-", "a:* ^b + c", "“”\"\"", "\\' \\\\", "{x y} : z" };
	sqlite3 *db = small_index();
	for (size_t i = 0; i < COUNT(rubbish); i++) {
		struct search_query q = parsed(rubbish[i]);
		struct str match = search_fts5(test_mem(), &q);
		int rc = SQLITE_ROW;
		if (match.n)
			found(db, match, &rc);
		CHECK_INT(rc, SQLITE_ROW);
		CHECK(str_find(search_tsquery(test_mem(), &q), S("\\")) < 0);
	}
	sqlite3_close(db);
}

TEST(a_long_query_is_cut_and_says_so)
{
	struct text t = text_new(test_mem());
	for (int i = 0; i < 100; i++)
		text_fmt(&t, "tu%d ", i);
	struct search_query q;
	search_query_parse(test_mem(), text_str(&t), &q);
	CHECK(q.cut && q.n == SEARCH_TERMS);
}
