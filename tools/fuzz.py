# SPDX-License-Identifier: MIT
# ./dev fuzz: differential fuzzing. Generated programs (tests/fuzz/generate.py) and mutated ones (mutate.py, from tests/ and
# the corpus) run on python3.11 and on Viperine with limits; stdout, exit status and the last line of stderr must agree.
# What differs is minimised and kept in build/fuzz/, one folder per kind of difference.

import argparse
import ast
import hashlib
import os
import random
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import build
from common import BUILD, CPYTHON, ROOT, default_interpreter, executable, first_difference, jobs, run_program

sys.path.insert(0, str(ROOT / "tests" / "fuzz"))

import generate  # noqa: E402
import mutate    # noqa: E402

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
FOUND = BUILD / "fuzz"
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
LIMITED = ("RecursionError", "MemoryError", "maximum recursion depth", "Exceeds the limit")
MEMORY = 2 << 30


class Difference:
    def __init__(self, kind, detail):
        self.kind = kind
        self.detail = detail

    def signature(self):
        text = re.sub(r"\d+|'[^']*'", "", self.kind + self.detail)
        return hashlib.sha1(text.encode()).hexdigest()[:10]


class Fuzzer:
    def __init__(self, options):
        self.options = options
        self.interpreter = options.interpreter
        self.done = self.limited = 0
        self.found = {}
        self.lock = threading.Lock()
        self.scratch = FOUND / "scratch"
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.sources = self.programs()

    def programs(self):
        texts = []
        for folder in ("tests/python", "tests/fuzz/corpus", "examples"):
            for path in sorted((ROOT / folder).rglob("*.py")):
                text = path.read_text(encoding="utf-8", errors="replace")
                if mutate.suitable(text) and "_show" not in text:
                    texts.append(text)
        return texts

    def program(self, seed):
        source = random.Random(seed)
        if self.sources and source.random() < self.options.mutated:
            for attempt in range(4):
                text = mutate.Mutator(seed * 4 + attempt).mutate(source.choice(self.sources))
                if text:
                    return text
        return generate.generate(seed)

    def run(self, interpreter, path, seconds):
        return run_program([interpreter, *(["-S"] if interpreter == CPYTHON else ["-S"]), path], timeout=seconds,
                           cwd=self.scratch,
                           memory=MEMORY if interpreter == CPYTHON else None, max_output=1 << 20)

    def compare(self, text, label):
        """None when both agree, else a Difference."""
        path = self.scratch / ("%s.py" % label)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            theirs = self.run(CPYTHON, path, 5)
            if theirs.timed_out or theirs.status < 0 or len(theirs.out) >= 1 << 20:
                return None
            ours = self.run(self.interpreter, path, 20)
            difference = self.judge(theirs, ours)
            if difference is not None and difference.kind in ("output", "stderr") and self.wavers(path, theirs):
                return None
        finally:
            path.unlink()
        return difference

    def wavers(self, path, theirs):
        """Whether CPython's own output changes from run to run (the hash of None depends on its address)."""
        return any(self.run(CPYTHON, path, 5).out != theirs.out for _ in range(6))

    def judge(self, theirs, ours):
        error = ours.err.decode(errors="replace")
        if ours.timed_out:
            return Difference("hang", "")
        if ours.status < 0 or "Sanitizer" in error or "runtime error:" in error or "check failed" in error:
            return Difference("crash", ours.describe() + "\n" + error[-1500:])
        a, b = (ADDRESS.sub("0x", run.out.decode(errors="replace")) for run in (theirs, ours))
        last = [ADDRESS.sub("0x", (run.err.decode(errors="replace").strip().splitlines() or [""])[-1])
                for run in (theirs, ours)]
        if any(word in side for word in LIMITED for side in (a, b, *last)):
            self.limited += 1
            return None
        if a != b:
            return Difference("output", first_difference(a, b, ("python3.11", "viperine")))
        if theirs.status != ours.status:
            return Difference("status", "%d and %d" % (theirs.status, ours.status))
        if last[0] != last[1]:
            return Difference("stderr", "python3.11: %s\nviperine: %s" % tuple(last))
        return None

    def minimise(self, text, kind, label, budget=80):
        """Takes away statements as long as the difference stays of its kind."""
        try:
            tree = ast.parse(text)
        except SyntaxError:
            return text
        best, changed = text, True
        while changed and budget > 0:
            changed = False
            tree = ast.parse(best)
            for body in [body for node in ast.walk(tree) for body in self.bodies(node)]:
                i = len(body) - 1
                while i >= 0 and budget > 0:
                    removed = body.pop(i)
                    if not body:
                        body.append(ast.Pass())
                    candidate = self.text_of(tree)
                    budget -= 1
                    difference = self.compare(candidate, label + "m") if candidate else None
                    if difference is not None and difference.kind == kind:
                        best, changed = candidate, True
                    else:
                        if len(body) == 1 and isinstance(body[0], ast.Pass):
                            body.pop()
                        body.insert(i, removed)
                    i -= 1
        return best

    def bodies(self, node):
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            value = getattr(node, field, None)
            if isinstance(value, list) and value and field not in ("handlers",):
                yield value

    def text_of(self, tree):
        try:
            text = ast.unparse(tree) + "\n"
            compile(text, "fuzz", "exec")
            return text
        except Exception:
            return None

    def one(self, seed):
        label = "p%d" % seed
        text = self.program(seed)
        difference = self.compare(text, label)
        with self.lock:
            self.done += 1
            if difference is None:
                return
            name = "%s-%s" % (difference.kind, difference.signature())
            known = name in self.found
            self.found.setdefault(name, []).append(seed)
            many = len(self.found) > self.options.most
        if known or many:
            return
        small = self.minimise(text, difference.kind, label) if self.options.minimise else text
        final = self.compare(small, label) or difference
        folder = FOUND / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "program.py").write_text(small, encoding="utf-8", errors="surrogatepass")
        (folder / "original.py").write_text(text, encoding="utf-8", errors="surrogatepass")
        (folder / "difference.txt").write_text("seed %d\n%s\n%s\n" % (seed, final.kind, final.detail), errors="replace")
        print("%s seed %d: build/fuzz/%s/program.py\n    %s" % (difference.kind, seed, name,
                                                                final.detail.replace("\n", "\n    ")[:600]), flush=True)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./dev fuzz")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--programs", type=int, help="so many programs instead of so many minutes")
    parser.add_argument("--seed", type=int, default=None, help="the first seed (default: from the clock)")
    parser.add_argument("--one", type=int, metavar="SEED", help="print the program of a seed")
    parser.add_argument("--parser", action="store_true", help="the fuzzer of the front end: arbitrary bytes and grammar soup")
    parser.add_argument("--sanitize", action="store_true", help="the sanitize build")
    parser.add_argument("--interpreter", type=os.path.abspath)
    parser.add_argument("--jobs", "-j", type=int, default=jobs())
    parser.add_argument("--mutated", type=float, default=0.4, help="share of mutated programs")
    parser.add_argument("--no-minimise", dest="minimise", action="store_false")
    parser.add_argument("--most", type=int, default=60, help="stop minimising after so many kinds of difference")
    options = parser.parse_args(arguments)
    options.interpreter = options.interpreter or str(executable("sanitize") if options.sanitize
                                                     else default_interpreter())
    return options


def seeds(options):
    first = options.seed if options.seed is not None else int(time.time()) * 1000
    end = time.monotonic() + options.minutes * 60
    number = 0
    while (number < options.programs) if options.programs else (time.monotonic() < end):
        yield first + number
        number += 1


def main(arguments):
    options = parse(arguments)
    if options.parser:
        return fuzz_parser(options)
    fuzzer = Fuzzer(options)
    if options.one is not None:
        print(fuzzer.program(options.one), end="")
        return 0
    if not Path(options.interpreter).exists():
        print("fuzz: no interpreter at %s" % options.interpreter, file=sys.stderr)
        return 2
    run_many(fuzzer, seeds(options), options.jobs)
    for name, members in sorted(fuzzer.found.items(), key=lambda item: -len(item[1])):
        print("%5d  %s" % (len(members), name))
    print("%d programs, %d kinds of difference, %d left out for limits" % (fuzzer.done, len(fuzzer.found), fuzzer.limited))
    return 1 if fuzzer.found else 0


def fuzz_parser(options):
    preset = "sanitize" if options.sanitize else "release"
    if not build.build(preset, ["syntax_tool"]):
        return 1
    command = [CPYTHON, "-I", ROOT / "tests" / "fuzz" / "fuzz_parser.py", "--seconds", str(int(options.minutes * 60)),
               "--tool", BUILD / preset / "syntax_tool"]
    if options.seed is not None:
        command += ["--seed", str(options.seed)]
    return subprocess.run([str(part) for part in command]).returncode


def run_many(fuzzer, numbers, count):
    gate = threading.Semaphore(count * 2)

    def task(seed):
        try:
            fuzzer.one(seed)
        except Exception as error:
            print("fuzz: seed %d: %s: %s" % (seed, type(error).__name__, error), file=sys.stderr)
        finally:
            gate.release()

    with ThreadPoolExecutor(count) as pool:
        for seed in numbers:
            gate.acquire()
            pool.submit(task, seed)


def check(tally):
    """For ./check: the corpus, and a fixed sample of generated programs (mutated ones may depend on when things die)."""
    options = parse(["--no-minimise", "--seed", "1", "--programs", "200", "--mutated", "0"])
    fuzzer = Fuzzer(options)
    for path in sorted(CORPUS.glob("*.py")):
        difference = fuzzer.compare(path.read_text(encoding="utf-8", errors="surrogateescape"), path.stem)
        tally.add("fuzz corpus %s" % path.name, difference is None, difference.kind + "\n" + difference.detail
                  if difference else "")
    run_many(fuzzer, seeds(options), options.jobs)
    tally.add("fuzz sample of %d programs" % fuzzer.done, not fuzzer.found, ", ".join(fuzzer.found))
