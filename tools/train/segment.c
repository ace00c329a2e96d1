/*
 * train_segment - makes models/vi-segment.model from a word list and treebanks with words marked.
 *
 * usage: train_segment OUT WORDS GOLD.conllu...
 * WORDS: one word a line, syllables parted by spaces. GOLD: CoNLL-U, a form is a word.
 * Averaged structured perceptron (Collins 2002), fixed seed and order: the same files give the same bytes.
 */
#include "app/command.h"
#include "text/segment_model.h"
#include "text/viet.h"

#include <zlib.h>

enum { EPOCHS = 14, DICT_BITS = 17, WEIGHT_BITS = 20 };

struct sentence {
	struct str tokens; /* syllables, each after a space */
	const bool *joins;
	size_t n;
};

struct trainer {
	struct arena *mem;
	struct sentence *s;
	size_t n, cap;
	uint32_t *dict;
	size_t words, entries;
	int16_t *weights;
	int64_t *sums, now; /* each update times when it was made, for the average */
};

/* ---- reading ----------------------------------------------------------------------------------------- */

static void dict_put(struct trainer *t, uint64_t hash, bool word)
{
	uint32_t *slot = (uint32_t *)segment_slot(t->dict, DICT_BITS, hash);
	t->entries += !*slot;
	*slot |= segment_print(hash) | word;
	BUG_IF(t->entries > ((size_t)1 << DICT_BITS) / 2);
}

static void dict_word(struct trainer *t, struct str word)
{
	struct str rest = word, syllable;
	uint64_t hash[SEGMENT_WORD_MAX];
	size_t n = 0;
	while (segment_token_next(&rest, true, &syllable)) {
		struct segment_token k;
		if (n == SEGMENT_WORD_MAX)
			return;
		segment_token_read(&k, syllable);
		hash[n] = n ? segment_join(hash[n - 1], k.hash) : k.hash;
		n++;
	}
	for (size_t i = 1; i < n; i++)
		dict_put(t, hash[i], i + 1 == n);
	t->words += n > 1;
}

static void sentence_add(struct trainer *t, struct text *tokens, bool *joins, size_t n)
{
	if (n > 1 && n <= SEGMENT_TOKENS) {
		bool *kept = NEW_ARRAY(t->mem, bool, n);
		memcpy(kept, joins, n * sizeof *kept);
		GROW(t->mem, t->s, t->n, t->cap);
		t->s[t->n++] = (struct sentence){ arena_str(t->mem, text_str(tokens)), kept, n };
	}
	tokens->n = 0;
}

static bool word_line(struct str line, struct str *ret_form)
{
	struct str id;
	return str_split(&line, '\t', &id) && str_split(&line, '\t', ret_form) && str_find(id, S("-")) < 0 && str_find(id, S(".")) < 0;
}

static void gold_read(struct trainer *t, char *file)
{
	struct lines *l = lines_open(t->mem, &file, 1);
	struct text tokens = text_new(t->mem);
	bool joins[SEGMENT_TOKENS + 1];
	size_t n = 0;
	for (struct str line, form, syllable; lines_next(l, &line);) {
		if (!line.n) {
			sentence_add(t, &tokens, joins, n);
			n = 0;
		}
		if (!line.n || *line.p == '#' || !word_line(line, &form))
			continue;
		form = viet_nfc(t->mem, form);
		for (bool first = true; segment_token_next(&form, true, &syllable); first = false) {
			text_c(&tokens, ' ');
			text_add(&tokens, syllable);
			joins[n] = !first;
			n = MIN(n + 1, (size_t)SEGMENT_TOKENS);
		}
	}
	sentence_add(t, &tokens, joins, n);
	lines_close(l);
}

static void words_read(struct trainer *t, char *file)
{
	struct lines *l = lines_open(t->mem, &file, 1);
	for (struct str line; lines_next(l, &line);)
		dict_word(t, viet_nfc(t->mem, line));
	lines_close(l);
}

/* ---- learning ------------------------------------------------------------------------------------------ */

static void move(struct trainer *t, uint32_t feature, int by)
{
	size_t at = feature >> (32 - WEIGHT_BITS);
	t->weights[at] = (int16_t)(t->weights[at] + by);
	t->sums[at] += by * t->now;
}

static void correct(struct trainer *t, const struct segment_window *w, const bool *gold, const bool *said)
{
	struct segment_features f;
	for (size_t i = 1; i < w->n; i++) {
		bool gold_linked = gold[i] && gold[i - 1], said_linked = said[i] && said[i - 1];
		if (gold[i] == said[i] && gold_linked == said_linked)
			continue;
		segment_features(w, i, &f);
		for (size_t k = 0; k < SEGMENT_OWN && gold[i] != said[i]; k++)
			move(t, f.own[k], gold[i] ? 1 : -1);
		for (size_t k = 0; k < SEGMENT_LINKED && gold_linked != said_linked; k++)
			move(t, f.linked[k], gold_linked ? 1 : -1);
	}
}

static void window_fill(struct segment_window *w, const struct segmenter *s, struct str tokens)
{
	memset(w, 0, sizeof *w);
	for (struct str token; w->n < SEGMENT_TOKENS && segment_token_next(&tokens, true, &token);)
		segment_token_read(&w->t[w->n++ + SEGMENT_PAD], token);
	segment_window_match(s, w);
}

static size_t epoch(struct trainer *t, const struct segmenter *s, struct rng *rng)
{
	static struct segment_window w;
	bool said[SEGMENT_TOKENS];
	size_t wrong = 0;
	for (size_t i = t->n; i > 1; i--) {
		size_t j = rng_next(rng) % i;
		struct sentence swap = t->s[i - 1];
		t->s[i - 1] = t->s[j];
		t->s[j] = swap;
	}
	for (size_t i = 0; i < t->n; i++) {
		window_fill(&w, s, t->s[i].tokens);
		segment_label(s, &w, said);
		t->now++;
		if (memcmp(said, t->s[i].joins, w.n * sizeof *said)) {
			correct(t, &w, t->s[i].joins, said);
			wrong++;
		}
	}
	return wrong;
}

static void average(struct trainer *t)
{
	for (size_t i = 0; i < (size_t)1 << WEIGHT_BITS; i++) {
		double mean = t->weights[i] - (double)t->sums[i] / (double)(t->now + 1);
		double scaled = mean * SEGMENT_SCALE + (mean < 0 ? -0.5 : 0.5);
		t->weights[i] = (int16_t)MAX(-32767.0, MIN(32767.0, scaled));
	}
}

static bool model_write(const struct trainer *t, const char *file)
{
	struct segment_header h = { .magic = "VISEGM\n", .version = SEGMENT_VERSION, .dict_bits = DICT_BITS, .weight_bits = WEIGHT_BITS };
	size_t dict = (size_t)4 << DICT_BITS, weights = (size_t)2 << WEIGHT_BITS;
	uLong crc = crc32_z(0, (const Bytef *)t->dict, dict);
	h.crc = (uint32_t)crc32_z(crc, (const Bytef *)t->weights, weights);
	FILE *f = fopen(file, "wb");
	bool ok = f && fwrite(&h, sizeof h, 1, f) == 1 && fwrite(t->dict, dict, 1, f) == 1 && fwrite(t->weights, weights, 1, f) == 1;
	return (f ? !fclose(f) : false) && ok;
}

int main(int argc, char **argv)
{
	struct arena mem = { 0 };
	struct trainer t = { .mem = &mem };
	struct rng rng = { 20251122 };
	if (argc < 4) {
		fputs("usage: train_segment OUT WORDS GOLD.conllu...\n", stderr);
		return 2;
	}
	t.dict = NEW_ARRAY(&mem, uint32_t, (size_t)1 << DICT_BITS);
	t.weights = NEW_ARRAY(&mem, int16_t, (size_t)1 << WEIGHT_BITS);
	t.sums = NEW_ARRAY(&mem, int64_t, (size_t)1 << WEIGHT_BITS);
	words_read(&t, argv[2]);
	for (int i = 3; i < argc; i++)
		gold_read(&t, argv[i]);
	printf("%zu words, %zu entries, %zu sentences\n", t.words, t.entries, t.n);
	struct segmenter s = { t.dict, DICT_BITS, t.weights, WEIGHT_BITS, 0 };
	for (int e = 1; e <= EPOCHS; e++)
		printf("epoch %d: %zu sentences wrong\n", e, epoch(&t, &s, &rng));
	average(&t);
	bool ok = model_write(&t, argv[1]);
	arena_done(&mem);
	return ok ? 0 : 1;
}
