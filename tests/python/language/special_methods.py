# Operators, containers, conversions through special methods, with reflection and NotImplemented.
class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V({self.n})"
    def _o(self, other): return other.n if isinstance(other, V) else other
    def __add__(self, o): return V(self.n + self._o(o)) if not isinstance(o, str) else NotImplemented
    def __radd__(self, o): return ("radd", o)
    def __sub__(self, o): return V(self.n - self._o(o))
    def __rsub__(self, o): return ("rsub", o)
    def __mul__(self, o): return V(self.n * self._o(o))
    def __rmul__(self, o): return ("rmul", o)
    def __truediv__(self, o): return ("truediv", o)
    def __floordiv__(self, o): return ("floordiv", o)
    def __mod__(self, o): return ("mod", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o): return ("rpow", o)
    def __lshift__(self, o): return ("lshift", o)
    def __rshift__(self, o): return ("rshift", o)
    def __and__(self, o): return ("and", o)
    def __or__(self, o): return ("or", o)
    def __xor__(self, o): return ("xor", o)
    def __matmul__(self, o): return ("matmul", o)
    def __rmatmul__(self, o): return ("rmatmul", o)
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __int__(self): return self.n
    def __float__(self): return float(self.n)
    def __complex__(self): return complex(self.n)
    def __index__(self): return self.n
    def __round__(self, d=None): return ("round", d)
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __bool__(self): return self.n != 0
    def __hash__(self): return self.n
    def __eq__(self, o): return isinstance(o, V) and self.n == o.n
    def __lt__(self, o): return self.n < self._o(o)
    def __le__(self, o): return self.n <= self._o(o)
    def __format__(self, spec): return f"<{spec}|{self.n}>"
    def __str__(self): return f"str{self.n}"
    def __bytes__(self): return b"bytes"
    def __len__(self): return 3
    def __getitem__(self, k): return ("getitem", k)
    def __setitem__(self, k, v): print("setitem", k, v)
    def __delitem__(self, k): print("delitem", k)
    def __contains__(self, x): return x == self.n
    def __reversed__(self): return iter("cba")
    def __iter__(self): return iter([1, 2])
    def __call__(self, *a, **k): return ("call", a, k)
    def __dir__(self): return ["b", "a"]
    def __sizeof__(self): return 10
    def __length_hint__(self): return 2


v = V(3)
print(v + V(4), v + 1, 1 + v, v - 1, 1 - v, v * 2, 2 * v, v / 2, v // 2, v % 2, v ** 2, 2 ** v, pow(v, 2, 5))
print(v << 1, v >> 1, v & 1, v | 1, v ^ 1, v @ 1, 1 @ v, divmod(v, 2), divmod(2, v))
print(-v, +v, ~v, abs(v), int(v), float(v), complex(v), round(v), round(v, 2))
import math
print(math.trunc(v), math.floor(v), math.ceil(v), [10, 11, 12, 13][v], "abcdef"[v:], "x" * v, hex(v), range(v))
print(bool(v), bool(V(0)), hash(v), v == V(3), v != V(3), v == 3, v < 4, v <= 3, v > V(2), v >= V(3))
print(f"{v:spec}", f"{v}", f"{v!r}", f"{v!s:>6}", format(v), format(v, "q"), str(v), repr(v), bytes(v), "%s %r" % (v, v))
print(len(v), v[1], v[1:2], v[1, 2], v[..., ::2], 3 in v, 4 in v, list(reversed(v)), list(v), v(1, a=2), dir(v), [*v])
v[5] = 6
del v[7]
v[1:2] = 3
for text in ("v + 'a'", "'a' + v", "[] + v", "v.x", "object() + 1", "object()[0]", "object()()", "len(object())", "iter(object())", "-object()", "object() < 1",
             "object() @ 1", "1 in object()", "int(object())", "float(object())", "[1][object()]", "hash([])", "'a' * object()", "round(object())", "abs(object())", "reversed(object())", "next(object())",
             "object().__len__", "with_bad_repr"):
    try:
        print(text, "=", eval(text))
    except Exception as error:
        print(text, "raises", type(error).__name__, error)


class Left:
    def __add__(self, o):
        print("Left.__add__")
        return NotImplemented
    def __eq__(self, o):
        print("Left.__eq__")
        return NotImplemented
    def __lt__(self, o):
        print("Left.__lt__")
        return NotImplemented


class Right:
    def __radd__(self, o):
        print("Right.__radd__")
        return "reflected"
    def __eq__(self, o):
        print("Right.__eq__")
        return "right eq"
    def __gt__(self, o):
        print("Right.__gt__")
        return "right gt"


class SubLeft(Left):
    def __radd__(self, o):
        print("SubLeft.__radd__")
        return "subclass first"


print(Left() + Right())
print(Left() == Right())
print(Left() < Right())
print(Left() + SubLeft())
print(Left() == Left(), Left() != Right())
for expression in ("Left() + 1", "Left() + Left()", "Left() < Left()"):
    try:
        eval(expression)
    except TypeError as error:
        print(error)


class OnlyEq:
    def __eq__(self, o): return True


class Unhashable:
    __hash__ = None


for kind in (OnlyEq, Unhashable):
    try:
        hash(kind())
    except TypeError as error:
        print(error)


class BadReturns:
    def __str__(self): return 1
    def __repr__(self): return 1
    def __len__(self): return "a"
    def __bool__(self): return "a"
    def __int__(self): return "a"
    def __float__(self): return "a"
    def __index__(self): return "a"
    def __hash__(self): return "a"
    def __format__(self, s): return 1
    def __iter__(self): return 1
    def __bytes__(self): return 1
    def __complex__(self): return 1
    def __contains__(self, x): return "truthy"
    def __dir__(self): return 1
    def __length_hint__(self): return "a"


b = BadReturns()
for text in ("str(b)", "repr(b)", "len(b)", "bool(b)", "int(b)", "float(b)", "[1][b]", "hash(b)", "format(b)", "iter(b)", "bytes(b)", "complex(b)", "1 in b", "dir(b)",
             "f'{b}'", "hex(b)", "range(b)", "'%d' % b", "print(b)"):
    try:
        print(text, "=", eval(text))
    except Exception as error:
        print(text, "raises", type(error).__name__, error)
