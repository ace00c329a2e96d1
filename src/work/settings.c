/*
 * settings - the table, and the reading and writing of its values.
 */
#include "work/settings.h"

#include "people/may.h"
#include "store/audit.h"
#include "store/db.h"

const struct setting settings[] = {
	{ "province_name", "province", SETTING_TEXT, "Tỉnh Mẫu", 1, 200 },
	{ "language", "province", SETTING_LANGUAGE, "vi", 2, 2 },
	{ "public_address", "province", SETTING_URL, "", 0, 300 },
	{ "mail_from", "mail", SETTING_MAIL, "", 0, 200 },
	{ "smtp_host", "mail", SETTING_TEXT, "", 0, 200 },
	{ "smtp_port", "mail", SETTING_NUMBER, "587", 1, 65535 },
	{ "smtp_user", "mail", SETTING_TEXT, "", 0, 200 },
	{ "smtp_password", "mail", SETTING_SECRET, "", 0, 200 },
	{ "user_agent_contact", "intake", SETTING_TEXT, "", 0, 200 },
	{ "poll_workers", "intake", SETTING_NUMBER, "32", 1, 512 },
	{ "alarm_least_articles", "alarms", SETTING_NUMBER, "5", 1, 1000 },
	{ "alarm_least_outlets", "alarms", SETTING_NUMBER, "2", 1, 3 },
	{ "article_text_days", "upkeep", SETTING_NUMBER, "365", 30, 3650 },
	{ "metrics_key", "upkeep", SETTING_SECRET, "", 0, 200 },
};
const size_t settings_n = COUNT(settings);

SQL(setting_value_of, "SELECT value FROM setting WHERE name = $1");
SQL(setting_values, "SELECT name, value FROM setting");
SQL(setting_put,
    "INSERT INTO setting (name, value, changed_at, changed_by) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by");

const struct setting *setting_find(struct str name)
{
	for (size_t i = 0; i < settings_n; i++)
		if (str_eq(name, str_z(settings[i].name)))
			return &settings[i];
	return NULL;
}

static bool address_good(struct str s)
{
	return str_starts(s, S("http://")) || str_starts(s, S("https://"));
}

static bool mail_good(struct str s)
{
	ptrdiff_t at = str_chr(s, '@');
	return at > 0 && (size_t)at + 3 < s.n && str_chr(s, ' ') < 0 && str_chr(str_sub(s, (size_t)at + 1, s.n), '.') > 0 &&
	       str_chr(str_sub(s, (size_t)at + 1, s.n), '@') < 0;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 127)
			return true;
	return false;
}

const char *setting_wrong(const struct setting *s, struct str value)
{
	int64_t n;
	if (s->kind == SETTING_NUMBER)
		return str_int(value, &n) && n >= s->lo && n <= s->hi ? NULL : "setting.wrong.number";
	if ((int64_t)value.n < s->lo || (int64_t)value.n > s->hi)
		return value.n ? "setting.wrong.long" : "setting.wrong.empty";
	if (has_control(value))
		return "setting.wrong.control";
	if (s->kind == SETTING_LANGUAGE && !str_eq(value, S("vi")) && !str_eq(value, S("en")))
		return "setting.wrong.language";
	if (s->kind == SETTING_URL && value.n && !address_good(value))
		return "setting.wrong.url";
	if (s->kind == SETTING_MAIL && value.n && !mail_good(value))
		return "setting.wrong.mail";
	return NULL;
}

enum err setting_text(struct cx *cx, const char *name, struct str *ret)
{
	const struct setting *s = setting_find(str_z(name));
	BUG_IF(!s);
	struct str value = str_z(s->otherwise);
	struct rows r = db_query(cx, &setting_value_of, ARGS(name));
	if (db_next(&r))
		value = col_str(&r, cx->mem, 0);
	TRY(db_end(cx, &r));
	*ret = value;
	return OK;
}

/* A value that an older version let through counts as the default. */
enum err setting_int(struct cx *cx, const char *name, int64_t *ret)
{
	const struct setting *s = setting_find(str_z(name));
	struct str value;
	int64_t n = 0;
	BUG_IF(!s || s->kind != SETTING_NUMBER);
	TRY(setting_text(cx, name, &value));
	bool good = !setting_wrong(s, value) && str_int(value, &n);
	if (!good)
		BUG_IF(!str_int(str_z(s->otherwise), &n));
	*ret = n;
	return OK;
}

enum err settings_all(struct cx *cx, struct str **ret)
{
	struct str *v = NEW_ARRAY(cx->mem, struct str, settings_n);
	for (size_t i = 0; i < settings_n; i++)
		v[i] = str_z(settings[i].otherwise);
	struct rows r = db_query(cx, &setting_values, NO_ARGS);
	while (db_next(&r)) {
		const struct setting *s = setting_find(col_str(&r, cx->mem, 0));
		if (s)
			v[s - settings] = col_str(&r, cx->mem, 1);
	}
	TRY(db_end(cx, &r));
	*ret = v;
	return OK;
}

static enum err put_all(struct cx *cx, const struct setting_value *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct setting *s = v[i].setting;
		TRY(db_run(cx, &setting_put, ARGS(s->name, v[i].value.p ? v[i].value : S(""), cx->now, cx->who.id)));
		TRY(audit_add(cx, "set", "setting", 0, str_z(s->name)));
	}
	return OK;
}

enum err settings_set(struct cx *cx, const struct setting_value *v, size_t n)
{
	TRY(may(cx, ACT_SETTINGS_EDIT, 0));
	for (size_t i = 0; i < n; i++) {
		const char *wrong = setting_wrong(v[i].setting, v[i].value);
		if (wrong)
			return FAIL(cx, ERR_INPUT, wrong, "the value of %s is out of bounds", v[i].setting->name);
	}
	TRY(db_begin(cx));
	return db_finish(cx, put_all(cx, v, n));
}

enum err setting_set(struct cx *cx, const char *name, struct str value)
{
	struct setting_value v = { setting_find(str_z(name)), value };
	BUG_IF(!v.setting);
	return settings_set(cx, &v, 1);
}
