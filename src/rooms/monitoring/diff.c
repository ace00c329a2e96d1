/*
 * diff - longest common subsequence of words (Hunt and McIlroy 1976 describe the problem; the table here is the plain
 * dynamic programme, for changed stretches of articles are short once equal ends are cut off).
 */
#include "rooms/monitoring/diff.h"

enum { CELLS_MOST = 4000000 };

struct words { struct str *v; size_t n, cap; }; /* each with the white space after it */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct words cut(struct arena *mem, struct str s)
{
	struct words w = { 0 };
	for (size_t at = 0; at < s.n;) {
		size_t to = at;
		while (to < s.n && !is_space(s.p[to]))
			to++;
		while (to < s.n && is_space(s.p[to]))
			to++;
		GROW(mem, w.v, w.n, w.cap);
		w.v[w.n++] = str_sub(s, at, to);
		at = to;
	}
	return w;
}

static bool same(struct str a, struct str b)
{
	return str_eq(str_trim(a), str_trim(b));
}

struct out { struct arena *mem; struct diff d; size_t cap; };

/* A neighbour of the same kind grows; slices of one text that touch stay one slice. */
static void put_word(struct out *o, enum diff_kind kind, struct str s)
{
	struct diff_piece *last = o->d.n ? &o->d.v[o->d.n - 1] : NULL;
	if (last && last->kind == kind && last->s.p + last->s.n == s.p) {
		last->s.n += s.n;
		return;
	}
	GROW(o->mem, o->d.v, o->d.n, o->cap);
	o->d.v[o->d.n++] = (struct diff_piece){ kind, s };
}

struct stretch { const struct str *v; size_t n; };

static void put_all(struct out *o, enum diff_kind kind, struct stretch s)
{
	for (size_t i = 0; i < s.n; i++)
		put_word(o, kind, s.v[i]);
}

/* t[i][j]: the most words that a[i…] and b[j…] have in common. */
static uint16_t *table_of(struct arena *mem, struct stretch a, struct stretch b)
{
	size_t w = b.n + 1;
	uint16_t *t = NEW_ARRAY(mem, uint16_t, (a.n + 1) * w);
	for (size_t i = a.n; i-- > 0;)
		for (size_t j = b.n; j-- > 0;)
			t[i * w + j] = same(a.v[i], b.v[j]) ? (uint16_t)(t[(i + 1) * w + j + 1] + 1) : MAX(t[(i + 1) * w + j], t[i * w + j + 1]);
	return t;
}

static void put_changed(struct out *o, struct stretch a, struct stretch b)
{
	if (!a.n || !b.n || a.n > UINT16_MAX || b.n > UINT16_MAX || (a.n + 1) * (b.n + 1) > CELLS_MOST) {
		put_all(o, DIFF_GONE, a);
		put_all(o, DIFF_NEW, b);
		return;
	}
	uint16_t *t = table_of(o->mem, a, b);
	size_t i = 0, j = 0, w = b.n + 1;
	while (i < a.n && j < b.n) {
		if (same(a.v[i], b.v[j])) {
			put_word(o, DIFF_SAME, b.v[j++]);
			i++;
		} else if (t[(i + 1) * w + j] >= t[i * w + j + 1]) {
			put_word(o, DIFF_GONE, a.v[i++]);
		} else {
			put_word(o, DIFF_NEW, b.v[j++]);
		}
	}
	put_all(o, DIFF_GONE, (struct stretch){ a.v + i, a.n - i });
	put_all(o, DIFF_NEW, (struct stretch){ b.v + j, b.n - j });
}

void diff_words(struct arena *mem, struct str old, struct str fresh, struct diff *ret)
{
	struct words a = cut(mem, old), b = cut(mem, fresh);
	struct out o = { .mem = mem };
	size_t head = 0, tail = 0;
	while (head < a.n && head < b.n && same(a.v[head], b.v[head]))
		head++;
	while (tail < a.n - head && tail < b.n - head && same(a.v[a.n - tail - 1], b.v[b.n - tail - 1]))
		tail++;
	put_all(&o, DIFF_SAME, (struct stretch){ b.v, head });
	put_changed(&o, (struct stretch){ a.v + head, a.n - head - tail }, (struct stretch){ b.v + head, b.n - head - tail });
	put_all(&o, DIFF_SAME, (struct stretch){ b.v + b.n - tail, tail });
	*ret = o.d;
}
