/*
 * form - reads urlencoded text, cookies and multipart bodies (RFC 7578, WHATWG URL). Nothing is guessed: a
 * body that is not what it says it is gives false, and the page is not called.
 */
#include "web/form.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many bytes follow a first byte, and the smallest code point that may need them. */
static size_t utf8_step(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	size_t n = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
	if (!n || i + n > s.n)
		return 0;
	uint32_t cp = n == 1 ? c : c & (0xFFu >> (n + 1));
	for (size_t k = 1; k < n; k++) {
		unsigned char d = (unsigned char)s.p[i + k];
		if ((d & 0xC0) != 0x80)
			return 0;
		cp = cp << 6 | (d & 0x3F);
	}
	if ((n == 3 && cp < 0x800) || (n == 4 && cp < 0x10000) || (cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF)
		return 0;
	return n;
}

bool form_utf8(struct str s)
{
	for (size_t i = 0, step; i < s.n; i += step) {
		unsigned char c = (unsigned char)s.p[i];
		step = utf8_step(s, i);
		if (!step || (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
			return false;
	}
	return true;
}

bool form_unescape(struct arena *mem, struct str s, bool plus, struct str *ret)
{
	char *out = arena_raw(mem, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%') {
			int a = i + 2 < s.n ? hex(s.p[i + 1]) : -1, b = a >= 0 ? hex(s.p[i + 2]) : -1;
			if (b < 0)
				return false;
			out[n++] = (char)(a << 4 | b);
			i += 2;
		} else {
			out[n++] = plus && s.p[i] == '+' ? ' ' : s.p[i];
		}
	}
	out[n] = 0;
	struct str got = { out, n };
	if (!form_utf8(got))
		return false;
	*ret = got;
	return true;
}

bool form_urlencoded(struct arena *mem, struct str s, struct pairs *ret)
{
	struct pair *v = NULL;
	size_t n = 0, cap = 0;
	struct str piece;
	while (str_split(&s, '&', &piece)) {
		if (!piece.n)
			continue;
		ptrdiff_t eq = str_chr(piece, '=');
		struct str name = eq < 0 ? piece : str_sub(piece, 0, (size_t)eq);
		struct str value = eq < 0 ? S("") : str_sub(piece, (size_t)eq + 1, piece.n);
		if (n == PAIRS_MOST)
			return false;
		GROW(mem, v, n, cap);
		if (!form_unescape(mem, name, true, &v[n].name) || !form_unescape(mem, value, true, &v[n].value))
			return false;
		n++;
	}
	*ret = (struct pairs){ v, n };
	return true;
}

struct pairs form_cookies(struct arena *mem, struct str s)
{
	struct pair *v = NULL;
	size_t n = 0, cap = 0;
	struct str piece;
	while (n < PAIRS_MOST && str_split(&s, ';', &piece)) {
		ptrdiff_t eq = str_chr(piece, '=');
		if (eq < 1)
			continue;
		struct str value = str_trim(str_sub(piece, (size_t)eq + 1, piece.n));
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = str_sub(value, 1, value.n - 1);
		if (!form_utf8(value))
			continue;
		GROW(mem, v, n, cap);
		v[n++] = (struct pair){ str_trim(str_sub(piece, 0, (size_t)eq)), value };
	}
	return (struct pairs){ v, n };
}

/* ---- multipart ---------------------------------------------------------------------------------- */

/* name="value" or name=value of a header line; inside quotes only \" and \\ are undone, as browsers write %22. */
static bool head_param(struct arena *mem, struct str line, const char *name, struct str *ret)
{
	struct str want = str_z(name);
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != ';')
			continue;
		struct str rest = str_trim(str_sub(line, i + 1, line.n));
		if (rest.n <= want.n || !str_eq_nocase(str_sub(rest, 0, want.n), want) || rest.p[want.n] != '=')
			continue;
		rest = str_sub(rest, want.n + 1, rest.n);
		bool quoted = rest.n && rest.p[0] == '"';
		struct text t = text_new(mem);
		for (size_t k = quoted; k < rest.n && rest.p[k] != (quoted ? '"' : ';'); k++) {
			if (quoted && rest.p[k] == '\\' && k + 1 < rest.n && (rest.p[k + 1] == '"' || rest.p[k + 1] == '\\'))
				k++;
			text_c(&t, rest.p[k]);
		}
		*ret = quoted ? text_str(&t) : str_trim(text_str(&t));
		return true;
	}
	return false;
}

struct part { struct str name, file, type, bytes; bool is_file; };

static bool part_heads(struct arena *mem, struct str heads, struct part *p)
{
	struct str line;
	while (str_split(&heads, '\n', &line)) {
		ptrdiff_t colon = str_chr(line, ':');
		if (colon < 0)
			continue;
		struct str name = str_trim(str_sub(line, 0, (size_t)colon)), value = str_trim(str_sub(line, (size_t)colon + 1, line.n));
		if (str_eq_nocase(name, S("Content-Type")))
			p->type = value;
		if (!str_eq_nocase(name, S("Content-Disposition")))
			continue;
		if (!head_param(mem, value, "name", &p->name))
			return false;
		p->is_file = head_param(mem, value, "filename", &p->file);
	}
	return p->name.n && form_utf8(p->name) && form_utf8(p->file);
}

/* Only the last part of what the browser calls the file; "C:\x\a.docx" and "../../a" become a name. */
static struct str last_name(struct str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
			return str_sub(s, i, s.n);
	return s;
}

struct gathered { struct pair *v; struct upload *u; size_t n, cap, un, ucap; };

static bool part_keep(struct arena *mem, struct gathered *g, const struct part *p)
{
	if (p->is_file) {
		if (!p->file.n && !p->bytes.n)
			return true; /* an empty file field */
		if (g->un == UPLOADS_MOST)
			return false;
		GROW(mem, g->u, g->un, g->ucap);
		g->u[g->un++] = (struct upload){ p->name, last_name(p->file), p->type, p->bytes };
		return true;
	}
	if (g->n == PAIRS_MOST || !form_utf8(p->bytes))
		return false;
	GROW(mem, g->v, g->n, g->cap);
	g->v[g->n++] = (struct pair){ p->name, p->bytes };
	return true;
}

/* Takes one part off the front; the body then stands after the next boundary. */
static bool part_next(struct arena *mem, struct str *body, struct str boundary, struct part *ret)
{
	ptrdiff_t gap = str_find(*body, S("\r\n\r\n"));
	if (gap < 0 || gap > 4096)
		return false;
	struct part p = { 0 };
	if (!part_heads(mem, str_sub(*body, 0, (size_t)gap), &p))
		return false;
	struct str rest = str_sub(*body, (size_t)gap + 4, body->n);
	ptrdiff_t end = str_find(rest, boundary);
	if (end < 0)
		return false;
	p.bytes = str_sub(rest, 0, (size_t)end);
	*body = str_sub(rest, (size_t)end + boundary.n, rest.n);
	*ret = p;
	return true;
}

bool form_multipart(struct arena *mem, struct str type, struct str body, struct form *ret)
{
	struct str name;
	if (!head_param(mem, type, "boundary", &name) || !name.n || name.n > 70)
		return false;
	struct str boundary = str_fmt(mem, "\r\n--%.*s", FMT(name));
	struct str first = str_sub(boundary, 2, boundary.n);
	if (!str_starts(body, first))
		return false;
	body = str_sub(body, first.n, body.n);
	struct gathered g = { 0 };
	while (!str_starts(body, S("--"))) {
		struct part p;
		if (!str_starts(body, S("\r\n")))
			return false;
		body = str_sub(body, 2, body.n);
		if (!part_next(mem, &body, boundary, &p) || !part_keep(mem, &g, &p))
			return false;
	}
	*ret = (struct form){ { g.v, g.n }, g.u, g.un };
	return true;
}
