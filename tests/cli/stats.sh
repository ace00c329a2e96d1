# The filters of counts, CSV in: forecast, anomalies, watch, effect.
wrong_calls anomalies
wrong_calls watch
wrong_calls forecast "--horizon 3"
wrong_calls effect "--at 2026-02-12"

awk 'BEGIN { print "timestamp,value"; for (i = 0; i < 336; i++) { v = 10 + 5 * (i % 24 > 8 && i % 24 < 20); if (i == 300) v = 90
	printf "2026-03-%02d %02d:00:00,%d\n", 1 + int(i / 24), i % 24, v } }' >"$work/hours"
try 0 "anomalies judges every row, and the planted one highest" anomalies "$work/hours"
lines 337
err_empty
sort -t, -k6 -g "$work/out" | tail -1 >"$work/top"
case $(cat "$work/top") in "2026-03-13 12:00:00,90,"*) ;; *) broken "the highest score is not at the planted hour: $(cat "$work/top")" ;; esac
head -301 "$work/out" >"$work/part"
head -301 "$work/hours" >"$work/in"
try 0 "a row is judged by the rows up to it only" anomalies "$work/in"
out "$(cat "$work/part")"
try 2 "anomalies wants a header" anomalies </dev/null
try 1 "anomalies says in its place which value is no number" anomalies <<<$'timestamp,value\n2026-01-01,x\n2026-01-02,0x10\n2026-01-03,3'
err_has "line 2"
lines 4
out_has '{"id":2,"error":"'
out_has '{"id":3,"error":"'
grep -v ',90$' "$work/hours" | head -n 60 >"$work/in"
"$nhipcau" anomalies "$work/in" >"$work/clean"
sed -i '2a x,y' "$work/in"
try 1 "a bad line after the first one changes no other answer" anomalies "$work/in"
[ "$(sed -n 3p "$work/out" | cut -c1-8)" = '{"id":3,' ] || broken "not in its place"
sed -i 3d "$work/out"
out "$(cat "$work/clean")"
try 2 "anomalies refuses a season that is none" anomalies --season often "$work/hours"

cat >"$work/m4" <<'END'
"id","v1","v2","v3","v4","v5","v6","v7","v8"
"a","1","2","3","2","1","2","3","4"
"c","4","5","6",,,
END
try 0 "forecast takes the M4 form, quotes and empty tails" forecast --horizon 3 "$work/m4"
golden forecast.csv
try 1 "forecast goes on after a bad line" forecast --horizon 2 <<<$'id,v1,v2\na,1,x\nb,1,2'
err_has "line 2"
lines 4
out_has '{"id":"a","error":"field 3'
try 2 "forecast wants a horizon" forecast <"$work/m4"
err_has "--horizon"
try 2 "forecast refuses a horizon of zero" forecast --horizon 0 <"$work/m4"
try 2 "forecast refuses a method that is none" forecast --horizon 2 --method guess <"$work/m4"
try 2 "forecast refuses a start that is no day" forecast --horizon 2 --start nope --unit day <"$work/m4"
awk 'BEGIN { printf "id"; for (i = 1; i <= 200; i++) printf ",v%d", i; printf "\nx"
	for (i = 0; i < 200; i++) printf ",%d", 50 + (i % 7 == 5 || i % 7 == 6 ? -30 : 0) + i * 7 % 5; print "" }' >"$work/weeks"
try 0 "forecast of days with a weekly swing beats the naive one" forecast --horizon 14 --unit day --start 2026-01-05 "$work/weeks"
lines 15
out_lacks ",none"

awk 'BEGIN { print "series,time,count"; for (i = 0; i < 60; i++) for (s = 0; s < 3; s++) { v = 10 + (i * 7 + s * 3) % 4
	if (s == 1 && i == 50) v = 80; printf "s%d,2026-%02d-%02d,%d\n", s, 1 + int(i / 28), 1 + i % 28, v } }' >"$work/counts"
try 0 "watch alarms at the planted day and nowhere else" watch --unit day "$work/counts"
json
lines 1
out_has '"series":"s1"'
out_has '"time":"2026-02-23"'
out_has '"kind":"burst"'
out_has '"reason":"'
awk -F, 'NR > 1 { row[$1] = row[$1] "," $3 } END { for (s = 0; s < 3; s++) print substr(row["s" s], 2) }' "$work/counts" >"$work/wide"
try 0 "watch --wide --csv prints series and index" watch --unit day --wide --csv "$work/wide"
out "1,50"
try 0 "watch of nothing is nothing" watch </dev/null
try 1 "watch says which lines are wrong and goes on" watch --unit day <<<$'series,time,count\na,2026-01-01,-3\na,nope,1\na'
err_has "line 2"
err_has "line 3"
err_has "line 4"
lines 3
json
try 0 "watch takes a header by other names, and a mark of byte order" watch --unit day <<<$'\xef\xbb\xbfchuỗi,ngày,số\na,2026-01-01,3'
try 1 "watch refuses a count that is not later than the one before" watch --unit day <<<$'series,time,count\na,2026-01-02,3\na,2026-01-01,3'
out_has '{"id":3,"error":"'
try 1 "watch writes bad bytes as no one can misread them" watch --unit day <<<$'series,time,count\na,\xff\xfe,3'
json
try 2 "watch refuses a share over one" watch --fdr 2 <"$work/counts"
try 2 "watch refuses a unit that is none" watch --unit fortnight <"$work/counts"

awk 'BEGIN { print "day,value"; for (i = 0; i < 56; i++) { v = 20 + i % 7; if (i >= 42) v += 10
	printf "2026-%02d-%02d,%d\n", 1 + int(i / 31), 1 + i % 31, v } }' >"$work/days"
try 0 "effect finds what was added after the day" effect --at 2026-02-12 "$work/days"
json
lines 1
out_has '"days":14'
try 2 "effect wants the day" effect <"$work/days"
try 2 "effect refuses a day that is none" effect --at soon <"$work/days"
try 1 "effect says which value is no number" effect --at 2026-01-01 <<<$'day,value\n2026-01-01,x'
