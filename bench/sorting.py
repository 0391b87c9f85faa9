# Sorting with and without keys: ints, floats, strings, tuples, objects, reverse, heapq, bisect.
import bisect
import functools
import heapq
import operator
import sys


class Item:
    def __init__(self, rank, name):
        self.rank = rank
        self.name = name

    def __lt__(self, other):
        return self.rank < other.rank


def main(n):
    x, values = 42, []
    for _ in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        values.append(x)
    floats = [v / 1000 for v in values]
    texts = ["%x" % v for v in values]
    pairs = [(v % 100, t) for v, t in zip(values, texts)]
    items = [Item(v % 10007, t) for v, t in zip(values, texts)]
    print(sorted(values)[n // 2], sorted(floats, reverse=True)[n // 3], sorted(texts)[5], sorted(pairs)[n // 4])
    print(sorted(texts, key=len)[0], sorted(values, key=lambda v: v % 1000)[7],
          sorted(pairs, key=operator.itemgetter(1))[9])
    print(sorted(items)[3].rank, sorted(items, key=operator.attrgetter("name"))[3].name, min(items).rank)
    print(sorted(values[:n // 10], key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b)))[1])
    heap = values[:n // 2]
    heapq.heapify(heap)
    print(sum(heapq.heappop(heap) for _ in range(n // 4)) % 1000003, heapq.nlargest(3, values))
    ordered = []
    for v in values[:n // 10]:
        bisect.insort(ordered, v)
    print(ordered[:3], sorted(values + sorted(values))[-1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 45000)
