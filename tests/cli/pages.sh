# read and feed: what strangers wrote, parsed in the cage.
feeds=tests/corpus/feeds
pages=tests/corpus/pages
try 0 "read --help shows how it is called" read --help
out_has "usage: nhipcau read"
try 2 "read refuses an option it does not know" read --no-such-option
try 1 "read says which file is not there" read $pages/no-such.html
try 0 "feed --help shows how it is called" feed --help
try 2 "feed refuses an option it does not know" feed --no-such-option
try 1 "feed says which file is not there" feed $feeds/no-such.xml

try 0 "feed reads every kind" feed $feeds/atom10.xml $feeds/rss10.rdf $feeds/rss20.xml $feeds/feed.json $feeds/sitemap-news.xml
json
golden feed.jsonl
try 0 "feed reads what is illformed, and says so" feed $feeds/illformed.xml
out_has '"malformed":true'
try 0 "feed does not multiply entities" feed $feeds/entity-bomb.xml
[ "$(wc -c <"$work/out")" -lt 5000 ] || broken "the output is $(wc -c <"$work/out") bytes"
try 0 "feed opens no file that a feed names" feed $feeds/xxe.xml
out_lacks "root:"
try 1 "feed says what is no feed" feed $feeds/list.opml $feeds/rss20.xml
lines 2
json
out_has '"error":'
try 1 "feed takes random bytes" feed <<<"$(head -c 20000 /dev/urandom | base64)"
json
try 1 "feed of nothing is an error of that file" feed </dev/null
out_has '"error":'

try 0 "read finds the article of each page" read $pages/0*.html
json
golden read.jsonl 's/,"ms":[0-9]+//'
try 0 "read keeps silent about a page that is no article" read $pages/list.html
out_has '"text":""'
printf '<html><body><h1>Giới thiệu</h1><p>Trang này giới thiệu Trạm y tế xã Bến Lau.</p></body></html>' >"$work/about.html"
try 0 "read keeps silent about a page that is no article" read "$work/about.html"
out_has '"text":""'
try 0 "read --force gives what text there is" read --force "$work/about.html"
out_has 'Trạm y tế xã Bến Lau'
cat >"$work/in" <<'END'
{"id":1,"url":"http://x.example/a","html":"<html><body><p>Xin chào</p></body></html>"}
{bad
{"id":2}
{"id":3,"html":"base64:PGh0bWw+"}
{"id":4,"html":"base64:***"}
END
try 1 "read --jsonl answers every line in its place" read --jsonl "$work/in"
json
lines 5
out_has '{"id":1,"url":"http://x.example/a",'
try 1 "feed and read give a file that is not there its line, and go on" feed $feeds/no-such.xml $feeds/rss20.xml
json
lines 2
out_has '{"file":"tests/corpus/feeds/no-such.xml","error":"No such file or directory"}'
try 1 "feed and read give a file that is not there its line, and go on" read $pages/no-such.html $pages/list.html
json
lines 2
head -c 100000 /dev/urandom >"$work/noise"
try 1 "read says that random bytes are no page" read "$work/noise"
json
lines 1
out_has '"error":"this is no page but binary data'
: >"$work/empty"
try 1 "read says which page is empty" read "$work/empty" $pages/list.html
lines 2
out_has '"error":'
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<div>"; print "x" }' >"$work/deep"
try 0 "read takes deep nesting" read "$work/deep"
json
