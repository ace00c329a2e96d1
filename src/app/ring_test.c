/*
 * What is new in a saved search becomes messages once, whatever happens to them afterwards.
 */
#include "app/ring.h"

#include "base/test.h"
#include "people/may.h"
#include "rooms/monitoring/press_test.h"
#include "store/store_test.h"
#include "work/queue.h"

static struct saved kept(struct cx *cx)
{
	struct saved s = { .name = S("Nước sạch"), .query = S("nước sạch"), .mail_to = S("so@tinhmau.example"),
		           .hook_url = S("https://tinhmau.example/nhan") };
	press_must(saved_add(cx, &s), cx);
	return s;
}

static void published(struct cx *cx, const char *title, int n)
{
	struct intake *in;
	struct intake_item it = press_item(cx, 0, n, cx->now - HOUR);
	it.title = str_z(title);
	press_must(intake_open(cx, &in), cx);
	CHECK_INT(press_add(cx, in, &it), INTAKE_NEW);
	intake_close(in);
}

static int jobs_of_kind_message(struct cx *cx, struct str *ret_last)
{
	struct job j;
	int n = 0;
	for (;;) {
		press_must(job_take(cx, S("test"), &j), cx);
		if (!j.id)
			return n;
		n += str_eq(j.kind, S("message"));
		*ret_last = j.arg;
	}
}

SQL(ring_account, "INSERT INTO staff_account (id, login, name, password, roles, created_at) VALUES (1, 'mot', 'Một', 'x', 32, 0)");

static void rings_once(struct cx *cx)
{
	struct vocab vocab = vocab_new(cx->mem);
	struct str last = S("");
	cx->who.roles = ROLE_ANALYST;
	press_must(db_run(cx, &ring_account, NO_ARGS), cx);
	published(cx, "Xã Suối Trong có nước sạch trước đó", 1);
	kept(cx);
	press_must(ring_saved(cx, &vocab), cx);
	CHECK_INT(jobs_of_kind_message(cx, &last), 0);
	published(cx, "Bốn xã thiếu nước sạch đầu mùa khô", 2);
	press_must(ring_saved(cx, &vocab), cx);
	press_must(ring_saved(cx, &vocab), cx);
	CHECK_INT(jobs_of_kind_message(cx, &last), 2);
	CHECK(str_find(last, S("search.new")) > 0);
	CHECK(str_find(last, S("Bốn xã thiếu nước sạch đầu mùa khô")) > 0);
	CHECK(str_find(last, S("trước đó")) < 0);
}

TEST(what_is_new_in_a_saved_search_is_told_once_by_mail_and_by_hook)
{
	press_on_both(rings_once);
}

TEST(a_message_waits_for_a_mail_server_and_never_goes_to_a_private_address)
{
	struct cx cx = test_cx();
	CHECK(ring_message(&cx, S("{\"by\":\"mail\",\"to\":\"so@tinhmau.example\",\"subject\":\"x\",\"text\":\"y\"}")) == ERR_REMOTE);
	CHECK(strstr(cx.fault.detail, "smtp_host"));
	CHECK(ring_message(&cx, S("{\"by\":\"hook\",\"url\":\"http://127.0.0.1:1/\",\"secret\":\"0123456789abcdef0123\",\"body\":\"{}\"}")) ==
	      ERR_DENIED);
	test_cx_done(&cx);
}
