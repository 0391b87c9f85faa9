# SPDX-License-Identifier: MIT
# ./dev fmt: tidies sources: tabs, blanks at line ends, final newline, line length, license line.
# clang-format, where installed, formats files named on the command line whole, and of the others the lines that are too long.

import shutil
import subprocess
import sys
from pathlib import Path

from common import ROOT

MAX_COLUMNS = 120
MAX_COLUMNS_OF_PYTHON = 160     # a few lines are one long text
FOLDERS = ("src", "tools", "lib", "bench", "examples", "cmake", "tests")
SUFFIXES = (".h", ".cpp", ".def", ".inc", ".py", ".cmake", ".sh", ".js")
FREE_FORM = ("tests/golden", "tests/fuzz/corpus", "tests/python", "tests/conformance")


def files():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in SUFFIXES and path.is_file() and not name.startswith(FREE_FORM):
                yield path


def problems(path):
    text = path.read_text(errors="replace")
    name = path.relative_to(ROOT)
    if text and not text.endswith("\n"):
        yield "%s: no newline at the end" % name
    if path.suffix in (".h", ".cpp", ".def") and "SPDX-License-Identifier" not in text[:400]:
        yield "%s: no SPDX line at the top" % name
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            yield "%s:%d: tab" % (name, number)
        if line != line.rstrip():
            yield "%s:%d: blank at the end of the line" % (name, number)
        if len(line) > (MAX_COLUMNS_OF_PYTHON if path.suffix == ".py" else MAX_COLUMNS) and path.suffix != ".def":
            yield "%s:%d: %d columns" % (name, number, len(line))


def tidy(path):
    text = path.read_text()
    better = "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"
    if better != text:
        path.write_text(better)


def break_long_lines(path, formatter):
    """Lets clang-format break the lines that are too long, and leaves the others alone."""
    for _ in range(2):
        lines = path.read_text().split("\n")
        long = [number for number, line in enumerate(lines, 1) if len(line) > MAX_COLUMNS]
        if not long:
            return
        subprocess.run([formatter, "-i", "--sort-includes=false", *("--lines=%d:%d" % (n, n) for n in long), path])


def main(arguments):
    if "--check" in arguments:
        found = [line for path in files() for line in problems(path)]
        for line in found[:50]:
            print(line)
        return 1 if found else 0
    formatter = shutil.which("clang-format-19") or shutil.which("clang-format")
    named = [Path(name) for name in arguments]
    sources = [path for path in named if path.suffix in (".h", ".cpp", ".inc")]
    if sources and formatter:
        subprocess.run([formatter, "-i", *sources])
    for path in named or files():
        tidy(path)
        if formatter and path.suffix in (".h", ".cpp"):
            break_long_lines(path, formatter)
    left = [line for path in files() for line in problems(path)]
    print("\n".join(left[:50]))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
