# Sets: sieving, membership, algebra, duplicates.
import sys


def main(n):
    primes = set(range(2, n))
    for i in range(2, int(n ** 0.5) + 1):
        if i in primes:
            primes -= set(range(i * i, n, i))
    print(len(primes), max(primes))
    squares = {i * i % n for i in range(n)}
    cubes = {i * i * i % n for i in range(n)}
    print(len(squares | cubes), len(squares & cubes), len(squares - cubes), len(squares ^ cubes))
    words = set()
    for i in range(n // 4):
        words.add("w%d" % (i * 7919 % 10007))
    print(len(words), "w5" in words, sum(("w%d" % i) in words for i in range(20000)))
    seen = set()
    x, steps = 1, 0
    while x not in seen:
        seen.add(x)
        x = (x * x + 12345) % 1000003
        steps += 1
    print(steps)
    reached = {(0, 0)}
    edge = reached
    for _ in range(40):
        edge = {(a + da, b + db) for a, b in edge for da, db in ((1, 0), (0, 1), (-1, 0), (0, -1))} - reached
        reached |= edge
    print(len(reached), len(frozenset(reached)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
