/*
 * press_test - the invented press, and a look whether the rows agree with each other.
 */
#include "rooms/monitoring/press_test.h"

#include "base/test.h"
#include "people/may.h"
#include "rooms/monitoring/outlet.h"
#include "store/store_test.h"
#include "text/label.h"

enum { SENTENCES = 7, TOLD = 5 };

static const struct { const char *title, *sentences[SENTENCES]; } matters[PRESS_MATTERS] = {
	{ "Cầu Khe Lau sập nhịp giữa", {
		"Nhịp giữa cầu Khe Lau bị sập sau trận mưa lớn rạng sáng.", "Giao thông qua cầu Khe Lau phải tạm dừng.",
		"Sở Xây dựng cử đoàn kiểm tra trụ cầu Khe Lau ngay trong buổi sáng.", "Không có người bị thương khi nhịp cầu sập.",
		"Xe tải được hướng dẫn đi đường vòng qua đập Bến Đá.", "Ủy ban nhân dân tỉnh yêu cầu báo cáo nguyên nhân sập cầu.",
		"Người dân hai bờ suối đi đò trong lúc chờ sửa cầu Khe Lau." } },
	{ "Học sinh Suối Trong được miễn học phí", {
		"Trường tiểu học Suối Trong miễn học phí cho toàn bộ học sinh.", "Nghị quyết miễn học phí được hội đồng nhân dân thông qua.",
		"Phụ huynh Suối Trong phấn khởi vì con được miễn học phí.", "Sách giáo khoa cũng được phát không cho học sinh nghèo.",
		"Hiệu trưởng cho biết nhà trường sẽ xây thêm bốn phòng học.", "Sở Giáo dục khen ngợi cách làm của trường Suối Trong.",
		"Học phí các năm trước đã thu sẽ được hoàn trả." } },
	{ "Bệnh sốt xuất huyết lan ở Vạn Lúa", {
		"Trạm y tế Vạn Lúa ghi nhận bốn mươi ca sốt xuất huyết.", "Muỗi vằn sinh sôi trong các bể nước của phường Vạn Lúa.",
		"Đội phun thuốc diệt muỗi làm việc suốt đêm.", "Bệnh nhân sốt xuất huyết được chuyển lên bệnh viện tỉnh.",
		"Sở Y tế kêu gọi mỗi nhà lật úp đồ chứa nước.", "Số ca sốt xuất huyết tăng gấp đôi so với tháng trước.",
		"Bác sĩ khuyên không tự truyền dịch tại nhà." } },
	{ "Giá lúa Cồn Mây tăng mạnh", {
		"Thương lái trả giá cao kỷ lục cho lúa ở Cồn Mây.", "Nông dân Cồn Mây gặt sớm để kịp bán lúa được giá.",
		"Kho gạo xuất khẩu nhận thêm đơn hàng mới.", "Giá lúa thơm tăng thêm tám trăm đồng mỗi ký.",
		"Hợp tác xã ký bao tiêu toàn bộ vụ lúa.", "Sở Nông nghiệp khuyên nông dân không bỏ cọc.",
		"Máy gặt phải thuê từ huyện bên với giá cao." } },
};

void press_must(enum err e, const struct cx *cx)
{
	if (e)
		test_failed(__FILE__, __LINE__, cx->fault.detail);
}

void press_on_both(void (*body)(struct cx *cx))
{
	struct cx cx = test_cx();
	cx.who.roles = STAFF;
	body(&cx);
	test_cx_done(&cx);
	if (!test_cx_pg(&cx))
		return;
	cx.who.roles = STAFF;
	body(&cx);
	test_cx_done(&cx);
}

const struct labeller *press_labeller(void)
{
	static struct arena mem;
	static struct labeller *l;
	struct fault f;
	if (!l && labeller_new(&mem, NULL, &l, &f))
		test_failed(__FILE__, __LINE__, f.detail);
	return l;
}

static const struct { const char *name, *kind; } outlets[PRESS_OUTLETS] = {
	{ "Báo Tỉnh Mẫu", "print" }, { "Đài Sông Trăng", "radio_tv" }, { "Ngày Nay Mẫu", "online" } };

int64_t press_outlet(struct cx *cx, int which)
{
	int64_t id;
	press_must(outlet_find_or_add(cx, str_z(outlets[which].name), str_z(outlets[which].kind), S(""), &id), cx);
	return id;
}

struct intake_item press_item(struct cx *cx, int matter, int telling, int64_t at)
{
	struct text body = text_new(cx->mem);
	int which = telling % PRESS_OUTLETS, step = 1 + telling % (SENTENCES - 1);
	for (int i = 0; i < TOLD; i++)
		text_fmt(&body, "%s ", matters[matter].sentences[(telling + i * step) % SENTENCES]);
	text_fmt(&body, "Ghi nhận của phóng viên lần thứ %d.", telling);
	return (struct intake_item){ .outlet = press_outlet(cx, which), .outlet_kind = str_z(outlets[which].kind),
		.url = str_fmt(cx->mem, "https://bao-mau.example/%d/%d.html", matter, telling),
		.title = str_fmt(cx->mem, "%s: %s", matters[matter].title, matters[matter].sentences[(telling + 3) % SENTENCES]),
		.lead = str_z(matters[matter].sentences[telling % SENTENCES]), .body = text_str(&body), .published_at = at };
}

enum intake_state press_add(struct cx *cx, struct intake *in, const struct intake_item *item)
{
	struct prepared p;
	enum intake_state state;
	intake_prepare(press_labeller(), cx->mem, item, cx->now, &p);
	CHECK(!p.error.n);
	press_must(intake_batch(cx, in, &p, 1, &state), cx);
	return state;
}

SQL(press_id_of, "SELECT id FROM article WHERE url_key = $1");
SQL(press_story_of, "SELECT story FROM article WHERE url_key = $1");

int64_t press_id(struct cx *cx, const struct intake_item *item)
{
	int64_t id;
	press_must(db_number(cx, &press_id_of, ARGS(item->url), 0, &id), cx);
	return id;
}

int64_t press_story(struct cx *cx, const struct intake_item *item)
{
	int64_t id;
	press_must(db_number(cx, &press_story_of, ARGS(item->url), 0, &id), cx);
	return id;
}

int64_t press_count(struct cx *cx, const struct sql *q)
{
	int64_t n;
	press_must(db_number(cx, q, NO_ARGS, 0, &n), cx);
	return n;
}

#define TONES \
	"sum(CASE WHEN a.tone = 'good' THEN 1 ELSE 0 END) AS good, sum(CASE WHEN a.tone = 'bad' THEN 1 ELSE 0 END) AS bad," \
	" sum(CASE WHEN a.stance = 'unfavourable' THEN 1 ELSE 0 END) AS unfavourable," \
	" sum(CASE WHEN a.scope = 'vietnamese_public' THEN 1 ELSE 0 END) AS public," \
	" sum(CASE WHEN a.confirmed_at IS NULL THEN 0 ELSE 1 END) AS confirmed"
#define DIFFER "(r.n <> c.n OR r.good <> c.good OR r.bad <> c.bad OR r.unfavourable <> c.unfavourable OR r.public <> c.public OR r.confirmed <> c.confirmed)"
#define KNOWN "(SELECT kind, code, bucket, sum(n) AS n, sum(good) AS good, sum(bad) AS bad, sum(unfavourable) AS unfavourable," \
	" sum(public) AS public, sum(confirmed) AS confirmed FROM "
SQL(press_days_all,
    "SELECT count(*) FROM " KNOWN "rollup_day WHERE kind = 'all' GROUP BY kind, code, bucket) r LEFT JOIN (SELECT a.day AS bucket, count(*) AS n, "
    TONES " FROM article a GROUP BY a.day) c ON c.bucket = r.bucket WHERE (c.n IS NULL AND r.n <> 0) OR " DIFFER);
SQL(press_days_labels,
    "SELECT count(*) FROM " KNOWN "rollup_day WHERE kind IN ('topic', 'place', 'body') GROUP BY kind, code, bucket) r LEFT JOIN"
    " (SELECT l.kind, l.code, a.day AS bucket, count(*) AS n, " TONES " FROM article a JOIN article_label l ON l.article = a.id"
    " GROUP BY l.kind, l.code, a.day) c ON c.kind = r.kind AND c.code = r.code AND c.bucket = r.bucket WHERE (c.n IS NULL AND r.n <> 0) OR " DIFFER);
SQL(press_labels_uncounted,
    "SELECT count(*) FROM article_label l JOIN article a ON a.id = l.article LEFT JOIN rollup_day r ON r.kind = l.kind AND r.code = l.code"
    " AND r.bucket = a.day WHERE r.n IS NULL");
SQL(press_hours,
    "SELECT (SELECT COALESCE(sum(n * 7 + bad * 5 + good * 3 + confirmed), 0) FROM rollup_day) - (SELECT COALESCE(sum(n * 7 + bad * 5 + good * 3 +"
    " confirmed), 0) FROM rollup_hour)");
SQL(press_total, "SELECT (SELECT count(*) FROM article) - (SELECT COALESCE(sum(n), 0) FROM rollup_day WHERE kind = 'all')");
SQL(press_outlets_toned,
    "SELECT count(*) FROM rollup_day WHERE kind = 'outlet' AND good + neutral + bad + favourable + unfavourable + public + confirmed <> 0");
SQL(press_stories,
    "SELECT count(*) FROM story s LEFT JOIN (SELECT a.story, count(*) AS n, count(DISTINCT a.outlet) AS outlets, min(a.published_at) AS first_at,"
    " max(a.published_at) AS last_at, " TONES " FROM article a GROUP BY a.story) c ON c.story = s.id"
    " WHERE (c.n IS NULL AND s.n <> 0) OR s.n <> c.n OR s.outlets <> c.outlets OR s.first_at <> c.first_at OR s.last_at <> c.last_at"
    " OR s.good <> c.good OR s.bad <> c.bad OR s.unfavourable <> c.unfavourable OR s.public <> c.public");
SQL(press_lost_in_merged,
    "SELECT count(*) FROM article a LEFT JOIN story s ON s.id = a.story WHERE s.id IS NULL OR s.merged_into IS NOT NULL");
SQL(press_textless, "SELECT count(*) FROM article a LEFT JOIN article_text t ON t.article = a.id WHERE t.article IS NULL");
SQL(press_copies, "SELECT count(*) FROM article a LEFT JOIN article b ON b.id = a.copy_of WHERE a.copy_of IS NOT NULL AND b.id IS NULL");

void press_agrees(struct cx *cx)
{
	static const struct sql *const all[] = { &press_days_all, &press_days_labels, &press_labels_uncounted, &press_hours, &press_total,
		&press_outlets_toned, &press_stories, &press_lost_in_merged, &press_textless, &press_copies };
	for (size_t i = 0; i < COUNT(all); i++)
		if (press_count(cx, all[i]))
			test_failed(__FILE__, __LINE__, all[i]->name);
}
