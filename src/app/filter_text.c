/*
 * filter_text - the word segmenter and the folding of letters on the command line: a line in, a line out.
 *
 * Bad bytes become U+FFFD and are counted on standard error at the end, so that lines stay aligned.
 */
#include "app/commands.h"
#include "text/segment.h"
#include "text/viet.h"

struct stream {
	struct lines *in;
	struct arena *mem; /* rewound after each line */
	int64_t bad;
};

static bool line_next(struct stream *s, struct str *ret)
{
	arena_reset(s->mem);
	if (!lines_next(s->in, ret))
		return false;
	s->bad += (int64_t)utf8_bad(*ret);
	return true;
}

static void line_write(struct str line)
{
	fwrite(line.p, 1, line.n, stdout);
	putc_unlocked('\n', stdout);
}

static int stream_end(const struct call *c, struct stream *s)
{
	bool failed = lines_failed(s->in);
	if (s->bad)
		fprintf(stderr, "nhipcau %s: %lld bad bytes or broken characters became U+FFFD\n", c->of->name, (long long)s->bad);
	lines_close(s->in);
	arena_done(s->mem);
	return failed ? 1 : 0;
}

static int fold_run(struct call *c)
{
	struct arena mem = { 0 };
	struct stream s = { lines_open(c->mem, c->args, c->nargs), &mem, 0 };
	for (struct str line; line_next(&s, &line);)
		line_write(viet_fold(&mem, line));
	return stream_end(c, &s);
}

/* Only what is broken is replaced: given tokens are not to be changed otherwise. */
static struct str mended(struct arena *mem, struct str line)
{
	if (!utf8_bad(line))
		return line;
	struct text out = text_new(mem);
	for (uint32_t cp; utf8_next(&line, &cp);)
		text_code(&out, cp);
	return text_str(&out);
}

static int segment_run(struct call *c)
{
	struct segmenter model;
	struct fault fault;
	bool pretokenised = call_flag(c, "pretokenised");
	if (segmenter_builtin(&model, &fault) != OK) {
		fprintf(stderr, "nhipcau segment: %s\n", fault.detail);
		return 1;
	}
	struct arena mem = { 0 };
	struct stream s = { lines_open(c->mem, c->args, c->nargs), &mem, 0 };
	for (struct str line; line_next(&s, &line);) {
		struct text out = text_new(&mem);
		segment_line(&model, pretokenised ? mended(&mem, line) : viet_nfc(&mem, line), &out, pretokenised);
		line_write(text_str(&out));
	}
	return stream_end(c, &s);
}

static const struct flag segment_flags[] = {
	{ "pretokenised", NULL, "tokens are what stands between spaces; none is split, dropped or changed" },
	{ 0 },
};

const struct command command_segment = {
	"segment", "[--pretokenised] [FILE...]", "joins the syllables of each Vietnamese word by _",
	"echo 'Chính sách đất đai của tỉnh' | nhipcau segment", segment_flags, segment_run,
};

const struct command command_fold = {
	"fold", "[FILE...]", "lower case without marks, đ as d: what comparing without marks needs",
	"echo 'Đà Nẵng' | nhipcau fold", NULL, fold_run,
};
