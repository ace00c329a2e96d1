#!/bin/bash
# run - all tests: unit, golden files of the command line, walks over HTTP, browser, crash. The last line is
# "N passed, N failed" over all parts. A part that ends without its own count is one failure.
# usage: tests/run.sh ASAN_BUILD PLAIN_BUILD [PART…]   logs: build/tests/PART.log
set -u
cd "$(dirname "$0")/.." || exit 2
asan=${1:?usage: tests/run.sh ASAN_BUILD PLAIN_BUILD [PART…]}
plain=${2:?usage: tests/run.sh ASAN_BUILD PLAIN_BUILD [PART…]}
shift 2
wanted=" $* "
logs=build/tests
mkdir -p "$logs"
passed=0 failed=0
export NHIPCAU_ROOT=$PWD UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_stack_use_after_return=0:allocator_may_return_null=1

part() { # NAME SECONDS COMMAND…
	local name=$1 most=$2 started=$SECONDS line p f code=0
	shift 2
	[ "$wanted" = "  " ] || case $wanted in *" $name "*) ;; *) return ;; esac
	printf '%-22s' "$name"
	timeout --kill-after=10 "$most" "$@" >"$logs/$name.log" 2>&1 </dev/null || code=$?
	line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name.log" | tail -1)
	p=$(echo "$line" | cut -d' ' -f1) f=$(echo "$line" | cut -d' ' -f3)
	if [ -z "$line" ]; then p=0 f=1; fi
	if [ "$code" != 0 ] && [ "$f" = 0 ]; then f=1; fi
	if grep -aqE 'ERROR: (Address|Leak)Sanitizer|runtime error: ' "$logs/$name.log" && [ "$f" = 0 ]; then f=1; fi
	passed=$((passed + p)) failed=$((failed + f))
	printf '%5d right %4d wrong %5d s\n' "$p" "$f" $((SECONDS - started))
	[ "$f" = 0 ] || { [ "$code" = 124 ] && echo "    stopped after $most s"; grep -avE '^\[ +(RUN|OK) |^[0-9]+ passed, ' "$logs/$name.log" | tail -n 40 | sed 's/^/    /'; }
}

one() { # a tool that says nothing countable: it holds, or it does not
	if "$@"; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; return 1; fi
}
export -f one

part layers 60 bash -c 'one tools/layers.sh'
part sizes 60 bash -c 'one tools/sizes.sh'
part words 60 bash -c 'one tools/words.sh'
part tools_can_refuse 60 tests/tools.sh "$asan"
part unit 600 tests/with_postgres.sh "$asan/house_tests"
part command_line 300 tests/cli/run.sh "$asan/nhipcau"
part walks 200 tests/walks/run.sh "$asan/nhipcau"
part pages_in_browser 600 tests/browser/run.sh "$asan/nhipcau"
part office 120 bash -c "one tests/office.sh $plain/house_tests"
part cage 120 env NHIPCAU_ONLY=cage "$plain/house_tests"
part crash 500 tests/crash/run.sh "$plain/nhipcau"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
