# The filters of articles, one JSON object a line: copies, stories, keywords, summarise, label.
cat >"$work/articles" <<'END'
{"id":"a","title":"Tỉnh Mẫu công bố giá đất mới","summary":"Bảng giá đất mới áp dụng từ đầu năm.","text":"Sáng nay, Ủy ban nhân dân tỉnh Mẫu công bố bảng giá đất mới. Bảng giá áp dụng từ đầu năm sau cho tất cả các xã.","published":"2026-03-01T08:00:00+07:00"}
{"id":"b","title":"Đội bóng trẻ thắng trận mở màn","summary":"Trận đấu diễn ra tối qua trên sân Hồ Sen.","text":"Đội trẻ ghi ba bàn trong hiệp hai trước hơn hai nghìn khán giả.","published":"2026-03-01T09:00:00+07:00"}
{"id":"c","title":"Tỉnh Mẫu công bố giá đất mới","summary":"Bảng giá đất mới áp dụng từ đầu năm.","text":"Sáng nay, Ủy ban nhân dân tỉnh Mẫu công bố bảng giá đất mới. Bảng giá áp dụng từ đầu năm sau cho tất cả các xã.","published":"2026-03-01T10:00:00+07:00"}
{"id":"d","title":"Giá đất mới của tỉnh Mẫu: xã nào tăng nhiều nhất","summary":"Bảng giá đất mới của tỉnh Mẫu có ba xã tăng hơn 20%.","text":"Theo bảng giá đất mới mà Ủy ban nhân dân tỉnh Mẫu công bố, ba xã ven sông tăng hơn 20%.","published":"2026-03-01T15:00:00+07:00"}
END
cat >"$work/bad" <<'END'
{"id":"a","title":"Tỉnh Mẫu công bố giá đất mới","published":"2026-03-01T08:00:00+07:00"}
rubbish
[1,2]
{"id":"x","title":5}
"text"
{"id":"y","title":"Xã Đồi Gió khai trương chợ phiên","published":"2026-03-01T09:00:00+07:00"}
END
printf '{"id":1,"title":"b\xff\xfed"}\n' >"$work/bytes"

for word in copies stories keywords label; do
	wrong_calls $word
	try 0 "$word of nothing is nothing" $word </dev/null
	out ""
	try 0 "$word answers every line" $word "$work/articles"
	json
	lines 4
	try 1 "$word answers a bad line in its place and goes on" $word "$work/bad"
	json
	lines 6
	out_has '"error":'
	out_has '"y"'
	try 1 "$word says which line has bad bytes" $word "$work/bytes"
	json
	head -c 30000 /dev/urandom >"$work/noise"
	try 1 "$word takes random bytes" $word "$work/noise"
	json
	awk 'BEGIN { for (i = 0; i < 20000; i++) printf "["; print "" }' >"$work/deep"
	try 1 "$word takes deep nesting" $word "$work/deep"
	lines 1
done

try 0 "copies names the first of the same text" copies "$work/articles"
golden copies.jsonl
try 2 "copies wants a number of days" copies --days many </dev/null
err_has "--days many"
try 2 "copies wants a value of --days" copies --days
err_has "needs a value"

try 0 "stories gathers what tells of one event" stories "$work/articles"
golden stories.jsonl
try 0 "stories --final prints one line an item" stories --final "$work/articles"
lines 4
try 0 "stories --tsv prints id and story" stories --tsv "$work/articles"
golden stories.tsv
try 0 "the same input gives the same stories" stories --tsv "$work/articles"
golden stories.tsv

try 0 "keywords finds what an article is about" keywords "$work/articles"
out_has '"term"'

try 0 "label gives scope, tone and stance with their cues" label "$work/articles"
out_has '"scope":"'
out_has '"stance":null'
out_has '"tone":"'
out_has '"cues":[{"answer"'
out_has '"model":"vi-labels'
try 0 "label --abstain says unknown, and never a bare guess" label --abstain "$work/articles"
json
try 0 "label of two threads is label of one" label --threads 1 "$work/articles"
cp "$work/out" "$work/one"
try 0 "label of two threads is label of one" label --threads 2 "$work/articles"
out "$(cat "$work/one")"
try 2 "label wants a number of threads" label --threads none </dev/null

wrong_calls summarise
cat >"$work/story" <<'END'
{"id":"s","articles":[{"id":"a","title":"Tỉnh Mẫu công bố giá đất mới","text":"Sáng nay, Ủy ban nhân dân tỉnh Mẫu công bố bảng giá đất mới. Bảng giá áp dụng từ đầu năm sau cho tất cả các xã. Trời hôm nay có mưa."},{"id":"d","title":"Giá đất mới của tỉnh Mẫu","text":"Theo bảng giá đất mới của tỉnh Mẫu, ba xã ven sông tăng hơn 20%. Người dân có thể xem bảng giá tại trụ sở xã."}]}
{"id":"t","articles":[]}
{"id":"u"}
nothing
END
try 1 "summarise answers every story in its place" summarise --sentences 2 "$work/story"
json
lines 4
out_has '"article":"'
out_has '"error":'
try 2 "summarise wants a number of sentences" summarise --sentences many </dev/null
try 0 "summarise of nothing is nothing" summarise </dev/null
out ""

{ printf '\xef\xbb\xbf'; cat "$work/articles"; } >"$work/marked"
for word in copies stories keywords label; do
	try 0 "$word passes over a mark of byte order" $word "$work/marked"
	out "$("$nhipcau" $word "$work/articles")"
	try 1 "$word goes on after a file that is not there" $word "$work/no-such" "$work/articles"
	lines 4
done
{ sed -n 1p "$work/articles"; echo rubbish; sed -n '2,$p' "$work/articles"; echo '{"id":"last","title":5}'; } >"$work/mixed"
for how in --final --tsv; do
	try 1 "stories $how keeps a bad line in its place" stories $how "$work/mixed"
	lines 6
	[ "$(sed -n 2p "$work/out")" = '{"id":2,"error":"the line is no JSON object"}' ] || broken "not on the second line"
	[ "$(sed -n 6p "$work/out" | cut -c1-13)" = '{"id":"last",' ] || broken "not on the last line"
done
for word in label keywords; do
	try 1 "$word says that there is nothing to read" $word <<<'{"id":"e"}'
	out '{"id":"e","error":"title, summary and text are all absent"}'
done
