# Generators: pipelines, delegation through trees, send.
import sys


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def only(predicate, source):
    for x in source:
        if predicate(x):
            yield x


def pairs(source):
    previous = None
    for x in source:
        if previous is not None:
            yield previous, x
        previous = x


class Tree:
    def __init__(self, low, high):
        middle = (low + high) // 2
        self.value = middle
        self.left = Tree(low, middle) if low < middle else None
        self.right = Tree(middle + 1, high) if middle + 1 < high else None

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def averager():
    total = count = 0
    average = None
    while True:
        x = yield average
        total += x
        count += 1
        average = total / count


def main(n):
    print(sum(a * b % 7 for a, b in pairs(only(lambda x: x % 3, numbers(n)))))
    print(sum(Tree(0, n // 10)))
    running = averager()
    next(running)
    for i in range(n):
        last = running.send(i)
    print(last)
    print(sum(x for x in (y * y for y in (z + 1 for z in range(n)) if y & 1)) % 1000007)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 900000)
