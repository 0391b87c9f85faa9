from _show import show

show("""
True, False, None, bool(), bool(1), bool([]), bool('a')
True + True, True * 3, -True, ~True, True / 2, True ** 2, True // 1, True % 2, True << 2
True & False, True | False, True ^ True, True & 1, True | 2, 1 ^ True, type(True & True), type(True & 1)
True == 1, True is True, True == 1.0, True < 2, False < True, hash(True), hash(False)
repr(True), str(False), f'{True}', f'{True:d}', f'{True:>6}', f'{True:5}', '%d %s' % (True, True), format(True, ''), format(True, 'x')
int(True), float(True), complex(True), [10, 20][True], 'ab'[False], {1: 'a'}[True], {True: 'a', 1: 'b', 1.0: 'c'}
isinstance(True, int), issubclass(bool, int), bool.__mro__, bool.__bases__, type(True)
True.real, True.imag, True.numerator, True.bit_length(), True.conjugate(), True.to_bytes(1, 'big')
not True, not None, True and None, False or None, None or 0
bool(None), str(None), repr(None), hash(None) == hash(None), None == None, None is None, type(None), type(None)()
None + 1
None.x
None()
None[0]
len(None)
iter(None)
None < 1
bool(1, 2)
bool(x=1)
type(None)(1)
sum([True, False, True]), any([0, None]), all([]), all([1, True]), any([]), max(True, False), sorted([True, False, 2, 0])
bool.from_bytes(b'\\1', 'big'), bool('False'), bool(' '), bool(0.0), bool(0j), bool(range(0)), bool(b'')
NotImplemented, Ellipsis, ..., type(...), type(NotImplemented), repr(...), bool(...)
None.__doc__, None.__class__, None.__bool__(), None.__eq__(None), None.__ne__(1)
True.__and__(False), True.__and__(5), True.__or__('a'), True.__xor__(True), True.__invert__()
True if None else False
[None] * 3, (None,) == (None,), None in [None]
""", globals())
try:
    class B(bool):
        pass
except TypeError as error:
    print(error)
try:
    class N(type(None)):
        pass
except TypeError as error:
    print(error)
