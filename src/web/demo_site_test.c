/*
 * demo_site - pages for the tests. Names of places, bodies and outlets are invented.
 */
#include "web/api.h"
#include "web/catalog.h"
#include "web/demo_site.h"
#include "web/gate.h"
#include "web/parts.h"

#include "base/time.h"

#include <unistd.h>

static void z(struct html *out, const char *s)
{
	put_raw(out, s, strlen(s));
}

static void head_and_figures(struct html *out, struct cx *cx)
{
	const struct tab tabs[] = { { S_INIT("Toàn cảnh"), "/", -1, true }, { S_INIT("Tin bài"), "/?t=2", 38, false },
		{ S_INIT("Bằng chứng sắc thái"), "/?t=3", 61, false } };
	const struct figure figures[] = {
		{ S_INIT("Tin, bài 24 giờ"), S_INIT("186"), S_INIT(""), S_INIT("▲ 41% so với dự báo 132"), "/dong-tin", false, CHIP_NEG },
		{ S_INIT("Chỉ số sắc thái"), S_INIT("−0,14"), S_INIT(""), S_INIT("▼ 0,11 so với hôm qua"), NULL, false, CHIP_NEG },
		{ S_INIT("Tỷ lệ tiêu cực"), S_INIT("34"), S_INIT("%"), S_INIT("Ngưỡng cảnh báo 30%"), NULL, false, CHIP_PLAIN },
		{ S_INIT("Chờ phản hồi báo chí"), S_INIT("4"), S_INIT(""), S_INIT("1 việc hạn trước 10:00"), NULL, false, CHIP_CRIT },
		{ S_INIT("Nhiệm vụ quá hạn"), S_INIT("3"), S_INIT("/ 47"), S_INIT("Đúng hạn tháng này 91%"), NULL, true, CHIP_PLAIN },
		{ S_INIT("Yêu cầu thông tin"), S_INIT("18"), S_INIT(""), S_INIT("2 hồ sơ sắp hết hạn"), NULL, false, CHIP_PLAIN },
	};
	struct str day = say_weekday(cx, day_of(cx->now));
	z(out, "<div class=\"head\"><div><h1>Tổng quan sáng ");
	put(out, day);
	z(out, "</h1><p class=\"sub\">Cập nhật 07:40 · 214 nguồn hoạt động, 3 nguồn lỗi</p></div><div class=\"acts\"><a class=\"btn\" href=\"/in\" data-print>");
	part_icon(out, "printer");
	z(out, "In bản tin sáng</a><a class=\"btn main\" href=\"/giao\">");
	part_icon(out, "send");
	z(out, "Giao việc</a></div></div>");
	z(out, "<section class=\"brief\" aria-label=\"Tóm tắt\"><p><b>186 tin, bài</b> nhắc đến tỉnh trong 24 giờ, <b>cao hơn dự báo 41%</b>. Phần vượt chủ "
	       "yếu do sự việc <a href=\"/su-viec/7\">bồi thường dự án Đường ven sông</a>.</p><p class=\"source\">Câu chữ tạo từ số liệu bằng mẫu cố định.</p></section>");
	part_figures(out, figures, COUNT(figures));
	part_tabs(out, cx, tabs, COUNT(tabs));
}

static void stories(struct html *out, struct cx *cx)
{
	const double up[] = { 2, 2, 3, 3, 4, 6, 9, 14, 22, 38 };
	z(out, "<section class=\"card\"><header><h2>Sự việc đang nổi lên</h2>");
	part_chip(out, CHIP_PLAIN, S("5 / 12"));
	z(out, "<a class=\"push\" href=\"/su-viec\">Xem tất cả</a></header><div class=\"wide-table\"><table class=\"stacked\"><thead><tr><th>Sự việc</th><th>10 ngày</th>"
	       "<th class=\"right\">24 giờ</th><th>Sắc thái</th><th>Phụ trách</th><th>Tình trạng</th></tr></thead><tbody>");
	for (int i = 0; i < 4; i++) {
		z(out, "<tr data-row><td><a class=\"title plain\" href=\"/su-viec/7\">Bồi thường dự án Đường ven sông giai đoạn 2</a><p class=\"more\">Đất đai · xã Suối Trong, xã Bến Đá</p></td><td>");
		part_spark(out, up, COUNT(up), i % 2 ? CHIP_INFO : CHIP_NEG);
		z(out, "</td><td class=\"right num\"><b>38</b><p class=\"more\">+171%</p></td><td>");
		part_tone_text(out, cx, (struct tone_counts){ 62 - 12 * i, 29, 9 + 12 * i, 0 });
		z(out, "</td><td>Sở NN và MT</td><td class=\"last\">");
		part_chip(out, i % 2 ? CHIP_WARN : CHIP_CRIT, i % 2 ? S("Đang xác minh") : S("Cần phản hồi 10:00"));
		z(out, "</td></tr>");
	}
	z(out, "</tbody></table></div>");
	part_pager(out, cx, &(struct pager){ S(""), S("/?after=9.7"), S("1–4 trong 12") });
	z(out, "</section>");
}

static void evidence(struct html *out)
{
	struct str s = S("Nhiều hộ dân xã Suối Trong cho biết đã bàn giao mặt bằng nhưng đến nay chưa nhận đủ tiền bồi thường.");
	size_t from = (size_t)str_find(s, S("bàn giao")), to = (size_t)str_find(s, S(" bồi thường"));
	z(out, "<section class=\"card\"><header><h2>Bằng chứng sắc thái</h2></header><div class=\"evidence neg\"><div class=\"verdict\">");
	part_chip(out, CHIP_NEG, S("Tiêu cực"));
	z(out, "<span class=\"num\">−0,86</span></div><div><p class=\"sentence\">");
	part_cues(out, s, &(struct cue){ from, to, CHIP_NEG }, 1);
	z(out, "</p><p class=\"more\">Đối tượng: <b>UBND xã Suối Trong</b> · Dấu hiệu: chậm chi trả</p></div><div class=\"acts\"><button class=\"btn low\">Đúng</button>"
	       "<button class=\"btn low\">Sửa</button></div></div><footer>Máy đoán, chưa kiểm duyệt.</footer></section>");
}

static void chart(struct html *out, struct cx *cx)
{
	z(out, "<section class=\"card\"><header><h2>Lượng tin và dải dự báo</h2><a class=\"push\" href=\"/x\">Chi tiết</a></header><div class=\"body\">"
	       "<p class=\"legend\"><span><i class=\"now\"></i>Thực tế</span><span><i class=\"forecast\"></i>Dự báo</span><span><i class=\"band\"></i>Dải 80%</span>"
	       "<span><i class=\"alarm\"></i>Vượt dải 95%</span></p><figure class=\"chart\"><svg viewBox=\"0 0 720 180\" role=\"img\" aria-label=\"Lượng tin 30 ngày\">"
	       "<line class=\"gridline\" x1=\"30\" x2=\"710\" y1=\"40\" y2=\"40\"/><line class=\"gridline\" x1=\"30\" x2=\"710\" y1=\"100\" y2=\"100\"/>"
	       "<polygon class=\"band-80\" points=\"30,90 200,70 400,95 600,60 710,70 710,130 600,120 400,140 200,120 30,130\"/>"
	       "<polyline class=\"forecast\" points=\"30,110 200,95 400,118 600,90 710,100\"/><polyline class=\"line\" points=\"30,115 200,90 400,125 560,100 600,30\"/>"
	       "<line class=\"today\" x1=\"600\" x2=\"600\" y1=\"10\" y2=\"160\"/><circle class=\"point alarm\" cx=\"600\" cy=\"30\" r=\"4\"/><line class=\"axis\" x1=\"30\" x2=\"710\" y1=\"160\" y2=\"160\"/>"
	       "<text x=\"30\" y=\"176\">25/10</text><text x=\"570\" y=\"176\">23/11</text></svg></figure></div></section>");
	z(out, "<section class=\"card\"><header><h2>Sắc thái theo lĩnh vực, 24 giờ</h2></header><div class=\"body\">");
	part_tone_legend(out, cx);
	part_tone_row(out, cx, S("Đất đai – giải phóng mặt bằng"), "/linh-vuc/1", (struct tone_counts){ 33, 21, 7, 0 });
	part_tone_row(out, cx, S("Y tế – giáo dục"), NULL, (struct tone_counts){ 5, 16, 6, 0 });
	part_tone_row(out, cx, S("Chưa có tin"), NULL, (struct tone_counts){ 0, 0, 0, 0 });
	z(out, "</div></section>");
}

static void aside(struct html *out, struct cx *cx)
{
	const struct step steps[] = { { S_INIT("Tiếp nhận"), STEP_DONE }, { S_INIT("Xác minh"), STEP_DONE }, { S_INIT("Duyệt"), STEP_NOW },
		{ S_INIT("Phát hành"), STEP_TODO } };
	z(out, "<section class=\"card first\"><header><h2>Cảnh báo</h2>");
	part_chip(out, CHIP_CRIT, S("1 khẩn"));
	z(out, "<a class=\"push\" href=\"/quy-tac\">Quy tắc</a></header><div class=\"alert crit\">");
	part_icon(out, "triangle-alert");
	z(out, "<div><p class=\"title\">Tin tiêu cực về bồi thường tăng gấp 2,7 lần trong 6 giờ</p><p class=\"more\">06:55 · 11 cơ quan báo chí</p><div class=\"acts\">"
	       "<a class=\"btn low main\" href=\"/su-viec/7\">Mở sự việc</a><a class=\"btn low\" href=\"/g\">Giao xử lý</a></div></div></div><div class=\"alert info\">");
	part_icon(out, "rss");
	z(out, "<div><p class=\"title\">3 nguồn tin ngừng cập nhật quá 12 giờ</p></div></div></section><section class=\"card\"><header><h2>Nhiệm vụ</h2></header><ul class=\"rows\">"
	       "<li data-row><div class=\"what\"><a class=\"title plain\" href=\"/v/1\">Công khai quyết toán ngân sách quý III</a><p class=\"more\">Sở Tài chính</p></div><div class=\"side-note\">");
	part_chip(out, CHIP_CRIT, S("Quá hạn 4 ngày"));
	part_meter(out, CHIP_CRIT, 1);
	z(out, "</div></li></ul></section><section class=\"card marked\"><header><h2>Phản hồi báo chí</h2>");
	part_chip_icon(out, CHIP_CRIT, "clock", S("Còn 2 giờ 20 phút"));
	z(out, "</header><div class=\"body\"><dl class=\"facts\"><dt>Hạn duyệt</dt><dd><b>10:00 hôm nay</b></dd><dt>Người phát ngôn</dt><dd>Văn phòng UBND tỉnh</dd></dl>");
	part_steps(out, cx, steps, COUNT(steps));
	z(out, "</div></section><section class=\"card\"><header><h2>Tìm đã lưu</h2></header>");
	part_empty(out, "bookmark", S("Chưa có tìm kiếm nào"), S("Lưu một lần tìm để nhận tin mới qua thư."), "/tim-kiem", S("Tìm kiếm"));
	z(out, "</section>");
}

static enum err parts_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	const struct crumb crumbs[] = { { S_INIT("Tổng quan"), "/" }, { S_INIT("Các phần"), NULL } };
	struct html out = html_new(cx->mem);
	head_and_figures(&out, cx);
	z(&out, "<div class=\"grid aside dash\"><div class=\"stack\">");
	chart(&out, cx);
	stories(&out, cx);
	evidence(&out);
	z(&out, "</div><div class=\"stack\">");
	aside(&out, cx);
	z(&out, "</div></div>");
	return page_send(cx, ask, reply, &(struct sheet){ .title = S("Các phần"), .at = "/", .crumbs = crumbs, .ncrumbs = 2 }, &out);
}

static enum err form_with(struct cx *cx, const struct ask *ask, struct reply *reply, const struct mistakes *m)
{
	const struct choice choices[] = { { S_INIT("a"), S_INIT("Báo điện tử") }, { S_INIT("b"), S_INIT("Trang <tổng hợp>") } };
	const struct field_view fields[] = {
		{ "name", S_INIT("Tên nguồn"), S_INIT("Như ghi trên trang của báo."), ask_field(ask, "name"), FIELD_TEXT, true, 80, "off", NULL, 0 },
		{ "kind", S_INIT("Loại"), S_INIT(""), ask_field(ask, "kind"), FIELD_SELECT, true, 0, NULL, choices, 2 },
		{ "note", S_INIT("Ghi chú"), S_INIT(""), ask_field(ask, "note"), FIELD_AREA, false, 500, NULL, NULL, 0 },
		{ "use", S_INIT("Quyền dùng lại"), S_INIT(""), ask_field(ask, "use"), FIELD_RADIO, true, 0, NULL, choices, 2 },
		{ "on", S_INIT("Đang dùng"), S_INIT(""), ask_field(ask, "on"), FIELD_CHECK, true, 0, NULL, NULL, 0 },
	};
	struct html out = html_new(cx->mem);
	z(&out, "<div class=\"head\"><div><h1>Thêm nguồn</h1></div></div><div class=\"card\"><div class=\"body\">");
	part_mistakes(&out, cx, m);
	z(&out, "<form class=\"form\" method=\"post\" action=\"/bieu-mau\" data-guard>");
	part_csrf(&out, ask);
	for (size_t i = 0; i < COUNT(fields); i++)
		part_field(&out, cx, &fields[i], m);
	z(&out, "<div class=\"actions\"><button class=\"btn main\">Lưu</button></div></form></div></div>");
	return page_send(cx, ask, reply, &(struct sheet){ .title = S("Thêm nguồn"), .at = "/bieu-mau", .status = m ? 422 : 200 }, &out);
}

static enum err form_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return form_with(cx, ask, reply, NULL);
}

static enum err send_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	struct mistakes m = { 0 };
	if (!ask_field(ask, "name").n)
		mistake_add(&m, "name", "web.422.title", S(""));
	if (!ask_field(ask, "kind").n)
		mistake_add(&m, "kind", "web.most", S("2"));
	return m.n ? form_with(cx, ask, reply, &m) : reply_redirect(reply, S("/bieu-mau"));
}

static enum err echo_api(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	json_t *items = json_array();
	json_array_append_new(items, json_text(ask_param(ask, "q")));
	return api_list(reply, ask, items, (struct cursor){ 5, ask_id(ask, "id"), true });
}

static enum err length_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	uint64_t sum = hash_str(ask->body);
	return reply_text(reply, 200, "text/plain", str_fmt(cx->mem, "%zu %016llx %.*s", ask->body.n, (unsigned long long)sum, FMT(ask_param(ask, "n"))));
}

static enum err slow_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	usleep(200 * 1000);
	return reply_text(reply, 200, "text/plain", S("slow"));
}

static enum err broken_page(struct cx *cx, const struct ask *ask, struct reply *reply)
{
	return FAIL(cx, ERR_STORE, "web.not_found", "%s", "a secret of the disk");
}

static enum err demo_who(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf)
{
	if (str_eq(token, S("officer"))) {
		*ret = (struct actor){ 7, 1, 2, S("Chuyên viên") };
		*ret_csrf = S("token-of-officer");
	}
	return OK;
}

static enum err demo_may(struct cx *cx, int act, int64_t unit)
{
	return act == DEMO_ACT_OPEN || cx->who.id ? OK : FAIL(cx, ERR_DENIED, "web.csrf", "%s", "nobody");
}

struct site demo_site(struct arena *mem)
{
	static const struct route_param echo_params[] = { { "q", "query", "string", "Echoed" }, { 0 } };
	static const struct route rows[] = {
		{ "GET", "/", ACT_NONE, parts_page, "All parts", PAGE },
		{ "GET", "/bieu-mau", ACT_NONE, form_page, "A form", PAGE },
		{ "POST", "/bieu-mau", ACT_NONE, send_page, "Takes the form", PAGE },
		{ "GET", "/kin", DEMO_ACT_CLOSED, parts_page, "For staff", PAGE },
		{ "GET", "/su-viec/moi", ACT_NONE, slow_page, "A fixed path beside one with a place", PAGE },
		{ "GET", "/hong", ACT_NONE, broken_page, "Fails", PAGE },
		{ "POST", "/dai", ACT_NONE, length_page, "Length of a body", FILE_OUT, NULL, 1 << 20, 0, true },
		{ "GET", "/so", ACT_NONE, length_page, "Echoes n", FILE_OUT },
		{ "GET", "/cham", ACT_NONE, slow_page, "Takes 200 ms", FILE_OUT },
		{ "GET", "/it", ACT_NONE, length_page, "Three a minute", PAGE, NULL, 0, 3 },
		{ "GET", "/api/v1/echo/:id", DEMO_ACT_CLOSED, echo_api, "Echoes", API, echo_params },
		{ "POST", "/api/v1/echo", DEMO_ACT_CLOSED, echo_api, "Echoes", API },
	};
	static const struct route_table tables[] = { { "demo", rows, COUNT(rows) } };
	static const struct nav_item nav[] = {
		{ NULL, "/", "layout-dashboard", "web.back", ACT_NONE, true },
		{ "web.search", "/dong-tin", "newspaper", "web.tone.neu", ACT_NONE, true },
		{ NULL, "/bieu-mau", "flag", "web.help", ACT_NONE, true },
		{ NULL, "/kin", "bell-ring", "web.account", DEMO_ACT_CLOSED, true },
	};
	return (struct site){ .tables = tables, .ntables = 1, .nav = nav, .nnav = COUNT(nav),
		.gate = { demo_who, NULL, demo_may, "/dang-nhap" }, .province = S("Tỉnh Mẫu"),
		.find_act = ACT_NONE, .notice = S("Dữ liệu minh họa – mọi cơ quan báo chí, địa danh, số liệu đều được đặt ra."), .paces = pace_new(mem) };
}

struct cx demo_cx(struct arena *mem)
{
	return (struct cx){ .mem = mem, .now = 1795394400, .lang = "vi" };
}
