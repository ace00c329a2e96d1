/*
 * robots - groups and rules in two flat lists; a rule belongs to the group whose number it bears.
 */
#include "net/robots.h"

enum { PATTERN_MOST = 2048, RULES_MOST = 50000, DELAY_MOST = 3600 };

struct rule {
	struct str pattern; /* normal form, see tidy() */
	int group;
	bool allow;
};

struct agent {
	struct str name;    /* "*" for all others */
	int group;
};

struct delay {
	double seconds;
	int group;
};

struct robots {
	struct arena *mem;
	struct agent *agents;
	struct rule *rules;
	struct delay *delays;
	struct str *sitemaps;
	size_t nagents, nrules, ndelays, nsitemaps;
	size_t agents_cap, rules_cap, delays_cap, sitemaps_cap;
	int group;          /* the one being read; 0: none yet */
	bool naming;        /* the last line named an agent */
	bool closed;        /* nothing is allowed */
};

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_unreserved(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* One spelling for one octet (RFC 9309 2.2.2): letters and digits bare, the rest of the non-ASCII as %XX. */
static struct str tidy(struct arena *mem, struct str s)
{
	struct text t = text_new(mem);
	text_need(&t, s.n);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		int hi = c == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1, lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
		if (lo >= 0) {
			i += 2;
			c = (unsigned char)(hi << 4 | lo);
			if (is_unreserved(c))
				text_c(&t, (char)c);
			else
				text_fmt(&t, "%%%02X", c);
		} else if (c > 0x7e || c <= 0x20) {
			text_fmt(&t, "%%%02X", c);
		} else {
			text_c(&t, (char)c);
		}
	}
	return text_str(&t);
}

static void agent_add(struct robots *r, struct str name)
{
	if (!r->naming)
		r->group++;
	r->naming = true;
	size_t n = 0; /* the product name ends where its letters end: "nhipcau/0.1" is nhipcau */
	while (n < name.n && (is_unreserved(name.p[n]) && name.p[n] != '.' && name.p[n] != '~'))
		n++;
	GROW(r->mem, r->agents, r->nagents, r->agents_cap);
	r->agents[r->nagents++] = (struct agent){ str_eq(str_sub(name, 0, 1), S("*")) ? S("*") : str_sub(name, 0, n), r->group };
}

static void rule_add(struct robots *r, struct str pattern, bool allow)
{
	r->naming = false;
	if (!r->group || !pattern.n || pattern.n > PATTERN_MOST || r->nrules >= RULES_MOST)
		return;
	GROW(r->mem, r->rules, r->nrules, r->rules_cap);
	r->rules[r->nrules++] = (struct rule){ tidy(r->mem, pattern), r->group, allow };
}

static void delay_add(struct robots *r, struct str value)
{
	double seconds;
	r->naming = false;
	if (!r->group || !str_real(value, &seconds) || !(seconds >= 0))
		return;
	GROW(r->mem, r->delays, r->ndelays, r->delays_cap);
	r->delays[r->ndelays++] = (struct delay){ MIN(seconds, (double)DELAY_MOST), r->group };
}

static void sitemap_add(struct robots *r, struct str url)
{
	if (!url.n || url.n > PATTERN_MOST || r->nsitemaps >= 1000)
		return;
	GROW(r->mem, r->sitemaps, r->nsitemaps, r->sitemaps_cap);
	r->sitemaps[r->nsitemaps++] = url;
}

static void line_read(struct robots *r, struct str line)
{
	ptrdiff_t hash = str_chr(line, '#');
	if (hash >= 0)
		line.n = (size_t)hash;
	ptrdiff_t colon = str_chr(line, ':');
	if (colon < 0)
		return;
	struct str key = str_trim(str_sub(line, 0, (size_t)colon)), value = str_trim(str_sub(line, (size_t)colon + 1, line.n));
	if (str_eq_nocase(key, S("user-agent")))
		agent_add(r, value);
	else if (str_eq_nocase(key, S("disallow")))
		rule_add(r, value, false);
	else if (str_eq_nocase(key, S("allow")))
		rule_add(r, value, true);
	else if (str_eq_nocase(key, S("crawl-delay")))
		delay_add(r, value);
	else if (str_eq_nocase(key, S("sitemap")))
		sitemap_add(r, value);
}

struct robots *robots_new(struct arena *mem, struct str text)
{
	struct robots *r = NEW(mem, struct robots);
	r->mem = mem;
	bool cut = text.n > ROBOTS_MOST;
	text = str_sub(text, 0, ROBOTS_MOST);
	if (str_starts(text, S("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	for (size_t at = 0; at < text.n;) {
		size_t end = at;
		while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
			end++;
		if (end < text.n || !cut) /* a line that the limit cut through says something else */
			line_read(r, str_sub(text, at, end));
		at = end + 1;
	}
	return r;
}

struct robots *robots_all(struct arena *mem, bool open)
{
	struct robots *r = NEW(mem, struct robots);
	r->mem = mem;
	r->closed = !open;
	return r;
}

/* Pieces between stars are looked for from left to right and never looked for again further left, which
 * is right for patterns whose only wildcard is a star, and walks over the path once. */
static bool matches(struct str pattern, struct str path)
{
	bool whole = str_ends(pattern, S("$"));
	if (whole)
		pattern.n--;
	bool first = true, star = false;
	while (pattern.n) {
		ptrdiff_t at = str_chr(pattern, '*');
		struct str piece = str_sub(pattern, 0, at < 0 ? pattern.n : (size_t)at);
		bool last = at < 0;
		if (first && !str_starts(path, piece))
			return false;
		if (!first && last && whole)
			return str_ends(path, piece);
		const char *found = first || !piece.n ? path.p : memmem(path.p, path.n, piece.p, piece.n);
		if (!found)
			return false;
		path = str_sub(path, (size_t)(found - path.p) + piece.n, path.n);
		first = false;
		star = !last;
		pattern = last ? S("") : str_sub(pattern, (size_t)at + 1, pattern.n);
	}
	return !whole || star || !path.n;
}

/* The groups that speak to this agent: those that name it, else those of "*". Both are found by name, so
 * that several groups of one name count as one (RFC 9309 2.2.1). */
static struct str speaks_as(const struct robots *r, struct str agent)
{
	for (size_t i = 0; i < r->nagents; i++)
		if (r->agents[i].name.n && str_eq_nocase(r->agents[i].name, agent))
			return agent;
	return S("*");
}

static const struct agent *named_in(const struct robots *r, struct str name, const struct agent *from)
{
	for (const struct agent *a = from; a < r->agents + r->nagents; a++)
		if (str_eq_nocase(a->name, name))
			return a;
	return NULL;
}

bool robots_allows(const struct robots *r, struct str path, struct str agent)
{
	if (str_eq(path, S("/robots.txt")))
		return true;
	if (r->closed)
		return false;
	if (!r->nagents)
		return true;
	struct arena mem = { 0 };
	struct str as = speaks_as(r, agent), asked = tidy(&mem, str_sub(path, 0, 2 * PATTERN_MOST));
	const struct agent *a = named_in(r, as, r->agents);
	size_t longest = 0;
	bool allowed = true;
	for (size_t i = 0; a && i < r->nrules; i++) { /* rules and agents are both in order of their groups */
		const struct rule *rule = &r->rules[i];
		while (a && a->group < rule->group)
			a = named_in(r, as, a + 1);
		if (!a || a->group != rule->group || rule->pattern.n < longest || !matches(rule->pattern, asked))
			continue;
		allowed = rule->allow || (rule->pattern.n == longest && allowed && longest);
		longest = rule->pattern.n;
	}
	arena_done(&mem);
	return allowed;
}

double robots_delay(const struct robots *r, struct str agent)
{
	struct str as = speaks_as(r, agent);
	double most = 0;
	for (size_t i = 0; i < r->ndelays; i++)
		for (const struct agent *a = r->agents; (a = named_in(r, as, a)); a++)
			if (a->group == r->delays[i].group)
				most = MAX(most, r->delays[i].seconds);
	return most;
}

size_t robots_sitemaps(const struct robots *r, const struct str **ret)
{
	*ret = r->sitemaps;
	return r->nsitemaps;
}
