from _show import show, run
class Seq:
    def __getitem__(self, i):
        if i < 3: return i
        raise IndexError
class Len(Seq):
    def __len__(self): return 3
show("""
list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate([], 1)), list(enumerate('a', start=-1)), next(enumerate('a')), list(enumerate(['x'], 2**70))
enumerate(5)
enumerate('a', 'b')
list(zip('ab', [1, 2, 3])), list(zip()), list(zip('a')), list(zip('ab', 'cd', strict=True)), dict(zip('ab', range(2))), [*zip(*[(1, 2), (3, 4)])]
list(zip('ab', 'c', strict=True))
list(zip('a', 'bc', strict=True))
zip(5)
zip('a', 5)
list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(map(None.__class__, []))
map(str)
list(map(5, [1]))
list(map(len, [1]))
list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isalpha, 'a1b'))
filter(None, 5)
list(reversed([1, 2])), list(reversed('ab')), list(reversed((1,))), list(reversed(range(3))), list(reversed(Len())), list(reversed({'a': 1}))
reversed(Seq())
reversed({1})
list(iter([1])), list(iter(Seq())), list(iter(lambda: next(it5), 3)) if 'it5' in globals() else 0, next(iter([]), 'd')
iter(5)
iter(5, 1)
next([])
next(iter([]))
sum([1, 2]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum((i for i in range(4))), sum([True, 2**62, 2**62]), sum([0.1] * 3), sum({1: 2, 3: 4}), sum([1j, 1])
sum('ab')
sum(['a'], '')
sum([b'a'], b'')
sum([1, 'a'])
sum(5)
max([1, 3, 2]), max(1, 2), max('ab', 'c'), max([], default=5), max([1, -3], key=abs), max('a', 'bb', key=len), min([3, 1]), min({2: 1}), min([1, 1.0]), max([1.0, 1]), min((1, 2), (0, 9)), max([True, 1]), min([], default=None)
max([])
max(5)
max()
max(1, 2, default=3)
max([1, 'a'])
min(None)
any([0, '', 1]), any([]), all([1, 0]), all([]), any(x > 1 for x in [1, 2]), all(x for x in range(0))
any(5)
sorted([3, 1], key=None, reverse=1), sorted('bca', reverse=True), sorted({2: 1, 1: 2}), sorted([(1, 'b'), (1, 'a')], key=lambda t: t[1])
list(Seq()), tuple(Seq()), [*Seq()], 2 in Seq(), 5 in Seq(), set(Len()), list(map(None, [])) if 0 else 1
iter([1, 2]).__length_hint__(), iter('abc').__length_hint__(), iter({1: 2}).__length_hint__(), iter(range(5)).__length_hint__(), reversed([1]).__length_hint__(), iter(()).__length_hint__(), iter({1}).__length_hint__()
repr(iter([])).split(' at')[0], repr(zip()).split(' at')[0], repr(iter(len, 0)).split(' at')[0], repr((i for i in ())).split(' at')[0]
iter([1]).__reduce__()[1], enumerate('a').__reduce__()[1][1], iter(zip()) is not None
""", globals())
run("""
def counter():
    counter.n += 1; return counter.n
counter.n = 0
print(list(iter(counter, 4)))
---
class It:
    def __iter__(self): return self
    def __next__(self): raise ValueError('in next')
list(It())
---
class NoNext:
    def __iter__(self): return 5
iter(NoNext())
---
class NotIter:
    __iter__ = None
iter(NotIter())
---
class Stop:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
print(list(Stop()), [*Stop()], list(zip(Stop(), 'a')), max(Stop(), default='none'))
---
class Hint:
    def __length_hint__(self): return 'a'
    def __iter__(self): return iter([1])
print(list(Hint()))
---
class Hint2:
    def __len__(self): return -1
    def __iter__(self): return iter([1])
print(list(Hint2()))
---
a = iter([1, 2, 3]); print(list(zip(a, a)), list(a))
---
m = map(lambda x: 1 // x, [1, 0, 2]); print(next(m))
try: next(m)
except ZeroDivisionError: print(next(m))
---
e = enumerate(iter('abc')); next(e); import copy; print(list(copy.copy(iter([1, 2]))), list(e))
---
d = {'a': 1}; i = iter(d); d['b'] = 2; next(i)
---
l = [1, 2, 3]; r = reversed(l); l.pop(); print(list(r)); l2 = iter(l); l.append(5); print(list(l2))
""", globals())
