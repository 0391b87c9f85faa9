import contextlib, doctest, io, re, sys, unittest
from unittest import mock
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.shared = 1
    def setUp(self): self.x = 1
    def tearDown(self): pass
    def test_ok(self): self.assertEqual(self.x, 1); self.assertTrue(1); self.assertIn(1, [1]); self.assertIsNone(None); self.assertAlmostEqual(0.1 + 0.2, 0.3); self.assertRaises(ValueError, int, "x"); self.assertCountEqual([1, 2], [2, 1]); self.assertRegex("abc", "b"); self.assertIsInstance(1, int); self.assertGreater(2, 1)
    def test_fail(self): self.assertEqual([1, 2, 3], [1, 2, 4])
    def test_error(self): 1 / 0
    @unittest.skip("reason")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_expected(self): self.fail("x")
    @unittest.expectedFailure
    def test_unexpected(self): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertEqual(i % 2, 0)
    def test_dict(self): self.assertEqual({"a": 1}, {"a": 2})
    def test_str(self): self.assertEqual("line1\nline2", "line1\nline3")
    def test_raises(self):
        with self.assertRaises(KeyError) as c: {}["k"]
        self.assertEqual(c.exception.args, ("k",))
        with self.assertRaisesRegex(ValueError, "inv.*"): int("q")
        with self.assertWarns(UserWarning): __import__("warnings").warn("w")
        with self.assertLogs("x") as l: __import__("logging").getLogger("x").warning("m")
        self.assertEqual(l.output, ["WARNING:x:m"])
    def test_noraise(self):
        with self.assertRaises(KeyError): pass
class A(unittest.IsolatedAsyncioTestCase):
    async def test_async(self): self.assertEqual(await self.value(), 5)
    async def value(self): return 5
s = io.StringIO(); suite = unittest.defaultTestLoader.loadTestsFromTestCase(T); suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(A))
r = unittest.TextTestRunner(stream=s, verbosity=2).run(suite)
print(re.sub(r"in \d+\.\d+s", "in Ns", s.getvalue()).replace(__file__, "FILE"))
print(r.testsRun, len(r.failures), len(r.errors), len(r.skipped), len(r.expectedFailures), len(r.unexpectedSuccesses), r.wasSuccessful(), suite.countTestCases())
m = mock.Mock(return_value=3, side_effect=None); print(m(1, k=2), m.called, m.call_args, m.call_count, m.mock_calls, m.attr.other() is not None); m.assert_called_once_with(1, k=2)
try: m.assert_called_with(5)
except AssertionError as e: print(e)
with mock.patch("os.getcwd", return_value="/mocked") as p: import os; print(os.getcwd(), p.called)
with mock.patch.dict(os.environ, {"ZZ": "1"}): print(os.environ["ZZ"])
mm = mock.MagicMock(); mm.__len__.return_value = 5; mm["k"].x = 1; print(len(mm), mm["k"].x, mock.sentinel.a, mock.call(1) == mock.call(1), mock.ANY == 5)
se = mock.Mock(side_effect=[1, ValueError("e")]); print(se())
try: se()
except ValueError as e: print(e)
def documented():
    """
    >>> 1 + 1
    2
    >>> 1 / 0
    Traceback (most recent call last):
    ...
    ZeroDivisionError: division by zero
    >>> print([1,
    ...        2])
    [1, 2]
    >>> 3  # doctest: +SKIP
    4
    >>> list(range(20)) # doctest: +ELLIPSIS
    [0, 1, ..., 19]
    >>> 5
    6
    """
f = doctest.DocTestFinder().find(documented, globs={})[0]; out = io.StringIO(); runner = doctest.DocTestRunner(verbose=False); runner.run(f, out=out.write); print(runner.summarize(verbose=False), len(f.examples)); print(out.getvalue().replace(__file__, "FILE"))
