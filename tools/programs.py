# SPDX-License-Identifier: MIT
# ./dev programs: pure-Python packages of other people, run by python3.11 and by Viperine; the output must be the same.
# A package that is not installed is left out with a word. `apt-get download` and `dpkg -x` into a folder given with
# --path are enough. The programs are tests/python/packages/_NAME.py; the first line names the module to look for. They
# write files through Path: garbage collection may close an open() that nobody closes much later.

import argparse
import sys
import tempfile
import time
from pathlib import Path

from common import CPYTHON, ROOT, default_interpreter, first_difference, plain_environment, run_program

PROGRAMS = ROOT / "tests" / "python" / "packages"


def workloads():
    """(name, module to look for, program) of each file; their names begin with "_": they are no tests by themselves."""
    for path in sorted(PROGRAMS.glob("_*.py")):
        text = path.read_text(encoding="utf-8")
        yield path.stem[1:], text.split("\n", 1)[0].removeprefix("# package: "), text


def is_installed(module, environment):
    check = "import importlib.util, sys; sys.exit(importlib.util.find_spec(%r) is None)" % module
    return run_program([CPYTHON, "-c", check], environment=environment).status == 0


def compare(name, program, interpreter, environment, timeout):
    """None when both interpreters print the same and end alike, else what differs."""
    runs = []
    for command in (CPYTHON, interpreter):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "program.py").write_text(program, encoding="utf-8")
            run = run_program([command, "program.py"], timeout=timeout, cwd=folder, environment=environment)
            run.out = run.out.replace(folder.encode(), b"FOLDER")
            runs.append(run)
    expected, run = runs
    seconds = "%.1f s, python3.11 %.1f s" % (run.seconds, expected.seconds)
    if expected.status != 0:
        return "python3.11 fails too: " + expected.err.decode(errors="replace").strip()[-300:], seconds
    if run.status != 0 or run.timed_out:
        return run.describe() + "\n" + run.err.decode(errors="replace").strip()[-1500:], seconds
    if run.out != expected.out:
        return first_difference(expected.out.decode(errors="replace"), run.out.decode(errors="replace"),
                                ("python3.11", "viperine")), seconds
    return None, seconds


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev programs", description=__doc__)
    parser.add_argument("names", nargs="*", help="which ones (default: all)")
    parser.add_argument("--path", default="", help="folders put on PYTHONPATH, with ':' between them")
    parser.add_argument("--interpreter", default=default_interpreter())
    parser.add_argument("--timeout", type=float, default=300)
    options = parser.parse_args(arguments)
    environment = plain_environment(PYTHONPATH=options.path) if options.path else plain_environment()
    same = different = absent = 0
    start = time.monotonic()
    for name, module, program in workloads():
        if options.names and name not in options.names:
            continue
        if not is_installed(module, environment):
            print("%-16s not installed" % name)
            absent += 1
            continue
        problem, seconds = compare(name, program, options.interpreter, environment, options.timeout)
        print("%-16s %s (%s)" % (name, "same" if problem is None else "DIFFERENT", seconds), flush=True)
        if problem is None:
            same += 1
        else:
            different += 1
            print("    " + problem.replace("\n", "\n    "), flush=True)
    print("%d the same, %d different, %d not installed in %.0f s" % (same, different, absent, time.monotonic() - start))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
