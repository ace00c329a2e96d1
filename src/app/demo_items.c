/*
 * demo_items - 150 written articles on their days, and for every day six to fourteen routine notices, chosen and filled
 * in by a hash of the day. The tables are our own, so what is wrong in them is a bug.
 */
#include "app/demo_items.h"

#include "base/json.h"
#include "text/viet.h"

#include <stdlib.h>

extern const char embed_articles_jsonl[], embed_outlets_tsv[], embed_notices_tsv[], embed_places_tsv[];

enum { COLUMNS = 8 };

/* The next line that is not the head, split at tabs. */
static bool row(struct str *rest, struct str ret[COLUMNS])
{
	struct str line;
	do
		if (!str_split(rest, '\n', &line))
			return false;
	while (!line.n);
	for (int i = 0; i < COLUMNS; i++)
		if (!str_split(&line, '\t', &ret[i]))
			ret[i] = S("");
	return true;
}

void demo_read(struct demo *d)
{
	struct str rest = str_z(embed_outlets_tsv), c[COLUMNS];
	row(&rest, c);
	while (row(&rest, c)) {
		GROW(d->mem, d->outlets, d->noutlets, d->outlets_cap);
		d->outlets[d->noutlets++] = (struct demo_outlet){ .id = c[0], .name = c[1], .kind = c[2], .home = c[3], .licence = c[4] };
	}
	rest = str_z(embed_places_tsv);
	row(&rest, c);
	while (row(&rest, c))
		if (str_eq(c[1], S("commune"))) {
			GROW(d->mem, d->communes, d->ncommunes, d->communes_cap);
			d->communes[d->ncommunes++] = c[2];
		}
}

static const struct demo_outlet *outlet(const struct demo *d, struct str id)
{
	for (size_t i = 0; i < d->noutlets; i++)
		if (str_eq(d->outlets[i].id, id))
			return &d->outlets[i];
	BUG_IF(true);
}

static int64_t clock_seconds(struct str s)
{
	int64_t h, m;
	BUG_IF(!str_int(str_sub(s, 0, 2), &h) || !str_int(str_sub(s, 3, 5), &m));
	return h * HOUR + m * 60;
}

static void add(struct demo *d, const struct intake_item *item, int64_t now)
{
	if (item->published_at > now)
		return;
	GROW(d->mem, d->items, d->nitems, d->items_cap);
	d->items[d->nitems++] = *item;
}

/* The days of the three planted events (demo/README.md). */
static bool is_event(int64_t ago)
{
	return ago <= 1 || (ago >= 38 && ago <= 40) || (ago >= 74 && ago <= 75);
}

/* What makes news is told on: two other outlets bring the article again within hours. */
static void reprints(struct demo *d, const struct intake_item *first, int64_t now)
{
	struct rng r = { hash64(first->url.p, first->url.n, 1) };
	for (int i = 0; i < 2; i++) {
		const struct demo_outlet *o = &d->outlets[rng_next(&r) % d->noutlets];
		struct intake_item it = *first;
		if (o->row == first->outlet)
			continue;
		it.outlet = o->row;
		it.source = o->source;
		it.outlet_kind = o->kind;
		it.url = str_fmt(d->mem, "%.*sdan-lai/%016llx.html", FMT(o->home), (unsigned long long)rng_next(&r));
		it.body = str_fmt(d->mem, "%.*s Theo bài đã đăng trước đó trên báo bạn.", FMT(first->body));
		it.published_at += 1800 + (int64_t)(rng_next(&r) % 10800);
		add(d, &it, now);
	}
}

static void written(struct demo *d, int64_t now)
{
	struct str rest = str_z(embed_articles_jsonl), line;
	while (str_split(&rest, '\n', &line)) {
		if (!line.n)
			continue;
		json_t *o = json_loadb(line.p, line.n, 0, NULL);
		BUG_IF(!o);
		const struct demo_outlet *from = outlet(d, json_member(d->mem, o, "outlet"));
		int64_t day = day_of(now) - json_integer_value(json_object_get(o, "ago_days"));
		struct intake_item it = { .outlet = from->row, .source = from->source, .outlet_kind = from->kind, .url = json_member(d->mem, o, "link"),
			.title = json_member(d->mem, o, "title"), .lead = json_member(d->mem, o, "summary"), .body = json_member(d->mem, o, "text"),
			.published_at = day_start(day) + clock_seconds(json_member(d->mem, o, "clock")) };
		add(d, &it, now);
		if (is_event(json_integer_value(json_object_get(o, "ago_days"))))
			reprints(d, &it, now);
		json_decref(o);
	}
}

/* ---- notices -------------------------------------------------------------------------------------------------- */

struct slots { struct str upper, lower, day; int number; };

static struct str fill(struct demo *d, struct str s, const struct slots *v)
{
	static const struct str names[] = { S_INIT("{Xã}"), S_INIT("{xã}"), S_INIT("{ngày}"), S_INIT("{số}") };
	const struct str values[] = { v->upper, v->lower, v->day, str_fmt(d->mem, "%d", v->number) };
	struct text t = text_new(d->mem);
	while (s.n) {
		size_t k = 0;
		while (k < COUNT(names) && !str_starts(s, names[k]))
			k++;
		if (k < COUNT(names))
			text_add(&t, values[k]);
		else
			text_c(&t, s.p[0]);
		s = str_sub(s, k < COUNT(names) ? names[k].n : 1, s.n);
	}
	return text_str(&t);
}

static struct str first_small(struct demo *d, struct str s)
{
	struct str rest = s;
	uint32_t cp;
	utf8_next(&rest, &cp);
	struct str head = viet_lower(d->mem, str_sub(s, 0, s.n - rest.n));
	return str_fmt(d->mem, "%.*s%.*s", FMT(head), FMT(rest));
}

static struct str choose(struct str list, uint64_t h)
{
	struct str rest = list, one;
	size_t n = 0;
	while (str_split(&rest, ',', &one))
		n++;
	rest = list;
	for (size_t i = 0; i <= h % n; i++)
		str_split(&rest, ',', &one);
	return str_trim(one);
}

static struct slots slots_of(struct demo *d, int64_t day, struct rng *r)
{
	struct slots v = { .upper = d->communes[rng_next(r) % d->ncommunes], .number = 5 + (int)(rng_next(r) % 56) };
	struct date on = date_of(day + (int64_t)(rng_next(r) % 4));
	v.lower = first_small(d, v.upper);
	v.day = str_fmt(d->mem, "%02d/%02d", on.day, on.month);
	return v;
}

static void notice(struct demo *d, const struct str c[COLUMNS], int64_t day, int64_t now)
{
	struct rng r = { hash64(c[0].p, c[0].n, (uint64_t)day) };
	const struct demo_outlet *from = outlet(d, choose(c[1], rng_next(&r)));
	struct slots v = slots_of(d, day, &r);
	struct str details = c[7], one, body = fill(d, c[6], &v);
	size_t skip = rng_next(&r) % 3;
	for (size_t i = 0; str_split(&details, '|', &one); i++)
		if (i != skip)
			body = str_fmt(d->mem, "%.*s %.*s", FMT(body), FMT(fill(d, one, &v)));
	struct intake_item it = { .outlet = from->row, .source = from->source, .outlet_kind = from->kind, .title = fill(d, c[5], &v),
		.lead = fill(d, c[6], &v), .body = body,
		.published_at = day_start(day) + clock_seconds(c[3]) + (int64_t)(rng_next(&r) % 3600) - 1800 };
	it.url = str_fmt(d->mem, "%.*sthong-bao/%lld-%.*s.html", FMT(from->home), (long long)day, FMT(c[0]));
	add(d, &it, now);
}

static bool on_weekday(struct str days, int weekday)
{
	char day = (char)('1' + weekday);
	return days.n >= 3 && day >= days.p[0] && day <= days.p[2];
}

static void notices_of_day(struct demo *d, int64_t day, int64_t now)
{
	struct rng r = { (uint64_t)day };
	size_t wanted = (weekday_of(day) < 5 ? 9 : 6) + rng_next(&r) % (weekday_of(day) < 5 ? 6 : 3);
	struct str rest = str_z(embed_notices_tsv), c[COLUMNS];
	row(&rest, c);
	size_t all = 0;
	for (struct str count = rest; row(&count, c);)
		all++;
	for (size_t left = all; row(&rest, c); left--)
		if (rng_next(&r) % left < wanted && on_weekday(c[2], weekday_of(day))) {
			notice(d, c, day, now);
			wanted--;
		}
}

static int by_time(const void *x, const void *y)
{
	const struct intake_item *a = x, *b = y;
	if (a->published_at != b->published_at)
		return a->published_at < b->published_at ? -1 : 1;
	return str_cmp(a->url, b->url);
}

void demo_items(struct demo *d, int64_t now)
{
	written(d, now);
	for (int64_t day = day_of(now) - DEMO_DAYS + 1; day <= day_of(now); day++)
		notices_of_day(d, day, now);
	qsort(d->items, d->nitems, sizeof *d->items, by_time);
}
