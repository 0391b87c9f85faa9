from _show import show, run
class A:
    "doc of A"
    x = 1
    def f(self): pass
    def __init_subclass__(cls, **k): pass
class B(A): pass
show("""
object().__class__, object.__name__, object.__bases__, type(object), type(type), type.__bases__, isinstance(type, object), isinstance(object, type), sorted(object.__dict__)
object(1)
object.__new__(object, 1)
object.__init__(object(), 1)
object() == object(), object.__eq__(1, 2), object.__ne__(object(), 1), object.__str__(5), object.__repr__(A) is not None, object.__hash__(5) is not None, object.__format__(5, ''), object.__dir__(5)[:0], object().__sizeof__() > 0, object.__reduce_ex__(A(), 2)[1], object.__init_subclass__(), object.__subclasshook__()
object.__format__(5, 'x')
object.__lt__(1, 2), object.__getattribute__(A, '__name__') if False else 0
object().__getattribute__('zz')
object.__getattribute__(A(), 'x')
A.__name__, A.__qualname__, A.__module__, A.__doc__, A.__dict__['x'], type(A.__dict__).__name__, A.__base__, A.__mro__, A.__subclasses__(), A.__flags__ > 0, A.__basicsize__ > 0, A.__itemsize__, A.__weakrefoffset__ >= 0, A.__dictoffset__ != 5, A.__text_signature__, A.mro(), type.mro(A), A.__call__.__class__.__name__, A.__instancecheck__(A()), A.__subclasscheck__(B), A.__prepare__(), B.__doc__, type.__call__(A).x, A.__annotations__
type(5), type(A()), type(A), type('X', (A,), {'y': 2}).y, type('X', (), {}).__module__, type('X', (), {'__doc__': 'd'}).__doc__
type()
type(1, 2)
type('X', (5,), {})
type(5, (), {})
type('X', [A], {})
A.__name__.upper(), int.__name__, (5).__class__.__name__, type(None).__name__, type(...).__name__, type(len).__name__, type(A.f).__name__, type(A().f).__name__, type([].append).__name__, type(str.upper).__name__, type(object.__init__).__name__, type(object().__init__).__name__, type(int.__dict__['real']).__name__, type(dict.__dict__['fromkeys']).__name__, type((lambda: 0).__code__).__name__, type((i for i in ())).__name__, type(A.__dict__).__name__, type(type.__dict__['__mro__']).__name__, type(iter([])).__name__, type(iter({})).__name__, type({}.keys()).__name__, type({}.items()).__name__, type(iter(())).__name__, type(iter(set())).__name__, type(iter(range(0))).__name__, type(reversed([])).__name__, type(enumerate([])).__name__, type(zip()).__name__, type(map(str, [])).__name__, type(iter(int, 0)).__name__, type(iter(b'')).__name__, type(reversed({})).__name__, type(iter({}.values())).__name__
A.f.__name__, A.f.__qualname__, A().f.__func__ is A.f, A().f == A().f, hash(A.f) == hash(A.f), len.__name__, len.__module__, len.__self__.__name__, [].append.__self__, [].append.__name__, str.upper.__objclass__, str.upper.__name__, int.__add__.__name__, (1).__add__.__self__, repr(len), repr(str.upper), repr(int.__add__), repr(A), repr(int), repr(type), repr(int.__dict__['real']), len.__text_signature__, str.upper.__text_signature__, repr((5).__add__).split(' at ')[0], repr([].append).split(' at ')[0]
str.upper('a'), int.__add__(1, 2), list.append([], 1), dict.fromkeys.__self__, int.real.__get__(5), type.__dict__['__name__'].__get__(A), A.__dict__['f'].__get__(5, int).__self__
int.__add__('a', 1)
str.upper()
str.upper(1)
list.append()
int.real.__get__('a')
A.x, B.x, hasattr(A, 'zz'), getattr(A, 'zz', 5), issubclass(B, A), issubclass(A, B), issubclass(bool, (str, int)), isinstance(5, (str, (int, float))), isinstance(5, int | str), issubclass(int, int | str)
isinstance(5, 'a')
issubclass(5, int)
issubclass(int, [int])
callable(A), callable(A()), callable(len), callable(lambda: 0), id(A) == id(A), hash(A) == hash(A), A == A, A != B, A is A, bool(A), {A: 1}[A], dir(A)[-2:], 'f' in dir(A()), vars(A)['x']
""", globals())
run("""
A.y = 5; print(B.y, B().y); del A.y; B.y
---
A.__name__ = 'Renamed'; print(A.__name__, repr(A()).split(' ')[0][-7:]); A.__name__ = 'A'
---
A.__name__ = 5
---
A.__qualname__ = 'Q.A'; print(A.__qualname__); A.__qualname__ = 'A'
---
A.__doc__ = 'new'; print(A.__doc__); A.__module__ = 'mm'; print(A, A.__module__); A.__module__ = '__main__'
---
A.__bases__ = ()
---
B.__bases__ = (A, object)
---
B.__bases__ = (int,)
---
del A.__name__
---
A.__dict__['q'] = 1
---
int.new = 1
---
del int.real
---
a = A(); a.__class__ = B; print(type(a)); a.__class__ = int
---
a = A(); a.__dict__ = {'z': 1}; print(a.z); a.__dict__ = 5
---
a = A(); del a.__dict__; a.q = 1; print(a.__dict__)
---
class M(type):
    def __call__(cls, *a): return ('made', a)
class X(metaclass=M): pass
print(X(1, 2))
---
class N:
    def __new__(cls, *a): return 5
    def __init__(self, *a): print('never')
print(N(1))
---
class N2:
    def __new__(cls): return object.__new__(cls)
    def __init__(self): return 5
N2()
---
class Abs:
    __abstractmethods__ = frozenset(['m'])
print(Abs())
---
import abc
class Abs2(abc.ABC):
    @abc.abstractmethod
    def m(self): pass
    @property
    @abc.abstractmethod
    def p(self): pass
Abs2()
---
class Eq:
    def __eq__(self, o): return True
print(Eq() == 5, 5 == Eq(), Eq() != 5, Eq.__hash__)
""", globals())
