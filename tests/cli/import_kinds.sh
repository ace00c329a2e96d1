# import --kind warc, feed, opml: archives of the web, saved feeds, lists of sources.
record() { # ADDRESS FILE [TYPE]: one WARC record of a page
	printf 'HTTP/1.1 200 OK\r\nContent-Type: %s; charset=utf-8\r\n\r\n' "${3:-text/html}" | cat - "$2" >"$work/http"
	printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-08-20T02:00:00Z\r\nContent-Length: %d\r\n\r\n' \
		"$1" "$(wc -c <"$work/http")"
	cat "$work/http"
	printf '\r\n\r\n'
}
pages=tests/corpus/pages
site=https://www.songtrang.example
: >"$work/a.warc" && : >"$work/a.warc.gz"
for page in 01-fck 02-cms-table 03-jsonld 04-time-tag 05-vn-words list; do
	record "$site/$page.html" "$pages/$page.html" | tee -a "$work/a.warc" | gzip -c >>"$work/a.warc.gz"
done
record "$site/anh.png" "$pages/list.html" image/png >>"$work/a.warc"
record https://facebook.com/nhom/1 "$pages/06-div-soup.html" >>"$work/a.warc"

try 0 "import reads the articles among an archive's pages" import --kind warc --data "$work/w" "$work/a.warc"
json
golden import-warc.json 's/,"seconds":[0-9.]+//'
try 0 "the same archive again is nothing new, packed or not" import --kind warc --data "$work/w" "$work/a.warc.gz"
out_has '"read":5,"new":0,"copies":0,"errors":0'
try 0 "what no outlet is known for belongs to its host" export --data "$work/w"
lines 5
out_has '"outlet":"songtrang.example"'
out_lacks facebook
try 0 "an archive is read from standard input" import --kind warc --data "$work/w1" - <"$work/a.warc.gz"
out_has '"new":5,'
head -c "$(($(wc -c <"$work/a.warc") / 2))" "$work/a.warc" >"$work/cut.warc"
try 1 "a cut archive gives what is whole, and the next file is read" import --kind warc --data "$work/w2" "$work/cut.warc" "$work/a.warc.gz"
err_has "cut.warc: left out: "
out_has '"new":5,'
head -c 100000 /dev/urandom >"$work/noise"
try 1 "what is no archive is said" import --kind warc --data "$work/w3" "$work/noise" "$work/no-such.warc"
err_has "no record of an archive"
err_has "no-such.warc"
out_has '"read":0,"new":0,"copies":0,"errors":1'

cat >"$work/list.opml" <<'END'
<opml version="2.0" xmlns:nc="https://nhipcau.example/ns/opml"><head><title>Nguồn</title></head><body>
<outline type="rss" text="Tin mới" xmlUrl="https://songtrang.example/rss" htmlUrl="https://songtrang.example" nc:outlet="Báo Sông Trăng" nc:kind="print" nc:licence="12/GP"/>
<outline type="rss" text="Cổng xã Khe Lau" xmlUrl="https://khelau.example/rss" nc:kind="portal"/>
<outline type="rss" text="Nhóm" xmlUrl="https://www.facebook.com/groups/1/rss"/>
<outline type="rss" text="Hỏng" xmlUrl="tel:113"/></body></opml>
END
try 1 "import takes a list's sources, but no social platform" import --kind opml --data "$work/o" "$work/list.opml"
json
out_has '"read":4,"new":2,"copies":0,"errors":2'
err_has "facebook.com/groups/1/rss: personal accounts"
err_has "tel:113"
try 1 "known sources are counted" import --kind opml --data "$work/o" "$work/list.opml"
out_has '"read":4,"new":0,"copies":2,"errors":2'
try 0 "a list keeps outlet and kind" export --opml --data "$work/o"
out_has 'nc:outlet="Báo Sông Trăng" nc:kind="print"'
cp "$work/out" "$work/again.opml"
try 0 "a list that was given out is taken in again" import --kind opml --approve --data "$work/o2" "$work/again.opml"
out_has '"read":2,"new":2,"copies":0,"errors":0'
try 0 "an archive's articles go to the outlet of its host" import --kind warc --data "$work/o" "$work/a.warc.gz"
try 0 "the outlet has its name from the list" export --data "$work/o"
out_has '"outlet":"Báo Sông Trăng"'
try 1 "what is no list is said" import --kind opml --data "$work/o" tests/corpus/feeds/atom10.xml
err_has "no OPML"
try 0 "the feeds that come with the house are taken in" import --kind opml --data "$work/o3" feeds/vietnam.opml
out_has '"errors":0'

try 0 "import reads a saved feed" import --kind feed --data "$work/f" tests/corpus/feeds/rss20.xml
json
golden import-feed.json 's/,"seconds":[0-9.]+//'
try 0 "the same feed again is nothing new" import --kind feed --data "$work/f" tests/corpus/feeds/rss20.xml
out_has '"new":0,"copies":0,"errors":0'
try 0 "the owner says whose a feed is" import --kind feed --outlet "Báo Khe Lau" --data "$work/f2" tests/corpus/feeds/rss20.xml
try 0 "its entries belong to that outlet" export --data "$work/f2"
out_has '"outlet":"Báo Khe Lau"'
try 1 "what is no feed is said, and the next file is read" import --kind feed --data "$work/f3" "$work/noise" tests/corpus/feeds/rss20.xml
err_has "noise: left out: "
out_lacks '"new":0'
try 2 "--outlet goes with feeds" import --outlet A --data "$work/f" "$work/list.opml"
try 2 "--approve goes with lists" import --kind feed --approve --data "$work/f" "$work/list.opml"
