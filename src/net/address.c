/*
 * address - the special-purpose address registries as two tables of prefixes.
 */
#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

struct block4 {
	uint32_t net;
	int bits;
};

static const struct block4 not_global4[] = {
	{ 0x00000000, 8 },  /* this network */
	{ 0x0a000000, 8 },  /* private */
	{ 0x64400000, 10 }, /* shared by carriers */
	{ 0x7f000000, 8 },  /* loopback */
	{ 0xa9fe0000, 16 }, /* link-local, and the metadata services of clouds */
	{ 0xac100000, 12 }, /* private */
	{ 0xc0000000, 24 }, /* protocol assignments */
	{ 0xc0000200, 24 }, /* documentation */
	{ 0xc0586300, 24 }, /* 6to4 relays */
	{ 0xc0a80000, 16 }, /* private */
	{ 0xc6120000, 15 }, /* benchmarks */
	{ 0xc6336400, 24 }, /* documentation */
	{ 0xcb007100, 24 }, /* documentation */
	{ 0xe0000000, 3 },  /* multicast, reserved, broadcast */
};

struct block6 {
	unsigned char head[16];
	int bits;
};

/* All inside 2000::/3; whatever is outside of it is not global unicast. */
static const struct block6 not_global6[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 },             /* protocol assignments, Teredo, benchmarks, ORCHID */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },             /* documentation */
	{ { 0x20, 0x02 }, 16 },                         /* 6to4: an IPv4 address inside */
	{ { 0x3f, 0xff }, 20 },                         /* documentation */
};

static bool public4(uint32_t ip)
{
	for (size_t i = 0; i < COUNT(not_global4); i++)
		if ((ip ^ not_global4[i].net) >> (32 - not_global4[i].bits) == 0)
			return false;
	return true;
}

static bool same_head(const unsigned char *a, const unsigned char *b, int bits)
{
	int whole = bits / 8, rest = bits % 8;
	return !memcmp(a, b, (size_t)whole) && (!rest || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool public6(const unsigned char ip[16])
{
	static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	if (!memcmp(ip, nat64, 12))
		return public4(be32(ip + 12));
	if (ip[0] >> 5 != 1)
		return false;
	for (size_t i = 0; i < COUNT(not_global6); i++)
		if (same_head(ip, not_global6[i].head, not_global6[i].bits))
			return false;
	return true;
}

bool address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return public4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
	if (address->sa_family != AF_INET6)
		return false;
	const struct in6_addr *ip = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
	if (IN6_IS_ADDR_V4MAPPED(ip))
		return public4(be32(ip->s6_addr + 12));
	return public6(ip->s6_addr);
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct guard *guard = ctx;
	if (purpose != CURLSOCKTYPE_IPCXN || (!guard->allow_private && !address_is_public(&to->addr))) {
		guard->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

void guard_handle(CURL *easy, struct guard *guard)
{
	guard->refused = false;
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, guard);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
}
