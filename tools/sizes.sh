#!/bin/sh
# sizes - fails when a source file exceeds 600 lines or a function 100; prints how long functions are, by folder.
# A function starts at "{" alone in column 0 and ends at "}" in column 0. Tables and migrations are data: their
# files named *_data.* are measured for nothing.   usage: tools/sizes.sh   (from the top folder)
set -eu
find src tools -name '*.[ch]' ! -name '*_data.[ch]' | sort | xargs awk '
	function quantile(list, n, q,    i) {
		i = int(q * (n - 1)) + 1
		return list[i]
	}
	function sort(list, n,    i, j, v) {
		for (i = 2; i <= n; i++) {
			v = list[i]
			for (j = i - 1; j > 0 && list[j] > v; j--) list[j + 1] = list[j]
			list[j + 1] = v
		}
	}
	FNR == 1 {
		if (file != "") lines_of[file] = last
		file = FILENAME
		folder = file; sub(/\/[^\/]*$/, "", folder)
		files[folder]++
		start = 0
	}
	{ last = FNR; total[folder]++ }
	/^{$/ { start = FNR }
	/^}$/ && start {
		n = FNR - start - 1
		all[++count] = n
		if (n > 100) { printf "%s:%d: the function is %d lines long, 100 is the most\n", FILENAME, start, n; bad++ }
		start = 0
	}
	END {
		lines_of[file] = last
		for (f in lines_of) if (lines_of[f] > 600) { printf "%s: %d lines, 600 is the most\n", f, lines_of[f]; bad++ }
		sort(all, count)
		for (f in files) printf "%-22s %3d files %6d lines\n", f, files[f], total[f] | "sort"
		close("sort")
		printf "%d functions, median %d lines, nine in ten at most %d, longest %d\n", count, quantile(all, count, 0.5), quantile(all, count, 0.9), all[count]
		exit bad > 0
	}'
