# SPDX-License-Identifier: MIT
# Runs one file of CPython's tests inside the interpreter under test and writes a line per event to a report file.
# Needs only sys, os, time and unittest. The runner (runner.py) watches the report, and starts the driver again after
# a crash or a time-out with the list of methods that are done.
# usage: driver.py MODULE REPORT DONE [--portable]
# DONE holds ids and "class NAME" lines: what must not run again.
# Events (fields separated by tabs): N count | B id | E id outcome seconds detail peak-bytes |
# F class (its fixture begins; empty: ended) | S id outcome detail | M outcome detail | D

import os
import sys
import time


class Report:
    def __init__(self, path):
        self.descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.process = os.getpid()

    def line(self, *fields):
        if os.getpid() != self.process:
            return              # a child that a test forked
        text = "\t".join([str(f).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
                          for f in fields]) + "\n"
        os.write(self.descriptor, text.encode("utf-8", "backslashreplace"))


def describe(error):
    """The end of a traceback; never raises."""
    try:
        import traceback
        text = "".join(traceback.format_exception(*error))
    except BaseException:
        try:
            text = "%s: %s" % (error[0].__name__, error[1])
        except BaseException:
            text = "an exception that cannot be shown"
    return text[-3500:]


class PeakMemory:
    """The peak resident bytes since reset(), as Linux tells; 0 where it does not."""

    def __init__(self):
        try:
            self.clear = os.open("/proc/self/clear_refs", os.O_WRONLY | os.O_CLOEXEC)
            self.status = os.open("/proc/self/status", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self.clear = self.status = -1

    def reset(self):
        try:
            os.write(self.clear, b"5")
        except OSError:
            pass

    def read(self):
        try:
            text = os.pread(self.status, 4096, 0)
            start = text.index(b"VmHWM:") + 6
            return int(text[start:text.index(b"kB", start)]) * 1024
        except (OSError, ValueError):
            return 0


def be_another_implementation():
    """Lets CPython skip what only CPython can be asked to pass."""
    import platform
    platform.python_implementation = lambda: "Viperine"
    for name in ("_testcapi", "_testinternalcapi", "_testbuffer", "_testmultiphase", "_ctypes_test",
                 "_xxsubinterpreters",
                 "_xxtestfuzz", "xxlimited", "xxlimited_35", "_testclinic", "_testimportmultiple"):
        sys.modules[name] = None
    sys.implementation.name = "viperine"


def flatten(suite, out):
    for test in suite:
        if hasattr(test, "__iter__"):
            flatten(test, out)
        else:
            out.append(test)
    return out


def identify(tests, done):
    """Gives every test an id of its own; keeps those that are not done."""
    seen = {}
    kept = []
    for test in tests:
        name = test.id()
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = "%s#%d" % (name, seen[name])
        try:
            test.conformance_id = name
        except Exception:
            pass
        if name not in done:
            kept.append(test)
    return kept


def suite_class(unittest, report, broken):
    class Suite(unittest.TestSuite):
        """Tells when a class's fixture runs; leaves out those that ended the process before."""

        def _handleClassSetUp(self, test, result):
            cls = test.__class__
            if cls == getattr(result, "_previousTestClass", None):
                return
            name = "%s.%s" % (cls.__module__, cls.__qualname__)
            if name in broken:
                cls._classSetupFailed = True
                return
            report.line("F", name)
            unittest.TestSuite._handleClassSetUp(self, test, result)
            report.line("F", "")

    return Suite


def result_class(unittest, report, memory, clock):
    class Result(unittest.TestResult):
        """One outcome per method; what was worst in its subtests counts."""
        order = ("pass", "skip", "expected failure", "unexpected pass", "fail", "error")

        def startTest(self, test):
            unittest.TestResult.startTest(self, test)
            self.current = getattr(test, "conformance_id", None) or test.id()
            self.outcome, self.detail = None, ""
            report.line("B", self.current)
            memory.reset()
            self.start = clock()

        def stopTest(self, test):
            unittest.TestResult.stopTest(self, test)
            report.line("E", self.current, self.outcome or "pass", "%.3f" % (clock() - self.start), self.detail,
                        memory.read())
            self.current = None
            self.errors[:] = []
            self.failures[:] = []
            self.skipped[:] = []

        def note(self, test, outcome, detail=""):
            if getattr(self, "current", None) is None:
                report.line("S", test.id() if hasattr(test, "id") else str(test), outcome, detail)
            elif self.outcome is None or self.order.index(outcome) > self.order.index(self.outcome):
                self.outcome, self.detail = outcome, detail

        def addSuccess(self, test):
            self.note(test, "pass")

        def addFailure(self, test, err):
            self.note(test, "fail", describe(err))

        def addError(self, test, err):
            self.note(test, "error", describe(err))

        def addSkip(self, test, reason):
            if isinstance(getattr(test, "test_case", None), unittest.TestCase):
                return          # a skipped subtest does not skip its method
            self.note(test, "skip", reason)

        def addExpectedFailure(self, test, err):
            self.note(test, "expected failure")

        def addUnexpectedSuccess(self, test):
            self.note(test, "unexpected pass")

        def addSubTest(self, test, subtest, err):
            if err is not None:
                kind = "fail" if issubclass(err[0], test.failureException) else "error"
                self.note(test, kind, "%s\n%s" % (subtest, describe(err)))

    return Result


def collect_before_counting_threads():
    """Without reference counts a thread that ended is garbage until a collection: the tests' clean-up would name it,
    keep it by that, and wait a second for it to go away."""
    helper = sys.modules.get("test.support.threading_helper")
    if helper is None:
        return
    import gc
    count_threads = helper.threading_cleanup

    def threading_cleanup(*original):
        gc.collect()
        count_threads(*original)

    helper.threading_cleanup = threading_cleanup


def main():
    name, report_path, done_path = sys.argv[1:4]
    report = Report(report_path)
    with open(done_path, encoding="utf-8") as file:
        done = set(file.read().split("\n"))
    broken = {line[6:] for line in done if line.startswith("class ")}
    sys.path[0] = os.getcwd()       # as with -m test; not the driver's folder
    try:
        import faulthandler
        faulthandler.enable()
    except Exception:
        pass
    if "--portable" in sys.argv:
        be_another_implementation()
    sys.argv[1:] = []
    try:
        import unittest
    except BaseException:
        report.line("M", "error", "import unittest: " + describe(sys.exc_info()))
        return 1
    try:
        from test import support
        support.use_resources = []
        support.verbose = 0
    except BaseException:
        pass                    # the file under test will say what is wrong
    try:
        __import__(name)
        collect_before_counting_threads()
        suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[name])
    except unittest.SkipTest as skip:
        report.line("M", "skip", skip)
        return 0
    except BaseException:
        report.line("M", "error", describe(sys.exc_info()))
        return 1
    tests = flatten(suite, [])
    report.line("N", len(tests))
    tests = identify(tests, done)
    result = result_class(unittest, report, PeakMemory(), time.monotonic)()
    suite_class(unittest, report, broken)(tests).run(result)
    report.line("D")
    return 0


if __name__ == "__main__":
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except Exception:
        pass
    os._exit(status)
