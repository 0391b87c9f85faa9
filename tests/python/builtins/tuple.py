from _show import show, run

t = (3, 1, 2)
show("""
(), (1,), (1, 2), tuple(), tuple('ab'), tuple([1]), tuple(range(3)), tuple({1: 2}), tuple(t) is t, tuple(x for x in 'ab')
t[0], t[-1], t[1:], t[::-1], len(t), 1 in t, t + (4,), t * 2, 2 * t, t * 0, t == (3, 1, 2), t != (), t < (3, 2), t[:] is t, (1, 2) < (1, 2, 3), () < (0,)
t[3]
t['a']
t + [1]
t * 'a'
t < [1]
t.index(1), t.count(1), (1, 1.0, True).count(1), (1, 2, 1).index(1, 1)
t.index(99)
t.append(1)
hash(()), hash((1, 2)) == hash((1, 2)), hash((1, 2)), hash((1, (2, 3))), hash(('a',)) == hash(('a',)), hash((1.5, None is None))
hash(([],))
{(1, 2): 'x'}[(1, 2)], (1, 2) in {(1, 2)}
repr((1,)), repr(()), repr((1, 'a')), str(((),)), ((1,), [2], {3: 4})
sorted((3, 1)), list(reversed((1, 2))), sum((1, 2)), min((2, 1)), max(t), any(()), all(()), list(zip((1, 2), 'ab')), tuple(map(str, (1, 2)))
tuple(5)
tuple(1, 2)
tuple(a=1)
(1, 2) == [1, 2], (1,) == (1.0,)
(1, 'a') < (1, 2)
(1, 'a') < (2, 'a')
tuple[int, ...], tuple[()], tuple[int, str].__args__
(1, 2).__add__((3,)), (1, 2).__getnewargs__(), (1,).__contains__(1), (1, 2).__len__(), (1,).__mul__(3), (1,).__eq__(1), tuple.__new__(tuple, [1])
() is (), (1, 2, 3)[-2:], (0,) * 5, ('a',) * -1
""", globals())
run("""
t[0] = 1
---
del t[0]
---
a = ([1], 2); a[0].append(3); print(a)
---
class P(tuple):
    def __new__(cls, x, y): return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]
p = P(1, 2); p.extra = 3; print(p, p.x, p.extra, p == (1, 2), type(p + ()), type(p[:]), hash(p) == hash((1, 2)), len(p), {p: 1}[(1, 2)])
---
from collections import namedtuple
N = namedtuple('N', 'a b c', defaults=[9]); n = N(1, b=2); print(n, n.a, n._asdict(), n._replace(a=5), N._fields, n == (1, 2, 9), N._make([4, 5, 6]), N.__doc__)
---
N(1)
---
namedtuple('X', 'a a')
---
namedtuple('X', 'def')
---
print(namedtuple('X', 'a def', rename=True)._fields)
---
x = 1, 2, 3; a, b, c = x; print(a, b, c); it = iter(x); print(next(it), list(it), it.__length_hint__())
---
l = []; t2 = (l,); l.append(t2); print(t2)
---
print(((1, 2), (3, 4))[1][0], (lambda *a: a)(1, 2), divmod(7, 2) == (3, 1))
---
big = tuple(range(10000)); print(len(big), big[5000], sum(big), hash(big) == hash(tuple(range(10000))), big.index(9999))
""", globals())
