/*
 * sdnotify - see sd_notify(3); a name that begins with @ is an abstract socket.
 */
#include "net/sdnotify.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

bool sd_tell(const char *what)
{
	const char *name = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	if (!name || (name[0] != '/' && name[0] != '@') || strlen(name) >= sizeof to.sun_path)
		return false;
	size_t n = strlen(name);
	memcpy(to.sun_path, name, n);
	if (name[0] == '@')
		to.sun_path[0] = 0;
	int s = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return false;
	socklen_t room = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
	bool sent = sendto(s, what, strlen(what), MSG_NOSIGNAL, (struct sockaddr *)&to, room) == (ssize_t)strlen(what);
	close(s);
	return sent;
}
