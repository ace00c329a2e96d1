/* import - what the demonstration uses of the import command. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/command.h"
#include "store/cx.h"

struct labeller;
int import_jsonl(const struct call *c, struct cx *cx, const struct labeller *l, int threads);

#endif
