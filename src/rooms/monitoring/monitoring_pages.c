/*
 * monitoring_pages - words, chips and choices; no page of its own.
 */
#include "rooms/monitoring/monitoring_pages.h"

#include "people/staff.h"
#include "rooms/monitoring/outlet.h"
#include "rooms/monitoring/tools.h"
#include "text/label.h"

#define TABLE(rows) { "monitoring", rows, COUNT(rows) }
const struct route_table monitoring_tables[] = { TABLE(stream_rows), TABLE(article_rows), TABLE(story_rows), TABLE(source_rows),
	TABLE(search_rows), TABLE(manual_rows), TABLE(monitoring_api_rows) };
const size_t monitoring_tables_n = COUNT(monitoring_tables);

const char *const tone_codes = "bad neutral good unknown", *const stance_codes = "unfavourable neither favourable unknown",
	*const scope_codes = "vietnamese_public other_vietnam foreign", *const outlet_kind_codes = "online print radio_tv aggregator portal",
	*const source_kind_codes = "feed sitemap warc jsonl manual";

struct str say_code(struct cx *cx, const char *prefix, struct str code)
{
	struct str key = str_fmt(cx->mem, "%s%.*s", prefix, FMT(code));
	return say_known(cx->lang, key.p) ? str_z(say(cx, key.p)) : code;
}

struct str label_say(struct cx *cx, const struct article_label *l)
{
	if (str_eq(l->kind, S("topic")))
		return say_code(cx, "topic.", l->code);
	return str_eq(l->kind, S("place")) ? place_name(cx, l->code) : body_name(cx, l->code);
}

enum chip_kind tone_chip(struct str tone)
{
	if (str_eq(tone, S("bad")) || str_eq(tone, S("unfavourable")))
		return CHIP_NEG;
	return str_eq(tone, S("good")) || str_eq(tone, S("favourable")) ? CHIP_POS : CHIP_NEU;
}

void part_labels_state(struct html *out, struct cx *cx, const struct article *a)
{
	if (a->confirmed_at)
		part_chip_icon(out, CHIP_OK, "check", str_z(say(cx, "monitoring.confirmed")));
	else
		part_chip(out, CHIP_LINE, str_z(say(cx, "monitoring.unconfirmed")));
}

void part_tone_counts(struct html *out, struct cx *cx, int64_t bad, int64_t neutral, int64_t good, int64_t all)
{
	struct tone_counts t = { bad, neutral, good, MAX(0, all - bad - neutral - good) };
	if (all >= SHARE_LEAST) {
		part_tone_text(out, cx, t);
		return;
	}
	put_raw(out, "<span aria-hidden=\"true\">", 25);
	part_tone(out, cx, t);
	put_raw(out, "</span><span class=\"tone-text\">", 31);
	put_str(out, SAY(cx, "monitoring.tone_counts", num(cx, bad), num(cx, neutral), num(cx, good)));
	if (t.unknown)
		put_str(out, SAY(cx, "monitoring.tone_unknown", num(cx, t.unknown)));
	put_raw(out, "</span>", 7);
}

enum err article_views(struct cx *cx, const struct article_list *list, struct article_views *ret)
{
	struct article_views views = { NEW_ARRAY(cx->mem, struct article_view, list->n), list->n };
	for (size_t i = 0; i < list->n; i++) {
		struct article_view *v = &views.v[i];
		v->a = list->v[i];
		TRY(article_labels(cx, v->a.id, &v->labels));
		if (v->a.story)
			TRY(story_load(cx, v->a.story, &v->story));
		if (v->story.n < 2)
			v->story.id = 0;
	}
	*ret = views;
	return OK;
}

struct str staff_say(struct cx *cx, int64_t id)
{
	struct staff_list list;
	if (!id || staff_list(cx, &list) != OK)
		return str_z(say(cx, "monitoring.machine"));
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].id == id)
			return list.v[i].name;
	return str_z(say(cx, "monitoring.former_staff"));
}

struct str day_for_field(struct cx *cx, int64_t at)
{
	return at ? day_iso(cx->mem, day_of(at)) : S("");
}

/* ---- choices ------------------------------------------------------------------------------------- */

struct choice_list choices_of(struct cx *cx, const char *prefix, const char *codes)
{
	struct choice_list list = { 0 };
	struct str rest = str_z(codes), code;
	size_t cap = 0;
	while (str_split(&rest, ' ', &code)) {
		GROW(cx->mem, list.v, list.n, cap);
		list.v[list.n++] = (struct choice){ code, say_code(cx, prefix, code) };
	}
	return list;
}

struct choice_list topic_choices(struct cx *cx)
{
	struct choice_list list = { NEW_ARRAY(cx->mem, struct choice, COUNT(label_topics)), COUNT(label_topics) };
	for (size_t i = 0; i < list.n; i++)
		list.v[i] = (struct choice){ str_z(label_topics[i]), say_code(cx, "topic.", str_z(label_topics[i])) };
	return list;
}

enum err outlet_choices(struct cx *cx, struct choice_list *ret)
{
	struct outlet_list outlets;
	TRY(outlet_list(cx, &outlets));
	struct choice_list list = { NEW_ARRAY(cx->mem, struct choice, outlets.n), outlets.n };
	for (size_t i = 0; i < list.n; i++)
		list.v[i] = (struct choice){ str_fmt(cx->mem, "%lld", (long long)outlets.v[i].id), outlets.v[i].name };
	*ret = list;
	return OK;
}

static void option(struct html *out, struct str value, struct str label, bool chosen)
{
	text_z(&out->t, "<option value=\"");
	put_str(out, value);
	text_z(&out->t, chosen ? "\" selected>" : "\">");
	put_str(out, label);
	text_z(&out->t, "</option>");
}

void part_pick(struct html *out, struct cx *cx, const char *name, const char *label, const struct choice_list *c, struct str now)
{
	text_z(&out->t, "<label class=\"pick-one\">");
	put_z(out, say(cx, label));
	text_fmt(&out->t, " <select name=\"%s\">", name);
	option(out, S(""), str_z(say(cx, c->first ? c->first : "monitoring.any")), !now.n);
	for (size_t i = 0; i < c->n; i++)
		option(out, c->v[i].value, c->v[i].label, now.n && str_eq(c->v[i].value, now));
	text_z(&out->t, "</select></label>");
}
