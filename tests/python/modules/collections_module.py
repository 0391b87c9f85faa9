import collections
from collections import *
from _show import show, run
show("""
Counter('aab'), Counter(a=1, b=2), Counter({'x': 3}), Counter()['z'], Counter('aab').most_common(1), sorted(Counter('ab').elements()), Counter('aab').total()
Counter('aab') + Counter('b'), Counter('aab') - Counter('ab'), Counter('aab') & Counter('ab'), Counter('a') | Counter('bb'), +Counter(a=-1), -Counter(a=-1)
Counter('ab') == Counter('ba'), Counter('a') <= Counter('aa'), Counter(a=0) == Counter(), Counter('ab') - Counter('abc')
Counter(5)
deque([1, 2, 3]), deque('abc', maxlen=2), deque().maxlen, deque([1]) + deque([2]), deque([1, 2]) * 2, deque([1]) == deque([1]), deque([1]) < deque([2]), 1 in deque([1]), deque([1, 2])[1], deque([1, 2])[-1]
deque([1])[5]
deque().pop()
deque().popleft()
deque(maxlen=-1)
deque([1]).remove(5)
deque([1]).index(9)
hash(deque())
OrderedDict(a=1), OrderedDict([('a', 1), ('b', 2)]) == OrderedDict([('b', 2), ('a', 1)]), OrderedDict(a=1) == {'a': 1}, list(reversed(OrderedDict(a=1, b=2))), OrderedDict(a=1) | {'b': 2}, OrderedDict(a=1).popitem()
OrderedDict().popitem()
defaultdict(int)['x'], defaultdict(list), defaultdict(int, a=1), defaultdict(None)
defaultdict(None)['x']
defaultdict(5)
defaultdict(int) | {'a': 1}
ChainMap({'a': 1}, {'a': 2, 'b': 3})['a'], dict(ChainMap({'a': 1}, {'b': 3})), len(ChainMap({}, {'x': 1})), ChainMap({'a': 1}).new_child({'b': 2})
ChainMap()['z']
namedtuple('P', 'x y')(1, 2), namedtuple('P', ['x', 'y'])(x=1, y=2)._asdict(), namedtuple('P', 'x y')._field_defaults
UserDict(a=1), UserList([1]), UserString('a'), UserList([1]) + [2], UserString('ab').upper()
collections.abc.Sequence.__abstractmethods__ == frozenset({'__getitem__', '__len__'}), isinstance([], collections.abc.MutableSequence), isinstance({}, collections.abc.Mapping), isinstance(5, collections.abc.Hashable), issubclass(dict, collections.abc.Iterable), isinstance((i for i in ()), collections.abc.Generator), isinstance('', collections.abc.Sequence), isinstance(set(), collections.abc.Set), isinstance(len, collections.abc.Callable)
""", globals())
run("""
d = deque([1, 2, 3, 4, 5]); d.rotate(2); print(d); d.rotate(-1); print(d); d.append(6); d.appendleft(0); print(d.pop(), d.popleft(), d); d.extend([7, 8]); d.extendleft([9, 10]); print(d); d.insert(2, 'i'); d.remove(7); d.reverse(); print(d, len(d), d.count(9), d.index('i')); del d[0]; d[0] = 'z'; print(d); d.clear(); print(d)
---
d = deque(maxlen=3)
for i in range(6): d.append(i)
print(d, d.maxlen); d.appendleft(9); print(d)
---
d = deque([1]); 
for x in d: d.append(2)
---
d = deque(range(1000))
for i in range(500): d.popleft(); d.append(i)
print(len(d), d[0], d[500], sum(d))
---
o = OrderedDict(a=1, b=2, c=3); o.move_to_end('a'); print(o); o.move_to_end('c', last=False); print(o, o.popitem(last=False)); o['b'] = 9; del o['a']; o['a'] = 0; print(o, list(o.items()), o.pop('b')); o.update(z=1); print(o.copy(), o == o.copy())
---
OrderedDict().move_to_end('x')
---
o = OrderedDict(a=1); o['self'] = o; print(o)
---
d = defaultdict(list); d['a'].append(1); d['b'].extend('xy'); print(d, d.default_factory, d.copy(), 'z' in d, d.get('z'))
---
d = defaultdict(lambda: defaultdict(int)); d['x']['y'] += 1; print(d['x']['y'], list(d))
---
c = Counter('hello'); c.update('world'); c.subtract('lo'); print(sorted(c.items())); c['q'] += 1; del c['nothing']; print(c.most_common(3)); print(Counter(a=3).fromkeys)
---
class S(collections.abc.Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
s = S(); print(list(s), 10 in s, s.index(20), s.count(0), list(reversed(s)))
---
collections.abc.Sequence()
""", globals())
