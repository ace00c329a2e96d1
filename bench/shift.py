#!/usr/bin/env python3
"""shift - a longer archive that ends today, out of a shorter one: the same items again and again, each time further in the
past, oldest first, so that pages of "the last 24 hours" have something to show.
usage: shift.py FILE.jsonl TIMES > OUT.jsonl    (items in order of time)"""
import datetime
import json
import sys

path, times = sys.argv[1], int(sys.argv[2])
day = lambda line: datetime.datetime.fromisoformat(json.loads(line)["published"]).date()
with open(path, encoding="utf-8") as lines:
    first = day(lines.readline())
    for last in lines:
        pass
days = (day(last) - first).days + 1
ahead = (datetime.date.today() - day(last)).days - 1
for k in range(times - 1, -1, -1):
    back = datetime.timedelta(days=k * days - ahead)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            when = datetime.datetime.fromisoformat(item["published"]) - back
            item["published"] = when.isoformat()
            item["link"] = "%s?lan=%d" % (item["link"], k)
            sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
