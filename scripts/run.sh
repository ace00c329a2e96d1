#!/bin/sh
# run - the demonstration province on this machine: made at the first start, served at every start.
# usage: scripts/run.sh BINARY   folder: $NHIPCAU_DATA, else ./data; further options of serve in $SERVE
set -eu
binary=${1:?usage: scripts/run.sh BINARY}
data=${NHIPCAU_DATA:-data}
if [ ! -e "$data" ]; then
	# Made beside its place and then moved: one that was broken off is made anew at the next start.
	making=$data.making
	rm -rf "$making"
	echo "Making the demonstration province in $data"
	if ! "$binary" demo --data "$making" >"$binary.demo"; then
		cat "$binary.demo"
		rm -rf "$making"
		exit 1
	fi
	sed "s|$making|$data|" "$binary.demo" >"$making/demo.txt"
	rm -f "$binary.demo"
	mv "$making" "$data"
fi
if [ -f "$data/demo.txt" ]; then cat "$data/demo.txt"; fi
exec "$binary" serve --data "$data" ${SERVE:-}
