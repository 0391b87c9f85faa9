# SPDX-License-Identifier: MIT
# ./check: builds, then every kind of test; the last line is "N passed, N failed", alone.
# Steps whose subject does not exist are left out without a word.

import argparse
import sys
import time

import build
import check_layers
import format as formatting
import golden
import run_tests
import stress
from common import KNOWN_FAILURES, ROOT, Tally, executable, known_failures, run_program


def step(text):
    print("== %s" % text, flush=True)


def sources(tally):
    found = list(check_layers.violations())
    tally.add("layers", not found, "\n".join(found))
    found = [line for path in formatting.files() for line in formatting.problems(path)]
    tally.add("format", not found, "\n".join(found[:20]))


def builds(tally, options):
    for preset in ("release", "debug"):
        start = time.monotonic()
        ok = build.build(preset, ["all", *(golden.programs() if preset == "release" else [])])
        tally.add("build %s" % preset, ok)
        print("   built %s in %.0f s" % (preset, time.monotonic() - start), flush=True)
        if not ok:
            return False
    return True


def python_tests(tally):
    options = run_tests.parse([])
    if not executable().exists():
        options.only = "cpython"
    tally.merge(run_tests.python_tests(options)[0])


def stress_sample(tally):
    interpreter = stress.stress_interpreter()
    if interpreter.exists():
        rows = stress.rows_of(interpreter)[:2]
        tally.merge(stress.run_rows(rows, stress.sample(), interpreter))


def examples(tally):
    """Each program of examples/ has a transcript beside it: what it prints on python3.11."""
    if not executable().exists():
        return
    for path in sorted((ROOT / "examples").glob("*.py")):
        runs = [run_program([name, path, "--demo"], timeout=60, cwd=ROOT) for name in (run_tests.CPYTHON, executable())]
        same = runs[0].out == runs[1].out and runs[0].status == runs[1].status == 0
        detail = runs[1].describe() + "\n" + runs[1].err.decode(errors="replace")[-800:]
        tally.add("example %s" % path.name, same, detail)


def extra(tally, module, label):
    """Later tools (conformance, fuzz, size) bring their own check(tally); those that exist are called."""
    found = any((ROOT / "tools" / (module + end)).exists() for end in (".py", "/__init__.py"))
    if found and executable().exists():
        tool = __import__(module)
        if hasattr(tool, "check"):
            step(label)
            tool.check(tally)


def accept(tally, reason):
    """Rewrites tests/known_failures.txt: without what passes now, with what failed and the reason given."""
    known = {name: text for name, text in Tally.known.items() if name not in tally.unexpected}
    known.update((name, reason) for name in tally.failures if name not in tally.unexpected)
    head = "# What does not pass yet: name | reason. ./check fails when one of these passes: the list only shrinks.\n"
    lines = ["%s | %s\n" % entry for entry in sorted(known.items())]
    if lines:
        KNOWN_FAILURES.write_text(head + "".join(lines))
    elif KNOWN_FAILURES.exists():
        KNOWN_FAILURES.unlink()


def main(arguments):
    parser = argparse.ArgumentParser(prog="./check")
    parser.add_argument("--no-conformance", action="store_true", help="without the sample of CPython's suite")
    parser.add_argument("--accept", metavar="REASON", help="write what fails into tests/known_failures.txt, with this reason")
    options = parser.parse_args(arguments)
    Tally.known = known_failures()
    start = time.monotonic()
    tally = Tally()
    step("sources")
    sources(tally)
    step("build")
    if builds(tally, options):
        step("unit tests")
        tally.merge(run_tests.unit_tests())
        step("python tests")
        python_tests(tally)
        step("golden texts")
        tally.merge(golden.run())
        step("examples")
        examples(tally)
        step("stress sample")
        stress_sample(tally)
        extra(tally, "bench", "programs of the bench")
        extra(tally, "fuzz", "fuzzer sample")
        extra(tally, "size", "sizes")
        if not options.no_conformance:
            extra(tally, "conformance", "conformance sample")
    print("== %.0f minutes" % ((time.monotonic() - start) / 60))
    if options.accept:
        accept(tally, options.accept)
    for name in tally.failures:
        print("failed: %s" % name)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
