# SPDX-License-Identifier: MIT
"""Compares the front end with this Python (3.11): every case of tests/golden/syntax, every module of the standard library.

  python3.11 -I tests/golden/run_syntax.py [--tool PATH] [--library] [--strings] [--show N]
--library adds the dumps of all standard modules; --strings adds every string constant of the test suite's modules, read
as a source in several modes. The last line counts; the status is 0 when nothing differs.
"""
import argparse
import ast
import doctest
import glob
import os
import sys
import sysconfig

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from syntax_peer import Tool, find_tool, oracle  # noqa: E402


def cases():
    for path in sorted(glob.glob(os.path.join(HERE, "syntax", "*.txt"))):
        if os.path.basename(path) == "command.txt":
            continue
        with open(path, encoding="utf-8") as file:
            parts = ("\n" + file.read()).split("\n#### ")[1:]
        for i, part in enumerate(parts):
            head, source = part.split("\n", 1)
            mode, flags = head.split()
            yield path, mode, flags, source if i == len(parts) - 1 else source + "\n"


def library():
    for path in sorted(glob.glob(os.path.join(sysconfig.get_path("stdlib"), "**/*.py"), recursive=True)):
        with open(path, "rb") as file:
            yield path, "exec", "bdw", file.read()


def strings():
    seen = set()
    for path in sorted(glob.glob(os.path.join(sysconfig.get_path("stdlib"), "test", "test_*.py"))):
        try:
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            value = getattr(node, "value", None)
            if not isinstance(node, ast.Constant) or not isinstance(value, (str, bytes)) or len(value) > 5000:
                continue
            found = [value]
            if isinstance(value, str) and ">>>" in value:
                try:
                    found += [example.source for example in doctest.DocTestParser().get_examples(value)]
                except ValueError:
                    pass
            for source in found:
                if source in seen:
                    continue
                seen.add(source)
                for mode, flags in (("exec", "dw"), ("eval", "d"), ("single", "di"), ("exec", "Di")):
                    yield path, mode, flags + ("b" if isinstance(source, bytes) else ""), source


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool")
    parser.add_argument("--library", action="store_true")
    parser.add_argument("--strings", action="store_true")
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    tool = Tool(find_tool(options.tool))
    count = different = 0
    sources = [cases]
    if options.library:
        sources.append(library)
    if options.strings:
        sources.append(strings)
    for source_list in sources:
        for path, mode, flags, source in source_list():
            try:
                theirs = oracle(source, mode, flags)
            except UnicodeEncodeError:
                continue
            ours = tool.ask(source, mode, flags)
            if "unknown encoding" in ours[-1]:
                continue  # the tool has no codecs
            count += 1
            if ours == theirs:
                continue
            different += 1
            if different <= options.show:
                print(f"{os.path.basename(path)}: {mode} {flags} {source[:300]!r}")
                for a, b in zip(ours, theirs):
                    if a != b:
                        i = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), 0)
                        start = max(0, i - 100)
                        print(f"  ours: {a[start:start + 300]}\n  ref:  {b[start:start + 300]}")
                        break
    print(f"{count} sources, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
