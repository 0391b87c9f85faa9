from _show import show, run

x = [3, 1, 2]
show("""
[], [1], list(), list('abc'), list(range(3)), list({1: 2}), list((1, 2)), [1, [2]], list(x)
x[0], x[-1], x[1:], x[::-1], len(x), 1 in x, 9 in x, x + [4], x * 2, 2 * x, x * 0, x * -1, x == [3, 1, 2], x != [], x < [3, 2], x is x[:], [] == (), x <= x
x[3]
x[-4]
x['a']
x[1.0]
x + (1,)
x + None
x * 'a'
x * 1.5
x < (1,)
x < 5
[1, 'a'] < [1, 2]
[1, 'a'] < [2, 'a']
x.index(1), x.count(1), [1, 1.0, True].count(1), [1, 2, 1].index(1, 1), ['a', 'b'].index('b', -1)
x.index(99)
x.index(3, 1)
x.append(5), x
x.extend([6, 7]), x
x.extend('ab'), x
x.extend(5)
x.insert(0, 'first'), x
x.insert(-1, 'before last'), x
x.insert(100, 'end'), x
x.insert('a', 1)
x.pop(), x
x.pop(0), x
x.pop(-2), x
x.pop(100)
x.pop('a')
[].pop()
x.remove('a'), x
x.remove('zz')
x.reverse(), x
x.copy() == x, x.copy() is x
x.clear(), x
x.extend([5, 3, 8, 1]), x.sort(), x
x.sort(reverse=True), x
x.sort(key=lambda v: -v), x
x.sort(key=str), x
x.sort(1)
x.sort(key=5)
x.sort(bad=1)
[1, 'a'].sort()
[[2], [1]].sort()
sorted([3, 1, 2]), sorted('bca'), sorted({3: 1, 1: 2}), sorted([3, 1], reverse=True), sorted(['b', 'A'], key=str.lower), sorted([(1, 'b'), (1, 'a'), (0, 'z')]), sorted([]), sorted([1.5, 1, True])
sorted([1, 'a'])
sorted([1, None])
sorted(5)
list(reversed([1, 2, 3])), [*reversed('ab')], list(iter([1, 2])), list(enumerate(['a', 'b'], 1)), list(zip([1, 2], [3, 4])), list(map(lambda a: a + 1, [1, 2])), list(filter(None, [0, 1, 2]))
sum([1, 2]), min([2, 1]), max([2, 1]), any([0, 1]), all([1, 0]), sum([[1], [2]], [])
repr([1, 'a', None, 1.5]), str([[]]), [1, 2].__repr__()
hash([])
list(5)
list(1, 2)
list(a=1)
[1, 2, 3].__getitem__(slice(0, 2)), [1].__contains__(1), [1].__add__([2]), [1].__iadd__([2]), [1].__mul__(2), [1].__eq__([1]), [1].__eq__(1), [1].__lt__([2]), [1].__len__(), [1].__reversed__().__next__()
[1].__add__((2,))
list.append([], 1)
list.append(5, 1)
[1, 2].nothing
[None] * 3, [[]] * 2, [0] * 5
[1, 2, 3] == [1, 2, 3.0], [1, 2] > [1], [1, 2] >= [1, 2]
[x for x in range(100)][50:60], list(range(1000))[-1], len([0] * 100000)
[1, [2, [3, [4]]]] == [1, [2, [3, [4]]]]
list.__class_getitem__(int), list[int], type(list[int])
[3, 1, 2].sort() is None, [1].append(2) is None
""", globals())
run("""
a = []; a.append(a); print(a, len(a), a[0] is a)
---
a = [1, 2, 3]; a[0], a[1] = a[1], a[0]; print(a)
---
a = list(range(10)); a[2:5] = [20]; print(a); a[::3] = 'abc'; print(a)
---
a = [1, 2, 3]; it = iter(a); next(it); a.append(4); print(list(it), it.__length_hint__())
---
a = [1, 2, 3]; it = iter(a); a.clear(); print(list(it)); a.append(1); print(list(it))
---
it = iter([1, 2, 3]); next(it); print(it.__reduce__()[1]); it.__setstate__(0); print(list(it))
---
r = reversed([1, 2, 3]); next(r); print(r.__length_hint__(), list(r))
---
calls = []
def key(v): calls.append(v); return -v
print(sorted([3, 1, 2], key=key), calls)
---
a = [3, 1, 2]
def bad(v): a.append(9); return v
a.sort(key=bad)
---
class L(list): pass
l = L([1, 2]); l.attr = 5; print(l, l.attr, type(l + l), type(l[:]), type(l * 2), l == [1, 2], isinstance(l, list), repr(l), type(l.copy()))
---
class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f'C{self.n}'
print(sorted([C(3), C(1), C(2)]), max([C(1), C(5)], key=lambda c: c.n))
---
class E:
    def __eq__(self, o): return True
print([1, 2].index(E()), [1].count(E()), E() in [1], [E()] == [5])
---
data = [(i * 7919) % 1000 for i in range(1000)]
s = sorted(data); print(s[:5], s[-5:], s == sorted(s), sorted(data, reverse=True) == s[::-1])
---
pairs = [(i % 3, i) for i in range(10)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
---
a = [1, 2]; a += a; a *= 2; print(a); a += 'x'; a += {5: 6}; print(a)
---
a = [1]; b = a; b += [2]; print(a, a is b); b = b + [3]; print(a, b)
---
a = [1, 2, 3]; del a[0], a[-1]; print(a); a[:] = a * 3; print(a); a.extend(a); print(a); a.extend(x for x in range(2)); print(a)
---
a = [5]; a.__init__([1, 2]); print(a); a.__init__(); print(a)
---
m = [[0] * 3 for _ in range(2)]; m[0][1] = 5; print(m)
---
a = [1, 2, 3, 4, 5, 6]
for v in a:
    if v % 2: a.remove(v)
print(a)
---
a = []
for i in range(100000): a.append(i)
while len(a) > 10: a.pop()
print(a, sum(a))
---
q = []
for i in range(200):
    q.insert(0, i)
    if i % 3 == 0: q.pop()
print(len(q), q[:5], q[-5:])
---
class X:
    def __getitem__(self, i):
        if i < 3: return i
        raise IndexError
    def __len__(self): return 100
print(list(X()), [*X()])
""", globals())
