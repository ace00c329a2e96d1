/*
 * sdnotify - tells the service manager that we are ready, alive or going: one datagram to the socket
 * that systemd names in the environment, nothing when it names none.
 */
#ifndef NET_SDNOTIFY_H
#define NET_SDNOTIFY_H

#include "base/base.h"

/* "READY=1", "WATCHDOG=1", "STOPPING=1", "STATUS=…"; several with \n between. True when it was sent. */
bool sd_tell(const char *what);

#endif
