#!/bin/sh
# install - lays the program, its manual page, shell completion and systemd unit under a prefix. Starts nothing.
# usage: scripts/install.sh BINARY DESTDIR PREFIX
set -eu
binary=${1:?usage: scripts/install.sh BINARY DESTDIR PREFIX}
dest=$2 prefix=$3
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$binary" manual >"$work/nhipcau.1"
"$binary" completion >"$work/nhipcau"
sed "s|@prefix@|$prefix|g" "$here/debian/nhipcau.service" >"$work/nhipcau.service"
install -D -m 755 "$binary" "$dest$prefix/bin/nhipcau"
install -D -m 644 "$work/nhipcau.1" "$dest$prefix/share/man/man1/nhipcau.1"
install -D -m 644 "$work/nhipcau" "$dest$prefix/share/bash-completion/completions/nhipcau"
install -D -m 644 "$work/nhipcau.service" "$dest$prefix/lib/systemd/system/nhipcau.service"
install -D -m 644 "$here/LICENSE" "$dest$prefix/share/doc/nhipcau/LICENSE"
install -D -m 644 "$here/NOTICE" "$dest$prefix/share/doc/nhipcau/NOTICE"
echo "Installed under $dest$prefix. Start it with: systemctl daemon-reload && systemctl enable --now nhipcau"
