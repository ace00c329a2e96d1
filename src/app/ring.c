/*
 * ring - a message is written down whole when it is decided upon, so a later try sends the same words.
 */
#include "app/ring.h"

#include "net/hook.h"
#include "net/mail.h"
#include "work/queue.h"
#include "work/settings.h"

#include <jansson.h>
#include <stdlib.h>

enum { LISTED = 20 };

static struct str dumped(struct cx *cx, json_t *take)
{
	char *z = json_dumps(take, JSON_COMPACT);
	struct str s = arena_str(cx->mem, str_z(z ? z : "{}"));
	json_decref(take);
	free(z);
	return s;
}

static json_t *text_json(struct str s)
{
	return json_stringn_nocheck(s.p ? s.p : "", s.n);
}

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
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "by", "mail", "to", text_json(s->mail_to), "subject", text_json(subject), "text",
	                      text_json(mail_text(cx, s, list)));
	return job_add(cx, "message", dumped(cx, o), cx->now, S(""));
}

static json_t *hook_items(struct cx *cx, const struct article_list *list)
{
	json_t *items = json_array();
	for (size_t i = 0; i < MIN(list->n, (size_t)LISTED); i++) {
		const struct article *a = &list->v[i];
		struct str id = str_fmt(cx->mem, "%lld", (long long)a->id);
		json_array_append_new(items, json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", text_json(id), "title", text_json(a->title), "outlet",
		                                       text_json(a->outlet_name), "link", text_json(a->url), "published",
		                                       text_json(time_iso_vn(cx->mem, a->published_at))));
	}
	return items;
}

static enum err leave_hook(struct cx *cx, const struct saved *s, const struct article_list *list)
{
	json_t *body = json_pack("{s:s, s:o, s:I, s:o}", "event", "search.new", "search", text_json(s->name), "new", (json_int_t)list->n,
	                         "items", hook_items(cx, list));
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "by", "hook", "url", text_json(s->hook_url), "secret", text_json(s->hook_secret), "body",
	                      text_json(dumped(cx, body)));
	return job_add(cx, "message", dumped(cx, o), cx->now, S(""));
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

static struct str member(struct cx *cx, const json_t *o, const char *name)
{
	return arena_str(cx->mem, str_z(json_string_value(json_object_get(o, name))));
}

static enum err send_mail(struct cx *cx, const json_t *o)
{
	struct str host, user, password, from, to = member(cx, o, "to");
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
	struct message m = { .from = from, .from_name = S("Nhịp Cầu"), .to = &to, .nto = 1, .subject = member(cx, o, "subject"),
		             .text = member(cx, o, "text"), .at = cx->now,
		             .id = str_fmt(cx->mem, "%016llx@nhipcau", (unsigned long long)hash_str(member(cx, o, "text"))) };
	return mail_send(&smtp, &m, &cx->fault);
}

static enum err send_hook(struct cx *cx, const json_t *o)
{
	struct hook hook = { .agent = "NhipCau/" NHIPCAU_VERSION, .url = member(cx, o, "url"), .secret = member(cx, o, "secret"),
		             .event = S("search.new") };
	return hook_send(&hook, member(cx, o, "body"), cx->now, &cx->fault);
}

enum err ring_message(struct cx *cx, struct str json)
{
	json_t *o = json_loadb(json.p, json.n, 0, NULL);
	enum err e = str_eq(member(cx, o, "by"), S("mail")) ? send_mail(cx, o) : send_hook(cx, o);
	json_decref(o);
	return e;
}
