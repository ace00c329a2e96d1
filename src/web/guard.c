/*
 * guard - refuses a repeated, signed or conflicting Content-Length, any Transfer-Encoding (the server in
 * front turns chunks into a length), a missing or repeated Host, names with blanks, control characters,
 * folded lines, bare line ends, targets that are no path, and heads that are too long. RFC 9110, RFC 9112.
 */
#include "web/guard.h"

static bool token_char(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!token_char(s.p[i]))
			return false;
	return s.n > 0;
}

static bool clean_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F)
			return false;
	return true;
}

/* Only a path of this server: "/a?b". No "*", no "http://…", no control character, blank or byte over 0x7E. */
static bool clean_target(struct str s)
{
	if (!s.n || s.p[0] != '/')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] > 0x7E || s.p[i] == '#')
			return false;
	return true;
}

static bool clean_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!token_char(s.p[i]) && !strchr(":[]", s.p[i]))
			return false;
	return s.n > 0 && s.n < 256;
}

static bool length(struct str s, int64_t *ret)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n && s.n < 16 && str_int(s, ret);
}

struct seen { int hosts, lengths, encodings; bool bad; int64_t length; size_t size; };

static void look(struct seen *seen, const struct pair *h)
{
	seen->size += h->name.n + h->value.n + 4;
	if (!token(h->name) || !clean_value(h->value))
		seen->bad = true;
	if (str_eq_nocase(h->name, S("Host"))) {
		seen->hosts++;
		seen->bad |= !clean_host(h->value);
	} else if (str_eq_nocase(h->name, S("Content-Length"))) {
		seen->lengths++;
		seen->bad |= !length(h->value, &seen->length);
	} else if (str_eq_nocase(h->name, S("Transfer-Encoding"))) {
		seen->encodings++;
	}
}

static int one_of_ours(const struct http_request *q)
{
	if (!str_eq(q->version, S("HTTP/1.1")) && !str_eq(q->version, S("HTTP/1.0")))
		return 505;
	static const struct str methods[] = { S_INIT("GET"), S_INIT("HEAD"), S_INIT("POST"), S_INIT("PUT"), S_INIT("PATCH"),
		S_INIT("DELETE"), S_INIT("OPTIONS") };
	for (size_t i = 0; i < COUNT(methods); i++)
		if (str_eq(q->method, methods[i]))
			return 0;
	return token(q->method) ? 501 : 400;
}

int guard_refuses(const struct http_request *q, int64_t *ret_body)
{
	struct seen seen = { .size = q->method.n + q->target.n + 12 };
	*ret_body = 0;
	if (q->heads.n > HEADS_MOST)
		return 431;
	for (size_t i = 0; i < q->heads.n; i++)
		look(&seen, &q->heads.v[i]);
	if (q->target.n > HEAD_MOST / 2)
		return 414;
	if (seen.size > HEAD_MOST)
		return 431;
	if (seen.bad || seen.hosts != 1 || seen.lengths > 1 || seen.encodings > 1 || (seen.encodings && seen.lengths))
		return 400;
	if (!clean_target(q->target))
		return 400;
	int status = one_of_ours(q);
	if (status)
		return status;
	if (seen.encodings)
		return 411;
	*ret_body = seen.length;
	return 0;
}

/* ---- bytes to a request ------------------------------------------------------------------------- */

/* A line ends with \r\n and holds neither of the two elsewhere. */
static bool line_next(struct str *rest, struct str *ret)
{
	ptrdiff_t at = str_find(*rest, S("\r\n"));
	if (at < 0)
		return false;
	*ret = str_sub(*rest, 0, (size_t)at);
	*rest = str_sub(*rest, (size_t)at + 2, rest->n);
	return str_chr(*ret, '\n') < 0 && str_chr(*ret, '\r') < 0;
}

static bool request_line(struct str line, struct http_request *q)
{
	ptrdiff_t a = str_chr(line, ' ');
	if (a <= 0)
		return false;
	q->method = str_sub(line, 0, (size_t)a);
	line = str_sub(line, (size_t)a + 1, line.n);
	ptrdiff_t b = str_chr(line, ' ');
	if (b <= 0)
		return false;
	q->target = str_sub(line, 0, (size_t)b);
	q->version = str_sub(line, (size_t)b + 1, line.n);
	return true;
}

static int head_lines(struct arena *mem, struct str *rest, struct http_request *q)
{
	struct pair *v = NULL;
	size_t n = 0, cap = 0;
	struct str line;
	for (;;) {
		if (!line_next(rest, &line))
			return 400;
		if (!line.n)
			break;
		ptrdiff_t colon = str_chr(line, ':');
		if (colon <= 0)
			return 400;
		if (n == HEADS_MOST)
			return 431;
		GROW(mem, v, n, cap);
		v[n++] = (struct pair){ str_sub(line, 0, (size_t)colon), str_trim(str_sub(line, (size_t)colon + 1, line.n)) };
	}
	q->heads = (struct pairs){ v, n };
	return 0;
}

int guard_parse(struct arena *mem, struct str raw, struct http_request *ret)
{
	struct http_request q = { .from = S("127.0.0.1") };
	struct str rest = raw, line;
	ptrdiff_t end = str_find(raw, S("\r\n\r\n"));
	if (end < 0 && raw.n <= HEAD_MOST)
		return 400;
	if (end < 0 || end > HEAD_MOST)
		return 431;
	if (!line_next(&rest, &line) || !request_line(line, &q))
		return 400;
	int status = head_lines(mem, &rest, &q);
	int64_t length;
	if (!status)
		status = guard_refuses(&q, &length);
	if (status)
		return status;
	if (rest.n < (size_t)length)
		return 400;
	q.body = str_sub(rest, 0, (size_t)length);
	*ret = q;
	return 0;
}
