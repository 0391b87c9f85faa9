# SPDX-License-Identifier: MIT
# What the tools share: where things are, running a program under limits, running many at once, counting outcomes.
# Nothing here knows what a particular tool does.

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
CPYTHON = "/usr/bin/python3.11"
PYPY = "/usr/bin/pypy3"
PRESETS = ("release", "release-lto", "debug", "sanitize", "gc-stress", "gcc")


def executable(preset="release"):
    """The interpreter that a preset builds."""
    return BUILD / preset / "viperine"


def default_interpreter():
    return str(executable())


def jobs():
    return len(os.sched_getaffinity(0))


def plain_environment(**extra):
    """The environment of every program under test: no user settings, fixed hashing, UTF-8."""
    keep = ("PATH", "HOME", "LANG", "TERM", "TMPDIR")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment.update(PYTHONHASHSEED="0", LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1", **extra)
    return environment


class Run:
    """How a program ended."""

    __slots__ = ("out", "err", "status", "seconds", "peak", "timed_out")

    def __init__(self, out, err, status, seconds, peak, timed_out):
        self.out = out
        self.err = err
        self.status = status        # exit status; negative: the signal that killed it
        self.seconds = seconds
        self.peak = peak            # peak resident set in bytes
        self.timed_out = timed_out

    def describe(self):
        if self.timed_out:
            return "timed out after %.0f s" % self.seconds
        if self.status < 0:
            try:
                return "killed by " + signal.Signals(-self.status).name
            except ValueError:
                return "killed by signal %d" % -self.status
        return "exit status %d" % self.status


MAX_OUTPUT = 8 << 20


_launcher_lock = threading.Lock()


def launcher():
    """build/launch, compiled on first use from tools/launch.c."""
    program, source = BUILD / "launch", ROOT / "tools" / "launch.c"
    with _launcher_lock:
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            BUILD.mkdir(exist_ok=True)
            for compiler in ("clang-19", "gcc", "cc"):
                if shutil.which(compiler):
                    draft = BUILD / ("launch.%d" % os.getpid())
                    subprocess.run([compiler, "-O1", "-static", "-o", draft, source], check=True)
                    draft.replace(program)
                    break
            else:
                sys.exit("no C compiler for tools/launch.c: run tools/install_packages.sh")
    return str(program)


def run_program(command, timeout=60, memory=None, stdin=None, cwd=None, environment=None, max_output=MAX_OUTPUT):
    """Runs a program in a process group of its own; whatever it leaves behind is killed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given, \
            tempfile.NamedTemporaryFile() as report:
        if stdin:
            given.write(stdin)
            given.seek(0)
        start = time.monotonic()
        child = subprocess.Popen([launcher(), str(memory or 0), report.name] + [str(part) for part in command],
                                 stdin=given,
                                 stdout=out, stderr=err, cwd=cwd, env=environment or plain_environment(),
                                 start_new_session=True)
        timed_out = False
        try:
            child.wait(timeout)
        except subprocess.TimeoutExpired:
            timed_out = True
            kill_group(child.pid)
            child.wait()
        kill_group(child.pid)
        seconds, peak, status = time.monotonic() - start, 0, -signal.SIGKILL
        fields = report.read().split()
        if fields:
            status = os.waitstatus_to_exitcode(int(fields[0]))
            peak, seconds = int(fields[1]) * 1024, int(fields[2]) / 1e9
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read(max_output))
        return Run(texts[0], texts[1], status, seconds, peak, timed_out)


def kill_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def parallel(function, items, count=None):
    """Yields (item, function(item)) in the order of items, computed by several threads."""
    items = list(items)
    with ThreadPoolExecutor(count or jobs()) as pool:
        yield from zip(items, pool.map(function, items))


KNOWN_FAILURES = ROOT / "tests" / "known_failures.txt"


def known_failures():
    """name -> reason, of what does not pass yet. The file's lines are "name | reason"."""
    if not KNOWN_FAILURES.exists():
        return {}
    lines = [line.split(" | ", 1) for line in KNOWN_FAILURES.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0].strip(): line[1].strip() for line in lines}


class Tally:
    """Counts outcomes; its last line is what ./check ends with. What is known to fail counts as skipped, and fails when
    it passes: the list must shrink."""

    known = {}      # set by ./check

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.failures = []
        self.unexpected = []

    def add(self, name, ok, detail=""):
        if name in self.known:
            if not ok:
                self.skipped += 1
                return
            self.unexpected.append(name)
            ok, detail = False, "passes, but tests/known_failures.txt lists it"
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            self.failures.append(name)
            print("FAILED %s" % name, flush=True)
            if detail:
                print("    " + detail.rstrip().replace("\n", "\n    "), flush=True)

    def skip(self, count=1):
        self.skipped += count

    def merge(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures
        self.unexpected += other.unexpected

    def line(self):
        text = "%d passed, %d failed" % (self.passed, self.failed)
        return text + (", %d skipped" % self.skipped if self.skipped else "")

    def finish(self):
        print(self.line(), flush=True)
        return 1 if self.failed else 0


def progress(text):
    """A line for people, on stderr; overwritten on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()


def first_difference(expected, actual, names=("expected", "actual")):
    """The first lines that differ, for a report of a few lines."""
    a, b = expected.splitlines(), actual.splitlines()
    for number in range(max(len(a), len(b))):
        left = a[number] if number < len(a) else "<end of output>"
        right = b[number] if number < len(b) else "<end of output>"
        if left != right:
            return "line %d:\n  %s: %s\n  %s: %s" % (number + 1, names[0], left[:300], names[1], right[:300])
    return "only the ends of lines differ"
