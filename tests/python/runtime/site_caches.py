# Sites that remember what they saw must notice every change: classes, names, instances, functions made again.


import abc


class A:
    kind = "a"

    def name(self):
        return "A.name"


class B:
    def __init__(self):
        self.kind = "b"

    def name(self):
        return "B.name"


class C(A):
    __slots__ = ()


class D:
    @property
    def kind(self):
        return "d"

    def __getattr__(self, name):
        return lambda: "D." + name


class E:
    pass


class F(E):
    kind = "f"
    name = staticmethod(lambda: "F.name")


def look(thing):
    return thing.kind, thing.name()


def store(thing, value):
    thing.value = value
    return thing.value


things = [A(), B(), C(), D(), F(), 3]
for _ in range(4):
    for thing in things[:-1]:
        print(look(thing), end=" ")
        if not isinstance(thing, C):
            store(thing, 1)
    print()

A.kind = "changed"
A.name = lambda self: "new A.name"
print([look(thing) for thing in things[:-1]])
A.kind = "again"
things[0].kind = "own"
print([look(thing) for thing in things[:-1]])
del things[0].kind
F.kind = property(lambda self: "f property")
del B.name
B.name = lambda self: self.kind * 2
print([look(thing) for thing in things[:-1]])
things[0].__class__ = E
try:
    look(things[0])
except AttributeError as error:
    print(error)
E.kind, E.name = 1, lambda self: 2
print(look(things[0]))


# --- classes that are called

class Made:
    def __init__(self, x):
        self.x = x


def make(x):
    return Made(x)


print([make(i).x for i in range(6)])
Made.__init__ = lambda self, x: setattr(self, "x", -x)
print([make(i).x for i in range(6)])
Made.__new__ = lambda cls, x: "not an instance"
print([make(i) for i in range(3)])


class Wrong:
    def __init__(self, x):
        self.x = x


def make_wrong(x):
    return Wrong(x)


print([make_wrong(i).x for i in range(6)])
Wrong.__init__ = lambda self, x: x
try:
    make_wrong(1)
except TypeError as error:
    print(error)


class Abstract(metaclass=abc.ABCMeta):
    def __init__(self):
        self.x = 1


def make_abstract():
    return Abstract().x


print([make_abstract() for _ in range(5)])
Abstract.__abstractmethods__ = frozenset({"f"})
try:
    make_abstract()
except TypeError as error:
    print(error)


# --- names of the module

total = 0
for i in range(10):
    total += i
    if i == 5:
        del total
        total = 100
    if i == 7:
        abs = lambda x: "mine"
    if i == 9:
        del abs
    print(total, abs(-i), end=" ")
print()
for i in range(3):
    try:
        later
    except NameError as error:
        print(error, end=" ")
    if i == 1:
        later = 1
print()


# --- functions made again and again at one place

def outer(n):
    result = []
    for i in range(n):
        def inner(x, add=i):
            return x.real + add + i
        result.append(sum(inner(v) for v in (1, 2.5, True)))
        result.append([(lambda: v * i)() for v in range(3)])
    return result


print(outer(6))
f = [(lambda x: x + 1) for _ in range(5)][0]
f.__code__ = (lambda x: x * 10).__code__
print([f(i) for i in range(4)])


# --- operands of all kinds at one place

def operate(a, b):
    return a + b, a < b, a == b


for a, b in [(1, 2), (1.5, 2), (2, 1.5), ("a", "b"), ([1], [2]), ((1,), (0,)), (1 << 70, 1), (True, 2), (b"x", b"y")] * 2:
    print(operate(a, b), end=" ")
print()


def method(thing):
    return thing.count(thing[:1])


print([method(t) for t in ["aab", b"aab", [1, 1], (1,), "b", bytearray(b"zz"), "c"] * 2])


# --- long texts from short pieces

def build(pieces):
    text, back = "", ""
    for piece in pieces:
        text += piece
        back = piece + back
    return text, back


pieces = [str(i) * (i % 7) for i in range(400)] + ["é", "☃", "\U0001F600", ""] * 5
text, back = build(pieces)
print(text == "".join(pieces), back == "".join(reversed(pieces)), len(text), text[1000:1010], back[:4], hash(text) == hash("".join(pieces)))

# --- plain formats of floats
for number in (0.0, -0.0, 1.005, 123456.789, float("inf"), float("-nan"), 1e300, -2.5):
    print("%s %s %s %s %s" % (f"{number:.2f}", f"{number:8.1f}", f"{number:f}", f"{number:12f}", format(number, ".0f")), end="; ")
print()
print(f"{3:.2f} {True:.1f} {7:5} {7:x} {True} {True:d} {2**80:,} {5:n} {1.5:n} {1234567.5:,.2f}")
