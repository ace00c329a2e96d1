/*
 * saved - what is new since the last ring: matches of the words among articles with a larger id.
 */
#include "rooms/trends/saved.h"

#include "net/mail.h"
#include "net/url.h"
#include "people/may.h"
#include "people/staff.h"
#include "store/audit.h"
#include "text/viet.h"

#define SAVED_COLUMNS "id, owner, seen_id, created_at, name, query, feed_token, mail_to, hook_url, hook_secret"
SQL(saved_insert,
    "INSERT INTO saved_search (id, owner, name, query, filters, feed_token, mail_to, hook_url, hook_secret, seen_id, created_at)"
    " VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, $9, $10)");
SQL(saved_delete, "DELETE FROM saved_search WHERE id = $1 AND owner = $2");
SQL(saved_of_owner, "SELECT " SAVED_COLUMNS " FROM saved_search WHERE owner = $1 ORDER BY id");
SQL(saved_of_token, "SELECT " SAVED_COLUMNS " FROM saved_search WHERE feed_token = $1");
SQL(saved_ringing,
    "SELECT " SAVED_COLUMNS " FROM saved_search WHERE mail_to IS NOT NULL OR hook_url IS NOT NULL ORDER BY id");
SQL(saved_set_seen, "UPDATE saved_search SET seen_id = $2 WHERE id = $1");

static struct saved saved_read(const struct rows *r, struct arena *mem)
{
	return (struct saved){ .id = col_int(r, 0), .owner = col_int(r, 1), .seen_id = col_int(r, 2), .created_at = col_int(r, 3),
		.name = col_str(r, mem, 4), .query = col_str(r, mem, 5), .feed_token = col_str(r, mem, 6), .mail_to = col_str(r, mem, 7),
		.hook_url = col_str(r, mem, 8), .hook_secret = col_str(r, mem, 9) };
}

static enum err gather(struct cx *cx, struct rows r, struct saved_list *ret)
{
	struct saved_list list = { 0 };
	DB_LIST(cx, r, list, saved_read(&r, cx->mem));
	*ret = list;
	return OK;
}

/* The commonest family names (about nine in ten people). */
static const char *const families[] = { "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
	"dương", "lý", "đinh", "đoàn", "trịnh", "mai", "đào", "lương", "trương", "tạ", "phùng", "tô", "hà", "cao", "châu", "lâm", "thái", "tống",
	"vương", "chu", "quách", "nông", "lò", "giàng", "ma", "triệu" };

static bool is_family(struct arena *mem, struct str syllable)
{
	struct str key = viet_fold(mem, syllable);
	for (size_t i = 0; i < COUNT(families); i++)
		if (str_eq(key, viet_fold(mem, str_z(families[i]))))
			return true;
	return false;
}

static bool capital(struct arena *mem, struct str s)
{
	uint32_t a = 0, b = 0;
	struct str low = viet_lower(mem, s), rest = s;
	utf8_next(&rest, &a);
	utf8_next(&low, &b);
	return a != b;
}

/* Provinces, towns and districts whose names begin like a family's. */
static const char *const places[] = { "hà nội", "hà giang", "hà nam", "hà tĩnh", "hà tiên", "hà đông", "cao bằng", "cao lãnh", "lâm đồng",
	"thái bình", "thái nguyên", "hồ chí minh", "châu đốc", "châu thành", "mai châu", "lý sơn", "tô hiệu", "hà trung", "lâm thao", "dương kinh" };

static bool is_place(struct arena *mem, struct str words)
{
	struct str key = viet_key(mem, words);
	for (size_t i = 0; i < COUNT(places); i++)
		if (str_eq(key, viet_key(mem, str_z(places[i]))))
			return true;
	return false;
}

static bool is_middle_name(struct arena *mem, struct str syllable)
{
	struct str key = viet_key(mem, syllable);
	return str_eq(key, viet_key(mem, S("văn"))) || str_eq(key, viet_key(mem, S("thị")));
}

/* Two to four syllables, the first a family name, each with a capital, or three and four with Văn or Thị second. */
bool looks_like_a_person(struct arena *mem, struct str words)
{
	struct str rest = str_trim(words), one, first = { 0 }, second = { 0 };
	size_t n = 0, capitals = 0;
	while (str_split(&rest, ' ', &one)) {
		while (one.n && strchr("\"+()", one.p[0]))
			one = str_sub(one, 1, one.n);
		while (one.n && strchr("\"()", one.p[one.n - 1]))
			one = str_sub(one, 0, one.n - 1);
		if (!one.n)
			continue;
		first = n ? first : one;
		second = n == 1 ? one : second;
		capitals += capital(mem, one);
		n++;
	}
	if (n < 2 || n > 4 || !is_family(mem, first) || is_place(mem, words))
		return false;
	return capitals == n || (n > 2 && is_middle_name(mem, second));
}

enum err saved_add(struct cx *cx, struct saved *s)
{
	struct str url;
	TRY(may(cx, ACT_SEARCH_SAVE, 0));
	s->name = str_trim(s->name);
	s->query = str_trim(s->query);
	if (!s->name.n || s->name.n > 200 || !s->query.n || s->query.n > 500)
		return FAIL(cx, ERR_INPUT, "trends.saved_empty", "a saved search needs a name and words");
	if (looks_like_a_person(cx->mem, s->query))
		return FAIL(cx, ERR_INPUT, "trends.saved_person", "a search for a person's name is not kept (PR-02)");
	if (s->mail_to.n && !mail_address_valid(s->mail_to))
		return FAIL(cx, ERR_INPUT, "trends.saved_mail", "%.*s is no e-mail address", FMT(str_sub(s->mail_to, 0, 100)));
	if (s->hook_url.n && !url_canonical(cx->mem, s->hook_url, &url))
		return FAIL(cx, ERR_INPUT, "trends.saved_hook", "%.*s is no address", FMT(str_sub(s->hook_url, 0, 100)));
	s->id = id_new();
	s->owner = cx->who.id;
	s->feed_token = random_token(cx->mem);
	s->hook_secret = random_token(cx->mem);
	s->seen_id = s->id;
	TRY(db_run(cx, &saved_insert,
	           ARGS(s->id, s->owner, s->name, s->query, s->feed_token, s->mail_to.n ? arg_str(s->mail_to) : ARG_NONE,
	                s->hook_url.n ? arg_str(s->hook_url) : ARG_NONE, s->hook_secret, s->seen_id, cx->now)));
	return audit_add(cx, "add", "saved_search", s->id, S(""));
}

enum err saved_drop(struct cx *cx, int64_t id)
{
	TRY(may(cx, ACT_SEARCH_SAVE, 0));
	TRY(db_run(cx, &saved_delete, ARGS(id, cx->who.id)));
	if (!db_changes(cx->db))
		return FAIL(cx, ERR_NOT_FOUND, "trends.no_saved", "no such search of yours");
	return audit_add(cx, "drop", "saved_search", id, S(""));
}

enum err saved_mine(struct cx *cx, struct saved_list *ret)
{
	return gather(cx, db_query(cx, &saved_of_owner, ARGS(cx->who.id)), ret);
}

enum err saved_to_ring(struct cx *cx, struct saved_list *ret)
{
	return gather(cx, db_query(cx, &saved_ringing, NO_ARGS), ret);
}

enum err saved_by_token(struct cx *cx, struct str token, struct saved *ret)
{
	struct saved_list list;
	TRY(gather(cx, db_query(cx, &saved_of_token, ARGS(token)), &list));
	if (!list.n)
		return FAIL(cx, ERR_NOT_FOUND, "trends.no_saved", "no such feed");
	*ret = list.v[0];
	return OK;
}

enum err saved_fresh(struct cx *cx, const struct vocab *vocab, const struct saved *s, struct article_list *ret)
{
	struct search_result found;
	struct article_list list = { 0 };
	TRY(search_run(cx, vocab, s->query, &(struct search_filter){ .most = SEARCH_CANDIDATES }, &found));
	list.v = NEW_ARRAY(cx->mem, struct article, found.n);
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].article.id > s->seen_id)
			list.v[list.n++] = found.v[i].article;
	*ret = list;
	return OK;
}

enum err saved_told(struct cx *cx, const struct saved *s, int64_t newest_id)
{
	return db_run(cx, &saved_set_seen, ARGS(s->id, newest_id));
}
