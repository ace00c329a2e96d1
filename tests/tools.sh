#!/bin/bash
# tools - what runs at build time and what guards the tree must be able to refuse. Each case is a small tree or a small
# page with one fault, which has to be named; and one without, which has to pass.
# usage: tests/tools.sh BUILD    BUILD holds the template compiler, tpl; the last line is "N passed, N failed"
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
tpl=$(realpath "${1:?usage: tests/tools.sh BUILD}")/tpl
work=$(mktemp -d /tmp/nhipcau-tools.XXXXXX)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

right() { passed=$((passed + 1)); }
wrong() { # SENTENCE
	failed=$((failed + 1))
	echo "not so: $1"
	head -n 5 "$work/said" | sed 's/^/    /'
}

# ---- templates: a value is escaped for its place, and does not compile where no escaping is safe ----

page() { printf '{%% page probe(struct html *out, struct str v) %%}\n%s\n' "$1" >"$work/page.html"; }
writes() { # SENTENCE HTML CALL: the C that comes out writes the value with that call
	page "$2"
	if "$tpl" "$work/page.html" "$work/page.c" >"$work/said" 2>&1 && grep -qF "$3" "$work/page.c"; then right; else wrong "$1"; fi
}
refuses() { # SENTENCE HTML WORDS: no C comes out, and the words say why, with the line
	page "$2"
	if ! "$tpl" "$work/page.html" "$work/page.c" >"$work/said" 2>&1 && grep -qF "page.html:2: " "$work/said" && grep -qF "$3" "$work/said"; then
		right
	else
		wrong "$1"
	fi
}

writes "a value in text is escaped" '<p>{{ v }}</p>' 'put(out, v'
writes "a value in a quoted attribute is escaped" '<p title="{{ v }}">x</p>' 'put(out, v'
writes "single quotes count as quotes" "<p title='{{ v }}'>x</p>" 'put(out, v'
writes "an address is checked at its start" '<a href="{{ v }}">x</a>' 'put_address(out, v'
writes "a part of an address is encoded" '<a href="/tin?q={{ v }}">x</a>' 'put_url_part(out, v'
writes "the address of a form is one" '<form action="{{ v }}"></form>' 'put_address(out, v'
writes "an address that htmx asks is one" '<p hx-get="{{ v }}">x</p>' 'put_address(out, v'
writes "the address of a drawing is one" '<svg><use xlink:href="{{ v }}"/></svg>' 'put_address(out, v'
writes "a tag after a script is text again" '<script src="/a.js"></script><p>{{ v }}</p>' 'put(out, v'
writes "a > in quotes ends no tag" '<p title=">" class="{{ v }}">x</p>' 'put(out, v'
refuses "no value in a script" '<script>let a = "{{ v }}";</script>' '<script>'
refuses "no value in a script in capitals" '<SCRIPT>let a = {{ v }};</SCRIPT>' '<script>'
refuses "no value in a style" '<style>p { color: {{ v }} }</style>' '<style>'
refuses "no value in a style attribute" '<p style="color: {{ v }}">x</p>' 'style'
refuses "no value in an on… attribute" '<p onclick="go({{ v }})">x</p>' 'on...'
refuses "no value in an on… attribute in capitals" '<p ONCLICK="go({{ v }})">x</p>' 'on...'
refuses "no value in an on… attribute of htmx" '<p hx-on:click="go({{ v }})">x</p>' 'on...'
refuses "no value in a page within an attribute" '<iframe srcdoc="{{ v }}"></iframe>' 'on...'
refuses "no value in an attribute without quotes" '<p title={{ v }}>x</p>' 'quoted'
refuses "no value as the name of an attribute" '<p {{ v }}>x</p>' 'quoted'
refuses "no value as the name of a tag" '<p{{ v }}>x</p>' 'quoted'
refuses "no value in a comment" '<!-- {{ v }} -->' 'comment'
refuses "braces must be closed" '<p>{{ v </p>' ''
printf '<p>x</p>\n' >"$work/page.html"
if "$tpl" "$work/page.html" "$work/page.c" >"$work/said" 2>&1; then wrong "a page must be named"; else right; fi

# ---- the guards of the tree ----

guard() { # TOOL SENTENCE FILE WORDS <the file: the tool fails in a tree with this file and names it; WORDS - : it passes
	local tree=$work/tree code=0
	rm -rf "$tree"
	mkdir -p "$tree/tools" "$tree/fuzz" "$tree/src" "$tree/$(dirname "$3")"
	cp "$root"/tools/layers.txt "$root"/tools/words-allowed.txt "$tree/tools/"
	cat >"$tree/$3"
	(cd "$tree" && "$root/tools/$1.sh") >"$work/said" 2>&1 || code=$?
	if [ "$4" = - ]; then
		if [ "$code" = 0 ]; then right; else wrong "$2"; fi
	elif [ "$code" != 0 ] && grep -qF "$3:" "$work/said" && grep -qF "$4" "$work/said"; then
		right
	else
		wrong "$2"
	fi
}

guard layers "a floor may not include the one above it" src/text/a.c "may not include" <<<'#include "store/db.h"'
guard layers "nor its neighbour" src/text/a.c "may not include" <<<'#include "stats/series.h"'
guard layers "a room may not include a room of its own line or above" src/rooms/monitoring/a.c "may not include" <<<'#include "rooms/trends/alarm.h"'
guard layers "what is below may be included" src/rooms/trends/a.c - <<<'#include "rooms/monitoring/article.h"'
guard layers "rules include nothing of web/" src/rooms/trends/a.c "only *_pages.c" <<<'#include "web/web.h"'
guard layers "pages may" src/rooms/trends/a_pages.c - <<<'#include "web/web.h"'
guard layers "a page holds no SQL" src/rooms/trends/a_pages.c "holds no SQL" <<<'SQL(x, "SELECT 1");'
guard layers "a page asks the database nothing itself" src/rooms/trends/a_api.c "holds no SQL" <<<'	return db_run(cx, &x, NO_ARGS);'
guard layers "a folder has its place in the house" src/attic/a.c "is not in tools/layers.txt" <<<'int a;'
guard words "memory comes from an arena" src/text/a.c "malloc" <<<'	p = malloc(7);'
guard words "unless the file may" src/base/arena.c - <<<'	p = malloc(7);'
guard words "words in text and comments are no calls" src/text/a.c - <<<'	say("malloc(7)"); /* free(p) */'
guard words "no copying without an end" tools/a.c "strcpy" <<<'	strcpy(a, b);'
guard words "nothing is left unfinished" src/text/a.c "unfinished" <<<"/* $(printf 'TO%s' DO): later */"
guard words "no path of one machine" fuzz/a.c "path" <<<'	open("/home/x/y");'
guard sizes "a file of 601 lines is too long" src/text/a.c "600 is the most" < <(yes 'int a;' | head -n 601)
guard sizes "a function of 101 lines is too long" src/text/a.c "100 is the most" < <(echo 'int f(void)'; echo '{'; yes '	g();' | head -n 101; echo '}')
guard sizes "one of a hundred is not" src/text/a.c - < <(echo 'int f(void)'; echo '{'; yes '	g();' | head -n 100; echo '}')

# ---- the two walks of ARCHITECTURE.md name what is there ----

: >"$work/said"
cd "$root" || exit 2
sed -n '/^## Two walks/,/^## The idioms/p' ARCHITECTURE.md | grep -oE '`[^`]+`' | tr -d '`' >"$work/named"
while read -r named; do
	file=${named%%: *} word=${named##*: }
	case $file in
	*/*.c) [ -f "src/$file" ] || echo "no file $file" >>"$work/said" ;;
	esac
	case $word in
	*[!a-z_]*|serve) ;;
	*)
		case $named in
		*/*.c:\ *) grep -qE "^[a-z].*\b$word\(" "src/$file" || echo "no $word in $file" >>"$work/said" ;;
		*) grep -rqE "^[a-z].*\b$word\(" src --include='*.c' || echo "no function $word" >>"$work/said" ;;
		esac
		;;
	esac
done <"$work/named"
if [ "$(wc -l <"$work/named")" -gt 30 ] && [ ! -s "$work/said" ]; then right; else wrong "the walks name files and functions that are there"; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
