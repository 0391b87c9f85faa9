# __slots__.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = Point(1, 2)
print(p.x, p.y, Point.__slots__, hasattr(p, "__dict__"))
p.x = 10
print(p.x)
del p.x
for text in ("p.x", "p.z = 1", "del p.x", "p.z", "p.__dict__", "Point.x.__get__(5)", "Point.x.__set__(p, 7); print(p.x)"):
    try:
        exec(text)
    except Exception as error:
        print(text, type(error).__name__, error)
print(type(Point.x).__name__, Point.x.__name__, Point.x.__get__(p))


class Sub(Point):
    __slots__ = ("z",)


class Open(Point):
    pass


s = Sub(1, 2)
s.z = 3
print(s.x, s.z, hasattr(s, "__dict__"))
o = Open(1, 2)
o.anything = 4
print(o.__dict__, o.x)


class WithDict:
    __slots__ = ("a", "__dict__", "__weakref__")


w = WithDict()
w.a, w.b = 1, 2
print(w.a, w.b, w.__dict__)


class OneString:
    __slots__ = "single"


one = OneString()
one.single = 1
print(one.single)


class Private:
    __slots__ = ("__hidden",)

    def __init__(self):
        self.__hidden = 5

    def get(self):
        return self.__hidden


print(Private().get(), Private.__slots__, hasattr(Private(), "_Private__hidden"))


class Documented:
    __slots__ = {"a": "the a", "b": "the b"}


print(sorted(Documented.__slots__))
for body in ("__slots__ = ('a',); a = 1", "__slots__ = 5", "__slots__ = ('a b',)", "__slots__ = (1,)", "__slots__ = ('__dict__', '__dict__')"):
    try:
        exec(f"class X:\n    {body}")
        print("ok")
    except Exception as error:
        print(type(error).__name__, error)


class A:
    __slots__ = ("a",)


class B:
    __slots__ = ("b",)


class N:
    __slots__ = ()


try:
    class AB(A, B):
        pass
except TypeError as error:
    print(error)


class AN(A, N):
    __slots__ = ()


an = AN()
an.a = 1
try:
    an.q = 1
except AttributeError as error:
    print(error)
import weakref
try:
    weakref.ref(Point(1, 2))
except TypeError as error:
    print(error)
try:
    p.__class__ = Sub
except TypeError as error:
    print(error)


class IntSlots(int):
    __slots__ = ()


print(IntSlots(5) + 1)
try:
    class IntSlots2(int):
        __slots__ = ("a",)
except TypeError as error:
    print(error)
