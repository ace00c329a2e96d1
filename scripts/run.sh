#!/bin/sh
# run - the demonstration province on this machine: made at the first start, served at every start.
# usage: scripts/run.sh BINARY   folder: $NHIPCAU_DATA, else ./data; further options of serve in $SERVE
set -eu
binary=${1:?usage: scripts/run.sh BINARY}
data=${NHIPCAU_DATA:-data}
if [ ! -e "$data" ]; then
	echo "Making the demonstration province in $data"
	if ! "$binary" demo --data "$data" >"$binary.demo"; then
		cat "$binary.demo"
		rm -rf "$data"
		exit 1
	fi
	mv "$binary.demo" "$data/demo.txt"
fi
if [ -f "$data/demo.txt" ]; then cat "$data/demo.txt"; fi
exec "$binary" serve --data "$data" ${SERVE:-}
