import operator
from operator import *
from _show import show
class O:
    x = 5
    def m(self, a, k=0): return (a, k)
show("""
add(1, 2), sub(1, 2), mul(2, 3), truediv(1, 2), floordiv(7, 2), mod(7, 3), pow(2, 3), matmul if True else 0, neg(1), pos(1), inv(5), invert(5), abs(-1), not_(0), truth([]), and_(6, 3), or_(6, 3), xor(6, 3), lshift(1, 3), rshift(8, 2)
lt(1, 2), le(1, 1), eq(1, 1.0), ne(1, 2), ge(1, 2), gt(2, 1), is_(None, None), is_not(1, None), concat([1], [2]), contains([1], 1), countOf([1, 1], 1), indexOf([1, 2], 2), getitem([1, 2], 0), length_hint([1, 2]), index(True), length_hint(iter('abc')), length_hint(5, 9)
concat(1, 2)
indexOf([1], 5)
index(1.5)
itemgetter(1)([5, 6]), itemgetter(0, 2)('abc'), itemgetter('k')({'k': 1}), itemgetter(slice(1, 3))('abcd'), attrgetter('x')(O()), attrgetter('x', 'real')(type('', (), {'x': 1, 'real': 2})), attrgetter('x.real')(O()), methodcaller('m', 1, k=2)(O()), methodcaller('upper')('a')
itemgetter(5)([1])
itemgetter()
attrgetter('zz')(O())
attrgetter(5)
methodcaller()
methodcaller('zz')(O())
repr(itemgetter(1)), repr(attrgetter('a', 'b.c')), repr(methodcaller('f', 1, k=2))
iadd([1], [2]), imul([1], 2), ior({1}, {2}), isub(5, 2), iconcat([1], [2]), call(len, 'ab')
add(1, 'a')
""", globals())
l = [1, 2]
setitem(l, 0, 9); delitem(l, 1); print(l)
