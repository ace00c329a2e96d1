/* The demonstration province is data that officers read: what its README promises is tested here. */
#include <jansson.h>

#include "base/map.h"
#include "base/test.h"

enum { FIELDS_MOST = 12 };

static bool fields_next(struct str *rest, struct str *ret, size_t want)
{
	struct str line;
	do {
		if (!str_split(rest, '\n', &line))
			return false;
	} while (!line.n);
	size_t n = 0;
	for (struct str piece; n < FIELDS_MOST && str_split(&line, '\t', &piece);)
		ret[n++] = piece;
	while (n < want && n < FIELDS_MOST)
		ret[n++] = S("");
	CHECK_INT(n, want);
	return true;
}

/* The first column of a table, each name once. */
static struct map keys(const char *path, size_t columns)
{
	struct map m = map_new(test_mem());
	struct str rest = test_file(path), f[FIELDS_MOST];
	CHECK(fields_next(&rest, f, columns));
	while (fields_next(&rest, f, columns)) {
		int64_t *seen = map_at(&m, f[0]);
		CHECK_INT(*seen, 0);
		*seen = 1;
	}
	return m;
}

static struct str get(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	CHECK(s && *s);
	return str_z(s);
}

static void once(struct map *seen, struct str s)
{
	int64_t *n = map_at(seen, arena_str(test_mem(), s));
	CHECK_INT(*n, 0);
	*n = 1;
}

static int sentences(struct str s)
{
	int n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] == '.' || s.p[i] == '?' || s.p[i] == '!') && (i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i + 1] == ')');
	return n;
}

static void article_check(json_t *o, struct map *outlets, struct map *seen)
{
	once(seen, get(o, "id"));
	once(seen, get(o, "title"));
	once(seen, get(o, "text"));
	once(seen, get(o, "link"));
	CHECK(map_get(outlets, get(o, "outlet")));
	CHECK(str_find(get(o, "link"), S(".example/")) > 0);
	CHECK(get(o, "summary").n > 40);
	CHECK(sentences(get(o, "text")) >= 3);
	json_t *ago = json_object_get(o, "ago_days"), *sections = json_object_get(o, "sections");
	CHECK(json_is_integer(ago) && json_integer_value(ago) >= 0 && json_integer_value(ago) < 120);
	CHECK(json_array_size(sections) > 0);
	struct str clock = get(o, "clock");
	CHECK(clock.n == 5 && clock.p[2] == ':' && str_cmp(clock, S("24:00")) < 0 && clock.p[3] < '6');
}

TEST(the_articles_of_the_demonstration_are_as_its_readme_says)
{
	struct map outlets = keys("demo/outlets.tsv", 5), seen = map_new(test_mem());
	struct str rest = test_file("demo/articles.jsonl"), line;
	size_t n = 0, events[3] = { 0 };
	while (str_split(&rest, '\n', &line)) {
		if (!line.n)
			continue;
		json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
		CHECK(o);
		article_check(o, &outlets, &seen);
		struct str text = str_fmt(test_mem(), "%s %s %s", get(o, "title").p, get(o, "summary").p, get(o, "text").p);
		json_int_t ago = json_integer_value(json_object_get(o, "ago_days"));
		events[0] += ago <= 3 && (str_find(text, S("bồi thường")) >= 0 || str_find(text, S("Đường ven sông")) >= 0);
		events[1] += ago >= 36 && ago <= 40 && str_find(text, S("nước")) >= 0;
		events[2] += ago >= 73 && ago <= 76 && str_find(text, S("chợ")) >= 0;
		json_decref(o);
		n++;
	}
	CHECK(n >= 150 && events[0] >= 20 && events[1] >= 14 && events[2] >= 10);
}

TEST(the_places_and_bodies_of_the_demonstration_hang_together)
{
	struct map places = keys("demo/places.tsv", 6), bodies = keys("demo/bodies.tsv", 4);
	CHECK(places.n == 25 && bodies.n >= 40);
	struct str rest = test_file("demo/places.tsv"), f[FIELDS_MOST];
	CHECK(fields_next(&rest, f, 6));
	while (fields_next(&rest, f, 6)) {
		bool province = str_eq(f[1], S("province"));
		CHECK(province ? !f[3].n : str_eq(f[1], S("commune")) && map_get(&places, f[3]));
		CHECK(province || map_get(&bodies, str_fmt(test_mem(), "UB%.*s", FMT(f[0]))));
	}
}

/* Every brace belongs to a known slot. */
static void slots_check(struct str s)
{
	static const struct str known[] = { S_INIT("{xã}"), S_INIT("{Xã}"), S_INIT("{ngày}"), S_INIT("{số}") };
	for (ptrdiff_t at; (at = str_chr(s, '{')) >= 0; s = str_sub(s, (size_t)at + 1, s.n)) {
		bool found = false;
		for (size_t i = 0; i < COUNT(known); i++)
			found = found || str_starts(str_sub(s, (size_t)at, s.n), known[i]);
		CHECK(found);
	}
}

TEST(the_notices_of_the_demonstration_use_known_slots_and_outlets)
{
	struct map outlets = keys("demo/outlets.tsv", 5), notices = keys("demo/notices.tsv", 8);
	CHECK(notices.n >= 60);
	struct str rest = test_file("demo/notices.tsv"), f[FIELDS_MOST], id;
	CHECK(fields_next(&rest, f, 8));
	while (fields_next(&rest, f, 8)) {
		for (size_t i = 5; i < 8; i++)
			slots_check(f[i]);
		while (str_split(&f[1], ',', &id))
			CHECK(map_get(&outlets, id));
		CHECK(f[2].n == 3 && f[2].p[0] >= '1' && f[2].p[0] <= f[2].p[2] && f[2].p[2] <= '7');
		CHECK(str_find(f[5], S("{xã}")) >= 0 || str_find(f[5], S("{Xã}")) >= 0);
	}
}
