/*
 * plain - an HTML fragment as plain text: tags gone, what runs or hides gone with its content, references
 * undone, paragraphs separated by one newline, runs of white space made one space. Linear, no nesting kept.
 */
#ifndef READ_PLAIN_H
#define READ_PLAIN_H

#include "base/base.h"

struct str plain_html(struct arena *mem, struct str html); /* markup to text */
struct str plain_space(struct arena *mem, struct str s);   /* text: white space made single, lines kept */
struct str plain_line(struct arena *mem, struct str s);    /* text: on one line */
bool plain_is_block(struct str tag);                       /* "p", "div", "li" …: begins a new paragraph */
/* Adds text with single spaces and no space at the start of a line; the habit of all the above. */
void plain_add(struct text *out, struct str s);
void plain_break(struct text *out);                        /* ends the paragraph, once */

#endif
