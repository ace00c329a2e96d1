/* catalog_data - the two sorted tables that tools/lang.c makes of lang/. Only catalog.c and its test look. */
#ifndef WEB_CATALOG_DATA_H
#define WEB_CATALOG_DATA_H

#include <stddef.h>

struct catalog_row { const char *key, *text; };

extern const struct catalog_row catalog_vi[], catalog_en[];
extern const size_t catalog_vi_n, catalog_en_n;

#endif
