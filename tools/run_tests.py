# SPDX-License-Identifier: MIT
# ./dev test: C++ unit tests, then tests/python on python3.11 and on Viperine.
# A test is a plain program. What it must print: its "# expect: text" comments in order; without any, what python3.11
# prints. It must exit with 0, or with the number of "# exit: N". Files whose names begin with "_" are helpers.

import argparse
import difflib
import json
import os
import re
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from common import BUILD, CPYTHON, ROOT, Tally, default_interpreter, jobs, parallel, progress, run_program

EXPECT = re.compile(r"^\s*# expect:(?: (.*))?$|\S\s+# expect:(?: (.*))?$", re.MULTILINE)
EXIT = re.compile(r"^# exit: (\d+)$", re.MULTILINE)
ARGUMENTS = re.compile(r"^# options: (.*)$", re.MULTILINE)
ADDRESS = re.compile(r"at 0x[0-9a-fA-F]+")
TEMPORARY = re.compile(r"/tmp/tmp[A-Za-z0-9_]+")
CPYTHON_ONLY_MARK = "# oracle: none"
FOLDER = ROOT / "tests" / "python"
STRESS_ROWS = ("gc-stress=97", "gc-dirty", "gc-move", "gc-verify", "nursery=0")


class Test:
    """One file and what is expected of it."""

    def __init__(self, path):
        self.path = path
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        self.name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
        lines = [first or second for first, second in EXPECT.findall(text)]
        self.expected = "".join(line + "\n" for line in lines) if lines else None
        match = EXIT.search(text)
        self.status = int(match.group(1)) if match else 0
        match = ARGUMENTS.search(text)
        self.options = match.group(1).split() if match else []
        self.has_oracle = CPYTHON_ONLY_MARK not in text


def find_tests(names):
    paths = []
    for name in names or [FOLDER]:
        path = Path(name).resolve()
        if not path.exists():
            path = FOLDER / name
        paths += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [Test(path) for path in paths if not path.name.startswith("_") and "fixtures" not in path.parts]


def run_test(command, test, timeout):
    return run_program([*command, *test.options, test.path], timeout=timeout, cwd=test.path.parent)


def plain(output):
    """Text without addresses and names of temporary files, which differ from run to run."""
    text = output.decode(errors="replace")
    return TEMPORARY.sub("/tmp/tmp", ADDRESS.sub("at 0x", text))


def judge(test, run, reference):
    """None when the run is right, else what is wrong with it."""
    expected = test.expected
    if expected is None and reference is not None:
        expected = plain(reference.out)
    out = plain(run.out)
    problems = []
    if run.timed_out or run.status != test.status:
        problems.append(run.describe())
        tail = run.err.decode(errors="replace").strip().splitlines()[-6:]
        problems += tail
    if expected is not None and out != expected:
        problems.append(difference(expected, out))
    return "\n".join(problems) or None


def difference(expected, out, limit=12):
    lines = list(difflib.unified_diff(expected.splitlines(), out.splitlines(), "expected", "actual", n=0, lineterm=""))
    body = [line[:400] for line in lines[2:] if not line.startswith("@@")]
    count = len(body)
    text = "\n".join(body[:limit])
    return text + ("\n... %d differing lines in all" % count if count > limit else "")


def python_tests(options):
    """Runs tests/python; returns (tally, records)."""
    tally, records = Tally(), []
    tests = find_tests(options.files)
    interpreter = options.interpreter or default_interpreter()
    rows = [["-X", row] for row in options.stress] or [[]]
    have_interpreter = Path(interpreter).exists() and options.only != "cpython"
    if not have_interpreter and options.only != "cpython":
        print("no interpreter at %s: only python3.11 runs" % interpreter, file=sys.stderr)

    def both(test):
        reference = run_test([CPYTHON, "-s"], test, options.timeout) if test.has_oracle else None
        runs = []
        if have_interpreter:
            for row in rows:
                runs.append((row, run_test([interpreter, *row], test, options.timeout)))
        return reference, runs

    for number, (test, (reference, runs)) in enumerate(parallel(both, tests, options.jobs), 1):
        progress("tests/python %d of %d" % (number, len(tests)))
        if reference is not None and options.only != "viperine":
            problem = judge(test, reference, reference)
            tally.add(test.name + " on python3.11", problem is None, problem or "")
        for row, run in runs:
            problem = judge(test, run, reference)
            label = test.name + (" " + " ".join(row) if row else "")
            records.append({"test": test.name, "row": row, "passed": problem is None, "seconds": round(run.seconds, 3),
                            "peak": run.peak, "problem": problem})
            if options.brief and problem:
                problem = problem.splitlines()[0]
            tally.add(label, problem is None, problem or "")
    progress("")
    return tally, records


def unit_tests():
    """Runs what CTest knows of in the first build that has unit tests."""
    tally = Tally()
    for preset in ("debug", "sanitize", "gcc"):
        folder = BUILD / preset
        if (folder / "CTestTestfile.cmake").exists():
            report = folder / "ctest.xml"
            run_program(["ctest", "--test-dir", folder, "-j", jobs(), "--output-junit", report], timeout=1800, cwd=ROOT)
            for case in ElementTree.parse(report).getroot().iter("testcase"):
                text = case.findtext("system-out") or ""
                tally.add("unit %s" % case.get("name"), case.get("status") == "run", text[-1500:])
            break
    return tally


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./dev test", description="unit tests and tests/python")
    parser.add_argument("files", nargs="*", help="files or folders (default: all, and the unit tests)")
    parser.add_argument("--interpreter", type=os.path.abspath, help="instead of build/release/viperine")
    parser.add_argument("--only", choices=("cpython", "viperine"))
    parser.add_argument("--stress", action="append", default=[], metavar="ROW", help="run with -X ROW (repeatable)")
    parser.add_argument("--jobs", "-j", type=int, default=jobs())
    parser.add_argument("--timeout", type=float, default=180)
    parser.add_argument("--brief", "-b", action="store_true", help="one line for each failure")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    start = time.monotonic()
    tally = Tally()
    if not options.files and not options.stress:
        tally.merge(unit_tests())
    found, records = python_tests(options)
    tally.merge(found)
    folder = BUILD / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "results.jsonl", "w") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")
    print("%s in %.0f s" % (tally.line(), time.monotonic() - start))
    return 1 if tally.failed else 0
