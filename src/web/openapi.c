/*
 * openapi - the description of /api/v1 in OpenAPI 3.1, printed from the same rows that the router walks, so
 * that it cannot tell of a path that is not there.
 */
#include "web/api.h"
#include "web/guard.h"

#include <ctype.h>
#include <stdlib.h>

/* "/su-viec/:id" is written "/su-viec/{id}". */
static struct str braces(struct arena *mem, const char *path)
{
	struct text t = text_new(mem);
	struct str rest = str_z(path), part;
	bool first = true;
	while (str_split(&rest, '/', &part)) {
		if (!first)
			text_c(&t, '/');
		first = false;
		if (part.n > 1 && part.p[0] == ':')
			text_fmt(&t, "{%.*s}", (int)(part.n - 1 - (part.p[part.n - 1] == '*')), part.p + 1);
		else
			text_add(&t, part);
	}
	return text_str(&t);
}

static json_t *schema(const char *type)
{
	if (!strcmp(type, "date"))
		return json_pack("{s:s, s:s}", "type", "string", "format", "date");
	if (!strcmp(type, "integer"))
		return json_pack("{s:s, s:s}", "type", "integer", "format", "int64");
	return json_pack("{s:s}", "type", type);
}

/* Places of the path first, whether or not the row describes them; then what the row tells of the query. */
static json_t *parameters(const struct route *r)
{
	json_t *list = json_array();
	struct str rest = str_z(r->path), part;
	while (str_split(&rest, '/', &part)) {
		if (part.n < 2 || part.p[0] != ':')
			continue;
		struct str name = str_sub(part, 1, part.n - (part.p[part.n - 1] == '*'));
		const struct route_param *told = NULL;
		for (const struct route_param *p = r->params; p && p->name; p++)
			if (str_eq(str_z(p->name), name))
				told = p;
		json_array_append_new(list, json_pack("{s:s%, s:s, s:b, s:o, s:s}", "name", name.p, name.n, "in", "path", "required", 1,
			"schema", schema(told ? told->type : "string"), "description",
			told ? told->about : "Part of the path"));
	}
	for (const struct route_param *p = r->params; p && p->name; p++)
		if (!strcmp(p->in, "query"))
			json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o, s:s}", "name", p->name, "in", "query", "required", 0,
				"schema", schema(p->type), "description", p->about));
	return list;
}

static json_t *request_body(const struct route *r)
{
	json_t *properties = json_object();
	const char *media = "application/json";
	for (const struct route_param *p = r->params; p && p->name; p++) {
		if (!strcmp(p->in, "field"))
			media = "application/x-www-form-urlencoded";
		else if (strcmp(p->in, "body"))
			continue;
		json_t *one = schema(p->type);
		json_object_set_new(one, "description", json_string(p->about));
		json_object_set_new(properties, p->name, one);
	}
	if (!json_object_size(properties)) {
		json_decref(properties);
		return NULL;
	}
	return json_pack("{s:b, s:{s:{s:{s:s, s:o}}}}", "required", 1, "content", media, "schema", "type", "object", "properties", properties);
}

static json_t *problem(const char *about)
{
	return json_pack("{s:s, s:{s:{s:{s:s}}}}", "description", about, "content", "application/problem+json", "schema", "$ref",
		"#/components/schemas/Problem");
}

static json_t *responses(const struct route *r)
{
	json_t *o = json_object();
	json_object_set_new(o, "200", json_pack("{s:s, s:{s:{s:{s:s}}}}", "description", "The answer", "content", "application/json", "schema",
		"type", "object"));
	json_object_set_new(o, "400", problem("A parameter is malformed"));
	if (r->act != ACT_NONE) {
		json_object_set_new(o, "401", problem("Nobody has signed in"));
		json_object_set_new(o, "403", problem("The person may not do this"));
	}
	if (strchr(r->path, ':'))
		json_object_set_new(o, "404", problem("There is no such entry"));
	if (strcmp(r->method, "GET"))
		json_object_set_new(o, "422", problem("The body has mistakes; all are named"));
	json_object_set_new(o, "429", problem("Too many requests from one address"));
	json_object_set_new(o, "503", problem("Busy; try again after Retry-After seconds"));
	return o;
}

static struct str operation_id(struct arena *mem, const struct route *r)
{
	struct text t = text_new(mem);
	for (const char *p = r->method; *p; p++)
		text_c(&t, (char)tolower((unsigned char)*p));
	for (const char *p = r->path; *p; p++)
		if (isalnum((unsigned char)*p))
			text_c(&t, *p);
		else if (t.n && t.p[t.n - 1] != '_')
			text_c(&t, '_');
	return text_str(&t);
}

static void add_route(struct arena *mem, json_t *paths, const char *room, const struct route *r)
{
	struct str path = braces(mem, r->path), id = operation_id(mem, r);
	char method[12] = "";
	for (size_t i = 0; r->method[i] && i < sizeof method - 1; i++)
		method[i] = (char)tolower((unsigned char)r->method[i]);
	json_t *at = json_object_get(paths, path.p);
	if (!at) {
		at = json_object();
		json_object_set_new(paths, path.p, at);
	}
	json_t *op = json_pack("{s:s, s:s, s:[s], s:o, s:o}", "operationId", id.p, "summary", r->about, "tags", room, "parameters",
		parameters(r), "responses", responses(r));
	json_t *body = request_body(r);
	if (body)
		json_object_set_new(op, "requestBody", body);
	if (r->act == ACT_NONE)
		json_object_set_new(op, "security", json_array());
	json_object_set_new(at, method, op);
}

static json_t *components(void)
{
	return json_pack("{s:{s:{s:s, s:s, s:s}, s:{s:s, s:s}}, s:{s:{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}}}}", "securitySchemes",
		"session", "type", "apiKey", "in", "cookie", "name", SESSION_COOKIE, "key", "type", "http", "scheme", "bearer", "schemas", "Problem",
		"type", "object", "properties", "type", "type", "string", "title", "type", "string", "status", "type", "integer", "detail", "type",
		"string");
}

static int dump(const char *p, size_t n, void *text)
{
	text_add(text, (struct str){ p, n });
	return 0;
}

struct str openapi_text(struct arena *mem, const struct site *site)
{
	json_t *paths = json_object(), *all;
	for (size_t t = 0; t < site->ntables; t++)
		for (size_t i = 0; i < site->tables[t].n; i++)
			if (site->tables[t].v[i].kind == API)
				add_route(mem, paths, site->tables[t].room, &site->tables[t].v[i]);
	all = json_pack("{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:[{s:s}], s:[{s:[]}, {s:[]}], s:o, s:o}", "openapi", "3.1.0", "info", "title",
		"Nhịp Cầu", "version", NHIPCAU_VERSION, "description", "Policy communication of a province: articles, stories, series, alarms",
		"license", "name", "Apache-2.0", "identifier", "Apache-2.0", "servers", "url", "/", "security", "session", "key", "paths", paths,
		"components", components());
	BUG_IF(!all);
	struct text out = text_new(mem);
	json_dump_callback(all, dump, &out, JSON_INDENT(2));
	json_decref(all);
	text_c(&out, '\n');
	return text_str(&out);
}
