/*
 * terms - cutting a text into runs of letters and digits. Bytes above ASCII belong to a piece, but for the
 * spaces, dashes, quotes and signs of U+0080-U+00BF, U+2000-U+20FF and U+3000-U+303F.
 */
#include "text/terms.h"

#include <stdlib.h>

/* Commonest words of running Vietnamese and English press text, chosen by hand: grammar, not matter. In
 * order of bytes. Tones stand as text/viet.h writes them in a key. */
static const struct str common[] = {
	S_INIT("a"), S_INIT("about"), S_INIT("after"), S_INIT("ai"), S_INIT("all"), S_INIT("also"), S_INIT("an"),
	S_INIT("and"), S_INIT("anh"), S_INIT("are"), S_INIT("as"), S_INIT("at"), S_INIT("be"), S_INIT("been"),
	S_INIT("but"), S_INIT("by"), S_INIT("bà"), S_INIT("bên"), S_INIT("bị"), S_INIT("bởi"), S_INIT("can"),
	S_INIT("cho"), S_INIT("chúng"), S_INIT("chưa"), S_INIT("chỉ"), S_INIT("could"), S_INIT("các"),
	S_INIT("còn"), S_INIT("có"), S_INIT("cùng"), S_INIT("cũng"), S_INIT("cả"), S_INIT("của"), S_INIT("did"),
	S_INIT("do"), S_INIT("dù"), S_INIT("dưới"), S_INIT("for"), S_INIT("from"), S_INIT("giữa"), S_INIT("gì"),
	S_INIT("had"), S_INIT("has"), S_INIT("have"), S_INIT("hay"), S_INIT("he"), S_INIT("her"), S_INIT("his"),
	S_INIT("how"), S_INIT("hoặc"), S_INIT("hơn"), S_INIT("họ"), S_INIT("i"), S_INIT("if"), S_INIT("in"),
	S_INIT("into"), S_INIT("is"), S_INIT("it"), S_INIT("its"), S_INIT("just"), S_INIT("khi"), S_INIT("khác"),
	S_INIT("không"), S_INIT("last"), S_INIT("là"), S_INIT("lên"), S_INIT("lúc"), S_INIT("lại"),
	S_INIT("more"), S_INIT("most"), S_INIT("mr"), S_INIT("mà"), S_INIT("mình"), S_INIT("mọi"), S_INIT("mỗi"),
	S_INIT("một"), S_INIT("nay"), S_INIT("new"), S_INIT("ngày"), S_INIT("người"), S_INIT("nhiều"),
	S_INIT("như"), S_INIT("nhưng"), S_INIT("nhất"), S_INIT("những"), S_INIT("no"), S_INIT("not"),
	S_INIT("này"), S_INIT("nên"), S_INIT("nó"), S_INIT("năm"), S_INIT("nơi"), S_INIT("nếu"), S_INIT("of"),
	S_INIT("on"), S_INIT("one"), S_INIT("or"), S_INIT("other"), S_INIT("out"), S_INIT("over"), S_INIT("phải"),
	S_INIT("qua"), S_INIT("ra"), S_INIT("rất"), S_INIT("rồi"), S_INIT("said"), S_INIT("sau"), S_INIT("say"),
	S_INIT("says"), S_INIT("she"), S_INIT("so"), S_INIT("some"), S_INIT("sẽ"), S_INIT("sự"), S_INIT("ta"),
	S_INIT("than"), S_INIT("that"), S_INIT("the"), S_INIT("their"), S_INIT("them"), S_INIT("theo"),
	S_INIT("there"), S_INIT("they"), S_INIT("this"), S_INIT("tháng"), S_INIT("thì"), S_INIT("tin"),
	S_INIT("to"), S_INIT("trong"), S_INIT("trên"), S_INIT("trước"), S_INIT("trở"), S_INIT("tuy"),
	S_INIT("two"), S_INIT("tại"), S_INIT("từ"), S_INIT("up"), S_INIT("việc"), S_INIT("và"), S_INIT("vào"),
	S_INIT("vì"), S_INIT("vẫn"), S_INIT("về"), S_INIT("với"), S_INIT("vừa"), S_INIT("was"), S_INIT("we"),
	S_INIT("were"), S_INIT("what"), S_INIT("when"), S_INIT("where"), S_INIT("which"), S_INIT("who"),
	S_INIT("will"), S_INIT("with"), S_INIT("would"), S_INIT("year"), S_INIT("years"), S_INIT("you"),
	S_INIT("ông"), S_INIT("đang"), S_INIT("điều"), S_INIT("đây"), S_INIT("đã"), S_INIT("đó"), S_INIT("đôi"),
	S_INIT("được"), S_INIT("đến"), S_INIT("đều"), S_INIT("để"), S_INIT("đối"),
};

static bool is_ascii_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* How many bytes of a separator beyond ASCII stand here; 0: it is part of a word. */
static size_t wide_separator(struct str s)
{
	unsigned char a = (unsigned char)s.p[0], b = s.n > 1 ? (unsigned char)s.p[1] : 0;
	if (a == 0xc2 && b >= 0x80 && b < 0xc0)
		return 2;
	if (s.n > 2 && ((a == 0xe2 && b >= 0x80 && b < 0x84) || (a == 0xe3 && b == 0x80)))
		return 3;
	return 0;
}

static size_t separator(struct str s)
{
	unsigned char c = (unsigned char)*s.p;
	if (c < 0x80)
		return !is_ascii_word(c);
	return wide_separator(s);
}

bool term_next(struct str *rest, struct term *ret)
{
	bool gap = false;
	for (size_t n; rest->n && (n = separator(*rest)) != 0; *rest = str_sub(*rest, n, rest->n))
		gap |= *rest->p != ' ';
	if (!rest->n)
		return false;
	size_t end = 0;
	while (end < rest->n && !separator(str_sub(*rest, end, rest->n)))
		end++;
	*ret = (struct term){ { rest->p, end }, gap, *rest->p >= '0' && *rest->p <= '9' };
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool term_is_common(struct str lower)
{
	return bsearch(&lower, common, COUNT(common), sizeof *common, by_bytes);
}
