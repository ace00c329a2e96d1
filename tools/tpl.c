/*
 * tpl - turns an .html page into a C function, at build time.  tpl IN.html OUT.c
 *
 *   {{ expr }}    the value, escaped for the place where it stands
 *   {% C code %}  a line of C: loops, ifs, calls to other pages
 *   {# note #}    dropped
 *
 * The first line names the function:  {% page story_show(struct html *out, const struct story *v) %}
 * which becomes page_story_show. Before it, {% include "rooms/monitoring/story.h" %} lines name headers.
 * The place is found by following the HTML around the braces: text and quoted attributes get put();
 * href, src, action get put_address() at their start and put_url_part() after it; values in <script>,
 * <style>, comments, on… and style attributes, and outside quotes are refused with file:line.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum where { TEXT, TAG, ATTR, ATTR_URL, ATTR_BAD, RAW, COMMENT };

struct place {
	enum where where;
	char quote, tag[32], attr[32];
	size_t tagn, attrn;
	int in_name, after_eq;
};

struct job {
	const char *file;
	FILE *out;
	char *p, *literal;
	const char *end;
	int line, opened;
	struct place at;
};

static void die(const struct job *j, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", j->file, j->line, why);
	exit(1);
}

static int is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (!strcasecmp(name, *list))
			return 1;
	return 0;
}

static enum where attribute_kind(const char *name)
{
	static const char *const bad[] = { "style", "srcdoc", "srcset", NULL };
	static const char *const url[] = { "href", "src", "action", "formaction", "hx-get", "hx-post", "cite", "xlink:href", NULL };
	if (!strncasecmp(name, "on", 2) || !strncasecmp(name, "hx-on", 5) || is_one_of(name, bad))
		return ATTR_BAD;
	return is_one_of(name, url) ? ATTR_URL : ATTR;
}

static void tag_begin(struct place *at)
{
	at->where = TAG;
	at->tagn = at->attrn = 0;
	at->in_name = 1;
	at->after_eq = 0;
}

static void tag_end(struct place *at)
{
	at->tag[at->tagn] = 0;
	at->where = !strcasecmp(at->tag, "script") || !strcasecmp(at->tag, "style") ? RAW : TEXT;
}

static void in_tag(struct place *at, char c)
{
	if (c == '>') {
		tag_end(at);
	} else if (at->in_name) {
		if (isspace((unsigned char)c))
			at->in_name = 0;
		else if (at->tagn < sizeof at->tag - 1)
			at->tag[at->tagn++] = c;
	} else if (c == '"' || c == '\'') {
		at->attr[at->attrn] = 0;
		at->quote = c;
		at->where = attribute_kind(at->attr);
	} else if (c == '=') {
		at->after_eq = 1;
	} else if (isspace((unsigned char)c)) {
		at->attrn = 0;
		at->after_eq = 0;
	} else if (!at->after_eq && at->attrn < sizeof at->attr - 1) {
		at->attr[at->attrn++] = c;
	}
}

/* Follows the HTML by one character, so that the place is right at the next brace. */
static void follow(struct place *at, const char *p)
{
	switch (at->where) {
	case TEXT:
		if (!strncmp(p, "<!--", 4))
			at->where = COMMENT;
		else if (*p == '<' && (isalpha((unsigned char)p[1]) || p[1] == '/' || p[1] == '!'))
			tag_begin(at);
		break;
	case COMMENT:
		if (!strncmp(p, "-->", 3))
			at->where = TEXT;
		break;
	case RAW:
		if (p[0] == '<' && p[1] == '/' && !strncasecmp(p + 2, at->tag, at->tagn))
			tag_begin(at);
		break;
	case TAG:
		in_tag(at, *p);
		break;
	default:
		if (*p == at->quote) {
			at->where = TAG;
			at->attrn = 0;
			at->after_eq = 0;
		}
	}
}

static void emit_literal(struct job *j, const char *to)
{
	if (to == j->literal)
		return;
	fputs("put_raw(out, \"", j->out);
	for (const char *c = j->literal; c < to; c++)
		switch (*c) {
		case '\n': fputs("\\n", j->out); break;
		case '\t': fputs("\\t", j->out); break;
		case '"': fputs("\\\"", j->out); break;
		case '\\': fputs("\\\\", j->out); break;
		case '?': fputs("\\?", j->out); break;
		default: fputc(*c, j->out);
		}
	fprintf(j->out, "\", %zu);\n", (size_t)(to - j->literal));
}

static const char *writer(const struct job *j, char before)
{
	switch (j->at.where) {
	case TEXT:
	case ATTR: return "put";
	case ATTR_URL: return before == j->at.quote ? "put_address" : "put_url_part";
	case RAW: die(j, "a value may not stand inside <script> or <style>: pass it in a data- attribute"); break;
	case ATTR_BAD: die(j, "a value may not stand in an on... or style attribute"); break;
	case COMMENT: die(j, "a value may not stand in a comment"); break;
	case TAG: die(j, "a value may stand in a tag only inside a quoted attribute"); break;
	}
	return "";
}

static void emit_code(struct job *j, const char *s, int len)
{
	if (!strncmp(s, "include ", 8)) {
		fprintf(j->out, "#include %.*s\n", len - 8, s + 8);
	} else if (!strncmp(s, "page ", 5)) {
		if (j->opened++)
			die(j, "one page a file");
		fprintf(j->out, "#line %d \"%s\"\nvoid page_%.*s;\nvoid page_%.*s\n{\n", j->line, j->file, len - 5, s + 5, len - 5, s + 5);
	} else {
		fprintf(j->out, "#line %d \"%s\"\n%.*s\n", j->line, j->file, len, s);
	}
}

static void braces(struct job *j)
{
	char kind = j->p[1], before = j->p > j->literal ? j->p[-1] : 0;
	const char *stop = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
	char *s = j->p + 2, *close = strstr(s, stop);
	if (!close)
		die(j, "this brace is never closed");
	if (!j->opened && kind == '{')
		die(j, "the first line must be {% page name(arguments) %}");
	if (j->opened)
		emit_literal(j, j->p);
	int len = (int)(close - s);
	while (len && isspace((unsigned char)*s))
		s++, len--;
	while (len && isspace((unsigned char)s[len - 1]))
		len--;
	if (kind == '{')
		fprintf(j->out, "#line %d \"%s\"\n%s(out, %.*s);\n", j->line, j->file, writer(j, before), len, s);
	else if (kind == '%')
		emit_code(j, s, len);
	for (char *c = j->p; c < close; c++)
		j->line += *c == '\n';
	j->p = close + 2;
	if (kind != '{' && *j->p == '\n') {
		j->p++;
		j->line++;
	}
	j->literal = j->p;
}

static char *read_all(struct job *j, const char *path)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "rb");
	if (!f)
		die(j, "cannot be opened");
	size_t n = fread(bytes, 1, sizeof bytes - 1, f);
	fclose(f);
	if (n == sizeof bytes - 1)
		die(j, "is larger than 1 MB");
	j->end = bytes + n;
	return bytes;
}

int main(int argc, char **argv)
{
	struct job j = { .file = argc > 1 ? argv[1] : "tpl", .line = 1 };
	if (argc != 3)
		die(&j, "usage: tpl IN.html OUT.c");
	j.p = j.literal = read_all(&j, argv[1]);
	j.out = fopen(argv[2], "wb");
	if (!j.out)
		die(&j, "the output cannot be written");
	fputs("#include \"base/html.h\"\n", j.out);
	while (j.p < j.end) {
		if (j.p[0] == '{' && (j.p[1] == '{' || j.p[1] == '%' || j.p[1] == '#')) {
			braces(&j);
			continue;
		}
		follow(&j.at, j.p);
		j.line += *j.p++ == '\n';
	}
	if (!j.opened)
		die(&j, "the first line must be {% page name(arguments) %}");
	if (j.at.where != TEXT)
		die(&j, "the page ends inside a tag");
	emit_literal(&j, j.p);
	fputs("}\n", j.out);
	return fclose(j.out) != 0;
}
