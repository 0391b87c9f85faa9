# Loops that run in built-in code from end to end collect garbage too: memory stays bounded.
import collections
import itertools
import operator
import resource
import unittest


def growth(action):
    """Kilobytes by which the peak of the process has grown."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    action()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


class NativeLoops(unittest.TestCase):
    COUNT = 2_000_000
    LIMIT = 40_000

    def check(self, action):
        self.assertLess(growth(action), self.LIMIT)

    def test_consumed_tuples(self):
        numbers = range(self.COUNT)
        self.check(lambda: collections.deque(zip(numbers, numbers), maxlen=0))
        self.check(lambda: max(map(operator.itemgetter(1), enumerate(numbers))))
        self.check(lambda: all(map(tuple, zip(numbers, numbers))))

    def test_consumed_texts(self):
        self.check(lambda: sum(map(len, map(str, range(self.COUNT)))))
        self.check(lambda: collections.deque(map(("x" * 100).__add__, itertools.repeat("y", self.COUNT // 4)), maxlen=1))

    def test_consumed_iterators(self):
        self.check(lambda: collections.deque(map(iter, itertools.repeat([1, 2, 3], self.COUNT)), maxlen=0))


if __name__ == "__main__":
    unittest.main()
