import functools
from functools import *
import operator
from _show import show, run
show("""
reduce(operator.add, [1, 2, 3]), reduce(operator.add, [], 5), reduce(lambda a, b: a * b, range(1, 6)), reduce(max, 'hello')
reduce(operator.add, [])
partial(int, base=2)('101'), partial(pow, 2)(3), partial(print).func is print, partial(pow, 2).args, partial(int, base=2).keywords, partial(partial(pow, 2), 3)()
partial()
partial(5)
repr(partial(int, '5', base=8))
sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), cmp_to_key(lambda a, b: 0)(1) == cmp_to_key(lambda a, b: 0)(2)
""", globals())
run("""
calls = []
@lru_cache(maxsize=2)
def f(x): calls.append(x); return x * 2
print(f(1), f(1), f(2), f(3), f(1), calls, f.cache_info(), f.__wrapped__(5), f.cache_parameters()); f.cache_clear(); print(f.cache_info())
---
@lru_cache(typed=True)
def g(x): return type(x).__name__
print(g(1), g(1.0), g(True), g.cache_info())
---
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info().hits)
---
lru_cache()(lambda x: x)([])
---
@total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(T(1) <= T(2), T(1) > T(2), T(2) >= T(2), T(1) != T(2))
---
@total_ordering
class Bad: pass
---
@singledispatch
def s(x): return 'default'
@s.register
def _(x: int): return 'int'
@s.register(list)
def _(x): return 'list'
print(s(1), s([]), s('a'), s(True), s.dispatch(int)(5), sorted(t.__name__ for t in s.registry))
---
class C:
    @cached_property
    def p(self): print('computed'); return 5
    @singledispatchmethod
    def m(self, x): return 'm default'
    @m.register
    def _(self, x: int): return 'm int'
    def plus(self, a, b=0): return a + b
    plus5 = partialmethod(plus, 5)
c = C(); print(c.p, c.p, c.m(1), c.m('a'), c.plus5(2))
---
def outer(f):
    @wraps(f)
    def w(*a): 'w doc'; return f(*a)
    return w
@outer
def named(x): 'doc'; return x
print(named.__name__, named.__doc__, named.__wrapped__.__name__, named(3))
---
p = partial(lambda *a, **k: (a, sorted(k.items())), 1, x=2); print(p(3, y=4), p(x=9)); p.attr = 1; import pickle; print(p.attr, p.__dict__)
""", globals())
