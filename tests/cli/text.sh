# segment and fold: text filters; lines stay aligned whatever comes in.
wrong_calls segment
wrong_calls fold

try 0 "segment joins the syllables of a word" segment <<<'Chính sách đất đai của tỉnh được công bố.'
out 'Chính_sách đất_đai của tỉnh được công_bố .'
err_empty
try 0 "segment keeps tokens that were cut before" segment --pretokenised <<<'Chính sách , đất đai 12,5 %'
out 'Chính_sách , đất_đai 12,5 %'
try 0 "segment of nothing is nothing" segment </dev/null
out ""
printf 'một\n\n\nhai\n' >"$work/in"
try 0 "segment keeps empty lines" segment <"$work/in"
lines 4
printf 'ab\xff\xfecd\nđất đai\n' >"$work/in"
try 0 "segment counts bad bytes and keeps the lines aligned" segment "$work/in"
lines 2
err_has "U+FFFD"
printf 'không có dấu hết dòng' >"$work/in"
try 0 "segment takes a last line without its end" segment "$work/in"
lines 1
head -c 200000 /dev/zero >"$work/in"
try 0 "segment takes zero bytes" segment "$work/in"
head -c 65536 /dev/urandom >"$work/in"
try 0 "segment takes random bytes" segment "$work/in"
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "đất "; print "" }' >"$work/in"
try 0 "segment takes a line of 200,000 syllables" segment "$work/in"
lines 1
gzip -c <<<'đất đai' >"$work/in.gz"
try 0 "segment opens gzip by its first bytes" segment "$work/in.gz"
out 'đất_đai'
zstd -q -c <<<'đất đai' >"$work/in.zst"
try 0 "segment opens zstd by its first bytes" segment "$work/in.zst"
out 'đất_đai'
head -c 20 "$work/in.gz" >"$work/cut.gz"
try 1 "a gzip file that ends too soon is an error" segment "$work/cut.gz"
err_has "too soon"
head -c 12 "$work/in.zst" >"$work/cut.zst"
try 1 "a zstd file that ends too soon is an error" segment "$work/cut.zst"
cat "$work/in.gz" "$work/in.gz" >"$work/two.gz"
try 0 "two gzip files one behind the other are one" segment "$work/two.gz"
lines 2
awk 'BEGIN { for (i = 0; i < 300000; i++) print "dòng số " i }' | zstd -q -c >"$work/long.zst"
try 0 "a long zstd file comes whole" fold "$work/long.zst"
lines 300000
awk 'BEGIN { for (i = 0; i < 300000; i++) print "dòng số " i }' | gzip -c >"$work/long.gz"
try 0 "a long gzip file comes whole" fold "$work/long.gz"
lines 300000

try 0 "fold takes marks and case away" fold <<<'Đà Nẵng, UỶ BAN NHÂN DÂN'
out 'da nang, uy ban nhan dan'
try 0 "fold of composed and of combining letters is the same" fold <<<$'ế e\xcc\x82\xcc\x81'
out 'e e'
printf 'x\xffy\n' >"$work/in"
try 0 "fold counts bad bytes" fold "$work/in"
err_has "U+FFFD"

printf '\xef\xbb\xbfđất đai\r\n' >"$work/marked"
for word in segment "segment --pretokenised" fold; do
	try 0 "$word passes over a mark of byte order" $word "$work/marked"
	out "$("$nhipcau" $word <<<'đất đai')"
done
printf 'một\n' >"$work/one"
try 1 "a file that is not there does not hide the next one" fold "$work/no-such" "$work/one"
out mot
err_has no-such
try 0 "a reader that went away is no reason to speak" fold "$work/one"
yes 'chính sách đất đai' | head -n 3000000 >"$work/long"
"$nhipcau" fold "$work/long" 2>"$work/err" | head -n 1 >"$work/out"
out "chinh sach dat dai"
err_empty
try 0 "what cannot be written is said" fold "$work/one"
"$nhipcau" fold "$work/one" >/dev/full 2>"$work/err" && broken "exit code 0"
err_has "cannot be written"
