/*
 * rooms - the list of rooms. A room that is not here cannot be reached; deleting its line closes it.
 */
#include "app/rooms.h"

#include "people/may.h"
#include "rooms/accounts/accounts_pages.h"
#include "rooms/monitoring/monitoring_pages.h"
#include "rooms/trends/alarm.h"
#include "rooms/trends/saved_pages.h"
#include "rooms/trends/trends_pages.h"
#include "web/asset.h"
#include "app/site.h"

enum { TABLES_MOST = 64 };

static void add(struct route_table *to, size_t *n, const struct route_table *from, size_t nfrom)
{
	BUG_IF(*n + nfrom > TABLES_MOST);
	for (size_t i = 0; i < nfrom; i++)
		to[(*n)++] = from[i];
}

const struct route_table *rooms_routes(struct arena *mem, size_t *ret_n)
{
	struct route_table *v = NEW_ARRAY(mem, struct route_table, TABLES_MOST);
	size_t n = 0;
	add(v, &n, trends_tables, trends_tables_n);
	add(v, &n, saved_tables, saved_tables_n);
	add(v, &n, monitoring_tables, monitoring_tables_n);
	add(v, &n, accounts_tables, accounts_tables_n);
	add(v, &n, &ops_routes, 1);
	add(v, &n, &asset_routes, 1);
	*ret_n = n;
	return v;
}

const struct nav_item rooms_nav[] = {
	{ NULL, "/", "layout-dashboard", "nav.overview", ACT_OVERVIEW_READ, true },
	{ "nav.press", "/tin", "newspaper", "nav.stream", ACT_ARTICLE_READ, true },
	{ NULL, "/su-viec", "flag", "nav.stories", ACT_ARTICLE_READ, true },
	{ NULL, "/canh-bao", "bell-ring", "nav.alarms", ACT_ALARM_READ, true },
	{ NULL, "/du-bao", "trending-up", "nav.outlook", ACT_ALARM_READ, false },
	{ NULL, "/nguon", "rss", "nav.sources", ACT_SOURCE_READ, false },
	{ NULL, "/tim/da-luu", "bookmark", "nav.saved", ACT_SEARCH_SAVE, false },
	{ "nav.papers", "/diem-bao", "file-text", "nav.digest", ACT_DIGEST_READ, false },
	{ "nav.house", "/cai-dat", "settings", "nav.settings", ACT_SETTINGS_READ, false },
	{ NULL, "/cai-dat/tai-khoan", "user", "nav.staff", ACT_ACCOUNT_EDIT, false },
	{ NULL, "/nhat-ky", "history", "nav.audit", ACT_AUDIT_READ, false },
};
const size_t rooms_nav_n = COUNT(rooms_nav);

void rooms_count(struct cx *cx, const struct nav_item *item, struct badge *ret)
{
	struct alarm_record record;
	if (strcmp(item->path, "/canh-bao") || alarm_record(cx, &record))
		return;
	*ret = (struct badge){ record.open, record.open > 0 };
}
