/*
 * digest_paper - the digest as an official paper, in the order of form 5.5: I highlights, II what must be handled,
 * III the province's policies in the press, IV figures, V corrections. In Vietnamese whatever the page's language:
 * it is a paper of the administration.
 */
#include "rooms/trends/digest.h"

#include "make/paper.h"

struct word_of { const char *key, *vi; };

static const char *in_words(const struct word_of *words, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(key, str_z(words[i].key)))
			return words[i].vi;
	return "chưa xác định";
}

static const struct word_of tones[] = { { "good", "tích cực" }, { "neutral", "trung lập" }, { "bad", "tiêu cực" } };
static const struct word_of stances[] = { { "favourable", "có lợi" }, { "neither", "không nghiêng" }, { "unfavourable", "bất lợi" } };
static const struct word_of proposals[] = { { "answer", "trả lời" }, { "explain", "giải thích" }, { "check", "kiểm tra" },
	                                    { "follow", "theo dõi" } };

static const struct word_of fields[] = {
	{ "economy_budget", "kinh tế – ngân sách" },
	{ "land_environment", "đất đai – môi trường" },
	{ "agriculture_rural", "nông nghiệp – nông thôn" },
	{ "construction_transport", "xây dựng – giao thông" },
	{ "health", "y tế" },
	{ "education", "giáo dục" },
	{ "culture_sport_tourism", "văn hóa – thể thao – du lịch" },
	{ "labour_welfare", "lao động – an sinh xã hội" },
	{ "justice_order", "tư pháp – an ninh trật tự" },
	{ "science_digital", "khoa học – chuyển đổi số" },
	{ "home_affairs", "nội vụ – tổ chức bộ máy" },
	{ "other", "lĩnh vực khác" },
};

static const struct { int section; const char *title; } sections[] = {
	{ 1, "I. TIN NỔI BẬT" },
	{ 2, "II. PHẢN ÁNH, KIẾN NGHỊ CẦN XỬ LÝ" },
	{ 3, "III. CHÍNH SÁCH CỦA TỈNH TRÊN BÁO" },
	{ 4, "IV. SỐ LIỆU 24 GIỜ" },
	{ 5, "V. CẢI CHÍNH, PHẢN HỒI ĐÃ ĐĂNG" },
};

static void put_quotes(struct cx *cx, struct paper *p, const struct digest_item *it)
{
	for (size_t i = 0; i < it->nquotes; i++) {
		const struct digest_quote *q = &it->quotes[i];
		paper_paragraph(p, S(""));
		paper_run(p, str_fmt(cx->mem, "“%.*s” ", FMT(q->text)), RUN_PLAIN);
		paper_run(p, S("("), RUN_PLAIN);
		paper_link(p, q->outlet, q->url);
		paper_run(p, S(")"), RUN_PLAIN);
	}
}

static void put_item(struct cx *cx, struct paper *p, const struct digest_item *it)
{
	paper_item(p, S(""));
	paper_run(p, it->title, RUN_BOLD);
	paper_run(p, str_fmt(cx->mem, " (%.*s, %.*s; %lld tin, bài của %lld cơ quan báo chí). Lĩnh vực: %s. Sắc thái: %s; %s%s.", FMT(it->first.outlet_name),
	                     FMT(time_vi(cx->mem, it->first.published_at)), (long long)it->n, (long long)it->outlets,
	                     in_words(fields, COUNT(fields), it->topic), in_words(tones, COUNT(tones), it->first.tone), in_words(stances, COUNT(stances), it->first.stance),
	                     it->confirmed ? "" : " (chưa kiểm duyệt)"), RUN_PLAIN);
	put_quotes(cx, p, it);
	paper_paragraph(p, S(""));
	paper_run(p, str_fmt(cx->mem, "Đề xuất: %s.", in_words(proposals, COUNT(proposals), it->proposal)), RUN_ITALIC);
	if (it->note.n)
		paper_run(p, str_fmt(cx->mem, " %.*s", FMT(it->note)), RUN_PLAIN);
}

static void put_figures(struct cx *cx, struct paper *p, const struct digest *d)
{
	const struct { const char *what; struct str n; } rows[] = {
		{ "Tin, bài trong 24 giờ trước 07:00", str_fmt(cx->mem, "%lld", (long long)d->articles) },
		{ "Sự việc liên quan cơ quan công quyền", str_fmt(cx->mem, "%lld", (long long)d->stories) },
		{ "Nguồn hoạt động/tổng số nguồn", str_fmt(cx->mem, "%lld/%lld", (long long)d->outlets_alive, (long long)d->outlets_known) },
	};
	static const int shares[] = { 3, 1 }; /* the paper keeps the pointer */
	paper_table(p, 2, shares);
	paper_cell(p, S("Chỉ tiêu"), RUN_BOLD);
	paper_cell(p, S("Số lượng"), RUN_BOLD);
	for (size_t i = 0; i < COUNT(rows); i++) {
		paper_cell(p, str_z(rows[i].what), RUN_PLAIN);
		paper_cell(p, rows[i].n, RUN_PLAIN);
	}
}

static void put_section(struct cx *cx, struct paper *p, const struct digest *d, const struct digest_item_list *list, int section)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].section == section && ++n)
			put_item(cx, p, &list->v[i]);
	if (section == 4)
		put_figures(cx, p, d);
	else if (!n)
		paper_paragraph(p, S("Không có."));
}

static bool all_confirmed(const struct digest_item_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (!list->v[i].confirmed)
			return false;
	return true;
}

enum err digest_paper(struct cx *cx, const struct digest *d, struct str province, struct paper **ret)
{
	struct digest_item_list list;
	struct paper *p = paper_new(cx->mem);
	struct date day = date_of(d->day);
	TRY(digest_items(cx, d, &list));
	p->head.kind = S("ĐIỂM BÁO NGÀY");
	p->head.about = str_fmt(cx->mem, "Ngày %02d tháng %02d năm %04d", day.day, day.month, day.year);
	p->head.agency = province;
	p->head.place_date = day_vi(cx->mem, d->day);
	if (!str_eq(d->state, S("approved")))
		p->note = S("Bản nháp, chưa được duyệt");
	else if (!all_confirmed(&list))
		p->note = S("Nhãn ghi “chưa kiểm duyệt” do máy gán, chưa có người xác nhận");
	if (d->intro.n)
		paper_paragraph(p, d->intro);
	for (size_t i = 0; i < COUNT(sections); i++) {
		paper_heading(p, 1, str_z(sections[i].title));
		put_section(cx, p, d, &list, sections[i].section);
	}
	*ret = p;
	return OK;
}
