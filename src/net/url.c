/*
 * url - libcurl's URL API takes addresses apart and puts them together; what is a tracking parameter
 * and what is a place of private persons is ours.
 */
#include "net/url.h"

#include <curl/curl.h>

static void url_freep(CURLU **u)
{
	curl_url_cleanup(*u);
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	return false;
}

static bool set(CURLU *u, struct arena *mem, struct str url)
{
	url = str_trim(url);
	if (!url.n || url.n > URL_MAX || has_control(url))
		return false;
	return curl_url_set(u, CURLUPART_URL, arena_z(mem, url), CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
}

static struct str get(CURLU *u, struct arena *mem, CURLUPart part, unsigned flags)
{
	char *z = NULL;
	if (curl_url_get(u, part, &z, flags) != CURLUE_OK)
		return S("");
	struct str s = arena_str(mem, str_z(z));
	curl_free(z);
	return s;
}

static struct str lower(struct arena *mem, struct str s)
{
	char *p = arena_z(mem, s);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (struct str){ p, s.n };
}

static struct str host_of(CURLU *u, struct arena *mem)
{
	struct str host = get(u, mem, CURLUPART_HOST, CURLU_PUNYCODE);
	if (!host.n)
		host = get(u, mem, CURLUPART_HOST, 0);
	host = lower(mem, host);
	return str_ends(host, S(".")) ? str_sub(host, 0, host.n - 1) : host;
}

static bool is_web(CURLU *u, struct arena *mem)
{
	struct str scheme = get(u, mem, CURLUPART_SCHEME, 0);
	return str_eq_nocase(scheme, S("http")) || str_eq_nocase(scheme, S("https"));
}

/* %c3 and %C3 are one; nothing is decoded, since servers differ in what they take for the same. */
static struct str upper_hex(struct arena *mem, struct str s)
{
	char *p = arena_z(mem, s);
	for (size_t i = 0; i + 2 < s.n; i++)
		if (p[i] == '%')
			for (size_t k = i + 1; k <= i + 2; k++)
				if (p[k] >= 'a' && p[k] <= 'f')
					p[k] = (char)(p[k] - 32);
	return (struct str){ p, s.n };
}

static bool is_tracking(struct str name)
{
	static const struct str heads[] = { S_INIT("utm_"), S_INIT("mtm_"), S_INIT("pk_"), S_INIT("hsa_") };
	static const struct str names[] = {
		S_INIT("fbclid"), S_INIT("gclid"), S_INIT("dclid"), S_INIT("gbraid"), S_INIT("wbraid"), S_INIT("msclkid"),
		S_INIT("yclid"), S_INIT("twclid"), S_INIT("ttclid"), S_INIT("igshid"), S_INIT("igsh"), S_INIT("mc_cid"),
		S_INIT("mc_eid"), S_INIT("zarsrc"), S_INIT("gidzl"), S_INIT("_ga"), S_INIT("_gl"), S_INIT("li_fat_id"),
		S_INIT("fb_action_ids"), S_INIT("fb_action_types"), S_INIT("fb_source"), S_INIT("ref_src"), S_INIT("ref_url"),
		S_INIT("cmpid"), S_INIT("ocid"), S_INIT("_hsenc"), S_INIT("_hsmi"), S_INIT("vero_id"), S_INIT("wickedid"),
		S_INIT("s_cid"), S_INIT("share_from"),
	};
	for (size_t i = 0; i < COUNT(heads); i++)
		if (name.n >= heads[i].n && str_eq_nocase(str_sub(name, 0, heads[i].n), heads[i]))
			return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

static struct str query_kept(struct arena *mem, struct str query)
{
	struct text t = text_new(mem);
	for (struct str rest = query, one; str_split(&rest, '&', &one);) {
		ptrdiff_t eq = str_chr(one, '=');
		if (!one.n || is_tracking(eq < 0 ? one : str_sub(one, 0, (size_t)eq)))
			continue;
		if (t.n)
			text_c(&t, '&');
		text_add(&t, one);
	}
	return text_str(&t);
}

static void origin_add(struct text *t, CURLU *u, struct arena *mem, struct str host)
{
	struct str port = get(u, mem, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
	text_fmt(t, "%.*s://%.*s", FMT(lower(mem, get(u, mem, CURLUPART_SCHEME, 0))), FMT(host));
	if (port.n)
		text_fmt(t, ":%.*s", FMT(port));
}

bool url_canonical(struct arena *mem, struct str url, struct str *ret)
{
	AUTO(url_freep) CURLU *u = curl_url();
	BUG_IF(!u);
	if (!set(u, mem, url) || !is_web(u, mem))
		return false;
	struct str host = host_of(u, mem);
	if (!host.n)
		return false;
	struct text t = text_new(mem);
	origin_add(&t, u, mem, host);
	struct str path = get(u, mem, CURLUPART_PATH, 0);
	text_add(&t, path.n ? upper_hex(mem, path) : S("/"));
	struct str query = query_kept(mem, upper_hex(mem, get(u, mem, CURLUPART_QUERY, 0)));
	if (query.n)
		text_fmt(&t, "?%.*s", FMT(query));
	*ret = text_str(&t);
	return true;
}

bool url_join(struct arena *mem, struct str base, struct str ref, struct str *ret)
{
	AUTO(url_freep) CURLU *u = curl_url();
	BUG_IF(!u);
	if (!set(u, mem, base) || !set(u, mem, ref) || !is_web(u, mem))
		return false;
	struct str whole = get(u, mem, CURLUPART_URL, 0);
	if (!whole.n)
		return false;
	*ret = whole;
	return true;
}

struct str url_host(struct arena *mem, struct str url)
{
	AUTO(url_freep) CURLU *u = curl_url();
	BUG_IF(!u);
	return set(u, mem, url) ? host_of(u, mem) : S("");
}

struct str url_path_query(struct arena *mem, struct str url)
{
	AUTO(url_freep) CURLU *u = curl_url();
	BUG_IF(!u);
	if (!set(u, mem, url))
		return S("/");
	struct str path = get(u, mem, CURLUPART_PATH, 0), query = get(u, mem, CURLUPART_QUERY, 0);
	return str_fmt(mem, "%.*s%s%.*s", FMT(path.n ? path : S("/")), query.n ? "?" : "", FMT(query));
}

struct str url_origin(struct arena *mem, struct str url)
{
	AUTO(url_freep) CURLU *u = curl_url();
	BUG_IF(!u);
	if (!set(u, mem, url) || !is_web(u, mem))
		return S("");
	struct str host = host_of(u, mem);
	if (!host.n)
		return S("");
	struct text t = text_new(mem);
	origin_add(&t, u, mem, host);
	return text_str(&t);
}

bool url_is_social(struct str host)
{
	static const struct str places[] = {
		S_INIT("facebook.com"), S_INIT("fb.com"), S_INIT("fb.me"), S_INIT("fb.watch"), S_INIT("messenger.com"), S_INIT("m.me"),
		S_INIT("instagram.com"), S_INIT("threads.net"), S_INIT("threads.com"), S_INIT("whatsapp.com"), S_INIT("wa.me"),
		S_INIT("tiktok.com"), S_INIT("douyin.com"), S_INIT("twitter.com"), S_INIT("x.com"), S_INIT("t.co"),
		S_INIT("zalo.me"), S_INIT("zaloapp.com"), S_INIT("zalo.vn"), S_INIT("telegram.org"), S_INIT("telegram.me"), S_INIT("t.me"),
		S_INIT("viber.com"), S_INIT("signal.group"), S_INIT("discord.com"), S_INIT("discord.gg"), S_INIT("wechat.com"),
		S_INIT("weixin.qq.com"), S_INIT("weibo.com"), S_INIT("line.me"), S_INIT("kakao.com"), S_INIT("vk.com"), S_INIT("ok.ru"),
		S_INIT("youtube.com"), S_INIT("youtu.be"), S_INIT("linkedin.com"), S_INIT("lnkd.in"), S_INIT("pinterest.com"),
		S_INIT("reddit.com"), S_INIT("snapchat.com"), S_INIT("tumblr.com"), S_INIT("bsky.app"), S_INIT("mastodon.social"),
		S_INIT("gapo.vn"), S_INIT("lotus.vn"), S_INIT("mocha.com.vn"), S_INIT("gab.com"), S_INIT("rumble.com"),
		S_INIT("twitch.tv"), S_INIT("dailymotion.com"), S_INIT("quora.com"), S_INIT("medium.com"), S_INIT("substack.com"),
		S_INIT("blogspot.com"), S_INIT("wordpress.com"), S_INIT("flickr.com"), S_INIT("webtretho.com"), S_INIT("voz.vn"),
	};
	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct str place = places[i];
		if (host.n < place.n || !str_eq_nocase(str_sub(host, host.n - place.n, host.n), place))
			continue;
		if (host.n == place.n || host.p[host.n - place.n - 1] == '.')
			return true;
	}
	return false;
}
