# import: what is taken in is said in one line, and the same again is nothing new.
try 0 "import --help shows how it is called" import --help
out_has "usage: nhipcau import"
try 2 "import refuses an option it does not know" import --no-such-option </dev/null
try 2 "import refuses a kind that is none" import --kind guess --data "$work/d" </dev/null
try 1 "import says which file is not there" import --data "$work/d1" tests/corpus/no-such-file
err_has "no-such-file"
awk 'BEGIN { for (i = 0; i < 40; i++) printf "{\"title\":\"Xã Khe Lau làm xong đoạn đường số %d\",\"summary\":\"Đoạn đường số %d dài %d m.\",\"outlet\":\"Báo Mẫu\",\"link\":\"https://mau.example/%d\",\"published\":\"2026-03-%02dT08:00:00+07:00\",\"sections\":[\"Thời sự\"]}\n", i, i, 100 + i, i, 1 + i % 28 }' >"$work/items"
try 0 "import takes every item in" import --data "$work/d" "$work/items"
json
lines 1
out_has '"read":40,"new":40,'
out_has '"errors":0'
try 0 "the same again is nothing new" import --data "$work/d" "$work/items"
out_has '"read":40,"new":0,'
{ head -n 3 "$work/items"; echo rubbish; sed -n '4,6p' "$work/items"; } >"$work/mixed"
try 1 "a bad line is counted and the rest comes in" import --data "$work/d2" "$work/mixed"
out_has '"new":6,'
out_has '"errors":1'
zstd -q -c "$work/items" >"$work/items.zst"
try 0 "import opens zstd by its first bytes" import --data "$work/d3" "$work/items.zst"
out_has '"new":40,'
try 0 "import of nothing is nothing" import --data "$work/d4" - </dev/null
out_has '"read":0,"new":0'

# What the commands that keep something answer, on the folder filled above.
try 0 "search finds what is written with marks, typed without" search --data "$work/d" 'duong so 7'
json
out_has '"title"'
try 0 "search of what is nowhere finds nothing" search --data "$work/d" 'zzzzqqqq'
out ""
try 2 "search wants words" search --data "$work/d"
try 2 "search wants a number as limit" search --limit many --data "$work/d" 'đường'
try 0 "check finds the database whole" check --data "$work/d"
try 0 "routes prints every address with its act, who may, and its sentence" routes
out_has "monitoring	POST	/tin/:id/nhan	ARTICLE_LABEL	province_comms_officer,analyst	"
out_has "	GET	/healthz	-	everybody	"
if awk -F'\t' 'NF != 6 || $6 == "" { exit 1 }' "$work/out"; then :; else broken "a line has not six columns"; fi
try 2 "routes takes no words" routes x </dev/null
try 0 "openapi describes the API" openapi
out_has '3.1.0'
try 0 "backup copies the database" backup --data "$work/d" "$work/copy.db"
try 0 "restore --verify-only looks and changes nothing" restore --verify-only --data "$work/d9" "$work/copy.db"
[ ! -e "$work/d9/nhipcau.db" ] || broken "a database was made"
try 0 "restore makes the folder" restore --data "$work/d9" "$work/copy.db"
try 0 "and what it put there is searched like the first" search --data "$work/d9" 'duong so 7'
out_has '"title"'
try 2 "backup wants a file" backup --data "$work/d"
head -c 3000 "$work/copy.db" >"$work/cut.db"
try 1 "restore refuses a damaged backup" restore --data "$work/d10" "$work/cut.db"
try 1 "restore says which file is not there" restore --data "$work/d10" "$work/no-such.db"
try 0 "export gives what came in" export --data "$work/d"
json
lines 40
printf 'mật-khẩu-dài-2026\n' >"$work/password"
try 0 "user add reads the password from standard input" user add mai --name 'Chuyên viên' --roles analyst --data "$work/d" <"$work/password"
try 1 "user add refuses a login that is taken" user add mai --name 'Chuyên viên' --roles analyst --data "$work/d" <"$work/password"
try "1 2" "user add refuses a role that is none" user add hoa --name 'Chuyên viên' --roles king --data "$work/d" <"$work/password"
try 0 "user list lists" user list --data "$work/d"
out_has mai
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >"$work/request"
try 0 "http answers a request without a socket" http --data "$work/d" <"$work/request"
out_has "200"
printf 'rubbish\r\n\r\n' >"$work/request"
try "0 1" "http refuses what is no request" http --data "$work/d" <"$work/request"
out_has "400"

for i in 1 2 3 4 5 6 7 8; do
	"$nhipcau" user list --data "$work/race$i" >"$work/race.out" 2>&1 &
	try 0 "two commands at once make a new folder together" user list --data "$work/race$i"
	wait $! || broken "the other failed: $(cat "$work/race.out")"
done
for word in search "export" "backup $work/b.db" check; do
	try 1 "${word%% *} makes no folder, and says that there is none" $word --data "$work/nowhere" $([ "$word" = search ] && echo x)
	err_has "no data in"
	[ ! -e "$work/nowhere" ] || broken "the folder was made"
done
try 1 "a file that is not there does not hide the next one" import --data "$work/d12" "$work/no-such" "$work/items"
out_has '"new":40,'
{ printf '\xef\xbb\xbf'; cat "$work/items"; } >"$work/marked"
try 0 "import passes over a mark of byte order" import --data "$work/d13" "$work/marked"
out_has '"new":40,'

for word in serve work fetch http demo export check openapi; do
	try 2 "$word refuses a word it would not read" $word surplus </dev/null
	err_has surplus
done
try 2 "export refuses a span that ends before it begins" export --data "$work/d" --from 2026-03-02 --to 2026-03-01
try 2 "demo leaves a folder alone that has articles of its own" demo --data "$work/d3"
try 0 "and they are as before" export --data "$work/d3"
lines 40
try 1 "backup does not write over the database it reads" backup --data "$work/d3" "$work/d3/nhipcau.db"
err_has "the database itself"
try 1 "backup says when a name is too long" backup --data "$work/d3" "$work/$(printf 'x%.0s' $(seq 700))"
try 0 "a source waits for its first fetch" import --kind opml --approve --data "$work/d14" feeds/vietnam.opml
try 1 "fetch asks no one before it can say who asks" fetch --data "$work/d14"
err_has "--contact"
out ""
cat >"$work/addresses" <<'END'
{"title":"Xã Đồi Gió họp dân","outlet":"Báo Mẫu","link":"javascript:alert(1)","published":"2026-03-01T08:00:00"}
{"title":"Xã Khe Lau họp dân","outlet":"Báo Mẫu","link":"https://m.facebook.com/nhom/1","published":"2026-03-01T08:00:00"}
{"title":"Xã Bến Lau họp dân","outlet":"Báo Mẫu","published":"2026-03-01"}
END
try 1 "an address of a personal account is refused, and one that is none is forgotten" import --data "$work/d15" "$work/addresses"
out_has '"read":3,"new":2,"copies":'
err_has "addresses:2: left out: an address on a social platform"
try 0 "what cannot be followed is no link" export --data "$work/d15"
out_lacks javascript
lines 2
