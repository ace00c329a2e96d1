/*
 * json - the border between slices and jansson: lengths instead of terminators, arenas instead of malloc.
 */
#include "base/json.h"

json_t *json_id(int64_t id)
{
	char z[24];
	snprintf(z, sizeof z, "%lld", (long long)id);
	return id ? json_string(z) : json_null();
}

json_t *json_text(struct str s)
{
	if (!s.p)
		return json_null();
	json_t *j = json_stringn(s.p, s.n);
	return j ? j : json_string("");
}

struct str json_member(struct arena *mem, const json_t *of, const char *name)
{
	const json_t *v = json_object_get(of, name);
	return json_is_string(v) ? arena_str(mem, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

struct str json_printed(struct arena *mem, json_t *take)
{
	size_t n = json_dumpb(take, NULL, 0, JSON_COMPACT);
	char *p = arena_raw(mem, n + 1);
	json_dumpb(take, p, n, JSON_COMPACT);
	p[n] = 0;
	json_decref(take);
	return (struct str){ p, n };
}
