/*
 * address - which machines we may talk to. A name in a feed, a redirect or a webhook is a stranger's
 * word; what counts is the address it resolves to at the moment of connecting (so that a name that
 * changes its address in between gains nothing). Everything IANA's special-purpose registries (RFC 6890
 * and its updates) do not call global is refused: private, loopback, link-local, shared, multicast,
 * documentation, and the IPv6 forms that carry an IPv4 address inside.
 */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include "base/base.h"

#include <curl/curl.h>
#include <sys/socket.h>

/* False for anything but a global unicast IPv4 or IPv6 address. */
bool address_is_public(const struct sockaddr *address);

struct guard {
	bool allow_private; /* tests, and services inside the building that a person named in the settings */
	bool refused;       /* set when a connection was refused for its address */
};

/* Makes every connection of this handle ask first; the guard lives as long as the handle. Proxies of the
 * environment are not used: behind one, the address would be the proxy's. */
void guard_handle(CURL *easy, struct guard *guard);

#endif
