/*
 * paper - a document as data, handed out as DOCX and as PDF with the same words in the same order.
 *
 * Layout is that of Decree 30/2020/NĐ-CP, annex I: A4, margins 20/20/30/15 mm, Times New Roman (in PDF the
 * metric-compatible Liberation Serif), body 14 justified with a first line of 1,27 cm, page number 14
 * centred in the top margin and not on page 1. The same paper gives the same bytes, on any day.
 *
 * Text is cleaned on the way in: bytes that are no UTF-8 become U+FFFD, control characters go. All of it
 * lives in the arena given to paper_new. Runs are added to the block (or the cell) opened last.
 */
#ifndef MAKE_PAPER_H
#define MAKE_PAPER_H

#include "base/base.h"

enum run_style { RUN_PLAIN = 0, RUN_BOLD = 1, RUN_ITALIC = 2 };

struct run {
	struct str text;
	unsigned style;
	struct str link;        /* http, https or mailto; empty: none */
};

struct runs { struct run *v; size_t n, cap; };

struct paper_table {
	size_t columns, ncells, cap;
	const int *shares;      /* of the width, any unit, one a column; NULL: even */
	struct runs *cells;     /* row by row; the first row is the head */
};

enum block_kind { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_ITEM, BLOCK_TABLE };

struct block {
	enum block_kind kind;
	int level;              /* heading 1 or 2 */
	int number;             /* item: 1, 2 … within its list */
	int list;               /* item: which list of the paper, from 1 */
	struct runs runs;
	struct paper_table table;
};

/* The cells of page 1; an empty one is left out. Without agency and nation the head is not drawn. */
struct paper_head {
	struct str above;       /* ỦY BAN NHÂN DÂN TỈNH MẪU */
	struct str agency;      /* SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH */
	struct str number;      /* Số: 05/BC-SVHTTDL */
	struct str place_date;  /* Tỉnh Mẫu, ngày 25 tháng 11 năm 2026 */
	bool nation;            /* the name of the state and its motto */
	struct str kind;        /* ĐIỂM BÁO NGÀY */
	struct str about;       /* Ngày 25 tháng 11 năm 2026 */
};

struct paper_sign { struct str office, name; const struct str *to; size_t nto; }; /* PHÓ GIÁM ĐỐC …, the recipients */

struct paper {
	struct arena *mem;
	struct paper_head head;
	struct paper_sign sign;
	struct str note;        /* at the foot of every page: "Bản chưa kiểm duyệt" */
	struct block *blocks;
	size_t n, cap;
	int lists;
	struct runs *open;
};

struct paper *paper_new(struct arena *mem);
void paper_heading(struct paper *p, int level, struct str text);
void paper_paragraph(struct paper *p, struct str text);           /* empty: runs follow */
void paper_item(struct paper *p, struct str text);                /* numbers start at 1 below each heading */
void paper_table(struct paper *p, size_t columns, const int *shares);
void paper_cell(struct paper *p, struct str text, unsigned style);
void paper_run(struct paper *p, struct str text, unsigned style);
void paper_link(struct paper *p, struct str text, struct str url); /* an address of another kind stays plain text */
struct str paper_clean(struct arena *mem, struct str s);
size_t paper_rows(const struct paper_table *t);                   /* the last may be short: its missing cells are empty */
/* The width of a column when the table is `width` wide; the last takes what rounding left. */
int paper_column(const struct paper_table *t, size_t column, int width);
struct str paper_title(const struct paper *p);                    /* kind and subject in one line, for the properties */

/* Both give ERR_STORE when a foreign library fails ("paper.failed"), ERR_LIMIT for a paper of over 20,000 blocks. */
MUST_USE enum err paper_docx(struct arena *mem, const struct paper *p, struct str *ret, struct fault *fault);
MUST_USE enum err paper_pdf(struct arena *mem, const struct paper *p, struct str *ret, struct fault *fault);
MUST_USE enum err paper_check(const struct paper *p, struct fault *fault);

#endif
