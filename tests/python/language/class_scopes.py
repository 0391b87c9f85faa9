# Class bodies: scopes, __class__, nested functions, comprehension, conditional definitions, exec inside.
x = "global"
class A:
    print(x)
    x = "class"
    print(x, __name__, __qualname__, __module__)
    y = [x for _ in range(2)]
    z = [i for i in x]
    def f(self): return x
    g = lambda self: x
    for i in range(2): locals()[f"made{i}"] = i
    del i
    if x == "class":
        def conditional(self): return __class__.__name__
    try: raise ValueError
    except ValueError: caught = True
    with open("/dev/null") as fh: pass
    class B:
        print(x)
        w = "inner"
        def h(self): return A.x, x
    nested = B.w
print(A.x, A.y, A.z, A().f(), A().g(), A.made1, A().conditional(), A.caught, A.nested, A.B().h(), A.B.__qualname__)
def make(x):
    class C:
        x = x
        y = x
        def get(self): return x
    return C
try: print(make("arg").x)
except NameError as e: print(e)
def make2(p):
    class C:
        q = p
        def get(self): return p, self.q
        class D:
            r = p
    return C
print(make2("p")().get(), make2(1).D.r)
class E:
    def a(self): return super().__repr__()[:1], __class__
    def b(self):
        def inner(): return __class__.__name__
        return inner()
    c = staticmethod(lambda: __class__)
print(E().a()[1] is E, E().b(), E.c() is E)
class F:
    exec("made = 5")
    eval("print(made)")
    v = locals().copy()
    keys = sorted(k for k in locals() if not k.startswith("_") and k != "v")
print(F.made, F.keys, "made" in F.v)
class G(E): 
    def a(self): return super().a()[1].__name__, super(G, self).b()
print(G().a())
class Meta(type):
    def __prepare__(name, bases, **k): return {"injected": 1, "k": k}
    def __new__(m, n, b, ns, **k): return super().__new__(m, n, b, ns)
    def __init__(c, n, b, ns, **k): pass
class H(metaclass=Meta, option=5): print(injected, k); own = injected + 1
print(H.own, H.k)
counter = 0
class Count:
    global counter
    counter += 1
    counter_copy = counter
print(counter, Count.counter_copy, hasattr(Count, "counter"))
def f():
    v = 1
    class I:
        nonlocal v
        v = 2
    return v, hasattr(I, "v")
print(f())
try:
    class J: undefined_name_here
except NameError as e: print(e)
try:
    class K: 1 / 0
except ZeroDivisionError: print("K" in globals())
class L: __slots__ = ("a",); a_default = 5; "not a doc"
print(L.__doc__, L.a_default)
class M: "real doc"; x = 1
print(M.__doc__, [k for k in M.__dict__ if not k.startswith("__")])
class N:
    def __init_subclass__(cls, **kw): cls.kw = kw; super().__init_subclass__()
class O(N, a=1, **{"b": 2}): pass
print(O.kw)
bases = (list, N)
class P(*bases, c=3): pass
print(P.__mro__[1:3], P.kw)
class Q:
    x = 1
    def x_(self): return self.x
    x = 2
    @property
    def x3(self): return self.x
    @x3.setter
    def x3(self, v): self.x = v
q = Q(); q.x3 = 9; print(q.x, Q.x, q.x_())
