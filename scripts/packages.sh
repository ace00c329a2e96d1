#!/bin/sh
# packages - installs the Debian 12 packages that are missing, and says which; asks nothing.
# usage: scripts/packages.sh SET…   sets: build (to build and run), test, fuzz; --list SET prints the names only
set -eu

build="gcc meson ninja-build pkg-config libc6-dev libmicrohttpd-dev libcurl4-openssl-dev libxml2-dev libjansson-dev libsqlite3-dev
	libpq-dev libutf8proc-dev libsodium-dev libzip-dev libpango1.0-dev libcairo2-dev zlib1g-dev libzstd-dev libseccomp-dev
	fonts-liberation2 ca-certificates"
test="libcmocka-dev postgresql-15 poppler-utils chromium zstd sqlite3 libreoffice-writer-nogui"
fuzz="clang libclang-rt-14-dev"

# Node is wanted for the browser tests only; any Node of 18 or later will do, wherever it came from.
node_is_there() {
	command -v npm >/dev/null && command -v node >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]
}

list() {
	case $1 in
	build) echo $build ;;
	test) echo $test; node_is_there || echo nodejs npm ;;
	fuzz) echo $fuzz ;;
	*) echo "packages: no set \"$1\"; there are build, test and fuzz" >&2; exit 2 ;;
	esac
}

missing() { # packages of dpkg's list that are not installed
	for name; do
		case $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) in
		installed) ;;
		*) echo "$name" ;;
		esac
	done
}

[ $# -gt 0 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
if [ "$1" = --list ]; then
	shift
	for set; do list "$set"; done
	exit 0
fi
wanted=$(for set; do list "$set"; done)
lacking=$(missing $wanted | tr '\n' ' ')
[ -n "$lacking" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
	as_root=sudo
	command -v sudo >/dev/null || { echo "packages: missing: $lacking
  run as root: apt-get install -y --no-install-recommends $lacking" >&2; exit 1; }
fi
echo "Installing what is missing: $lacking"
case " $lacking" in
*" postgresql-15 "*)
	# The tests start a private cluster of their own; the one Debian would make is not wanted.
	$as_root mkdir -p /etc/postgresql-common
	grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
		echo 'create_main_cluster = false' | $as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
	;;
esac
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ apt update && apt install --no-install-recommends $lacking; } >"$log" 2>&1 || {
	tail -30 "$log" >&2
	echo "packages: apt could not install them; the last lines above say why" >&2
	exit 1
}
echo "Installed."
