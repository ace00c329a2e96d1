#!/bin/sh
# with_postgres - runs a command beside a private PostgreSQL 15 on a Unix socket, and stops it afterwards.
# The command finds its address in NHIPCAU_TEST_PG.   usage: tests/with_postgres.sh COMMAND ARGS…
set -eu
bin=/usr/lib/postgresql/15/bin
dir=$(mktemp -d /tmp/nhipcau-pg.XXXXXX)
here=$(pwd)
as() {
	if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
as "$bin/initdb" -D "$dir/db" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
printf "listen_addresses=''\nunix_socket_directories='%s'\nfsync=off\nsynchronous_commit=off\nfull_page_writes=off\n" \
	"$dir" >>"$dir/db/postgresql.conf"
as "$bin/pg_ctl" -D "$dir/db" -l "$dir/log" -w -t 60 start >/dev/null
chmod 755 "$dir"
trap 'as "$bin/pg_ctl" -D "$dir/db" -m immediate stop >/dev/null; rm -rf "$dir"' EXIT
cd "$here"
NHIPCAU_TEST_PG="postgres:host=$dir user=app dbname=postgres" "$@"
