#!/bin/sh
# run - the walks: every .http file in this folder, played against a demonstration province of its own.
# usage: tests/walks/run.sh BINARY [FILE…]
set -eu
binary=$(realpath "${1:?usage: tests/walks/run.sh BINARY [FILE…]}")
shift
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- *.http
work=$(mktemp -d /tmp/nhipcau-walks.XXXXXX)
trap 'rm -rf "$work"' EXIT
"$binary" demo --data "$work/data" >"$work/demo.log" 2>&1 || { cat "$work/demo.log"; exit 1; }
node walk.mjs "$binary" "$work/data" "$@"
