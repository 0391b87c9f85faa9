# SPDX-License-Identifier: MIT
# What a test file can do to its runner. tools/conformance/self_test.py knows the outcome of each method.
import os
import signal
import subprocess
import sys
import time
import unittest


class Methods(unittest.TestCase):
    def test_passes(self):
        pass

    def test_crashes(self):
        os.kill(os.getpid(), signal.SIGSEGV)

    def test_hangs(self):
        time.sleep(1000)

    def test_floods(self):
        while True:
            sys.stdout.write("x" * 100_000)

    def test_takes_memory(self):
        blocks = [b"x" * (1 << 26) for _ in range(100)]
        time.sleep(1000)
        del blocks

    def test_leaves_a_child(self):
        subprocess.Popen(["setsid", "sleep", "1000.25"])

    def test_reads_stdin(self):
        self.assertEqual(sys.stdin.read(), "")

    def test_of_cpython_only(self):
        self.skipTest("implementation detail specific to cpython")

    def test_skips(self):
        self.skipTest("no need")

    @unittest.expectedFailure
    def test_fails_as_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_passes_unexpectedly(self):
        pass

    def test_exits(self):
        os._exit(3)

    def test_fails_in_a_subtest(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertEqual(i, 1)

    def test_raises(self):
        raise OSError("no")


class CrashesBefore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.abort()

    def test_never_runs(self):
        pass


class CrashesAfter(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        os.abort()

    def test_passes(self):
        pass


class Last(unittest.TestCase):
    def test_still_runs(self):
        pass
