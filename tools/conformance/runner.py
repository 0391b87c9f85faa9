# SPDX-License-Identifier: MIT
# Runs one test file: starts the driver, watches its report, enforces the limits, and starts it again after a crash,
# a hang or too much memory, until every method has an outcome.

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from common import kill_group, plain_environment

DRIVER = Path(__file__).with_name("driver.py")
DETAIL = "implementation detail"


class Limits:
    """What a file and a method may use."""

    def __init__(self, file_seconds=400, method_seconds=60, memory=3 << 30, output=64 << 20):
        self.file_seconds = file_seconds
        self.method_seconds = method_seconds
        self.memory = memory
        self.output = output


class FileOutcome:
    """All that is known about one file after its run."""

    def __init__(self, name):
        self.name = name
        self.methods = {}           # id -> (outcome, seconds, detail)
        self.note = ""              # why the file as a whole did not run
        self.fixtures = {}          # class or module fixtures that failed: name -> detail
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


class Watch:
    """One start of the driver, watched to its end."""

    def __init__(self, outcome, limits, folder):
        self.outcome = outcome
        self.limits = limits
        self.folder = folder
        self.current = None
        self.begun = 0.0
        self.finished = False
        self.tail = b""

    def read_events(self, file):
        self.tail += file.read()
        *lines, self.tail = self.tail.split(b"\n")
        for line in lines:
            fields = [unescape(f) for f in line.decode("utf-8", "replace").split("\t")]
            self.event(fields)

    def event(self, fields):
        kind = fields[0]
        if kind == "B":
            self.current, self.begun = fields[1], time.monotonic()
        elif kind == "E":
            self.outcome.methods[fields[1]] = (classify(fields[2], fields[4]), float(fields[3]), fields[4])
            self.current, self.begun = None, time.monotonic()
        elif kind == "S":
            self.outcome.fixtures[fields[1]] = "%s: %s" % (fields[2], fields[3])
        elif kind == "M":
            self.outcome.note = "%s: %s" % (classify(fields[1], fields[2]), fields[2])
            self.finished = True
        elif kind == "D":
            self.finished = True

    def memory_of(self, pid):
        try:
            with open("/proc/%d/statm" % pid) as file:
                return int(file.read().split()[1]) * 4096
        except (OSError, IndexError, ValueError):
            return 0

    def run(self, command, environment, report, output):
        """Returns why it ended: done, crash, time-out, memory, output."""
        self.begun = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                 cwd=self.folder, env=environment, start_new_session=True)
        try:
            with open(report, "rb") as file:
                return self.supervise(child, file, output)
        finally:
            kill_group(child.pid)

    def supervise(self, child, file, output):
        deadline = time.monotonic() + self.limits.file_seconds
        pause = 0.02
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            self.read_events(file)
            if pid:
                child.returncode = os.waitstatus_to_exitcode(status)
                self.outcome.peak = max(self.outcome.peak, usage.ru_maxrss * 1024)
                return ("done", child.returncode) if self.finished else ("crash", child.returncode)
            now = time.monotonic()
            reason = None
            if now > deadline or now - self.begun > self.limits.method_seconds * (1 if self.current else 3):
                reason = "time-out"
            elif self.memory_of(child.pid) > self.limits.memory:
                reason = "out of memory"
            elif os.fstat(output.fileno()).st_size > self.limits.output:
                reason = "output flood"
            if reason:
                kill_group(child.pid)
                os.wait4(child.pid, 0)
                child.returncode = -9
                self.read_events(file)
                return reason, None
            time.sleep(pause)
            pause = min(pause * 1.3, 0.2)


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


def run_file(name, interpreter, limits, options=(), portable=False):
    """Runs one file to the end; returns a FileOutcome."""
    outcome = FileOutcome(name)
    start = time.monotonic()
    folder = tempfile.mkdtemp(prefix="conformance-")
    work = os.path.join(folder, "work")
    os.mkdir(work)
    report, done, log = (os.path.join(folder, part) for part in ("report", "done", "log"))
    open(report, "wb").close()
    environment = plain_environment(TMPDIR=work, HOME=work)
    command = [str(interpreter), *options, str(DRIVER), "test." + name, report,
               done] + (["--portable"] if portable else [])
    stuck = 0
    try:
        while time.monotonic() - start < limits.file_seconds * 2 and outcome.starts < 60:
            outcome.starts += 1
            before = len(outcome.methods)
            with open(done, "w", encoding="utf-8") as file:
                file.write("\n".join(outcome.methods))
            open(report, "wb").close()
            watch = Watch(outcome, limits, work)
            with open(log, "wb") as output:
                reason, status = watch.run(command, environment, report, output)
            if reason == "done":
                break
            blame(outcome, watch, reason, status, tail_of(log))
            stuck = 0 if len(outcome.methods) > before else stuck + 1
            if stuck or (watch.current is None and watch.begun):
                outcome.note = outcome.note or "%s outside a method: %s" % (reason, crash_text(status, tail_of(log)))
                break
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    outcome.seconds = time.monotonic() - start
    return outcome


def blame(outcome, watch, reason, status, log):
    """The method that was running gets what ended the process."""
    if watch.current is None:
        return
    text = crash_text(status, log) if reason == "crash" else log
    kind = {"output flood": "crash"}.get(reason, reason)
    outcome.methods[watch.current] = (kind, time.monotonic() - watch.begun, text)
