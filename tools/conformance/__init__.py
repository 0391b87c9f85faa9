# SPDX-License-Identifier: MIT
# ./dev conformance: CPython's own test suite (Debian's libpython3.11-testsuite, unmodified), method by method.
# See --help; ./dev conformance report writes HTML; ./check calls check().

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from common import CPYTHON, default_interpreter, jobs, progress

from . import expectations, history, report, self_test
from .regrtest import run_regrtest
from .runner import Limits, run_file

ORDER = ("pass", "fail", "error", "crash", "time-out", "out of memory", "skip", "implementation detail",
         "expected failure", "unexpected pass")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./dev conformance",
                                     description="CPython's test suite, one outcome per method")
    parser.add_argument("files", nargs="*", help="test files, as test_dict or test_json.test_decode")
    parser.add_argument("--tier", type=int, choices=(1, 2, 3), help="all files of tiers 1 to N")
    parser.add_argument("--category", help="all files of a category (a part of its name)")
    parser.add_argument("--sample", action="store_true", help="the fixed part that ./check runs")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", "-j", type=int, default=jobs())
    parser.add_argument("--interpreter", type=os.path.abspath, default=default_interpreter())
    parser.add_argument("--file-seconds", type=float, default=400)
    parser.add_argument("--method-seconds", type=float, default=60)
    parser.add_argument("--megabytes", type=int, default=3072, help="resident memory of all processes of a file")
    parser.add_argument("--regrtest", action="store_true",
                        help="run the files through python -m test instead of the driver (outcomes only)")
    parser.add_argument("--no-portable", action="store_true", help="with python3.11: also what only CPython must pass")
    parser.add_argument("--update", action="store_true", help="shrink the lists of expectations")
    parser.add_argument("--reason", help="with --update: let the lists grow, 'class: reason'")
    parser.add_argument("--cause", help="with --reason: only by failures whose id or traceback matches this expression")
    parser.add_argument("--failures", "-f", action="store_true",
                        help="print each failure with the end of its traceback")
    return parser.parse_args(arguments)


def choose(options):
    table = expectations.inventory()
    if options.sample:
        return expectations.sample()
    if options.all:
        return list(table)
    if options.tier or options.category:
        return [name for name, entry in table.items() if (not options.tier or entry["tier"] <= options.tier)
                and (options.category or "") in entry["category"]]
    names = [os.path.basename(name).removesuffix(".py") for name in options.files]
    return [name.removeprefix("test.") for name in names]


def clock_text(seconds):
    return "%d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)


class Pace:
    """How far a run is, by the seconds that python3.11 needed for each file; without them by methods."""

    def __init__(self, names, weights):
        self.weights = {name: weights.get(name, 1.0) for name in names}
        self.start = time.monotonic()
        self.done = 0.0

    def ended(self, name):
        self.done += self.weights[name]
        share = self.done / sum(self.weights.values())
        passed = time.monotonic() - self.start
        return "%3.0f %% %s, about %s left" % (100 * share, clock_text(passed), clock_text(passed / share - passed))


def summary_line(outcome):
    counts = outcome.counts()
    text = "  ".join("%s %d" % (kind, counts[kind]) for kind in ORDER if kind in counts)
    note = outcome.note.strip().splitlines()
    return "%-34s %s%s (%.1f s)" % (outcome.name, text, (" " + note[0] + " ... " + note[-1])[:150] if note else "",
                                    outcome.seconds)


def run_all(names, interpreter, limits, count, base, run, portable=False, quiet=False, runner=run_file):
    """Runs files in parallel, slowest first, and stores each as it ends."""
    table = expectations.inventory()
    seconds = history.reference_seconds(base)
    weights = {name: 0.2 + seconds.get(name, table.get(name, {}).get("methods", 0) / 40) for name in names}
    ordered = sorted(names, key=lambda name: -weights[name])
    pace = Pace(ordered, weights)
    results = {}
    with ThreadPoolExecutor(count) as pool:
        futures = {pool.submit(runner, name, interpreter, limits, (), portable): name for name in ordered}
        for number, future in enumerate(as_completed(futures), 1):
            outcome = future.result()
            results[outcome.name] = outcome
            history.store(base, run, outcome)
            ahead = pace.ended(outcome.name)
            if quiet:
                progress("conformance %d of %d (%s)" % (number, len(ordered), ahead))
            else:
                print("[%d/%d, %s] %s" % (number, len(ordered), ahead, summary_line(outcome)), flush=True)
    progress("")
    return results


def ensure_reference(base, names, limits, count):
    """Runs python3.11 over the files whose outcomes are not known on this machine."""
    run = history.reference_run(base)
    missing = [name for name in names if name not in history.files_of(base, run)]
    if missing:
        print("reference: python3.11 over %d files" % len(missing), file=sys.stderr, flush=True)
        run_all(missing, CPYTHON, limits, count, base, run, portable=True, quiet=True)
    return run


def print_failures(outcome):
    for name, (kind, _, detail) in sorted(outcome.methods.items()):
        if kind in ("fail", "error", "crash", "time-out", "out of memory"):
            print("  %s %s\n      %s" % (kind, name, "\n      ".join(detail.strip().splitlines()[-6:])))
    for name, detail in outcome.fixtures.items():
        print("  fixture %s\n      %s" % (name, "\n      ".join(detail.strip().splitlines()[-6:])))
    if outcome.note:
        print("  " + "\n  ".join(outcome.note.strip().splitlines()[-8:]))


def headline(base, reference, names, results):
    good = portable = crashes = 0
    for name in names:
        theirs = history.outcomes_of(base, reference, name)
        ours = results[name].methods
        wanted = [n for n, (kind, _, _) in theirs.items() if kind in expectations.GOOD]
        portable += len(wanted)
        good += sum(ours.get(n, ("",))[0] in expectations.GOOD for n in wanted)
        crashes += sum(kind in ("crash", "time-out", "out of memory") for kind, _, _ in ours.values())
    share = 100.0 * good / portable if portable else 0.0
    return "%d of %d methods that python3.11 passes (%.1f %%); %d crashes, time-outs or out of memory" % (
        good, portable, share, crashes)


def main(arguments):
    if arguments[:1] == ["report"]:
        return report.main(arguments[1:])
    options = parse(arguments)
    names = choose(options)
    if not names:
        print("conformance: name files, or --tier N, --category WORD, --sample, --all", file=sys.stderr)
        return 2
    limits = Limits(options.file_seconds, options.method_seconds, options.megabytes << 20)
    base = history.connect()
    start = time.monotonic()
    is_cpython = os.path.realpath(options.interpreter) == os.path.realpath(CPYTHON)
    reference = None if is_cpython else ensure_reference(base, names, limits, options.jobs)
    scope = "all" if options.all else "tier %d" % options.tier if options.tier else "%d files" % len(names)
    if is_cpython and not options.no_portable:
        reference = run = history.reference_run(base)
    else:
        run = history.begin(base, options.interpreter, False, scope)
    results = run_all(names, options.interpreter, limits, options.jobs, base, run, portable=is_cpython
                      and not options.no_portable, runner=run_regrtest if options.regrtest else run_file)
    if options.failures:
        for name in names:
            print(name)
            print_failures(results[name])
    print("%.0f s; %s" % (time.monotonic() - start, headline(base, reference, names, results) if reference
                          else "stored"))
    return update(base, reference, names, results, options.reason, options.cause) if options.update else 0


def update(base, reference, names, results, reason, cause):
    pair = None
    if reason:
        kind, _, text = reason.partition(":")
        if kind.strip() not in expectations.CLASSES or not text.strip():
            print("conformance: --reason 'CLASS: TEXT', with a class of %s" % ", ".join(expectations.CLASSES),
                  file=sys.stderr)
            return 2
        pair = (text.strip(), kind.strip())
    refused = 0
    for name in names:
        removed, added, left = expectations.update(name, history.outcomes_of(base, reference, name),
                                                   results[name].methods, pair, cause)
        refused += left
        if removed or added or left:
            print("%s: %d removed, %d added, %d refused: no reason" % (name, removed, added, left))
    return 1 if refused else 0


def check(tally):
    """For ./check: the sample; what got worse and what passes unexpectedly are failures."""
    self_test.check(tally)
    names = expectations.sample()
    base = history.connect()
    limits = Limits(file_seconds=300, method_seconds=60)
    reference = ensure_reference(base, names, limits, jobs())
    run = history.begin(base, default_interpreter(), False, "sample")
    results = run_all(names, default_interpreter(), limits, jobs(), base, run, quiet=True)
    slow = [name for name in names if any(kind == "time-out" for kind, _, _ in results[name].methods.values())]
    if slow:        # the machine may have been busy: once more, one at a time, with more time
        results.update(run_all(slow, default_interpreter(), Limits(900, 240), 1, base, run, quiet=True))
    for name in names:
        passed, worse, unexpected = expectations.compare(name, history.outcomes_of(base, reference, name),
                                                         results[name].methods)
        for method in passed:
            tally.add(method, True)
        for method, kind in worse:
            detail = results[name].methods.get(method, ("", 0, results[name].note))[2]
            tally.add("conformance %s (%s)" % (method, kind), False, "\n".join(detail.strip().splitlines()[-3:]))
        for method in unexpected:
            tally.add("conformance %s" % method, False,
                      "passes, but tests/conformance/expected says it does not: --update")
        tally.skip(sum(kind in ("skip", "implementation detail") for kind, _, _ in results[name].methods.values()))
    print("   " + headline(base, reference, names, results))
