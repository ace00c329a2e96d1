/* demo_site - a small site that the tests of web/ serve: one page with every part, a form, an API, a slow page. */
#ifndef WEB_DEMO_SITE_H
#define WEB_DEMO_SITE_H

#include "web/web.h"

enum { DEMO_ACT_OPEN = 1, DEMO_ACT_CLOSED };

struct site demo_site(struct arena *mem);
struct cx demo_cx(struct arena *mem);

#endif
