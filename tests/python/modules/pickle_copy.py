import copy
import pickle
import collections
import datetime
import decimal
import fractions
import functools
import enum


class Plain:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return type(self) is type(o) and self.__dict__ == o.__dict__
    def __repr__(self): return f"Plain({self.x!r})"
class Slots:
    __slots__ = ("a", "b")
    def __eq__(self, o): return self.a == o.a
class State(Plain):
    def __getstate__(self): return {"x": self.x, "saved": True}
    def __setstate__(self, s): self.__dict__.update(s)
class NewArgs:
    def __new__(cls, a): self = object.__new__(cls); self.a = a; return self
    def __getnewargs__(self): return (self.a,)
class Reduce:
    def __init__(self, a): self.a = a
    def __reduce__(self): return (Reduce, (self.a,), {"extra": 1})
class IntSub(int): pass
class ListSub(list): pass
class DictSub(dict): pass
class Color(enum.Enum): RED = 1
Point = collections.namedtuple("Point", "x y")
def function(): return 1
slots = Slots(); slots.a, slots.b = 1, 2
sub = ListSub([1]); sub.attr = 5
values = [None, True, 0, 255, 65536, -1, 2**40, -2**100, 1.5, 1e300, "a", "é" * 300, b"b", b"x" * 300, (), (1,), (1, 2), (1, 2, 3, 4), [], [1, [2]], {}, {"k": [1]}, {1, 2}, frozenset([1]), 1j, range(3), slice(1, 2), bytearray(b"ba"), ..., NotImplemented, int, len, function, Plain(1), slots, State(2), IntSub(5), sub, DictSub(a=1), Color.RED, Point(1, 2), collections.OrderedDict(a=1), collections.Counter("ab"), collections.deque([1], 5), collections.defaultdict(list, a=[1]), datetime.date(2020, 1, 1), decimal.Decimal("1.5"), fractions.Fraction(1, 3), functools.partial(int, base=2), ValueError("x", 1), KeyError("k"), Plain([Plain(2)])]
for v in values:
    row = []
    for protocol in range(6):
        try:
            data = pickle.dumps(v, protocol)
            w = pickle.loads(data)
            row.append(len(data) if repr(w) == repr(v) or w == v else "DIFF %r" % (w,))
        except Exception as e:
            row.append(f"{type(e).__name__}: {e}")
    print(repr(v)[:50].split(" at 0x")[0], row)
n = pickle.loads(pickle.dumps(NewArgs(7))); print(n.a)
r = pickle.loads(pickle.dumps(Reduce(3))); print(r.a, r.extra)
shared = [1]; a, b = pickle.loads(pickle.dumps((shared, shared))); print(a is b)
loop = []; loop.append(loop); x = pickle.loads(pickle.dumps(loop)); print(x[0] is x)
p = Plain(None); p.x = p; q = pickle.loads(pickle.dumps(p)); print(q.x is q)
for bad in (lambda: 0, (i for i in ()), open(__file__), type("Local", (), {})()):
    try: pickle.dumps(bad); print("ok")
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0])
for bad in (b"", b"\x80", b"garbage", b"\x80\x04K\x05", b"cnothing\nhere\n.", b"\x80\x09."):
    try: print(pickle.loads(bad))
    except Exception as e: print(type(e).__name__, e)
print(pickle.dumps([1, "a", (2.5, None)], 0), pickle.dumps({"a": 1}, 2))
class P(pickle.Pickler):
    def persistent_id(self, o): return "pid" if isinstance(o, Plain) else None
    def reducer_override(self, o): return (str, ("reduced",)) if isinstance(o, complex) else NotImplemented
class U(pickle.Unpickler):
    def persistent_load(self, i): return "loaded " + i
    def find_class(self, m, n): print("find", m, n); return super().find_class(m, n)
import io
f = io.BytesIO(); P(f).dump([Plain(1), 1j, Color]); print(U(io.BytesIO(f.getvalue())).load())
import pickletools; pickletools.dis(pickle.dumps((1, "a"), 4))
for v in values[20:]:
    try:
        c, d = copy.copy(v), copy.deepcopy(v)
        print(type(c).__name__, c == v or repr(c) == repr(v), d == v or repr(d) == repr(v), c is v, d is v)
    except Exception as e: print(type(e).__name__, e)
x = [[1], {"k": [2]}]; y = copy.deepcopy(x); y[0].append(9); print(x, y, copy.copy(x)[0] is x[0])
class C:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep"
print(copy.copy(C()), copy.deepcopy([C()]))
