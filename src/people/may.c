/*
 * may - reads the table of acts. What is not in it is not allowed.
 */
#include "people/may.h"

static const struct {
	const char *name;
	unsigned roles;
	bool own_unit;
} acts[] = {
#define X(name, roles, own) { #name, (unsigned)(roles), own },
	ACTS(X)
#undef X
};

static const char *const role_words[] = {
#define X(name, word) word,
	ROLES(X)
#undef X
};

bool may_ask(const struct cx *cx, int act)
{
	BUG_IF(act < 0 || act >= ACT_COUNT);
	return acts[act].roles == (unsigned)EVERYBODY || (acts[act].roles & cx->who.roles);
}

enum err may(struct cx *cx, int act, int64_t unit)
{
	if (!may_ask(cx, act))
		return FAIL(cx, ERR_DENIED, "people.denied", "%s is not for this account", acts[act].name);
	if (acts[act].own_unit && unit != cx->who.unit)
		return FAIL(cx, ERR_DENIED, "people.other_unit", "%s is another unit's", acts[act].name);
	return OK;
}

const char *act_name(int act)
{
	return act >= 0 && act < ACT_COUNT ? acts[act].name : "NONE";
}

unsigned act_roles(int act)
{
	return act >= 0 && act < ACT_COUNT ? acts[act].roles : 0;
}

const char *role_word(int place)
{
	BUG_IF(place < 0 || place >= ROLE_COUNT);
	return role_words[place];
}

bool roles_parse(struct str words, unsigned *ret)
{
	unsigned roles = 0;
	struct str one;
	while (str_split(&words, ',', &one)) {
		int i = 0;
		one = str_trim(one);
		while (i < ROLE_COUNT && !str_eq(one, str_z(role_words[i])))
			i++;
		if (i == ROLE_COUNT)
			return false;
		roles |= 1u << i;
	}
	*ret = roles;
	return true;
}
