#!/bin/sh
# words - fails when a source file holds a word the house does without: memory taken by hand outside the files
# of tools/words-allowed.txt, C functions that write past the end or hide a wrong number, notes about unfinished
# work, paths of one machine. Comments and strings count only for the last two.   usage: tools/words.sh
set -eu
find src tools fuzz -name '*.[ch]' | sort | xargs awk '
	BEGIN {
		while ((getline line < "tools/words-allowed.txt") > 0) {
			sub(/#.*/, "", line)
			if (split(line, part, " ") >= 2) allowed[part[1] " " part[2]] = 1
		}
		n_memory = split("malloc calloc realloc free strdup strndup asprintf", memory, " ")
		n_unsafe = split("strcpy strcat sprintf vsprintf gets strtok atoi atol atoll atof alloca rand srand system popen", unsafe, " ")
	}
	function say(word, why) { printf "%s:%d: %s: %s\n", FILENAME, FNR, word, why; bad = 1 }
	function called(code, word) { return code ~ ("(^|[^A-Za-z0-9_.>])" word "[ ]*\\(") }
	FNR == 1 { comment = 0 }
	{
		if ($0 ~ /(^|[^A-Za-z_])(TODO|FIXME|XXX|HACK)([^A-Za-z_]|$)|not (yet )?implemented yet/) say("unfinished", "finish it or leave it out")
		if ($0 ~ /"\/(home|root|work|Users|mnt)\//) say("path", "a path of one machine")
		code = $0
		gsub(/\\"/, "", code)
		gsub(/"[^"]*"/, "\"\"", code)
		if (comment) { if (!sub(/^.*\*\//, "", code)) next; comment = 0 }
		gsub(/\/\*([^*]|\*[^\/])*\*\//, "", code)
		if (sub(/\/\*.*$/, "", code)) comment = 1
		sub(/\/\/.*$/, "", code)
		for (i = 1; i <= n_memory; i++)
			if (called(code, memory[i]) && !((FILENAME " memory") in allowed)) say(memory[i], "memory comes from an arena")
		for (i = 1; i <= n_unsafe; i++)
			if (called(code, unsafe[i]) && !((FILENAME " " unsafe[i]) in allowed)) say(unsafe[i], "there is a safer word in base/")
	}
	END { exit bad }'
