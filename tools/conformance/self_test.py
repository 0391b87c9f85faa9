# SPDX-License-Identifier: MIT
# Holds the runner against a file that crashes, hangs, floods, takes memory and leaves children (tests/conformance/machinery).

from pathlib import Path

from common import CPYTHON, ROOT

from .runner import Limits, run_file

FOLDER = ROOT / "tests" / "conformance" / "machinery"
EXPECTED = {
    "Methods.test_passes": "pass", "Methods.test_crashes": "crash", "Methods.test_hangs": "time-out",
    "Methods.test_floods": "crash", "Methods.test_takes_memory": "out of memory",
    "Methods.test_leaves_a_child": "pass", "Methods.test_reads_stdin": "pass",
    "Methods.test_of_cpython_only": "implementation detail", "Methods.test_skips": "skip",
    "Methods.test_fails_as_expected": "expected failure", "Methods.test_passes_unexpectedly": "unexpected pass",
    "Methods.test_exits": "crash", "Methods.test_fails_in_a_subtest": "fail", "Methods.test_raises": "error",
    "CrashesBefore.(class fixture)": "crash", "CrashesAfter.test_passes": "pass", "Last.test_still_runs": "pass",
    "(outside)": "crash",
}


def is_running(text):
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if text in path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"):
                return True
        except OSError:
            continue
    return False


def check(tally):
    limits = Limits(file_seconds=120, method_seconds=4, memory=1 << 30)
    outcome = run_file("misbehaving", CPYTHON, limits, module="misbehaving", path=FOLDER)
    found = {name.removeprefix("misbehaving."): kind for name, (kind, _, _) in outcome.methods.items()}
    for name, kind in EXPECTED.items():
        actual = found.pop(name, "not run")
        tally.add("conformance machinery: %s" % name, actual == kind, "%s, not %s" % (actual, kind))
    tally.add("conformance machinery: nothing else ran", not found, str(found))
    tally.add("conformance machinery: no child is left", not is_running("sleep 1000.25"))
