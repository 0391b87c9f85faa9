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
        text = re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", text)[:90] + " at: " + assertion_line(detail)
    return text[:200]


def assertion_line(detail):
    """The line of the test that asserted: what says more of the cause than two values that differ."""
    lines, found = detail.splitlines(), ""
    for place, line in zip(lines, lines[1:]):
        if place.startswith('  File "') and "/unittest/" not in place and line.startswith("    "):
            found = line.strip()
    return found


class Comparison:
    """The newest outcomes of every file beside the reference's."""

    def __init__(self, base):
        self.base = base
        self.reference = history.reference_run(base)
        newest = history.latest_runs(base, 1)
        self.runs = history.latest_runs(base, 60, newest[0]["version"]) if newest else []
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
        peaks = history.peaks_of(self.base, run, file)
        rows = {}
        for name in sorted(set(theirs) | set(ours)):
            wanted = theirs.get(name, ("absent",))[0] in expectations.GOOD
            kind, seconds, detail = ours.get(name, ("not run", 0.0, record["note"]))
            old = before.get(name, ("not run",))[0] if before is not None else None
            rows[name] = {"wanted": wanted, "kind": kind, "seconds": seconds, "detail": detail, "before": old,
                          "peak": peaks.get(name, 0)}
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
    body.append("<p><a href=clusters.html>failures by cause</a> · <a href=changes.html>changes</a> · "
                "<a href=grid.html>the last runs</a> · <a href=results.json>JSON</a></p>")
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
        cells = (entry["good"], entry["wanted"], share(entry["good"], entry["wanted"]), crashes,
                 "%.1f" % record["seconds"], "%.1f" % beside["seconds"], "%.0f" % (record["peak"] / 1e6),
                 "%.0f" % (beside["peak"] / 1e6))
        body.append("<tr class=%s><td><a href='files/%s.html'>%s</a><td>%s<td>%s" % (
            kind, file, file, table.get(file, {}).get("tier", "?"), "<td>".join(map(str, cells))))
    body.append("</table>")
    return page("Viperine and CPython's tests", "\n".join(body))


def repeat_command(file, name):
    """One method alone; doctests and the like only with their file."""
    if re.fullmatch(r"test\.[\w.]+", name) and "__test__" not in name:
        return "$(./dev where) -m unittest -v " + name
    return "./dev conformance %s -f" % file


def file_page(file, entry):
    body = ["<p><a href=../index.html>all files</a> · repeat: <code>./dev conformance %s -f</code></p>" % file]
    if entry["record"]["note"]:
        body.append("<pre>%s</pre>" % html.escape(entry["record"]["note"]))
    for name, detail in entry["record"]["fixtures"].items():
        body.append("<p>fixture %s</p><pre>%s</pre>" % (html.escape(name), html.escape(detail)))
    for name, row in entry["rows"].items():
        short = name.split(".", 2)[-1]
        mark = "" if row["wanted"] else " (not asked for)"
        link = html.escape(name, True)
        line = "<div id='%s' class='%s'><a href='#%s'>%s</a>: %s%s (%.2f s%s)" % (
            link, row["kind"].split()[-1], link, html.escape(short), row["kind"], mark, row["seconds"],
            ", %.0f MB" % (row["peak"] / 1e6) if row["peak"] else "")
        if row["kind"] in BAD:
            line += "<br>repeat: <code>%s</code>" % html.escape(repeat_command(file, name))
            if row["detail"] and row["kind"] != "not run":
                line += "<pre>%s</pre>" % html.escape(row["detail"][-2500:])
        elif row["kind"] in ("skip", "implementation detail") and row["detail"]:
            line += " " + html.escape(row["detail"][:200])
        body.append(line + "</div>")
    return page(file, "\n".join(body))


def grid_page(data, runs=12):
    """Files down, the last runs across: methods passed of those that python3.11 passes."""
    columns = [(run, history.shares_of(data.base, run["id"], data.reference)) for run in data.runs[:runs]]
    columns = [(run, shares) for run, shares in reversed(columns) if shares]
    body = ["<p><a href=index.html>all files</a></p><table><tr><th>file"]
    for run, _ in columns:
        body.append("<th title='%s'>%s<br>%s<br>%s" % (
            html.escape(run["interpreter"], True), run["started"][5:16].replace("T", " "),
            html.escape(run["commit"] or ""), html.escape(run["scope"] or "")))
    for file in sorted(data.files):
        row = ["<tr><td><a href='files/%s.html'>%s</a>" % (file, file)]
        before = None
        for _, shares in columns:
            cell = shares.get(file)
            if cell is None:
                row.append("<td>")
                continue
            kind = "pass" if cell[0] == cell[1] else "fail"
            mark = "" if before is None or before == cell[0] else "▲" if cell[0] > before else "▼"
            row.append("<td class=%s>%s%d/%d" % (kind, mark, *cell))
            before = cell[0]
        body.append("".join(row))
    return page("The last runs", "\n".join(body) + "</table>")


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


def method_json(row):
    entry = {"outcome": row["kind"], "portable": row["wanted"], "seconds": round(row["seconds"], 3), "peak": row["peak"]}
    if row["kind"] in BAD:
        entry["cause"] = cause(row["kind"], row["detail"])
    return entry


def results_json(data, table):
    out = {}
    for file, entry in data.files.items():
        out[file] = {"tier": table.get(file, {}).get("tier"), "category": table.get(file, {}).get("category"),
                     "pass": entry["good"],
                     "of": entry["wanted"], "seconds": round(entry["record"]["seconds"], 2),
                     "peak": entry["record"]["peak"],
                     "methods": {name: method_json(row) for name, row in entry["rows"].items()}}
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
    (folder / "grid.html").write_text(grid_page(data), encoding="utf-8")
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
