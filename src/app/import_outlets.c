/* import_outlets - see import_outlets.h. Each outlet is looked up in the database once an import. */
#include "app/import_outlets.h"

#include "net/url.h"

struct import_outlets import_outlets_new(struct arena *mem)
{
	return (struct import_outlets){ .mem = mem, .names = map_new(mem), .hosts = map_new(mem) };
}

static struct str bare_host(struct arena *mem, struct str url)
{
	struct str host = url_host(mem, url);
	return str_sub(host, str_starts(host, S("www.")) ? 4 : str_starts(host, S("m.")) ? 2 : 0, host.n);
}

static int64_t keep(struct import_outlets *o, struct outlet one)
{
	one = (struct outlet){ .id = one.id, .name = arena_str(o->mem, one.name), .kind = arena_str(o->mem, one.kind) };
	GROW(o->mem, o->known, o->n, o->cap);
	o->known[o->n++] = one;
	*map_at(&o->names, one.name) = (int64_t)o->n;
	return (int64_t)o->n;
}

static int64_t place_of(struct import_outlets *o, struct outlet one)
{
	const int64_t *at = map_get(&o->names, one.name);
	return at ? *at : keep(o, one);
}

static void know_host(struct cx *cx, struct import_outlets *o, struct str url, int64_t place)
{
	struct str host = bare_host(cx->mem, url);
	if (host.n && !map_get(&o->hosts, host))
		*map_at(&o->hosts, arena_str(o->mem, host)) = place;
}

enum err import_outlets_load(struct cx *cx, struct import_outlets *o)
{
	struct arena_mark mark = arena_mark(cx->mem);
	struct outlet_list outlets;
	struct source_list sources;
	TRY(outlet_list(cx, &outlets));
	TRY(source_list(cx, &sources));
	for (size_t i = 0; i < outlets.n; i++)
		know_host(cx, o, outlets.v[i].home, place_of(o, outlets.v[i]));
	for (size_t i = 0; i < sources.n; i++) {
		const struct source *s = &sources.v[i];
		know_host(cx, o, s->url, place_of(o, (struct outlet){ .id = s->outlet, .name = s->outlet_name, .kind = s->outlet_kind }));
	}
	arena_rewind(cx->mem, mark);
	return OK;
}

static void give(const struct import_outlets *o, int64_t place, struct intake_item *item)
{
	item->outlet = o->known[place - 1].id;
	item->outlet_kind = o->known[place - 1].kind;
}

static enum err find(struct cx *cx, struct import_outlets *o, struct str name, struct str home, int64_t *ret_place)
{
	const int64_t *at = map_get(&o->names, name);
	if (!at) {
		struct outlet one = { .name = name, .kind = S("online") };
		TRY(outlet_find_or_add(cx, name, one.kind, home, &one.id));
		TRY(outlet_kind_of(cx, one.id, &one.kind));
		*ret_place = keep(o, one);
		return OK;
	}
	*ret_place = *at;
	return OK;
}

enum err import_outlet_by_name(struct cx *cx, struct import_outlets *o, struct str name, struct intake_item *item)
{
	int64_t place;
	TRY(find(cx, o, name, S(""), &place));
	give(o, place, item);
	return OK;
}

enum err import_outlet_by_host(struct cx *cx, struct import_outlets *o, struct str url, struct intake_item *item)
{
	struct str host = bare_host(cx->mem, url);
	const int64_t *at = map_get(&o->hosts, host);
	int64_t place = at ? *at : 0;
	if (!place) {
		TRY(find(cx, o, host, url_origin(cx->mem, url), &place));
		know_host(cx, o, url, place);
	}
	give(o, place, item);
	return OK;
}
