/*
 * Letters as a mail server on the loopback address gets them, and signed webhooks.
 */
#include "net/mail.h"
#include "base/test.h"
#include "net/bad_server.h"
#include "net/hook.h"
#include "net/sdnotify.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const struct str to[] = { S_INIT("can-bo@tinh.example.vn"), S_INIT("van-phong@tinh.example.vn") };

static struct message message(void)
{
	return (struct message){ .from = S("nhip-cau@tinh.example.vn"), .from_name = S("Nhịp Cầu"), .to = to, .nto = 2, .at = 1795000000,
		.subject = S("Cảnh báo: tin về cấp nước sạch tăng bất thường tại các xã miền núi"), .text = S("Kính gửi,\n.\nSố tin tăng.\n"),
		.html = S("<p>Kính gửi</p>"), .id = S("canh-bao-1@tinh.example.vn") };
}

static struct smtp sink(void)
{
	return (struct smtp){ .host = "127.0.0.1", .port = mail_sink_port(), .security = SMTP_PLAIN, .timeout_ms = 2000 };
}

TEST(a_message_arrives_with_its_parts)
{
	struct message m = message();
	struct smtp s = sink();
	struct attachment paper = { S("diem-bao.pdf"), S("application/pdf"), S("%PDF-1.4 mau") };
	struct fault fault = { 0 };
	m.attachments = &paper;
	m.nattachments = 1;
	enum err err = mail_send(&s, &m, &fault);
	CHECK_STR(str_z(fault.detail), "");
	CHECK_INT(err, OK);
	struct str got = mail_sink_last(test_mem());
	static const char *const holds[] = { "MAIL FROM:<nhip-cau@tinh.example.vn>", "RCPT TO:<can-bo@tinh.example.vn>",
		"RCPT TO:<van-phong@tinh.example.vn>", "Subject: =?UTF-8?B?", "Message-ID: <canh-bao-1@tinh.example.vn>", "multipart/alternative",
		"From: =?UTF-8?B?Tmjhu4twIEPhuqd1?= <nhip-cau@tinh.example.vn>", "Content-Type: text/plain; charset=utf-8", "filename=\"diem-bao.pdf\"",
		"Date: ", "+0700", "\r\n.\r\n" };
	for (size_t i = 0; i < COUNT(holds); i++)
		if (str_find(got, str_z(holds[i])) < 0)
			test_failed(holds[i], 0, got.p);
	for (struct str rest = got, one; str_split(&rest, '\n', &one);)
		CHECK(one.n <= 90); /* libcurl's own line with the boundary has 82; RFC 5322 allows 998 and asks for 78 */
}

TEST(a_header_cannot_be_smuggled_in)
{
	struct smtp s = sink();
	struct fault fault;
	struct message m = message();
	m.subject = S("Tin\r\nBcc: nguoi-la@example.com");
	CHECK_INT(mail_send(&s, &m, &fault), ERR_INPUT);
	m = message();
	m.from_name = S("A\nB");
	CHECK_INT(mail_send(&s, &m, &fault), ERR_INPUT);
	m = message();
	static const struct str bad = S_INIT("a@b.vn>\r\nRCPT TO:<c@d.vn");
	m.to = &bad;
	m.nto = 1;
	CHECK_INT(mail_send(&s, &m, &fault), ERR_INPUT);
	m.nto = 0;
	CHECK_INT(mail_send(&s, &m, &fault), ERR_INPUT);
	CHECK(mail_address_valid(S("a@b.vn")) && mail_address_valid(S("can.bo+tin@so-vhttdl.tinh.gov.vn")));
	CHECK(!mail_address_valid(S("a@")) && !mail_address_valid(S("@b.vn")) && !mail_address_valid(S("a b@c.vn")));
	CHECK(!mail_address_valid(S("a@b@c.vn")) && !mail_address_valid(S("đ@b.vn")) && !mail_address_valid(S("a@b.vn, c@d.vn")));
}

TEST(a_server_that_refuses_and_one_that_is_away_are_told_apart)
{
	static const struct str refused = S_INIT("tu-choi@tinh.example.vn");
	struct smtp s = sink();
	struct fault fault;
	struct message m = message();
	m.to = &refused;
	m.nto = 1;
	CHECK_INT(mail_send(&s, &m, &fault), ERR_DENIED);
	m = message();
	s.port = dead_port();
	CHECK_INT(mail_send(&s, &m, &fault), ERR_REMOTE);
	s = sink();
	s.security = SMTP_STARTTLS; /* which the sink does not offer */
	CHECK(mail_send(&s, &m, &fault) != OK);
	s = sink();
	s.user = "a";
	s.password = "b";
	CHECK_INT(mail_send(&s, &m, &fault), ERR_INPUT);
}

TEST(encoded_words_are_never_cut_inside_a_letter)
{
	CHECK_STR(mail_encoded(test_mem(), S("Plain subject")), "Plain subject");
	struct str e = mail_encoded(test_mem(), S("ếếếếếếếếếếếếếếếế"));
	CHECK_STR(e, "=?UTF-8?B?4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/4bq/?=\r\n =?UTF-8?B?4bq/4bq/4bq/?=");
	CHECK(str_starts(mail_encoded(test_mem(), S("=?x?=")), S("=?UTF-8?B?")));
}

TEST(a_webhook_is_signed_and_the_signature_ages)
{
	struct str secret = S("bi-mat-cua-don-vi-nhan"), body = S("{\"alert\":1}");
	struct hook h = { .agent = "NhipCau-test/0.1", .url = str_fmt(test_mem(), "http://127.0.0.1:%d/hook", bad_server_port()), .secret = secret,
		.event = S("alert.raised"), .allow_private = true, .timeout_ms = 2000 };
	struct fault fault = { 0 };
	CHECK_INT(hook_send(&h, body, 1795000000, &fault), OK);
	struct str got = bad_server_last(test_mem()), name = S("X-Nhipcau-Signature: ");
	ptrdiff_t at = str_find(got, name);
	CHECK(at > 0);
	struct str rest = str_sub(got, (size_t)at + name.n, got.n), line;
	CHECK(str_split(&rest, '\r', &line));
	CHECK(str_ends(got, body));
	CHECK(hook_verify(line, secret, body, 1795000100, 300));
	CHECK(!hook_verify(line, secret, body, 1795000400, 300));
	CHECK(!hook_verify(line, secret, body, 1794999000, 300));
	CHECK(!hook_verify(line, S("bi-mat-cua-nguoi-khac"), body, 1795000100, 300));
	CHECK(!hook_verify(line, secret, S("{\"alert\":2}"), 1795000100, 300));
	CHECK(!hook_verify(S("t=1795000000"), secret, body, 1795000000, 300));
	CHECK(!hook_verify(S(""), secret, body, 0, 300));
	/* Computed with openssl dgst -sha256 -hmac Jefe. */
	CHECK_STR(hook_signature(test_mem(), S("Jefe"), 0, S("x")), "t=0,v1=6d15f8f565f81ca17757f8569ccb192a1f1e1b2695979a6115221439a5eb67cb");
}

TEST(a_webhook_keeps_to_the_rules)
{
	struct hook h = { .url = str_fmt(test_mem(), "http://127.0.0.1:%d/hook", bad_server_port()), .secret = S("0123456789abcdef"), .event = S("e"),
		.timeout_ms = 500 };
	struct fault fault;
	CHECK_INT(hook_send(&h, S("{}"), 1, &fault), ERR_DENIED);
	h.allow_private = true;
	static const struct { const char *path; enum err err; } ways[] = { { "/loop", ERR_DENIED }, { "/404", ERR_DENIED }, { "/429", ERR_REMOTE },
		{ "/500", ERR_REMOTE }, { "/silent", ERR_REMOTE }, { "/endless", OK }, { "/hook", OK } };
	for (size_t i = 0; i < COUNT(ways); i++) {
		h.url = str_fmt(test_mem(), "http://127.0.0.1:%d%s", bad_server_port(), ways[i].path);
		CHECK_INT(hook_send(&h, S("{}"), 1, &fault), ways[i].err);
	}
	h.event = S("a\r\nX: y");
	CHECK_INT(hook_send(&h, S("{}"), 1, &fault), ERR_INPUT);
	h.event = S("e");
	h.secret = S("ngan");
	CHECK_INT(hook_send(&h, S("{}"), 1, &fault), ERR_INPUT);
	h.secret = S("0123456789abcdef");
	h.url = S("file:///etc/passwd");
	CHECK_INT(hook_send(&h, S("{}"), 1, &fault), ERR_INPUT);
}

TEST(the_service_manager_hears_that_we_are_ready)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	char got[64] = "";
	snprintf(a.sun_path, sizeof a.sun_path, "%s/notify", test_dir());
	int s = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	CHECK(s >= 0 && !bind(s, (struct sockaddr *)&a, sizeof a));
	setenv("NOTIFY_SOCKET", a.sun_path, 1);
	CHECK(sd_tell("READY=1"));
	unsetenv("NOTIFY_SOCKET");
	CHECK(!sd_tell("READY=1"));
	CHECK_INT(recv(s, got, sizeof got - 1, MSG_DONTWAIT), 7);
	CHECK_STR(str_z(got), "READY=1");
	close(s);
}
