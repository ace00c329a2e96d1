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
