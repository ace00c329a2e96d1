#!/bin/bash
# run - what must survive: SIGKILL at any moment of an import, a full disk, a backup in the middle of it all.
# usage: tests/crash/run.sh BINARY   times killed: $KILLS (50), items: $ITEMS (3000)
# Measured against a run that nothing disturbed: the same articles, each once, the same day counts and stories.
set -u
here=$(cd "$(dirname "$0")" && pwd)
nhipcau=$(realpath "${1:?usage: tests/crash/run.sh BINARY}")
kills=${KILLS:-50} items=${ITEMS:-3000}
work=$(mktemp -d /tmp/nhipcau-crash.XXXXXX)
mounted=
trap '[ -z "$mounted" ] || umount "$work/small"; rm -rf "$work"' EXIT
passed=0 failed=0
RANDOM=2026

holds() { # SENTENCE COMMAND…
	local sentence=$1
	shift
	if "$@" >"$work/holds.log" 2>&1; then passed=$((passed + 1)); echo "so:     $sentence"; else failed=$((failed + 1)); echo "not so: $sentence"; head -n 8 "$work/holds.log"; fi
}

ask() { sqlite3 "$1/nhipcau.db" "$2"; }

counts() { # an outlet's number differs from run to run: its name stands for it
	echo "SELECT r.kind, coalesce(o.name, r.code) AS of, r.bucket, r.outlet_kind, r.n, r.good, r.bad, r.unfavourable FROM rollup_$1 r
		LEFT JOIN outlet o ON r.kind = 'outlet' AND r.code = CAST(o.id AS TEXT) ORDER BY r.kind, of, r.bucket, r.outlet_kind"
}

# What the pages stand on, without the times and numbers that differ from run to run.
state() {
	ask "$1" "SELECT url_key, title FROM article ORDER BY url_key;
		$(counts day); $(counts hour);
		SELECT count(*) FROM article_text"
}

stories() { # of each article, the first article of its story
	ask "$1" "SELECT a.url_key, (SELECT min(b.url_key) FROM article b WHERE b.story = a.story) FROM article a ORDER BY 1"
}

same() { # A B: files
	cmp -s "$1" "$2" && return 0
	diff "$1" "$2" | head -n 6
	return 1
}

whole() { [ "$(ask "$1" 'PRAGMA integrity_check')" = ok ]; }
counted() { [ "$(ask "$1" "SELECT count(*) || ' ' || count(DISTINCT url_key) FROM article")" = "$2 $2" ]; }

"$here/items.sh" "$items" >"$work/items.jsonl"

# -- undisturbed -------------------------------------------------------------------------------------------
started=$(date +%s%N)
"$nhipcau" import "$work/items.jsonl" --data "$work/calm" >"$work/calm.out" 2>"$work/calm.err" || cat "$work/calm.err"
took=$((($(date +%s%N) - started) / 1000000))
echo "undisturbed: $(cat "$work/calm.out") in $took ms"
holds "an import that nothing disturbs takes every item once" counted "$work/calm" "$items"
state "$work/calm" >"$work/calm.state"
stories "$work/calm" >"$work/calm.stories"

# -- killed ------------------------------------------------------------------------------------------------
# Each round sleeps for a part of the time the whole takes, so that kills fall from the first migration to the end;
# once all items are in, a new folder is begun and the rounds go on.
killed=0 folder=0 lost=0 rounds=0 before=0
while [ "$killed" -lt "$kills" ] && [ "$rounds" -lt $((kills * 3)) ]; do
	rounds=$((rounds + 1))
	dir=$work/killed$folder
	"$nhipcau" import "$work/items.jsonl" --data "$dir" >"$work/out" 2>"$work/err" &
	pid=$!
	pause=$(awk -v t="$took" -v r="$RANDOM" 'BEGIN { printf "%.3f", t / 1000 * (0.02 + 0.5 * r / 32768) }')
	sleep "$pause"
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null # 137: it was still at work; otherwise the next one is killed sooner
	if [ $? = 137 ]; then killed=$((killed + 1)); else took=$((took * 7 / 10)); fi
	if [ -f "$dir/nhipcau.db" ] && [ "$(ask "$dir" 'PRAGMA quick_check')" != ok ]; then lost=$((lost + 1)); echo "damaged after kill $killed"; fi
	now=$(ask "$dir" 'SELECT count(*) FROM article' 2>/dev/null || echo 0)
	if [ "${now:-0}" -lt "${before:-0}" ]; then lost=$((lost + 1)); echo "kill $killed: $before articles were there, now $now"; fi
	before=${now:-0}
	if [ "$before" -ge "$items" ]; then
		folder=$((folder + 1)) before=0
	fi
done
[ "$folder" -gt 0 ] && [ ! -e "$work/killed$folder" ] && folder=$((folder - 1))
echo "killed $killed times in $((folder + 1)) folders"
holds "it was killed $kills times" [ "$killed" -ge "$kills" ]
holds "no kill takes back what was there before it" [ "$lost" = 0 ]
for n in $(seq 0 "$folder"); do
	dir=$work/killed$n
	holds "the import goes on after the last kill (folder $n)" "$nhipcau" import "$work/items.jsonl" --data "$dir"
	holds "the database is whole (folder $n)" whole "$dir"
	holds "nhipcau check agrees (folder $n)" "$nhipcau" check --data "$dir"
	holds "every item is there exactly once (folder $n)" counted "$dir" "$items"
	state "$dir" >"$work/killed.state"
	holds "articles and counts are those of the undisturbed run (folder $n)" same "$work/calm.state" "$work/killed.state"
	stories "$dir" >"$work/killed.stories"
	holds "stories are those of the undisturbed run (folder $n)" same "$work/calm.stories" "$work/killed.stories"
done
again=$("$nhipcau" import "$work/items.jsonl" --data "$work/killed0" 2>/dev/null)
holds "the same input once more is nothing new" grep -q '"new":0,' <<<"$again"

# -- a full disk -------------------------------------------------------------------------------------------
mkdir "$work/small"
full() { # COMMAND…: in little room
	if [ -n "$mounted" ]; then "$@"; else (ulimit -f 1500; exec "$@"); fi # blocks of 1024 bytes
}
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=1500k none "$work/small" 2>/dev/null; then mounted=yes; fi
full "$nhipcau" import "$work/items.jsonl" --data "$work/small/data" >"$work/out" 2>"$work/err"
code=$?
head -n 3 "$work/err"
holds "a full disk stops the intake with exit code 1" [ "$code" = 1 ]
holds "and says so" grep -qiE 'full|room|space|large' "$work/err"
if [ -n "$mounted" ]; then mount -o remount,size=200m "$work/small"; fi
holds "the database is whole after it" whole "$work/small/data"
holds "with room again the intake goes on" "$nhipcau" import "$work/items.jsonl" --data "$work/small/data"
holds "and every item is there exactly once" counted "$work/small/data" "$items"

# -- a backup while articles come in -----------------------------------------------------------------------
if "$nhipcau" help backup >/dev/null 2>&1; then
	"$nhipcau" import "$work/items.jsonl" --data "$work/busy" >"$work/out" 2>&1 &
	pid=$!
	sleep "$(awk -v t="$took" 'BEGIN { printf "%.3f", t / 2500 }')"
	holds "a backup can be made while articles come in" "$nhipcau" backup "$work/copy.db" --data "$work/busy"
	wait "$pid"
	holds "the intake was not disturbed" counted "$work/busy" "$items"
	holds "restore takes the backup into a new folder" "$nhipcau" restore "$work/copy.db" --data "$work/restored"
	holds "what was restored is whole" whole "$work/restored"
	holds "the intake goes on from the backup" "$nhipcau" import "$work/items.jsonl" --data "$work/restored"
	holds "and every item is there exactly once" counted "$work/restored" "$items"
	state "$work/restored" >"$work/restored.state"
	holds "with the counts of the undisturbed run" same "$work/calm.state" "$work/restored.state"
	head -c 5000 "$work/copy.db" >"$work/cut.db"
	if "$nhipcau" restore "$work/cut.db" --data "$work/other" >/dev/null 2>"$work/err"; then taken=yes; else taken=no; fi
	holds "a damaged backup is refused" [ "$taken" = no ]
	holds "and leaves no database behind" [ ! -e "$work/other/nhipcau.db" ]
	holds "restore over data that are there" "$nhipcau" restore "$work/copy.db" --data "$work/busy"
	mkdir "$work/former"
	for part in "" -wal -shm; do # the former data, with their journal
		for old in "$work/busy/nhipcau.db.before-restore-"*[0-9]"$part"; do [ ! -e "$old" ] || cp "$old" "$work/former/nhipcau.db$part"; done
	done
	holds "keeps what was there beside them, whole" counted "$work/former" "$items"
	holds "and what is restored agrees with itself" "$nhipcau" check --data "$work/busy"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
