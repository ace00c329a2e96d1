#!/bin/sh
# fuzz - every fuzz target for some seconds, on what it learnt before and on tests/corpus. What a fuzzer finds
# stays in build/fuzz-found; when it is understood it goes to tests/corpus and is a test from then on.
# usage: tests/fuzz.sh BUILD SECONDS [TARGET…]
set -u
cd "$(dirname "$0")/.." || exit 2
build=${1:?usage: tests/fuzz.sh BUILD SECONDS [TARGET…]} seconds=${2:?}
shift 2
[ $# -gt 0 ] || set -- $(find "$build/fuzz" -maxdepth 1 -type f -name 'fuzz_*' -perm -100 | sed 's|.*/fuzz_||' | sort)
passed=0 failed=0
mkdir -p build/fuzz-found
for name; do
	learnt=build/fuzz-corpus/$name
	mkdir -p "$learnt"
	case $name in
	feed | sitemap) seeds=tests/corpus/feeds ;;
	html) seeds=tests/corpus/pages ;;
	*) seeds= ;;
	esac
	if "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
		-artifact_prefix="build/fuzz-found/$name-" -print_final_stats=1 "$learnt" $seeds >"build/fuzz-found/$name.log" 2>&1; then
		passed=$((passed + 1))
		printf '%-12s %s runs\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz-found/$name.log")"
	else
		failed=$((failed + 1))
		printf '%-12s found something:\n' "$name"
		tail -n 25 "build/fuzz-found/$name.log"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
