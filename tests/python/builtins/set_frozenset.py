from _show import show, run

s = {1, 2, 3}
f = frozenset([1, 2, 3])
show("""
set(), {1}, set([1, 2, 2]), frozenset(), frozenset('a'), {1, 1.0, True}, set(range(5)), set({1: 2}), {*[1, 2]}, sorted(set('hello'))
s, f, len(s), 1 in s, 9 in s, s == f, s == {3, 2, 1}, s != {1}, f == s, hash(f) == hash(frozenset([3, 2, 1])), s == [1, 2, 3]
hash(s)
{[]}
{{}}
[] in s
{1} in [{1}], {1} in {frozenset([1])}
set(5)
set(1, 2)
set(a=1)
frozenset(5)
s | {4}, s & {1, 9}, s - {1}, s ^ {1, 9}, s | f, f | s, type(s | f), type(f | s), f - s, f & {2}
s | [4]
s & 5
s - 'a'
s.union([4], (5,)), s.intersection([1, 2], [2]), s.difference([1], [2]), s.symmetric_difference([1, 9]), s.union(), s.intersection(), s.union('ab') == {1, 2, 3, 'a', 'b'}
s.union(5)
s.intersection([[]])
s <= {1, 2, 3, 4}, s < s, s <= s, s >= {1}, s > {1}, s.issubset([1, 2, 3]), s.issuperset([1]), s.isdisjoint([9]), s.isdisjoint([1]), {1} < {2}, {1} > {2}, set() < {1}
s < [1]
s.copy() == s, s.copy() is s, f.copy() is f, frozenset(f) is f
s.add(4), s
s.add([])
s.add(1), s
s.remove(4), s
s.remove(99)
s.remove([])
s.discard(99), s.discard(3), s
s.update([5, 6], {7}), s
s.update(5)
s.difference_update([5]), s
s.intersection_update([1, 2, 6]), s
s.symmetric_difference_update([6, 8]), s
set().pop()
s.clear(), s
f.add(1)
repr(set()), repr({1}), repr(frozenset()), repr(frozenset([1])), str({'a'}), repr({(1, 2)})
sorted({3, 1, 2}), sum({1, 2}), min({2, 1}), max({2, 1}), any({0}), all({1}), list({5}), tuple({5}), [*{1}]
{i % 3 for i in range(10)}, {c for c in 'aab'} == {'a', 'b'}, {frozenset([1]), frozenset([1])}
set.union({1}, {2}), {1}.__or__({2}), {1}.__or__([2]), {1}.__contains__(1), {1}.__len__(), frozenset.__mro__, set[int]
set.union(1, 2)
set('abc') ^ set('bcd') == {'a', 'd'}, set('abc') & set('bcd') == {'b', 'c'}, set('ab') | set('bc') == set('abc')
{1, 2} == {1.0, 2.0}, {True} == {1}, {0} == {False}, {'a'} == frozenset('a')
set(range(100)) - set(range(0, 100, 2)) == set(range(1, 100, 2)), len(set(range(1000)) | set(range(500, 1500)))
list(range(20)) == list(set(range(20))), {2**70, 2**70}, {1.5, 2.5, 1.5}, {None, None}
[hash(frozenset()), hash(frozenset([1, 2])), hash(frozenset(range(10)))]
""", globals())
run("""
x = {1, 2}; y = x; y |= {3}; y &= {2, 3, 4}; y -= {4}; y ^= {9}; print(sorted(x), x is y)
---
g = frozenset([1]); h = g; h |= {2}; print(g, h)
---
x = {1}; x |= [2]
---
x = {1, 2}
for v in x: x.add(v + 10)
---
class S(set): pass
x = S([1]); x.attr = 2; print(x, x | {2}, type(x | {2}), type(x.copy()), x == {1}, isinstance(x, set))
---
class F(frozenset): pass
x = F([1]); print(x, type(x | {2}), hash(x) == hash(frozenset([1])))
---
x = {1}; print(x.pop(), x)
---
x = {frozenset([1, 2])}; print({1, 2} in x); x.discard({1, 2}); print(x)
---
x = set()
for i in range(1000): x.add(i * 31 % 1009)
for i in range(0, 1000, 2): x.discard(i)
print(len(x), sum(x), sorted(x)[:5])
---
it = iter({1}); print(next(it), it.__length_hint__(), next(it, None))
---
print(list({10, 20, 30, 5, 15}), list({'a', 'b', 'c', 'd'}), list(set('hello world')), list({(1, 2), (3, 4)}), list({1.5, 0.25, 100.0}))
---
print({3, 1, 2, 100, -5, 64, 33}, set(range(40, 20, -3)), frozenset(['x', 'yy', 'zzz', 1]))
---
x = set(range(8)); x.discard(3); x.add(11); print(x); x.update(range(100, 120)); print(x)
---
a = {1, 2, 3}; b = {3, 4}; print(a | b, a & b, a - b, a ^ b, b - a, a.union([10, 9, 8]))
---
class K:
    def __hash__(self): return 5
    def __eq__(self, o): return self is o
ks = {K() for _ in range(50)}; print(len(ks))
""", globals())

# A display of constants has the order of its constant.
print({3, (1, 2), True}, {True, 3, (1, 2)}, [x for x in {3, (1, 2), True, "a" * 0}])
