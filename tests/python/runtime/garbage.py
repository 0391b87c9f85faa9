# gc, weak references, finalizers, resurrection, cycles.
import gc
import weakref


class Node:
    def __init__(self, name): self.name = name
    def __repr__(self): return f"Node({self.name})"


class Final(Node):
    def __del__(self): print("del", self.name)


def settle():
    for _ in range(3): gc.collect()


n = Node("a"); r = weakref.ref(n); print(r() is n, r == weakref.ref(n), weakref.getweakrefcount(n), repr(r).split(" at ")[0])
del n; settle(); print(r())
c = Node("cycle"); c.self = c; r = weakref.ref(c, lambda w: print("callback", w is r)); del c; settle(); print(r())
f = Final("f"); del f; settle()
a, b = Final("a"), Final("b"); a.o, b.o = b, a; del a, b; settle()
class Res:
    saved = []
    def __del__(self): Res.saved.append(self); print("resurrected")
x = Res(); x.me = x; del x; settle(); print(len(Res.saved)); Res.saved.clear(); settle(); print(len(Res.saved))
d = weakref.WeakValueDictionary(); k = Node("v"); d["k"] = k; print(len(d), d["k"]); del k; settle(); print(len(d), d.get("k"))
d = weakref.WeakKeyDictionary(); k = Node("k"); d[k] = 1; print(len(d), d[k]); del k; settle(); print(len(d))
s = weakref.WeakSet(); k = Node("s"); s.add(k); print(len(s), k in s); del k; settle(); print(len(s))
k = Node("p"); p = weakref.proxy(k); print(p.name, isinstance(p, Node)); p.name = "q"; print(k.name); del k; settle()
try: p.name
except ReferenceError as e: print(e)
k = Node("fin"); fin = weakref.finalize(k, print, "finalized", 1); print(fin.alive); del k; settle(); print(fin.alive)
k = Node("m")
class M:
    def method(self): return "called"
m = M(); wm = weakref.WeakMethod(m.method); print(wm()()); del m; settle(); print(wm())
for bad in (5, "a", None, (1,), [], {}, object()):
    try: weakref.ref(bad); print("ok", type(bad).__name__)
    except TypeError as e: print(e)
for good in (set(), frozenset(), lambda: 0, len, type, M(), (i for i in ()), __import__("re").compile("a"), __import__("collections").deque(), M().method):
    print(weakref.ref(good) is not None)
class Slots: __slots__ = ("__weakref__",)
class NoWeak: __slots__ = ()
weakref.ref(Slots())
try: weakref.ref(NoWeak())
except TypeError as e: print(e)
class RefSub(weakref.ref): pass
k = Node("sub"); rs = RefSub(k); rs.x = 1; print(rs() is k, rs.x, hash(rs) == hash(k), rs == weakref.ref(k))
del k; settle()
try: hash(weakref.ref(Node("z")))
except TypeError as e: print(e)
print(gc.isenabled(), gc.get_threshold()[0] > 0, len(gc.get_count()), gc.collect() >= 0, gc.is_tracked([]), gc.is_tracked(1), gc.garbage, len(gc.get_stats()), gc.get_freeze_count())
gc.disable(); print(gc.isenabled()); gc.enable(); gc.set_threshold(500, 5, 5); gc.freeze(); gc.unfreeze()
l = [Node("in list")]; print(l in gc.get_referrers(l[0]), l[0] in gc.get_referents(l), any(o is l for o in gc.get_objects()))
events = []
gc.callbacks.append(lambda phase, info: events.append((phase, sorted(info)))); gc.collect(); gc.callbacks.clear(); print(events[0], events[-1][0])
def gen():
    try: yield 1
    finally: print("generator finalized")
g = gen(); next(g); del g; settle()
class InDel:
    def __del__(self): raise ValueError("ignored")
import sys
sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value)
InDel(); settle()
for _ in range(20000): x = Node("t"); x.c = [x, {"n": x}, (x,), lambda: x]
settle()
order = []
class Ord:
    def __init__(self, n): self.n = n
    def __del__(self): order.append(self.n)
for i in range(5): Ord(i)
settle(); print(sorted(order))
t = (1, [2]); t[1].append(t); del t; settle()
def closure():
    def inner(): return inner
    return weakref.ref(inner)
w = closure(); settle(); print(w())
class C: pass
wc = weakref.ref(C); del C; settle(); print(wc())
try: raise ValueError
except ValueError as e: e.self = e
settle(); print("end")
