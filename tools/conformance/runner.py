# SPDX-License-Identifier: MIT
# Runs one test file: starts the driver, watches its report, enforces the limits, and starts it again after a crash,
# a hang or too much memory, until every method has an outcome. tools/launch.c kills what the file leaves behind.

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from common import kill_group, launcher, plain_environment

DRIVER = Path(__file__).with_name("driver.py")
DETAIL = "implementation detail"
PAGE = os.sysconf("SC_PAGE_SIZE")


class Limits:
    """What a file (all its starts together) and a method may use."""

    def __init__(self, file_seconds=400, method_seconds=60, memory=3 << 30, output=64 << 20):
        self.file_seconds = file_seconds
        self.method_seconds = method_seconds
        self.memory = memory            # resident bytes of all processes of the file
        self.output = output            # bytes written to stdout and stderr


class FileOutcome:
    """All that is known about one file after its run."""

    def __init__(self, name):
        self.name = name
        self.module = "test." + name
        self.methods = {}           # id -> (outcome, seconds, detail)
        self.peaks = {}             # id -> peak resident bytes while it ran, where the system tells
        self.broken_classes = []    # whose fixtures ended the process: not run again
        self.note = ""              # why the file as a whole did not run
        self.fixtures = {}          # class or module fixtures that failed: name -> detail
        self.listed = 0             # methods that the loader found
        self.seconds = 0.0
        self.peak = 0
        self.starts = 0

    def counts(self):
        table = {}
        for outcome, _, _ in self.methods.values():
            table[outcome] = table.get(outcome, 0) + 1
        return table


def classify(outcome, detail):
    """Skips for being an implementation detail of CPython are an outcome of their own."""
    if outcome == "skip" and (detail.startswith(DETAIL) or "cpython" in detail.lower().split()):
        return DETAIL
    return outcome


def unescape(text):
    out, i = [], 0
    while i < len(text):
        if text[i] == "\\" and i + 1 < len(text):
            out.append({"t": "\t", "n": "\n"}.get(text[i + 1], text[i + 1]))
            i += 2
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def resident(root):
    """The resident bytes of all processes below `root`."""
    parents, pages = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
                parents[int(name)], pages[int(name)] = int(fields[1]), int(fields[21])
            except (OSError, IndexError):
                continue
    total = 0
    for process in parents:
        above = process
        while above in parents and above != root:
            above = parents[above]
        if above == root and process != root:
            total += pages[process] * PAGE
    return total


class Watch:
    """One start of the driver, watched to its end."""

    def __init__(self, outcome, limits, folder, deadline):
        self.outcome = outcome
        self.limits = limits
        self.folder = folder            # "report" is the driver's, "end" the launcher's, "log" stdout and stderr
        self.deadline = deadline
        self.current = None             # the method that runs
        self.fixture = None             # the class whose fixture runs
        self.begun = 0.0
        self.finished = False
        self.tail = b""

    def read_events(self, file):
        self.tail += file.read()
        *lines, self.tail = self.tail.split(b"\n")
        for line in lines:
            self.event([unescape(f) for f in line.decode("utf-8", "replace").split("\t")])

    def event(self, fields):
        kind = fields[0]
        if kind == "B":
            self.current, self.begun = fields[1], time.monotonic()
        elif kind == "E":
            self.outcome.methods[fields[1]] = (classify(fields[2], fields[4]), float(fields[3]), fields[4])
            self.outcome.peaks[fields[1]] = int(fields[5])
            self.current, self.begun = None, time.monotonic()
        elif kind == "F":
            self.fixture, self.begun = fields[1] or None, time.monotonic()
        elif kind == "S":
            self.outcome.fixtures[fields[1]] = "%s: %s" % (fields[2], fields[3])
        elif kind == "N":
            self.outcome.listed = int(fields[1])
        elif kind == "M":
            self.outcome.note = "%s: %s" % (classify(fields[1], fields[2]), fields[2])
            self.finished = True
        elif kind == "D":
            self.finished = True

    def run(self, command, environment):
        """Returns (why it ended, status): done, crash, time-out, out of memory, output flood."""
        self.begun = time.monotonic()
        report, log, end = (os.path.join(self.folder, part) for part in ("report", "log", "end"))
        open(report, "wb").close()
        with open(log, "wb") as output, open(report, "rb") as events:
            child = subprocess.Popen([launcher(), "0", end, *command], stdin=subprocess.DEVNULL, stdout=output,
                                     stderr=subprocess.STDOUT, cwd=os.path.join(self.folder, "work"), env=environment,
                                     start_new_session=True)
            try:
                reason = self.supervise(child, events, output)
            finally:
                self.end(child)
            self.read_events(events)
        status = self.read_end(end)
        return reason or ("done" if self.finished else "crash"), status

    def supervise(self, child, events, output):
        """Returns the limit that was passed, or None when the process ended by itself."""
        pause, weighed = 0.01, 0.0
        while True:
            try:
                child.wait(pause)
                return None
            except subprocess.TimeoutExpired:
                pass
            self.read_events(events)
            now = time.monotonic()
            allowed = self.limits.method_seconds * (1 if self.current else 2)
            if now > self.deadline or now - self.begun > allowed:
                return "time-out"
            if os.fstat(output.fileno()).st_size > self.limits.output:
                return "output flood"
            if now - weighed > 0.5:
                weighed = now
                if resident(child.pid) > self.limits.memory:
                    return "out of memory"
            pause = min(pause * 1.3, 0.2)

    def end(self, child):
        """The launcher stops the driver (with a traceback in its log) and all that it started."""
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                pass
        kill_group(child.pid)
        child.wait()

    def read_end(self, path):
        try:
            with open(path) as file:
                fields = file.read().split()
            self.outcome.peak = max(self.outcome.peak, int(fields[1]) * 1024)
            return os.waitstatus_to_exitcode(int(fields[0]))
        except (OSError, IndexError, ValueError):
            return None


def crash_text(status, log):
    if status is not None and status < 0:
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = "signal %d" % -status
    else:
        name = "exit status %s" % status
    return "%s\n%s" % (name, log)


def tail_of(path, size=3000):
    with open(path, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - size))
        return file.read().decode("utf-8", "replace")


def run_file(name, interpreter, limits, options=(), portable=False, module=None, path=None):
    """Runs one file to the end; returns a FileOutcome. `module` in the folder `path` instead of test.NAME."""
    outcome = FileOutcome(name)
    outcome.module = module or outcome.module
    start = time.monotonic()
    folder = tempfile.mkdtemp(prefix="conformance-")
    try:
        run_in(folder, outcome, interpreter, limits, options, portable, start + limits.file_seconds, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    outcome.seconds = time.monotonic() - start
    return outcome


def run_in(folder, outcome, interpreter, limits, options, portable, deadline, path):
    work, done = os.path.join(folder, "work"), os.path.join(folder, "done")
    environment = plain_environment(TMPDIR=work, HOME=work, **({"PYTHONPATH": str(path)} if path else {}))
    command = [str(interpreter), *options, str(DRIVER), outcome.module, os.path.join(folder, "report"), done]
    command += ["--portable"] if portable else []
    while time.monotonic() < deadline:
        outcome.starts += 1
        before = len(outcome.methods)
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work, exist_ok=True)
        with open(done, "w", encoding="utf-8") as file:
            file.write("\n".join(["class " + name for name in outcome.broken_classes] + list(outcome.methods)))
        watch = Watch(outcome, limits, folder, deadline)
        reason, status = watch.run(command, environment)
        if reason == "done":
            return
        log = tail_of(os.path.join(folder, "log"))
        blame(outcome, watch, reason, crash_text(status, log) if reason == "crash" else log)
        if len(outcome.methods) == before:
            return
    outcome.note = outcome.note or "time-out: the file's %.0f seconds are over" % limits.file_seconds


def blame(outcome, watch, reason, text):
    """What was running gets what ended the process: a method, a class's fixture, or the file as a whole."""
    kind = {"output flood": "crash"}.get(reason, reason)
    seconds = time.monotonic() - watch.begun
    if reason == "output flood":
        text = "output flood\n" + text
    outside = outcome.module + ".(outside)"
    if watch.current is not None:
        outcome.methods[watch.current] = (kind, seconds, text)
    elif watch.fixture is not None and watch.fixture not in outcome.broken_classes:
        outcome.broken_classes.append(watch.fixture)
        outcome.methods["%s.(class fixture)" % watch.fixture] = (kind, seconds, text)
    elif outside not in outcome.methods:
        outcome.methods[outside] = (kind, seconds, text)
        outcome.note = outcome.note or "%s outside a method: %s" % (kind, text)
