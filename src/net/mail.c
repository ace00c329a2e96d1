/*
 * mail - a message into curl_mime, and over SMTP.
 */
#include "net/mail.h"
#include "base/time.h"

#include <curl/curl.h>
#include <sodium.h>

enum { TO_MOST = 100, WORD_BYTES = 39 /* 52 in base64, 64 with =?UTF-8?B? and ?= */ };

bool mail_address_valid(struct str address)
{
	ptrdiff_t at = str_chr(address, '@');
	if (at < 1 || at > 64 || address.n > 254 || (size_t)at + 3 > address.n)
		return false;
	for (size_t i = 0; i < address.n; i++) {
		unsigned char c = (unsigned char)address.p[i];
		if (c <= 0x20 || c >= 0x7f || strchr("()<>,;:\\\"[]", c) || (c == '@' && i != (size_t)at))
			return false;
	}
	struct str domain = str_sub(address, (size_t)at + 1, address.n);
	return domain.p[0] != '.' && domain.p[0] != '-' && domain.p[domain.n - 1] != '.';
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	return false;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x7f || (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?'))
			return false;
	return s.n <= 60;
}

struct str mail_encoded(struct arena *mem, struct str utf8)
{
	struct text t = text_new(mem);
	if (is_plain(utf8))
		return utf8;
	for (size_t at = 0; at < utf8.n;) {
		size_t end = MIN(at + WORD_BYTES, utf8.n);
		while (end < utf8.n && end > at + 1 && ((unsigned char)utf8.p[end] & 0xc0) == 0x80)
			end--;
		char base64[64];
		sodium_bin2base64(base64, sizeof base64, (const unsigned char *)utf8.p + at, end - at, sodium_base64_VARIANT_ORIGINAL);
		text_fmt(&t, "%s=?UTF-8?B?%s?=", at ? "\r\n " : "", base64);
		at = end;
	}
	return text_str(&t);
}

static enum err check(const struct message *m, struct fault *fault)
{
	if (!m->nto || m->nto > TO_MOST)
		return FAULT(fault, ERR_INPUT, "mail.to", "%zu recipients, 1 to %d are possible", m->nto, TO_MOST);
	for (size_t i = 0; i < m->nto; i++)
		if (!mail_address_valid(m->to[i]))
			return FAULT(fault, ERR_INPUT, "mail.to", "recipient %zu is no address", i + 1);
	if (!mail_address_valid(m->from) || (m->reply_to.n && !mail_address_valid(m->reply_to)))
		return FAULT(fault, ERR_INPUT, "mail.from", "the sender is no address");
	if (has_control(m->subject) || has_control(m->from_name) || has_control(m->id))
		return FAULT(fault, ERR_INPUT, "mail.header", "a line break or control character in a header");
	if (!m->id.n || m->id.n > 200 || str_chr(m->id, '<') >= 0 || str_chr(m->id, '>') >= 0 || str_chr(m->id, ' ') >= 0)
		return FAULT(fault, ERR_INPUT, "mail.id", "the message has no proper id");
	for (size_t i = 0; i < m->nattachments; i++)
		if (has_control(m->attachments[i].name) || has_control(m->attachments[i].type) || !m->attachments[i].type.n)
			return FAULT(fault, ERR_INPUT, "mail.attachment", "attachment %zu has no proper name or type", i + 1);
	return OK;
}

static void line(struct curl_slist **list, struct str s)
{
	struct curl_slist *more = curl_slist_append(*list, s.p);
	BUG_IF(!more);
	*list = more;
}

static struct str date_rfc(struct arena *mem, int64_t at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t day = day_of(at), s = at - day_start(day);
	struct date d = date_of(day);
	return str_fmt(mem, "Date: %s, %02d %s %d %02d:%02d:%02d +0700", days[weekday_of(day)], d.day, months[d.month - 1], d.year,
	               (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static struct curl_slist *headers_of(struct arena *mem, const struct message *m)
{
	struct curl_slist *list = NULL;
	struct text to = text_new(mem);
	for (size_t i = 0; i < m->nto; i++)
		text_fmt(&to, "%s<%.*s>", i ? ",\r\n " : "", FMT(m->to[i]));
	struct str name = mail_encoded(mem, m->from_name);
	bool quote = name.n && name.p == m->from_name.p; /* ASCII: quoted, for dots and commas in it */
	struct text quoted = text_new(mem);
	for (size_t i = 0; quote && i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			text_c(&quoted, '\\');
		text_c(&quoted, name.p[i]);
	}
	if (quote)
		name = str_fmt(mem, "\"%.*s\"", FMT(text_str(&quoted)));
	line(&list, date_rfc(mem, m->at));
	line(&list, str_fmt(mem, "From: %.*s%s<%.*s>", FMT(name), name.n ? " " : "", FMT(m->from)));
	line(&list, str_fmt(mem, "To: %.*s", FMT(text_str(&to))));
	if (m->reply_to.n)
		line(&list, str_fmt(mem, "Reply-To: <%.*s>", FMT(m->reply_to)));
	line(&list, str_fmt(mem, "Subject: %.*s", FMT(mail_encoded(mem, m->subject))));
	line(&list, str_fmt(mem, "Message-ID: <%.*s>", FMT(m->id)));
	line(&list, S("Auto-Submitted: auto-generated"));
	return list;
}

static void part_add(curl_mime *mime, struct str bytes, const char *type, const char *encoder)
{
	curl_mimepart *p = curl_mime_addpart(mime);
	BUG_IF(!p || curl_mime_data(p, bytes.p, bytes.n) != CURLE_OK || curl_mime_type(p, type) != CURLE_OK ||
	       curl_mime_encoder(p, encoder) != CURLE_OK);
}

static curl_mime *body_of(CURL *e, struct arena *mem, const struct message *m)
{
	curl_mime *mime = curl_mime_init(e), *both = curl_mime_init(e);
	BUG_IF(!mime || !both);
	part_add(both, m->text, "text/plain; charset=utf-8", "base64");
	if (m->html.n)
		part_add(both, m->html, "text/html; charset=utf-8", "base64");
	curl_mimepart *first = curl_mime_addpart(mime);
	BUG_IF(!first || curl_mime_subparts(first, both) != CURLE_OK || curl_mime_type(first, "multipart/alternative") != CURLE_OK);
	for (size_t i = 0; i < m->nattachments; i++) {
		const struct attachment *a = &m->attachments[i];
		curl_mimepart *p = curl_mime_addpart(mime);
		BUG_IF(!p || curl_mime_data(p, a->bytes.p, a->bytes.n) != CURLE_OK || curl_mime_encoder(p, "base64") != CURLE_OK);
		curl_mime_type(p, arena_z(mem, a->type));
		curl_mime_filename(p, arena_z(mem, a->name));
	}
	return mime;
}

static void server_set(CURL *e, struct arena *mem, const struct smtp *s)
{
	static const int ports[] = { [SMTP_STARTTLS] = 587, [SMTP_TLS] = 465, [SMTP_PLAIN] = 25 };
	struct str url = str_fmt(mem, "%s://%s:%d/%s", s->security == SMTP_TLS ? "smtps" : "smtp", s->host,
	                         s->port ? s->port : ports[s->security], s->hello ? s->hello : "localhost");
	curl_easy_setopt(e, CURLOPT_URL, url.p);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_USE_SSL, (long)(s->security == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)(s->timeout_ms > 0 ? s->timeout_ms : 30000));
	if (s->user)
		curl_easy_setopt(e, CURLOPT_USERNAME, s->user);
	if (s->user && s->password)
		curl_easy_setopt(e, CURLOPT_PASSWORD, s->password);
	if (s->login)
		curl_easy_setopt(e, CURLOPT_LOGIN_OPTIONS, s->login);
}

static enum err deliver(CURL *e, struct fault *fault)
{
	char said[CURL_ERROR_SIZE] = "";
	long reply = 0;
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, said);
	CURLcode code = curl_easy_perform(e);
	curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &reply);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, NULL);
	if (code == CURLE_OK)
		return OK;
	const char *why = said[0] ? said : curl_easy_strerror(code);
	if (code == CURLE_LOGIN_DENIED || reply >= 500)
		return FAULT(fault, ERR_DENIED, "mail.refused", "the mail server refuses (%ld): %s", reply, why);
	return FAULT(fault, ERR_REMOTE, "mail.unreachable", "%s", why);
}

static size_t no_data(char *p, size_t each, size_t n, void *ctx)
{
	(void)p, (void)ctx;
	return each * n;
}

enum err mail_send(const struct smtp *smtp, const struct message *message, struct fault *fault)
{
	struct arena mem = { 0 };
	struct curl_slist *to = NULL;
	TRY(check(message, fault));
	if (!smtp->host || !smtp->host[0] || strpbrk(smtp->host, "/@?# \r\n"))
		return FAULT(fault, ERR_INPUT, "mail.host", "no mail server is set");
	if (smtp->password && smtp->security == SMTP_PLAIN)
		return FAULT(fault, ERR_INPUT, "mail.plain", "a password is not sent without TLS");
	CURL *e = curl_easy_init();
	BUG_IF(!e);
	for (size_t i = 0; i < message->nto; i++)
		line(&to, str_fmt(&mem, "<%.*s>", FMT(message->to[i])));
	struct curl_slist *headers = headers_of(&mem, message);
	curl_mime *body = body_of(e, &mem, message);
	server_set(e, &mem, smtp);
	curl_easy_setopt(e, CURLOPT_MAIL_FROM, str_fmt(&mem, "<%.*s>", FMT(message->from)).p);
	curl_easy_setopt(e, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(e, CURLOPT_MIMEPOST, body);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, no_data);
	enum err err = deliver(e, fault);
	curl_easy_cleanup(e);
	curl_mime_free(body);
	curl_slist_free_all(headers);
	curl_slist_free_all(to);
	arena_done(&mem);
	return err;
}
