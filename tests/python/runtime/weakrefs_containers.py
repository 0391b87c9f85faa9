import gc, weakref
class K:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def __repr__(self): return f"K{self.n}"
keys = [K(i) for i in range(5)]
wk = weakref.WeakKeyDictionary((k, k.n * 2) for k in keys)
print(sorted(wk.values()), wk[K(2)], K(9) in wk, len(wk), wk.get(K(3)), wk.pop(K(4)), wk.setdefault(keys[0], 99), len(wk.keyrefs()), sorted(k.n for k in wk))
wv = weakref.WeakValueDictionary({i: k for i, k in enumerate(keys)})
print(wv[1], sorted(wv), len(wv), wv.get(9), wv.copy()[2], dict(wv.items())[3], len(wv.valuerefs()))
ws = weakref.WeakSet(keys)
print(len(ws), keys[0] in ws, (ws & {keys[1]}) == weakref.WeakSet([keys[1]]), ws.isdisjoint([K(99)]), len(ws | [keys[0]]))
del keys[2:]; gc.collect(); gc.collect()
print(len(wk), len(wv), len(ws), sorted(wk.values()))
r1, r2 = weakref.ref(keys[0]), weakref.ref(keys[0]); print(r1 is r2, r1 == r2, weakref.ref(keys[1]) == r1, weakref.getweakrefs(keys[0]) != [], weakref.ref(K(1)) == weakref.ref(keys[1]))
p = weakref.proxy(keys[1]); print(p.n, p == K(1), repr(type(p)), str(p), bool(p), hasattr(p, "zz"))
class Num:
    def __add__(self, o): return "added"
    def __len__(self): return 3
    def __getitem__(self, i): return i
    def __call__(self, x): return x
    def __iter__(self): return iter("ab")
n = Num(); q = weakref.proxy(n); print(q + 1, len(q), q[5], q(7), list(q), type(q).__name__, 1 in [1])
log = []
a = K(100); r = weakref.ref(a, lambda ref: log.append(("dead", ref() is None))); del a; gc.collect(); gc.collect(); print(log)
fs = [weakref.finalize(K(i), log.append, i) for i in range(3)]; gc.collect(); gc.collect(); print(sorted(x for x in log if isinstance(x, int)), [f.alive for f in fs])
f = weakref.finalize(keys[0], log.append, "called"); print(f.peek()[2], f(), f(), f.alive, log[-1]); f.atexit = False; print(f.atexit, weakref.finalize(keys[0], print).detach() is not None)
