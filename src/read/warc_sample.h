/* warc_sample - for tests: archives made on the spot, packed as crawlers pack them. Texts lie in test_mem(). */
#ifndef READ_WARC_SAMPLE_H
#define READ_WARC_SAMPLE_H

#include "base/test.h"

#include <zlib.h>

static inline struct str sample_zipped(struct str s)
{
	z_stream z = { 0 };
	char *out = arena_raw(test_mem(), s.n + 200);
	CHECK(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)s.n + 200;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	struct str r = { out, z.total_out };
	deflateEnd(&z);
	return r;
}

static inline struct str sample_joined(struct str a, struct str b)
{
	struct text t = text_new(test_mem());
	text_add(&t, a);
	text_add(&t, b);
	return text_str(&t);
}

static inline struct str sample_record(const char *url, struct str body)
{
	static const char http[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
	struct text t = text_new(test_mem());
	text_fmt(&t, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2026-03-01T02:03:04Z\r\n"
	         "Content-Length: %zu\r\n\r\n%s", url, sizeof http - 1 + body.n, http);
	text_add(&t, body);
	text_z(&t, "\r\n\r\n");
	return text_str(&t);
}

#endif
