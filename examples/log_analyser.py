"""Summarises a web server's access log: log_analyser.py [FILE]. Streams: the log may be larger than memory."""
import collections
import datetime
import heapq
import re
import statistics
import sys

LINE = re.compile(r'(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<when>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>\S+)[^"]*" '
                  r'(?P<status>\d{3}) (?P<size>\d+|-)(?: "[^"]*" "(?P<agent>[^"]*)")?(?: (?P<time>[\d.]+))?')


class Summary:
    def __init__(self):
        self.lines = self.bad = self.bytes = 0
        self.statuses = collections.Counter()
        self.paths = collections.Counter()
        self.hours = collections.Counter()
        self.hosts = set()
        self.times = collections.defaultdict(list)
        self.slowest = []

    def add(self, line):
        self.lines += 1
        m = LINE.match(line)
        if not m:
            self.bad += 1
            return
        when = datetime.datetime.strptime(m["when"], "%d/%b/%Y:%H:%M:%S %z")
        self.statuses[m["status"][0] + "xx"] += 1
        self.hosts.add(m["host"])
        path = m["path"].partition("?")[0]
        self.paths[path] += 1
        self.hours[when.astimezone(datetime.timezone.utc).hour] += 1
        self.bytes += 0 if m["size"] == "-" else int(m["size"])
        if m["time"]:
            seconds = float(m["time"])
            self.times[path].append(seconds)
            heapq.heappush(self.slowest, (seconds, self.lines, m["path"]))
            if len(self.slowest) > 3:
                heapq.heappop(self.slowest)

    def report(self):
        yield f"{self.lines} lines ({self.bad} not understood), {len(self.hosts)} hosts, {self.bytes / 1024:.1f} KiB"
        yield "status  " + "  ".join(f"{k} {v}" for k, v in sorted(self.statuses.items()))
        for path, count in sorted(self.paths.items(), key=lambda item: (-item[1], item[0]))[:5]:
            times = sorted(self.times[path])
            detail = f"median {statistics.median(times) * 1000:.0f} ms, 90 % {times[int(len(times) * 0.9)] * 1000:.0f} ms" if times else "no times"
            yield f"{count:>6} {path:<20} {detail}"
        busiest = max(self.hours.values(), default=1)
        for hour in sorted(self.hours):
            yield f"{hour:02}h {'▇' * round(self.hours[hour] * 30 / busiest)} {self.hours[hour]}"
        for seconds, number, path in sorted(self.slowest, reverse=True):
            yield f"slow: {seconds:.3f} s line {number} {path}"


def made_up(n):
    state = 7
    for i in range(n):
        state = state * 69069 + 12345 & 0xFFFFFFFF
        path = ("/", "/index.html", "/api/items?id=%d" % (state % 50), "/static/app.js", "/login")[state >> 8 & 3]
        status = (200, 200, 200, 304, 404, 500)[state >> 16 & 0xFF if state >> 16 & 0xFF < 6 else 0]
        if i % 97 == 96:
            yield "garbage line \x00 %d" % i
            continue
        yield (f'10.0.{state >> 20 & 3}.{state >> 24 & 15} - - [{10 + i // 600:02}/Oct/2023:{i // 30 % 24:02}:{i % 60:02}:00 +0200] '
               f'"GET {path} HTTP/1.1" {status} {state >> 12 & 0xFFF} "-" "agent/{i % 3}" {(state >> 10 & 0x3FF) / 1000:.3f}')


def main():
    summary = Summary()
    if "--demo" in sys.argv:
        source = made_up(2000)
    else:
        source = open(sys.argv[1], encoding="utf-8", errors="replace") if len(sys.argv) > 1 else sys.stdin
    for line in source:
        summary.add(line)
    print("\n".join(summary.report()))


if __name__ == "__main__":
    main()
