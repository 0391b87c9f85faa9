# The same code with changing types: caches and fast paths must notice.
def add(a, b): return a + b
def less(a, b): return a < b
def item(a, i): return a[i]
def attribute(o): return o.x
def call(f, x): return f(x)
def length(x): return len(x)
def iterate(x): return [y for y in x]
def truth(x): return "T" if x else "F"


class A:
    def __init__(self): self.x = 1
class B:
    x = 2
class C:
    @property
    def x(self): return 3
class D:
    def __getattr__(self, n): return 4
class E:
    __slots__ = ("x",)
    def __init__(self): self.x = 5
class F(A):
    def __init__(self): super().__init__(); self.y = 0; self.x = 6
class G:
    def __add__(self, o): return "G+"
    def __radd__(self, o): return "+G"
    def __lt__(self, o): return "G<"
    def __gt__(self, o): return "G>"
    def __getitem__(self, i): return ("G", i)
    def __len__(self): return 7
    def __iter__(self): return iter("g")
    def __call__(self, x): return ("called", x)
    def __bool__(self): return False


for _ in range(3):
    print([add(a, b) for a, b in ((1, 2), (1.5, 2), (2, 1.5), ("a", "b"), ([1], [2]), ((1,), (2,)), (2**62, 2**62), (True, 1), (1j, 1), (b"a", b"b"), (G(), 1), (1, G()), (-2**61, -2**61))])
    print([less(a, b) for a, b in ((1, 2), (1.5, 1), (1, 1.5), ("a", "b"), ([1], [2]), (2**70, 1), (G(), 1), (1, G()), (float("nan"), 1), ((1, 2), (1, 3)))])
    print([item(a, i) for a, i in (([1, 2], 0), ("ab", 1), ((5, 6), -1), ({"k": 9}, "k"), ({3: 4}, 3), (b"ab", 0), (range(5), 2), (G(), "q"), ([1, 2], True), ([1, 2, 3], slice(1, 3)), (bytearray(b"z"), 0))])
    print([attribute(o) for o in (A(), B(), C(), D(), E(), F(), A(), F(), B)])
    print([call(f, x) for f, x in ((len, "abc"), (str, 5), (lambda x: x * 2, 4), (G(), 1), ("ab".count, "a"), (A.__init__, A()), (abs, -3), (type, 1), (list, "xy"), (int, "7"))])
    print([length(x) for x in ("abc", [1], (), {1: 2}, {1}, range(9), G(), b"ab", bytearray(3))])
    print([iterate(x) for x in ("ab", [1], (2,), {3: 4}, {5}, range(2), G(), b"a", iter([7]), (i for i in range(2)), zip("a", "b"))])
    print([truth(x) for x in (0, 1, 0.0, "", "a", [], [0], None, True, G(), (), {}, 2**70, A())])
for values in (range(5), [1.5, 2, "x"], "abc", {1: 2}):
    total = None
    for v in values:
        try:
            total = v if total is None else total + v
        except TypeError as e:
            total = str(e)
    print(total)
objects = [A() for _ in range(5)]
for i, o in enumerate(objects):
    if i == 2: A.x2 = 10
    if i == 3: o.extra = 1; del o.x
    print(getattr(o, "x", "gone"), getattr(o, "x2", None), end=" ")
print()
A.x = property(lambda s: "property now")
print([getattr(o, "x", "?") for o in objects])
del A.x
print([getattr(o, "x", "?") for o in objects])
def f(): return g()
def g(): return 1
r = [f()]
def g(): return 2
r.append(f())
len_saved = len
len = lambda x: "shadowed"
r.append(length([1]))
del len
r.append(length([1]))
print(r)
class M:
    def m(self): return "first"
o = M()
out = []
for i in range(4):
    out.append(o.m())
    if i == 1: M.m = lambda self: "second"
    if i == 2: o.m = lambda: "instance"
print(out)
