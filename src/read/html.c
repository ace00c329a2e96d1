/*
 * html - libxml2 with our limits: no network, no HUGE; past its depth of 256 it drops the rest without a
 * word, so its error code is asked and the page marked. See analytics of the tree in article.c.
 */
#include "read/html.h"
#include "read/plain.h"

#include <ctype.h>

static void silent(void *ctx, const char *fmt, ...)
{
}

/* Drawings hold no words, and their unclosed tags pull whole pages into them: cut out before the parser. */
static struct str without_drawings(struct arena *mem, struct str s)
{
	const char *p = s.p, *end = p + s.n, *hit = memmem(p, s.n, "<svg", 4);
	struct text out = text_new(mem);
	if (!hit)
		return s;
	text_need(&out, s.n);
	while (hit) {
		const char *close = memmem(hit, (size_t)(end - hit), "</svg>", 6);
		text_add(&out, (struct str){ p, (size_t)(hit - p) });
		p = close ? close + 6 : hit;
		if (!close)
			break;
		hit = memmem(p, (size_t)(end - p), "<svg", 4);
	}
	text_add(&out, (struct str){ p, (size_t)(end - p) });
	return text_str(&out);
}

enum err html_open(struct arena *mem, struct str utf8, struct html_page *ret, struct fault *fault)
{
	const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
	struct html_page h = { 0 };
	htmlParserCtxt *ctxt = htmlNewParserCtxt();
	if (!ctxt)
		return FAULT(fault, ERR_LIMIT, "page.memory", "no memory for a parser");
	utf8 = without_drawings(mem, utf8);
	xmlSetGenericErrorFunc(NULL, silent);
	h.doc = htmlCtxtReadMemory(ctxt, utf8.p, (int)MIN(utf8.n, (size_t)INT32_MAX), NULL, "UTF-8", options);
	h.truncated = ctxt->disableSAX || ctxt->errNo == XML_ERR_INTERNAL_ERROR;
	htmlFreeParserCtxt(ctxt);
	if (!h.doc || !xmlDocGetRootElement(h.doc)) {
		xmlFreeDoc(h.doc);
		return FAULT(fault, ERR_INPUT, "page.empty", "no element in %zu bytes", utf8.n);
	}
	*ret = h;
	return OK;
}

void html_close(struct html_page *h)
{
	xmlFreeDoc(h->doc);
	h->doc = NULL;
}

struct str html_attr(const xmlNode *n, const char *name)
{
	if (n->type != XML_ELEMENT_NODE)
		return S("");
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!strcasecmp((const char *)a->name, name))
			return a->children && a->children->content ? str_z((const char *)a->children->content) : S("");
	return S("");
}

bool html_is(const xmlNode *n, const char *name)
{
	return n && n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

static bool holds(struct str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++)
		if (!strncasecmp(s.p + i, word, n))
			return true;
	return false;
}

/* At the start of a word: "nav-" is in "main-nav-box" and "mainNav-x", not in "canav-x". */
static bool holds_word(struct str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++) {
		bool starts = !i || !isalpha((unsigned char)s.p[i - 1]) || (isupper((unsigned char)s.p[i]) && islower((unsigned char)s.p[i - 1]));
		if (starts && !strncasecmp(s.p + i, word, n))
			return true;
	}
	return false;
}

bool html_names(const xmlNode *n, const char *const *words, size_t count)
{
	struct str class = str_sub(html_attr(n, "class"), 0, 300), id = str_sub(html_attr(n, "id"), 0, 100);
	for (size_t i = 0; i < count; i++)
		if (holds_word(class, words[i]) || holds_word(id, words[i]))
			return true;
	return false;
}

xmlNode *html_next(const xmlNode *n, const xmlNode *root)
{
	if (n->children && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root || !n ? NULL : n->next;
}

struct str html_text(struct arena *mem, const xmlNode *n)
{
	struct text out = text_new(mem);
	for (const xmlNode *k = n; k; k = html_next(k, n))
		if (k->type == XML_TEXT_NODE && k->content)
			plain_add(&out, str_z((const char *)k->content));
		else if (k->type == XML_ELEMENT_NODE && k != n && plain_is_block(str_z((const char *)k->name)))
			plain_add(&out, S(" "));
	return str_trim(text_str(&out));
}

/* ---- pruning ---- */

static const char *const never[] = { "script", "style", "noscript", "iframe", "svg", "canvas", "button", "select", "textarea", "input",
	"nav", "footer", "object", "embed", "template", "link", "meta", "audio", "video", "map", "math", "dialog" };

static const char *const clutter[] = { "comment", "related", "share", "social", "sidebar", "side-bar", "promo", "newsletter", "breadcrumb",
	"menu", "navbar", "nav-", "footer", "recommend", "tags", "sponsor", "advert", "ads-", "ad-", "banner", "cookie", "popup",
	"modal", "subscribe", "signup", "sign-up", "login", "toolbar", "pagination", "paging", "disqus", "more-stories", "read-more",
	"most-read", "popular", "trending", "outbrain", "taboola", "print", "skip-link", "author-bio", "byline", "byl-", "gallery", "slideshow",
	"tin-lien-quan", "lien-quan", "tinmoi", "xem-nhieu", "tin-khac", "box-tin", "teaser", "rating", "sr-only", "screen-reader",
	"correction", "legal", "copyright", "disclaimer", "credit", "dateline", "timestamp", "metadata", "post-meta", "entry-meta",
	"jp-relatedposts", "wp-caption-text", "tooltip", "feedback", "respond", "mailing", "follow", "hashtag", "tagbox", "topbar" };

static const char *const vital[] = { "article-body", "articlebody", "article_body", "story-body", "storybody", "entry-content", "post-content",
	"article-content", "articlecontent", "article__body", "post-body", "fck_detail", "detail-content", "content-detail", "main-content",
	"article-text", "body-content", "story-content", "singular-content", "the-content", "maincontent", "story__body", "content__body" };

static size_t text_size(const xmlNode *n)
{
	size_t size = 0;
	for (const xmlNode *k = n; k; k = html_next(k, n))
		if (k->type == XML_TEXT_NODE && k->content)
			size += strlen((const char *)k->content);
	return size;
}

static bool unseen(const xmlNode *n)
{
	struct str style = html_attr(n, "style");
	if (holds(style, "display:none") || holds(style, "display: none") || holds(style, "visibility:hidden"))
		return true;
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!strcmp((const char *)a->name, "hidden"))
			return true;
	return str_eq(html_attr(n, "aria-hidden"), S("true"));
}

static bool code(const xmlNode *n)
{
	return html_is(n, "script") || html_is(n, "style") || n->type == XML_COMMENT_NODE;
}

static bool never_article(const xmlNode *n)
{
	for (size_t i = 0; i < COUNT(never); i++)
		if (html_is(n, never[i]))
			return true;
	return false;
}

static bool cluttered(const xmlNode *n, size_t whole)
{
	struct str role = html_attr(n, "role");
	if (n->type != XML_ELEMENT_NODE || html_is(n, "body") || html_is(n, "html") || html_is(n, "main") || html_is(n, "article"))
		return false;
	bool box = html_is(n, "aside") || html_is(n, "form") || unseen(n) || str_eq(role, S("navigation")) ||
	           str_eq(role, S("complementary")) || str_eq(role, S("contentinfo")) || str_eq(role, S("dialog"));
	if (!box && (!html_names(n, clutter, COUNT(clutter)) || html_names(n, vital, COUNT(vital))))
		return false;
	return text_size(n) * 5 < whole * 2;
}

static xmlNode *after(xmlNode *n, const xmlNode *root)
{
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

enum pass { CODE, NEVER, CLUTTER };

static bool goes(const xmlNode *n, enum pass pass, size_t whole)
{
	if (pass == CODE)
		return code(n);
	/* A page may lie in an element that was never closed: what holds most of the text stays. */
	return pass == NEVER ? never_article(n) && text_size(n) * 5 < whole * 4 : cluttered(n, whole);
}

static void take_out(xmlNode *root, enum pass pass)
{
	size_t whole = pass == CODE ? 0 : text_size(root);
	for (xmlNode *n = root, *next; n; n = next) {
		bool out = n != root && goes(n, pass, whole);
		next = out ? after(n, root) : html_next(n, root);
		if (out) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		}
	}
}

void html_prune(xmlNode *root)
{
	take_out(root, CODE);
	take_out(root, NEVER);
	take_out(root, CLUTTER);
}

/* ---- blocks ---- */

struct walk {
	struct arena *mem;
	struct html_page *h;
	struct text now;
	int linked, list, figure;
	xmlNode *of;
	bool in_link;
};

static int code_points(struct str s)
{
	int n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] & 0xc0) != 0x80;
	return n;
}

static bool stop_word(struct str w)
{
	static const char *const stops[] = { "the", "of", "and", "to", "in", "a", "is", "that", "for", "was", "on", "with", "as", "it", "his",
		"he", "at", "by", "from", "are", "be", "has", "have", "của", "và", "các", "là", "được", "có", "cho", "trong", "với", "những",
		"đã", "không", "một", "người", "này", "từ", "để", "về", "khi", "đến", "tại", "sẽ", "ở", "cũng", "như", "theo" };
	for (size_t i = 0; i < COUNT(stops); i++)
		if (str_eq_nocase(w, str_z(stops[i])))
			return true;
	return false;
}

static void flush(struct walk *w)
{
	while (w->now.n && w->now.p[w->now.n - 1] == ' ')
		w->now.n--;
	if (w->now.n) {
		struct html_page *h = w->h;
		struct block b = { .text = arena_str(w->mem, text_str(&w->now)), .of = w->of, .list = w->list, .figure = w->figure };
		struct str rest = b.text, word;
		b.chars = code_points(b.text);
		b.linked = MIN(w->linked, b.chars);
		b.tag = w->of ? (const char *)w->of->name : "";
		while (str_split(&rest, ' ', &word)) {
			b.words++;
			b.stops += word.n < 10 && stop_word(word);
		}
		GROW(w->mem, h->blocks, h->nblocks, h->blocks_cap);
		h->blocks[h->nblocks++] = b;
	}
	w->now.n = 0;
	w->linked = 0;
}

static void walk(struct walk *w, xmlNode *n, int depth);

static void walk_children(struct walk *w, xmlNode *n, int depth)
{
	for (xmlNode *k = n->children; k; k = k->next)
		walk(w, k, depth + 1);
}

static void walk_text(struct walk *w, const xmlNode *n)
{
	size_t before = w->now.n;
	plain_add(&w->now, str_z((const char *)n->content));
	if (w->in_link)
		w->linked += code_points((struct str){ w->now.p + before, w->now.n - before });
}

static void walk_block(struct walk *w, xmlNode *n, int depth)
{
	static const char *const captions[] = { "caption" };
	bool list = html_is(n, "ul") || html_is(n, "ol"), figure = html_is(n, "figure") || html_is(n, "figcaption") ||
	            (!html_is(n, "body") && html_names(n, captions, 1) && text_size(n) < 800);
	xmlNode *of = w->of;
	size_t e = w->h->nelements;
	flush(w);
	w->of = n;
	w->list += list;
	w->figure += figure;
	GROW(w->mem, w->h->elements, w->h->nelements, w->h->elements_cap);
	w->h->elements[w->h->nelements++] = (struct element){ n, w->h->nblocks, 0, depth };
	walk_children(w, n, depth);
	flush(w);
	w->h->elements[e].to = w->h->nblocks;
	w->of = of;
	w->list -= list;
	w->figure -= figure;
}

static void walk(struct walk *w, xmlNode *n, int depth)
{
	if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content) {
		walk_text(w, n);
		return;
	}
	if (n->type != XML_ELEMENT_NODE)
		return;
	if (html_is(n, "br")) {
		/* Two breaks in a row end a paragraph; one is white space. */
		const xmlNode *k = n->next;
		while (k && k->type == XML_TEXT_NODE && k->content && !str_trim(str_z((const char *)k->content)).n)
			k = k->next;
		if (html_is(k, "br"))
			flush(w);
		else
			plain_add(&w->now, S(" "));
		return;
	}
	if (plain_is_block(str_z((const char *)n->name)) || html_is(n, "body") || html_is(n, "html")) {
		walk_block(w, n, depth);
		return;
	}
	bool link = w->in_link;
	w->in_link |= html_is(n, "a");
	walk_children(w, n, depth);
	w->in_link = link;
}

void html_blocks(struct arena *mem, struct html_page *h, xmlNode *root)
{
	struct walk w = { .mem = mem, .h = h, .now = text_new(mem) };
	walk(&w, root, 0);
	flush(&w);
}
