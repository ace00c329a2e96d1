/*
 * tools - names by code, and a vocabulary wherever one is needed.
 */
#include "rooms/monitoring/tools.h"

#include "text/label.h"

/* Places and bodies are told apart by their codes, so one table answers for both. */
static struct str name_of(struct cx *cx, struct str code)
{
	struct str name;
	bool known = cx->tools && cx->tools->labeller && gazetteer_name(labeller_places(cx->tools->labeller), code, &name);
	return known && name.n ? name : code;
}

struct str place_name(struct cx *cx, struct str code)
{
	return name_of(cx, code);
}

struct str body_name(struct cx *cx, struct str code)
{
	return name_of(cx, code);
}

enum err tools_vocab(struct cx *cx, const struct vocab **ret)
{
	if (cx->tools && cx->tools->vocab) {
		*ret = cx->tools->vocab;
		return OK;
	}
	struct vocab *v = NEW(cx->mem, struct vocab);
	*v = vocab_new(cx->mem);
	TRY(vocab_load(cx, v));
	*ret = v;
	return OK;
}
