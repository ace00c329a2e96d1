/* near_test - copies of every kind are found, citations are not, and an index stays within its bounds. */
#include "text/near.h"

#include "base/test.h"

/* `n` made-up syllables, from a numbered source of its own. */
static struct str prose(struct arena *mem, uint64_t source, size_t n)
{
	static const char *const head[] = { "tr", "ng", "kh", "ph", "đ", "b", "m", "l", "th", "v", "c", "s" };
	static const char *const tail[] = { "ường", "ệnh", "ấp", "ơi", "iện", "ong", "ăn", "ột", "uyên", "ải", "ực", "ình" };
	struct rng r = { source * 7919 + 1 };
	struct text t = text_new(mem);
	for (size_t i = 0; i < n; i++) {
		uint64_t x = rng_next(&r);
		text_fmt(&t, "%s%s%s%s", head[x % 12], tail[x / 12 % 12], x / 144 % 5 ? "" : "h", i % 17 == 16 ? ". " : " ");
	}
	return text_str(&t);
}

static struct near_print print_of(struct str text)
{
	return near_print_of(test_mem(), S(""), text);
}

static struct near_answer between(struct str later, struct str earlier)
{
	struct near_print a = print_of(later), b = print_of(earlier);
	return near_compare(&a, &b);
}

static struct str joined(struct str a, struct str b)
{
	return str_fmt(test_mem(), "%.*s %.*s", FMT(a), FMT(b));
}

TEST(lost_marks_case_spacing_and_quotes_do_not_make_another_text)
{
	struct near_answer r = between(S("TP  Da Nang: “Dem phao hoa” quoc te khai mac toi nay ben song Han"),
		S("TP Đà Nẵng: \"Đêm pháo hoa\" quốc tế khai mạc tối nay bên sông Hàn"));
	CHECK_INT(r.kind, NEAR_SAME);
	CHECK_NEAR(r.similarity, 1, 0);
}

TEST(a_decomposed_text_is_the_same_text)
{
	CHECK_INT(between(S("Hu\xc3\xaa\xcc\x81 m\xc6\xb0" "a l\xe1\xbb\x9bn"), S("Huế mưa lớn")).kind, NEAR_SAME);
}

TEST(a_text_cut_shorter_or_with_a_new_lead_is_edited_and_one_with_more_after_it_extended)
{
	struct str whole = prose(test_mem(), 1, 400), more = prose(test_mem(), 2, 260), lead = prose(test_mem(), 3, 40);
	CHECK_INT(between(str_sub(whole, 0, whole.n * 6 / 10), whole).kind, NEAR_EDITED);
	CHECK_INT(between(joined(lead, whole), whole).kind, NEAR_EDITED);
	CHECK_INT(between(joined(whole, more), whole).kind, NEAR_EXTENDED);
}

TEST(a_cited_part_does_not_make_a_copy)
{
	struct str cited = prose(test_mem(), 4, 300), own = prose(test_mem(), 5, 300);
	struct near_answer r = between(joined(own, str_sub(cited, 0, cited.n * 3 / 10)), cited);
	CHECK_INT(r.kind, NEAR_CITES);
	CHECK(r.contained > 0.2 && r.contained < 0.4);
	CHECK_INT(between(own, cited).kind, NEAR_OTHER);
}

TEST(a_text_with_a_fifth_of_its_words_changed_is_edited_though_few_triples_are_left)
{
	struct str whole = prose(test_mem(), 6, 500), rest = whole, word;
	struct text t = text_new(test_mem());
	struct rng r5 = { 6 };
	while (str_split(&rest, ' ', &word)) {
		word = rng_next(&r5) % 5 ? word : S("khác");
		text_fmt(&t, "%.*s ", FMT(word));
	}
	struct near_answer r = between(text_str(&t), whole);
	CHECK(r.similarity < 0.43);
	CHECK_INT(r.kind, NEAR_EDITED);
}

TEST(half_a_text_inside_another_of_its_length_is_cited_not_copied)
{
	struct str cited = prose(test_mem(), 7, 400), own = prose(test_mem(), 8, 400);
	struct near_answer r = between(joined(str_sub(own, 0, own.n / 2), str_sub(cited, 0, cited.n / 2)), cited);
	CHECK(r.similarity > 0.24 && r.similarity < 0.43);
	CHECK_INT(r.kind, NEAR_CITES);
}

TEST(short_texts_are_compared_exactly)
{
	CHECK_INT(between(S("Bão"), S("bão")).kind, NEAR_SAME);
	CHECK_INT(between(S("Bão số 5"), S("Bão số 6")).kind, NEAR_OTHER);
	CHECK_INT(between(S("Giá xăng giảm từ 15 giờ chiều nay"), S("Giá xăng tăng từ 15 giờ chiều nay")).kind, NEAR_OTHER);
	CHECK_INT(between(S(""), S("")).kind, NEAR_OTHER);
	CHECK_INT(between(S("... !!!"), S("... !!!")).kind, NEAR_OTHER);
}

TEST(the_first_of_a_family_is_named_for_each_of_its_copies)
{
	struct near_index *ix = near_new(test_mem(), 1000, 30);
	struct str base = prose(test_mem(), 10, 200);
	struct near_print first = print_of(base), second = print_of(joined(S("Cập nhật lúc 9 giờ"), base)), other = print_of(prose(test_mem(), 11, 200));
	CHECK_INT(near_add(ix, 1, 0, &first).first, 1);
	CHECK_INT(near_add(ix, 2, 10, &other).first, 2);
	struct near_answer r = near_add(ix, 3, 20, &second), again = near_add(ix, 4, 30, &second);
	CHECK_INT(r.first, 1);
	CHECK(r.similarity > 0.9);
	CHECK_INT(again.first, 1);
	CHECK_INT(again.of, 3);
	near_done(ix);
}

TEST(an_article_is_forgotten_after_its_days)
{
	struct near_index *ix = near_new(test_mem(), 1000, 30);
	struct near_print p = print_of(prose(test_mem(), 12, 100));
	near_add(ix, 1, 0, &p);
	CHECK_INT(near_add(ix, 2, 30 * 86400, &p).first, 1);
	CHECK_INT(near_add(ix, 3, 60 * 86400 + 1, &p).first, 3);
	CHECK_INT(near_held(ix), 1);
	near_done(ix);
}

TEST(an_index_never_holds_more_than_its_room)
{
	struct near_index *ix = near_new(test_mem(), 2048, 30);
	size_t most = 0;
	for (int i = 1; i <= 6000; i++) {
		struct near_print p = print_of(prose(test_mem(), 100 + (uint64_t)i, 30));
		near_add(ix, i, i, &p);
		most = MAX(most, near_bytes(ix));
	}
	CHECK_INT(near_held(ix), 2048);
	CHECK(most < 3 << 20);
	near_done(ix);
}

TEST(a_print_survives_being_written_and_a_damaged_one_is_refused)
{
	struct near_print p = print_of(prose(test_mem(), 20, 90)), back;
	unsigned char bytes[NEAR_PRINT_BYTES];
	struct fault fault;
	near_print_write(&p, bytes);
	CHECK_INT(near_print_read((struct str){ (char *)bytes, sizeof bytes }, &back, &fault), OK);
	CHECK(!memcmp(p.at, back.at, sizeof p.at) && !memcmp(p.low, back.low, sizeof p.low) && p.shingles == back.shingles);
	CHECK_INT(near_print_read((struct str){ (char *)bytes, sizeof bytes - 1 }, &back, &fault), ERR_INPUT);
	memset(bytes + 6, 0xff, 8);
	CHECK_INT(near_print_read((struct str){ (char *)bytes, sizeof bytes }, &back, &fault), ERR_INPUT);
}
