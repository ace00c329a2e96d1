/*
 * fetch_words - the states of a fetch in words: for the log, for the Sources page, and as a number for
 * the schedule.
 */
#include "net/fetch.h"

struct words {
	const char *name, *vi, *en;
	double weight;
};

static const struct words words[FETCH_STATES] = {
	[FETCH_OK] = { "ok", "Đã lấy được.", "Fetched.", 0 },
	[FETCH_UNCHANGED] = { "unchanged", "Không có gì mới từ lần trước.", "Nothing new since last time.", 0 },
	[FETCH_ROBOTS] = { "forbidden_by_robots", "Trang này đề nghị không thu thập (robots.txt); hệ thống làm theo.",
		"The site asks not to be collected (robots.txt); we comply.", 2 },
	[FETCH_NOT_FOUND] = { "not_found", "Địa chỉ không còn trên máy chủ (404/410).",
		"The address is no longer there (404/410).", 2 },
	[FETCH_FORBIDDEN] = { "forbidden", "Máy chủ từ chối cho xem (401/403/451).",
		"The server refuses to show it (401/403/451).", 2 },
	[FETCH_RATE_LIMITED] = { "rate_limited", "Máy chủ đề nghị chờ rồi hỏi lại.", "The server asks us to wait.", 1 },
	[FETCH_HTTP_ERROR] = { "http_error", "Máy chủ báo lỗi.", "The server reports an error.", 1 },
	[FETCH_TOO_LARGE] = { "too_large", "Nội dung vượt quá giới hạn dung lượng; chỉ giữ phần đầu.",
		"The content is over the size limit; only its beginning is kept.", 1 },
	[FETCH_TOO_SLOW] = { "too_slow", "Máy chủ gửi quá chậm, hết thời gian chờ.",
		"The server sends too slowly; the time was over.", 0.5 },
	[FETCH_NO_ANSWER] = { "no_answer", "Máy chủ không trả lời trong thời gian chờ.",
		"The server did not answer in time.", 0.5 },
	[FETCH_TOO_MANY_REDIRECTS] = { "too_many_redirects", "Bị chuyển hướng quá nhiều lần.",
		"Redirected too many times.", 2 },
	[FETCH_BAD_ADDRESS] = { "bad_address", "Địa chỉ không phải http hoặc https hợp lệ.",
		"Not a valid http or https address.", 2 },
	[FETCH_PRIVATE_ADDRESS] = { "private_address", "Địa chỉ dẫn vào mạng nội bộ; hệ thống không truy cập.",
		"The address leads into a private network; we do not go there.", 2 },
	[FETCH_DNS] = { "dns", "Không tìm thấy tên miền.", "The host name was not found.", 1 },
	[FETCH_REFUSED] = { "refused", "Không kết nối được tới máy chủ.", "Could not connect to the server.", 0.5 },
	[FETCH_TLS] = { "tls", "Kết nối bảo mật (TLS) không hợp lệ hoặc chứng thư hết hạn.",
		"The secure connection (TLS) or its certificate is not valid.", 1 },
	[FETCH_CUT_OFF] = { "cut_off", "Máy chủ ngắt giữa chừng, nội dung chưa đủ.",
		"The server broke off; the content is incomplete.", 0.5 },
	[FETCH_BAD_ENCODING] = { "bad_encoding", "Dữ liệu nén bị hỏng.", "The packed data are damaged.", 1 },
	[FETCH_NOT_HTTP] = { "not_http", "Máy chủ trả lời không đúng giao thức HTTP.", "The answer is not proper HTTP.", 1 },
};

static const struct words *of(enum fetch_state state)
{
	BUG_IF((unsigned)state >= FETCH_STATES);
	return &words[state];
}

const char *fetch_state_name(enum fetch_state state)
{
	return of(state)->name;
}

const char *fetch_state_say(enum fetch_state state, const char *lang)
{
	return lang && !strcmp(lang, "en") ? of(state)->en : of(state)->vi;
}

double fetch_state_weight(enum fetch_state state)
{
	return of(state)->weight;
}
