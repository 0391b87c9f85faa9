# SPDX-License-Identifier: MIT
# The other way to run a file: python -m test --junit-xml, CPython's own runner. For comparison with the driver: it has
# no outcome for what was running when the process ended, no peak memory; resources and timing are regrtest's.

import os
import shutil
import tempfile
import time
import xml.etree.ElementTree as ElementTree

from common import plain_environment

from .runner import FileOutcome, Watch, blame, classify, crash_text, tail_of

KINDS = {"failure": "fail", "error": "error", "skipped": "skip", "output": "expected failure",
         "outcome": "unexpected pass"}


def run_regrtest(name, interpreter, limits, options=(), portable=False):
    """As run_file; `portable` cannot be asked for here."""
    outcome = FileOutcome(name)
    outcome.starts = 1
    start = time.monotonic()
    folder = tempfile.mkdtemp(prefix="conformance-")
    try:
        work, report = os.path.join(folder, "work"), os.path.join(folder, "report.xml")
        os.mkdir(work)
        watch = Watch(outcome, limits, folder, start + limits.file_seconds)
        command = [str(interpreter), *options, "-m", "test", "--junit-xml", report, "--tempdir", work,
                   "--timeout", str(limits.method_seconds), "test." + name if "." in name else name]
        reason, status = watch.run(command, plain_environment(TMPDIR=work, HOME=work))
        log = tail_of(os.path.join(folder, "log"))
        if os.path.exists(report):
            read_report(outcome, report)
        if not outcome.methods and status == 0:
            outcome.note = "skip: " + log
        elif status is None or status < 0 or (status and not outcome.methods):
            blame(outcome, watch, "crash" if reason == "done" else reason, crash_text(status, log))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    outcome.seconds = time.monotonic() - start
    return outcome


def read_report(outcome, path):
    seen = {}
    for case in ElementTree.parse(path).iter("testcase"):
        name = case.get("name")
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = "%s#%d" % (name, seen[name])
        kind, detail = "pass", ""
        for child in case:
            if child.tag in KINDS:
                kind, detail = KINDS[child.tag], child.text or child.get("message") or ""
        outcome.methods[name] = (classify(kind, detail), float(case.get("time") or 0), detail[-3500:])
