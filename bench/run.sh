#!/bin/bash
# run - speed and quality of every filter, and of the whole way in. What needs the public benchmark sets looks for
# them beside the project (SHARED, else ../shared) and says so where they are not; they are not shipped.
# usage: bench/run.sh BINARY [PART…]    parts: words pages feeds stories copies forecast anomalies watch labels import served;
# served10 (ten times the archive: half an hour) only when it is named
# Needs python3 (standard library) for the scorers, and python3-numpy for the part watch.
set -u
cd "$(dirname "$0")/.." || exit 2
nhipcau=$(realpath "${1:?usage: bench/run.sh BINARY [PART…]}")
shift
parts=" ${*:-words pages feeds stories copies forecast anomalies watch labels import served} "
shared=$(realpath -m "${SHARED:-../shared}")
sets=$shared/data/bench score=$shared/score
work=$(mktemp -d /tmp/nhipcau-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT

say() { printf '%-26s %s\n' "$1" "$2"; }
there() { # PART FILE…: is it wanted, and are its files here?
	local part=$1 f
	shift
	case $parts in *" $part "*) ;; *) return 1 ;; esac
	for f; do
		[ -e "$f" ] || { say "$part" "not measured: $f is not there"; return 1; }
	done
}
timed() { # NAME COMMAND…  <in >out: seconds into $seconds, peak memory into $peak (MB)
	local t0 t1
	t0=$(date +%s%N)
	"$@" 2>"$work/err" &
	local pid=$! p=0 now
	while kill -0 $pid 2>/dev/null; do
		now=$(awk '/^VmHWM/ { print int($2 / 1024) }' /proc/$pid/status 2>/dev/null)
		[ "${now:-0}" -gt "$p" ] && p=$now
		sleep 0.05
	done
	wait $pid
	t1=$(date +%s%N)
	peak=$p
	seconds=$(awk -v n=$((t1 - t0)) 'BEGIN { printf "%.2f", n / 1e9 }')
}
per() { awk -v n="$1" -v s="$seconds" 'BEGIN { printf "%.0f", n / (s > 0 ? s : 0.001) }'; }
# One text a file name out of what `read` printed.
by_name() { python3 -c 'import json,os,sys
out = {}
for line in sys.stdin:
    o = json.loads(line)
    name = os.path.basename(o.get("file", ""))
    out[name if sys.argv[1] == "name" else name.rsplit(".", 1)[0]] = o.get("text") or ""
json.dump(out, sys.stdout)' "$1"; }

echo "Machine: $(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), load $(cut -d' ' -f1 /proc/loadavg) at the start; $("$nhipcau" version)"

if there words "$shared/data/text/ud-vtb/vi_vtb-ud-test.conllu"; then
	python3 "$score/conllu2gold.py" "$shared/data/text/ud-vtb/vi_vtb-ud-test.conllu" "$work/vtb"
	"$nhipcau" segment --pretokenised <"$work/vtb.raw" >"$work/vtb.out"
	say "words, UD-VTB test" "$(python3 "$score/ws_score.py" "$work/vtb.gold" "$work/vtb.out" | tr '\n' ' ')"
fi
if there words "$shared/data/stream/articles-2016-17.tsv.xz"; then
	xz -dc "$shared/data/stream/articles-2016-17.tsv.xz" | cut -f2 | head -n 6000 >"$work/articles.txt"
	timed "$nhipcau" segment "$work/articles.txt" >"$work/out"
	say "segment" "$(per $(($(wc -w <"$work/articles.txt") / 1000)))k syllables a second, $peak MB"
	timed "$nhipcau" fold "$work/articles.txt" >"$work/out"
	say "fold" "$(per $(($(wc -c <"$work/articles.txt") / 1000000))) MB a second, $peak MB"
fi

if there pages "$sets/article-extraction-benchmark"; then
	mkdir -p "$work/aeb" && for f in "$sets"/article-extraction-benchmark/html/*.html.gz; do gzip -dc "$f" >"$work/aeb/$(basename "$f" .gz)"; done
	timed "$nhipcau" read --force "$work"/aeb/*.html >"$work/aeb.jsonl"
	say "read, 81 news pages" "$(awk -v s="$seconds" 'BEGIN { printf "%.1f ms a page", s * 1000 / 81 }'), $peak MB in the parent"
	mkdir -p "$work/evaluate/output" && cp "$sets/article-extraction-benchmark/evaluate.py" "$sets/article-extraction-benchmark/ground-truth.json" "$work/evaluate/"
	by_name stem <"$work/aeb.jsonl" | python3 -c 'import json,sys; json.dump({k: {"articleBody": v} for k, v in json.load(sys.stdin).items()}, sys.stdout)' >"$work/evaluate/output/nhipcau.json"
	say "read, 81 news pages" "$(cd "$work/evaluate" && python3 evaluate.py --n-bootstrap 100 2>&1 | grep nhipcau || python3 evaluate.py 2>&1 | tail -1)"
fi
if there pages "$sets/wcxb/dev.tar.xz"; then
	tar -xJf "$sets/wcxb/dev.tar.xz" -C "$work"
	timed "$nhipcau" read --force "$work"/dev/html/*.html >"$work/wcxb.jsonl"
	by_name stem <"$work/wcxb.jsonl" >"$work/wcxb.json"
	say "read, WCXB by kind" "$(awk -v s="$seconds" 'BEGIN { printf "%.1f ms a page", s * 1000 / 945 }')"
	python3 "$score/wcxb_score.py" "$work" dev "$work/wcxb.json" | sed 's/^/    /'
fi
if there pages "$sets/trafilatura-eval/pages-dev.tar.xz"; then
	mkdir -p "$work/tra" && tar -xJf "$sets/trafilatura-eval/pages-dev.tar.xz" -C "$work/tra"
	find "$work/tra" -type f -name '*.html' -print0 | xargs -0 "$nhipcau" read --force 2>/dev/null | by_name name >"$work/tra.json"
	say "read, segments" "$(python3 "$score/score_segments.py" "$sets/trafilatura-eval/evaldata-dev.json" "$work/tra.json" | tr '\n' ' ')"
fi

if there feeds "$sets/feeds/suites.tar.xz"; then
	mkdir -p "$work/feeds" && tar -xJf "$sets/feeds/suites.tar.xz" -C "$work/feeds"
	find "$work/feeds" -type f \( -name '*.xml' -o -name '*.json' -o -name '*.rdf' \) >"$work/feeds.list"
	tr '\n' '\0' <"$work/feeds.list" >"$work/feeds.list0"
	timed xargs -0 -a "$work/feeds.list0" "$nhipcau" feed >"$work/feeds.jsonl"
	say "feed, test suites" "$(wc -l <"$work/feeds.list") files, $(per "$(wc -l <"$work/feeds.list")") a second, $(grep -c '"error":' "$work/feeds.jsonl") refused, $(grep -c 'crashed\|too long' "$work/feeds.jsonl") lost"
fi

for name in vims-vi vnmds-vi giveme5w1h-en; do
	if there stories "$sets/stories/$name-dev.jsonl"; then
		timed "$nhipcau" stories --tsv "$sets/stories/$name-dev.jsonl" >"$work/stories.tsv"
		say "stories, $name" "$(python3 "$score/cluster_score.py" "$sets/stories/$name-dev.gold.tsv" "$work/stories.tsv" | tr '\n' ' ')"
	fi
done
press=$shared/data/stream/press-2025-08_2026-04.jsonl.zst
if there stories "$press"; then
	timed "$nhipcau" stories --tsv "$press" >"$work/stories.tsv"
	say "stories, nine months" "$(per "$(wc -l <"$work/stories.tsv")") items a second, $peak MB, $(cut -f2 "$work/stories.tsv" | sort -u | wc -l) stories of $(wc -l <"$work/stories.tsv") items"
fi

if there copies "$shared/data/stream/articles-2016-17.tsv.xz"; then
	xz -dc "$shared/data/stream/articles-2016-17.tsv.xz" >"$work/docs.tsv"
	python3 "$score/make_neardup.py" "$work/docs.tsv" 2000 1 "$work/near.tsv" "$work/families.tsv"
	python3 -c 'import json,sys
for i, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    number, text = line.rstrip("\n").split("\t", 1)
    print(json.dumps({"id": number, "title": "", "text": text, "published": 1700000000 + i}, ensure_ascii=False))' "$work/near.tsv" |
		sed 's/"published": [0-9]*/"published":"2026-03-01T08:00:00+07:00"/' >"$work/near.jsonl"
	timed "$nhipcau" copies "$work/near.jsonl" >"$work/copies.jsonl"
	say "copies" "$(per "$(wc -l <"$work/copies.jsonl")") items a second, $peak MB"
	python3 "$score/copies_score.py" "$work/families.tsv" "$work/copies.jsonl" | sed 's/^/    /'
fi

forecast() { # NAME TRAIN TEST HORIZON SEASON FREQUENCY
	there forecast "$2" || return
	timed "$nhipcau" forecast --horizon "$4" --season "$5" "$2" >"$work/forecast.csv"
	local took=$seconds
	"$nhipcau" forecast --horizon "$4" --season "$5" --method naive2 "$2" >"$work/naive.csv"
	say "forecast, $1" "$(python3 "$score/forecast_score.py" "$2" "$3" "$6" "$work/forecast.csv" "$work/naive.csv" | sed 's/^[^:]*: //'), $took s"
}
forecast "M4 weekly" "$sets/m4/Weekly-train.csv" "$sets/m4/Weekly-test.csv" 13 1 1
forecast "M4 hourly" "$sets/m4/Hourly-train.csv" "$sets/m4/Hourly-test.csv" 48 24 24
forecast "NN5 daily" "$sets/nn5/nn5-train.csv" "$sets/nn5/nn5-test.csv" 56 7 7
forecast "mentions by hour" "$sets/counts/tweets_h-train.csv" "$sets/counts/tweets_h-test.csv" 24 24 24
forecast "news by week" "$sets/counts/media_w-train.csv" "$sets/counts/media_w-test.csv" 4 1 1

if there anomalies "$sets/nab/windows-dev.json"; then
	find "$sets/nab/data" -name '*.csv' | while read -r f; do
		out=$work/nab/${f#"$sets/nab/data/"}
		mkdir -p "$(dirname "$out")"
		"$nhipcau" anomalies "$f" >"$out"
	done
	say "anomalies, NAB" "$(python3 "$score/nab_score.py" "$sets/nab/windows-dev.json" "$sets/nab/data" "$work/nab" | sed 's/^[^ ]* //' | tr '\n' ' ')"
fi

if there watch "$sets/fdr/dev.csv.xz"; then
	xz -dc "$sets/fdr/dev.csv.xz" >"$work/fdr.csv"
	timed "$nhipcau" watch --wide --csv "$work/fdr.csv" >"$work/alarms.csv"
	said="not scored: python3-numpy is not installed"
	if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
		said=$(/usr/bin/python3 "$score/fdr_bench.py" score "$work/alarms.csv" "$sets/fdr/dev_truth.csv" "$work/fdr.csv")
	fi
	say "watch, 500 series" "$seconds s, $peak MB; $said"
fi

if there labels "$press"; then
	zstd -dcq "$press" | head -n 20000 >"$work/press.jsonl"
	timed "$nhipcau" label --threads 1 "$work/press.jsonl" >"$work/labels.jsonl"
	say "label, one thread" "$(per 20000) items a second, $peak MB"
	timed "$nhipcau" label "$work/press.jsonl" >"$work/labels.jsonl"
	say "label, all cores" "$(per 20000) items a second, $peak MB"
fi

case $parts in *" import "*)
	tests/crash/items.sh 20000 >"$work/items.jsonl"
	timed "$nhipcau" import "$work/items.jsonl" --data "$work/invented" >"$work/out"
	say "import, 20,000 invented" "$(per 20000) items a second, $peak MB, $(du -m "$work/invented" | cut -f1) MB on disk"
	;;
esac
if there import "$press"; then
	timed "$nhipcau" import "$press" --data "$work/real" >"$work/out"
	say "import, nine months" "$(cat "$work/out"), $peak MB, $(du -m "$work/real" | cut -f1) MB on disk"
fi

served() { # PART TIMES: the press archive moved so that it ends yesterday, taken in, and the pages over it
	there "$1" "$press" || return
	zstd -dcq "$press" >"$work/press.jsonl"
	python3 bench/shift.py "$work/press.jsonl" "$2" >"$work/moved.jsonl"
	timed "$nhipcau" import "$work/moved.jsonl" --data "$work/served" >"$work/out"
	say "import, $2 times nine months" "$(cat "$work/out"), $peak MB, $(du -m "$work/served" | cut -f1) MB on disk"
	python3 bench/page_times.py "$nhipcau" "$work/served" 300 | sed 's/^/    /'
	rm -rf "$work/served"
}
served served 1
served served10 10
