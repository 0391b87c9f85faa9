# itertools and functools pipelines.
import functools
import itertools as it
import operator
import sys


def main(n):
    print(sum(it.islice(it.accumulate(it.count(1), operator.mul), 20)),
          sum(it.takewhile(lambda x: x < n, it.count(0, 7))))
    print(sum(1 for _ in it.permutations(range(8))), sum(a * b for a, b in it.combinations(range(n // 1000), 2)))
    print(sum(sum(t) for t in it.product(range(20), repeat=3)),
          len(list(it.combinations_with_replacement(range(30), 3))))
    words = ["w%d" % (i * 7919 % 1000) for i in range(n // 4)]
    groups = {k: len(list(g)) for k, g in it.groupby(sorted(words, key=len), key=len)}
    print(groups, sum(it.starmap(pow, zip(range(1000), it.repeat(3)))))
    print(sum(it.chain.from_iterable([range(i % 10) for i in range(n // 10)])),
          sum(it.compress(range(n), it.cycle([1, 0, 0]))))
    a, b = it.tee(range(n))
    next(b)
    print(sum(x * y for x, y in zip(a, b)), sum(x + y for x, y in it.pairwise(range(n))),
          sum(it.dropwhile(lambda x: x < n // 2, range(n))))
    print(sum(it.filterfalse(lambda x: x % 3, range(n))), functools.reduce(operator.xor, map(hash, range(n))),
          list(it.zip_longest("ab", range(3))))
    print(max(map(operator.itemgetter(1), enumerate(range(n)))), sum(map(operator.add, range(n), range(n))))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
