/* fuzz_label - any bytes as title, summary and text: positions stay inside the fields, arrays inside their bounds. */
#include "text/label.h"
#include "text/viet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t length_of(struct arena *mem, struct str field)
{
	return utf8_count(viet_nfc(mem, field));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static struct labeller *l;
	struct fault f;
	if (!l && labeller_new(&kept, NULL, &l, &f) != OK)
		return 0;
	struct arena mem = { 0 };
	struct str all = { (const char *)data, size };
	size_t one = size ? data[0] * size / 512 : 0, two = one + (size - one) / 2;
	struct label_input in = { str_sub(all, 0, one), str_sub(all, one, two), str_sub(all, two, size) };
	struct labels ret;
	label_article(l, &mem, &in, &ret);
	for (size_t i = 0; i < ret.ncues; i++) {
		struct str field = *ret.cues[i].field == 's' ? in.summary : ret.cues[i].field[1] == 'i' ? in.title : in.text;
		BUG_IF(ret.cues[i].start < 0 || ret.cues[i].end <= ret.cues[i].start || (size_t)ret.cues[i].end > length_of(&mem, field));
	}
	BUG_IF(ret.nplaces > LABEL_MOST || ret.nbodies > LABEL_MOST || ret.ncues > LABEL_MOST || ret.ntopics > LABEL_TOPICS);
	arena_done(&mem);
	return 0;
}
