/*
 * article - every block of text gets a worth: prose gains its length, clutter costs. The subtree with
 * the greatest sum is the article, as the maximum-subsequence method finds it in a sequence of tokens
 * (Pasternack, Roth: Extracting article text from the web with maximum subsequence segmentation, WWW 2009),
 * here over a tree. A container that names itself (itemprop, class) is believed when it is nearly as good.
 */
#include "read/article.h"
#include "read/plain.h"

#include <math.h>

static bool sentence_end(struct str s)
{
	static const char *const ends[] = { ".", "!", "?", "…", "”", "\"", ":", "»", "。", ".)", ";", "’" };
	for (size_t i = 0; i < COUNT(ends); i++)
		if (str_ends(s, str_z(ends[i])))
			return true;
	return false;
}

static bool tag_is(const struct block *b, const char *z)
{
	return !strcmp(b->tag, z);
}

static bool heading(const struct block *b)
{
	return b->tag[0] == 'h' && b->tag[1] >= '1' && b->tag[1] <= '6' && !b->tag[2];
}

static void judge(struct block *b)
{
	double share = b->chars ? (double)b->linked / b->chars : 1;
	bool ended = sentence_end(b->text), p = tag_is(b, "p") || tag_is(b, "blockquote") || tag_is(b, "pre");
	double stops = b->words ? (double)b->stops / b->words : 0;
	b->good = share < 0.4 && !b->figure && !heading(b) &&
	          ((b->chars >= 80 && (ended || stops > 0.08 || p)) || (b->chars >= 25 && ended && share < 0.3) || (p && b->chars >= 40 && share < 0.2));
	if (b->list && b->good && (b->chars < 40 || share > 0.2))
		b->good = false;
	if (b->good)
		b->worth = b->chars * (1 - share) * (p ? 1.1 : 0.9);
	else if (p && share < 0.4)
		b->worth = 0;
	else if (heading(b) || b->figure || share < 0.1)
		b->worth = heading(b) || b->figure || tag_is(b, "td") || tag_is(b, "th") || tag_is(b, "li") ? -2 : -10;
	else
		b->worth = -20 - MIN(b->chars, 120) * (0.2 + share);
}

static double *sums(struct arena *mem, const struct html_page *h)
{
	double *s = NEW_ARRAY(mem, double, h->nblocks + 1);
	for (size_t i = 0; i < h->nblocks; i++)
		s[i + 1] = s[i] + h->blocks[i].worth;
	return s;
}

static bool names_itself(const xmlNode *n)
{
	static const char *const words[] = { "articlebody", "article-body", "article_body", "story-body", "storybody", "entry-content", "post-content",
		"article-content", "articlecontent", "article__body", "article-text", "post-body", "fck_detail", "detail-content", "content-detail",
		"body-content", "story-content", "story__body", "content__body", "articletext", "post_content", "single-content", "detail__content" };
	return str_eq_nocase(html_attr(n, "itemprop"), S("articleBody")) || html_names(n, words, COUNT(words));
}

static const struct element *choose(const struct html_page *h, const double *sum)
{
	const struct element *best = NULL, *named = NULL;
	double most = -1e18, named_most = -1e18;
	for (size_t i = 0; i < h->nelements; i++) {
		const struct element *e = &h->elements[i];
		double v = sum[e->to] - sum[e->from];
		if (v > most + 1 || (v >= most - 1 && best && e->from >= best->from && e->to <= best->to && v > most - 1 && e->depth > best->depth)) {
			most = v;
			best = e;
		}
		if (v > named_most && names_itself(e->node)) {
			named_most = v;
			named = e;
		}
	}
	return named && named_most > 0.7 * most ? named : best;
}

/* Between two pieces of prose: kept when it can be part of the text. */
static bool kept(const struct block *b, const struct block *next)
{
	double share = b->chars ? (double)b->linked / b->chars : 1;
	if (b->good)
		return true;
	if (b->figure)
		return false;
	if (heading(b))
		return share < 0.5 && next && next->good;
	if (tag_is(b, "p") || tag_is(b, "li") || tag_is(b, "td") || tag_is(b, "dt") || tag_is(b, "dd") || tag_is(b, "pre") || tag_is(b, "blockquote"))
		return share < (b->list ? 0.3 : 0.5);
	return share < 0.3 && b->chars > 60;
}

static bool says_more(struct str s)
{
	static const char *const heads[] = { "READ MORE", "Read more", "Read also", "Xem thêm", "Đọc thêm", "Related:", "RELATED", "Tin liên quan",
		"ALSO READ", "MORE:", "Photo:", "Image:", "Ảnh:", "Advertisement", "ADVERTISEMENT", "Share this", "Sign up", "Follow us", "Copyright", "©" };
	for (size_t i = 0; i < COUNT(heads); i++)
		if (str_starts(s, str_z(heads[i])) && s.n < 200)
			return true;
	return false;
}

static struct str gather(struct arena *mem, const struct html_page *h, size_t from, size_t to, struct str title)
{
	struct text out = text_new(mem);
	while (from < to && !h->blocks[from].good)
		from++;
	while (to > from && !h->blocks[to - 1].good)
		to--;
	for (size_t i = from; i < to; i++) {
		const struct block *b = &h->blocks[i];
		const struct block *next = NULL;
		for (size_t k = i + 1; k < to && k < i + 3 && !next; k++)
			next = h->blocks[k].good || !heading(&h->blocks[k]) ? &h->blocks[k] : NULL;
		if (!kept(b, next) || says_more(b->text) || str_eq(b->text, title))
			continue;
		if (out.n)
			text_c(&out, '\n');
		text_add(&out, b->text);
	}
	return text_str(&out);
}

static double good_between(const struct html_page *h, size_t from, size_t to)
{
	double n = 0;
	for (size_t i = from; i < to; i++)
		n += h->blocks[i].good ? h->blocks[i].chars : 0;
	return n;
}

/* Many blocks that are links, little prose, and prose in scattered short pieces: a list. */
static void kind_of(const struct html_page *h, const struct element *e, const struct meta *m, struct article *a)
{
	static const char *const forum[] = { "forum", "thread", "phpbb", "vbulletin", "postbit", "topic-post", "message-body" };
	double all = good_between(h, 0, h->nblocks), in = good_between(h, e->from, e->to), links = 0, goods = 0, inner = 0;
	for (size_t i = 0; i < h->nblocks; i++)
		links += h->blocks[i].linked > h->blocks[i].chars / 2;
	for (size_t i = e->from; i < e->to; i++) {
		goods += h->blocks[i].good;
		inner += h->blocks[i].linked > h->blocks[i].chars / 2;
	}
	double mean = goods ? in / goods : 0, share = all > 0 ? in / all : 0;
	double z = -0.9 - 1.2 * MIN(inner / (goods + 1), 2.0) + 1.3 * log1p(in / 250) + (m->says_article ? 1.6 : 0) - (m->says_list ? 1.5 : 0) - 0.3 * log1p(links) +
	           (mean > 140 ? 0.6 : -0.4) + 1.2 * (share - 0.5) + (m->has_published ? 0.7 : -0.2);
	int named = 0;
	for (size_t i = 0; i < h->nelements; i++)
		named += html_names(h->elements[i].node, forum, COUNT(forum));
	double p = 1 / (1 + exp(-z));
	bool is_forum = m->says_forum || named > 6;
	a->kind = is_forum && !m->says_article ? PAGE_FORUM : p >= 0.5 ? PAGE_ARTICLE : links > 20 ? PAGE_LIST : PAGE_OTHER;
	a->confidence = p >= 0.5 ? p : 1 - p;
}

/* The sapô: what its element says it is, else the description when the text does not begin with it. */
static struct str lead_of(struct arena *mem, const struct html_page *h, const struct meta *m)
{
	static const char *const words[] = { "sapo", "lead", "standfirst", "chapeau", "summary", "article-desc", "description", "dek" };
	for (size_t i = 0; i < h->nelements; i++) {
		const struct element *e = &h->elements[i];
		if (e->to == e->from + 1 && h->blocks[e->from].chars > 40 && h->blocks[e->from].chars < 700 &&
		    html_names(e->node, words, COUNT(words)))
			return h->blocks[e->from].text;
	}
	return m->description;
}

void article_find(struct arena *mem, struct html_page *h, const struct meta *m, struct article *ret)
{
	xmlNode *root = xmlDocGetRootElement(h->doc);
	struct article a = { .text = S(""), .lead = m->description, .kind = PAGE_OTHER, .confidence = 0.5 };
	html_prune(root);
	html_blocks(mem, h, root);
	for (size_t i = 0; i < h->nblocks; i++)
		judge(&h->blocks[i]);
	const struct element *e = h->nblocks ? choose(h, sums(mem, h)) : NULL;
	if (e) {
		a.text = gather(mem, h, e->from, e->to, m->title);
		a.lead = lead_of(mem, h, m);
		kind_of(h, e, m, &a);
	}
	*ret = a;
}
