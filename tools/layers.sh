#!/bin/sh
# layers - fails when a file includes what stands on its own line or above it in tools/layers.txt,
# when a page or an API file holds SQL, and when a file of a room that is neither includes web/.
# usage: tools/layers.sh   (from the top folder)
set -eu
find src -name '*.[ch]' | sort | xargs awk '
	BEGIN {
		while ((getline line < "tools/layers.txt") > 0) {
			level++
			n = split(line, names, " ")
			for (i = 1; i <= n; i++) floor[names[i]] = level
		}
	}
	FNR == 1 {
		n = split(FILENAME, part, "/")
		me = part[2] == "rooms" ? part[2] "/" part[3] : part[2]
		file = part[n]
		page = file ~ /_(pages|api)\.[ch]$/
		test = file ~ /_test\.[ch]$/
		if (!(me in floor)) { printf "%s: %s is not in tools/layers.txt\n", FILENAME, me; bad = 1 }
	}
	/^#include "/ {
		split($2, q, "\"")
		m = split(q[2], p, "/")
		other = p[1] == "rooms" ? p[1] "/" p[2] : p[1]
		if (m > 1 && other != me && (!(other in floor) || floor[other] >= floor[me])) {
			printf "%s:%d: %s may not include %s\n", FILENAME, FNR, me, q[2]; bad = 1
		}
		if (me ~ /^rooms\// && other == "web" && !page && !test) {
			printf "%s:%d: only *_pages.c and *_api.c may include web/\n", FILENAME, FNR; bad = 1
		}
	}
	page && (/^SQL2?\(/ || /(^|[^a-z_])db_(query|run|number|script)\(/) { printf "%s:%d: a page or an API file holds no SQL\n", FILENAME, FNR; bad = 1 }
	END { exit bad }'
