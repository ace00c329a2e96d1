/* fuzz_search - whatever is typed, both query texts are balanced and name only letters, digits and marks. */
#include "text/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool balanced(struct str s, char quote)
{
	int depth = 0;
	bool in = false;
	for (size_t i = 0; i < s.n; i++) {
		in ^= s.p[i] == quote;
		depth += in ? 0 : s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
		if (depth < 0)
			return false;
	}
	return !depth && !in;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem = { 0 };
	struct search_query q;
	struct str typed = { (const char *)p, n };
	struct vocab v = vocab_new(&mem);
	vocab_add_tokens(&v, S("đã đà da nẵng nắng nang chính sách"));
	vocab_add_tokens(&v, search_tokens(&mem, typed));
	search_query_parse(&mem, typed, &q);
	vocab_expand(&v, &mem, &q);
	BUG_IF(!balanced(search_fts5(&mem, &q), '"') || !balanced(search_tsquery(&mem, &q), '\''));
	search_tsvector(&mem, search_tokens(&mem, typed));
	arena_done(&mem);
	return 0;
}
