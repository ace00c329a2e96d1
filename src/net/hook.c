/*
 * hook - one POST, signed.
 */
#include "net/hook.h"
#include "net/address.h"
#include "net/url.h"

#include <sodium.h>

enum { SECRET_LEAST = 16 };

static void hmac_hex(struct str secret, int64_t at, struct str body, char ret[crypto_auth_hmacsha256_BYTES * 2 + 1])
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char head[32];
	int n = snprintf(head, sizeof head, "%lld.", (long long)at);
	BUG_IF(sodium_init() < 0);
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.p, secret.n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, (size_t)n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.p, body.n);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_bin2hex(ret, crypto_auth_hmacsha256_BYTES * 2 + 1, mac, sizeof mac);
	sodium_memzero(&state, sizeof state);
}

struct str hook_signature(struct arena *mem, struct str secret, int64_t at, struct str body)
{
	char hex[crypto_auth_hmacsha256_BYTES * 2 + 1];
	hmac_hex(secret, at, body, hex);
	return str_fmt(mem, "t=%lld,v1=%s", (long long)at, hex);
}

bool hook_verify(struct str header, struct str secret, struct str body, int64_t now, int64_t skew)
{
	char hex[crypto_auth_hmacsha256_BYTES * 2 + 1];
	int64_t at = INT64_MIN;
	struct str claimed = { 0 };
	for (struct str part; str_split(&header, ',', &part);) {
		part = str_trim(part);
		if (str_starts(part, S("t=")) && !str_int(str_sub(part, 2, part.n), &at))
			return false;
		if (str_starts(part, S("v1=")))
			claimed = str_sub(part, 3, part.n);
	}
	if (at < 0 || claimed.n != sizeof hex - 1 || at > now + skew || now > at + skew)
		return false;
	hmac_hex(secret, at, body, hex);
	return sodium_memcmp(hex, claimed.p, claimed.n) == 0;
}

static bool event_is_clean(struct str event)
{
	for (size_t i = 0; i < event.n; i++) {
		char c = event.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
			return false;
	}
	return event.n > 0 && event.n <= 64;
}

static size_t drop_body(char *p, size_t each, size_t n, void *ctx)
{
	size_t *seen = ctx;
	*seen += each * n;
	return *seen > 64 << 10 ? 0 : each * n; /* what the receiver says is not read; but it may not talk for ever */
}

static struct curl_slist *headers_of(struct arena *mem, const struct hook *hook, struct str body, int64_t now)
{
	struct curl_slist *list = NULL;
	struct str signature = hook_signature(mem, hook->secret, now, body);
	const char *const lines[] = { "Content-Type: application/json", "Expect:", str_fmt(mem, "X-Nhipcau-Event: %.*s", FMT(hook->event)).p,
		str_fmt(mem, "X-Nhipcau-Signature: %.*s", FMT(signature)).p };
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct curl_slist *more = curl_slist_append(list, lines[i]);
		BUG_IF(!more);
		list = more;
	}
	return list;
}

static enum err post(CURL *e, const struct guard *guard, struct fault *fault)
{
	char said[CURL_ERROR_SIZE] = "";
	long status = 0;
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, said);
	CURLcode code = curl_easy_perform(e);
	curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, NULL);
	if (code != CURLE_OK && code != CURLE_WRITE_ERROR && guard->refused)
		return FAULT(fault, ERR_DENIED, "hook.private", "the address leads into a private network");
	if (code != CURLE_OK && code != CURLE_WRITE_ERROR)
		return FAULT(fault, ERR_REMOTE, "hook.unreachable", "%s", said[0] ? said : curl_easy_strerror(code));
	if (status >= 200 && status < 300)
		return OK;
	bool final = status >= 300 && status < 500 && status != 408 && status != 429;
	return FAULT(fault, final ? ERR_DENIED : ERR_REMOTE, "hook.refused", "the receiver answered %ld", status);
}

enum err hook_send(const struct hook *hook, struct str body, int64_t now, struct fault *fault)
{
	struct arena mem = { 0 };
	struct str url;
	struct guard guard = { .allow_private = hook->allow_private };
	size_t seen = 0;
	if (hook->secret.n < SECRET_LEAST)
		return FAULT(fault, ERR_INPUT, "hook.secret", "the secret has %zu bytes, it needs %d", hook->secret.n, SECRET_LEAST);
	if (!event_is_clean(hook->event))
		return FAULT(fault, ERR_INPUT, "hook.event", "the event's name may hold letters, digits, dots and dashes");
	if (!url_canonical(&mem, hook->url, &url)) {
		arena_done(&mem);
		return FAULT(fault, ERR_INPUT, "hook.url", "not an http or https address");
	}
	CURL *e = curl_easy_init();
	BUG_IF(!e);
	struct curl_slist *headers = headers_of(&mem, hook, body, now);
	guard_handle(e, &guard);
	curl_easy_setopt(e, CURLOPT_URL, arena_z(&mem, hook->url));
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(e, CURLOPT_USERAGENT, hook->agent ? hook->agent : "nhipcau");
	curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
	curl_easy_setopt(e, CURLOPT_POSTFIELDS, body.n ? body.p : "");
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, drop_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, &seen);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)(hook->timeout_ms > 0 ? hook->timeout_ms : 10000));
	enum err err = post(e, &guard, fault);
	curl_easy_cleanup(e);
	curl_slist_free_all(headers);
	arena_done(&mem);
	return err;
}
