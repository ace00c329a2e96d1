/*
 * The pages of the room, asked as a browser would ask, without a socket.
 */
#include "rooms/monitoring/newsroom_test.h"

#include "base/log.h"
#include "base/test.h"
#include "people/may.h"
#include "people/staff.h"
#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/monitoring/outlet.h"
#include "store/find.h"
#include "store/store_test.h"

SQL(test_article_add,
    "INSERT INTO article (id, outlet, url, url_key, title, lead, lang, published_at, day, fetched_at, copy_of, similarity, story, scope,"
    " scope_p, tone, tone_p, stance, stance_p, model, versions) VALUES ($1, $2, $3, $3, $4, $5, 'vi', $6, $7, $6, $8, 0.97, $9,"
    " 'vietnamese_public', 0.9, $10, 0.86, 'unfavourable', 0.7, 'mau-thu-1', 2)");
SQL(test_text_add, "INSERT INTO article_text (article, body, evidence, vector) VALUES ($1, $2, $3, $4)");
SQL(test_label_add, "INSERT INTO article_label (kind, code, published_at, article, p) VALUES ($1, $2, $3, $4, 0.8)");
SQL(test_version_add, "INSERT INTO article_version (article, version, until_at, title, lead, body) VALUES ($1, 1, $2, $3, '', $4)");
SQL(test_jobs, "SELECT count(*) FROM job WHERE kind = 'manual'");

static const char *const evidence = "[{\"answer\":\"tone\",\"field\":\"text\",\"start\":19,\"end\":31,\"for\":\"bad\"}]";
static const char *const body = "Người dân phản ánh chậm chi trả tiền bồi thường tại hai xã. Xã hứa trả trước ngày 15.";

static void must(enum err e, const struct cx *cx)
{
	if (e)
		test_failed(__FILE__, __LINE__, cx->fault.detail);
}

static enum err who(struct cx *cx, struct str token, struct actor *ret, struct str *ret_csrf)
{
	return session_find(cx, token, ret, ret_csrf);
}

static struct str person(struct cx *cx, struct str login, unsigned roles)
{
	int64_t id;
	struct str token;
	must(staff_add(cx, &(struct staff){ .login = login, .name = S("Chuyên viên <Mẫu>"), .roles = roles }, S("mật khẩu dài"), &id), cx);
	must(session_open(cx, login, S("mật khẩu dài"), &token), cx);
	return token;
}

static int64_t add_article(struct newsroom *r, int64_t id, struct str title, const char *tone, int64_t ago)
{
	struct cx *cx = &r->cx;
	int64_t at = cx->now - ago;
	bool copy = id != 100 && id != 101;
	struct str url = str_fmt(cx->mem, "https://bao-mau.example/%lld", (long long)id), lead = S("Tin về bồi thường đất đai");
	must(db_run(cx, &test_article_add, ARGS(id, id == 101 ? r->other : r->outlet, url, title, lead, at, day_of(at), copy ? arg_int(100) : ARG_NONE,
		r->story, tone)), cx);
	must(db_run(cx, &test_text_add, ARGS(id, body, evidence, arg_bytes(S("")))), cx);
	must(db_run(cx, &test_label_add, ARGS("topic", "land_environment", at, id)), cx);
	must(db_run(cx, &test_label_add, ARGS("place", "xa-mau", at, id)), cx);
	must(find_add(cx, id, title, lead), cx);
	return id;
}

static void seed(struct newsroom *r)
{
	struct cx *cx = &r->cx;
	cx->who.roles = STAFF;
	r->analyst = person(cx, S("phan.tich"), ROLE_ANALYST | ROLE_PROVINCE_OFFICER);
	r->leader = person(cx, S("lanh.dao"), ROLE_LEADER);
	r->admin = person(cx, S("quan.tri"), ROLE_ADMIN);
	struct actor a;
	must(session_find(cx, r->analyst, &a, &r->csrf), cx);
	must(db_begin(cx), cx);
	must(outlet_find_or_add(cx, S("Báo <Ngày> Mẫu"), S("online"), S(""), &r->outlet), cx);
	must(outlet_find_or_add(cx, S("Truyền hình Mẫu"), S("radio_tv"), S(""), &r->other), cx);
	r->story = 100;
	must(story_found(cx, r->story, S("Chậm chi trả <script>alert(1)</script> bồi thường"), cx->now - 5 * HOUR), cx);
	r->article[0] = add_article(r, 100, S("Chậm chi trả <script>alert(1)</script> bồi thường"), "bad", 5 * HOUR);
	r->article[1] = add_article(r, 101, S("Xã cam kết trả \"dứt điểm\" & xin lỗi dân"), "good", 3 * HOUR);
	r->article[2] = add_article(r, 102, S("Dẫn lại: chậm chi trả bồi thường"), "bad", HOUR);
	must(db_run(cx, &test_version_add, ARGS(100, cx->now - 4 * HOUR, "Sớm chi trả bồi thường", "Người dân phản ánh sớm chi trả tiền.")), cx);
	must(story_refresh(cx, r->story), cx);
	must(db_commit(cx), cx);
}

struct newsroom newsroom_open(const struct route_table *tables, size_t n)
{
	struct newsroom r = { .cx = test_cx() };
	log_quiet(true);
	seed(&r);
	r.cx.who = (struct actor){ 0 };
	r.site = (struct site){ .tables = tables, .ntables = n, .gate = { who, NULL, may, "/dang-nhap" }, .province = S("Tỉnh Mẫu") };
	return r;
}

void newsroom_close(struct newsroom *r)
{
	test_cx_done(&r->cx);
}

struct str newsroom_get(struct newsroom *r, struct str token, const char *path)
{
	struct cx cx = r->cx;
	return page_ask_of(&cx, &r->site, token, path, NULL);
}

static struct str post(struct newsroom *r, struct str token, const char *path, struct str sent)
{
	struct cx cx = r->cx;
	return page_ask_of(&cx, &r->site, token, path, arena_z(cx.mem, sent));
}

struct str newsroom_post(struct newsroom *r, const char *path, struct str sent)
{
	return post(r, r->analyst, path, str_fmt(r->cx.mem, "%.*s&_csrf=%.*s", FMT(sent), FMT(r->csrf)));
}

static struct newsroom opened(void)
{
	return newsroom_open(monitoring_tables, monitoring_tables_n);
}

#define GET(path) newsroom_get(&r, r.analyst, path)
#define SENT(path, body_) newsroom_post(&r, path, S(body_))

TEST(the_stream_shows_articles_with_their_labels_and_that_they_are_guesses)
{
	struct newsroom r = opened();
	struct str s = GET("/tin");
	CHECK(says(s, "HTTP/1.1 200"));
	CHECK(says(s, "href=\"/tin/102\"") && says(s, "dẫn lại") && says(s, "máy đoán, chưa kiểm duyệt"));
	CHECK(says(s, "Đất đai – môi trường") && says(s, "Tiêu cực 0,86") && says(s, "Sự việc có 3 tin"));
	CHECK(!says(s, "<script>alert") && says(s, "&lt;script&gt;alert"));
	CHECK(says(s, "xa-mau"));
	newsroom_close(&r);
}

TEST(the_stream_is_narrowed_by_its_filters)
{
	struct newsroom r = opened();
	struct str good = GET("/tin?tone=good&topic=land_environment&place=xa-mau");
	CHECK(says(good, "/tin/101\"") && !says(good, "/tin/100\"") && says(good, "value=\"good\" selected"));
	CHECK(says(GET("/tin?topic=health"), "Không có tin nào"));
	CHECK(says(GET("/tin?topic=land_environment&place=khac"), "Không có tin nào"));
	CHECK(says(GET("/tin?from=2031-01-01"), "Không có tin nào"));
	CHECK(says(GET("/tin?from=%27%22%3Cb%3E&outlet=x&after=9"), "HTTP/1.1 200"));
	newsroom_close(&r);
}

TEST(pages_are_closed_to_strangers_and_to_those_whose_role_does_not_need_them)
{
	struct newsroom r = opened();
	static const char *const paths[] = { "/tin", "/tin/100", "/su-viec", "/su-viec/100", "/nguon", "/tim", "/tin/moi" };
	for (size_t i = 0; i < COUNT(paths); i++)
		CHECK(says(newsroom_get(&r, S(""), paths[i]), "Location: /dang-nhap"));
	CHECK(says(newsroom_get(&r, S(""), "/nguon.opml"), "HTTP/1.1 403") || says(newsroom_get(&r, S(""), "/nguon.opml"), "/dang-nhap"));
	CHECK(says(newsroom_get(&r, r.admin, "/tin"), "HTTP/1.1 403") && says(newsroom_get(&r, r.admin, "/nguon"), "HTTP/1.1 200"));
	CHECK(says(newsroom_get(&r, r.leader, "/tin/moi"), "HTTP/1.1 403"));
	CHECK(says(newsroom_get(&r, r.leader, "/tin/100"), "HTTP/1.1 200") && !says(newsroom_get(&r, r.leader, "/tin/100"), "/tin/100/nhan"));
	CHECK(says(newsroom_get(&r, S(""), "/api/v1/articles"), "HTTP/1.1 401"));
	newsroom_close(&r);
}

TEST(an_id_that_is_none_is_not_found)
{
	struct newsroom r = opened();
	static const char *const paths[] = { "/tin/7", "/tin/abc", "/tin/-1", "/tin/99999999999999999999", "/su-viec/7", "/su-viec/%27", "/api/v1/articles/x",
		"/api/v1/stories/0" };
	for (size_t i = 0; i < COUNT(paths); i++)
		CHECK(says(GET(paths[i]), "HTTP/1.1 404"));
	newsroom_close(&r);
}

TEST(an_article_shows_its_evidence_versions_and_copies)
{
	struct newsroom r = opened();
	struct str s = GET("/tin/100");
	CHECK(says(s, "<mark class=\"neg\">chậm chi trả</mark>") && says(s, "Dấu hiệu: chậm chi trả → Tiêu cực"));
	CHECK(says(s, "<del>Sớm </del> <ins>Chậm </ins>") && says(s, "href=\"/tin/102\"") && says(s, "giống 0,97"));
	CHECK(says(s, "rel=\"noopener noreferrer external\"") && says(s, "Báo &lt;Ngày&gt; Mẫu") && !says(s, "<script>alert"));
	CHECK(says(GET("/tin/102"), "Dẫn lại từ"));
	newsroom_close(&r);
}

TEST(a_person_corrects_a_label_and_it_is_written_down)
{
	struct newsroom r = opened();
	CHECK(says(post(&r, r.analyst, "/tin/100/nhan", S("question=tone&answer=neutral")), "HTTP/1.1 403"));
	CHECK(says(post(&r, r.leader, "/tin/100/nhan", S("question=tone&answer=neutral")), "HTTP/1.1 403"));
	CHECK(says(SENT("/tin/100/nhan", "question=tone&answer=perfect"), "HTTP/1.1 422"));
	CHECK(says(SENT("/tin/100/nhan", "question=tone&answer=neutral"), "Location: /tin/100"));
	CHECK(says(SENT("/tin/100/nhan", "question=topic&answer=-land_environment&ve=//evil.example"), "Location: /\r\n"));
	struct str s = GET("/tin/100");
	CHECK(says(s, "<del>Tiêu cực</del> → <b>Trung lập</b>") && says(s, "bỏ Đất đai") && says(s, "Chuyên viên &lt;Mẫu&gt;"));
	CHECK(says(s, "đã kiểm duyệt") && !says(s, "máy đoán"));
	newsroom_close(&r);
}

TEST(a_story_shows_what_the_picture_shows_with_counts_instead_of_shares)
{
	struct newsroom r = opened();
	struct str s = GET("/su-viec/100");
	CHECK(says(s, "HTTP/1.1 200") && says(s, "Tiêu cực 2/3 tin") && says(s, "Trích nguyên câu, có dẫn nguồn"));
	CHECK(says(s, ">[1]</a></sup>") && says(s, "id=\"story-hours") && says(s, "Báo &lt;Ngày&gt; Mẫu đăng bài đầu tiên."));
	CHECK(says(s, "Truyền hình Mẫu có bài riêng.") && says(s, "Chưa có tin từ cổng thông tin chính thức"));
	CHECK(says(s, "Đăng đầu tiên") && says(s, "1 bài riêng, 1 dẫn lại") && says(s, "<mark class=\"neg\">"));
	CHECK(!says(s, "<script>alert"));
	CHECK(says(GET("/su-viec/100?phan=tin"), "name=\"article\" value=\"101\"") && says(GET("/su-viec/100?phan=nhat-ky"), "Chưa có quyết định"));
	CHECK(says(GET("/su-viec?ky=7d"), "href=\"/su-viec/100\"") && says(GET("/su-viec?topic=health"), "Không có sự việc nào"));
	newsroom_close(&r);
}

TEST(a_story_of_thirty_articles_speaks_in_shares)
{
	struct newsroom r = opened();
	CHECK(!says(GET("/su-viec"), "67% ·") && says(GET("/su-viec"), "2 tiêu cực, 0 trung lập, 1 tích cực"));
	for (int i = 0; i < 29; i++)
		add_article(&r, 200 + i, str_fmt(r.cx.mem, "Tin số %d về bồi thường", i), i < 14 ? "bad" : "unknown", 600 + i);
	CHECK(story_refresh(&r.cx, r.story) == OK);
	struct str s = GET("/su-viec/100");
	CHECK(says(s, "Tiêu cực 50%") && says(s, "50% · 47% · 3%") && says(s, "Đang tăng nhanh"));
	CHECK(says(GET("/tin?unconfirmed=1"), "32 tin") && says(GET("/su-viec"), "50% · 47% · 3%"));
	newsroom_close(&r);
}

TEST(the_stream_goes_on_where_the_page_before_ended)
{
	struct newsroom r = opened();
	for (int i = 0; i < 60; i++)
		add_article(&r, 200 + i, str_fmt(r.cx.mem, "Tin số %d", i), "neutral", 2 * HOUR);
	struct str s = GET("/tin");
	ptrdiff_t at = str_find(s, S("/tin?after="));
	CHECK(says(s, "50 tin") && at > 0);
	struct str rest = str_sub(s, (size_t)at, s.n);
	char *next = arena_z(r.cx.mem, str_sub(rest, 0, (size_t)str_chr(rest, '"')));
	s = GET(next);
	CHECK(says(s, "13 tin") && says(s, "/tin/100\"") && !says(s, "rel=\"next\"") && says(s, "Về tin mới nhất"));
	newsroom_close(&r);
}

TEST(a_person_renames_pins_splits_and_merges)
{
	struct newsroom r = opened();
	CHECK(says(SENT("/su-viec/100/ten", "title=%3Cb%3Em%E1%BB%9Bi"), "Location: /su-viec/100"));
	CHECK(says(SENT("/su-viec/100/ten", "title="), "HTTP/1.1 422"));
	CHECK(says(SENT("/su-viec/100/ghim", "pin=1"), "HTTP/1.1 303"));
	struct str s = GET("/su-viec/100");
	CHECK(says(s, "&lt;b&gt;mới") && says(s, "Đã ghim"));
	CHECK(says(SENT("/su-viec/100/tach", ""), "HTTP/1.1 422"));
	CHECK(says(SENT("/su-viec/100/tach", "article=101&article=zz"), "Location: /su-viec/101"));
	CHECK(says(SENT("/su-viec/101/gop", "into=101"), "HTTP/1.1 422"));
	CHECK(says(SENT("/su-viec/101/gop", "into=https%3A%2F%2Fx%2Fsu-viec%2F100%3Fphan%3Dtin"), "Location: /su-viec/100"));
	CHECK(says(GET("/su-viec/101"), "Location: /su-viec/100"));
	s = GET("/su-viec/100?phan=nhat-ky");
	CHECK(says(s, "Đổi tên: &lt;b&gt;mới") && says(s, "Gộp sự việc 101") && says(s, "Tách thành sự việc 101"));
	CHECK(says(post(&r, r.leader, "/su-viec/100/ghim", S("pin=0")), "HTTP/1.1 403"));
	newsroom_close(&r);
}

TEST(a_source_is_added_approved_and_paused_and_a_personal_page_is_refused)
{
	struct newsroom r = opened();
	CHECK(says(GET("/nguon/moi"), "name=\"outlet_kind\""));
	CHECK(says(SENT("/nguon", "outlet=B%C3%A1o+A&outlet_kind=online&kind=feed&url=https%3A%2F%2Fwww.facebook.com%2Fai-do"), "không bao giờ là nguồn tin"));
	CHECK(says(SENT("/nguon", "outlet=&outlet_kind=online&kind=feed&url=https%3A%2F%2Fa.example%2Frss"), "href=\"#outlet\""));
	CHECK(says(SENT("/nguon", "outlet=B%C3%A1o+A&outlet_kind=online&kind=feed&url=https%3A%2F%2Fa.example%2Frss%22%3E"), "Location: /nguon"));
	struct str s = GET("/nguon");
	ptrdiff_t at = str_find(s, S("/duyet\""));
	CHECK(says(s, "Chờ duyệt") && says(s, "1 nguồn chờ duyệt.") && at > 0 && says(s, "Báo A"));
	size_t from = (size_t)at;
	while (s.p[from - 1] != '"')
		from--;
	char *path = arena_z(r.cx.mem, str_sub(s, from, (size_t)at + 6));
	CHECK(says(SENT(path, ""), "Location: /nguon"));
	CHECK(says(GET("/nguon"), "1/1 nguồn đã duyệt"));
	struct str pause = str_fmt(r.cx.mem, "%.*s/tam-dung", (int)strlen(path) - 6, path);
	CHECK(says(newsroom_post(&r, pause.p, S("paused=1")), "HTTP/1.1 303") && says(GET("/nguon"), "Đang tạm dừng"));
	CHECK(says(GET("/nguon.opml"), "<opml version=\"2.0\"") && says(GET("/nguon.opml"), "nguon.opml"));
	newsroom_close(&r);
}

TEST(search_finds_with_and_without_marks)
{
	struct newsroom r = opened();
	CHECK(says(GET("/tim"), "Chưa có từ cần tìm"));
	CHECK(says(GET("/tim?q=cam+k%E1%BA%BFt"), "/tin/101\""));
	CHECK(says(GET("/tim?q=%22%3E%3Cscript%3E"), "&gt;&lt;script&gt;\"") && !says(GET("/tim?q=%22%3E%3Cscript%3E"), "\"><script>\""));
	CHECK(says(GET("/tim?q=kh%C3%B4ng+c%C3%B3+g%C3%AC"), "Không có tin nào khớp"));
	CHECK(!says(GET("/tim?q=b%E1%BB%93i+th%C6%B0%E1%BB%9Dng&tone=good"), "/tin/100\""));
	newsroom_close(&r);
}

TEST(an_article_typed_by_hand_becomes_a_job)
{
	struct newsroom r = opened();
	int64_t jobs;
	struct str s = SENT("/tin/moi", "outlet=&outlet_kind=&url=ftp%3A&title=&time=h%C3%B4m+qua");
	CHECK(says(s, "HTTP/1.1 422") && says(s, "href=\"#outlet\"") && says(s, "href=\"#title\"") && says(s, "href=\"#time\""));
	CHECK(says(SENT("/tin/moi", "outlet=B%C3%A1o+in+M%E1%BA%ABu&outlet_kind=print&url=https%3A%2F%2Fbao-in.example%2F1&title=Tin+%22m%E1%BB%9Bi%22"),
		"Location: /tin/moi?xong=1"));
	CHECK(says(GET("/tin/moi?xong=1"), "Đã nhận."));
	CHECK(db_number(&r.cx, &test_jobs, NO_ARGS, 0, &jobs) == OK);
	CHECK_INT(jobs, 1);
	newsroom_close(&r);
}

TEST(the_api_gives_the_same_as_the_pages)
{
	struct newsroom r = opened();
	struct str s = GET("/api/v1/articles?limit=2");
	CHECK(says(s, "\"id\":\"102\"") && says(s, "\"tone\":{\"answer\":\"bad\",\"p\":0.86") && says(s, "\"confirmed\":false"));
	CHECK(says(s, "/api/v1/articles?limit=2&after="));
	CHECK(says(GET("/api/v1/articles/100"), "\"evidence\":[{\"answer\":\"tone\""));
	CHECK(says(GET("/api/v1/stories"), "\"recent\":3") && says(GET("/api/v1/stories/100"), "\"items\":[{\"id\":\"100\""));
	CHECK(says(GET("/api/v1/outlets"), "Báo <Ngày> Mẫu") && says(GET("/api/v1/sources"), "\"items\":[]"));
	CHECK(says(GET("/api/v1/search?q=cam+k%E1%BA%BFt"), "\"id\":\"101\"") && says(GET("/api/v1/search"), "\"items\":[]"));
	newsroom_close(&r);
}
