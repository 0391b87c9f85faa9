# SPDX-License-Identifier: MIT
# ./dev order: makes cmake/start_functions.txt anew: the functions that a start calls, in the order of their first calls,
# then those that the programs of bench/ call, the most shared first. So few pages of the executable are touched
# (docs/decisions/0013). It needs an executable that is not stripped.

import argparse
import subprocess
import sys
from pathlib import Path

from common import BUILD, ROOT, plain_environment, progress

LIST = ROOT / "cmake" / "start_functions.txt"
TRACER = ROOT / "tests" / "tools" / "first_calls.cpp"
HEAD = "# Functions in the order of their first call when Viperine starts, then those of small programs; made by ./dev order.\n"
SHARED_BY = 2       # programs, at least


def first_calls(tracer, symbols, program, arguments, environment):
    """Names of the functions that a run calls, in order."""
    run = subprocess.run([tracer, symbols, program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, cwd=ROOT / "bench", env=environment, timeout=600)
    return run.stderr.decode(errors="replace").split()


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev order", description="order of the functions in the executable")
    parser.add_argument("program", nargs="?", default=BUILD / "prof" / "viperine",
                        help="built with -DVIPERINE_STRIP=OFF (default: build/prof/viperine)")
    program = Path(parser.parse_args(arguments).program).resolve()
    if not program.exists():
        sys.exit("order: no %s (cmake --preset release -B build/prof -DVIPERINE_STRIP=OFF; ninja -C build/prof)" % program)
    folder = BUILD / "order"
    folder.mkdir(parents=True, exist_ok=True)
    tracer = folder / "first_calls"
    subprocess.run(["c++", "-std=c++20", "-O1", "-o", tracer, TRACER], check=True)
    listing = subprocess.run(["nm", program], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    known = sorted((row[0], row[2]) for row in rows if len(row) == 3 and row[1] in "tTwW")
    symbols = folder / "symbols"
    symbols.write_text("".join("%s %s\n" % row for row in known))
    names = {name for _, name in known}
    environment = plain_environment()
    ordered = []
    for start in (["-c", "pass"], [ROOT / "bench" / "nbody.py"]):
        ordered += [name for name in first_calls(tracer, symbols, program, start, environment) if name in names]
    ordered = list(dict.fromkeys(ordered))
    if not ordered:
        sys.exit("order: %s calls none of its functions" % program)
    users = {}
    programs = sorted((ROOT / "bench").glob("[a-z]*.py"))
    for done, path in enumerate(programs):
        progress("order: %d of %d programs" % (done, len(programs)))
        for name in dict.fromkeys(first_calls(tracer, symbols, program, [path], environment)):
            users[name] = users.get(name, 0) + 1
    started = set(ordered)
    later = [name for name, count in users.items() if name in names and name not in started and count >= SHARED_BY]
    later.sort(key=lambda name: -users[name])
    LIST.write_text(HEAD + "".join(name + "\n" for name in ordered + later))
    progress("")
    print("%s: %d functions of a start, %d shared by programs" % (LIST.name, len(ordered), len(later)))
    return 0
