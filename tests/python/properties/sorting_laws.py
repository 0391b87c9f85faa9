# Sorting: stability, keys, reverse, mixed lengths, patterns, against a model; heapq and bisect beside it.
import bisect, functools, heapq, random
r = random.Random(11)
def model(a, key=lambda x: x):
    out = []
    for x in a:
        i = len(out)
        while i and key(x) < key(out[i - 1]): i -= 1
        out.insert(i, x)
    return out
total = 0
for n in list(range(20)) + [31, 32, 33, 63, 64, 65, 100, 200]:
    for pattern in ("random", "few", "up", "down", "runs", "floats", "strings", "tuples", "mixed"):
        a = {"random": lambda: [r.randrange(1000) for _ in range(n)], "few": lambda: [r.randrange(4) for _ in range(n)], "up": lambda: list(range(n)), "down": lambda: list(range(n, 0, -1)), "runs": lambda: [i % 17 for i in range(n)], "floats": lambda: [r.random() for _ in range(n)], "strings": lambda: ["".join(r.choice("aé日") for _ in range(r.randrange(4))) for _ in range(n)], "tuples": lambda: [(r.randrange(3), r.random()) for _ in range(n)], "mixed": lambda: [r.choice((1, 2.5, True, 2**70, -3)) for _ in range(n)]}[pattern]()
        s = sorted(a)
        assert s == model(a) and all(not s[i + 1] < s[i] for i in range(n - 1)), (n, pattern)
        tagged = [(x, i) for i, x in enumerate(a)]
        assert sorted(tagged, key=lambda t: t[0]) == model(tagged, lambda t: t[0])
        d = sorted(tagged, key=lambda t: t[0], reverse=True)
        assert [t[0] for t in d] == s[::-1] and all(d[i][1] < d[i + 1][1] for i in range(n - 1) if d[i][0] == d[i + 1][0])
        b = a[:]; b.sort(key=str); assert b == model(a, str)
        h = a[:]; heapq.heapify(h); assert [heapq.heappop(h) for _ in range(n)] == s
        o = []
        for x in a: bisect.insort(o, x)
        assert o == s and heapq.nsmallest(5, a) == s[:5] and heapq.nlargest(5, a) == s[::-1][:5] and list(heapq.merge(s[::2], s[1::2])) == s
        assert sorted(a, key=functools.cmp_to_key(lambda x, y: (x > y) - (x < y))) == s
        total += n
print(total)
class Counted:
    n = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): Counted.n += 1; return self.v < o.v
for pattern in (range(500), range(500, 0, -1), [r.random() for _ in range(500)]):
    Counted.n = 0; sorted(map(Counted, pattern)); print(Counted.n < 500 * 12)
class Bad:
    def __lt__(self, o): raise ValueError("no")
a = [3, Bad(), 1]
try: a.sort()
except ValueError as e: print(e, len(a))
def keys(x): raise KeyError(x)
a = [2, 1]
try: a.sort(key=keys)
except KeyError as e: print(repr(e), a)
nan = float("nan"); print(len(sorted([3, nan, 1, nan, 2])), sorted([1, True, 1.0]), sorted([0.0, -0.0]), max([0.0, -0.0]), min([-0.0, 0.0]))
print(sorted("the quick brown fox".split(), key=lambda w: (-len(w), w)), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], []]), sorted([{1}, {1, 2}], key=len), sorted([b"b", b"a"]), sorted([(1, "b"), (1, "a")]))
