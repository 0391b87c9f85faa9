# SPDX-License-Identifier: MIT
# ./dev bench: the programs of bench/ on Viperine beside python3.11 (from an empty venv) and pypy3 where installed.
# Runs are interleaved, medians are compared, outputs must be equal. JSON goes to build/bench/.
# --start measures what a start costs instead: the programs of START.
# A ratio of time is python3.11's time over ours (above 1: faster); of memory ours over python3.11's (below 1: smaller).

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from common import BUILD, CPYTHON, PYPY, ROOT, default_interpreter, parallel, plain_environment, progress, run_program

FOLDER = ROOT / "bench"
RESULTS = BUILD / "bench"
START = {
    "-S -c pass": ["-S", "-c", "pass"],
    "-c pass": ["-c", "pass"],
    "five imports": ["-c", "import json, re, argparse, typing, dataclasses"],
    "import asyncio": ["-c", "import asyncio"],
}


def programs(names):
    found = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if not path.name.startswith("_")}
    chosen = names or list(found)
    unknown = [name for name in chosen if name.removesuffix(".py") not in found]
    if unknown:
        sys.exit("bench: no program %s; there are: %s" % (" ".join(unknown), " ".join(found)))
    return [found[name.removesuffix(".py")] for name in chosen]


def reference_interpreter():
    """python3.11 in an empty virtual environment, so that no site packages weigh on it."""
    folder = BUILD / "bench-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([CPYTHON, "-m", "venv", "--without-pip", folder], stderr=subprocess.DEVNULL)
    return str(python) if python.exists() else CPYTHON


class Measurement:
    """All runs of one program on one interpreter."""

    def __init__(self):
        self.seconds = []
        self.peaks = []
        self.problem = None
        self.output = None

    def add(self, run):
        if run.timed_out or run.status != 0:
            last = run.err.decode(errors="replace").strip().splitlines()[-1:] or [""]
            self.problem = "%s %s" % (run.describe(), last[0][:100])
            return
        self.seconds.append(run.seconds)
        self.peaks.append(run.peak)
        self.output = run.out

    def time(self):
        return statistics.median(self.seconds)

    def peak(self):
        return statistics.median(self.peaks)

    def record(self):
        if self.problem:
            return {"problem": self.problem}
        return {"seconds": round(self.time(), 4), "best": round(min(self.seconds), 4), "peak": int(self.peak()),
                "runs": len(self.seconds)}


def measure(arguments, interpreters, runs, timeout):
    """Interleaved: one run of each interpreter, then the next round."""
    results = {name: Measurement() for name in interpreters}
    environment = plain_environment()
    environment.pop("PYTHONDONTWRITEBYTECODE")      # programs may keep their byte code, as people's do
    for _ in range(runs):
        for name, command in interpreters.items():
            if results[name].problem is None:
                results[name].add(run_program([command, *arguments], timeout=timeout, cwd=FOLDER, environment=environment))
    return results


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else float("nan")


def ratios(results, subject, reference):
    """(time ratio, memory ratio) or None when either failed."""
    a, b = results[subject], results[reference]
    if a.problem or b.problem:
        return None
    return b.time() / a.time(), a.peak() / b.peak()


def report_line(name, results, subject, others):
    ours = results[subject]
    if ours.problem:
        return "%-18s %s" % (name, ours.problem)
    text = "%-18s %7.3f s %7.1f MB" % (name, ours.time(), ours.peak() / 1e6)
    for other in others:
        pair = ratios(results, subject, other)
        text += "   %6.2fx %6.2f" % pair if pair else "   %6s  %6s" % ("-", "-")
    return text + (" " if same_output(results, subject, others) else "  OUTPUT DIFFERS")


def same_output(results, subject, others):
    return all(results[other].problem or results[other].output == results[subject].output for other in others)


def summary(table, subject, others):
    out = {}
    for other in others:
        pairs = [ratios(results, subject, other) for results in table.values()]
        pairs = [pair for pair in pairs if pair]
        if pairs:
            out[other] = {"time": geometric_mean([p[0] for p in pairs]),
                          "memory": geometric_mean([p[1] for p in pairs]),
                          "slowest": min(p[0] for p in pairs), "largest": max(p[1] for p in pairs),
                          "programs": len(pairs)}
    return out


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--start", action="store_true", help="what a start costs, instead of the programs")
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("--interpreter", action="append", type=os.path.abspath, metavar="PATH",
                        help="instead of build/release/viperine (repeatable)")
    parser.add_argument("--no-pypy", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where to write the record besides build/bench/")
    return parser.parse_args(arguments)


def interpreters_of(options):
    subjects = options.interpreter or [default_interpreter()]
    table = {Path(path).name if len(subjects) == 1 else path: path for path in subjects}
    peers = {"python3.11": reference_interpreter()}
    if os.path.exists(PYPY) and not options.no_pypy:
        peers["pypy3"] = PYPY
    for path in table.values():
        if not Path(path).exists():
            sys.exit("bench: no interpreter at %s (./dev build)" % path)
    return list(table), {**table, **peers}, list(peers)


def main(arguments):
    options = parse(arguments)
    subjects, commands, peers = interpreters_of(options)
    print("%-18s %9s %10s" % ("program", "time", "peak") + "".join("   %-14s" % ("x " + peer) for peer in peers))
    table, failed = {}, 0
    work = START if options.start else {path.stem: [path] for path in programs(options.names)}
    for name, command_line in work.items():
        progress("%s ..." % name)
        results = measure(command_line, commands, options.runs, options.timeout)
        progress("")
        table[name] = results
        for subject in subjects:
            label = name if len(subjects) == 1 else "%s %s" % (name, subject)
            print(report_line(label, results, subject, peers), flush=True)
            if results[subject].problem or not same_output(results, subject, peers):
                failed += 1
    record = {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "interpreters": commands,
              "runs": options.runs,
              "programs": {name: {who: m.record() for who, m in results.items()} for name, results in table.items()}}
    for subject in subjects:
        record.setdefault("summary", {})[subject] = totals = summary(table, subject, peers)
        for peer, values in totals.items():
            print("%s beside %s: %.2f times as fast (slowest program %.2f), %.2f of the memory (largest %.2f), %d programs" % (
                subject, peer, values["time"], values["slowest"], values["memory"], values["largest"],
                values["programs"]))
    save(record, options.json)
    if failed:
        print("%d failed" % failed)
    return 1 if failed else 0


def check(tally):
    """For ./check: every program once, the same output as python3.11."""
    commands = {"viperine": default_interpreter(), "python3.11": CPYTHON}
    for path, results in parallel(lambda path: measure([path], commands, 1, 120), programs([])):
        ours = results["viperine"]
        tally.add("bench %s" % path.stem, not ours.problem and same_output(results, "viperine", ["python3.11"]),
                  ours.problem or "output differs")


def save(record, extra):
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, indent=1) + "\n"
    (RESULTS / ("%s.json" % record["when"].replace(":", ""))).write_text(text)
    (RESULTS / "latest.json").write_text(text)
    if extra:
        Path(extra).write_text(text)
