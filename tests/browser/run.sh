#!/bin/sh
# run - the browser tests: brings their two packages when they are not there, then visits every page.
# usage: tests/browser/run.sh BINARY     pictures: build/shots; with NHIPCAU_SITE=http://… a running server is visited
set -eu
binary=$(realpath "${1:?usage: tests/browser/run.sh BINARY}")
cd "$(dirname "$0")"
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
	npm ci --no-audit --no-fund --ignore-scripts >/dev/null || { echo "npm could not bring playwright-core and axe-core"; exit 1; }
	touch node_modules/.package-lock.json
fi
cd ../..
mkdir -p build/shots
exec node tests/browser/site.mjs "$binary"
