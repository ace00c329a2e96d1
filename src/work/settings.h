/*
 * settings - what an administrator may set while the house runs: one table of names, bounds and defaults; the values
 * that differ from the defaults stand in the table "setting". The words of a setting are the catalogue's
 * "setting.NAME" and "setting.NAME.help".
 */
#ifndef WORK_SETTINGS_H
#define WORK_SETTINGS_H

#include "store/cx.h"

enum setting_kind { SETTING_TEXT, SETTING_NUMBER, SETTING_LANGUAGE, SETTING_URL, SETTING_MAIL, SETTING_SECRET };

struct setting {
	const char *name, *group;  /* group: province, mail, intake, alarms, upkeep */
	enum setting_kind kind;
	const char *otherwise;     /* the default */
	int64_t lo, hi;            /* of a number; of other kinds the bytes of a value */
};

extern const struct setting settings[];
extern const size_t settings_n;

const struct setting *setting_find(struct str name);                      /* NULL: there is none of that name */
/* The catalogue's key of what is wrong with a value; NULL: it may stand. */
const char *setting_wrong(const struct setting *s, struct str value);
/* A name that is not in the table is a bug. */
MUST_USE enum err setting_text(struct cx *cx, const char *name, struct str *ret);
MUST_USE enum err setting_int(struct cx *cx, const char *name, int64_t *ret);
MUST_USE enum err settings_all(struct cx *cx, struct str **ret);          /* in the order of the table */

struct setting_value { const struct setting *setting; struct str value; };
/* All or none, in one transaction, each with a line in the audit (never the value of a secret). ERR_DENIED,
 * ERR_INPUT: a value out of bounds. */
MUST_USE enum err settings_set(struct cx *cx, const struct setting_value *v, size_t n);
MUST_USE enum err setting_set(struct cx *cx, const char *name, struct str value);

#endif
