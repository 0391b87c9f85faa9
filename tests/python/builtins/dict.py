from _show import show, run

d = {"a": 1, "b": 2, 3: "c", (1, 2): None}
show("""
{}, {'a': 1}, dict(), dict(a=1, b=2), dict([('a', 1)]), dict({'x': 1}, y=2), dict(zip('ab', [1, 2])), dict.fromkeys('ab'), dict.fromkeys([1, 2], 0), dict(['ab', 'cd']), {**{'a': 1}, 'b': 2}
d, len(d), d['a'], d[3], d[3.0], d[(1, 2)], 'a' in d, 'z' in d, 'z' not in d, list(d), list(d.keys()), list(d.values()), list(d.items())
d['zz']
d[[]]
d[{}]
[] in d
{[]: 1}
dict(1)
dict([1])
dict(['abc'])
dict([(1, 2, 3)])
dict('ab')
dict(None)
dict({}, {})
d.get('a'), d.get('z'), d.get('z', 5), d.get([]) if 0 else None
d.get([])
d.get()
d.setdefault('a', 9), d.setdefault('new', 9), d.setdefault('none'), d
d.pop('new'), d.pop('zz', 'default'), d.pop('none'), d
d.pop('zz')
d.popitem(), d
{}.popitem()
d.update({'a': 10}), d
d.update(b=20, e=5), d
d.update([('f', 6)]), d
d.update(5)
d.update([1])
d.update({}, {})
d.copy(), d.copy() is d, d.copy() == d
{1: 2} == {1: 2}, {1: 2} == {1: 3}, {1: 2} != {}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} == [(1, 2)], {1: 2} == {1.0: 2.0}
{1: 2} < {1: 3}
{'a': 1} | {'b': 2}, {'a': 1} | {'a': 2}, {'a': 1}.__or__([]) 
{} | []
d.keys(), d.values(), d.items()
repr({}.keys()), len(d.keys()), 'a' in d.keys(), ('b', 20) in d.items(), 20 in d.values()
d.keys() & {'a', 'zz'}, sorted(map(str, d.keys() | {'zz'})), sorted({1: 1, 2: 2}.keys() - {1}), {1: 1}.keys() ^ {2}, {1: 1}.keys() == {1}, {1: 1}.keys() <= {1, 2}, {1: 1}.items() == {(1, 1)}, {1: 1}.keys().isdisjoint([2]), {1: 1}.items() & {(1, 1), 5}, {1: []}.items() == {1: []}.items()
{1: []}.items() | set()
{1: 1}.values() == {1: 1}.values()
d.keys().mapping, list(reversed({'x': 1, 'y': 2})), list(reversed({'x': 1}.items())), list(reversed({'x': 1}.values()))
hash({})
repr({'a': {'b': 1}}), str({1: 'x'}), {'k': [1]}, {None: None, True: False}
{1: 'a', True: 'b', 1.0: 'c'}, {0: 'a', False: 'b', 0.0: 'c', -0.0: 'd'}, {'a': 1, 'a': 2}
len({i: i for i in range(1000)}), sum({i: i for i in range(100)}.values()), {i: i for i in range(5)}, {str(i): i for i in range(5)}
dict.fromkeys(5)
dict.fromkeys('a', 1, 2)
dict[str, int], dict.fromkeys([]), dict(a=1).__contains__('a'), {}.__len__(), {'a': 1}.__getitem__('a'), {}.__eq__(1)
{'a': 1}.__getitem__('b')
sorted({'b': 1, 'a': 2}), max({'a': 1, 'b': 0}, key={'a': 1, 'b': 0}.get), min({3: 1, 2: 2}), sorted({'b': 1, 'a': 2}.items(), key=lambda kv: kv[1]), any({}), all({0: 1})
d.clear(), d, len(d), list(d)
dict(**{'a': 1}), dict({'a': 1}, a=2), dict(a=1, **{'b': 2})
{}.nothing
{2**70: 'big', 2**70 + 1: 'bigger'}[2**70], {1.5: 'f'}[1.5], {float('inf'): 1}[float('inf')], {'é': 1}['é'], {b'a': 1, 'a': 2}, {(): 1}[()], {frozenset([1]): 1}[frozenset([1])], {None: 1}[None], {...: 1}[...], {int: 1}[int]
""", globals())
run("""
x = {}; x['self'] = x; print(x)
---
x = {1: 1}
for k in x: x[k + 1] = 1
---
x = {1: 1, 2: 2}
for k in x: del x[k]
---
x = {1: 1, 2: 2}
for k in list(x): del x[k]
print(x)
---
x = {'a': 1, 'b': 2, 'c': 3}; del x['b']; x['b'] = 4; print(x, list(x)); x['a'] = 9; print(x)
---
del {}['x']
---
x = {i: str(i) for i in range(20)}
for i in range(0, 20, 2): del x[i]
x.update({i: 'new' for i in range(3)}); print(x)
---
class D(dict):
    def __missing__(self, k): return k * 2
x = D(a=1); x.attr = 1; print(x['a'], x['zz'], x.get('zz'), 'zz' in x, x, type(x.copy()), isinstance(x, dict), x == {'a': 1}, type(x | {}))
---
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): print('hash', self.n); return 1
    def __eq__(self, o): print('eq', self.n, o.n if isinstance(o, K) else o); return isinstance(o, K) and self.n == o.n
x = {K(1): 'a', K(2): 'b'}; print(x[K(2)])
---
class Bad:
    def __hash__(self): raise ValueError('no hash')
{Bad(): 1}
---
class BadEq:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError('no eq')
x = {BadEq(): 1}; x[BadEq()]
---
class M:
    def keys(self): return ['p', 'q']
    def __getitem__(self, k): return k + '!'
print(dict(M()), {**M()}); x = {}; x.update(M()); print(x)
---
x = {'a': 1}; y = x; y |= {'b': 2}; print(x, x is y); y |= [('c', 3)]; print(x); y = y | {'d': 4}; print(x, y)
---
k = {}.keys(); x = {1: 2}; v = x.values(); i = x.items(); x[3] = 4; print(v, i, len(v), len(i))
---
it = iter({1: 2, 3: 4}.items()); print(next(it), it.__length_hint__(), list(it), next(it, 'end'))
---
x = {}
for i in range(2000): x[i * 7 % 2003] = i
for i in range(0, 2000, 3): x.pop(i * 7 % 2003)
print(len(x), sum(x), sum(x.values()), list(x)[:5], list(x.items())[-3:])
---
x = dict.fromkeys(range(100)); x.clear(); x[5] = 6; print(x)
---
x = {'k%d' % i: i for i in range(300)}; print(x['k299'], 'k300' in x, len(x)); y = x.copy(); x.clear(); print(len(y), y['k0'])
---
x = {'a': 1, 'b': 2}; print([x.popitem(), x.popitem()], x)
---
import types
p = types.MappingProxyType({'a': 1}); print(p, p['a'], len(p), list(p), p | {'b': 2}, p.get('z'), p.copy(), p == {'a': 1})
---
types.MappingProxyType({})['x'] = 1
---
types.MappingProxyType([])
---
class E(dict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
e = E(a=1); e['b'] = 1; e.update(c=1); print(e)
---
def f(**k): return k
print(f(**{'x': 1}), f(b=1, a=2))
---
x = {1: 'a', 2: 'b'}
print({v: k for k, v in x.items()}, *x, *x.items(), {*x})
""", globals())
