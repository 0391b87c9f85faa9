# Closures, partial application, higher-order functions.
import sys
from functools import partial, reduce


def adder(n):
    def add(x):
        return x + n
    return add


def counter():
    count = 0

    def step(by):
        nonlocal count
        count += by
        return count
    return step


def compose(*functions):
    def run(x):
        for function in functions:
            x = function(x)
        return x
    return run


def curry(f):
    return lambda a: lambda b: lambda c: f(a, b, c)


def memoize(f):
    seen = {}

    def wrapper(*args):
        if args not in seen:
            seen[args] = f(*args)
        return seen[args]
    return wrapper


def main(n):
    pipeline = compose(adder(1), adder(2), lambda x: x * 3, partial(pow, exp=1) if False else adder(-4))
    step = counter()
    total = 0
    three = curry(lambda a, b, c: a * b + c)
    for i in range(n):
        total += pipeline(i)
        step(i & 3)
        total ^= three(i)(2)(3)
    ways = memoize(lambda k: 1 if k < 2 else ways(k - 1) + ways(k - 2))
    makers = [adder(i) for i in range(n // 10)]
    print(total, step(0), ways(200), sum(f(1) for f in makers), reduce(lambda a, b: (a * 31 + b) % 1000003, range(n)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
