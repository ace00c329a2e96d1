#!/bin/bash
# run - golden tests of the command line: every tests/cli/*.sh beside this file, against one binary.
# usage: tests/cli/run.sh BINARY [NAME…]    UPDATE=1 writes the golden files anew, for a person to read the change
# A case file says:  try CODE "sentence" ARGUMENTS… <INPUT   then what must hold of that call: out, out_has,
# out_lacks, err_has, golden, lines. A sentence that does not hold is printed with the output that broke it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
nhipcau=$(realpath "${1:?usage: tests/cli/run.sh BINARY [NAME…]}")
shift
work=$(mktemp -d /tmp/nhipcau-cli.XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$root" || exit 2
export LC_ALL=C.UTF-8 TZ=UTC NHIPCAU_DATA="$work/none"
passed=0 failed=0 sentence= state=

finish() { # counts the call before
	case $state in
	good) passed=$((passed + 1)) ;;
	bad) failed=$((failed + 1)) ;;
	esac
	state=
}

broken() { # why
	[ "$state" = bad ] || echo "not so: $sentence   ($called)"
	state=bad
	echo "    $1"
	head -c 1500 "$work/out" | head -n 8 | sed 's/^/    out: /'
	head -c 600 "$work/err" | head -n 4 | sed 's/^/    err: /'
}

try() { # CODE SENTENCE ARGUMENTS…   CODE "0 1": one of them
	finish
	local want=$1 code=0
	sentence=$2
	shift 2
	called="nhipcau $*"
	state=good
	timeout 60 "$nhipcau" "$@" >"$work/out" 2>"$work/err" || code=$?
	case " $want " in *" $code "*) ;; *) broken "exit code $code, $want is wanted" ;; esac
	if grep -q 'Sanitizer\|runtime error:' "$work/err"; then broken "a sanitizer spoke: $(grep -m1 'Sanitizer\|runtime error:' "$work/err")"; fi
}

out() { [ "$(cat "$work/out")" = "$1" ] || broken "the output is not: $1"; }
out_has() { grep -qF -- "$1" "$work/out" || broken "the output lacks: $1"; }
out_lacks() { ! grep -qF -- "$1" "$work/out" || broken "the output has: $1"; }
err_has() { grep -qF -- "$1" "$work/err" || broken "the messages lack: $1"; }
err_empty() { [ ! -s "$work/err" ] || broken "messages were written"; }
lines() { [ "$(wc -l <"$work/out")" = "$1" ] || broken "$(wc -l <"$work/out") lines, $1 are wanted"; }
json() { jq_ok=$(node -e 'for (const l of require("fs").readFileSync(process.argv[1], "utf8").split("\n")) if (l) JSON.parse(l)' "$work/out" 2>&1) ||
	broken "a line is no JSON: $(echo "$jq_ok" | grep -m1 Error)"; }
golden() { # NAME [SED]: the output is tests/cli/golden/NAME, after SED took out what may differ (milliseconds)
	sed -E "${2:-}" "$work/out" >"$work/golden"
	if [ -n "${UPDATE:-}" ]; then
		mkdir -p "$here/golden" && cp "$work/golden" "$here/golden/$1"
	elif ! diff -u "$here/golden/$1" "$work/golden" >"$work/diff" 2>&1; then
		broken "differs from tests/cli/golden/$1:"
		head -n 12 "$work/diff"
	fi
}
wrong_calls() { # COMMAND: what every filter answers to a wrong call
	try 0 "$1 --help shows how it is called" "$1" --help </dev/null
	out_has "usage: nhipcau $1"
	out_has "example:"
	try 2 "$1 refuses an option it does not know" "$1" --no-such-option </dev/null
	err_has "--no-such-option"
	err_has "nhipcau $1 --help"
	out ""
	try 1 "$1 says which file is not there" "$1" ${2:-} tests/corpus/no-such-file
	err_has "no-such-file"
}

[ $# -gt 0 ] || set -- $(cd "$here" && ls *.sh | grep -v '^run\.sh$')
for name; do
	. "$here/${name%.sh}.sh"
done
finish
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
