/* fuzz_segment - any line comes out with all its bytes in order; sentences are sub-slices; old encodings give UTF-8. */
#include "text/legacy.h"
#include "text/segment.h"
#include "text/sentence.h"
#include "text/viet.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool blank(char c)
{
	return c == ' ' || c == '_' || (c >= '\t' && c <= '\r');
}

static bool same_but_blanks(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.n && blank(a.p[i]))
			i++;
		while (j < b.n && blank(b.p[j]))
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (a.p[i++] != b.p[j++])
			return false;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem = { 0 };
	static struct segmenter model; /* opened once: its checksum takes longer than any line */
	struct fault fault;
	struct str s = { (const char *)p, n }, rest = s, one;
	const char *name, *last = s.p;
	BUG_IF(!model.dict && segmenter_builtin(&model, &fault) != OK);
	for (int pretokenised = 0; pretokenised < 2; pretokenised++) {
		struct text out = text_new(&mem);
		segment_line(&model, s, &out, pretokenised);
		BUG_IF(!same_but_blanks(s, text_str(&out)));
	}
	while (sentence_next(&rest, &one)) {
		BUG_IF(one.p < last || one.p + one.n > s.p + s.n || !one.n);
		last = one.p + one.n;
	}
	BUG_IF(utf8_bad(legacy_to_utf8(&mem, s, &name)));
	arena_done(&mem);
	return 0;
}
