# SPDX-License-Identifier: MIT
# ./dev conformance report [FOLDER]: static HTML of the newest run: no JavaScript, small pages, an id for every method.

import html
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from . import expectations, history

STYLE = """body{font:15px/1.45 sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}
table{border-collapse:collapse}td,th{padding:.15em .6em;text-align:right;border-bottom:1px solid #ddd}
td:first-child,th:first-child{text-align:left}pre{background:#f6f6f6;padding:.6em;overflow:auto;font-size:12px}
.pass{background:#d7f0d7}.fail,.error{background:#f8d7d0}.crash,.time-out,.memory{background:#d9a0a0}
.skip,.detail{background:#eee}.share{font-weight:bold}a{color:#06c;text-decoration:none}"""
BAD = ("fail", "error", "crash", "time-out", "out of memory", "not run", "unexpected pass")


def page(title, body):
    return ("<!doctype html><meta charset=utf-8><title>%s</title><style>%s</style>\n<h1>%s</h1>\n%s\n" % (
        html.escape(title), STYLE, html.escape(title), body))


def share(good, whole):
    return "%.1f %%" % (100.0 * good / whole) if whole else "-"


def cause(kind, detail):
    """One line that failures with the same cause share."""
    if kind in ("crash", "time-out", "out of memory"):
        first = detail.strip().splitlines()[:1] or [""]
        return "%s %s" % (kind, first[0])
    lines = [line for line in detail.strip().splitlines() if line and not line.startswith(" ")]
    text = lines[-1] if lines else kind
    for line in reversed(lines):
        if re.match(r"[\w.]*(Error|Exception|Interrupt|Exit|Warning|Iteration)\b", line):
            text = line
            break
    text = re.sub(r"0x[0-9a-f]+", "0x…", text)
    text = re.sub(r"\b\d+(\.\d+)?\b", "N", text) if "module" not in text else text
    text = re.sub(r"/tmp/\S+", "/tmp/…", text)
    if text.startswith("AssertionError"):
        text = re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", text)
    return text[:160]


class Comparison:
    """The newest outcomes of every file beside the reference's."""

    def __init__(self, base):
        self.base = base
        self.reference = history.reference_run(base)
        self.runs = history.latest_runs(base, 60)
        self.newest = {}                # file -> run that holds its newest outcomes
        self.previous = {}
        for run in self.runs:
            for file in history.files_of(base, run["id"]):
                if file not in self.newest:
                    self.newest[file] = run["id"]
                elif file not in self.previous:
                    self.previous[file] = run["id"]
        self.files = {}
        for file, run in sorted(self.newest.items()):
            self.files[file] = self.compare(file, run)

    def compare(self, file, run):
        theirs = history.outcomes_of(self.base, self.reference, file)
        ours = history.outcomes_of(self.base, run, file)
        before = history.outcomes_of(self.base, self.previous[file], file) if file in self.previous else None
        record = history.file_record(self.base, run, file)
        rows = {}
        for name in sorted(set(theirs) | set(ours)):
            wanted = theirs.get(name, ("absent",))[0] in expectations.GOOD
            kind, seconds, detail = ours.get(name, ("not run", 0.0, record["note"]))
            old = before.get(name, ("not run",))[0] if before is not None else None
            rows[name] = {"wanted": wanted, "kind": kind, "seconds": seconds, "detail": detail, "before": old}
        wanted = [row for row in rows.values() if row["wanted"]]
        good = sum(row["kind"] in expectations.GOOD for row in wanted)
        beside = history.file_record(self.base, self.reference, file)
        return {"rows": rows, "record": record, "reference": beside, "wanted": len(wanted), "good": good}


def total(entries):
    entries = list(entries)
    return sum(e["good"] for e in entries), sum(e["wanted"] for e in entries)


def index_page(data, table):
    good, whole = total(data.files.values())
    body = ["<p class=share>%d of %d portable methods that python3.11 passes: %s</p>" % (good, whole, share(good, whole))]
    body.append("<p><a href=clusters.html>failures by cause</a> · <a href=changes.html>changes</a> · <a href=results.json>JSON</a></p>")
    for title, key in (("By tier", "tier"), ("By category", "category")):
        groups = defaultdict(list)
        for file, entry in data.files.items():
            groups[table.get(file, {}).get(key, "?")].append(entry)
        body.append("<h2>%s</h2><table><tr><th>%s<th>files<th>pass<th>of<th>share" % (title, key))
        for name in sorted(groups, key=str):
            good, whole = total(groups[name])
            body.append("<tr><td>%s<td>%d<td>%d<td>%d<td>%s" % (name, len(groups[name]), good, whole,
                                                                share(good, whole)))
        body.append("</table>")
    body.append("<h2>Files</h2><table><tr><th>file<th>tier<th>pass<th>of<th>share<th>crash<th>seconds<th>python3.11"
                "<th>peak MB<th>python3.11")
    for file, entry in sorted(data.files.items(), key=lambda item: (item[1]["good"] - item[1]["wanted"], item[0])):
        crashes = sum(row["kind"] in ("crash", "time-out", "out of memory") for row in entry["rows"].values())
        beside, record = entry["reference"] or {"seconds": 0, "peak": 0}, entry["record"]
        kind = "pass" if entry["good"] == entry["wanted"] else "crash" if crashes else "fail"
        body.append("<tr class=%s><td><a href='files/%s.html'>%s</a><td>%s<td>%d<td>%d<td>%s<td>%d<td>%.1f<td>%.1f<td>%.0f<td>%.0f" % (
            kind, file, file, table.get(file, {}).get("tier", "?"), entry["good"], entry["wanted"],
            share(entry["good"], entry["wanted"]), crashes, record["seconds"], beside["seconds"], record["peak"] / 1e6,
            beside["peak"] / 1e6))
    body.append("</table>")
    return page("Viperine and CPython's tests", "\n".join(body))


def file_page(file, entry):
    body = ["<p><a href=../index.html>all files</a> · repeat: <code>./dev conformance %s -f</code></p>" % file]
    if entry["record"]["note"]:
        body.append("<pre>%s</pre>" % html.escape(entry["record"]["note"]))
    for name, detail in entry["record"]["fixtures"].items():
        body.append("<p>fixture %s</p><pre>%s</pre>" % (html.escape(name), html.escape(detail)))
    for name, row in entry["rows"].items():
        short = name.split(".", 2)[-1]
        mark = "" if row["wanted"] else " (not asked for)"
        line = "<div id='%s' class='%s'>%s: %s%s" % (html.escape(name, True), row["kind"].split()[-1],
                                                     html.escape(short), row["kind"], mark)
        if row["kind"] in BAD and row["detail"] and row["kind"] != "not run":
            line += "<pre>%s</pre>" % html.escape(row["detail"][-2500:])
        body.append(line + "</div>")
    return page(file, "\n".join(body))


def clusters(data):
    found = defaultdict(list)
    for file, entry in data.files.items():
        for name, row in entry["rows"].items():
            if row["wanted"] and row["kind"] in BAD:
                found[cause(row["kind"], row["detail"])].append((file, name))
    return sorted(found.items(), key=lambda item: -len(item[1]))


def clusters_page(groups):
    body = ["<p><a href=index.html>all files</a></p><table><tr><th>cause<th>methods<th>files"]
    for text, members in groups:
        files = Counter(file for file, _ in members).most_common(6)
        links = ", ".join("<a href='files/%s.html#%s'>%s</a> %d" % (
            file, html.escape(next(n for f, n in members if f == file), True), file, count) for file, count in files)
        body.append("<tr><td><code>%s</code><td>%d<td style='text-align:left'>%s" % (html.escape(text), len(members), links))
    return page("Failures by cause", "\n".join(body) + "</table>")


def changes_page(data):
    worse, better = [], []
    for file, entry in data.files.items():
        for name, row in entry["rows"].items():
            if row["wanted"] and row["before"] is not None:
                then, now = row["before"] in expectations.GOOD, row["kind"] in expectations.GOOD
                link = "<li><a href='files/%s.html#%s'>%s</a> %s → %s" % (
                    file, html.escape(name, True), html.escape(name), row["before"], row["kind"])
                if then and not now:
                    worse.append(link)
                elif now and not then:
                    better.append(link)
    body = "<p><a href=index.html>all files</a></p><h2>Newly failing: %d</h2><ul>%s</ul><h2>Newly passing: %d</h2><ul>%s</ul>" % (
        len(worse), "\n".join(worse), len(better), "\n".join(better))
    return page("Changes since the run before", body)


def results_json(data, table):
    out = {}
    for file, entry in data.files.items():
        out[file] = {"tier": table.get(file, {}).get("tier"), "category": table.get(file, {}).get("category"),
                     "pass": entry["good"],
                     "of": entry["wanted"], "seconds": round(entry["record"]["seconds"], 2),
                     "peak": entry["record"]["peak"],
                     "methods": {name: row["kind"] for name, row in entry["rows"].items()}}
    return json.dumps(out, indent=0)


def main(arguments):
    base = history.connect()
    data = Comparison(base)
    if not data.files:
        print("conformance report: no run is stored", file=sys.stderr)
        return 1
    table = expectations.inventory()
    folder = Path(arguments[0]) if arguments and not arguments[0].startswith("-") else history.FOLDER / "report"
    (folder / "files").mkdir(parents=True, exist_ok=True)
    groups = clusters(data)
    (folder / "index.html").write_text(index_page(data, table), encoding="utf-8")
    (folder / "clusters.html").write_text(clusters_page(groups), encoding="utf-8")
    (folder / "changes.html").write_text(changes_page(data), encoding="utf-8")
    (folder / "results.json").write_text(results_json(data, table), encoding="utf-8")
    for file, entry in data.files.items():
        (folder / "files" / (file + ".html")).write_text(file_page(file, entry), encoding="utf-8",
                                                         errors="backslashreplace")
    good, whole = total(data.files.values())
    print("%s: %d of %d portable methods (%s)" % (folder / "index.html", good, whole, share(good, whole)))
    for text, members in groups[:25]:
        print("%6d  %s" % (len(members), text))
    return 0
