# SPDX-License-Identifier: MIT
# ./dev memory: bytes per object of some fifty kinds, and memory given back, on Viperine, python3.11 and pypy3.
# Each figure is RSS growth in a process of its own (tools/memory_probe.py). JSON goes to build/memory/; --table FILE
# writes a Markdown table.

import argparse
import json
import os
import sys
import time
from pathlib import Path

from bench import geometric_mean
from common import BUILD, CPYTHON, PYPY, ROOT, default_interpreter, parallel, run_program

PROBE = ROOT / "tools" / "memory_probe.py"
SCENES = {"--idle": "idle interpreter", "--return": "after dropping 63 of 64 of a heap of 100 MB",
          "--fragment": "after dropping 99 of 100 objects", "--drop-all": "after dropping everything"}


def kinds():
    run = run_program([CPYTHON, "-S", PROBE, "--kinds"])
    return run.out.decode().splitlines()


def probe(interpreter, *arguments):
    run = run_program([interpreter, "-S", PROBE, *arguments], timeout=180)
    text = run.out.decode(errors="replace").strip()
    if run.status != 0 or not text:
        return None
    values = [float(word) for word in text.splitlines()[-1].split()]
    return values[0] if len(values) == 1 else values


def figure(value):
    return "%8.1f" % value if value is not None else "       -"


def sizes(names, interpreters):
    table = {}
    jobs = [(kind, who) for kind in names for who in interpreters]
    for (kind, who), value in parallel(lambda job: probe(interpreters[job[1]], job[0]), jobs):
        table.setdefault(kind, {})[who] = value
        if len(table[kind]) == len(interpreters):
            print("%-34s" % kind + "".join("  " + figure(table[kind][who]) for who in interpreters), flush=True)
    return table


def scenes(interpreters):
    table = {}
    for option, text in SCENES.items():
        for who, path in interpreters.items():
            values = probe(path, option)
            table.setdefault(text, {})[who] = values
            if not values:
                line = "failed"
            elif option == "--idle":
                line = "%.1f MB" % (values[0] / 1e6)
            else:
                start, full, after, live = (value / 1e6 for value in values)
                line = "%.1f MB at the start, %.1f full, %.1f after; live %.1f: start + %.2f x live" % (
                    start, full, after, live, (after - start) / live) if live else (
                    "%.1f MB at the start, %.1f full, %.1f after" % (start, full, after))
            print("%-46s %-10s %s" % (text, who, line), flush=True)
    return table


BARS = (("instance of 3 attributes", 45), ("element of a list of ints", 8.2), ("element of a list of floats", 8.2))
RETURN_BAR = 1.3    # times the live bytes, above the start, after most of a heap was dropped and gc.collect() called


def bars(interpreter):
    """What the project promises, measured on Viperine; how many bars do not hold."""
    failed = 0

    def line(text, value, limit, unit):
        nonlocal failed
        holds = value is not None and value <= limit
        failed += not holds
        print("bar: %-58s %8s <= %.1f %s: %s" % (text, "-" if value is None else "%.2f" % value, limit, unit,
                                                 "holds" if holds else "DOES NOT HOLD"), flush=True)

    for kind, limit in BARS:
        line(kind, probe(interpreter, kind), limit, "bytes")
    values = probe(interpreter, "--return")
    ratio = (values[2] - values[0]) / values[3] if values else None
    line(SCENES["--return"] + ": growth / live", ratio, RETURN_BAR, "times")
    return failed


def markdown(table, names):
    lines = ["| kind | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for kind, row in table.items():
        cells = ["%.0f" % row[who] if row[who] is not None else "-" for who in names]
        lines.append("| %s | %s |" % (kind, " | ".join(cells)))
    return "\n".join(lines) + "\n"


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev memory")
    parser.add_argument("kinds", nargs="*", help="words in the names of kinds")
    parser.add_argument("--interpreter", type=os.path.abspath, default=default_interpreter())
    parser.add_argument("--no-scenes", action="store_true")
    parser.add_argument("--bars", action="store_true", help="only the bars that must hold, on Viperine")
    parser.add_argument("--table", metavar="FILE")
    options = parser.parse_args(arguments)
    if options.bars:
        return 1 if bars(options.interpreter) else 0
    interpreters = {"viperine": options.interpreter, "python3.11": CPYTHON, "pypy3": PYPY}
    interpreters = {who: path for who, path in interpreters.items() if os.path.exists(path)}
    names = [kind for kind in kinds() if not options.kinds or any(word in kind for word in options.kinds)]
    print("%-34s" % "bytes per object" + "".join("  %8s" % who[:10] for who in interpreters))
    table = sizes(names, interpreters)
    if "viperine" in interpreters:
        for peer in list(interpreters)[1:]:
            pairs = [(max(row["viperine"], 1), row[peer]) for row in table.values() if row["viperine"] is not None
                     and row[peer]]
            pairs = [(a, b) for a, b in pairs if b > 1]
            if pairs:
                worse = [kind for kind, row in table.items() if row["viperine"] and row[peer]
                         and row["viperine"] > row[peer] + 1]
                print("beside %s: geometric mean %.2f; larger: %s" % (peer, geometric_mean([a / b for a, b in pairs]),
                                                                      ", ".join(worse) or "none"))
    record = {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "sizes": table}
    if not options.no_scenes and not options.kinds:
        record["scenes"] = scenes(interpreters)
        if "viperine" in interpreters:
            bars(options.interpreter)
    folder = BUILD / "memory"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "latest.json").write_text(json.dumps(record, indent=1) + "\n")
    if options.table:
        Path(options.table).write_text(markdown(table, list(interpreters)))
    return 0 if any(row.get("viperine") is not None for row in table.values()) or "viperine" not in interpreters else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
