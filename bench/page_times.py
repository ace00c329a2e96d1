#!/usr/bin/env python3
"""page_times - how long pages take, over one kept connection: p50 and p99 of N requests each, in milliseconds.
usage: page_times.py BINARY DATA_DIR [N]   An account of the demonstration's kind is made when there is none.
Needs only the standard library."""
import http.client
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse

binary, data = sys.argv[1], sys.argv[2]
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 300
PASSWORD = "do-thoi-gian-2026"

subprocess.run([binary, "user", "add", "do.thoi.gian", "--name", "Đo thời gian", "--roles", "analyst,province_comms_officer",
                "--data", data], input=PASSWORD + "\n", text=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
server = subprocess.Popen([binary, "serve", "--data", data, "--port", "0", "--no-work", "--pace", "0"], stdout=subprocess.PIPE, text=True)
started = time.time()
port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
print("start to first address: %.2f s" % (time.time() - started))
site = http.client.HTTPConnection("127.0.0.1", port)
cookie = ""


def ask(method, path, body=None):
    global cookie
    head = {"Cookie": cookie} if cookie else {}
    if body is not None:
        head["Content-Type"] = "application/x-www-form-urlencoded"
    site.request(method, path, body, head)
    answer = site.getresponse()
    text = answer.read()
    for value in answer.headers.get_all("Set-Cookie") or []:
        name = value.split("=")[0]
        kept = [c for c in cookie.split("; ") if c and not c.startswith(name + "=")]
        cookie = "; ".join(kept + [value.split(";")[0]])
    return answer.status, text.decode("utf-8", "replace")


status, page = ask("GET", "/dang-nhap")
token = re.search(r'name="_csrf" value="([^"]*)"', page).group(1)
form = urllib.parse.urlencode({"_csrf": token, "login": "do.thoi.gian", "password": PASSWORD})
ask("POST", "/dang-nhap", form)

db = sqlite3.connect(data + "/nhipcau.db")
one = lambda sql: str((db.execute(sql).fetchone() or [0])[0])
newest = int(one("SELECT max(published_at) FROM article"))
middle = one("SELECT published_at FROM article ORDER BY published_at LIMIT 1 OFFSET (SELECT count(*) / 2 FROM article)")
pages = ["/", "/tin", "/tin?tone=bad", "/tin?stance=unfavourable", "/tin?topic=health", "/tin?topic=land_environment&tone=bad",
         "/tin?before=%s.%s" % (middle, 1 << 60), "/tin/" + one("SELECT max(id) FROM article"),
         "/su-viec", "/su-viec?ky=30d", "/su-viec/" + one("SELECT story FROM article ORDER BY id DESC LIMIT 1 OFFSET 50"),
         "/su-viec/" + one("SELECT id FROM story ORDER BY n DESC LIMIT 1"), "/canh-bao",
         "/canh-bao/" + one("SELECT id FROM alarm ORDER BY bucket DESC LIMIT 1"), "/du-bao", "/du-bao?kind=topic&code=health", "/nguon",
         "/tim?q=" + urllib.parse.quote("bồi thường"), "/tim?q=giai+phong+mat+bang", "/tim?q=" + urllib.parse.quote("Việt Nam"),
         "/tim?q=" + urllib.parse.quote('"đường sắt tốc độ cao"'), "/diem-bao", "/gioi-thieu", "/api/v1/articles",
         "/api/v1/series?kind=all&code="]
every = []
print("%d articles, %d requests a page" % (int(one("SELECT count(*) FROM article")), wanted))
for path in pages:
    times = []
    for i in range(wanted):
        t = time.perf_counter()
        status, page = ask("GET", path)
        times.append((time.perf_counter() - t) * 1000)
    every += times
    times.sort()
    print("%-46s %3d %7.1f KB  p50 %6.2f  p99 %6.2f" % (path[:46], status, len(page) / 1024, times[len(times) // 2],
                                                       times[int(len(times) * 0.99)]))
every.sort()
print("%-46s %15s  p50 %6.2f  p99 %6.2f" % ("all pages", "", every[len(every) // 2], every[int(len(every) * 0.99)]))
with open("/proc/%d/status" % server.pid) as f:
    print("memory of the server: %d MB" % (int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1)) // 1024))
server.terminate()
