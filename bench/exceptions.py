# Raising and catching: cheap and deep, custom classes, finally, StopIteration, KeyError, context managers.
import sys


class AppError(Exception):
    def __init__(self, code):
        super().__init__("error %d" % code)
        self.code = code


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            self.log[kind.__name__] = self.log.get(kind.__name__, 0) + 1
        return kind is KeyError


def risky(i):
    if i % 3 == 0:
        raise AppError(i)
    if i % 5 == 0:
        raise KeyError(i)
    return i


def deep(n, i):
    if n == 0:
        raise ValueError(i)
    try:
        return deep(n - 1, i)
    finally:
        i += 1


def main(n):
    log, total, codes = {}, 0, 0
    for i in range(n):
        try:
            with Guard(log):
                total += risky(i)
        except AppError as error:
            codes += error.code
    print(total, codes, sorted(log.items()))
    caught = 0
    for i in range(n // 20):
        try:
            deep(10, i)
        except ValueError as error:
            caught += error.args[0]
    print(caught)
    table, misses = {i: i for i in range(0, 100, 2)}, 0
    for i in range(n):
        try:
            table[i % 100]
        except KeyError:
            misses += 1
    chained = 0
    for i in range(n // 10):
        try:
            try:
                int("x%d" % i)
            except ValueError as error:
                raise AppError(i) from error
        except AppError as error:
            chained += len(str(error.__cause__))
    print(misses, chained, sum(hasattr(i, "missing") for i in range(n // 5)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 250000)
