/*
 * url - addresses of articles and sources. The canonical address is what two feeds that name the same
 * page agree on: lower-case scheme and host, no default port, no fragment, no name and password, no
 * parameters that only follow the reader about; the order of the others is kept, and so are the hosts
 * of mobile and AMP editions (whether they are the same article is decided by its text).
 */
#ifndef NET_URL_H
#define NET_URL_H

#include "base/base.h"

enum { URL_MAX = 4096 }; /* bytes; longer ones are refused */

/* False when it is no http or https address; *ret untouched then. */
MUST_USE bool url_canonical(struct arena *mem, struct str url, struct str *ret);
/* `ref` as it stands in a page at `base`, made absolute (fragment kept); http and https only. */
MUST_USE bool url_join(struct arena *mem, struct str base, struct str ref, struct str *ret);
/* Lower case, without port; empty when there is none. International names come as xn--… */
struct str url_host(struct arena *mem, struct str url);
/* "/a/b?c=d" as robots.txt is asked about it; "/" when the path is empty. */
struct str url_path_query(struct arena *mem, struct str url);
/* "https://host:port": what a robots.txt speaks for; empty when it is no address. */
struct str url_origin(struct arena *mem, struct str url);
/* Personal accounts, groups, channels, messengers: never a source (PR-01). Subdomains are meant too. */
bool url_is_social(struct str host);

#endif
