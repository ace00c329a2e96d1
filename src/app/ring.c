/*
 * ring - a message is written down whole when it is decided upon, so a later try sends the same words.
 */
#include "app/ring.h"

#include "base/json.h"
#include "net/hook.h"
#include "net/mail.h"
#include "work/queue.h"
#include "work/settings.h"

enum { LISTED = 20 };

static struct str mail_text(struct cx *cx, const struct saved *s, const struct article_list *list)
{
	struct text t = text_new(cx->mem);
	text_fmt(&t, "%zu tin mới theo tìm kiếm “%.*s” (%.*s):\n\n", list->n, FMT(s->name), FMT(s->query));
	for (size_t i = 0; i < MIN(list->n, (size_t)LISTED); i++) {
		const struct article *a = &list->v[i];
		text_fmt(&t, "- %.*s\n  %.*s, %.*s\n  %.*s\n\n", FMT(a->title), FMT(a->outlet_name), FMT(time_vi(cx->mem, a->published_at)), FMT(a->url));
	}
	text_z(&t, "Nhãn sắc thái do máy gán là chưa kiểm duyệt.\n");
	return text_str(&t);
}

static enum err leave_mail(struct cx *cx, const struct saved *s, const struct article_list *list)
{
	struct str subject = str_fmt(cx->mem, "[Nhịp Cầu] %zu tin mới: %.*s", list->n, FMT(s->name));
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "by", "mail", "to", json_text(s->mail_to), "subject", json_text(subject), "text",
	                      json_text(mail_text(cx, s, list)));
	return job_add(cx, "message", json_printed(cx->mem, o), cx->now, S(""));
}

static json_t *hook_items(struct cx *cx, const struct article_list *list)
{
	json_t *items = json_array();
	for (size_t i = 0; i < MIN(list->n, (size_t)LISTED); i++) {
		const struct article *a = &list->v[i];
		struct str id = str_fmt(cx->mem, "%lld", (long long)a->id);
		json_array_append_new(items, json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", json_text(id), "title", json_text(a->title), "outlet",
		                                       json_text(a->outlet_name), "link", json_text(a->url), "published",
		                                       json_text(time_iso_vn(cx->mem, a->published_at))));
	}
	return items;
}

static enum err leave_hook(struct cx *cx, const struct saved *s, const struct article_list *list)
{
	json_t *body = json_pack("{s:s, s:o, s:I, s:o}", "event", "search.new", "search", json_text(s->name), "new", (json_int_t)list->n,
	                         "items", hook_items(cx, list));
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "by", "hook", "url", json_text(s->hook_url), "secret", json_text(s->hook_secret), "body",
	                      json_text(json_printed(cx->mem, body)));
	return job_add(cx, "message", json_printed(cx->mem, o), cx->now, S(""));
}

static enum err leave_messages(struct cx *cx, const struct saved *s, const struct article_list *list)
{
	int64_t newest = s->seen_id;
	for (size_t i = 0; i < list->n; i++)
		newest = MAX(newest, list->v[i].id);
	if (s->mail_to.n)
		TRY(leave_mail(cx, s, list));
	if (s->hook_url.n)
		TRY(leave_hook(cx, s, list));
	return saved_told(cx, s, newest);
}

enum err ring_saved(struct cx *cx, const struct vocab *vocab)
{
	struct saved_list all;
	TRY(saved_to_ring(cx, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct article_list fresh;
		TRY(saved_fresh(cx, vocab, &all.v[i], &fresh));
		if (!fresh.n)
			continue;
		TRY(db_begin(cx));
		TRY(db_finish(cx, leave_messages(cx, &all.v[i], &fresh)));
	}
	return OK;
}

/* ---- sending ------------------------------------------------------------------------------------------------------ */

static enum err send_mail(struct cx *cx, const json_t *o)
{
	struct str host, user, password, from, to = json_member(cx->mem, o, "to");
	int64_t port;
	TRY(setting_text(cx, "smtp_host", &host));
	TRY(setting_text(cx, "smtp_user", &user));
	TRY(setting_text(cx, "smtp_password", &password));
	TRY(setting_text(cx, "mail_from", &from));
	TRY(setting_int(cx, "smtp_port", &port));
	if (!host.n || !from.n)
		return FAIL(cx, ERR_REMOTE, "work.no_mail", "no mail server is set: smtp_host and mail_from in the settings");
	struct smtp smtp = { .host = host.p, .port = (int)port, .security = port == 465 ? SMTP_TLS : port == 25 ? SMTP_PLAIN : SMTP_STARTTLS,
		             .user = user.n ? user.p : NULL, .password = password.n ? password.p : NULL };
	struct message m = { .from = from, .from_name = S("Nhịp Cầu"), .to = &to, .nto = 1, .subject = json_member(cx->mem, o, "subject"),
		             .text = json_member(cx->mem, o, "text"), .at = cx->now,
		             .id = str_fmt(cx->mem, "%016llx@nhipcau", (unsigned long long)hash_str(json_member(cx->mem, o, "text"))) };
	return mail_send(&smtp, &m, &cx->fault);
}

static enum err send_hook(struct cx *cx, const json_t *o)
{
	struct hook hook = { .agent = "NhipCau/" NHIPCAU_VERSION, .url = json_member(cx->mem, o, "url"), .secret = json_member(cx->mem, o, "secret"),
		             .event = S("search.new") };
	return hook_send(&hook, json_member(cx->mem, o, "body"), cx->now, &cx->fault);
}

enum err ring_message(struct cx *cx, struct str json)
{
	json_t *o = json_loadb(json.p, json.n, 0, NULL);
	enum err e = str_eq(json_member(cx->mem, o, "by"), S("mail")) ? send_mail(cx, o) : send_hook(cx, o);
	json_decref(o);
	return e;
}
