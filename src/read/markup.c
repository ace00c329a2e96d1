/*
 * markup - see markup.h. Rules watched: XML 1.0 (5th edition) 2 and 3, Namespaces in XML 1.0.
 */
#include "read/markup.h"
#include "read/entity.h"

struct markup markup_begin(struct arena *mem, struct str s)
{
	struct markup m = { .mem = mem, .p = s.p, .start = s.p, .end = s.p + s.n };
	m.spaces[0] = (struct markup_space){ S("xml"), S("http://www.w3.org/XML/1998/namespace") };
	m.nspaces = 1;
	return m;
}

void markup_done(struct markup *m)
{
	arena_done(&m->scratch);
}

static void broken(struct markup *m, const char *why)
{
	if (!m->malformed)
		m->why = why;
	m->malformed = true;
}

static bool space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '_' || c == '-' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

static bool name_start(char c)
{
	return name_char(c) && c != '-' && c != '.' && !(c >= '0' && c <= '9');
}

static struct str take_name(struct markup *m)
{
	const char *from = m->p;
	while (m->p < m->end && name_char(*m->p))
		m->p++;
	return (struct str){ from, (size_t)(m->p - from) };
}

static void skip_space(struct markup *m)
{
	while (m->p < m->end && space(*m->p))
		m->p++;
}

static bool at(const struct markup *m, struct str what)
{
	return (size_t)(m->end - m->p) >= what.n && !memcmp(m->p, what.p, what.n);
}

static void split_name(struct str full, struct str *prefix, struct str *local)
{
	ptrdiff_t colon = str_chr(full, ':');
	*prefix = colon < 0 ? S("") : str_sub(full, 0, (size_t)colon);
	*local = colon < 0 ? full : str_sub(full, (size_t)colon + 1, full.n);
}

/* Past the end mark of a comment, an instruction or CDATA; to the end of all when it never comes. */
static struct str until(struct markup *m, struct str mark)
{
	const char *hit = memmem(m->p, (size_t)(m->end - m->p), mark.p, mark.n);
	struct str inside = { m->p, (size_t)((hit ? hit : m->end) - m->p) };
	m->p = hit ? hit + mark.n : m->end;
	if (!hit) {
		broken(m, "a comment, instruction or CDATA section has no end");
		m->truncated = true;
	}
	return inside;
}

static void skip_doctype(struct markup *m)
{
	int brackets = 0;
	char quote = 0;
	for (; m->p < m->end; m->p++) {
		char c = *m->p;
		if (quote) {
			quote = c == quote ? 0 : quote;
			continue;
		}
		if (c == '"' || c == '\'')
			quote = c;
		else if (c == '[')
			brackets++;
		else if (c == ']')
			brackets--;
		else if (c == '>' && brackets <= 0) {
			m->p++;
			return;
		}
	}
	broken(m, "the document type has no end");
}

static struct str attr_value(struct markup *m)
{
	char quote = m->p < m->end && (*m->p == '"' || *m->p == '\'') ? *m->p : 0;
	struct str v;
	if (quote) {
		const char *from = ++m->p, *hit = memchr(m->p, quote, (size_t)(m->end - m->p));
		v = (struct str){ from, (size_t)((hit ? hit : m->end) - from) };
		m->p = hit ? hit + 1 : m->end;
		if (!hit || memchr(v.p, '<', v.n))
			broken(m, "an attribute's value is not well quoted");
	} else {
		const char *from = m->p;
		while (m->p < m->end && !space(*m->p) && *m->p != '>')
			m->p++;
		v = (struct str){ from, (size_t)(m->p - from) };
		broken(m, "an attribute's value is not quoted");
	}
	bool bad = false;
	v = entity_decode(&m->scratch, v, &bad);
	if (bad)
		broken(m, "an unknown entity in an attribute");
	return v;
}

static bool one_attr(struct markup *m, size_t *n)
{
	struct markup_attr a = { .value = S("") };
	struct str full = take_name(m);
	if (!full.n)
		return false;
	skip_space(m);
	if (m->p < m->end && *m->p == '=') {
		m->p++;
		skip_space(m);
		a.value = attr_value(m);
	} else {
		broken(m, "an attribute has no value");
	}
	split_name(full, &a.prefix, &a.name);
	for (size_t i = 0; i < *n; i++)
		if (str_eq(m->attrs[i].name, a.name) && str_eq(m->attrs[i].prefix, a.prefix))
			broken(m, "an attribute is given twice");
	if (*n < MARKUP_ATTRS)
		m->attrs[(*n)++] = a;
	return true;
}

static size_t attributes(struct markup *m)
{
	size_t n = 0;
	for (;;) {
		skip_space(m);
		if (m->p >= m->end) {
			m->truncated = true;
			broken(m, "a tag has no end");
			return n;
		}
		if (*m->p == '>') {
			m->p++;
			return n;
		}
		if (*m->p == '/' && m->p + 1 < m->end && m->p[1] == '>') {
			m->p += 2;
			m->self_closed = true;
			return n;
		}
		if (*m->p == '<') {
			broken(m, "a tag has no end");
			return n;
		}
		if (!one_attr(m, &n)) {
			broken(m, "a tag holds what is no attribute");
			m->p++;
		}
	}
}

static void declare_spaces(struct markup *m, size_t nattrs)
{
	for (size_t i = 0; i < nattrs; i++) {
		const struct markup_attr *a = &m->attrs[i];
		bool plain = !a->prefix.n && str_eq(a->name, S("xmlns"));
		if ((!plain && !str_eq(a->prefix, S("xmlns"))) || m->nspaces == MARKUP_SPACES)
			continue;
		m->spaces[m->nspaces++] = (struct markup_space){ plain ? S("") : a->name, arena_str(m->mem, a->value) };
	}
}

static struct str space_of(struct markup *m, struct str prefix, bool *known)
{
	*known = true;
	for (size_t i = m->nspaces; i-- > 0;)
		if (str_eq(m->spaces[i].prefix, prefix))
			return m->spaces[i].address;
	*known = !prefix.n;
	return S("");
}

static bool open_tag(struct markup *m, struct markup_event *e)
{
	struct markup_node node = { .nspaces = m->nspaces };
	bool known;
	node.full = take_name(m);
	split_name(node.full, &node.prefix, &node.name);
	size_t nattrs = attributes(m);
	if (m->depth == MARKUP_DEPTH) {
		m->too_deep += !m->self_closed;
		m->self_closed = false;
		broken(m, "elements lie too deep in one another");
		return false;
	}
	declare_spaces(m, nattrs);
	node.space = space_of(m, node.prefix, &known);
	if (!known)
		broken(m, "a namespace prefix is not declared");
	if (!m->depth && m->roots++)
		broken(m, "there is more than one root element");
	m->nodes[m->depth++] = node;
	*e = (struct markup_event){ MARKUP_OPEN, node.prefix, node.name, node.space, { 0 }, m->attrs, nattrs };
	if (m->self_closed)
		m->closing = 1;
	m->self_closed = false;
	return true;
}

static void close_tag(struct markup *m)
{
	struct str full = take_name(m);
	skip_space(m);
	if (m->p < m->end && *m->p == '>')
		m->p++;
	else
		broken(m, "an end tag has no end");
	if (m->too_deep) {
		m->too_deep--;
		return;
	}
	for (size_t i = m->depth; i-- > 0;)
		if (str_eq(m->nodes[i].full, full)) {
			m->closing = m->depth - i;
			if (m->closing > 1)
				broken(m, "elements overlap");
			return;
		}
	broken(m, "an end tag has no start");
}

static bool close_one(struct markup *m, struct markup_event *e)
{
	const struct markup_node *n = &m->nodes[--m->depth];
	m->closing--;
	m->nspaces = n->nspaces;
	*e = (struct markup_event){ .kind = MARKUP_CLOSE, .prefix = n->prefix, .name = n->name, .space = n->space };
	return true;
}

static bool text_run(struct markup *m, struct markup_event *e)
{
	const char *hit = memchr(m->p + 1, '<', (size_t)(m->end - m->p - 1));
	struct str raw = { m->p, (size_t)((hit ? hit : m->end) - m->p) };
	bool bad = false;
	m->p += raw.n;
	*e = (struct markup_event){ .kind = MARKUP_TEXT, .text = entity_decode(&m->scratch, raw, &bad) };
	if (bad)
		broken(m, "an unknown entity or a bare &");
	if (!m->depth && str_trim(raw).n)
		broken(m, "text outside the root element");
	return m->depth > 0 && !m->too_deep;
}

/* What follows "<"; true when it made an event. */
static bool tag(struct markup *m, struct markup_event *e)
{
	if (at(m, S("<!--"))) {
		m->p += 4;
		until(m, S("-->"));
	} else if (at(m, S("<![CDATA["))) {
		m->p += 9;
		*e = (struct markup_event){ .kind = MARKUP_TEXT, .text = until(m, S("]]>")) };
		return m->depth > 0 && !m->too_deep;
	} else if (at(m, S("<?"))) {
		bool late = at(m, S("<?xml ")) && m->p != m->start;
		m->p += 2;
		until(m, S("?>"));
		if (late)
			broken(m, "the XML declaration is not at the start");
	} else if (at(m, S("<!"))) {
		skip_doctype(m);
	} else if (at(m, S("</"))) {
		m->p += 2;
		close_tag(m);
	} else if (m->end - m->p > 1 && name_start(m->p[1])) {
		m->p++;
		return open_tag(m, e);
	} else {
		broken(m, "a bare <");
		return text_run(m, e);
	}
	return false;
}

bool markup_next(struct markup *m, struct markup_event *e)
{
	if (m->scratch.top)
		arena_reset(&m->scratch);
	for (;;) {
		if (m->closing)
			return close_one(m, e);
		if (m->p >= m->end)
			break;
		if (*m->p == '<' ? tag(m, e) : text_run(m, e))
			return true;
	}
	if (m->depth || m->too_deep || !m->roots) {
		m->truncated |= m->depth > 0;
		broken(m, m->roots ? "the end comes inside an element" : "there is no element");
	}
	*e = (struct markup_event){ .kind = MARKUP_END };
	return false;
}

struct str markup_attr(const struct markup_event *e, const char *name)
{
	for (size_t i = 0; i < e->nattrs; i++)
		if (!e->attrs[i].prefix.n && str_eq_nocase(e->attrs[i].name, str_z(name)))
			return e->attrs[i].value;
	return S("");
}
