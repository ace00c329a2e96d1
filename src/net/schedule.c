/*
 * schedule - the sums behind polling and behind the words on the Sources page.
 */
#include "net/schedule.h"
#include "base/time.h"

#include <math.h>

#define FIRST_PAUSE 1800.0
#define TARGET 0.3       /* share of polls that should bring news */
#define GAIN 0.5         /* step in the logarithm of the pause; 20 polls to settle within a factor of 1.5 */
#define MEMORY 0.9       /* of the share that is shown */
#define JITTER 0.1       /* of the pause, to either side */
#define FREE_FAILURES 1.0
#define DOUBLINGS_MOST 12.0

static double clamp(double x)
{
	return fmin(fmax(x, POLL_LEAST), POLL_MOST);
}

void poll_note(struct poll_history *h, const struct poll_outcome *o)
{
	h->polls++;
	h->last = o->at;
	h->not_before = o->retry_after > 0 ? o->at + MIN(o->retry_after, (int64_t)POLL_MOST) : 0;
	if (h->pause <= 0)
		h->pause = FIRST_PAUSE;
	if (o->failure > 0) {
		h->failures += o->failure;
		return;
	}
	bool news = o->fresh > 0, first = h->share == 0 && h->polls == 1;
	h->failures = 0;
	if (first) { /* everything is new in a feed seen for the first time: that says nothing of its pace */
		h->share = TARGET;
		return;
	}
	h->share = MEMORY * h->share + (1 - MEMORY) * news;
	h->pause *= exp(GAIN * (TARGET - news));
	if (o->items >= 5 && o->fresh >= o->items) /* all new: some may have gone by unseen */
		h->pause /= 2;
	h->pause = fmax(clamp(h->pause), (double)MIN(o->published_pause, (int64_t)POLL_MOST));
}

static double jitter(const struct poll_history *h)
{
	uint64_t x = hash_mix((uint64_t)h->source * 0x9e3779b97f4a7c15u + (uint64_t)h->polls);
	return (double)(x >> 11) / (double)(1ull << 53) * 2 - 1;
}

int64_t next_poll(const struct poll_history *h, int64_t now)
{
	if (!h->last)
		return now + (int64_t)((jitter(h) + 1) * 30);
	double pause = h->pause > 0 ? h->pause : FIRST_PAUSE;
	if (h->failures > FREE_FAILURES)
		pause *= exp2(fmin(h->failures - FREE_FAILURES, DOUBLINGS_MOST));
	pause = clamp(pause) * (1 + JITTER * jitter(h));
	int64_t at = h->last + (int64_t)fmin(fmax(pause, POLL_LEAST), POLL_MOST);
	return MAX(at, h->not_before);
}

enum source_health source_health(const struct source_facts *f)
{
	if (f->failed_in_row >= 3 && f->keeps_us_out)
		return HEALTH_BLOCKED;
	if (f->failed_in_row >= 3 && f->failed_hours >= 1)
		return HEALTH_BROKEN;
	if (f->unreadable_in_row >= 3 && f->items_seen)
		return HEALTH_CHANGED;
	if (f->items_seen < 20)
		return HEALTH_NEW;
	/* Items come more in bunches than by Poisson: the expected number is halved before its tail is read. */
	double chance = exp(-f->expected_since / 2);
	return chance < 0.001 ? HEALTH_SILENT : chance < 0.02 ? HEALTH_LATE : HEALTH_GOOD;
}

struct words {
	const char *name, *vi, *en;
};

static const struct words words[HEALTH_STATES] = {
	[HEALTH_NEW] = { "new", "Mới theo dõi, chưa đủ dữ liệu để nhận xét.", "New; not enough seen to say." },
	[HEALTH_GOOD] = { "good", "Hoạt động bình thường.", "As usual." },
	[HEALTH_LATE] = { "late", "Ra tin chậm hơn thường lệ vào giờ này.", "Fewer items than usual at this hour." },
	[HEALTH_SILENT] = { "silent", "Vẫn trả lời nhưng lâu bất thường không có tin mới.",
		"Answers, but has published nothing for an unusual time." },
	[HEALTH_CHANGED] = { "changed", "Vẫn trả lời nhưng không còn đọc được: trang đã đổi cấu trúc.",
		"Answers, but can no longer be read: its layout changed." },
	[HEALTH_BLOCKED] = { "blocked", "Nguồn không cho hệ thống truy cập.", "The source keeps us out." },
	[HEALTH_BROKEN] = { "broken", "Không lấy được: máy chủ lỗi hoặc không trả lời.", "Cannot be fetched: errors or no answer." },
};

const char *source_health_name(enum source_health health)
{
	BUG_IF((unsigned)health >= HEALTH_STATES);
	return words[health].name;
}

const char *source_health_say(enum source_health health, const char *lang)
{
	BUG_IF((unsigned)health >= HEALTH_STATES);
	return lang && !strcmp(lang, "en") ? words[health].en : words[health].vi;
}

double expected_items(const double profile[168], int64_t from, int64_t to)
{
	double week = 0, sum = 0;
	if (to <= from)
		return 0;
	for (int i = 0; i < 168; i++)
		week += profile[i];
	int64_t weeks = (to - from) / (7 * DAY);
	from += weeks * 7 * DAY;
	while (from < to) {
		int64_t day = day_of(from), hour = (from - day_start(day)) / HOUR;
		int64_t end = MIN(to, day_start(day) + (hour + 1) * HOUR);
		sum += profile[weekday_of(day) * 24 + hour] * (double)(end - from) / HOUR;
		from = end;
	}
	return sum + (double)weeks * week;
}
