/*
 * bad_server - tests only: a server on this machine that misbehaves in a way for each path, and a mail
 * server that takes everything down. Both are threads of the test program and end with it.
 */
#ifndef NET_BAD_SERVER_H
#define NET_BAD_SERVER_H

#include "base/base.h"

int bad_server_port(void);           /* started by the first call */
int bad_server_count(const char *path);   /* requests for this path so far */
struct str bad_server_last(struct arena *mem); /* the last request, headers and body */
int dead_port(void);                 /* nobody listens there */
int mail_sink_port(void);
struct str mail_sink_last(struct arena *mem); /* the last message with its envelope, lines as they came */

#endif
