# SPDX-License-Identifier: MIT
# ./dev stress: tests/python on Viperine under each row of the stress matrix (an -X option each).

import sys

import run_tests
from common import BUILD, Tally, executable, known_failures


def sample():
    """A fixed tenth of the tests that pass, for ./check."""
    known = known_failures()
    tests = [test for test in run_tests.find_tests([]) if test.name not in known]
    return [str(test.path) for position, test in enumerate(tests) if position % 10 == 3]


def rows_of(path):
    """The rows that this build of the interpreter knows (it lists its own options)."""
    text = ""
    for option in ("--help-xoptions", "-h"):
        run = run_tests.run_program([path, option], timeout=20)
        text += (run.out + run.err).decode(errors="replace")
    return [row for row in run_tests.STRESS_ROWS if row.split("=")[0] in text]


def run_rows(rows, files, interpreter, timeout=300):
    tally = Tally()
    for row in rows:
        options = run_tests.parse(["--stress", row, "--only", "viperine", "--timeout", str(timeout), "--brief",
                                   "--interpreter", str(interpreter), *files])
        tally.merge(run_tests.python_tests(options)[0])
    return tally


def stress_interpreter():
    """The build with checks where there is one."""
    for preset in ("debug", "gc-stress", "release"):
        if executable(preset).exists():
            return executable(preset)
    return BUILD / "release" / "viperine"


def main(arguments):
    interpreter = stress_interpreter()
    known = rows_of(interpreter)
    rows = arguments or known
    if not rows:
        print("stress: %s knows none of the rows %s" % (interpreter, " ".join(run_tests.STRESS_ROWS)), file=sys.stderr)
        return 1
    return run_rows(rows, [], interpreter).finish()
