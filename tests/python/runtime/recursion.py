# Deep recursion of every kind ends in RecursionError, never in a crash.
import sys


def plain(n): return plain(n + 1)
def mutual_a(n): return mutual_b(n)
def mutual_b(n): return mutual_a(n)


class R:
    def __repr__(self): return repr(self)
    def __getattr__(self, n): return getattr(self, n)
    def __eq__(self, o): return self == o
    def __hash__(self): return hash(self)
    def __call__(self): return self()
    def __add__(self, o): return self + o
    def __bool__(self): return bool(self)
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __getitem__(self, i): return self[i]
    def __index__(self): return [1][self]
    def __str__(self): return str(self)
    def __format__(self, s): return format(self, s)
    def __contains__(self, x): return x in self
    def __lt__(self, o): return self < o
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass


class Init:
    def __init__(self): Init()
class New:
    def __new__(cls): return New()
class P:
    @property
    def p(self): return self.p


r = R()
def deco(f): return lambda: deco(f)()
tests = dict(plain=lambda: plain(0), mutual=lambda: mutual_a(0), repr=lambda: repr(r), getattr=lambda: r.x, eq=lambda: r == r or r == R(), hash=lambda: hash(r), call=lambda: r(), add=lambda: r + 1,
             bool=lambda: bool(r), len=lambda: len(r), iter=lambda: iter(r), getitem=lambda: r[0], index=lambda: [1][r], str=lambda: str(r), format=lambda: f"{r}", contains=lambda: 1 in r, lt=lambda: r < 1,
             enter=lambda: r.__enter__(), init=lambda: Init(), new=lambda: New(), prop=lambda: P().p, map=lambda: deco(len), sort=lambda: sorted([R(), R()]), max=lambda: max(R(), R()))
for name, f in tests.items():
    try:
        f()
        print(name, "no error")
    except RecursionError:
        print(name, "RecursionError")
    except Exception as e:
        print(name, type(e).__name__, e)


def nest(n):
    x = []
    for _ in range(n): x = [x]
    return x


deep = nest(100000)
for name, f in dict(repr=lambda: repr(deep), eq=lambda: deep == nest(100000), json=lambda: __import__("json").dumps(deep), copy=lambda: __import__("copy").deepcopy(deep), pickle=lambda: __import__("pickle").dumps(deep), isinstance=lambda: isinstance(1, tuples)).items():
    tuples = ()
    for _ in range(100000): tuples = (tuples,)
    try:
        f()
        print(name, "no error")
    except RecursionError as e:
        print(name, "RecursionError")
for name, source in dict(parens="(" * 5000 + ")" * 5000, brackets="[" * 5000, minus="-" * 100000 + "1", nots="not " * 5000 + "1", attribute="x" + ".a" * 5000, calls="f" + "()" * 5000, binary="+".join(["1"] * 5000), ifs="\n".join(" " * i + "if x:" for i in range(150)), lambdas="lambda: " * 3000 + "1", power="**".join(["1"] * 3000), strings="f'" + "{" * 50).items():
    try:
        compile(source, "<deep>", "exec")
        print(name, "compiles")
    except (RecursionError, MemoryError, SyntaxError) as e:
        print(name, "refused" if name not in ("ifs", "strings") else type(e).__name__ + " " + str(e))


def down(n): return 0 if n == 0 else 1 + down(n - 1)


sys.setrecursionlimit(3000)
print(down(2500), sys.getrecursionlimit())
sys.setrecursionlimit(50000)
print(down(40000))
sys.setrecursionlimit(1000)
for bad in (0, -1, "a"):
    try: sys.setrecursionlimit(bad)
    except Exception as e: print(type(e).__name__, e)
def count(n):
    try: return count(n + 1)
    except RecursionError: return n
print(count(0) > 900, count(0) > 900)
def gen(n):
    if n: yield from gen(n - 1)
    yield n
try: print(sum(gen(900)))
except RecursionError: print("RecursionError")
del deep, tuples
print("end")
